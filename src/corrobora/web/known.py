"""A record laid out so that a page can find by id what it shows."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from corrobora.errors import NotFound
from corrobora.model import Assessment, CopyFamily, Decision, DocumentLine, Incident, Reading, Record, Toll, standing

ABOUT_ONE = frozenset({"accept", "correct", "reject"})


@dataclass(frozen=True, slots=True)
class Account:
    """One claim as pages show it: as decided, what the machine read where that differs, and where it belongs.

    `decided` is undecided, accepted, corrected or rejected; `standing` the decision that it rests on.
    """

    reading: Reading
    machine: Reading | None
    decided: str
    standing: Decision | None
    incident: Incident | None
    toll: Toll | None
    document: DocumentLine | None

    @property
    def id(self) -> str:
        """The claim's id."""
        return self.reading.claim.id


class Known:
    """A whole record by id. Raises NotFound for what is not in it."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.documents: dict[str, DocumentLine] = {line.document.id: line for line in record.documents}
        self.incidents: dict[str, Incident] = {i.id: i for i in record.incidents}
        self.assessments: dict[str, Assessment] = {a.incident: a for a in record.assessments}
        self.families: dict[str, CopyFamily] = {d: f for f in record.families for d in f.documents}
        self._incident_of = {claim: i for i in record.incidents for claim in i.claims}
        self._toll_of = {step.claim: toll for toll in record.tolls for step in toll.steps}
        self._readings = {r.claim.id: r for r in record.readings}
        self._machine = {r.claim.id: r for r in record.machine}
        self.standing = standing(record.decisions)
        self._on = {s: d for d in self.standing if d.verdict in ABOUT_ONE for s in d.subjects}
        # A decision whose claim is read anew under another id holds by its words, as `review.correct` has it.
        self._by_words = {q: d for d in self.standing if d.verdict in ABOUT_ONE for q in d.quotes}

    def account(self, claim: str) -> Account:
        """Return one claim; one that was rejected is known by what the machine read."""
        machine = self._machine.get(claim)
        reading = self._readings.get(claim) or machine
        if reading is None:
            raise NotFound(f"There is no claim {claim} in this record.", hint="It may have gone with a new reading.")
        rejected = claim not in self._readings
        decided = "rejected" if rejected else reading.decided or "undecided"
        words = self._by_words.get(reading.claim.quote)
        return Account(
            reading=reading,
            machine=None if rejected else machine,
            decided=decided,
            standing=None if decided == "undecided" else self._on.get(claim, words),
            incident=self._incident_of.get(claim),
            toll=self._toll_of.get(claim),
            document=self.documents.get(reading.claim.document),
        )

    def accounts(self, claims: Iterable[str]) -> list[Account]:
        """Return several claims, without those that are no longer there."""
        return [self.account(claim) for claim in claims if claim in self._readings or claim in self._machine]

    def in_document(self, document: str) -> list[Account]:
        """Return a document's claims in text order, rejected ones too."""
        found = {r.claim.id: r.claim for r in (*self.record.machine, *self.record.readings)}
        here = (c for c in found.values() if c.document == document)
        return self.accounts(c.id for c in sorted(here, key=lambda c: (c.start, c.end, c.id)))

    def document(self, id_: str) -> DocumentLine:
        """Return one document."""
        if id_ not in self.documents:
            raise NotFound(
                f"There is no document {id_} in this record.", hint="The list of documents shows all of them."
            )
        return self.documents[id_]

    def incident(self, id_: str) -> Incident:
        """Return an incident by its id, or by one that it had before."""
        if id_ in self.incidents:
            return self.incidents[id_]
        for incident in self.record.incidents:
            if id_ in incident.previous_ids:
                return incident
        raise NotFound(f"There is no incident {id_} in this record.", hint="It may have been split or taken apart.")

    def assessment(self, incident: str) -> Assessment:
        """Return an incident's assessment, an empty one where there is none."""
        return self.assessments.get(incident) or Assessment(incident, (), "", (), ())

    def history(self, *subjects: str) -> list[Decision]:
        """Return every decision about any of `subjects`, undone ones and their undoing too, the latest first."""
        about = [d for d in self.record.decisions if set(d.subjects) & set(subjects)]
        ids = {d.id for d in about}
        undone = [d for d in self.record.decisions if d.verdict == "undo" and d.supersedes in ids and d not in about]
        return sorted((*about, *undone), key=lambda d: (d.at, d.id), reverse=True)

    def by_place(self) -> dict[tuple[str, float, float], list[Incident]]:
        """Return the incidents that have a point, by place."""
        found: dict[tuple[str, float, float], list[Incident]] = defaultdict(list)
        for incident in self.record.incidents:
            place = incident.place
            if place is not None and place.lat is not None and place.lon is not None:
                found[place.id or place.name, place.lat, place.lon].append(incident)
        return found
