from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from corrobora.model import Decision, Reading
from corrobora.review import correct, orphans

Told = Callable[..., Reading]
FIGURE = '{"low": 12, "high": null, "qualifier": "at_least"}'


def decided(
    number: int, verdict: str, subject: str = "c_1", *, quote: str = "", supersedes: str = "", **values: str
) -> Decision:
    at = datetime(2031, 5, 4, tzinfo=UTC) + timedelta(minutes=number)
    quotes = (quote,) if quote else ()
    return Decision(
        f"x_{number}", at, "Ada", verdict, (subject,), tuple(sorted(values.items())), "", supersedes, quotes
    )


def only(reading: Reading, *decisions: Decision) -> Reading:
    (found,) = correct([reading], decisions)
    return found


def test_what_nobody_decided_is_as_the_machine_read_it(told: Told) -> None:
    assert correct([told("c_1")], [decided(1, "reject", "c_2")]) == (told("c_1"),)


def test_accepted_corrected_and_rejected(told: Told) -> None:
    assert only(told("c_1"), decided(1, "accept")).decided == "accepted"
    assert only(told("c_1"), decided(1, "accept")).corrected == ()
    assert only(told("c_1"), decided(1, "correct", harm="injured")).decided == "corrected"
    assert correct([told("c_1"), told("c_2")], [decided(1, "reject")]) == (told("c_2"),)


def test_each_field_is_replaced_and_listed(told: Told) -> None:
    found = only(
        told("c_1", speaker="a resident", actor="Osk Front"),
        decided(
            1,
            "correct",
            figure=FIGURE,
            harm="injured",
            scope="total",
            speaker="Ada Lorn",
            place='{"name": "Kelm", "lat": 31.9, "lon": 11.2, "radius_km": 3, "precision": "town"}',
            earliest="2031-05-01",
            latest="2031-05-02",
            victims='{"text": "shepherds", "class": "unknown"}',
            perpetrator="River Guard",
        ),
    )
    claim = found.claim
    assert (claim.count.low, claim.count.high, claim.count.qualifier) == (12, None, "at_least")
    assert (claim.harm, claim.scope, claim.id) == ("injured", "total", "c_1")
    assert (found.voice, found.speakers, claim.attribution[0].speaker) == ("Ada Lorn", ("Ada Lorn",), "Ada Lorn")
    assert found.place is not None
    assert (found.place.name, found.place.lat, found.place.radius_km) == ("Kelm", 31.9, 3)
    assert found.period is not None
    assert (found.period.earliest, found.period.latest) == (date(2031, 5, 1), date(2031, 5, 2))
    assert claim.victims is not None
    assert (claim.victims.text, claim.victims.class_) == ("shepherds", "unknown")
    assert (found.actors, claim.perpetrators[0].name) == (("River Guard",), "River Guard")
    assert len(found.corrected) == 9


def test_the_words_of_the_text_stay(told: Told) -> None:
    said = told("c_1", quote="ten died")
    found = only(said, decided(1, "correct", figure=FIGURE))
    assert (found.claim.quote, found.claim.start, found.claim.count.text) == ("ten died", 0, said.claim.count.text)


def test_an_outlets_own_claim_can_be_given_a_speaker(told: Told) -> None:
    found = only(told("c_1"), decided(1, "correct", speaker="Ada Lorn"))
    assert (found.voice, found.claim.attribution[0].start) == ("Ada Lorn", -1)


def test_a_carrier_stays_behind_the_corrected_speaker(told: Told) -> None:
    said = told("c_1", speaker="a resident")
    found = only(said, decided(1, "correct", speaker="Ada Lorn"))
    assert len(found.claim.attribution) == len(said.claim.attribution)


def test_two_people_can_correct_two_fields_and_the_later_value_holds(told: Told) -> None:
    found = only(
        told("c_1"),
        decided(1, "correct", figure=FIGURE, harm="injured"),
        decided(2, "correct", harm="missing"),
        decided(3, "accept"),
    )
    assert (found.claim.count.low, found.claim.harm) == (12, "missing")
    assert found.corrected == ("figure", "harm")


def test_the_last_verdict_says_whether_a_claim_stands(told: Told) -> None:
    assert correct([told("c_1")], [decided(1, "accept"), decided(2, "reject")]) == ()
    assert only(told("c_1"), decided(1, "reject"), decided(2, "accept")).decided == "accepted"


def test_undoing_restores_what_the_machine_read(told: Told) -> None:
    taken = decided(1, "correct", figure=FIGURE), decided(2, "undo", "x_1", supersedes="x_1")
    assert only(told("c_1"), *taken) == told("c_1")
    rejected = decided(1, "reject"), decided(2, "undo", "x_1", supersedes="x_1")
    assert only(told("c_1"), *rejected) == told("c_1")


def test_one_corrected_day_moves_the_other_along(told: Told) -> None:
    found = only(told("c_1"), decided(1, "correct", earliest="2031-05-09")).period
    assert found is not None
    assert (found.earliest, found.latest, found.precision) == (date(2031, 5, 9), date(2031, 5, 9), "day")
    opened = only(told("c_1", day=None), decided(1, "correct", latest="2031-05-09")).period
    assert opened is not None
    assert (opened.earliest, opened.precision, opened.edtf) == (None, "open", "../2031-05-09")


def test_a_decision_finds_its_claim_by_its_words_when_the_id_changed(told: Told) -> None:
    claims = [told("c_1", quote="ten died"), told("c_2", quote="two fled")]
    found = correct(claims, [decided(1, "correct", "c_old", quote="ten died", harm="injured")])
    assert [reading.claim.harm for reading in found] == ["injured", "killed"]
    twice = [told("c_1", quote="ten died"), told("c_2", quote="ten died")]
    lost = decided(1, "correct", "c_old", quote="ten died", harm="injured")
    assert correct(twice, [lost]) == tuple(twice)
    assert orphans(twice, [lost]) == (lost,)


def test_decisions_about_lost_claims_are_orphans_until_undone(told: Told) -> None:
    taken = [decided(1, "accept", "c_9", quote="gone"), decided(2, "accept", "c_1")]
    assert orphans([told("c_1")], taken) == (taken[0],)
    assert orphans([told("c_1")], [*taken, decided(3, "undo", "x_1", supersedes="x_1")]) == ()


VERDICTS = st.lists(st.tuples(st.sampled_from(["accept", "correct", "reject"]), st.integers(0, 3)), max_size=8)


@given(VERDICTS)
def test_no_decision_is_lost_and_undoing_all_restores_all(told: Told, drawn: list[tuple[str, int]]) -> None:
    claims = [told(f"c_{n}") for n in range(3)]
    taken = [
        decided(n, verdict, f"c_{claim}", **({"figure": FIGURE} if verdict == "correct" else {}))
        for n, (verdict, claim) in enumerate(drawn)
    ]
    kept = {reading.claim.id: reading for reading in correct(claims, taken)}
    lost = {decision.subjects[0] for decision in orphans(claims, taken)}
    for decision in taken:
        last = [other for other in taken if other.subjects == decision.subjects][-1]
        subject = decision.subjects[0]
        assert subject in lost or (subject not in kept if last.verdict == "reject" else kept[subject].decided != "")
    undone = [decided(100 + n, "undo", done.id, supersedes=done.id) for n, done in enumerate(taken)]
    assert correct(claims, [*taken, *undone]) == tuple(claims)
