"""Lines on pages to paragraphs: joins, hyphens, running heads and feet."""

import re
from collections import Counter
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from corrobora.text.draft import Draft, clean

EDGE = 3
"""Lines at the top and at the bottom of a page that may be its running head or foot."""
_HYPHEN = re.compile(r"(?<=[^\W\d_])[-\u00ad\u2010\ufffe\x02]$")
_SOFT = re.compile("[\u00ad\ufffe\x02]")
_ENDED = re.compile(r"[.!?:…؟][\"'”’»)\]]*$")
_ITEM = re.compile(r"(?:[•●▪◦‣·–-]|\(?(?:\d{1,3}|[a-z])[.)])\s")


class Line(NamedTuple):
    """A line of a page with its edges in points, all 0 where they are not known."""

    words: str
    left: float = 0.0
    bottom: float = 0.0
    top: float = 0.0


def write(pages: list[list[Line]], draft: Draft) -> None:
    """Append the paragraphs of `pages` to `draft`; what runs over the page's end is one paragraph."""
    running = _running(pages)
    vocabulary = " ".join(line.words for page in pages for line in page)
    current, held = "", []
    for page in pages:
        width = median(len(line.words) for line in page) if page else 0
        step = _step(page)
        before: Line | None = None
        for index, line in enumerate(page):
            if _key(line.words) in running and min(index, len(page) - 1 - index) < EDGE:
                held.append(line.words)
                continue
            if current and _apart(current, before, line, step, width):
                _flush(current, held, draft)
                current, held = "", []
            current = _join(current, line.words, vocabulary)
            before = line
    _flush(current, held, draft)


def _flush(current: str, held: list[str], draft: Draft) -> None:
    for words, kind in [(current, "paragraph"), *((line, "furniture") for line in held)]:
        text, problems = clean(_SOFT.sub("-", words))
        draft.add(text, kind)
        draft.problems.extend(problem for problem in problems if problem not in draft.problems)


def _key(words: str) -> str:
    """A line without its page number: '12 | Annual report' and '13 | Annual report' are the same."""
    return re.sub(r"\W+", " ", re.sub(r"\d+", "0", words)).strip().lower()


def _running(pages: list[list[Line]]) -> set[str]:
    """Lines that stand at the edge of at least half of the pages, and of two at least; page numbers always."""
    if len(pages) < 2:
        return set()
    seen = Counter(key for page in pages for key in {_key(line.words) for line in [*page[:EDGE], *page[-EDGE:]]})
    return {key for key, times in seen.items() if times >= max(2, len(pages) / 2)} | {
        "0",
        "page 0",
        "0 of 0",
        "page 0 of 0",
    }


def _step(page: list[Line]) -> float:
    """The usual distance in points from one line to the next."""
    steps = [a.top - b.top for a, b in pairwise(page) if a.top > b.top]
    return median(steps) if steps else 0.0


def _apart(current: str, before: Line | None, line: Line, step: float, width: float) -> bool:
    """Whether `line` begins a new paragraph."""
    ended = bool(_ENDED.search(current))
    if before is None:  # the first line of a page goes on where the last page stopped in mid-sentence
        return ended or not (line.words[0].islower() or current[-1] in ",-\u00ad\x02\ufffe")
    if _ITEM.match(line.words):
        return True
    if line.top and before.top > line.top and before.top - line.top > 1.4 * step:
        return True
    if line.top and abs((line.top - line.bottom) - (before.top - before.bottom)) > 0.15 * (line.top - line.bottom):
        return ended or not line.words[0].islower()
    height = line.top - line.bottom
    indented = line.top and 0.6 * height < line.left - before.left < 6 * height
    return ended and bool(indented or len(before.words) < 0.75 * width)


def _join(current: str, words: str, vocabulary: str) -> str:
    if not current:
        return words
    if not _HYPHEN.search(current):
        return f"{current} {words}"
    head = re.split(r"\s", current)[-1][:-1]
    tail = re.match(r"\w*", words)
    whole = f"{head}-{tail[0]}" if tail else ""
    if words[:1].islower() and whole not in vocabulary:
        return current[:-1] + words
    return current[:-1] + "-" + words
