from collections.abc import Callable

from corrobora.incidents.accounts import account
from corrobora.incidents.candidates import BLOCK, candidates
from corrobora.incidents.constraints import Constraints
from corrobora.model import Reading

Told = Callable[..., Reading]


def pairs(*readings: Reading, family: dict[str, str] | None = None) -> set[tuple[str, str]]:
    told = [account([reading], Constraints()) for reading in readings]
    a, b = candidates(told, family or {})
    return {(told[x].id, told[y].id) for x, y in zip(a.tolist(), b.tolist(), strict=True)}


def test_reports_of_one_town_and_day_are_compared(told: Told) -> None:
    assert pairs(told("c_1"), told("c_2", "b", day="2031-05-05")) == {("c_1", "c_2")}


def test_a_nationwide_report_is_compared_with_that_of_a_town(told: Told) -> None:
    assert pairs(told("c_1", place="Ardia"), told("c_2", "b", place="Kelm", low=77)) == {("c_1", "c_2")}


def test_reports_that_share_nothing_are_not(told: Told) -> None:
    far = told("c_2", "b", place="Toriel", day="2029-01-01", published="2029-01-02", low=40, quote="other", act="arson")
    assert pairs(told("c_1", quote="harvest"), far) == set()


def test_claims_of_one_report_are_never_a_pair(told: Told) -> None:
    assert pairs(told("c_1"), told("c_2")) == set()


def test_a_rare_word_a_victim_and_a_copy_bring_reports_together(told: Told) -> None:
    bare = {"place": None, "day": None, "published": None, "low": None, "quote": "said"}
    rare = [told(f"c_{n}", f"d{n}", **(bare | {"quote": "the tannery by the millpond"})) for n in range(2)]
    assert pairs(*rare) == {("c_0", "c_1")}
    kin = [told(f"c_{n}", f"d{n}", names=("Mira Tal",), **(bare | {"quote": "x"})) for n in range(2)]
    assert pairs(*kin) == {("c_0", "c_1")}
    copied = [told(f"c_{n}", f"d{n}", **(bare | {"quote": "x"})) for n in range(2)]
    assert pairs(*copied) == set()
    assert pairs(*copied, family={"d0": "d0", "d1": "d0"}) == {("c_0", "c_1")}


def test_a_key_that_everybody_shares_makes_no_pairs(told: Told) -> None:
    many = [
        told(f"c_{n}", f"d{n}", place="Ardia", day="2031-05-04", low=None, act="", quote="x", published=None)
        for n in range(BLOCK + 1)
    ]
    assert pairs(*many) == set()
