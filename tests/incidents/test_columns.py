"""Columns of numbers say of pairs what plain sets say of them, one by one."""

from collections.abc import Sequence
from math import isclose, sqrt

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from corrobora.incidents import columns
from corrobora.incidents.columns import Distinct, column, components, numbered, shared, weighed

WORDS = st.lists(st.frozensets(st.sampled_from("ada bel cor dun eve fay".split())), min_size=1, max_size=8)
EDGES = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=12)


def every(many: int) -> tuple[columns.Numbers, columns.Numbers]:
    a, b = np.divmod(np.arange(many * many), many)
    return a, b


def test_a_column_keeps_the_values_of_each_account() -> None:
    found = column([[3, 4], [], [9]])
    assert found.sizes.tolist() == [2, 0, 1]
    assert found.starts.tolist() == [0, 2, 2]
    assert found.rows.tolist() == [0, 0, 2]
    assert found.many == 10


def test_words_are_numbered_in_alphabetical_order_whatever_comes_first() -> None:
    one, other = numbered([["fay"], ["ada", "bel"]]), numbered([["ada", "bel"], ["fay"]])
    assert one.values.tolist() == [2, 0, 1]
    assert other.values.tolist() == [0, 1, 2]


def test_nothing_gives_nothing() -> None:
    none = numbered([])
    assert none.values.tolist() == []
    assert shared(numbered([[], []]), np.array([0]), np.array([1])).tolist() == [0.0]
    assert components(0, none.values, none.values).tolist() == []


@settings(max_examples=30)
@given(WORDS, st.data())
def test_crossed_columns_pair_every_value(words: Sequence[frozenset[str]], data: st.DataObject) -> None:
    days = data.draw(st.lists(st.frozensets(st.integers(0, 3)), min_size=len(words), max_size=len(words)))
    both = numbered(words).crossed(column(sorted(mine) for mine in days))
    assert both.sizes.tolist() == [len(x) * len(y) for x, y in zip(words, days, strict=True)]
    for at, (start, size) in enumerate(zip(both.starts.tolist(), both.sizes.tolist(), strict=True)):
        assert len(set(both.values[start : start + size].tolist())) == size, f"account {at} holds a key once"


@settings(max_examples=30)
@given(WORDS)
def test_what_two_share_is_what_their_sets_share(words: Sequence[frozenset[str]]) -> None:
    a, b = every(len(words))
    found = shared(numbered(words), a, b)
    assert found.tolist() == [float(len(words[x] & words[y])) for x, y in zip(a.tolist(), b.tolist(), strict=True)]


@settings(max_examples=30)
@given(WORDS, st.integers(1, 5))
def test_looking_at_few_pairs_at_a_time_changes_nothing(words: Sequence[frozenset[str]], few: int) -> None:
    told, (a, b) = numbered(words), every(len(words))
    whole = shared(told, a, b)
    usual, columns.CHUNK = columns.CHUNK, few
    try:
        assert shared(told, a, b).tolist() == whole.tolist()
    finally:
        columns.CHUNK = usual


@settings(max_examples=30)
@given(WORDS)
def test_the_cosine_is_one_with_itself_and_the_same_both_ways(words: Sequence[frozenset[str]]) -> None:
    told, (a, b) = numbered(words), every(len(words))
    weights = weighed(told, (1.0 + word for word in told.values.tolist()))
    found = shared(told, a, b, weights).reshape(len(words), len(words))
    assert (found == found.T).all()
    assert all(isclose(found[at, at], 1.0) for at, mine in enumerate(words) if mine)
    assert found.max(initial=0) <= 1 + 1e-9


def test_the_cosine_weighs_words() -> None:
    told = numbered([["ada", "bel"], ["bel"]])
    weights = weighed(told, [3.0, 4.0, 2.0])
    assert isclose(shared(told, np.array([0]), np.array([1]), weights)[0], 4 / sqrt(3 * 3 + 4 * 4))


def test_only_rare_values_are_kept() -> None:
    told = numbered([["ada", "bel"], ["bel"], ["bel", "cor"]])
    assert told.rare(2).sizes.tolist() == [1, 0, 1]
    assert told.rare(3).sizes.tolist() == told.sizes.tolist()


def test_like_values_are_rated_once() -> None:
    asked = []

    def rate(a: str, b: str) -> int:
        asked.append((a, b))
        return len(a) + len(b)

    told = Distinct(["ada", "be", "ada", "be"])
    a, b = every(4)
    assert told.rated(a, b, rate).reshape(4, 4).tolist() == [[6, 5, 6, 5], [5, 4, 5, 4], [6, 5, 6, 5], [5, 4, 5, 4]]
    assert len(asked) == 3


@settings(max_examples=40)
@given(EDGES)
def test_a_component_holds_what_pairs_tie_together_and_no_more(edges: list[tuple[int, int]]) -> None:
    a, b = (np.array([edge[side] for edge in edges], dtype=np.int64) for side in (0, 1))
    label = components(10, a, b).tolist()
    assert all(label[x] == label[y] for x, y in edges)
    groups = [{at} for at in range(10)]
    for x, y in edges:
        one, other = (next(group for group in groups if end in group) for end in (x, y))
        if one is not other:
            one |= other
            groups.remove(other)
    assert sorted(sorted(group) for group in groups) == sorted(
        sorted(at for at in range(10) if label[at] == name) for name in set(label)
    )
    assert all(label[at] <= at for at in range(10)), "each is named after its smallest member"


@settings(max_examples=20)
@given(st.lists(st.sampled_from("abcd"), min_size=1, max_size=8))
def test_ratings_are_the_same_with_and_without_a_table_and_when_asked_again(values: list[str]) -> None:
    def rate(a: str, b: str) -> int:
        return ord(a) + ord(b) - 2 * ord("a")

    a, b = every(len(values))
    told = Distinct(values)
    usual, columns.FEW = columns.FEW, 0
    try:
        without = Distinct(values)
    finally:
        columns.FEW = usual
    wanted = [rate(values[x], values[y]) for x, y in zip(a.tolist(), b.tolist(), strict=True)]
    half = len(a) // 2
    assert told.rated(a[:half], b[:half], rate).tolist() == wanted[:half]
    assert told.rated(a, b, rate).tolist() == wanted
    assert without.rated(a, b, rate).tolist() == wanted


@settings(max_examples=20)
@given(WORDS)
def test_no_key_that_is_held_is_ruled_out(words: Sequence[frozenset[str]]) -> None:
    told = numbered(words)
    assert told.may_hold(told.keys).all()


def test_values_stand_once_and_in_order() -> None:
    assert columns.distinct(np.array([3, 1, 3, 2, 1])).tolist() == [1, 2, 3]
    assert columns.distinct(np.zeros(0, dtype=np.int64)).tolist() == []
