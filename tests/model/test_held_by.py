"""The weakest link of an incident: the one that it would fall apart without."""

from hypothesis import given, settings
from hypothesis import strategies as st

from corrobora.model import Incident, Link

ENDS = st.sampled_from("abcdefg")
LINKS = st.lists(st.tuples(ENDS, ENDS, st.integers(1, 99)).filter(lambda each: each[0] < each[1]), max_size=20)


def incident(*links: tuple[str, str, float]) -> Incident:
    made = tuple(Link(a, b, probability, ("+ the same place",)) for a, b, probability in links)
    return Incident("i_1", "shelling", tuple("abcdefg"), (), None, None, (), made)


def parts(links: tuple[Link, ...]) -> set[frozenset[str]]:
    found = [frozenset(end) for end in "abcdefg"]
    for link in links:
        tied = frozenset().union(*(part for part in found if {link.a, link.b} & part))
        found = [part for part in found if not part & tied] + [tied]
    return set(found)


def test_the_weakest_link_is_the_one_that_nothing_stands_in_for() -> None:
    held = incident(("a", "b", 0.9), ("b", "c", 0.6), ("a", "c", 0.5), ("c", "d", 0.7)).held_by()
    assert [(link.a, link.b) for link in held] == [("b", "c"), ("c", "d"), ("a", "b")]


def test_a_claim_alone_is_held_by_nothing() -> None:
    assert incident().held_by() == ()


@settings(max_examples=40)
@given(LINKS)
def test_they_tie_what_all_links_tie_and_none_can_be_spared(links: list[tuple[str, str, int]]) -> None:
    whole = incident(*((a, b, score / 100) for a, b, score in links))
    held = whole.held_by()
    assert parts(held) == parts(whole.links)
    assert [link.probability for link in held] == sorted(link.probability for link in held)
    for at, link in enumerate(held):
        rest = held[:at] + held[at + 1 :]
        assert parts(rest) != parts(held)
        stronger = tuple(other for other in whole.links if other.probability > link.probability)
        assert not any({link.a, link.b} <= part for part in parts(stronger)), "no stronger way around it"
