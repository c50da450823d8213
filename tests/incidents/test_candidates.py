from collections.abc import Callable
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corrobora.incidents.accounts import account
from corrobora.incidents.candidates import BLOCK, Block, candidates
from corrobora.incidents.columns import Column, numbered
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


def test_pairs_found_a_few_at_a_time_are_the_same_in_the_same_order(
    told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    ways = product(("Kelm", "Toriel"), ("2031-05-04", "2031-05-06", "2031-05-20"), (3, 11))
    told_of = [
        account([told(f"c_{at:02}", f"d{at % 9}", place=place, day=day, low=low)], Constraints())
        for at, (place, day, low) in enumerate(ways)
    ]
    a, b = candidates(told_of, {})
    assert (a < b).all()
    assert (np.diff(a * 100 + b) > 0).all(), "in order, and each once"
    for portion in (1, 7):
        monkeypatch.setattr("corrobora.incidents.candidates.PORTION", portion)
        x, y = candidates(told_of, {})
        assert (x.tolist(), y.tolist()) == (a.tolist(), b.tolist())


@settings(max_examples=40)
@given(st.lists(st.frozensets(st.sampled_from("abcdef"), max_size=4), max_size=8), st.integers(1, 4), st.integers(1, 2))
def test_a_block_pairs_those_that_share_rare_keys(told: list[frozenset[str]], most: int, least: int) -> None:
    rare = {key for key in "abcdef" if sum(key in mine for mine in told) <= most}
    wanted = {
        x * len(told) + y for (x, one), (y, two) in combinations(enumerate(told), 2) if len(one & two & rare) >= least
    }
    block = Block(numbered(told), most, least)
    assert set(block.pairs(0, len(told)).tolist()) == wanted
    parts = [block.pairs(at, at + 1).tolist() for at in range(len(told))]
    assert {pair for part in parts for pair in part} == wanted
    assert all(pair // len(told) == at for at, part in enumerate(parts) for pair in part)


def test_keys_too_large_to_be_packed_are_numbered_anew() -> None:
    huge = Column(np.array([1, 1, 1]), np.array([2**61, 5, 2**61]), 2**61 + 1)
    assert Block(huge, 9).pairs(0, 3).tolist() == [2]
