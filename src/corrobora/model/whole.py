"""A record as a whole: what a page shows or an export carries away, and the question that selects it."""

from dataclasses import dataclass
from datetime import date

from corrobora.model.computed import Assessment, CopyFamily, Incident, Reading, Toll, TollCheck
from corrobora.model.decided import Decision
from corrobora.model.reports import Document, Input, Metadata


@dataclass(frozen=True, slots=True)
class Filter:
    """One question to the record: the same for list, map, timeline and export. Empty parts ask nothing.

    `words` are looked for in texts and claims; `place` and `speaker` in names, without case or accents; `earliest`
    and `latest` keep what may have happened in these days; `harm`, `act`, `scope` are fixed terms; `country` is an
    ISO 3166 code; `decided` is accepted, corrected, rejected or undecided; `outlet` and `document` as recorded.
    """

    words: str = ""
    harm: str = ""
    act: str = ""
    scope: str = ""
    place: str = ""
    country: str = ""
    speaker: str = ""
    outlet: str = ""
    document: str = ""
    earliest: date | None = None
    latest: date | None = None
    decided: str = ""


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A document as lists show it: what it is, what was read of it, and its state."""

    document: Document
    metadata: Metadata
    published: date | None
    state: str
    reason: str
    problems: tuple[str, ...]
    claims: int


@dataclass(frozen=True, slots=True)
class Record:
    """Everything that answers one question, in a fixed order.

    `checks` hold each toll against other voices and incidents.

    `readings` have decisions applied; `machine` holds, for claims that a person corrected or rejected, what the
    machine read. An incident is in it when one of its claims answers the question, and then with all its claims.
    """

    documents: tuple[DocumentLine, ...]
    readings: tuple[Reading, ...]
    machine: tuple[Reading, ...]
    incidents: tuple[Incident, ...]
    tolls: tuple[Toll, ...]
    assessments: tuple[Assessment, ...]
    decisions: tuple[Decision, ...]
    families: tuple[CopyFamily, ...]
    checks: tuple[TollCheck, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A place where searched words stand: `quote` with the words between U+2068 and U+2069; `claim` may be empty."""

    document: str
    file: str
    title: str
    claim: str
    quote: str


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run found and did: every input with its state, and how many of each kind of record there are now."""

    inputs: tuple[Input, ...]
    documents: int
    claims: int
    incidents: int
    tolls: int
    seconds: float

    @property
    def failed(self) -> tuple[Input, ...]:
        """The inputs that ended in a state a user would not accept."""
        return tuple(i for i in self.inputs if i.state in {"waiting", "empty", "refused", "unreadable"})
