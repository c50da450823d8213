"""The grammar of time: every expression that says when, with its span, and what it means before an anchor is known.

`parse` reads plain characters, in mixed case or in capitals throughout, and knows nothing of publication days or of the
narrative: `period_values` gives an expression its days, `time_roles` says what it dates.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from corrobora.resolve import time_tables as tables
from corrobora.resolve.time_forms import FORMS, TimeWords

__all__ = ["TimeWords", "parse"]


@lru_cache(maxsize=16)
def parse(text: str) -> tuple[TimeWords, ...]:
    """Find every time expression of `text`, in order and without overlap: the longest one wins.

    The last texts are kept, since a report's words are asked for several times while it is resolved.

    >>> [(w.text, w.kind) for w in parse("Five died on March 6; two days later the army came.")]
    [('on March 6', 'date'), ('two days later', 'shift')]
    """
    lower = text.lower()
    told = [form for form in FORMS if not form[2] or any(cue in lower for cue in form[2])]
    found = [words for pattern, build, _ in told for m in pattern.finditer(text) if (words := build(m))]
    return tuple(_within(text, word) for word in _ranges(text, _longest(found)))


def _longest(found: list[TimeWords]) -> list[TimeWords]:
    kept: list[TimeWords] = []
    end = -1
    for word in sorted(found, key=lambda w: (w.start, -w.end)):
        if word.start >= end:
            kept.append(word)
            end = word.end
        elif word.end - word.start > kept[-1].end - kept[-1].start:
            kept[-1] = word
            end = word.end
    return kept


# -- what stands around an expression ----------------------------------------------------------------------------

_JOIN = re.compile(
    tables.fill(
        r"\s*(?:[-–—]|(?i:,?{S}?(?P<join>to|until|till|through|thru|and|au|et|al|y)\b))(?i:(?:{S}(?:the|on|early|early{S}on|late|le|el))?)\s*"
    )
)
_BEFORE = re.compile(tables.fill(r"(?i:(?:^|(?<=[\s(\"“‘'—–\[-]))(?P<word>{BEFORE_WORD})(?:{S}|(?<=-)))$"))
_DAY_PART_OF = re.compile(
    tables.fill(
        r"\b(?i:(?:(?:on|in|during|at){S})?(?:the{S}|la{S})?(?:early{S}|late{S})?(?P<time>{DAY_PART}|early{S}hours)(?:{S}hours)?{S}(?:of|de|du){S}(?:the{S})?)$"
    )
)
# 'The conflict, which began in 2017, has killed ...': what is told of it runs from then.
_BEGAN = re.compile(r"(?i:\b(?:which|that)\s+(?:began|started|erupted|broke\s+out)\s+(?:on|in|at)?\s*)$")
_SINCE_BEGAN = re.compile(r"(?i:\bsince(?:\s+[\w'’-]+){1,6}\s+(?:on|in|at)?\s*)$")
# `10 p.m.`, `21:30`, `2130 hours`: the time of day that stands before or behind a day.
_CLOCK = (
    r"(?<![\d:.,$])(?:(?P<hour>0?[1-9]|1[0-2])(?:[:.h](?P<minute>[0-5]\d))?\s?(?P<half>[ap])\.?\s?m\b\.?"
    r"|(?P<hour24>[01]\d|2[0-3])[:h](?P<minute24>[0-5]\d)(?!:?\d)"
    r"|(?i:\b(?:at|around|about|by|until|from|to|and)\s+)(?P<wire>(?:[01]\d|2[0-3])[0-5]\d)(?=\s+(?:hours|hrs|GMT|on|ON|HOURS|local|LOCAL)\b|\s*$|\s*[.,;)]))"
)
_ZONE = r"(?i:\s+\(?(?:hours|hrs|local\s+time|gmt|utc|[ecmp][sd]?t|wat|eat|cat)\b\)?)?"
_CLOCK_BEFORE = re.compile(rf"{_CLOCK}{_ZONE},?\s*(?i:(?:on|of)\s+)?$")
_CLOCK_AFTER = re.compile(rf"(?i:,?\s+(?:(?:at|around|about|by|shortly|just|before|after)\s+){{0,3}}?){_CLOCK}")
_NIGHT_FROM = "22:00"
_ALONE = re.compile(r"(?i:\s+alone\b)")
_NAMEABLE = frozenset({"date", "weekday", "holiday", "shift"})


def _ranges(text: str, words: list[TimeWords]) -> Iterator[TimeWords]:
    """Join two neighbours that name the ends of one stretch: 'from A to B', 'between A and B', 'A-B'."""
    rest = list(words)
    while rest:
        first = rest.pop(0)
        if rest and _spans(text, first, rest[0]):
            last = rest.pop(0)
            first = TimeWords(
                first.start, last.end, text[first.start : last.end], "range", ends=(_inherit(first, last), last)
            )
        yield first


def _inherit(first: TimeWords, last: TimeWords) -> TimeWords:
    """'March 6 to April 9, 2025': the year said once goes for both ends."""
    return replace(first, year=last.year) if first.kind == "date" and first.year is None else first


def _spans(text: str, first: TimeWords, last: TimeWords) -> bool:
    joined = _JOIN.fullmatch(text, first.end, last.start)
    if not joined or first.kind not in _NAMEABLE or last.kind not in _NAMEABLE:
        return False
    before = _before(text, first.start)
    if (joined["join"] or "").lower() in {"and", "et", "y"}:
        return before == "between" or (first.kind == last.kind != "shift" and first.year == last.year)
    return before in {"from", "between"} or first.kind == last.kind


def _before(text: str, start: int) -> str:
    match = _BEFORE.search(text, max(0, start - 32), start)
    return tables.BEFORE[tables.plain(match["word"])] if match else ""


def _within(text: str, word: TimeWords) -> TimeWords:
    """Take in the words around that bound or bend an expression: 'since', 'early', 'the night of', 'alone'."""
    start, end = word.start, word.end
    changes = _bend(tables.BEFORE.get(tables.plain(word.text).split(" ")[0], ""), word)
    possessive = (text[end : end + 2] + word.text[-2:]).lower().replace("’", "'").find("'s") in {0, 2}
    if (match := _DAY_PART_OF.search(text, max(0, start - 48), start)) and word.kind in _NAMEABLE | {"range"}:
        start, changes["part"] = match.start(), tables.day_part(match["time"])
    for _ in range(3):
        match = _BEFORE.search(text, max(0, start - 32), start)
        kind = tables.BEFORE[tables.plain(match["word"])] if match else ""
        if not match or (possessive and kind in {"after", "before", "from"}):
            break
        start = match.start("word")
        changes |= _bend(kind, word)
    near = max(0, start - 80)
    began = _SINCE_BEGAN.search(text, near, start + 3) or _SINCE_BEGAN.search(text, near, start)
    began = began or (_BEGAN.search(text, near, start + 3) if word.year and not word.day else None)
    if not changes.get("bound") and (match := began):
        changes["bound"] = "since"
    if match := _ALONE.match(text, end):
        end = match.end()
    if word.kind in _NAMEABLE and (clock := _clock(text, start, end)):
        changes["clock"] = clock
        if clock >= _NIGHT_FROM and not word.part and not changes.get("part") and (word.day or word.kind != "date"):
            changes["part"] = "night"
    return replace(word, start=start, end=end, text=text[start:end], **changes)  # type: ignore[arg-type]


def _clock(text: str, start: int, end: int) -> str:
    """Return the time of day beside an expression as HH:MM, or ''."""
    match = _CLOCK_BEFORE.search(text, max(0, start - 32), start) or _CLOCK_AFTER.match(text, end)
    if match is None:
        return ""
    if match["half"]:
        hour = int(match["hour"]) % 12 + (12 if match["half"].lower() == "p" else 0)
        return f"{hour:02}:{match['minute'] or '00'}"
    return f"{match['wire'][:2]}:{match['wire'][2:]}" if match["wire"] else f"{match['hour24']}:{match['minute24']}"


def _bend(kind: str, word: TimeWords) -> dict[str, object]:
    if kind in {"since", "until", "before", "after", "asof"}:
        return {"bound": kind}
    if kind == "from":
        return {} if word.kind == "range" else {"bound": "since"}
    if kind == "about":
        return {"about": True}
    if kind in {"early", "mid", "late"} and not word.part and word.kind in {"date", "shift", "decade"}:
        return {"part": kind}
    return {}
