"""Read very long texts in pieces, so that memory stays flat; every offset is put back afterwards."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TypeVar

from corrobora.model import Claim, Findings, Span, Text

# Characters read at once: a parse of this many takes about 100 MB, and few reports are longer.
LONGEST = 60_000


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text as a text of its own, `offset` characters from the beginning."""

    offset: int
    text: Text

    def placed(self, found: Findings) -> Findings:
        """Put the offsets of what was found back to those of the whole text."""
        if self.offset == 0:
            return found
        return replace(
            found,
            claims=tuple(_claim(c, self.offset) for c in found.claims),
            mentions=tuple(_span(m, self.offset) for m in found.mentions),
        )


def split(text: Text) -> Iterator[Piece]:
    """Give the text in pieces of at most `LONGEST` characters, cut between segments where that is possible."""
    if len(text.text) <= LONGEST:
        yield Piece(0, text)
        return
    cuts = [0]
    ends = [s.end for s in text.segments]
    while cuts[-1] < len(text.text):
        limit = cuts[-1] + LONGEST
        cuts.append(max((e for e in ends if cuts[-1] < e <= limit), default=min(limit, len(text.text))))
    for start, end in pairwise(cuts):
        segments = tuple(
            replace(s, start=max(s.start, start) - start, end=min(s.end, end) - start)
            for s in text.segments
            if s.start < end and start < s.end
        )
        yield Piece(start, replace(text, text=text.text[start:end], segments=segments))


Placed = TypeVar("Placed")


def _span(part: Placed, offset: int) -> Placed:
    return replace(part, start=part.start + offset, end=part.end + offset)  # type: ignore[type-var, attr-defined]


def _claim(claim: Claim, offset: int) -> Claim:
    moved = _span(claim, offset)
    count = claim.count if claim.count.start < 0 else _span(claim.count, offset)
    return replace(
        moved,
        count=count,
        victims=None if claim.victims is None else _span(claim.victims, offset),
        perpetrators=tuple(_span(p, offset) for p in claim.perpetrators),
        targets=tuple(_span(t, offset) for t in claim.targets),
        instruments=tuple(_span(i, offset) for i in claim.instruments),
        place=None
        if claim.place is None
        else Span(claim.place.start + offset, claim.place.end + offset, claim.place.text),
        time=None if claim.time is None else Span(claim.time.start + offset, claim.time.end + offset, claim.time.text),
        attribution=tuple(_span(s, offset) for s in claim.attribution),
    )
