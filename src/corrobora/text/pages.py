"""Lines on pages to paragraphs: joins, hyphens, running heads and feet."""

import re
from collections import Counter
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from corrobora.text.draft import Draft

EDGE = 3
"""Lines at the top and at the bottom of a page that may be its running head or foot."""
_HYPHEN = re.compile(r"(?<=[^\W\d_])[-\u00ad\u2010\ufffe\x02]$")
_MENDED = re.compile(r"([^\W\d_]+)[\ufffe\x02]([^\W\d_]+)")  # pdfium's mark of a hyphen at a line's end
_SOFT = re.compile("[\u00ad\ufffe\x02]")
_ENDED = re.compile(r"[.!?:…؟][\"'”’»)\]]*$")
_ITEM = re.compile(r"(?:[•●▪◦‣·–-]|\(?(?:\d{1,3}|[a-z])[.)])\s")


class Line(NamedTuple):
    """A line of a page with its edges in points, all 0 where they are not known; whether a reader would not see it."""

    words: str
    left: float = 0.0
    bottom: float = 0.0
    top: float = 0.0
    hidden: bool = False


def write(pages: list[list[Line]], draft: Draft) -> None:
    """Append the paragraphs of `pages` to `draft`; what runs over the page's end is one paragraph.

    Lines that are not seen come last, flagged, and never within a paragraph of those that are.
    """
    unseen = [" ".join(line.words for line in page if line.hidden) for page in pages]
    _write_seen([[line for line in page if not line.hidden] for page in pages], draft)
    for words in filter(None, unseen):
        draft.add(_SOFT.sub("-", words), "paragraph", ("hidden",))


def _write_seen(pages: list[list[Line]], draft: Draft) -> None:
    running = _running(pages)
    vocabulary = " ".join(line.words for page in pages for line in page)
    current, held = "", []
    for page in pages:
        width = median(len(line.words) for line in page) if page else 0
        step = _step(page)
        before: Line | None = None
        for index, line in enumerate(page):
            if _at_edge(page, index) and _key(line.words) in running:
                held.append(line.words)
                continue
            if current and _apart(current, before, line, step, width):
                _flush(current, held, draft)
                current, held = "", []
            words = _MENDED.sub(lambda found: _mended(found[1], found[2], vocabulary), line.words)
            current = _join(current, words, vocabulary)
            before = line
    _flush(current, held, draft)


def _flush(current: str, held: list[str], draft: Draft) -> None:
    for words, kind in [(current, "paragraph"), *((line, "furniture") for line in held)]:
        draft.add(_SOFT.sub("-", words), kind)


def _key(words: str) -> str:
    """A line without its page number: '12 | Annual report' and '13 | Annual report' are the same."""
    return re.sub(r"\W+", " ", re.sub(r"\d+", "0", words)).strip().lower()


def _running(pages: list[list[Line]]) -> set[str]:
    """Lines that stand at the edge of at least half of the pages, and of two at least; page numbers always."""
    if len(pages) < 2:
        return set()
    seen = Counter(
        key for page in pages for key in {_key(line.words) for index, line in enumerate(page) if _at_edge(page, index)}
    )
    return {key for key, times in seen.items() if times >= max(2, len(pages) / 2)} | {
        "0",
        "page 0",
        "0 of 0",
        "page 0 of 0",
    }


def _at_edge(page: list[Line], index: int) -> bool:
    """Whether a line may be a running head or foot: within the first or last EDGE lines, on short pages fewer."""
    return min(index, len(page) - 1 - index) < min(EDGE, max(1, len(page) // 4))


def _step(page: list[Line]) -> float:
    """The usual distance in points from one line to the next."""
    steps = sorted(a.top - b.top for a, b in pairwise(page) if a.top > b.top)
    return steps[(len(steps) - 1) // 3] if steps else 0.0


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
    head, tail = re.split(r"\s", current)[-1][:-1], re.split(r"\W", words, maxsplit=1)[0]
    return current[: -len(head) - 1] + _mended(head, tail, vocabulary) + words[len(tail) :]


def _mended(head: str, tail: str, vocabulary: str) -> str:
    """A word that was broken at a line's end; its hyphen stays where the text writes it so elsewhere."""
    broken = tail[:1].islower() and f"{head}-{tail}" not in vocabulary
    return head + tail if broken else f"{head}-{tail}"
