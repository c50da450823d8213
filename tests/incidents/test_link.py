from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corrobora.incidents import link
from corrobora.model import CopyFamily, Decision, Incident, Linked, Reading, content_id

Told = Callable[..., Reading]
NUMBERS = st.integers(0, 11)


def decided(number: int, verdict: str, *subjects: str, supersedes: str = "") -> Decision:
    at = datetime(2031, 5, 4, tzinfo=UTC) + timedelta(minutes=number)
    return Decision(f"x_{number}", at, "Ada", verdict, subjects, (), "", supersedes, ())


def groups(found: Linked) -> list[list[str]]:
    return sorted(sorted(incident.claims) for incident in found.incidents)


@st.composite
def records(draw: st.DrawFn) -> list[dict[str, object]]:
    return [
        {
            "claim": f"c_{number:02}",
            "document": draw(st.sampled_from("abcde")),
            "start": number * 50,
            "low": draw(st.integers(1, 30)),
            "harm": draw(st.sampled_from(["killed", "injured"])),
            "place": draw(st.sampled_from(["Varnow", "Kelm", "Osk", "Ardia", None])),
            "day": draw(st.sampled_from(["2031-05-03", "2031-05-04", "2031-05-09", None])),
            "scope": draw(st.sampled_from(["incident", "incident", "incident", "total"])),
            "speaker": draw(st.sampled_from(["", "Ada Lorn", "a resident"])),
        }
        for number in range(draw(st.integers(0, 12)))
    ]


def two_attacks(told: Told) -> list[Reading]:
    return [
        told("c_1"),
        told("c_2", harm="injured", low=9, start=45),
        told("c_3", "b", low=6),
        told("c_4", "c", place="Kelm", low=2),
    ]


def test_reports_of_one_attack_are_one_incident(told: Told) -> None:
    found = link(two_attacks(told), ())
    assert groups(found) == [["c_1", "c_2", "c_3"], ["c_4"]]
    first = next(incident for incident in found.incidents if "c_1" in incident.claims)
    assert (first.act, first.documents) == ("shooting", ("a", "b"))
    assert first.place is not None
    assert first.place.name == "Varnow"
    assert first.date is not None
    assert first.date.edtf == "2031-05-04"
    assert {voice.speaker for voice in first.voices} == {"The A Post", "The B Post"}


@pytest.mark.parametrize("said", [False, True])
def test_no_third_report_joins_what_one_tells_apart(told: Told, said: bool) -> None:
    """Two raids on one town in one night, which others tell as one; a person may still say that they are one."""
    first = told("c_1", low=5, start=0)
    second = told("c_2", low=5, start=700, quote="five died in a separate attack")
    vague = [told(f"c_{n}", f"d{n}", low=5) for n in range(3, 6)]
    decisions = [decided(1, "same", "c_1", "c_2")] if said else []
    homes = [set(members) for members in groups(link([first, second, *vague], (), decisions))]
    assert any({"c_1", "c_2"} <= home for home in homes) is said
    assert any({"c_3", "c_4", "c_5"} <= home for home in homes), "the others are gathered all the same"


def test_links_say_why(told: Told) -> None:
    first = next(incident for incident in link(two_attacks(told), ()).incidents if "c_3" in incident.claims)
    across = [found for found in first.links if {"c_1", "c_3"} == {found.a, found.b}]
    assert len(across) == 1
    assert across[0].probability > 0.5
    assert "+ days: the same" in across[0].why
    assert any(found.why[0] == "told together in one report" for found in first.links)


def test_daily_attacks_on_one_town_are_not_chained_into_one(told: Told) -> None:
    week = [
        told(f"c_{day}{paper}", f"{day}{paper}", day=f"2031-05-{day:02}", published=f"2031-05-{day:02}", low=day * 3)
        for day in range(1, 8)
        for paper in "ab"
    ]
    for incident in link(week, ()).incidents:
        days = {claim[2] for claim in incident.claims}
        assert len(days) <= 2


