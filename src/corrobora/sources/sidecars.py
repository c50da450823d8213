"""A NAME.json beside NAME.txt (or .html, .pdf ...): what a person or a collector noted about that report."""

import json
from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import Any

from corrobora.model import Metadata

REPORTS = frozenset({".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".pdf", ".docx", ".eml"})
"""Endings of the files that a sidecar may stand beside."""
_KEYS = {
    "url": ("url",), "title": ("title",), "outlet": ("outlet",), "author": ("author",), "published": ("published",),
    "modified": ("modified",), "language": ("language", "lang"), "timezone": ("timezone",),
}  # fmt: skip
_ENOUGH = {"url", "title", "outlet", "published", "language", "lang"}


def reports_of(name: str, siblings: Iterable[str]) -> list[str]:
    """Return the names among `siblings` that the file `name` would be the sidecar of.

    >>> reports_of("a.json", ["a.json", "a.txt", "b.txt"]), reports_of("a.txt.json", ["a.txt"])
    (['a.txt'], ['a.txt'])
    """
    if not name.lower().endswith(".json"):
        return []
    stem = name[: -len(".json")]
    return [
        other
        for other in siblings
        if PurePosixPath(other.lower()).suffix in REPORTS and (other == stem or other[: other.rfind(".")] == stem)
    ]


def metadata(data: bytes) -> Metadata | None:
    """Return what a sidecar says, None where it is no JSON object with at least one of the known keys."""
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict) or not _ENOUGH & found.keys():
        return None
    return from_mapping(found)


def from_mapping(found: dict[str, Any]) -> Metadata:
    """Return the metadata among the values of a JSON object; values that are no words or numbers are left out."""
    return Metadata(
        **{field: next((word for key in keys if (word := words(found.get(key)))), "") for field, keys in _KEYS.items()}
    )


def words(value: object) -> str:
    """Return a JSON value as one line of words, '' where it is none.

    >>> words([" Jane  Doe ", "A. Roe"]), words(None), words(2025)
    ('Jane Doe, A. Roe', '', '2025')
    """
    if isinstance(value, list):
        return ", ".join(word for item in value[:20] if (word := words(item)))
    return " ".join(str(value).split()) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""
