from collections.abc import Callable
from dataclasses import replace

import pytest

from corrobora.model import Contradiction, Incident, Place, Reading
from corrobora.review import assess
from corrobora.settings import Settings, Words

Told = Callable[..., Reading]
NO_WORDS = Words()
Found = Callable[..., dict[str, Contradiction]]


@pytest.fixture(scope="session")
def found(incident: Callable[..., Incident]) -> Found:
    def contradictions(*readings: Reading, words: Words = NO_WORDS) -> dict[str, Contradiction]:
        assessment = assess(incident(*readings), readings, Settings(words=words))
        return {contradiction.field: contradiction for contradiction in assessment.contradictions}

    return contradictions


def test_figures_that_no_number_fits_contradict_each_other(told: Told, found: Found) -> None:
    clash = found(told("c_1", low=45), told("c_2", "b", low=60))["killed"]
    assert clash.values == ("45: The A Post", "60: The B Post")
    assert clash.claims == ("c_1", "c_2")


def test_figures_that_can_hold_together_do_not(told: Told, found: Found) -> None:
    assert found(told("c_1", low=45, high=None, qualifier="at_least"), told("c_2", "b", low=60)) == {}
    assert found(told("c_1", low=58, qualifier="about"), told("c_2", "b", low=60)) == {}
    assert found(told("c_1", low=45), told("c_2", "b", low=24, high=None, qualifier="vague")) == {}
    assert found(told("c_1", low=45), told("c_2", "b", low=45)) == {}


def test_a_later_figure_of_one_voice_does_not_contradict_its_earlier_one(told: Told, found: Found) -> None:
    early = told("c_1", low=10, speaker="Ada Lorn", published="2031-05-04")
    assert found(early, told("c_2", "b", low=14, speaker="Ada Lorn", published="2031-05-06")) == {}


def test_a_part_and_the_attackers_do_not_contradict_the_whole(told: Told, found: Found) -> None:
    assert found(told("c_1", low=45), told("c_2", low=3, part_of="c_1")) == {}
    assert found(told("c_1", low=45), told("c_2", "b", low=33, victims="armed_group")) == {}


def test_one_report_can_contradict_itself(told: Told, found: Found) -> None:
    clash = found(told("c_1", low=12, whom="12 people"), told("c_2", low=15, whom="15 people", start=300))
    assert clash["killed (within one report)"].claims == ("c_1", "c_2")
    assert found(told("c_1", low=52, whom="52 people"), told("c_2", low=2, whom="2 people", start=300)) == {}
    assert found(told("c_1", low=12, whom="12 men"), told("c_2", low=15, whom="15 women", start=300)) == {}


def test_civilians_for_one_voice_are_fighters_for_another(told: Told, found: Found) -> None:
    clash = found(
        told("c_1", low=12, speaker="a resident"), told("c_2", "b", low=12, victims="armed_group", speaker="Army")
    )
    assert clash["status of victims"].claims == ("c_2", "c_1")


def test_another_perpetrator_or_a_denial(told: Told, found: Found) -> None:
    both = found(told("c_1", actor="Osk Front"), told("c_2", "b", actor="River Guard"))["perpetrator"]
    assert both.values == ("Osk Front: The A Post", "River Guard: The B Post")
    denied = told("c_2", "b", actor="Osk Front", status="denied", speaker="Osk Front", stance="denies", low=None)
    assert "denied by Osk Front" in found(told("c_1", actor="Osk Front"), denied)["perpetrator"].values
    assert found(told("c_1", actor="Gang members"), told("c_2", "b", actor="River Guard")) == {}


def test_who_killed_the_attackers_is_another_question(told: Told, found: Found) -> None:
    killed = told("c_2", "b", low=9, actor="Army", victims="armed_group")
    assert found(told("c_1", actor="Osk Front"), killed) == {}


def test_two_names_of_one_group_are_no_contradiction(told: Told, found: Found) -> None:
    claims = told("c_1", actor="Osk Liberation Front"), told("c_2", "b", actor="OLF")
    assert found(*claims) == {}
    known = Words(armed_groups={"Osk Front": ("Sons of the River",)})
    renamed = told("c_1", actor="Osk Front"), told("c_2", "b", actor="Sons of the River")
    assert "perpetrator" in found(*renamed)
    assert found(*renamed, words=known) == {}


def test_a_denied_figure_is_shown_beside_what_is_said(told: Told, found: Found) -> None:
    denial = found(told("c_1", low=11), told("c_2", "b", low=40, stance="denies", speaker="Ada Lorn"))
    assert denial["denial of killed"].values == ("denied: 40: Ada Lorn", "11: The A Post")
    whole = found(told("c_1", low=11), told("c_2", "b", low=None, stance="denies", speaker="Ada Lorn"))
    assert whole["denial of killed"].values[0] == "denied: that it happened: Ada Lorn"


