"""What people decided about claims: which belong together, and which must be kept apart."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import product

from corrobora.model import Decision, Incident, standing


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

    def _same(self, claims: Sequence[str]) -> None:
        for claim in claims[1:]:
            if frozenset((self.group[claims[0]], self.group[claim])) not in self.apart:
                self._join(claims[0], claim)

    def _not_same(self, a: Sequence[str], b: Sequence[str]) -> None:
        pairs = (frozenset((self.group[x], self.group[y])) for x, y in product(a, b))
        self.apart |= {pair for pair in pairs if len(pair) == 2}


def constraints(decisions: Sequence[Decision], previous: Sequence[Incident], known: Iterable[str]) -> Constraints:
    """Read the standing `same` and `not_same` decisions, as must-link and cannot-link over the `known` claims.

    A subject is a claim id, or the id of an incident in `previous`, which stands for its claims. Where two decisions
    contradict each other, the later one holds.
    """
    found, present = Constraints(), set(known)
    stood_for = {incident.id: incident.claims for incident in previous}
    for decision in reversed(standing(decisions)):
        if decision.verdict in {"same", "not_same"} and len(decision.subjects) >= 2:
            sides = [[c for c in stood_for.get(s, (s,)) if c in present] for s in decision.subjects]
            found.group = {c: c for side in sides for c in side} | found.group
            if decision.verdict == "same":
                found._same(list(dict.fromkeys(c for side in sides for c in side)))  # noqa: SLF001
            else:
                for at, side in enumerate(sides):
                    for other in sides[at + 1 :]:
                        found._not_same(side, other)  # noqa: SLF001
    return found
