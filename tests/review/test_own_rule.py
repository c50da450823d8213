"""A project's own rules, its ratings of voices, and the status of strikes."""

from collections.abc import Callable

import msgspec
import pytest

from corrobora.errors import BadInput
from corrobora.model import Assessment, Incident, Reading
from corrobora.review import assess
from corrobora.settings import Assessing, Settings, loads

Told = Callable[..., Reading]
Assessed = Callable[..., Assessment]


@pytest.fixture(scope="session")
def assessed(incident: Callable[..., Incident]) -> Assessed:
    def make(*readings: Reading, act: str = "shooting", **ours: object) -> Assessment:
        rated = {"Ada Lorn": "likely reliable", "Bo Ull": "unsure"} if ours.get("reliable") else {}
        raw = {"rules": [{"name": "ours", **ours}], "reliability": rated}
        settings = Settings(assessment=msgspec.convert(raw, Assessing))
        found = incident(*readings)
        return assess(Incident(**{n: getattr(found, n) for n in found.__slots__} | {"act": act}), readings, settings)

    return make


def ours(assessment: Assessment) -> tuple[int | None, int | None] | None:
    return next(((f.low, f.high) for f in assessment.figures if f.rule == "ours"), None)


def test_it_goes_from_the_lowest_to_what_enough_voices_reach(told: Told, assessed: Assessed) -> None:
    said = told("c_1", low=10, speaker="Ada Lorn"), told("c_2", "b", low=14, speaker="Bo Ull"), told("c_3", "c", low=30)
    assert ours(assessed(*said)) == (10, 30)
    assert ours(assessed(*said, voices=2)) == (10, 14)
    assert ours(assessed(*said, voices=4)) is None  # unknown, and not 0
    assert ours(assessed(told("c_1", low=24, high=None, qualifier="vague"))) is None


def test_voices_and_classes_can_be_left_out(told: Told, assessed: Assessed) -> None:
    said = told("c_1", low=10, speaker="Ada Lorn"), told("c_2", "b", low=90, speaker="Bo Ull", victims="security_force")
    assert ours(assessed(*said, without=("bo ull",))) == (10, 10)
    assert ours(assessed(*said, victims=("security_force",))) == (90, 90)
    assert ours(assessed(*said, victims=("armed_group",))) is None


def test_only_voices_that_the_project_calls_reliable(told: Told, assessed: Assessed) -> None:
    said = told("c_1", low=10, speaker="Ada Lorn"), told("c_2", "b", low=90, speaker="Bo Ull")
    assessment = assessed(*said, reliable=True)
    assert ours(assessment) == (10, 10)
    assert "Ada Lorn: likely reliable, as this project rates it" in assessment.reasons
    assert not any("rates it" in reason for reason in assessed(*said).reasons)  # off unless asked for


def test_more_voices_asked_for_never_give_a_higher_number(told: Told, assessed: Assessed) -> None:
    said = [told(f"c_{n}", "abcdef"[n], low=low) for n, low in enumerate((3, 8, 8, 14, 20, 21))]
    highs = [found[1] or 0 for n in range(1, 7) if (found := ours(assessed(*said, voices=n)))]
    assert highs == sorted(highs, reverse=True)
    assert len(highs) == 6


def test_the_settings_are_checked() -> None:
    text = '[assessment]\nrules = [{name = "ours", voices = 2}]\nreliability = {"Ada Lorn" = "highly reliable"}\n'
    assert loads(text.encode()).assessment.rules[0].voices == 2
    for wrong in ('reliability = {"Ada" = "good"}', 'rules = [{name = "x", voices = 0}]', "rules = [{}]"):
        with pytest.raises(BadInput):
            loads(f"[assessment]\n{wrong}\n".encode())


@pytest.mark.parametrize(
    ("first", "second", "status"),
    [
        ({"actor": "Red Guard"}, {"actor": "Red Guard"}, "likely-strike"),
        ({"actor": "Red Guard"}, {"actor": "Blue Corps"}, "contested-strike"),
        ({"actor": "Red Guard", "status": "claimed_responsibility"}, {"actor": "Red Guard"}, "declared-strike"),
        ({"actor": "Red Guard"}, {"actor": "Red Guard", "status": "denied"}, "contested-strike"),
        ({}, {"speaker": "The A Post"}, "single-source-claim"),
    ],
)
def test_the_status_of_a_strike(
    first: dict[str, str], second: dict[str, str], status: str, told: Told, assessed: Assessed
) -> None:
    said = told("c_1", act="shelling", **first), told("c_2", "b", act="shelling", **second)
    assert assessed(*said, act="shelling").strike_status == status
    assert assessed(*said, act="raid").strike_status == ""
