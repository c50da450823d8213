"""A NAME.json beside NAME.txt (or .html, .pdf ...): what a person or a collector noted about that report."""

import json
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


def beside(report: str) -> tuple[str, ...]:
    """Return the names that the sidecar of the file `report` may have; none for a file that is no report.

    >>> beside("a/report.txt"), beside("photo.png")
    (('a/report.json', 'a/report.txt.json'), ())
    """
    path = PurePosixPath(report)
    if path.suffix.lower() not in REPORTS:
        return ()
    return f"{report.removesuffix(path.suffix)}.json", f"{report}.json"


def metadata(data: bytes | None) -> Metadata | None:
    """Return what a sidecar says, None where it is no JSON object with at least one of the known keys."""
    try:
        found = json.loads(data or b"")
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
