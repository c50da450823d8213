"""Spans in a text, cut so that they can be drawn: the one place where overlapping marks are solved."""

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corrobora.model import Segment


@dataclass(frozen=True, slots=True)
class Mark:
    """Characters `start` to `end` (exclusive) of a text that carry a label: a claim's id, or the name of a part."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text over which the labels do not change. `opens` are the labels whose mark begins here."""

    start: int
    end: int
    text: str
    labels: tuple[str, ...]
    opens: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """A segment of a text with its pieces; '' is the kind of what lies between two segments."""

    kind: str
    flags: tuple[str, ...]
    pieces: tuple[Piece, ...]


def cut(text: str, marks: Iterable[Mark], edges: Iterable[int] = ()) -> tuple[Piece, ...]:
    """Cut `text` at `edges` and where a mark begins or ends: the pieces join to it, and cover each mark exactly.

    Labels of a piece stand in the order of their marks: the earliest first, of two that begin together the longer.
    Marks are clipped to the text, and left out where nothing remains. A label opens once, where its first mark begins.

    >>> [(p.text, p.labels) for p in cut("abcdef", [Mark(1, 4, "x"), Mark(2, 6, "y")])]
    [('a', ()), ('b', ('x',)), ('cd', ('x', 'y')), ('ef', ('y',))]
    """
    clipped = (Mark(max(m.start, 0), min(m.end, len(text)), m.label) for m in marks)
    inside = sorted((m for m in clipped if m.start < m.end), key=lambda m: (m.start, -m.end, m.label))
    bounds = {0, len(text), *(m.start for m in inside), *(m.end for m in inside), *edges}
    ends = sorted(edge for edge in bounds if 0 <= edge <= len(text))
    pieces: list[Piece] = []
    active: list[Mark] = []
    waiting, opened = 0, set[str]()
    for left, right in pairwise(ends):
        active = [m for m in active if m.end > left]
        while waiting < len(inside) and inside[waiting].start == left:
            active.append(inside[waiting])
            waiting += 1
        labels = tuple(dict.fromkeys(m.label for m in active))
        opens = tuple(label for label in labels if label not in opened)
        opened.update(opens)
        pieces.append(Piece(left, right, text[left:right], labels, opens))
    return tuple(pieces)


def blocks(text: str, segments: Sequence[Segment], marks: Iterable[Mark]) -> tuple[Block, ...]:
    """Cut a text into its segments, and these into pieces. What lies between segments is kept, as blocks of kind ''.

    Segments are in order and do not overlap (see `Segment`). The blocks join to the text.
    """
    edges = [edge for segment in segments for edge in (segment.start, segment.end)]
    pieces = deque(cut(text, marks, edges))
    found: list[Block] = []
    for segment in (*segments, Segment(len(text), len(text), "")):
        between = _taken(pieces, segment.start)
        within = _taken(pieces, segment.end)
        if between:
            found.append(Block("", (), between))
        if within:
            found.append(Block(segment.kind, segment.flags, within))
    return tuple(found)


def _taken(pieces: deque[Piece], end: int) -> tuple[Piece, ...]:
    """Take the pieces that end by `end` off the front."""
    taken = []
    while pieces and pieces[0].end <= end:
        taken.append(pieces.popleft())
    return tuple(taken)
