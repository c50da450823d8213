from hypothesis import given
from hypothesis import strategies as st

from corrobora.incidents.cluster import Pair, cluster

NONE: dict[str, frozenset[str]] = {}
names = st.sampled_from("abcdefgh")
pair_lists = st.dictionaries(
    st.tuples(names, names).filter(lambda pair: pair[0] < pair[1]), st.integers(-8, 8).map(float), max_size=20
)


def never(_a: frozenset[str], _b: frozenset[str]) -> bool:
    return False


def test_pairs_above_zero_are_merged_and_the_rest_stays_alone() -> None:
    pairs = [Pair("a", "b", 3.0), Pair("b", "c", -2.0)]
    assert cluster("abcd", pairs, NONE, never, missing=-3.0) == [["a", "b"], ["c"], ["d"]]


def test_a_chain_of_likely_pairs_does_not_become_one_cluster() -> None:
    pairs = [Pair("a", "b", 2.0), Pair("b", "c", 1.5), Pair("c", "d", 2.0), Pair("a", "d", -6.0), Pair("a", "c", -6.0)]
    assert cluster("abcd", pairs, NONE, never, missing=-3.0) == [["a", "b"], ["c", "d"]]


def test_pairs_that_were_never_compared_count_against_a_merge() -> None:
    pairs = [Pair("a", "b", 4.0), Pair("b", "c", 2.0)]
    assert cluster("abc", pairs, NONE, never, missing=-3.0) == [["a", "b"], ["c"]]
    assert cluster("abc", pairs, NONE, never, missing=0.0) == [["a", "b", "c"]]


def test_what_a_person_joined_is_joined_and_what_they_parted_stays_apart() -> None:
    groups = {"a": frozenset({"1"}), "b": frozenset({"1"}), "c": frozenset({"2"})}
    pairs = [Pair("a", "b", -9.0), Pair("b", "c", 9.0), Pair("a", "c", 9.0)]

    def apart(x: frozenset[str], y: frozenset[str]) -> bool:
        return {"1", "2"} <= x | y

    assert cluster("abc", pairs, groups, apart, missing=-3.0) == [["a", "b"], ["c"]]


def test_a_merge_that_would_not_be_coherent_is_left_out() -> None:
    pairs = [Pair("a", "b", 3.0), Pair("b", "c", 3.0), Pair("a", "c", 3.0)]
    found = cluster("abc", pairs, NONE, never, missing=-3.0, coherent=lambda a, b: len(a) + len(b) < 3)
    assert sorted(map(len, found)) == [1, 2]


@given(pair_lists, st.randoms())
def test_the_order_of_items_and_pairs_changes_nothing(scores: dict[tuple[str, str], float], random: object) -> None:
    pairs = [Pair(a, b, score) for (a, b), score in scores.items()]
    items = list("abcdefgh")
    first = cluster(items, pairs, NONE, never, missing=-3.0)
    random.shuffle(items)  # type: ignore[attr-defined]
    random.shuffle(pairs)  # type: ignore[attr-defined]
    assert cluster(items, pairs, NONE, never, missing=-3.0) == first
    assert sorted(item for members in first for item in members) == list("abcdefgh")
