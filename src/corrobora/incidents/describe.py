"""What an incident's claims say together: one act, one place, one period."""

from collections import Counter
from collections.abc import Sequence
from itertools import product

from corrobora.incidents import periods, places
from corrobora.incidents.accounts import telling
from corrobora.incidents.places import bare
from corrobora.model import Period, Place, Reading

# Characters: within the headline and the first paragraphs.
HEAD = 600
# What days that are carried from elsewhere, or counted from a statement or the report's own day, say of the claim's.
CARRIED = ("day last spoken of", "on or after", "first event day", "statement", "first statement", "no time words")
# What it says for a province that a claim is put in one of its towns, beside a claim that is put in the province.
HOLDS = 0.6
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
    known = _votes(asserted)
    spoken = [vote for vote in known if vote[1].start >= 0]
    found = periods.agreed(spoken) or periods.agreed(known)
    if found is not None or not known:
        return found
    return min((p for _, p, _ in known), key=lambda p: (str(p.latest or ""), str(p.earliest or ""), p.text, p.start))


def _votes(readings: Sequence[Reading]) -> list[tuple[str, Period, float]]:
    """Each report's days with their weight, once for the words that give them, however many claims rest on these."""
    votes: dict[tuple[str, int, object, object], tuple[str, Period, float]] = {}
    for r in readings:
        if r.period is not None:
            key = (r.claim.document, r.period.start, r.period.earliest, r.period.latest)
            vote = (r.claim.document, r.period, _weight(r, r.period))
            votes[key] = max(votes.get(key, vote), vote, key=lambda each: (each[2], each[1].rule))
    return list(votes.values())


def _weight(reading: Reading, when: Period) -> float:
    """How much a claim's days say of the incident's: most where its own sentence has them, in the head of a report."""
    own = when.start >= 0 and not when.rule.startswith(CARRIED)
    head = reading.claim.start < HEAD
    return (1.0 if own else 0.5) * (1.5 if head else 1.0) * (0.5 if reading.claim.harm in AFTERWARDS else 1.0)


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
    alike = Counter((document, bare(place)) for document, place in known)
    candidates = {place for _, place in alike}
    relations = {pair: places.relate(*pair) for pair in product(candidates, candidates)}

    def rated(candidate: Place) -> tuple[float, float]:
        related = [(document, relations[candidate, other], times) for (document, other), times in alike.items()]
        fits = sum(
            times
            * (HOLDS if relations[candidate, other] == "within" and places.rank(candidate) > places.rank(other) else 1)
            for (_, other), times in alike.items()
            if relations[candidate, other] in {"same", "named", "within", "near"}
        )
        named = len({document for document, relation, _ in related if relation in {"same", "named"}}) / documents
        called = sum(times for (_, other), times in alike.items() if candidate.name == other.name) / len(known)
        score = 3 * fits / len(known) + named + 0.2 * called + 0.1 * (5 - places.rank(candidate))
        return round(score, 6), -(candidate.radius_km or 0.0)

    ratings = {candidate: rated(candidate) for candidate in candidates}
    return max((place for _, place in known), key=lambda p: (*ratings[bare(p)], p.id, p.name, -p.start))
