from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corrobora.model import Figure, Incident, Reading
from corrobora.review.figures import figures
from corrobora.review.statements import statements

Told = Callable[..., Reading]
Gather = Callable[..., Incident]
Bounds = tuple[int | None, int | None] | None


@pytest.fixture(scope="session")
def count(incident: Gather) -> Callable[..., Bounds]:
    def rule(*readings: Reading, by: str = "range", harm: str = "killed") -> Bounds:
        found = figures(statements(incident(*readings), {r.claim.id: r for r in readings}))
        chosen: list[Figure] = [figure for figure in found if (figure.rule, figure.harm) == (by, harm)]
        return (chosen[0].low, chosen[0].high) if chosen else None

    return rule


def test_the_range_goes_from_the_lowest_to_the_highest_voice(told: Told, count: Callable[..., Bounds]) -> None:
    accounts = told("c_1", low=45), told("c_2", "b", low=54, high=None), told("c_3", "c", low=60)
    assert count(*accounts) == (45, 60)
    assert count(told("c_1", low=None, high=46, qualifier="at_most")) == (None, 46)
    assert count(told("c_1", low=200, high=None, qualifier="at_least")) == (200, 200)


def test_unknown_is_never_zero_and_none_is_said_by_someone(told: Told, count: Callable[..., Bounds]) -> None:
    assert count(told("c_1", low=None)) is None
    assert count(told("c_1"), harm="injured") is None
    assert count(told("c_1", low=0, victims="unknown"), told("c_2", "b", low=3)) == (0, 3)
    assert count(told("c_1", low=0, victims="civilian"), told("c_2", "b", low=3)) == (3, 3)


def test_a_later_figure_of_one_voice_replaces_its_earlier_one(told: Told, count: Callable[..., Bounds]) -> None:
    early = told("c_1", low=10, speaker="Ada Lorn", published="2031-05-04")
    late = told("c_2", "b", low=14, speaker="Ada Lorn", published="2031-05-06")
    assert count(early, late) == (14, 14)
    undated = replace(early, published=None)
    assert count(undated, late) == (10, 14)


def test_parts_are_never_added_to_their_whole(told: Told, count: Callable[..., Bounds]) -> None:
    whole = told("c_1", low=9, victims="unknown")
    parts = [
        told("c_2", low=4, victims="civilian", part_of="c_1"),
        told("c_3", low=5, victims="security_force", part_of="c_1"),
    ]
    assert count(whole, *parts) == (9, 9)
    assert count(*parts) == (9, 9)


def test_only_groups_that_cannot_overlap_are_added_and_a_rule_says_so(told: Told, count: Callable[..., Bounds]) -> None:
    groups = told("c_1", low=21, victims="civilian"), told("c_2", low=4, victims="security_force")
    assert count(*groups) == (25, 25)
    assert count(*groups, by="range_stated") == (21, 21)
    alike = told("c_1", low=21, victims="civilian"), told("c_2", low=4, victims="unknown")
    assert count(*alike) == (21, 21)
    elsewhere = told("c_1", low=21, victims="civilian"), told("c_2", "b", low=4, victims="security_force")
    assert count(*elsewhere) == (4, 21)


def test_one_hospital_or_family_is_a_part_where_others_count_more(told: Told, count: Callable[..., Bounds]) -> None:
    whole = told("c_1", low=60)
    assert count(whole, told("c_2", "b", low=24, speaker="a doctor at Kelm Hospital")) == (60, 60)
    assert count(whole, told("c_2", "b", low=8, speaker="a resident", quote="I lost eight people")) == (60, 60)
    assert count(whole, told("c_2", "b", low=8, speaker="a resident", whom="members of his family")) == (60, 60)
    assert count(told("c_2", "b", low=24, speaker="a doctor at Kelm Hospital")) == (24, 24)
    assert count(whole, told("c_2", "b", low=8, quote="eight lost their lives")) == (8, 60)


def test_attackers_are_counted_apart(told: Told, count: Callable[..., Bounds]) -> None:
    accounts = told("c_1", low=33, victims="armed_group"), told("c_2", "b", low=21)
    assert count(*accounts) == (21, 21)
    assert count(*accounts, by="attackers") == (33, 33)
    assert count(*accounts, by="ucdp") == (54, 54)
    assert count(accounts[0]) == (33, 33)
    fewer = told("c_3", "d", low=3, victims="armed_group", speaker="a third voice")
    assert count(*accounts, fewer, by="ucdp") == (24, 54)  # one more voice takes no estimate back
    assert count(*accounts, fewer, by="acled") == (24, 24)


def test_vague_words_count_only_where_nobody_gives_a_number(told: Told, count: Callable[..., Bounds]) -> None:
    dozens = told("c_1", low=24, high=None, qualifier="vague")
    assert count(dozens) == (24, None)
    assert count(dozens, told("c_2", "b", low=9)) == (9, 9)
    assert count(dozens, by="acled") == (12, 12)
    assert count(told("c_1", low=200, high=None, qualifier="vague"), by="acled") == (100, 100)


def test_denied_unconfirmed_and_foiled_figures_do_not_count(told: Told, count: Callable[..., Bounds]) -> None:
    said = told("c_1", low=11)
    assert count(said, told("c_2", "b", low=40, stance="denies")) == (11, 11)
    assert count(said, told("c_2", "b", low=40, stance="cannot_confirm")) == (11, 11)
    assert count(said, told("c_2", "b", low=40, modality="attempted")) == (11, 11)


def test_published_rules_side_by_side(told: Told, count: Callable[..., Bounds]) -> None:
    accounts = [
        told("c_1", low=45, speaker="Red Shield"),
        told("c_2", "b", low=54, speaker="Health Office"),
        told("c_3", "c", low=54, speaker="Osk Monitor"),
        told("c_4", "d", low=60, speaker="Ada Lorn"),
    ]
    assert count(*accounts, by="ucdp") == (45, 60)
    assert count(*accounts, by="ucdp_best") == (54, 54)
    assert count(*accounts, by="acled") == (45, 45)
    assert count(*accounts, by="ibc") == (45, 60)
    assert count(*accounts, by="airwars") == (45, 60)
    assert count(*accounts, by="highest_independent") == (54, 54)
    assert count(accounts[0], by="highest_independent") is None
    assert count(told("c_1", harm="abducted"), by="acled", harm="abducted") is None


def test_contested_status_makes_the_minimum_nothing(told: Told, count: Callable[..., Bounds]) -> None:
    accounts = (
        told("c_1", low=12, speaker="a resident"),
        told("c_2", "b", low=12, victims="armed_group", speaker="Army"),
    )
    assert count(*accounts, by="airwars") == (0, 12)
    unsure = told("c_1", low=12, victims="mixed"), told("c_2", "b", low=7, victims="civilian")
    assert count(*unsure, by="ibc") == (7, 12)


@given(st.lists(st.tuples(st.integers(0, 90), st.booleans(), st.sampled_from("abc")), min_size=1, max_size=6))
def test_a_range_holds_only_numbers_that_were_said(
    told: Told, count: Callable[..., Bounds], said: list[tuple[int, bool, str]]
) -> None:
    claims = [
        told(f"c_{n}", document, low=low, high=None if open_ else low, qualifier="at_least" if open_ else "exact")
        for n, (low, open_, document) in enumerate(said)
    ]
    bounds = count(*claims)
    assert bounds is not None
    numbers = {low for low, _, _ in said}
    assert set(bounds) <= numbers
    assert bounds[0] is not None
    assert bounds[1] is not None
    assert bounds[0] <= bounds[1] == max(low for low, _, _ in said)
    assert count(*reversed(claims)) == bounds
