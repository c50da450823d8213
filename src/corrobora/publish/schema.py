"""The public form of the record, as types: what every export and every JSON page says, and its JSON Schema.

Names and order are those of docs/how_it_works.md; a field is added, never renamed. `None` is 'not said'.
"""

from typing import Any

import msgspec
from msgspec import Struct


class Words(Struct, kw_only=True):
    """A part of a claim and the characters that say it; -1 where no words do."""

    text: str
    start: int | None
    end: int | None


class CountRow(Words, kw_only=True):
    """How many: inclusive bounds; null is not said, 0 is said none."""

    low: int | None
    high: int | None
    qualifier: str


class VictimsRow(Words, kw_only=True):
    """Whom it was done to."""

    class_: str = msgspec.field(name="class")
    roles: list[str]
    names: list[str]


class PerpetratorRow(Words, kw_only=True):
    """Who is said to have done it."""

    name: str
    class_: str = msgspec.field(name="class")
    status: str
    suspected_by: str | None


class TargetRow(Words, kw_only=True):
    """A thing hit."""

    class_: str = msgspec.field(name="class")
    number: int | None
    effect: str | None


class InstrumentRow(Words, kw_only=True):
    """What it was done with."""

    class_: str = msgspec.field(name="class")


class PlaceRow(Words, kw_only=True):
    """Where; degrees and km. `why` gives the candidates with scores and reasons, the chosen one first.

    `geo_precision` is ACLED's code, `where_prec` UCDP's, `score` the chance that it is the right place.
    """

    name: str
    id: str | None
    lat: float | None
    lon: float | None
    radius_km: float | None
    precision: str
    admin1: str | None
    admin2: str | None
    country: str | None
    geo_precision: int | None
    where_prec: int | None
    score: float | None
    why: list[str]


class PeriodRow(Words, kw_only=True):
    """When; ISO days, both inclusive, null on an open side; `edtf` level 1, and XXXX where the year is not known.

    `time` is the time of day, null where it is not told. `acled_time_precision` and `ucdp_date_prec` are the codes of
    these two schemes, null where they have none for it.
    """

    edtf: str
    earliest: str | None
    latest: str | None
    precision: str
    time: str | None
    acled_time_precision: int | None
    ucdp_date_prec: int | None
    rule: str


class SpeakerRow(Words, kw_only=True):
    """One link of the attribution chain; '' is a speaker without any name."""

    speaker: str
    verb: str


class ClaimRow(Struct, kw_only=True):
    """One assertion, as decided where a person corrected it; `machine` then holds what the machine read."""

    claim: str
    document: str
    file: str
    start: int
    end: int
    quote: str
    mentions: list[list[int]]
    act: str
    harm: str | None
    scope: str
    stance: str
    modality: str
    count: CountRow
    victims: VictimsRow | None
    perpetrators: list[PerpetratorRow]
    targets: list[TargetRow]
    instruments: list[InstrumentRow]
    place: PlaceRow | None
    period: PeriodRow | None
    attribution: list[SpeakerRow]
    voice: str
    evidence: list[str]
    part_of: str | None
    incident: str | None
    toll: str | None
    confidence: float
    made_by: dict[str, str]
    reader: str
    flags: list[str]
    outlet: str | None
    published: str | None
    decided: str | None
    corrected: list[str]
    machine: dict[str, Any] | None = None


class FigureRow(Struct, kw_only=True):
    """A figure by a named rule, and the claims it rests on; `or_more`: someone said 'at least' of `high`."""

    low: int | None
    high: int | None
    or_more: bool
    rule: str
    claims: list[str]


class VoiceRow(Struct, kw_only=True):
    """One voice, its claims, the outlets that carried it, why other names are held to be it, and whom it repeats."""

    speaker: str
    claims: list[str]
    outlets: list[str]
    because: list[str]
    repeats: str | None


class ContradictionRow(Struct, kw_only=True):
    """Accounts that cannot both hold."""

    field: str
    values: list[str]
    claims: list[str]


class IncidentRow(Struct, kw_only=True):
    """One event. `killed` and `injured` are by the headline rule; `figures` holds every harm by every rule."""

    incident: str
    act: str
    claims: list[str]
    documents: list[str]
    files: list[str]
    date: PeriodRow | None
    place: PlaceRow | None
    killed: FigureRow | None
    injured: FigureRow | None
    figures: dict[str, list[FigureRow]]
    voices: list[VoiceRow]
    independent: list[str]
    contradictions: list[ContradictionRow]
    grade: str
    strike_status: str | None
    reasons: list[str]
    previous_ids: list[str]


class StepRow(Struct, kw_only=True):
    """One statement of a running total."""

    claim: str
    on: str | None
    low: int | None
    high: int | None
    change: str


class TollCheckRow(Struct, kw_only=True):
    """A toll beside other voices of the same days, and beside the sum of the incidents of its region, never added."""

    conflicts: list[str]
    incidents: list[str]
    low: int | None
    high: int | None
    gap: int | None


class TollRow(Struct, kw_only=True):
    """The running totals of one voice for one region, harm and class of victims since one date."""

    toll: str
    voice: str
    harm: str
    victims: str
    region: PlaceRow | None
    since: str | None
    steps: list[StepRow]
    check: TollCheckRow | None


class DocumentRow(Struct, kw_only=True):
    """One preserved report and what became of it."""

    document: str
    id: str
    file: str
    media_type: str
    size: int
    captured_at: str
    url: str | None
    title: str | None
    outlet: str | None
    author: str | None
    published: str | None
    modified: str | None
    language: str | None
    state: str
    reason: str | None
    problems: list[str]
    claims: int
    copy_of: str | None
    copied_from: str | None


class DecisionRow(Struct, kw_only=True):
    """A person's act."""

    decision: str
    at: str
    who: str
    verdict: str
    subjects: list[str]
    values: dict[str, str]
    reason: str
    supersedes: str | None
    quotes: list[str]


SCHEMA: dict[str, type[Struct]] = {
    "documents": DocumentRow,
    "claims": ClaimRow,
    "incidents": IncidentRow,
    "tolls": TollRow,
    "decisions": DecisionRow,
}


def schema() -> dict[str, Any]:
    """Return the JSON Schema of a row of each file of the record.

    >>> sorted(schema())
    ['claims', 'decisions', 'documents', 'incidents', 'tolls']
    """
    return {name: msgspec.json.schema(row) for name, row in SCHEMA.items()}
