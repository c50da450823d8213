"""Which accounts are worth comparing: those that share a place and day, rare words, a name, a figure, or a text.

Comparing all pairs of 100,000 claims is out of reach; these blocks keep the work near to linear in the input.
`bench/incidents.py --recall` tells how many true pairs they hold.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, pairwise

import numpy as np

from corrobora.incidents import periods, places
from corrobora.incidents.accounts import Account
from corrobora.incidents.columns import Column, Numbers, column, distinct, numbered
from corrobora.model import Period

# Above this many accounts a shared key says too little to compare all of its pairs.
BLOCK = 80
RARE = 25
WORD, WORDS = 100, 2  # accounts that hold a rare word, and how many of these two must share
# Pairs by rare words that are counted for each account: a large record has many words that 100 accounts hold.
SOUGHT = 400
CELL = 0.5  # degrees of latitude or longitude, some 55 km: twice what two resolutions of one place may differ
PORTION = 1_000_000  # pairs that are found together: bounds the memory
MOST_KEYS = 2**62
LONG = 7  # days: a longer period would put an account into every block


def candidates(accounts: Sequence[Account], family: Mapping[str, str]) -> tuple[Numbers, Numbers]:
    """Pairs of accounts of different documents, as their numbers in `accounts`, the smaller first, in order.

    `family` says which copies a document is of.
    """
    many = len(accounts)
    document = _numbers(account.document for account in accounts)
    blocks = _blocks(accounts, family)
    found = [np.zeros(0, dtype=np.int64)]
    for first, last in _portions(sum((block.load for block in blocks), np.zeros(many, dtype=np.int64))):
        pairs = distinct(np.concatenate([block.pairs(first, last) for block in blocks]))
        a, b = pairs // many, pairs % many
        found.append(pairs[document[a] != document[b]])
    pairs = np.concatenate(found)
    return pairs // max(1, many), pairs % max(1, many)


def _numbers(values: Iterable[str]) -> Numbers:
    number: dict[str, int] = {}
    return np.array([number.setdefault(value, len(number)) for value in values], dtype=np.int64)


def _portions(load: Numbers) -> Iterator[tuple[int, int]]:
    """Accounts in a row that are looked at together: from which to before which."""
    ends = np.searchsorted(np.cumsum(load), np.arange(PORTION, int(load.sum()) + PORTION, PORTION), side="right")
    edges = distinct(np.r_[0, np.minimum(ends + 1, len(load)), len(load)]).tolist()
    return pairwise(edges)


class Block:
    """The pairs of accounts that share `least` of their keys, of those keys that no more than `most` accounts hold."""

    def __init__(self, keys: Column, most: int, least: int = 1) -> None:
        self.many, self.least = len(keys.sizes), least
        values = (
            keys.values
            if keys.many < MOST_KEYS // max(1, self.many)
            else np.unique(keys.values, return_inverse=True)[1]
        )
        held = np.sort(values * self.many + keys.rows)  # by key, and by account within each
        values, self.members = held // max(1, self.many), held % max(1, self.many)
        starts = np.flatnonzero(np.r_[True, values[1:] != values[:-1]]) if len(values) else values
        sizes = np.diff(np.r_[starts, len(values)])
        at = np.arange(len(values))
        after = np.where(np.repeat(sizes, sizes) <= most, np.repeat(starts + sizes, sizes) - at - 1, 0)
        at = at[after > 0]
        order = at[np.argsort(self.members[at], kind="stable")]
        self._next, self._after = order + 1, after[order]
        self._starts = np.searchsorted(self.members[order], np.arange(self.many + 1))
        self.load = np.bincount(self.members[order], self._after, minlength=self.many).astype(np.int64)

    def pairs(self, first: int, last: int) -> Numbers:
        """The pairs whose smaller account is one of these, each as a * accounts + b, a < b; one may come twice."""
        part = slice(self._starts[first], self._starts[last])
        after = self._after[part]
        a: Numbers = np.repeat(self.members[self._next[part] - 1], after)
        within = np.arange(len(a)) - np.repeat(np.cumsum(after) - after, after)
        found: Numbers = a * self.many + self.members[np.repeat(self._next[part], after) + within]
        if self.least == 1:
            return found
        found.sort()
        ahead: Numbers = found[: max(0, len(found) - self.least + 1)]
        again: Numbers = ahead[ahead == found[self.least - 1 :]]
        return again


def _blocks(accounts: Sequence[Account], family: Mapping[str, str]) -> list[Block]:
    """Each kind of key that brings accounts together; a pair may come by several."""
    whole = len(accounts)  # what a person decided, and copies, are compared however many they are
    days = [sorted({day for period in account.periods for day in _days(period)}) for account in accounts]
    when = [told or ([a.published.toordinal()] if a.published else []) for told, a in zip(days, accounts, strict=True)]
    day, week = column(days), column(sorted({(d + s) // 7 for d in told for s in (-3, 0, 3)}) for told in when)
    large = [[figure for figure in account.figures if figure[1] > 2] for account in accounts]
    figure = numbered([[f"{harm} {number}" for harm, number in told] for told in large])
    pairs = [[f"{one} {two}" for one, two in combinations(sorted(account.figures)[:6], 2)] for account in accounts]
    exact = column(sorted({d for period in account.periods for d in _days(period)[1:-1]}) for account in accounts)
    country = numbered([{place.country for place in account.places} - {""} for account in accounts])
    where = numbered([_where(account) for account in accounts])
    return [
        Block(numbered([account.groups for account in accounts]), whole),
        Block(numbered([[family[a.document]] if a.document in family else [] for a in accounts]), whole),
        Block(numbered([account.victims for account in accounts]), BLOCK),
        Block(numbered([account.gist.names for account in accounts]), RARE),
        Block(numbered([account.gist.streets for account in accounts]), RARE),
        _often(numbered([account.gist.words for account in accounts])),
        _often(numbered([account.gist.proper for account in accounts])),
        Block(where.crossed(day), BLOCK),
        Block(_crowded(where.crossed(day)).crossed(numbered([account.acts for account in accounts])), BLOCK),
        Block(where.crossed(week), BLOCK),
        Block(where.crossed(figure), BLOCK),
        Block(where.crossed(numbered([account.gist.ages for account in accounts])), BLOCK),
        Block(country.crossed(exact), BLOCK),
        Block(figure.crossed(week), BLOCK),
        Block(numbered(pairs), BLOCK),
    ]


def _crowded(keys: Column) -> Column:
    """The keys that too many accounts share, so that a finer one is asked for."""
    number, size = np.unique(keys.values, return_inverse=True, return_counts=True)[1:]
    return keys.kept(size[number] > BLOCK)


def _often(words: Column) -> Block:
    """The pairs of accounts that share two words, of those that few hold: the fewer, the larger the record."""
    held = np.bincount(words.values, minlength=1)
    pairs = np.cumsum(np.bincount(held, held * (held - 1) / 2, minlength=WORD + 1)[: WORD + 1])
    return Block(words, int(np.flatnonzero(pairs <= SOUGHT * max(1, len(words.sizes)))[-1]), WORDS)


def _days(period: Period) -> list[int]:
    width = periods.days(period)
    if width is None or width > LONG or period.earliest is None:
        return []
    first = period.earliest.toordinal()
    return [first + shift for shift in range(-1, width + 1) if first + shift > 0]


def _where(account: Account) -> list[str]:
    found: set[str] = set()
    for place in account.places:
        if place.lat is not None and place.lon is not None and places.rank(place) < places.RANK["province"]:
            x, y = place.lon / CELL, place.lat / CELL
            found |= {f"{(x + dx) // 1:.0f} {(y + dy) // 1:.0f}" for dx in (-0.5, 0.5) for dy in (-0.5, 0.5)}
        if place.name:
            found.add(place.name.casefold())
    return sorted(found)


def recall(found: Iterable[tuple[str, str]], groups: Iterable[Sequence[str]]) -> float:
    """The share of pairs of one group that are among the candidates, for accounts that a person grouped.

    >>> recall([("a", "b")], [["a", "b"], ["c", "d"]])
    0.5
    """
    wanted = {pair for members in groups for pair in combinations(sorted(members), 2)}
    return len(wanted & set(found)) / max(1, len(wanted))
