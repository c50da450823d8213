from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from corrobora.incidents.accounts import account, accounts, compatible, fold, joins, named, telling, told_apart
from corrobora.incidents.constraints import Constraints
from corrobora.incidents.tolls import counts_as_total
from corrobora.model import Reading

Told = Callable[..., Reading]


def groups(readings: list[Reading]) -> list[list[str]]:
    return sorted(sorted(r.claim.id for r in account.readings) for account in accounts(readings, Constraints()))


def test_killed_and_injured_of_one_sentence_belong_together(told: Told) -> None:
    assert groups([told("c_1"), told("c_2", harm="injured", low=9, start=45)]) == [["c_1", "c_2"]]


def test_one_report_that_tells_two_attacks_keeps_them_apart(told: Told) -> None:
    claims = [
        told("c_1"),
        told("c_2", harm="injured", low=9, start=45),
        told("c_3", place="Kelm", start=300),
        told("c_4", harm="injured", low=2, place="Kelm", start=345),
    ]
    assert groups(claims) == [["c_1", "c_2"], ["c_3", "c_4"]]


def test_the_same_town_a_week_later_is_another_event(told: Told) -> None:
    assert groups([told("c_1"), told("c_2", day="2031-05-11", start=300)]) == [["c_1"], ["c_2"]]


def test_a_claim_without_place_or_day_goes_with_the_one_told_nearest(told: Told) -> None:
    claims = [
        told("c_1"),
        told("c_2", place="Kelm", start=900),
        told("c_3", harm="injured", place=None, day=None, start=945),
    ]
    assert groups(claims) == [["c_1"], ["c_2", "c_3"]]


def test_towns_of_a_nationwide_event_go_with_it(told: Told) -> None:
    claims = [
        told("c_1", place="Ardia", low=16),
        told("c_2", place="Varnow", low=3, start=60, part_of="c_1"),
        told("c_3", place="Kelm", low=2, start=100, part_of="c_1"),
    ]
    assert groups(claims) == [["c_1", "c_2", "c_3"]]
    assert groups(claims[1:]) == [["c_2"], ["c_3"]]


def test_a_list_of_towns_goes_with_the_total_it_makes_up(told: Told) -> None:
    total = told("c_1", place="Lower Varnow", low=8, speaker="Osk Monitor")
    listed = [
        told("c_2", place="Varnow", low=3, start=300, speaker="Osk Monitor"),
        told("c_3", place="Kelm", low=2, start=345, speaker="Osk Monitor"),
        told("c_4", place="Toriel", low=1, start=390, speaker="Osk Monitor"),
    ]
    assert groups([total, *listed]) == [["c_1", "c_2", "c_3", "c_4"]]
    assert len(groups([told("c_1", place="Lower Varnow", low=4, speaker="Osk Monitor"), *listed])) > 1


def test_a_figure_for_a_whole_war_is_not_one_of_its_days(told: Told) -> None:
    assert groups([told("c_1"), told("c_2", low=28000, day="2029-01-01", until="2031-05-04", start=60)]) == [
        ["c_1"],
        ["c_2"],
    ]


def test_a_separate_attack_is_taken_at_its_word(told: Told) -> None:
    claims = [told("c_1", place="Osk"), told("c_2", place="Osk", start=50, quote="two died in a separate attack")]
    assert groups(claims) == [["c_1"], ["c_2"]]


@pytest.mark.parametrize(
    ("changes", "apart"),
    [
        ({"place": "Osk", "quote": "two died in a separate attack"}, True),
        ({"place": "Osk", "quote": "five died in another incident"}, True),
        ({"place": "Toriel", "quote": "two hours later, two died there"}, True),
        ({"place": "Varnow", "quote": "two hours later, two of them died there"}, False),
        ({"place": "Toriel", "quote": "two died there"}, False),
        ({"place": "Osk", "day": "2031-05-20"}, False),
        ({"document": "b", "quote": "two died in a separate attack"}, False),
    ],
)
def test_which_accounts_one_report_tells_apart(told: Told, changes: dict[str, Any], apart: bool) -> None:
    one = account([told("c_1", place="Varnow")], Constraints())
    other = account([told("c_2", **{"low": 2, "start": 900, **changes})], Constraints())
    assert told_apart(one, other) is told_apart(other, one) is apart


@pytest.mark.parametrize(
    ("changes", "joining"),
    [
        ({}, True),
        ({"stance": "denies"}, True),
        ({"stance": "cannot_confirm"}, True),
        ({"stance": "predicts"}, False),
        ({"modality": "alleged"}, True),
        ({"modality": "attempted"}, True),
        ({"modality": "planned"}, False),
        ({"modality": "hypothetical"}, False),
        ({"modality": "future"}, False),
        ({"scope": "total"}, False),
        ({"scope": "rate"}, False),
        ({"modality": "historical"}, True),
        ({"modality": "historical", "day": None}, False),
        ({"modality": "historical", "low": None}, False),
    ],
)
def test_what_joins_an_incident(told: Told, changes: dict[str, str], joining: bool) -> None:
    assert joins(told("c_1", **changes)) is joining


@pytest.mark.parametrize("flag", ["hidden", "deleted"])
def test_words_that_nobody_was_shown_count_once_a_person_accepts_them(told: Told, flag: str) -> None:
    """A number planted out of sight in a page (or struck out of a draft) may never widen an incident's figure."""
    for scope, counts in (("incident", joins), ("total", counts_as_total)):
        plain = told("c_1", scope=scope)
        unseen = replace(plain, claim=replace(plain.claim, flags=(flag,)))
        assert counts(plain)
        assert not counts(unseen)
        assert counts(replace(unseen, decided="accepted"))
        assert counts(replace(plain, claim=replace(plain.claim, flags=("scare_quotes",))))


def test_which_acts_may_be_one_event() -> None:
    assert compatible(frozenset({"air_strike"}), frozenset({"shelling"})) is True
    assert compatible(frozenset({"bombing"}), frozenset({"abduction"})) is False
    assert compatible(frozenset({"other"}), frozenset({"abduction"})) is None
    assert telling("shelling")
    assert not telling("raid")


def test_a_name_is_told_from_a_description() -> None:
    assert named("Ministry of Health")
    assert named("the Ardian Red Shield")
    assert not named("a resident of Varnow district hospital")
    assert not named("officials")
    assert not named("")
    assert fold("Ada Lorn, the mayor") == "ada lorn"
