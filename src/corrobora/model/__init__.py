"""The vocabulary: what a record of violence is made of.

Frozen, slotted dataclasses; tuples, never lists. Offsets are Python code points into the `Text.text` of the document.
Machine records carry ids that are hashes of their content, so that a second run, or a retry elsewhere, gives the same
record; only a `Decision` has an id by time. Values of fixed terms are checked against `terms.toml` by the tests.

Three things are kept apart, always: what was said (`Claim`), what it was computed to mean (`Reading`, `Incident`,
`Toll`, `Assessment`), and what a person decided (`Decision`).
"""

from corrobora.model.computed import (
    Assessment,
    Contradiction,
    CopyFamily,
    Figure,
    Incident,
    Link,
    Linked,
    Period,
    Place,
    Reading,
    Toll,
    TollCheck,
    TollStep,
    Voice,
)
from corrobora.model.custody import Anchor, Checkpoint, Event, Log, LoggedEvent, LoggedRow, Notary
from corrobora.model.decided import Decision, standing
from corrobora.model.ids import content_id
from corrobora.model.reports import Document, Input, Metadata, Reference, Segment, Source, Span, Text, written_out
from corrobora.model.said import (
    Claim,
    Count,
    Findings,
    Instrument,
    Mention,
    Perpetrator,
    Speaker,
    Target,
    Victims,
    Word,
)
from corrobora.model.whole import DocumentLine, Filter, Hit, Record, Summary

__all__ = [
    "Anchor",
    "Assessment",
    "Checkpoint",
    "Claim",
    "Contradiction",
    "CopyFamily",
    "Count",
    "Decision",
    "Document",
    "DocumentLine",
    "Event",
    "Figure",
    "Filter",
    "Findings",
    "Hit",
    "Incident",
    "Input",
    "Instrument",
    "Link",
    "Linked",
    "Log",
    "LoggedEvent",
    "LoggedRow",
    "Mention",
    "Metadata",
    "Notary",
    "Period",
    "Perpetrator",
    "Place",
    "Reading",
    "Record",
    "Reference",
    "Segment",
    "Source",
    "Span",
    "Speaker",
    "Summary",
    "Target",
    "Text",
    "Toll",
    "TollCheck",
    "TollStep",
    "Victims",
    "Voice",
    "Word",
    "content_id",
    "standing",
    "written_out",
]
