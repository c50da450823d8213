from collections.abc import Callable
from dataclasses import replace

import pytest

from corrobora.model import Contradiction, Incident, Perpetrator, Reading
from corrobora.review import assess
from corrobora.settings import Settings

Told = Callable[..., Reading]
Found = Callable[..., dict[str, Contradiction]]


@pytest.fixture(scope="session")
def found(incident: Callable[..., Incident]) -> Found:
    def contradictions(*readings: Reading) -> dict[str, Contradiction]:
        return {c.field: c for c in assess(incident(*readings), readings, Settings()).contradictions}

    return contradictions


def by(reading: Reading, words: str, kind: str, status: str = "suspected") -> Reading:
    """Return the reading with a perpetrator who is described, and not named."""
    who = Perpetrator(words, "", kind, status, "", 0, len(words))
    return replace(reading, claim=replace(reading.claim, perpetrators=(who,)), actors=(words,))


def test_two_kinds_of_perpetrator_contradict_each_other(told: Told, found: Found) -> None:
    said = (
        by(told("c_1", speaker="Police"), "bandits", "gang"),
        by(told("c_2", "b", speaker="Ada Lorn"), "herders", "civilians"),
    )
    clash = found(*said)["perpetrator"]
    assert clash.values == ("bandits: Police", "herders: Ada Lorn")
    assert clash.claims == ("c_1", "c_2")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("bandits", "gang"), ("kidnappers", "gang")),
        (("gunmen", "unknown"), ("soldiers", "state_forces")),
        (("soldiers", "state_forces"), ("police", "police")),
    ],
)
def test_kinds_that_can_be_one_do_not(
    first: tuple[str, str], second: tuple[str, str], told: Told, found: Found
) -> None:
    assert found(by(told("c_1", speaker="Ada Lorn"), *first), by(told("c_2", "b", speaker="Bo Ull"), *second)) == {}


def test_one_voice_with_two_kinds_contradicts_nobody(told: Told, found: Found) -> None:
    said = (
        by(told("c_1", speaker="Ada Lorn"), "bandits", "gang"),
        by(told("c_2", speaker="Ada Lorn"), "soldiers", "state_forces"),
    )
    assert found(*said) == {}


def test_who_denies_it_or_killed_the_attackers_is_asked_elsewhere(told: Told, found: Found) -> None:
    one = by(told("c_1", speaker="Ada Lorn"), "bandits", "gang")
    attackers = by(told("c_2", "b", low=9, speaker="Bo", victims="armed_group"), "soldiers", "state_forces")
    assert found(one, attackers) == {}
    assert found(one, by(told("c_2", "b", speaker="Bo"), "soldiers", "state_forces", "denied")) == {}


def test_another_act_beside_the_incident_names_no_other_perpetrator(told: Told, found: Found) -> None:
    shelled = told("c_1", act="shelling", actor="Red Guard", speaker="Ada Lorn")
    bombed = told("c_2", "b", act="bombing", harm="", low=None, actor="Blue Corps")
    assert "perpetrator" not in found(replace(shelled), bombed)


def test_a_shell_is_no_mine(told: Told, found: Found) -> None:
    clash = found(told("c_1", act="shelling", speaker="Ada Lorn"), told("c_2", "b", act="landmine", speaker="Army"))
    assert clash["act"].values == ("landmine: Army", "shelling: Ada Lorn")
    assert found(told("c_1", act="shelling", speaker="Ada Lorn"), told("c_2", "b", act="raid", speaker="Army")) == {}
    assert found(told("c_1", act="air_strike", speaker="Ada"), told("c_2", "b", act="drone_strike", speaker="Bo")) == {}


def test_the_words_of_a_speaker_name_no_perpetrator(told: Told, found: Found) -> None:
    said = told("c_1", actor="Selm Watch", speaker="Selm Watch officials")
    spoken = replace(said.claim.attribution[0], start=0, end=20)
    said = replace(said, claim=replace(said.claim, attribution=(spoken,)))
    assert "perpetrator" not in found(said, told("c_2", "b", actor="Red Guard", speaker="Ada Lorn"))
