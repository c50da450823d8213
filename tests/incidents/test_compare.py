from collections.abc import Callable
from itertools import pairwise, product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from corrobora.incidents.accounts import Account, account
from corrobora.incidents.compare import Comparison, probability
from corrobora.incidents.constraints import Constraints
from corrobora.incidents.weights import shipped
from corrobora.model import CopyFamily, Reading

Told = Callable[..., Reading]


def compare(*readings: Reading, families: dict[str, CopyFamily] | None = None) -> float:
    told = [account([reading], Constraints()) for reading in readings]
    return scored(Comparison(told, families or {}, shipped()), 0, 1)


def scored(comparison: Comparison, a: int, b: int) -> float:
    return float(comparison.scored(np.array([a]), np.array([b]))[0][0])


def reasons(accounts: list[Account], families: dict[str, CopyFamily] | None = None) -> list[str]:
    (evidence,) = Comparison(accounts, families or {}, shipped()).explained(np.array([0]), np.array([1]))
    return [why for _, why in evidence]


def test_two_reports_of_one_attack_match(told: Told) -> None:
    assert compare(told("c_1"), told("c_2", "b")) > 0


def test_figures_that_differ_strongly_weaken_and_do_not_forbid(told: Told) -> None:
    same = compare(told("c_1", low=11), told("c_2", "b", low=11))
    differ = compare(told("c_1", low=11), told("c_2", "b", low=40))
    assert 0 < differ < same


def test_another_town_another_week_another_act_do_not_match(told: Told) -> None:
    assert compare(told("c_1"), told("c_2", "b", place="Kelm")) < 0
    assert compare(told("c_1"), told("c_2", "b", day="2031-05-12", published="2031-05-13")) < 0
    assert compare(told("c_1"), told("c_2", "b", act="abduction", harm="abducted", day="2031-05-05")) < 0


def test_a_missing_place_and_day_never_match_by_themselves(told: Told) -> None:
    vague = {"place": None, "day": None, "low": 37, "actor": "Osk Front"}
    one, other = told("c_1", quote="a tannery burnt", **vague), told("c_2", "b", quote="villagers fled uphill", **vague)
    assert compare(one, other) < 0


def test_a_named_victim_ties_reports_without_a_day(told: Told) -> None:
    one = told("c_1", day=None, names=("Mira Tal",))
    assert compare(one, told("c_2", "b", day=None, names=("Mira Tal",))) > 0


def test_a_report_cannot_tell_of_what_had_not_happened(told: Told) -> None:
    early = told("c_1", "b", day=None, published="2031-04-20")
    assert compare(told("c_2"), early) < compare(told("c_2"), told("c_1", "b", day=None))


def test_a_copy_is_evidence_and_says_so(told: Told) -> None:
    family = CopyFamily(("a", "b"), "")
    pair = told("c_1", place=None), told("c_2", "b", place=None)
    assert compare(*pair, families={"a": family, "b": family}) > compare(*pair)
    accounts = [account([reading], Constraints()) for reading in pair]
    assert "one report repeats the other's text" in reasons(accounts, {"a": family, "b": family})


def test_every_reason_is_given_in_words(told: Told) -> None:
    accounts = [account([reading], Constraints()) for reading in (told("c_1"), told("c_2", "b"))]
    found = reasons(accounts)
    assert "place: the same town" in found
    assert "days: the same" in found
    assert any(why.startswith("figures: 5 killed") for why in found)


def test_probability_rises_with_the_odds_and_stays_within_bounds() -> None:
    values = [probability(odds) for odds in (-1000.0, -2.0, 0.0, 2.0, 1000.0)]
    assert all(a < b for a, b in pairwise(values))
    assert 0 <= values[0] < values[-1] <= 1


@given(
    st.sampled_from(["Varnow", "Kelm", "Osk", "Ardia", None]),
    st.sampled_from(["Varnow", "Kelm", "Lower Varnow", None]),
    st.sampled_from(["2031-05-04", "2031-05-06", None]),
    st.integers(1, 60),
)
def test_comparing_is_the_same_both_ways(told: Told, here: str, there: str, day: str, low: int) -> None:
    pair: list[Account] = [
        account([told("c_1", place=here, low=low)], Constraints()),
        account([told("c_2", "b", place=there, day=day)], Constraints()),
    ]
    comparison = Comparison(pair, {}, shipped())
    assert scored(comparison, 0, 1) == scored(comparison, 1, 0)


def test_a_pair_that_is_likely_is_never_ruled_out_before_it_is_looked_at_whole(told: Told) -> None:
    ways = product((("Kelm", "Toriel", "Ardia")), ("2031-05-04", "2031-05-20"), (3, 11), ("shelling", "abduction"))
    readings = [
        told(f"c_{at:02}", f"d{at}", place=place, day=day, low=low, act=act)
        for at, (place, day, low, act) in enumerate(ways)
    ]
    comparison = Comparison([account([reading], Constraints()) for reading in readings], {}, shipped())
    a, b = np.triu_indices(len(readings), 1)
    likely = np.flatnonzero(comparison.scored(a, b)[0] > shipped().cut)
    hopeful = comparison.hopeful(a, b)
    assert 0 < len(likely) < len(a)
    assert set(likely.tolist()) <= set(hopeful.tolist())
    assert len(hopeful) < len(a), "some are ruled out"
