"""The links of an incident: which claims were held to be about one event, how surely, and why."""

from collections.abc import Mapping, Sequence
from itertools import combinations

from corrobora.incidents import periods, places
from corrobora.incidents.accounts import Account, score
from corrobora.incidents.compare import Comparison, Evidence, probability
from corrobora.model import Link, Reading

# Links from one report to others that are kept: the strongest, which is what a user checks first.
LINKS = 3
CERTAIN = 30.0


Scores = Mapping[tuple[str, str], float]


def linked(groups: Sequence[tuple[Sequence[Account], Scores]], comparison: Comparison) -> list[tuple[Link, ...]]:
    """The links of each incident: within each report, and from each report to the three others nearest to it."""
    chosen = [_nearest(members, scores) for members, scores in groups]
    pairs = [(a, b) for mine in chosen for a, b, _ in mine]
    reasons = iter(comparison.explained(pairs))
    return [
        tuple(
            sorted(
                [link for account in members for link in _within(account)]
                + [_link(a, b, odds, next(reasons)) for a, b, odds in mine],
                key=lambda link: (-link.probability, link.a, link.b),
            )
        )
        for (members, _), mine in zip(groups, chosen, strict=True)
    ]


def _nearest(members: Sequence[Account], scores: Scores) -> list[tuple[Account, Account, float]]:
    by_name = {account.id: account for account in sorted(members, key=lambda a: a.id) if account.readings}
    found = {(a, b): _odds(x, y, scores) for (a, x), (b, y) in combinations(by_name.items(), 2)}
    best: dict[str, list[tuple[float, str, str]]] = {name: [] for name in by_name}
    for (a, b), odds in found.items():
        if odds > 0:
            best[a].append((-odds, a, b))
            best[b].append((-odds, a, b))
    pairs = {pair[1:] for rated in best.values() for pair in sorted(rated)[:LINKS]}
    return [(by_name[a], by_name[b], found[a, b]) for a, b in sorted(pairs)]


def _odds(a: Account, b: Account, scores: Scores) -> float:
    """The log-odds of two accounts; what a person said is certain."""
    return CERTAIN if a.groups & b.groups else scores.get((a.id, b.id), 0.0)


def _within(account: Account) -> list[Link]:
    """Each claim of a report with the one told before it that it fits best."""
    links = []
    for at, reading in enumerate(account.readings):
        ratings = [(score(other, reading), -before, other) for before, other in enumerate(account.readings[:at])]
        if ratings:
            best, _, other = max(ratings, key=lambda item: item[:2])
            reasons = ["told together in one report"]
            reasons += ["the same place"] * (places.relate(reading.place, other.place) == "same")
            reasons += ["the same days"] * (periods.relate(reading.period, other.period) == "same")
            pair = sorted((reading.claim.id, other.claim.id))
            links.append(Link(pair[0], pair[1], round(probability(best), 4), tuple(reasons)))
    return links


def _link(a: Account, b: Account, odds: float, evidence: Sequence[Evidence]) -> Link:
    """A link between the two claims that say most nearly the same."""
    x, y = max(((x, y) for x in a.readings for y in b.readings), key=lambda pair: _alike(*pair))
    why = [f"{'+' if weight > 0 else '-'} {reason}" for weight, reason in evidence]
    decided = ["decided by a person"] * (odds == CERTAIN)
    first, second = sorted((x.claim.id, y.claim.id))
    return Link(first, second, round(probability(odds), 4), (*decided, *why))


def _alike(x: Reading, y: Reading) -> tuple[bool, bool, str, str]:
    same = x.claim.harm == y.claim.harm
    figure = same and (x.claim.count.low, x.claim.count.high) == (y.claim.count.low, y.claim.count.high)
    return figure, same, x.claim.id, y.claim.id
