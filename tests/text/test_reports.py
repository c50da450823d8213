"""Whole reports of many shapes: each of their parts is what it is."""

import tomllib
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from corrobora.model import Metadata, Text
from corrobora.text.draft import covers

Extract = Callable[..., Text]
REPORTS = tomllib.loads((Path(__file__).parent / "reports.toml").read_text(encoding="utf-8"))["report"]


def shown(text: Text) -> list[str]:
    """Each segment as `kind [flags]: words`, the middle of long words left out."""
    parts = []
    for segment in text.segments:
        words = " ".join(text.text[segment.start : segment.end].split())
        words = words if len(words) <= 60 else f"{words[:30]} … {words[-24:]}"
        flags = f" [{', '.join(segment.flags)}]" if segment.flags else ""
        parts.append(f"{segment.kind}{flags}: {words}")
    return parts


@pytest.mark.parametrize("report", REPORTS, ids=[report["name"] for report in REPORTS])
def test_report(extract: Extract, report: dict[str, Any]) -> None:
    given = {key.removeprefix("given_"): value for key, value in report.items() if key.startswith("given_")}
    text = extract(report["text"], report.get("kind", "text/plain"), Metadata(**given))
    assert covers(text.text, text.segments)
    assert shown(text) == report["parts"]
    about = asdict(text.metadata)
    for field in ("title", "outlet", "author", "published", "modified"):
        assert about[field] == report.get(field, ""), field
    assert about["language"] in {report.get("language", "en"), ""}
    assert (text.dateline_place.text if text.dateline_place else "") == report.get("place", "")
    assert (text.dateline_date.text if text.dateline_date else "") == report.get("date", "")
