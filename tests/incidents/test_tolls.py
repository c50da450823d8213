from collections.abc import Callable

import pytest

from corrobora.incidents.tolls import counts_as_total, tolls
from corrobora.model import CopyFamily, Metadata, Reading, Text, Toll

Told = Callable[..., Reading]


@pytest.fixture
def total(told: Told) -> Told:
    def make(claim: str, document: str, low: int, published: str, **changes: str | None) -> Reading:
        since = {"place": "Osk", "day": "2031-03-01", "until": published, "speaker": "Osk Monitor", **changes}
        return told(claim, document, low=low, published=published, scope="total", **since)

    return make


def steps(toll: Toll) -> list[tuple[str, int | None, str]]:
    return [(step.claim, step.low, step.change) for step in toll.steps]


def test_a_toll_rises_stays_and_is_revised(total: Told) -> None:
    said = [
        total("c_1", "a", 20, "2031-03-10"),
        total("c_2", "b", 31, "2031-03-12"),
        total("c_3", "c", 31, "2031-03-13"),
        total("c_4", "d", 29, "2031-03-20"),
    ]
    (toll,) = tolls(list(reversed(said)), {})
    assert steps(toll) == [
        ("c_1", 20, "first"),
        ("c_2", 31, "rise"),
        ("c_3", 31, "same"),
        ("c_4", 29, "revision_down"),
    ]
    assert (toll.voice, toll.harm, str(toll.since)) == ("Osk Monitor", "killed", "2031-03-01")


def test_a_lower_figure_for_the_same_day_is_a_correction(total: Told) -> None:
    (toll,) = tolls([total("c_1", "a", 31, "2031-03-12"), total("c_2", "b", 29, "2031-03-13", until="2031-03-12")], {})
    assert [step.change for step in toll.steps] == ["first", "correction"]


@pytest.mark.parametrize(
    ("low", "quote", "title", "above", "change"),
    [
        (36, "36 died", "", "", "rise"),
        (36, "the toll was corrected to 36", "", "", "correction"),
        (29, "29 died, as two bodies had been counted twice", "", "", "correction"),
        (29, "the toll was revised down to 29", "", "", "revision_down"),
        (36, "36 died", "CORRECTED-Toll in Osk rises to 36", "", "correction"),
        (36, "36 died", "", "(Corrects toll in paragraph 2) OSK, March 12 - ", "correction"),
        (31, "31 died", "CORRECTED-Name of the minister", "", "same"),
        (36, "36 died in the correctional facility", "", "", "rise"),
    ],
)
def test_a_note_tells_a_correction_from_a_rise(
    low: int, quote: str, title: str, above: str, change: str, total: Told
) -> None:
    said = [total("c_1", "a", 31, "2031-03-10"), total("c_2", "b", low, "2031-03-12", quote=quote)]
    words = f"{above}{'The monitor counts the dead. ' * 9}It corrects no one."
    text = Text("b", "", "b.txt", words, Metadata(title=title), (), "text 1")
    (toll,) = tolls(said, {}, {"b": text})
    assert [step.change for step in toll.steps] == ["first", change]
    assert toll == tolls(said[::-1], {}, {"b": text})[0], "whatever the order"


def test_voices_regions_harms_and_start_dates_are_series_of_their_own(total: Told) -> None:
    said = [
        total("c_1", "a", 20, "2031-03-10"),
        total("c_2", "a", 20, "2031-03-10", speaker="Health Office"),
        total("c_3", "a", 20, "2031-03-10", place="Ardia"),
        total("c_4", "a", 20, "2031-03-10", harm="injured"),
        total("c_5", "a", 20, "2031-03-10", day="2031-01-01"),
    ]
    assert len(tolls(said, {})) == 5


def test_a_total_without_a_start_joins_the_only_series(total: Told) -> None:
    said = [total("c_1", "a", 20, "2031-03-10"), total("c_2", "b", 25, "2031-03-11", day=None)]
    assert [steps(toll) for toll in tolls(said, {})] == [[("c_1", 20, "first"), ("c_2", 25, "rise")]]
    two = [*said, total("c_3", "c", 90, "2031-03-11", day="2031-01-01")]
    assert len(tolls(two, {})) == 3


def test_copies_of_an_outlets_own_total_are_one_voice(total: Told) -> None:
    family = CopyFamily(("a", "b"), "")
    said = [total("c_1", "a", 20, "2031-03-10", speaker=""), total("c_2", "b", 20, "2031-03-11", speaker="")]
    assert len(tolls(said, {})) == 2
    assert len(tolls(said, {"a": family, "b": family})) == 1


def test_only_asserted_totals_with_a_figure_count(told: Told) -> None:
    assert counts_as_total(told("c_1", scope="total"))
    assert not counts_as_total(told("c_1"))
    assert not counts_as_total(told("c_1", scope="rate"))
    assert not counts_as_total(told("c_1", scope="total", stance="predicts"))
    assert not counts_as_total(told("c_1", scope="total", modality="hypothetical"))
    assert not counts_as_total(told("c_1", scope="total", low=None))
