from collections.abc import Callable
from dataclasses import replace

import pytest

from corrobora.model import Incident, Reading
from corrobora.review import assess
from corrobora.settings import Settings

Told = Callable[..., Reading]
Counted = Callable[..., tuple[str, ...]]


@pytest.fixture(scope="session")
def counted(incident: Callable[..., Incident]) -> Counted:
    def independent(*readings: Reading) -> tuple[str, ...]:
        return assess(incident(*readings), readings, Settings()).independent

    return independent


def test_who_asserts_for_himself_is_counted(told: Told, counted: Counted) -> None:
    assert counted(told("c_1", speaker="Ada Lorn"), told("c_2", "b")) == ("Ada Lorn", "The B Post")
    assert counted(told("c_1", speaker="Ada Lorn", low=None)) == ("Ada Lorn",)  # that people died, and not how many


def test_who_denies_or_tells_of_no_harm_is_not(told: Told, counted: Counted) -> None:
    said = told("c_1", speaker="Ada Lorn"), told("c_2", "b", speaker="Army", stance="denies")
    assert counted(*said) == ("Ada Lorn",)
    assert counted(told("c_1", harm="", low=None)) == ()


def test_who_counts_his_own_dead_is_not(told: Told, counted: Counted) -> None:
    whole = told("c_1", low=200, speaker="Ada Lorn")
    family = told("c_2", "b", low=20, speaker="Olu Bo", whom="20 members of his family")
    store = told("c_3", "b", low=8, speaker="Olu Bo", start=200)
    assert counted(whole, family, store) == ("Ada Lorn",)


def test_a_hospital_counts_at_first_hand(told: Told, counted: Counted) -> None:
    whole = told("c_1", low=54, speaker="Ada Lorn")
    received = told("c_2", "b", low=24, speaker="Kelm Hospital", whom="24 bodies at the hospital")
    assert counted(whole, received) == ("Ada Lorn", "Kelm Hospital")


def test_who_repeats_another_is_not(told: Told, incident: Callable[..., Incident]) -> None:
    said = told("c_1", speaker="Ada Lorn"), told("c_2", "b")
    found = incident(*said)
    first, second = found.voices
    found = replace(found, voices=(first, replace(second, repeats="Ada Lorn")))
    assessment = assess(found, said, Settings())
    assert assessment.independent == ("Ada Lorn",)
    assert assessment.grade == "weak"
    assert "The B Post repeats the figures of Ada Lorn" in assessment.reasons


def test_a_voice_without_a_name_is_told_as_such(told: Told, counted: Counted) -> None:
    assert counted(told("c_1", outlet=""), told("c_2", "b", speaker="Ada Lorn")) == ("unnamed", "Ada Lorn")
