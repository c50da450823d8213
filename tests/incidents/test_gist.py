"""What the words of a report say beyond its claims; how rare a word is does not depend on the project."""

from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from corrobora.incidents import link
from corrobora.incidents.accounts import accounts, bystander
from corrobora.incidents.constraints import Constraints
from corrobora.incidents.gist import KEPT, KEPT_PROPER, body, gist, rarity, shares
from corrobora.model import Metadata, Reading, Segment, Text

Told = Callable[..., Reading]
FIRST = "Mira Tal, 34, was shot near Harbour Street on Sunday, officials said."
SECOND = "In a separate attack, Jonas Brell, a 19-year-old, died in the 400 block of Quarry Lane."
REPORT = f"{FIRST}\n\n{SECOND}\n\nThe quartermaster of the lighthouse wept."


def text(
    words: str = REPORT,
    document: str = "a",
    *,
    language: str = "en",
    title: str = "Two attacks in Varnow",
    segments: tuple[Segment, ...] = (),
) -> Text:
    known = Metadata(title=title, published="2031-05-05", language=language)
    return Text(document, "", f"{document}.txt", words, known, segments, "text 1")


def test_names_ages_and_streets_are_found() -> None:
    found = gist(REPORT)
    assert found.names == {"mira tal", "jonas brell"}
    assert found.ages == {"34", "19"}
    assert found.streets == {"harbour", "quarry"}


def test_offices_and_days_are_no_names() -> None:
    assert gist("Osk Police and Varnow Hospital said on Sunday that General Hospital was full.").names == frozenset()


def test_common_words_say_nothing_and_unknown_ones_most() -> None:
    assert rarity("the") == rarity("and") == 0.0
    assert 0 < rarity("quartermaster") < rarity("varnowite")


def test_what_a_claim_names_is_compared_by_itself() -> None:
    found = gist("Varnow Harbour burnt; Mira Tal fled the lighthouse.", frozenset({"varnow"}), frozenset({"harbour"}))
    assert found.names == {"mira tal"}
    assert "varnow" in found.words
    assert "varnow" not in dict(found.said)
    assert "varnow" not in dict(found.called)
    assert {"harbour", "lighthouse"} <= dict(found.said).keys()


def test_a_place_is_no_persons_name_and_a_word_like_others() -> None:
    found = gist("Kelm Quayside burnt.", placed=frozenset({"kelm"}))
    assert found.names == frozenset()
    assert {"kelm", "quayside"} <= dict(found.said).keys()
    assert set(dict(found.called)) == {"kelm", "quayside"}


@given(st.text(max_size=2000))
def test_any_words_have_a_gist(words: str) -> None:
    found = gist(words)
    assert len(found.words) <= KEPT
    assert len(found.proper) <= KEPT_PROPER
    assert set(found.words) <= dict(found.said).keys()
    assert all(weight > 0 for _, weight in (*found.said, *found.called))
    assert [word for word, _ in found.said] == sorted(dict(found.said))
    assert found == gist(words)


def test_furniture_and_hidden_words_are_left_out() -> None:
    words = "Menu of the Lantern\nA lighthouse burnt.\nhidden quartermaster"
    segments = (
        Segment(0, 19, "furniture"),
        Segment(20, 39, "paragraph"),
        Segment(40, len(words), "paragraph", ("hidden",)),
    )
    assert body(text(words, segments=segments)) == [(20, "A lighthouse burnt.")]


def test_each_event_of_a_report_has_its_own_words() -> None:
    first, second = shares(text(), [[0, 5], [REPORT.index("Jonas")]])
    assert "Mira Tal" in first
    assert "Two attacks" in first
    assert "quartermaster" in first, "a paragraph without a claim goes to what most claims are about"
    assert "Jonas Brell" in second
    assert "Mira Tal" not in second


def test_one_event_has_all_the_words() -> None:
    (only,) = shares(text(), [[3]])
    assert FIRST in only
    assert SECOND in only


def test_an_account_is_known_by_its_share(told: Told) -> None:
    one = told("c_1", start=0)
    other = told("c_2", start=REPORT.index("Jonas"), place="Toriel", day="2031-06-20")
    found = accounts([one, other], Constraints(), text())
    assert [sorted(account.gist.names) for account in found] == [["mira tal"], ["jonas brell"]]
    assert accounts([one], Constraints())[0].gist.names == frozenset()


def test_a_report_without_a_claim_is_listed_with_the_incident_it_is_about(told: Told) -> None:
    words = {
        "a": "Mira Tal, 34, and Jonas Brell, 19, were shot at the lighthouse near Harbour Street.",
        "b": "The man who shot Mira Tal, 34, and Jonas Brell, 19, at the lighthouse near Harbour Street was charged.",
        "c": "A quarry in Toriel opened again.",
    }
    texts = [text(said, document, title="") for document, said in words.items()]
    (found,) = link([told("c_1")], (), (), (), texts).incidents
    assert found.documents == ("a", "b")
    assert found.claims == ("c_1",)
    assert [voice.claims for voice in found.voices] == [("c_1",)]


def test_a_report_in_another_language_is_not_guessed_at(told: Told) -> None:
    said = "Mira Tal, 34, Jonas Brell, 19, Harbour Street"
    texts = [text(said, "a"), text(said, "b", language="fr")]
    (found,) = link([told("c_1")], (), (), (), texts).incidents
    assert found.documents == ("a",)


def test_reports_without_claims_are_no_incident() -> None:
    assert link([], (), (), (), [text(document="a"), text(document="b")]).incidents == ()
    assert bystander(text()).gist.names == {"mira tal", "jonas brell"}


@settings(max_examples=15, deadline=None)
@given(st.permutations(range(5)))
def test_the_order_of_reports_and_words_makes_no_difference(told: Told, order: list[int]) -> None:
    claims = [
        told(f"c_{n}", f"d{n}", day=f"2031-05-0{4 + n % 2}", place="Varnow" if n < 4 else "Toriel") for n in range(5)
    ]
    words = ["Mira Tal, 34, fell near Quarry Lane.", "Jonas Brell, 19, fell at the lighthouse.", REPORT, FIRST, SECOND]
    texts = [text(said, f"d{n}") for n, said in enumerate(words)]
    usual = link(claims, (), (), (), texts)
    assert link([claims[n] for n in order], (), (), (), [texts[n] for n in reversed(order)]) == usual
