"""Sixty cases of who speaks, read by the ordinary rooms from their words: `voices.toml` says what a coder counts."""

import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from corrobora.incidents import copies
from corrobora.incidents.accounts import joins
from corrobora.incidents.voices import voices
from corrobora.model import Reading, Text, Voice

Read = dict[str, tuple[list[Reading], Text]]
CASES: list[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("voices.toml").read_text(encoding="utf-8"))["case"]


def heard(readings: list[Reading], texts: list[Text]) -> tuple[Voice, ...]:
    families = {document: family for family in copies(texts) for document in family.documents}
    return voices(readings, families, {text.document: text for text in texts})


def matched(wanted: list[str], found: tuple[Voice, ...]) -> bool:
    """Tell whether each voice is found by one of its names, and no other."""
    if len(wanted) != len(found):
        return False
    left = [voice.speaker.casefold() for voice in found]
    for names in wanted:
        hit = next((s for s in left if any(name.casefold() in s for name in names.split("|"))), None)
        if hit is None:
            return False
        left.remove(hit)
    return True


@pytest.mark.parametrize("at", range(len(CASES)), ids=lambda at: CASES[at]["name"])
def test_the_voices_of_a_case(at: int, told: Read) -> None:
    case = CASES[at]
    reports = [told[f"{at:02}_{number}"] for number in range(len(case["report"]))]
    found = heard([r for readings, _ in reports for r in readings if joins(r)], [text for _, text in reports])
    shown = [(voice.speaker, voice.outlets, voice.because) for voice in found]
    assert matched(case["voices"], found), f"{case['voices']}: {shown}"


def test_there_are_sixty_of_all_kinds() -> None:
    kinds = Counter(case["kind"] for case in CASES)
    assert len(CASES) >= 60
    assert {"syndication", "chain", "spokesman", "organisation", "translation", "copied error", "apart"} <= set(kinds)
    assert kinds["apart"] >= 12
