"""Which accounts are worth comparing: those that share a place and day, rare words, a name, a figure, or a text.

Comparing all pairs of 100,000 claims is out of reach; these blocks keep the work near to linear in the input.
`bench/incidents.py --recall` tells how many true pairs they hold.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

import numpy as np

from corrobora.incidents import periods, places
from corrobora.incidents.accounts import Account
from corrobora.incidents.columns import Column, Numbers, column, numbered
from corrobora.model import Period

# Above this many accounts a shared key says too little to compare all of its pairs.
BLOCK = 80
RARE = 25
WORD, WORDS = 100, 2  # accounts that hold a rare word, and how many of these two must share
# Pairs by rare words that are counted for each account: a large record has many words that 100 accounts hold.
SOUGHT = 400
CELL = 0.5  # degrees of latitude or longitude, some 55 km: twice what two resolutions of one place may differ
LONG = 7  # days: a longer period would put an account into every block


def candidates(accounts: Sequence[Account], family: Mapping[str, str]) -> tuple[Numbers, Numbers]:
    """Pairs of accounts of different documents, as their numbers in `accounts`, the smaller first, in order.

    `family` says which copies a document is of.
    """
    many = len(accounts)
    document = _numbers(account.document for account in accounts)
    found = np.zeros(0, dtype=np.int64)
    for pairs in _blocks(accounts, family):
        a, b = pairs // many, pairs % many
        found = np.union1d(found, pairs[document[a] != document[b]])
    return found // max(1, many), found % max(1, many)


def _numbers(values: Iterable[str]) -> Numbers:
    number: dict[str, int] = {}
    return np.array([number.setdefault(value, len(number)) for value in values], dtype=np.int64)


def _blocks(accounts: Sequence[Account], family: Mapping[str, str]) -> Iterator[Numbers]:
    """Pairs by each kind of key in turn; a pair may come by several."""
    whole = len(accounts)  # what a person decided, and copies, are compared however many they are
    yield _pairs(numbered([account.groups for account in accounts]), whole)
    yield _pairs(numbered([[family[a.document]] if a.document in family else [] for a in accounts]), whole)
    yield _pairs(numbered([account.victims for account in accounts]), BLOCK)
    yield _pairs(numbered([account.gist.names for account in accounts]), RARE)
    yield _pairs(numbered([account.gist.streets for account in accounts]), RARE)
    yield _often(numbered([account.gist.words for account in accounts]))
    yield _often(numbered([account.gist.proper for account in accounts]))
    days = [sorted({day for period in account.periods for day in _days(period)}) for account in accounts]
    when = [told or ([a.published.toordinal()] if a.published else []) for told, a in zip(days, accounts, strict=True)]
    day, week = column(days), column(sorted({(d + s) // 7 for d in told for s in (-3, 0, 3)}) for told in when)
    large = [[figure for figure in account.figures if figure[1] > 2] for account in accounts]
    figure = numbered([[f"{harm} {number}" for harm, number in told] for told in large])
    where = numbered([_where(account) for account in accounts])
    yield from _refined(where.crossed(day), numbered([account.acts for account in accounts]))
    yield _pairs(where.crossed(week), BLOCK)
    yield _pairs(where.crossed(figure), BLOCK)
    yield _pairs(where.crossed(numbered([account.gist.ages for account in accounts])), BLOCK)
    exact = column(sorted({d for period in account.periods for d in _days(period)[1:-1]}) for account in accounts)
    yield _pairs(numbered([{p.country for p in account.places} - {""} for account in accounts]).crossed(exact), BLOCK)
    yield _pairs(figure.crossed(week), BLOCK)
    pairs = [[f"{one} {two}" for one, two in combinations(sorted(account.figures)[:6], 2)] for account in accounts]
    yield _pairs(numbered(pairs), BLOCK)


def _refined(coarse: Column, finer: Column) -> Iterator[Numbers]:
    """Pairs by a key; what too many accounts share, by a finer one as well."""
    number, size = np.unique(coarse.values, return_inverse=True, return_counts=True)[1:]
    yield _pairs(coarse, BLOCK)
    yield _pairs(coarse.kept(size[number] > BLOCK).crossed(finer), BLOCK)


def _pairs(keys: Column, most: int) -> Numbers:
    """The pairs of accounts that share a key which no more than `most` hold; each pair as a * accounts + b, a < b."""
    many, order = len(keys.sizes), np.argsort(keys.values, kind="stable")
    rows, values = keys.rows[order], keys.values[order]
    starts = np.flatnonzero(np.r_[True, values[1:] != values[:-1]]) if len(values) else np.zeros(0, dtype=np.int64)
    sizes = np.diff(np.r_[starts, len(values)])
    found = [np.zeros(0, dtype=np.int64)]
    for size in np.unique(sizes[(sizes > 1) & (sizes <= most)]).tolist():
        members = rows[starts[sizes == size][:, None] + np.arange(size)]
        one, two = np.triu_indices(size, 1)
        found.append((members[:, one] * many + members[:, two]).ravel())
    return np.concatenate(found)


def _often(words: Column) -> Numbers:
    """The pairs of accounts that share two words, of those that few hold: the fewer, the larger the record."""
    held = np.bincount(words.values, minlength=1)
    pairs = np.cumsum(np.bincount(held, held * (held - 1) / 2, minlength=WORD + 1)[: WORD + 1])
    most = int(np.flatnonzero(pairs <= SOUGHT * max(1, len(words.sizes)))[-1])
    found, times = np.unique(_pairs(words, most), return_counts=True)
    return found[times >= WORDS]


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
