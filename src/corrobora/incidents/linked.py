"""The links of an incident: which claims were held to be about one event, how surely, and why."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

import numpy as np

from corrobora.incidents import periods, places
from corrobora.incidents.accounts import Account, score
from corrobora.incidents.columns import Numbers, Reals
from corrobora.incidents.compare import Comparison, Evidence, probability
from corrobora.incidents.gather import Pairs
from corrobora.model import Link, Reading

# Links from one report to others that are kept: the strongest, which is what a user checks first.
LINKS = 3
CERTAIN = 30.0
TOGETHER = 1000  # incidents whose links are explained together: bounds the memory


def linked(groups: Sequence[Sequence[int]], comparison: Comparison, pairs: Pairs) -> Iterator[tuple[Link, ...]]:
    """The links of each incident: within each report, and from each report to the three others nearest to it."""
    told, home = comparison.accounts, np.full(len(comparison.accounts), -1)
    for at, members in enumerate(groups):
        home[list(members)] = at
    a, b, odds = _nearest(pairs, home, told)
    order = np.argsort(home[a], kind="stable")
    a, b, odds, homes = a[order], b[order], odds[order], home[a[order]]
    for first in range(0, len(groups), TOGETHER):
        last = min(len(groups), first + TOGETHER)
        edges = np.searchsorted(homes, np.arange(first, last + 1)).tolist()
        start = edges[0]
        part = slice(start, edges[-1])
        reasons = comparison.explained(a[part], b[part])
        ends = list(zip(a[part].tolist(), b[part].tolist(), odds[part].tolist(), reasons, strict=True))
        for members, (begin, end) in zip(groups[first:last], pairwise(edges), strict=True):
            across = [_link(told[x], told[y], score, why) for x, y, score, why in ends[begin - start : end - start]]
            within = [link for at in members for link in _within(told[at])]
            yield tuple(sorted(within + across, key=lambda link: (-link.probability, link.a, link.b)))


def _nearest(pairs: Pairs, home: Numbers, told: Sequence[Account]) -> tuple[Numbers, Numbers, Reals]:
    """The strongest pairs of each account within its incident, in order; what a person said is certain."""
    said = _said(told)
    unsaid = ~np.isin(pairs.a * len(told) + pairs.b, said[:, 0] * len(told) + said[:, 1])
    a, b = np.r_[pairs.a[unsaid], said[:, 0]], np.r_[pairs.b[unsaid], said[:, 1]]
    odds = np.r_[pairs.scores[unsaid], np.full(len(said), CERTAIN)]
    speaks = np.array([bool(account.readings) for account in told], dtype=np.bool_)
    kept = np.flatnonzero((home[a] == home[b]) & (home[a] >= 0) & (odds > 0) & speaks[a] & speaks[b])
    kept = kept[np.lexsort((b[kept], a[kept], -odds[kept]))]
    ends = np.r_[a[kept], b[kept]]
    order = np.lexsort((np.r_[np.arange(len(kept)), np.arange(len(kept))], ends))
    starts = np.flatnonzero(np.r_[True, np.diff(ends[order]) > 0][: len(order)])
    rank = np.arange(len(order)) - np.repeat(starts, np.diff(np.r_[starts, len(order)]))
    chosen = kept[np.unique(order[rank < LINKS] % max(1, len(kept)))]
    chosen = chosen[np.lexsort((b[chosen], a[chosen]))]
    return a[chosen], b[chosen], odds[chosen]


def _said(told: Sequence[Account]) -> Numbers:
    """The pairs of accounts that a person holds to be one."""
    groups: dict[str, list[int]] = defaultdict(list)
    for at, account in enumerate(told):
        for group in account.groups:
            groups[group].append(at)
    pairs = {pair for members in groups.values() for pair in combinations(members, 2)}
    return np.array(sorted(pairs), dtype=np.int64).reshape(-1, 2)


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
