"""Which accounts are worth comparing: those that share a place and day, a rare word, a name, a figure, or a text.

Comparing all pairs of 100,000 claims is out of reach; these blocks keep the work near to linear in the input.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import combinations

from corrobora.incidents import periods, places
from corrobora.incidents.accounts import Account
from corrobora.model import Period

# Above this many accounts a shared key says too little to compare all of its pairs.
BLOCK = 80
RARE = 25
CELL = 0.5  # degrees of latitude or longitude, some 55 km: twice what two resolutions of one place may differ
LONG = 7  # days: a longer period would put an account into every block


def candidates(
    accounts: Sequence[Account], counts: Mapping[str, int], family: Mapping[str, str]
) -> set[tuple[str, str]]:
    """Pairs of account ids from different documents, smaller id first.

    `counts` says in how many accounts a word stands, `family` which copies a document belongs to.
    """
    blocks: dict[tuple[object, ...], set[str]] = defaultdict(set)
    for account in accounts:
        for key in _keys(account, counts, family):
            blocks[key].add(account.id)
    documents = {account.id: account.document for account in accounts}
    found: set[tuple[str, str]] = set()
    for key, members in blocks.items():
        if len(members) <= (RARE if key[0] == "word" else BLOCK) or key[0] in {"group", "copy"}:
            found |= {pair for pair in combinations(sorted(members), 2) if documents[pair[0]] != documents[pair[1]]}
    return found


def _keys(account: Account, counts: Mapping[str, int], family: Mapping[str, str]) -> Iterable[tuple[object, ...]]:
    days = sorted({day for period in account.periods for day in _days(period)})
    where, exact = _where(account), sorted({day for period in account.periods for day in _days(period)[1:-1]})
    yield from (("group", group) for group in account.groups)
    yield from (("name", name) for name in account.victims)
    yield from (("word", word) for word in account.words if 1 < counts[word] <= RARE)
    if account.document in family:
        yield "copy", family[account.document]
    published = account.readings[0].published
    when = days or ([published] if published else [])
    weeks = sorted({(day.toordinal() + shift) // 7 for day in when for shift in (-3, 0, 3)})
    for place in where:
        yield from (("place", place, day) for day in days)
        yield from (("place and act", place, day, act) for day in days for act in account.acts)
        yield from (("place and week", place, week) for week in weeks)
        yield from (("place and figure", place, *figure) for figure in account.figures if figure[1] > 2)
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
