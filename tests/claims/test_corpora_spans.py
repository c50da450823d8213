"""Every span of every claim, over the corpora beside the project."""

import json
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

import pytest

from corrobora.claims import Reader
from corrobora.model import Text

pytestmark = pytest.mark.corpora
EACH = 20


def documents(shared: Path) -> Iterator[str]:
    """Give some texts of every corpus, spread over it."""
    for path in ("data/muc4/dev.jsonl", "data/gva/documents.jsonl"):
        lines = (shared / path).read_text(encoding="utf-8").splitlines()
        yield from (json.loads(line)["text"] for line in islice(lines, 0, None, max(1, len(lines) // EACH)))
    for folder in ("cases/reports/docs", "cases/coast"):
        yield from (path.read_text(encoding="utf-8") for path in sorted((shared / folder).glob("*.txt")))


def test_every_quote_is_the_text_between_its_offsets(
    shared: Path, reader: Reader, written: Callable[..., Text]
) -> None:
    texts = [written(words) for words in documents(shared)]
    claims = 0
    for text, found in zip(texts, reader.read(texts), strict=True):
        for claim in found.claims:
            claims += 1
            assert claim.quote == text.text[claim.start : claim.end]
            for part in (
                claim.victims,
                claim.place,
                claim.time,
                *claim.perpetrators,
                *claim.targets,
                *claim.attribution,
            ):
                assert part is None or part.text == text.text[part.start : part.end]
    assert claims > len(texts)
