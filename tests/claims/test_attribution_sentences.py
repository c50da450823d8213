import tomllib
from pathlib import Path
from typing import Any

import pytest
from spacy.language import Language

from corrobora.claims.attribution import Attributed, Attributor
from corrobora.model import Metadata, Segment, Text
from corrobora.settings import Settings

CASES = tomllib.loads(Path(__file__).with_name("sentences_attribution.toml").read_text(encoding="utf-8"))["case"]


def a_text(words: str) -> Text:
    segments, start = [], 0
    for line in words.split("\n"):
        segments.append(Segment(start, start + len(line), "paragraph"))
        start += len(line) + 1
    return Text("d_1", "sha256:0", "a.txt", words, Metadata(outlet="The Herald"), tuple(segments), "test")


def attribute(nlp: Language, words: str, claim: str) -> Attributed:
    start = words.index(claim)
    return Attributor(nlp(words), a_text(words), Settings()).of(start, start + len(claim))


def plain(name: str) -> str:
    """Names differ by an article or the capital of a sentence's first word without meaning another voice."""
    low = name.lower()
    return next((low.removeprefix(article) for article in ("the ", "a ", "an ") if low.startswith(article)), low)


@pytest.mark.parametrize("case", CASES, ids=[case["phenomenon"] for case in CASES])
def test_sentence(case: dict[str, Any], nlp: Language) -> None:
    found = attribute(nlp, case["text"], case["claim"])
    if "chain" in case:
        assert [plain(s.speaker) for s in found.chain] == [plain(name) for name in case["chain"]], found
    assert found.stance == case.get("stance", "asserts"), found
    if "evidence" in case:
        assert list(found.evidence) == case["evidence"]
    if "scare_quotes" in case:
        assert found.scare_quotes is case["scare_quotes"]
    assert all(s.text == case["text"][s.start : s.end] for s in found.chain)
