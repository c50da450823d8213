"""Gathering things that belong together, without chaining: average linkage over the pairs that were compared."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from heapq import heapify, heappop, heappush

Groups = frozenset[str]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two things and the log-odds that they are one; above 0 they rather are."""

    a: str
    b: str
    score: float


class _Clusters:
    """Clusters named by their smallest member, with the average score to each neighbour they were compared with."""

    def __init__(self, items: Iterable[str], groups: Mapping[str, Groups], missing: float) -> None:
        self.members = {item: [item] for item in sorted(items)}
        self.groups = {item: groups.get(item, frozenset()) for item in self.members}
        self.near: dict[str, dict[str, float]] = {item: {} for item in self.members}
        self.missing = missing

    def merge(self, a: str, b: str, decided: bool = False) -> str:
        """Merge two clusters; the score to a third is the average over members, unknown pairs counting as missing.

        Where a person decided the merge it is the better of the two: what they add must not push others out.
        """
        keep, gone = sorted((a, b))
        size, other = len(self.members[keep]), len(self.members[gone])
        first, second = self.near.pop(keep), self.near.pop(gone)
        joined: dict[str, float] = {}
        for third in sorted((first.keys() | second.keys()) - {keep, gone}):
            scores = first.get(third, self.missing), second.get(third, self.missing)
            joined[third] = max(scores) if decided else (scores[0] * size + scores[1] * other) / (size + other)
            self.near[third].pop(gone, None)
            self.near[third][keep] = joined[third]
        self.near[keep] = joined
        self.members[keep] = sorted(self.members[keep] + self.members.pop(gone))
        self.groups[keep] = self.groups[keep] | self.groups.pop(gone)
        return keep


def cluster(
    items: Iterable[str],
    pairs: Iterable[Pair],
    groups: Mapping[str, Groups],
    forbid: Callable[[Groups, Groups], bool],
    missing: float,
    coherent: Callable[[list[str], list[str]], bool] | None = None,
) -> list[list[str]]:
    """Merge the best pair of clusters first, while the average over their members is above 0; sorted throughout.

    `groups` are what people decided: members that share one are merged first, whatever the scores; `forbid` says
    which must stay apart, `coherent` whether two clusters may be one at all.
    `missing` is the log-odds of two things
    that were never compared. The result does not depend on the order of `items` or `pairs`.
    """
    found = _Clusters(items, groups, missing)
    for pair in pairs:
        found.near[pair.a][pair.b] = found.near[pair.b][pair.a] = pair.score
    _merge_groups(found)
    heap = [(-score, a, b) for a, near in found.near.items() for b, score in near.items() if a < b and score > 0]
    heapify(heap)
    while heap:
        negative, a, b = heappop(heap)
        if a not in found.near or found.near[a].get(b) != -negative:
            continue
        if forbid(found.groups[a], found.groups[b]) or (
            coherent is not None and not coherent(found.members[a], found.members[b])
        ):
            del found.near[a][b], found.near[b][a]
            found.near[a][b] = found.near[b][a] = found.missing
            continue
        keep = found.merge(a, b)
        for third, score in found.near[keep].items():
            if score > 0:
                heappush(heap, (-score, min(keep, third), max(keep, third)))
    return sorted(found.members.values())


def _merge_groups(found: _Clusters) -> None:
    first: dict[str, str] = {}
    for item in sorted(found.members):
        at = item
        for group in sorted(found.groups[item]):
            seen = first.get(group)
            while seen is not None and seen not in found.members:
                seen = next(name for name, members in found.members.items() if seen in members)
            if seen is not None and seen != at:
                at = found.merge(seen, at, decided=True)
            first[group] = at
