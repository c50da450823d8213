"""Quotation marks: which characters are quoted, and whether as speech or at a distance.

Rules are those of English typesetting: an opening mark follows a space, bracket or dash; a speech of several
paragraphs repeats the opening mark at each, and closes once, at its end.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

PAIRS = {"“": "”", "„": "“", "«": "»", "”": "”"}
STRAIGHT = '"'
SINGLE = re.compile(
    r"(?<![\w’'])[‘']((?=\S)[^‘'’\"“”\n]{2,120}?(?:(?<=\w)['’](?=s |\w)[^‘'’\"“”\n]{0,120}?)*)['’](?!\w)"
)
SPEECH_WORDS = 5
SPEECH_END = (",", ".", "!", "?", "…")
LONGEST_IN_PARAGRAPH = 6_000


@dataclass(frozen=True, slots=True)
class Quotation:
    """Characters `start` to `end` (exclusive), marks included. `speech` is False for a word or two at a distance.

    `part_of` is the index of the quotation that this paragraph of a longer speech goes on with, or -1.
    """

    start: int
    end: int
    speech: bool
    part_of: int = -1


def quotations(text: str, paragraphs: Sequence[tuple[int, int]]) -> tuple[Quotation, ...]:
    """Return the quotations of a text, in order. A mark that is never closed quotes to the end of its paragraph.

    >>> [(q.start, q.end, q.speech) for q in quotations('He said: "We lost ten men." A "battle".', [(0, 39)])]
    [(9, 27, True), (30, 38, False)]
    """
    found: list[Quotation] = []
    unclosed = False
    for start, end in paragraphs:
        opened_before, unclosed = unclosed, False
        for position, (first, last, closed) in enumerate(_in_paragraph(text, start, end)):
            goes_on = opened_before and position == 0 and not text[start:first].strip()
            unclosed = not closed
            found.append(
                Quotation(first, last, goes_on or is_speech(text[first:last]), len(found) - 1 if goes_on else -1)
            )
    return tuple(found)


def is_speech(quoted: str) -> bool:
    """Tell whether quoted words are speech, rather than a word held at a distance.

    >>> is_speech('"We lost ten men,"'), is_speech('"resistance"')
    (True, False)
    """
    inner = quoted.strip("\"“”‘’'«»„ ")
    return len(inner.split()) >= SPEECH_WORDS or (inner.endswith(SPEECH_END) and len(inner.split()) >= SPEECH_WORDS - 1)


def _in_paragraph(text: str, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    at = start
    covered = start
    singles = [match.span() for match in SINGLE.finditer(text, start, end)]
    marks: list[tuple[int, int, bool]] = []
    while at < end:
        if _opens(text, at, start):
            close = _closing(text, at, end)
            marks.append((at, close + 1 if close >= 0 else end, close >= 0))
            covered = marks[-1][1]
            at = covered
        else:
            at += 1
    marks += [(a, b, True) for a, b in singles if not any(a < last and first < b for first, last, _ in marks)]
    yield from sorted(marks)


def _opens(text: str, at: int, start: int) -> bool:
    mark = text[at]
    if mark in "“„«":
        return True
    before = text[at - 1] if at > start else " "
    return (
        mark in '"”'
        and (before.isspace() or before in "([—–-/:‘'")
        and at + 1 < len(text)
        and not text[at + 1].isspace()
    )


def _closing(text: str, at: int, end: int) -> int:
    mark = text[at]
    closers = '"”“' if mark == STRAIGHT else PAIRS[mark] + ('"' if mark in "“”" else "")
    stop = min(end, at + LONGEST_IN_PARAGRAPH)
    return next((i for i in range(at + 1, stop) if text[i] in closers), -1)
