"""The place names of a text, as annotators mark them, with the place that each stands for."""

from collections.abc import Sequence
from dataclasses import dataclass

from corrobora.model import Findings, Place, Span, Text
from corrobora.resolve.atlas import place_of, stands_for, survey
from corrobora.resolve.gazetteer import Gazetteer
from corrobora.resolve.recognition import CONVENTIONS, recognise
from corrobora.resolve.toponyms import of_span
from corrobora.settings import Settings

__all__ = ["CONVENTIONS", "Marked", "mark", "mark_spans"]


@dataclass(frozen=True, slots=True)
class Marked:
    """A place name, `start` to `end` (exclusive) in its text, and its place; None where not even a country is known.

    A place without an `id` is the one that holds the name's own, which no gazetteer knows.
    """

    start: int
    end: int
    place: Place | None


def mark(
    text: Text, findings: Findings, gazetteer: Gazetteer, settings: Settings, convention: str = "strict"
) -> tuple[Marked, ...]:
    """Find the place names of a text by a convention of `CONVENTIONS`, and resolve them."""
    spans = recognise(text, findings, gazetteer, convention)
    return mark_spans(text, [Span(start, end, text.text[start:end]) for start, end in spans], gazetteer, settings)


def mark_spans(text: Text, spans: Sequence[Span], gazetteer: Gazetteer, settings: Settings) -> tuple[Marked, ...]:
    """Resolve names that somebody else has found; an adjective such as 'Syrian' stands for its country."""
    peoples = {span.start: gazetteer.division(gazetteer.country_of(span.text)) for span in spans}
    names = tuple(of_span(text.text, span) for span in spans if peoples[span.start] is None)
    atlas = survey(text, names, gazetteer, settings)
    at = {name.start: index for index, name in enumerate(atlas.names) if name.start >= 0}
    marked = []
    for span in spans:
        people = peoples[span.start]
        place = place_of(people, "its people") if people else stands_for(atlas, at[span.start])
        marked.append(Marked(span.start, span.end, place))
    return tuple(marked)
