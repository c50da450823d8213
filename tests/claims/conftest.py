"""The parser, loaded once for all tests of reading."""

from collections.abc import Callable
from hashlib import sha256

import pytest
from spacy.language import Language

from corrobora.claims import Reader, pipeline
from corrobora.model import Metadata, Segment, Text
from corrobora.settings import Settings


@pytest.fixture(scope="session")
def nlp() -> Language:
    return pipeline.load(Settings().reading)


@pytest.fixture(scope="session")
def reader(nlp: Language) -> Reader:
    return Reader(nlp, Settings())


@pytest.fixture(scope="session")
def written() -> Callable[..., Text]:
    """Return what makes a text as the text room does: one segment of a kind for each line, or one for each part."""
    return _written


def _written(*lines: str | tuple[str, str], kind: str = "paragraph", language: str = "") -> Text:
    parts = [part for given in lines for part in _lines(given, kind)]
    segments, at = [], 0
    for of, line in parts:
        segments += [Segment(at, at + len(line), of)] if line else []
        at += len(line) + 1
    words = "\n".join(line for _, line in parts)
    digest = f"sha256:{sha256(words.encode('utf-8', 'surrogatepass')).hexdigest()}"
    return Text("d_test", digest, "test.txt", words, Metadata(language=language), tuple(segments), "test 1")


def _lines(given: str | tuple[str, str], kind: str) -> list[tuple[str, str]]:
    return [(kind, line) for line in given.split("\n")] if isinstance(given, str) else [given]
