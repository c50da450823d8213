"""What a NAME.json says of the report beside it."""

import pytest

from corrobora.model import Metadata
from corrobora.sources.sidecars import beside, metadata, words


def test_names() -> None:
    assert beside("a.b.html") == ("a.b.json", "a.b.html.json")
    assert beside("a.json") == ()


def test_known_keys() -> None:
    found = metadata(b'{"url": "u", "outlet": "  The  Example ", "lang": "fr", "author": ["A", "B"], "x": 1}')
    assert found == Metadata(url="u", outlet="The Example", language="fr", author="A, B")


@pytest.mark.parametrize("data", [b"", None, b"{broken", b"[1]", b'{"x": 1}', b'"title"', b"[" * 100_000, b"\xff"])
def test_what_is_no_sidecar(data: bytes | None) -> None:
    assert metadata(data) is None


@pytest.mark.parametrize(
    ("value", "shown"), [(5, "5"), (True, ""), ({"a": 1}, ""), ([None, "x"], "x"), ("a\n b", "a b")]
)
def test_values_as_words(value: object, shown: str) -> None:
    assert words(value) == shown
