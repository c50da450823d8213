"""Merging in rounds gives what merging the best pair first gives, whatever people decided, in whatever order."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from corrobora.incidents.cluster import Pair, cluster
from corrobora.incidents.gather import Pairs, gathered

MANY = 9
ends = st.integers(0, MANY - 1)
SCORES = st.dictionaries(
    st.tuples(ends, ends).filter(lambda pair: pair[0] < pair[1]), st.integers(-800, 800), min_size=4, max_size=30
)
HELD = st.lists(st.tuples(ends, ends), max_size=2)
Scores = dict[tuple[int, int], int]
NONE = np.zeros((0, 2), dtype=np.int64)


def always(_a: object, _b: object, _sure: bool) -> bool:
    return True


def made(scores: Scores, words: Scores | None = None) -> Pairs:
    a, b = np.array(list(scores), dtype=np.int64).reshape(-1, 2).T
    told = np.array([(words or {}).get(pair, 0) / 100 for pair in scores])
    return Pairs(a, b, np.array(list(scores.values())) / 100, told)


def unlike(scores: Scores) -> Scores:
    """The same scores, no two sums of which are alike: of equal pairs, either may be merged first."""
    return {pair: 1000 * score + 2**at % 997 for at, (pair, score) in enumerate(sorted(scores.items()))}


@settings(max_examples=50)
@given(SCORES, st.integers(2, MANY))
def test_rounds_give_what_the_best_pair_first_gives(scores: Scores, most: int) -> None:
    told = unlike(scores)

    def small(a: object, b: object, _sure: bool = True) -> bool:
        return len(list(a)) + len(list(b)) <= most  # type: ignore[call-overload]

    pairs = [Pair(str(a), str(b), score / 100) for (a, b), score in told.items()]
    one_by_one = cluster(map(str, range(MANY)), pairs, {}, lambda _a, _b: False, missing=-2000.0, coherent=small)
    found = gathered(MANY, made(told), NONE, -2000.0, 0.3, small)
    assert found == sorted([int(at) for at in members] for members in one_by_one)


@settings(max_examples=50)
@given(SCORES, HELD)
def test_what_a_person_joined_is_joined_first(scores: Scores, held: list[tuple[int, int]]) -> None:
    told = unlike(scores)
    pairs = [Pair(str(a), str(b), score / 100) for (a, b), score in told.items()]
    joined = gathered(MANY, made({(0, 1): -1}), np.array(held, dtype=np.int64).reshape(-1, 2), -20.0, 0.3, always)
    groups = {str(at): frozenset({str(members[0])}) for members in joined if len(members) > 1 for at in members}
    one_by_one = cluster(map(str, range(MANY)), pairs, groups, lambda _a, _b: False, missing=-2000.0)
    found = gathered(MANY, made(told), np.array(held, dtype=np.int64).reshape(-1, 2), -2000.0, 0.3, always)
    assert found == sorted([int(at) for at in members] for members in one_by_one)


@settings(max_examples=30)
@given(SCORES, st.randoms())
def test_the_order_of_pairs_changes_nothing_even_where_they_are_alike(scores: Scores, random: object) -> None:
    pairs = [(pair, score // 200 * 200) for pair, score in scores.items()]
    first = gathered(MANY, made(dict(pairs)), NONE, -3.0, 0.3, always)
    random.shuffle(pairs)  # type: ignore[attr-defined]
    assert gathered(MANY, made(dict(pairs)), NONE, -3.0, 0.3, always) == first
    assert sorted(at for members in first for at in members) == list(range(MANY))


def test_a_pair_at_the_cut_is_not_above_it() -> None:
    assert gathered(2, made({(0, 1): 0}), NONE, -1.0, 0.3, always) == [[0], [1]]
    assert gathered(2, made({(0, 1): 1}), NONE, -1.0, 0.3, always) == [[0, 1]]


def test_it_is_told_whether_words_speak_for_a_merge_on_average() -> None:
    asked: dict[tuple[int, ...], bool] = {}

    def may(a: object, b: object, sure: bool) -> bool:
        asked[(*sorted(a), *sorted(b))] = sure  # type: ignore[call-overload]
        return True

    scores, words = {(0, 1): 500, (0, 2): 300, (1, 2): 300}, {(0, 1): 40, (0, 2): 50, (1, 2): 5}
    assert gathered(3, made(scores, words), NONE, -1.0, 0.3, may) == [[0, 1, 2]]
    assert asked == {(0, 1): True, (0, 1, 2): False}


def test_nothing_gives_nothing_and_one_alone_stays_alone() -> None:
    none = made({})
    assert gathered(0, none, NONE, -1.0, 0.3, always) == []
    assert gathered(1, none, NONE, -1.0, 0.3, always) == [[0]]
