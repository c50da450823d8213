from collections.abc import Callable
from dataclasses import replace

import pytest

from corrobora.model import Incident, Place, Reading
from corrobora.review.statements import Statement, accounts, statements

Told = Callable[..., Reading]
State = Callable[..., dict[str, Statement]]


@pytest.fixture(scope="session")
def state(incident: Callable[..., Incident]) -> State:
    def found(*readings: Reading) -> dict[str, Statement]:
        return {s.claims[0]: s for s in statements(incident(*readings), {r.claim.id: r for r in readings})}

    return found


def test_what_asserts_a_figure_is_a_statement(told: Told, state: State) -> None:
    said = [
        told("c_1"),
        told("c_2", stance="denies"),
        told("c_3", stance="cannot_confirm"),
        told("c_4", stance="justifies"),
        told("c_5", low=None),
        told("c_6", harm=""),
        told("c_7", modality="attempted"),
        told("c_8", low=0, stance="denies"),
    ]
    assert set(state(*said)) == {"c_1", "c_4", "c_8"}


def test_a_claim_that_is_not_in_the_readings_is_left_out(told: Told, incident: Callable[..., Incident]) -> None:
    kept, rejected = told("c_1"), told("c_2", "b")
    assert [s.claims for s in statements(incident(kept, rejected), {"c_1": kept})] == [("c_1",)]


def test_the_named_number_is_the_low_end_or_the_only_one_said(told: Told, state: State) -> None:
    found = state(
        told("c_1", low=5, high=7), told("c_2", low=None, high=46), told("c_3", low=24, high=None, qualifier="vague")
    )
    assert [found[claim].named for claim in ("c_1", "c_2", "c_3")] == [5, 46, 24]
    assert [found[claim].vague for claim in ("c_1", "c_2", "c_3")] == [False, False, True]


def test_a_part_is_one_only_beside_its_whole(told: Told, state: State) -> None:
    part = told("c_2", low=3, part_of="c_1")
    assert state(told("c_1", low=9), part)["c_2"].part
    assert not state(part)["c_2"].part
    assert not state(told("c_1", low=9, harm="injured"), part)["c_2"].part


@pytest.mark.parametrize(
    "changes",
    [
        {"speaker": "Kelm Hospital"},
        {"whom": "bodies at hospital"},
        {"whom": "six relatives"},
        {"quote": "among them three guards"},
        {"quote": "we lost three men"},
        {"roles": ("child",)},
    ],
)
def test_words_that_tell_of_some_of_them(told: Told, state: State, changes: dict[str, str]) -> None:
    assert state(told("c_1", low=9), told("c_2", low=3, **changes))["c_2"].part
    assert not state(told("c_1", low=3), told("c_2", low=9, **changes))["c_2"].part


@pytest.mark.parametrize(
    "quote",
    [
        "three lost their lives",
        "lost his life",
        "At least three people, among them two women, were killed",
        "three people (including a guard) died",
        "Three villagers, two of them children, were shot dead",
        "three died – some of whom were relatives",
    ],
)
def test_words_that_only_look_like_it(told: Told, state: State, quote: str) -> None:
    """What a report says of some of the three, behind their number, does not make the three a part of nine."""
    assert not state(told("c_1", low=9), told("c_2", low=3, quote=quote))["c_2"].part


@pytest.mark.parametrize(
    "quote", ["including three guards", "three of the dead were guards", "Three of them later died"]
)
def test_words_before_or_at_the_number_tell_of_some(told: Told, state: State, quote: str) -> None:
    assert state(told("c_1", low=9), told("c_2", low=3, quote=quote))["c_2"].part


def test_one_town_of_a_nationwide_count_is_a_part(told: Told, state: State) -> None:
    nation, town = told("c_1", low=16, place="Ardia"), told("c_2", "b", low=2, place="Kelm")
    assert state(nation, town)["c_2"].part
    assert not state(told("c_1", low=16), town)["c_2"].part


def test_none_of_one_class_says_nothing_of_the_others(told: Told, state: State) -> None:
    others = told("c_1", low=4, victims="unknown")
    assert state(others, told("c_2", "b", low=0, victims="civilian"))["c_2"].part
    assert not state(others, told("c_2", "b", low=0, victims="unknown"))["c_2"].part


def test_only_a_later_whole_figure_replaces_an_earlier_one(told: Told, state: State) -> None:
    early = told("c_1", low=9, speaker="Ada Lorn", published="2031-05-04")

    def still_current(**later: object) -> bool:
        return state(early, told("c_2", "b", **({"speaker": "Ada Lorn", "published": "2031-05-06"} | later)))[
            "c_1"
        ].current

    assert not still_current(low=12)
    assert still_current(low=24, high=None, qualifier="vague")
    assert still_current(low=3, quote="three of them")
    assert still_current(low=12, harm="injured")
    assert still_current(low=12, victims="armed_group")
    assert still_current(low=12, speaker="Mira Tal")
    assert still_current(low=12, published="2031-05-04")
    assert still_current(low=12, published=None)


def test_each_voice_has_one_account_for_each_report(told: Told, state: State) -> None:
    said = [
        told("c_1", low=9),
        told("c_2", low=12, start=50),
        told("c_3", low=7, speaker="Ada Lorn", start=90),
        told("c_4", "b", low=8),
    ]
    found = accounts(list(state(*said).values()), add=True)
    assert sorted(s.named for s in found) == [7, 8, 12]


def test_a_voices_largest_figure_being_a_part_makes_its_smaller_ones_parts(told: Told, state: State) -> None:
    said = [
        told("c_1", low=200),
        told("c_2", low=20, speaker="a resident", whom="members of his family"),
        told("c_3", low=8, speaker="a resident", whom="8"),
    ]
    found = {s.claims[0]: s for s in accounts(list(state(*said).values()), add=False)}
    assert set(found) == {"c_1", "c_2"}
    assert found["c_2"].part


def test_what_is_added_names_all_its_claims(told: Told, state: State) -> None:
    said = [
        told("c_1", low=4, high=None, victims="civilian", qualifier="at_least"),
        told("c_2", low=3, victims="security_force"),
    ]
    (both,) = accounts(list(state(*said).values()), add=True)
    assert (both.low, both.high, both.status, both.claims) == (7, None, "mixed", ("c_1", "c_2"))
    (stated,) = accounts(list(state(*said, told("c_3", low=9, victims="unknown")).values()), add=True)
    assert (stated.named, stated.claims) == (9, ("c_3",))


def test_a_corrected_place_decides_what_is_a_part(told: Told, state: State, places: dict[str, Place]) -> None:
    nation, town = told("c_1", low=16, place="Ardia"), told("c_2", "b", low=2, place="Kelm")
    assert not state(nation, replace(town, place=places["Ardia"]))["c_2"].part
