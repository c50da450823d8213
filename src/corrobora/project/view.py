"""Answers questions to the record: loads it once for each version, and selects what a filter asks for."""

import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from corrobora import review
from corrobora.model import Document, DocumentLine, Filter, Metadata, Reading, Record, Text
from corrobora.store import Store

LISTED = frozenset({"metadata", "container"})  # states of inputs that are no reports of their own


class View:
    """The record as it is now, and parts of it."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._cache: tuple[int, Record] | None = None

    def record(self, question: Filter) -> Record:
        """Return what answers `question`; an incident or toll comes whole, once one of its claims answers."""
        version = self.store.version()
        if self._cache is None or self._cache[0] != version:
            self._cache = (version, self._load())
        whole = self._cache[1]
        return whole if question == Filter() else self._select(whole, question)

    def _load(self) -> Record:
        machine = self.store.readings()
        decisions = self.store.decisions()
        readings = review.correct(machine, decisions)
        after = {r.claim.id: r for r in readings}
        counts: dict[str, int] = {}
        for r in readings:
            counts[r.claim.document] = counts.get(r.claim.document, 0) + 1
        incidents, tolls, assessments = self.store.incidents(), self.store.tolls(), self.store.assessments()
        return Record(
            documents=self._lines(counts),
            readings=readings,
            machine=tuple(r for r in machine if after.get(r.claim.id) != r),
            incidents=incidents,
            tolls=tolls,
            assessments=assessments,
            decisions=decisions,
            families=self.store.families(),
            checks=review.check_tolls(tolls, incidents, assessments),
        )

    def _lines(self, counts: dict[str, int]) -> tuple[DocumentLine, ...]:
        headers = self.store.headers()
        return tuple(
            _line(document, state, reason, headers.get(document.id), counts.get(document.id, 0))
            for document, state, reason in self.store.documents()
            if state not in LISTED
        )

    def _select(self, whole: Record, question: Filter) -> Record:
        asked = self._claims_asked(question)
        outlets = {line.document.id: line.metadata.outlet for line in whole.documents}
        chosen = [r for r in (*whole.readings, *whole.machine) if asked(r, outlets.get(r.claim.document, ""))]
        decided = _by_decision(question.decided, whole, chosen)
        claims = {r.claim.id for r in decided}
        incidents = tuple(i for i in whole.incidents if claims & set(i.claims))
        tolls = tuple(t for t in whole.tolls if claims & {s.claim for s in t.steps})
        kept = claims | {c for i in incidents for c in i.claims} | {s.claim for t in tolls for s in t.steps}
        documents = {r.claim.document for r in whole.readings if r.claim.id in claims} | self._documents_asked(question)
        shown = {i.id for i in incidents}
        return replace(
            whole,
            documents=tuple(line for line in whole.documents if line.document.id in documents),
            readings=tuple(r for r in whole.readings if r.claim.id in kept),
            machine=tuple(r for r in whole.machine if r.claim.id in kept),
            incidents=incidents,
            tolls=tolls,
            assessments=tuple(a for a in whole.assessments if a.incident in shown),
            decisions=tuple(d for d in whole.decisions if kept & set(d.subjects)),
        )

    def _documents_asked(self, question: Filter) -> frozenset[str]:
        """Return documents that answer by themselves, with or without a claim: asked by words or by id alone."""
        if replace(question, words="") == Filter():
            return self.store.holding(question.words)[0]
        return frozenset({question.document}) if replace(question, document="") == Filter() else frozenset()

    def _claims_asked(self, question: Filter) -> Callable[[Reading, str], bool]:
        documents, claims = self.store.holding(question.words) if question.words else (frozenset(), frozenset())

        def asked(reading: Reading, outlet: str) -> bool:
            claim, place = reading.claim, reading.place
            return (
                (not question.words or claim.id in claims or claim.document in documents)
                and question.harm in ("", claim.harm)
                and question.act in ("", claim.act)
                and question.scope in ("", claim.scope)
                and question.document in ("", claim.document)
                and (not question.country or (place is not None and place.country == question.country.upper()))
                and _has(question.place, (place.name, place.text, place.admin1, place.admin2) if place else ())
                and _has(question.speaker, (*reading.speakers, reading.voice, *(s.text for s in claim.attribution)))
                and _has(question.outlet, (outlet, reading.outlet))
                and _meets(reading, question.earliest, question.latest)
            )

        return asked


def _line(document: Document, state: str, reason: str, header: Text | None, claims: int) -> DocumentLine:
    known = header.metadata if header else _joined(document)
    published = known.published[:10]
    day = date.fromisoformat(published) if len(published) == 10 and _is_day(published) else None
    return DocumentLine(document, known, day, state, reason, header.problems if header else (), claims)


def _joined(document: Document) -> Metadata:
    given, defaults = document.given, document.defaults
    values = {name: getattr(given, name) or getattr(defaults, name) for name in Metadata.__slots__}
    return Metadata(**values)


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _has(asked: str, names: tuple[str, ...]) -> bool:
    """Say whether `asked` is part of a name, without regard to case and accents.

    >>> _has("fievre", ("Myriam Fièvre",)), _has("", ()), _has("x", ())
    (True, True, False)
    """
    return not asked or any(_plain(asked) in _plain(name) for name in names)


def _plain(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))


def _meets(reading: Reading, earliest: date | None, latest: date | None) -> bool:
    """Say whether the reading's period may touch the days asked; one without a period meets no day."""
    if earliest is None and latest is None:
        return True
    period = reading.period
    if period is None or (period.earliest is None and period.latest is None):
        return False
    after = latest is None or period.earliest is None or period.earliest <= latest
    before = earliest is None or period.latest is None or period.latest >= earliest
    return after and before


def _by_decision(decided: str, whole: Record, readings: list[Reading]) -> list[Reading]:
    if not decided:
        return readings
    standing = {r.claim.id: r.decided for r in whole.readings}
    if decided == "rejected":
        return [r for r in readings if r.claim.id not in standing]
    wanted = "" if decided == "undecided" else decided
    return [r for r in readings if standing.get(r.claim.id) == wanted]
