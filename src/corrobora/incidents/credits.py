"""Whose text a report is, by its own credit line: `(AFP) -`, `By Meridian Wire`, `first published by the Herald`."""

import re
import tomllib
from functools import cache
from importlib import resources

from corrobora.incidents.names import listed, words
from corrobora.model import Text

NAME = r"(?:[A-ZÀ-Þ][\w'’.&-]*|\d{1,3})(?:\s+(?:(?:of|de|the|and|for|du|la)\s+){0,2}[A-ZÀ-Þ][\w'’&-]*){0,5}"
# What a byline names is an agency, and no person, where it has one of these words.
AGENCY = re.compile(
    r"\b(?:Wire|News|Agency|Press|Service|Newswire|Presse|Agence|Agencia|Media|Network|Radio|TV|Desk)\b"
)
BYLINE = re.compile(rf"\b(?:by|from|with)\s+(?:the\s+)?(?P<name>{NAME})", re.IGNORECASE)
DATELINE = re.compile(rf"^[^\n()]{{0,60}}\((?P<name>{NAME}(?:/{NAME})?)\)\s*(?:[-–—:]|$)", re.MULTILINE)
CREDITS = (
    re.compile(
        r"(?i:(?:originally|first)\s+(?:published|appeared|reported|aired|broadcast|posted)\s+(?:on|by|in|at)\s+(?:the\s+)?)"
        rf"(?P<name>{NAME})"
    ),
    re.compile(
        rf"(?i:translated\s+from\s+(?:an?\s+|the\s+)?(?:report|article|text|story|dispatch)\s+(?:by|of|in)\s+(?:the\s+)?)(?P<name>{NAME})"
    ),
    re.compile(
        rf"(?i:(?:republished|reprinted|reproduced|translated|adapted)\s+(?:here\s+)?(?:with\s+\w+\s+)?from\s+(?:the\s+)?)(?P<name>{NAME})"
    ),
    re.compile(rf"^\W*(?i:source|credit|courtesy(?:\s+of)?|via|text)\s*:?\s+(?P<name>{NAME})\W*$", re.MULTILINE),
    re.compile(rf"^\W*\((?P<name>{NAME})\)\W*$", re.MULTILINE),
    re.compile(rf"[.!?]\s+\((?P<name>{NAME})\)\W*$", re.MULTILINE),
)
LANGUAGES = frozenset({"arabic", "french", "spanish", "ukrainian", "russian", "urdu", "hausa", "portuguese", "english"})
HEAD, TAIL = 600, 500


def origin(text: Text) -> str:
    """The outlet or agency that a report says its words are from; '' where it credits nobody.

    Of an outlet named with its source (`The Herald / AFP`), the source; never a site that passes on what others wrote.
    """
    named = _known(text.metadata.outlet) or _beside(text.metadata.outlet) or _known(text.metadata.author)
    if named:
        return named
    bylines = "\n".join(text.text[s.start : s.end] for s in text.segments if s.kind == "byline")
    for author in (text.metadata.author, *(match["name"] for match in BYLINE.finditer(bylines))):
        if author and AGENCY.search(author):
            return author.strip()
    if found := DATELINE.search(text.text[:HEAD]):
        return _known(found["name"]) or found["name"]
    end = text.text[-TAIL:]
    for pattern in CREDITS:
        for match in pattern.finditer(end):
            name = match["name"].rstrip(".")
            if name.casefold() not in LANGUAGES:
                return _known(name) or name
    return ""


def agency(credit: str) -> str:
    """The agency that a line of credits names; of several the last, '' where it names none that is known."""
    return _known(credit)


def _known(line: str) -> str:
    found = [(match.start(), name) for name, pattern in _patterns() for match in pattern.finditer(line)]
    return max(found)[1] if found else ""


def _beside(outlet: str) -> str:
    """`Radio Selm / allAfrica` is Radio Selm's; of other pairs nobody can tell which is the source."""
    parts = [part.strip(" )(") for part in re.split(r"\s*[/|]\s*|\s+via\s+|\s*\(", outlet) if part.strip(" )(")]
    passing = {words(name) for name in listed("aggregators")}
    rest = [part for part in parts if words(part) not in passing]
    return rest[0] if len(rest) == 1 < len(parts) else ""


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    raw = resources.files(__package__).joinpath("agencies.toml").read_text(encoding="utf-8")
    names: dict[str, list[str]] = tomllib.loads(raw)
    return tuple(
        (name, re.compile(r"\b(?:" + "|".join(map(re.escape, found)) + r")\b")) for name, found in names.items()
    )
