"""Sixty cases of who speaks, read by the ordinary rooms from their words: `voices.toml` says what a coder counts."""

import json
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from corrobora import project
from corrobora.incidents import copies
from corrobora.incidents.accounts import joins
from corrobora.incidents.voices import voices
from corrobora.model import Reading, Source, Text, Voice

CASES: list[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("voices.toml").read_text(encoding="utf-8"))["case"]


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory, gazetteer: Path) -> dict[str, tuple[list[Reading], list[Text]]]:
    """Return the readings and texts of each case, all read in one run."""
    assert gazetteer.exists()
    folder = tmp_path_factory.mktemp("voices")
    (folder / "reports").mkdir()
    for at, case in enumerate(CASES):
        for number, report in enumerate(case["report"]):
            file = folder / "reports" / f"{at:02}_{number}.txt"
            file.write_text(report["text"].strip() + "\n", encoding="utf-8")
            known = {"published": report.get("published", "2031-05-05"), "outlet": report["outlet"]}
            file.with_suffix(".json").write_text(json.dumps(known), encoding="utf-8")
    made = project.new(folder / "p")
    made.add([Source(str(folder / "reports"))])
    made.read()
    texts = made.store.texts([document.id for document, _, _ in made.store.documents()])
    found: dict[str, tuple[list[Reading], list[Text]]] = {case["name"]: ([], []) for case in CASES}
    for at, case in enumerate(CASES):
        readings = [r for r in made.record().readings if r.file.startswith(f"{at:02}_") and joins(r)]
        found[case["name"]] = readings, [text for text in texts if text.file.startswith(f"{at:02}_")]
    made.store.close()
    return found


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


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_voices_of_a_case(case: dict[str, Any], read: dict[str, tuple[list[Reading], list[Text]]]) -> None:
    found = heard(*read[case["name"]])
    shown = [(voice.speaker, voice.outlets, voice.because) for voice in found]
    assert matched(case["voices"], found), f"{case['voices']}: {shown}"


def test_there_are_sixty_of_all_kinds() -> None:
    kinds = Counter(case["kind"] for case in CASES)
    assert len(CASES) >= 60
    assert {"syndication", "chain", "spokesman", "organisation", "translation", "copied error", "apart"} <= set(kinds)
    assert kinds["apart"] >= 12
