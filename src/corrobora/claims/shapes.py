"""Shapes of characters that are no count of people: dates, clock times, money, telephone numbers, calibres.

They are looked for in the text itself, before any grammar, so that no error of a parser can turn one into a casualty.
The patterns and their sources stand in `shapes.toml`.
"""

import re
import tomllib
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

_TABLE: Mapping[str, Any] = tomllib.loads(files("corrobora.claims").joinpath("shapes.toml").read_text(encoding="utf-8"))


def _pattern(pattern: str) -> re.Pattern[str]:
    for name, part in _TABLE["parts"].items():
        pattern = pattern.replace(f"{{{name}}}", part)
    return re.compile(pattern, re.IGNORECASE | re.VERBOSE)


_SHAPES: tuple[tuple[str, re.Pattern[str]], ...] = tuple((s["why"], _pattern(s["pattern"])) for s in _TABLE["shape"])


def masks(text: str) -> list[tuple[int, int, str]]:
    """Return the character spans that look like no count of people, with the reason, in order, without overlap.

    The reason is one of date, time, money, percent, weapon, section, distance, other.

    >>> masks("At 10:17 am on March 10 police found $5,000")
    [(3, 11, 'time'), (15, 23, 'date'), (37, 43, 'money')]
    """
    found: list[tuple[int, int, str]] = []
    taken = bytearray(len(text))
    for why, pattern in _SHAPES:
        for match in pattern.finditer(text):
            start, end = match.span()
            if end > start and not any(taken[start:end]):
                taken[start:end] = b"\x01" * (end - start)
                found.append((start, end, why))
    return sorted(found)
