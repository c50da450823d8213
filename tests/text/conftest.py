"""A kept document of any kind, from its bytes alone."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from corrobora.model import Document, Metadata, Text
from corrobora.text import extract as extract_text

Extract = Callable[..., Text]


@pytest.fixture
def extract() -> Extract:
    def run(
        data: bytes | str,
        media_type: str = "text/plain",
        given: Metadata = Metadata(),
        defaults: Metadata = Metadata(),
    ) -> Text:
        content = data.encode() if isinstance(data, str) else data
        moment = datetime(2025, 6, 1, tzinfo=UTC)
        document = Document("d_1", "sha256:00", "a.txt", "/a.txt", media_type, len(content), moment, given, defaults)
        return extract_text(document, content)

    return run
