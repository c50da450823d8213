"""Gathering accounts by the hundred thousand: average linkage in rounds, the same clusters as `cluster` one by one.

Average linkage is reducible: a merged cluster is no nearer to a third than the nearer of its two parts was. So pairs of
clusters that are each other's best may all be merged at once (Bruynooghe 1978; Murtagh 1983), and the result is that of
merging the best pair of all first. Scores are summed as whole millionths, so that no sum depends on its order.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from corrobora.incidents.columns import Numbers, Reals, components

WHOLE = 1_000_000
May = Callable[[Sequence[int], Sequence[int], bool], bool]


@dataclass(slots=True)
class _Edges:
    """Pairs of clusters x < y, with the sums over the pairs of their members: of scores, and of what words say."""

    x: Numbers
    y: Numbers
    score: Numbers
    words: Numbers

    def __getitem__(self, which: Numbers | slice) -> "_Edges":
        return _Edges(self.x[which], self.y[which], self.score[which], self.words[which])


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of accounts that were compared, each once: their log-odds, and the part of these that words alone give."""

    a: Numbers
    b: Numbers
    scores: Reals
    words: Reals


def gathered(many: int, pairs: Pairs, held: Numbers, missing: float, sure: float, may: May) -> list[list[int]]:
    """Merge clusters of so many accounts while the average over their pairs is above 0; each cluster sorted.

    `held` are pairs that a person holds to be one: they are merged first, and to a third they count as the nearer one.
    `missing` is the score of a pair that was never compared. `may` says whether two clusters can be one at all; it is
    told whether their words speak for it by `sure` on average.
    """
    label = components(many, held[:, 0], held[:, 1])
    clusters = _Clusters(label, round(missing * WHOLE))
    edges = clusters.first(pairs)
    while True:
        size = clusters.sizes[edges.x] * clusters.sizes[edges.y]
        mean = edges.score / np.maximum(1, size)
        good = np.flatnonzero(mean > 0)
        if not len(good):
            return sorted(clusters.members.values())
        best = good[_best_of_both(edges.x[good], edges.y[good], mean[good], many)]
        sure_enough = edges.words[best] >= sure * WHOLE * size[best]
        merged = [
            at
            for at, told in zip(best.tolist(), sure_enough.tolist(), strict=True)
            if clusters.may(edges, at, told, may)
        ]
        apart = np.setdiff1d(best, merged)
        edges.score[apart] = clusters.missing * size[apart]
        part = components(many, edges.x[good], edges.y[good])
        into = clusters.merge(edges.x[merged], edges.y[merged])
        edges = clusters.joined(edges[np.flatnonzero(part[edges.x] == part[edges.y])], into)


def _best_of_both(x: Numbers, y: Numbers, mean: Reals, many: int) -> Numbers:
    """The pairs that are the best of both their clusters; of equal ones, the one named first."""
    order = np.lexsort((y, x, -mean))
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    best = np.full(many, len(order), dtype=np.int64)
    np.minimum.at(best, x, rank)
    np.minimum.at(best, y, rank)
    return np.flatnonzero((best[x] == rank) & (best[y] == rank))


class _Clusters:
    """Clusters named by their smallest member."""

    def __init__(self, label: Numbers, missing: int) -> None:
        self.missing = missing
        self.label = label
        self.sizes = np.bincount(label, minlength=len(label))
        self.members: dict[int, list[int]] = {}
        for account, name in enumerate(label.tolist()):
            self.members.setdefault(name, []).append(account)

    def first(self, pairs: Pairs) -> _Edges:
        """The pairs of the clusters that people made; to such a cluster the score is that of the nearest member."""
        score, words = (np.rint(values * WHOLE).astype(np.int64) for values in (pairs.scores, pairs.words))
        one, two = self.label[pairs.a], self.label[pairs.b]
        edges = _Edges(np.minimum(one, two), np.maximum(one, two), score, words)
        if self.sizes.max(initial=0) < 2:
            return edges
        edges, starts = self._sorted(edges)
        if not len(starts):
            return edges
        size = self.sizes[edges.x[starts]] * self.sizes[edges.y[starts]]
        most = np.maximum.reduceat(edges.score, starts)
        known = np.diff(np.r_[starts, len(edges.x)])
        most = np.where(known < size, np.maximum(most, self.missing), most)
        return _Edges(edges.x[starts], edges.y[starts], most * size, np.add.reduceat(edges.words, starts))

    def may(self, edges: _Edges, at: int, sure: bool, may: May) -> bool:
        """Whether two clusters can be one."""
        a, b = self.members[int(edges.x[at])], self.members[int(edges.y[at])]
        return may(a, b, sure)

    def merge(self, x: Numbers, y: Numbers) -> Numbers:
        """Merge each y into its x; returns for each name the new one."""
        into = np.arange(len(self.label))
        into[y] = x
        for keep, gone in zip(x.tolist(), y.tolist(), strict=True):
            self.members[keep] = sorted(self.members[keep] + self.members.pop(gone))
        return into

    def joined(self, edges: _Edges, into: Numbers) -> _Edges:
        """The pairs of the clusters as they are now; members that were never compared count as missing."""
        known = self.sizes[edges.x] * self.sizes[edges.y]
        gone = np.flatnonzero(into != np.arange(len(into)))
        np.add.at(self.sizes, into[gone], self.sizes[gone])
        one, two = into[edges.x], into[edges.y]
        score = edges.score - self.missing * known  # beyond what missing would be
        edges, starts = self._sorted(_Edges(np.minimum(one, two), np.maximum(one, two), score, edges.words))
        if not len(starts):
            return edges
        x, y = edges.x[starts], edges.y[starts]
        beyond, words = (np.add.reduceat(values, starts) for values in (edges.score, edges.words))
        return _Edges(x, y, beyond + self.missing * self.sizes[x] * self.sizes[y], words)

    @staticmethod
    def _sorted(edges: _Edges) -> tuple[_Edges, Numbers]:
        """Pairs of different clusters in order, and where each begins."""
        edges = edges[np.flatnonzero(edges.x != edges.y)]
        edges = edges[np.lexsort((edges.y, edges.x))]
        new = (edges.x[1:] != edges.x[:-1]) | (edges.y[1:] != edges.y[:-1])
        return edges, np.flatnonzero(np.r_[True, new][: len(edges.x)])
