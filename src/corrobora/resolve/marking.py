"""The place names of a text with what each means, as annotators mark them: what a geoparser is scored on."""

from collections.abc import Sequence
from dataclasses import dataclass

from corrobora.model import Findings, Span, Text
from corrobora.resolve.gazetteer import Entry, Gazetteer
from corrobora.resolve.ranking import rank
from corrobora.resolve.recognition import CONVENTIONS, recognise
from corrobora.resolve.ties import ties
from corrobora.resolve.toponyms import of_span

__all__ = ["CONVENTIONS", "Marked", "mark", "mark_spans"]


@dataclass(frozen=True, slots=True)
class Marked:
    """A place name, `start` to `end` (exclusive) in its text, and what it means; None where no match is good enough."""

    start: int
    end: int
    entry: Entry | None


def mark(text: Text, findings: Findings, gazetteer: Gazetteer, convention: str = "strict") -> tuple[Marked, ...]:
    """Find the place names of a text by a convention of `CONVENTIONS`, and resolve them."""
    spans = recognise(text, findings, gazetteer, convention)
    return mark_spans(text, [Span(start, end, text.text[start:end]) for start, end in spans], gazetteer)


def mark_spans(text: Text, spans: Sequence[Span], gazetteer: Gazetteer) -> tuple[Marked, ...]:
    """Resolve names that somebody else has found."""
    names = tuple(of_span(text.text, span) for span in spans)
    senses, _ = rank(text, names, ties(text.text, names), gazetteer, {})
    return tuple(
        Marked(span.start, span.end, sense.chosen.entry if (sense := senses[name.key]).chosen else None)
        for span, name in zip(spans, names, strict=True)
    )
