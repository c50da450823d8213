"""Datelines: where and when a dispatch was filed, in the forms that agencies use.

`BEIRUT (Dispatches) --`, `SAN SALVADOR, 3 JAN 90 (AFP) -- [TEXT]`, `PORT-AU-PRINCE, Haiti (AP) —`, `NAIROBI - `,
`Khartoum, Feb 1 At least`, `September 23, 2024 (OMDURMAN) –`, `(Reuters) -`. Forms after the Associated Press
Stylebook ('datelines'), Xinhua and FBIS daily reports; no place name is listed here.
"""

import re
from dataclasses import dataclass

from corrobora.model import Span
from corrobora.text import dates

_DASH = re.compile(r"\s*(?:--+|[—–―])\s*|\s+-\s+|:\s+")
_MOST = 140  # characters before the dash: a place, a region, a date and a station
_SHORT = 3  # words of a place that is not in capitals, before a hyphen
_BRACKETS = re.compile(r"[(\[]([^()\[\]\n]{2,60})[)\]]\s*$")
_UNDASHED = re.compile(
    r"(?P<place>[^\W\d_][\w .'’-]{1,40}?(?:, [^\W\d_][\w .'’-]{1,30})?), (?P<date>[^\W\d_]{3,9}\.? \d{1,2}(?:, \d{4})?)"
    r"\.?(?P<source> (?:\([^()]{2,40}\)|/[A-Z-]{2,20}/\.?))?\s+(?=[A-Z0-9\"“])"
)
_UNDATED = re.compile(r",?\s*(no date|undated|date unknown)\W*$", re.IGNORECASE)
_MARK = re.compile(r"\s*\[([^\]]{2,300})\]")


@dataclass(frozen=True, slots=True)
class Dateline:
    """A dateline that ends at `end`; `marks_end` is where editorial marks such as `[TEXT]` after it end."""

    end: int
    marks_end: int
    place: Span | None
    date: Span | None
    source: str


def find(text: str, start: int, end: int) -> Dateline | None:
    """Return the dateline with which the paragraph at `start` to `end` of `text` opens, None where it has none.

    >>> found = find("NAIROBI, Kenya (AP) — Two people died.", 0, 38)
    >>> found.place.text, found.source, found.end
    ('NAIROBI, Kenya', 'AP', 21)
    """
    if match := _UNDASHED.match(text, start, end):
        place = _place(text, match.start("place"), match.end("place"), shouted=False, sure=True)
        if place and dates.find(match["date"]):
            source = (match["source"] or "").strip(" ()/.")
            filed = Span(match.start("date"), match.end("date"), match["date"])
            return Dateline(match.end(), match.end(), place, filed, source)
    window = text[start : min(end, start + _MOST)]
    for dash in _DASH.finditer(window):
        head = window[: dash.start()]
        if found := _head(text, start, head, dash[0], text[start + dash.end() : end]):
            place, date, source = found
            stop = start + len(head) + len(dash[0].rstrip())
            return Dateline(stop, _marks(text, stop, end), place, date, source)
        if dash[0].strip() != "-" and not dash[0].startswith(":"):
            return None
    return None


def _head(text: str, start: int, head: str, dash: str, rest: str) -> tuple[Span | None, Span | None, str] | None:
    """What stands before the dash, read as [date] place [(country)] [, date] [(source)]; None where it cannot be."""
    if not rest.strip() or head.count("\n") > 2:
        return None
    shouted = sum(map(str.isupper, rest)) > 0.6 * max(1, sum(map(str.isalpha, rest)))
    words, source = head, ""
    if brackets := _BRACKETS.search(words):
        source, words = brackets[1].strip(), words[: brackets.start()]
    day = dates.find(words)
    date = Span(start + day.start, start + day.end, head[day.start : day.end]) if day else None
    low, high = 0, len(words)
    if day and words[: day.start].strip(" ,\n"):
        if words[day.end :].strip(" ,.\n"):
            return None
        high = day.start
    elif day:
        if not words[day.end :].strip(" ,.\n") and brackets and source.isupper():
            place = _place(text, start + brackets.start(1), start + brackets.end(1), shouted=False, sure=True)
            return place, date, ""
        low = day.end
    agency = bool(day and source)  # `Kartov, Nov 8 (KNA): `
    sure = agency or (bool(day or source) and not dash.startswith(":"))
    if not words[low:high].strip(" ,\n"):
        known = source and source[0].isupper() and len(source) <= 40
        return (None, date, source) if known and not dash.startswith(":") else None
    filed = dash == " - " and rest[:1].isupper() and len(words.split()) <= _SHORT  # `Cape Town - Police have ...`
    loose = sure or (not shouted and (filed or dash.strip() in {"—", "–", "―"} or dash.strip().startswith("--")))
    capitals = _capitals(words[low:high])
    if (shouted and not day and not source) or not (loose or (capitals and not shouted)):
        return None
    alone = " " not in words.strip() and "," not in words
    if dash.startswith(":") and not agency and not (capitals and (day or alone)):  # `KARTOV, Nov 8: `, `KARTOV: `
        return None
    place = _place(text, start + low, start + high, shouted=shouted, sure=sure or capitals)
    return (place, date, source) if place else None


def _capitals(words: str) -> bool:
    """All letters of the first name are capitals: `PORT-AU-PRINCE, Haiti`."""
    name = re.split(r"[,(]", words.strip(" ,\n"))[0]
    return name.isupper() and sum(map(str.isalpha, name)) > 2


def _place(text: str, start: int, end: int, *, shouted: bool, sure: bool) -> Span | None:
    """The place words between `start` and `end`, trimmed; None where they do not read as a name."""
    words = _UNDATED.sub("", text[start:end])
    start += len(words) - len(words.lstrip(" ,\n\t"))
    words = words.strip(" ,\n\t")
    names = [name.strip(" ()") for name in re.split(r"[,(/]", words)]
    first = dates.plain(names[0])
    lists = dates.lexicon()["dateline"]
    short = len(names) <= 4 and all(0 < len(name.split()) <= 5 for name in names)
    named = all(name[:1].isupper() and not any(map(str.isdigit, name)) for name in names if name)
    if (
        not short
        or not named
        or ":" in words
        or first in lists["not_places"]
        or first.split()[0] in lists["prepositions"]
    ):
        return None
    title = all(w[:1].isupper() or len(w) <= 3 for w in re.findall(r"[^\W\d_]+", names[0]))
    if not title or (not sure and (len(names[0].split()) > 3 or re.search(r"[!?;\"“”]|\w{4,}\.", names[0]))):
        return None
    if shouted and not sure:
        return None
    return Span(start, start + len(words), words)


def _marks(text: str, start: int, end: int) -> int:
    """Where the bracketed marks after a dateline end: all up to the last one that begins with a known mark."""
    known, position = start, start
    while match := _MARK.match(text, position, end):
        position = match.end()
        inside = dates.plain(match[1])
        if any(re.match(rf"{re.escape(mark)}\b", inside) for mark in dates.lexicon()["dateline"]["marks"]):
            known = position
    return known