def test_a_person_joins_and_parts(told: Told) -> None:
    claims = two_attacks(told)
    assert ["c_1", "c_2", "c_3", "c_4"] in groups(link(claims, (), [decided(1, "same", "c_1", "c_4")]))
    parted = groups(link(claims, (), [decided(1, "not_same", "c_1", "c_3")]))
    assert ["c_3"] in parted
    within = groups(link(claims, (), [decided(1, "not_same", "c_1", "c_2")]))
    assert not any({"c_1", "c_2"} <= set(group) for group in within)


def test_undoing_restores_what_was(told: Told) -> None:
    claims = two_attacks(told)
    taken = [decided(1, "not_same", "c_1", "c_3"), decided(2, "undo", "x_1", supersedes="x_1")]
    assert link(claims, (), taken) == link(claims, ())


def test_whole_incidents_are_joined_and_parted_run_after_run(told: Told) -> None:
    claims = two_attacks(told)
    first = link(claims, ())
    ids = [incident.id for incident in first.incidents]
    same = [decided(1, "same", *ids)]
    merged = link(claims, (), same, first.incidents)
    assert groups(merged) == [["c_1", "c_2", "c_3", "c_4"]]
    assert groups(link(claims, (), same, merged.incidents)) == groups(merged)
    undone = [*same, decided(2, "undo", "x_1", supersedes="x_1")]
    assert groups(link(claims, (), undone, merged.incidents)) == groups(first)
    apart = [decided(0, "not_same", *ids), *undone]
    assert groups(link(claims, (), apart, merged.incidents)) == groups(first)


def test_ids_stay_when_reports_are_added_and_are_remembered_when_they_change(told: Told) -> None:
    claims = two_attacks(told)
    first = link(claims, ())
    later = link([*claims, told("c_5", "d", published="2031-05-08")], (), (), first.incidents)
    assert {incident.id for incident in later.incidents} == {incident.id for incident in first.incidents}
    assert all(incident.previous_ids == () for incident in later.incidents)
    earlier = link([*claims, told("c_0", "z", published="2031-05-04")], (), (), first.incidents)
    renamed = next(incident for incident in earlier.incidents if "c_1" in incident.claims)
    assert renamed.id == content_id("i", "c_0")
    assert renamed.previous_ids == (content_id("i", "c_1"),)


def test_a_merge_and_a_split_keep_the_former_ids(told: Told) -> None:
    claims = two_attacks(told)
    first = link(claims, ())
    merged = link(claims, (), [decided(1, "same", "c_1", "c_4")], first.incidents)
    assert set(merged.incidents[0].previous_ids) == {i.id for i in first.incidents} - {merged.incidents[0].id}
    split = link(claims, (), (), merged.incidents)
    part = next(incident for incident in split.incidents if incident.claims == ("c_4",))
    assert content_id("i", "c_1") in part.previous_ids


def test_copied_text_is_one_voice(told: Told) -> None:
    family = CopyFamily(("a", "b"), "AFP")
    (incident,) = link([told("c_1", low=6), told("c_2", "b", low=6)], [family]).incidents
    assert [(voice.speaker, voice.outlets) for voice in incident.voices] == [("AFP", ("The A Post", "The B Post"))]


def test_totals_go_to_tolls_and_rates_nowhere(told: Told) -> None:
    found = link([told("c_1", scope="total"), told("c_2", scope="rate"), told("c_3", modality="planned")], ())
    assert found.incidents == ()
    assert [step.claim for toll in found.tolls for step in toll.steps] == ["c_1"]


def test_what_is_denied_belongs_to_the_incident(told: Told) -> None:
    assert groups(link([told("c_1"), told("c_2", "b", stance="denies", speaker="Osk Front")], ())) == [["c_1", "c_2"]]


def test_nothing_gives_nothing() -> None:
    assert link((), ()) == Linked((), ())


