"""What people decided about claims: which belong together, and which must be kept apart."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, product

from corrobora.model import Decision, Incident, content_id, standing


@dataclass(slots=True)
class Constraints:
    """Claims that a person held to be about the same event (`group`), and groups held apart (`apart`).

    A claim that no standing decision names has no group.
    """

    group: dict[str, str] = field(default_factory=dict)
    apart: set[frozenset[str]] = field(default_factory=set)

    def groups(self, claims: Iterable[str]) -> frozenset[str]:
        """The groups that some of these claims are in."""
        return frozenset(self.group[claim] for claim in claims if claim in self.group)

    def forbid(self, a: frozenset[str], b: frozenset[str]) -> bool:
        """Whether a person said that a group of `a` is not about the event of a group of `b`."""
        return any(frozenset(pair) in self.apart for pair in product(a, b))

    def _join(self, a: str, b: str) -> None:
        keep, gone = sorted((self.group[a], self.group[b]))
        self.group = {claim: keep if group == gone else group for claim, group in self.group.items()}
        self.apart = {frozenset(keep if group == gone else group for group in pair) for pair in self.apart}

    def same(self, claims: Sequence[str]) -> None:
        """Hold these claims together, except with those that are held apart already."""
        for claim in claims[1:]:
            if frozenset((self.group[claims[0]], self.group[claim])) not in self.apart:
                self._join(claims[0], claim)

    def not_same(self, sides: Sequence[Sequence[str]]) -> None:
        """Hold every claim of one side apart from those of the others, except where they are held together already."""
        for a, b in combinations(sides, 2):
            pairs = (frozenset((self.group[x], self.group[y])) for x, y in product(a, b))
            self.apart |= {pair for pair in pairs if len(pair) == 2}


def constraints(decisions: Sequence[Decision], previous: Sequence[Incident], known: Mapping[str, str]) -> Constraints:
    """Read the standing `same` and `not_same` decisions, as must-link and cannot-link over claims.

    `known` maps the ids of the claims that can be linked to their words. A subject is a claim, or an incident, which
    stands for the claims that the decision's `values` keep for it, or else for its claims in `previous`. Where two
    decisions contradict each other, the later one holds.
    """
    found, sides_of = Constraints(), _Sides(previous, known)
    for decision in reversed(standing(decisions)):
        if decision.verdict in {"same", "not_same"} and len(decision.subjects) >= 2:
            sides = sides_of(decision)
            found.group = {claim: claim for side in sides for claim in side} | found.group
            if decision.verdict == "same":
                found.same([claim for side in sides for claim in side])
            else:
                found.not_same(sides)
    return found


class _Sides:
    """Which claims each subject of a decision stands for."""

    def __init__(self, previous: Sequence[Incident], known: Mapping[str, str]) -> None:
        self.known = known
        self.now = {incident.id: incident.claims for incident in previous}
        self.once: dict[str, list[str]] = defaultdict(list)
        for incident in previous:
            for old in incident.previous_ids:
                self.once[old] += incident.claims
        self.anchor = {content_id("i", claim): claim for claim in known}
        quotes = Counter(known.values())
        self.quoted = {quote: claim for claim, quote in known.items() if quote and quotes[quote] == 1}

    def __call__(self, decision: Decision) -> list[list[str]]:
        paired = len(decision.quotes) == len(decision.subjects)
        quotes = decision.quotes if paired else ("",) * len(decision.subjects)
        stood_for = {subject: claims.split() for subject, claims in decision.values}
        sides = [
            [claim for claim in stood_for.get(subject, ()) if claim in self.known]
            or self._claims(subject, quote, decision.verdict)
            for subject, quote in zip(decision.subjects, quotes, strict=True)
        ]
        if decision.verdict == "not_same" and any(set(a) & set(b) for a, b in combinations(sides, 2)):
            # They are one incident by now: keep apart the claims that the two were named after.
            named = [self.anchor.get(subject, subject) for subject in decision.subjects]
            sides = [[claim] if claim in self.known else [] for claim in named]
        return sides

    def _claims(self, subject: str, quote: str, verdict: str) -> list[str]:
        if subject in self.known:
            return [subject]
        if subject in self.now:
            return [claim for claim in self.now[subject] if claim in self.known]
        if verdict == "same" and subject in self.once:
            return [claim for claim in self.once[subject] if claim in self.known]
        if subject in self.anchor:
            return [self.anchor[subject]]
        return [self.quoted[quote]] if subject.startswith("c_") and quote in self.quoted else []
