#!/usr/bin/env python3
"""Give marked time expressions their days.

    .venv/bin/python bench/periods.py IN.jsonl OUT.jsonl

IN: {"id", "expression", "published", "before", "after", "previous"}: the text on either side, and the last date
resolved before it in the document (ISO 8601, EDTF, TIMEX3, an object with `earliest` and `latest`, or null).
OUT: {"id", "earliest", "latest", "edtf", "rule"}, each null where the expression names no days.
"""

import argparse
import json
from pathlib import Path
from typing import Any

from corrobora.resolve import calendar
from corrobora.resolve.marked import period_of


def days(given: object) -> calendar.Days | None:
    """Return the days of a date resolved before, in whatever form it is given."""
    if isinstance(given, dict):
        ends = [str(given[key]) for key in ("earliest", "latest") if given.get(key)]
        return days("/".join(ends)) or days(given.get("edtf") or given.get("value"))
    if isinstance(given, list):
        return days("/".join(map(str, given)))
    return calendar.days_of(str(given)) if given else None


def answer(line: dict[str, Any]) -> dict[str, Any]:
    """Return the days of one expression."""
    published = days(line.get("published"))
    found = period_of(
        line["expression"],
        published[0] if published else None,
        line.get("before") or "",
        line.get("after") or "",
        days(line.get("previous")),
    )
    value, rule = found or (None, None)
    ends = (value.earliest, value.latest) if value else (None, None)
    earliest, latest = (day.isoformat() if day else None for day in ends)
    return {
        "id": line["id"],
        "earliest": earliest,
        "latest": latest,
        "edtf": value.edtf if value else None,
        "rule": rule,
    }


def main() -> None:
    """Answer every line of a file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("given", type=Path)
    parser.add_argument("out", type=Path)
    args = parser.parse_args()
    with args.given.open(encoding="utf-8") as lines, args.out.open("w", encoding="utf-8") as out:
        for line in lines:
            if line.strip():
                out.write(json.dumps(answer(json.loads(line)), ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