@settings(max_examples=60, deadline=None)
@given(records(), st.randoms())
def test_each_claim_is_in_at_most_one_place_in_any_order(
    told: Told, said: list[dict[str, object]], random: object
) -> None:
    readings = [told(**changes) for changes in said]
    found = link(readings, ())
    claims = [claim for incident in found.incidents for claim in incident.claims]
    claims += [step.claim for toll in found.tolls for step in toll.steps]
    assert len(claims) == len(set(claims)) == len(readings)
    random.shuffle(readings)  # type: ignore[attr-defined]
    assert link(readings, ()) == found
    assert link(readings, (), (), found.incidents) == found


@settings(max_examples=60, deadline=None)
@given(records(), st.lists(st.tuples(st.booleans(), NUMBERS, NUMBERS), max_size=5))
def test_decisions_are_obeyed(told: Told, said: list[dict[str, object]], pairs: list[tuple[bool, int, int]]) -> None:
    readings = [replace_scope(told(**changes)) for changes in said]
    names = [reading.claim.id for reading in readings]
    chosen = [(same, f"c_{a:02}", f"c_{b:02}") for same, a, b in pairs if a != b and max(a, b) < len(names)]
    taken = [decided(n, "same" if same else "not_same", a, b) for n, (same, a, b) in enumerate(chosen)]
    found = {claim: incident.id for incident in link(readings, (), taken).incidents for claim in incident.claims}
    if chosen:
        same, a, b = chosen[-1]
        assert (found[a] == found[b]) is same
    if len({same for same, _, _ in chosen}) < 2:
        assert all((found[a] == found[b]) is same for same, a, b in chosen)


def replace_scope(reading: Reading) -> Reading:
    return replace(reading, claim=replace(reading.claim, scope="incident"))


def anchors(incidents: Sequence[Incident]) -> set[str]:
    return {content_id("i", incident.claims[0]) for incident in incidents}


@settings(max_examples=30, deadline=None)
@given(records())
def test_an_incident_is_named_after_its_earliest_claim(told: Told, said: list[dict[str, object]]) -> None:
    found = link([told(**changes) for changes in said], ()).incidents
    assert {incident.id for incident in found} == anchors(found)


@settings(max_examples=20, deadline=None)
@given(records(), st.lists(st.tuples(st.booleans(), NUMBERS, NUMBERS), max_size=2), st.integers(1, 3))
def test_what_was_decided_holds_run_after_run_and_reports_added_one_by_one_give_what_all_at_once_give(
    told: Told, said: list[dict[str, object]], pairs: list[tuple[bool, int, int]], few: int
) -> None:
    readings = [replace_scope(told(**changes)) for changes in said]
    names = {reading.claim.id for reading in readings}
    chosen = [(same, f"c_{a:02}", f"c_{b:02}") for same, a, b in pairs if a != b]
    chosen = [each for each in chosen if names >= set(each[1:])][:1]
    taken = [decided(n, "same" if same else "not_same", a, b) for n, (same, a, b) in enumerate(chosen)]
    before: tuple[Incident, ...] = ()
    for many in (*range(1, len(readings), few), len(readings)):
        before = link(readings[:many], (), taken, before).incidents
        home = {claim: incident.id for incident in before for claim in incident.claims}
        assert all((home[a] == home[b]) is same for same, a, b in chosen if {a, b} <= home.keys())
    plain = [replace(incident, previous_ids=()) for incident in before]
    assert plain == [replace(each, previous_ids=()) for each in link(readings, (), taken).incidents]
    assert link(readings, (), taken, before).incidents == before, "the same again changes nothing"
    undone = [decided(9 + n, "undo", each.id, supersedes=each.id) for n, each in enumerate(taken)]
    freed = link(readings, (), (*taken, *undone), before).incidents
    assert [i.claims for i in freed] == [i.claims for i in link(readings, ()).incidents], "taken back, as if never said"
