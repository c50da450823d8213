"""What an incident's claims say together: one act, one place, one period."""

from collections.abc import Sequence

from corrobora.incidents import periods, places
from corrobora.incidents.accounts import telling
from corrobora.model import Period, Place, Reading


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
    known = [(reading.claim.document, reading.period) for reading in asserted if reading.period is not None]
    spoken = [pair for pair in known if pair[1].start >= 0]
    found = periods.agreed(spoken) or periods.agreed(known)
    if found is not None or not known:
        return found
    return min((p for _, p in known), key=lambda p: (str(p.latest or ""), str(p.earliest or ""), p.text, p.start))


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
