"""A record as a whole: what a page shows or an export carries away."""

from dataclasses import dataclass

from corrobora.model.computed import Assessment, CopyFamily, Incident, Reading, Toll
from corrobora.model.decided import Decision
from corrobora.model.reports import Document, Text


@dataclass(frozen=True, slots=True)
class Record:
    """A record as it leaves the house, or as a page shows it: everything that answers one question.

    `readings` have decisions applied; `machine` holds, for claims a person corrected or rejected, what the machine
    read; `incident_of` and `toll_of` are found by claim id.
    """

    documents: tuple[Document, ...]
    texts: tuple[Text, ...]
    readings: tuple[Reading, ...]
    machine: tuple[Reading, ...]
    incidents: tuple[Incident, ...]
    tolls: tuple[Toll, ...]
    assessments: tuple[Assessment, ...]
    decisions: tuple[Decision, ...]
    families: tuple[CopyFamily, ...] = ()