def test_days_and_towns_that_do_not_meet(told: Told, found: Found, places: dict[str, Place]) -> None:
    days = told("c_1", day="2031-05-04"), told("c_2", "b", day="2031-05-05")
    assert found(*days)["date"].claims == ("c_1", "c_2")
    assert found(*days, told("c_3", "c", day="2031-05-04", until="2031-05-05")) == {}
    towns = found(told("c_1"), told("c_2", "b", place="Kelm"))["place"]
    assert towns.values == ("Kelm: The B Post", "Varnow: The A Post")
    assert found(told("c_0", place="Ardia"), told("c_1"), told("c_2", "b", place="Kelm")) == {}
    assert found(told("c_1"), told("c_2", "b", place="Lower Varnow")) == {}
    named = replace(told("c_2", "b"), place=replace(places["Kelm"], id=""))
    assert found(told("c_1"), named) == {}


def test_a_report_that_names_both_towns_or_days_contradicts_neither(told: Told, found: Found) -> None:
    both = told("c_2", "b"), told("c_3", "b", place="Kelm", day="2031-05-06")
    assert found(told("c_1"), *both) == {}
    assert found(told("c_1"), told("c_2", "b", place="Kelm", harm="displaced", low=None)) == {}


def test_open_figures_far_apart_do_not_fit(told: Told, found: Found) -> None:
    """Who knows of 16 dead does not say 'at least eight'."""
    clash = found(told("c_1", low=8, high=None, qualifier="at_least"), told("c_2", "b", low=16))["killed"]
    assert clash.values == ("at least 8: The A Post", "16: The B Post")
    assert found(told("c_1", low=24, high=None, qualifier="vague"), told("c_2", "b", low=60)) == {}


def test_a_group_of_the_victims_is_compared_by_itself(told: Told, found: Found) -> None:
    whole = told("c_1", low=40, whom="40 people"), told("c_2", "b", low=40, whom="40 people")
    parts = (
        told("c_3", low=4, whom="four soldiers", part_of="c_1"),
        told("c_4", "b", low=6, whom="six soldiers", part_of="c_2"),
    )
    clash = found(*whole, *parts)
    assert clash["killed (soldiers)"].values == ("4: The A Post", "6: The B Post")
    assert set(clash) == {"killed (soldiers)"}


@pytest.mark.parametrize(
    ("early", "late", "shown"),
    [
        ((4, "2031-05-04"), (23, "2031-05-06"), False),
        ((21, "2031-05-04"), (5, "2031-05-06"), True),
        ((21, None), (5, None), True),
    ],
)
def test_the_dead_of_one_voice_rise_but_do_not_fall(
    early: tuple[int, str | None], late: tuple[int, str | None], *, shown: bool, told: Told, found: Found
) -> None:
    said = [
        told(f"c_{n}", document, low=low, whom=f"{low} passengers", speaker="Army", published=day, part_of=f"w_{n}")
        for n, (document, (low, day)) in enumerate((("a", early), ("b", late)))
    ]
    wholes = [told(f"w_{n}", d, low=50, whom="50 people", speaker="Army") for n, d in enumerate("ab")]
    assert ("killed (passengers)" in found(*said, *wholes)) is shown


def test_those_who_were_freed_were_some_of_the_abducted(told: Told, found: Found) -> None:
    taken = told("c_1", low=9, harm="abducted", whom="nine teachers")
    some = told("c_2", "b", low=2, harm="abducted", whom="two teachers")
    freed = told("c_3", "b", low=2, harm="freed", whom="two teachers")
    assert found(taken, some, freed) == {}
    assert set(found(taken, some)) == {"abducted", "abducted (teachers)"} or set(found(taken, some)) == {"abducted"}


def test_one_number_for_two_harms_is_shown(told: Told, found: Found) -> None:
    said = told("c_1", low=400, harm="injured"), told("c_2", "b", low=400, harm="casualties")
    assert found(*said)["harm"].values == ("casualties: 400: The B Post", "injured: 400: The A Post")
    assert found(told("c_1", low=5, harm="injured"), told("c_2", "b", low=5, harm="casualties")) == {}
    assert found(told("c_1", low=400, harm="injured"), told("c_2", low=400, harm="casualties")) == {}  # one voice


def test_a_voice_that_gives_both_days_contradicts_neither(told: Told, found: Found) -> None:
    said = told("c_1", day="2031-05-04", speaker="Ada"), told("c_2", "b", day="2031-05-05", speaker="Bo")
    clash = found(*said)["date"]
    assert clash.values == ("2031-05-04: Ada", "2031-05-05: Bo")
    assert "date" not in found(*said, told("c_3", "c", day="2031-05-05", speaker="Ada"))
    far = replace(said[1], period=replace(said[1].period, start=4000))  # type: ignore[type-var]
    assert "date" not in found(said[0], far)  # the words stand elsewhere in the report
