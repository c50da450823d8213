"""What an incident's claims say together: one act, one place, one period."""

from collections.abc import Sequence

from corrobora.incidents import periods, places
from corrobora.incidents.accounts import telling
from corrobora.model import Period, Place, Reading

# Characters: within a sentence or so of the claim; within the headline and the first paragraphs.
BESIDE, HEAD = 200, 600
# What follows an incident has days of its own.
AFTERWARDS = frozenset({"detained", "freed"})


def act(readings: Sequence[Reading]) -> str:
    """The act that most reports tell; of several, one that says how it was done ('shelling' before 'raid')."""
    told: dict[str, set[str]] = {}
    for reading in readings:
        if reading.claim.act:
            told.setdefault(reading.claim.act, set()).add(reading.claim.document)
    if not told:
        return "other"
    return max(told, key=lambda name: (name != "other", len(told[name]) + 0.5 * telling(name), telling(name), name))


def period(readings: Sequence[Reading]) -> Period | None:
    """The days that most reports agree on; of one report that gives but an open period, that one."""
    asserted = [reading for reading in readings if reading.claim.stance == "asserts"] or list(readings)
    known = [(r.claim.document, r.period, _weight(r, r.period)) for r in asserted if r.period is not None]
    spoken = [vote for vote in known if vote[1].start >= 0]
    found = periods.agreed(spoken) or periods.agreed(known)
    if found is not None or not known:
        return found
    return min((p for _, p, _ in known), key=lambda p: (str(p.latest or ""), str(p.earliest or ""), p.text, p.start))


def _weight(reading: Reading, when: Period) -> float:
    """How much a claim's days say of the incident's: most where they stand beside it, in the head of the report."""
    beside = when.start >= 0 and abs(when.start - reading.claim.start) < BESIDE
    head = reading.claim.start < HEAD
    return (1.0 if beside else 0.5) * (1.5 if head else 1.0) * (0.5 if reading.claim.harm in AFTERWARDS else 1.0)


def place(readings: Sequence[Reading]) -> Place | None:
    """The most specific place that the claims support.

    A place is supported by what is the same, lies in it, or holds it; and more by the reports that name it itself. So
    one report's other village does not widen the incident to a province, and a nationwide event is not put on one of
    its towns.
    """
    known = [(reading.claim.document, reading.place) for reading in readings if reading.place is not None]
    if not known:
        return None
    documents = len({document for document, _ in known})

    def rated(candidate: Place) -> tuple[float, float, str, str, int]:
        related = [(document, places.relate(candidate, other)) for document, other in known]
        fits = sum(relation in {"same", "named", "within", "near"} for _, relation in related) / len(related)
        named = len({document for document, relation in related if relation in {"same", "named"}}) / documents
        called = sum(candidate.name == other.name for _, other in known) / len(known)
        score = 3 * fits + named + 0.2 * called + 0.1 * (5 - places.rank(candidate))
        return round(score, 6), -(candidate.radius_km or 0.0), candidate.id, candidate.name, -candidate.start

    return max((candidate for _, candidate in known), key=rated)
