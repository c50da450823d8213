"""Which accounts are worth comparing: those that share a place and day, a rare word, a name, a figure, or a text.

Comparing all pairs of 100,000 claims is out of reach; these blocks keep the work near to linear in the input.
`bench/incidents.py --recall` tells how many true pairs they hold.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import combinations

from corrobora.incidents import periods, places
from corrobora.incidents.accounts import Account
from corrobora.model import Period

# Above this many accounts a shared key says too little to compare all of its pairs.
BLOCK = 80
RARE = 25
WORD, WORDS = 100, 2  # accounts that hold a rare word, and how many of these two must share
CELL = 0.5  # degrees of latitude or longitude, some 55 km: twice what two resolutions of one place may differ
LONG = 7  # days: a longer period would put an account into every block
WHOLE = frozenset({"group", "copy"})  # what a person decided, and copies, are compared however many they are

Key = tuple[object, ...]


def candidates(accounts: Sequence[Account], family: Mapping[str, str]) -> set[tuple[str, str]]:
    """Pairs of account ids from different documents, smaller id first; `family` says which copies a document is of."""
    blocks: dict[Key, list[str]] = defaultdict(list)
    words: dict[str, list[str]] = defaultdict(list)
    for account in accounts:
        for key in set(_keys(account, family)):
            blocks[key].append(account.id)
        for word in account.gist.words:
            words[word].append(account.id)
    document = {account.id: account.document for account in accounts}
    shared = Counter(
        pair for members in words.values() if len(members) <= WORD for pair in combinations(sorted(members), 2)
    )
    found = {pair for pair, times in shared.items() if times >= WORDS}
    for key, members in blocks.items():
        if len(members) <= (RARE if key[0] in {"name", "street"} else BLOCK) or key[0] in WHOLE:
            found.update(combinations(sorted(members), 2))
    return {pair for pair in found if document[pair[0]] != document[pair[1]]}


def _keys(account: Account, family: Mapping[str, str]) -> Iterator[Key]:
    days = sorted({day for period in account.periods for day in _days(period)})
    where, exact = _where(account), sorted({day for period in account.periods for day in _days(period)[1:-1]})
    yield from (("group", group) for group in account.groups)
    yield from (("victim", name) for name in account.victims)
    yield from (("name", name) for name in account.gist.names)
    yield from (("street", name) for name in account.gist.streets)
    if account.document in family:
        yield "copy", family[account.document]
    published = account.published
    when = days or ([published] if published else [])
    weeks = sorted({(day.toordinal() + shift) // 7 for day in when for shift in (-3, 0, 3)})
    for place in where:
        yield from (("place", place, day) for day in days)
        yield from (("place and act", place, day, act) for day in days for act in account.acts)
        yield from (("place and week", place, week) for week in weeks)
        yield from (("place and figure", place, *figure) for figure in account.figures if figure[1] > 2)
        yield from (("place and age", place, age) for age in account.gist.ages)
    yield from (("country", place.country, day) for place in account.places if place.country for day in exact)
    yield from (("figure", *figure, week) for figure in account.figures if figure[1] > 2 for week in weeks)
    yield from (("figures", *sorted(pair)) for pair in combinations(sorted(account.figures)[:6], 2))


def _days(period: Period) -> list[date]:
    width = periods.days(period)
    if width is None or width > LONG or period.earliest is None:
        return []
    return [period.earliest + timedelta(days=shift) for shift in range(-1, width + 1)]


def _where(account: Account) -> list[object]:
    found: set[object] = set()
    for place in account.places:
        if place.lat is not None and place.lon is not None and places.rank(place) < places.RANK["province"]:
            x, y = place.lon / CELL, place.lat / CELL
            found |= {(int((x + dx) // 1), int((y + dy) // 1)) for dx in (-0.5, 0.5) for dy in (-0.5, 0.5)}
        if place.name:
            found.add(place.name.casefold())
    return sorted(found, key=str)


def recall(found: Iterable[tuple[str, str]], groups: Iterable[Sequence[str]]) -> float:
    """The share of pairs of one group that are among the candidates, for accounts that a person grouped.

    >>> recall([("a", "b")], [["a", "b"], ["c", "d"]])
    0.5
    """
    wanted = {pair for members in groups for pair in combinations(sorted(members), 2)}
    return len(wanted & set(found)) / max(1, len(wanted))
