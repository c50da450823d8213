"""From the readings of all reports to incidents and tolls: which claims are about the same event."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from statistics import median_low

from corrobora.incidents import compare, describe, periods, places
from corrobora.incidents.accounts import Account, accounts, common, joins, score
from corrobora.incidents.candidates import candidates
from corrobora.incidents.cluster import Pair, cluster
from corrobora.incidents.constraints import Constraints, constraints
from corrobora.incidents.tolls import counts_as_total, tolls
from corrobora.incidents.voices import voices
from corrobora.model import CopyFamily, Decision, Incident, Link, Linked, Reading, content_id

# Log-odds of two accounts that no block brought together: they share neither place and day, nor a rare word or figure.
NEVER_COMPARED = -3.0
# Cross-report links kept for each account: the strongest, which is what a user checks first.
LINKS = 3

Evidence = dict[frozenset[str], list[compare.Evidence]]


def link(
    readings: Sequence[Reading],
    families: Sequence[CopyFamily],
    decisions: Sequence[Decision] = (),
    previous: Sequence[Incident] = (),
) -> Linked:
    """Gather claims into incidents, and running totals into tolls; each claim is in at most one of them.

    Standing `same` and `not_same` decisions are obeyed; they concern the claims that join incidents (see
    `accounts.joins`). `previous` gives meaning to incident ids in decisions, and to `previous_ids`. The result does not
    depend on the order of any argument. An incident's id comes from its earliest claim, so a later report keeps it.
    """
    family = {document: member for member in families for document in member.documents}
    joining = sorted((r for r in readings if joins(r)), key=lambda reading: reading.claim.id)
    rules = constraints(decisions, previous, [reading.claim.id for reading in joining])
    told = _accounts(joining, rules)
    found = _compare(told, family)
    clusters = _cluster(told, found, rules)
    before = _before(previous)
    incidents = [_incident([told[name] for name in members], found, family, before) for members in clusters]
    totals = [reading for reading in readings if counts_as_total(reading)]
    return Linked(tuple(sorted(incidents, key=_chronological)), tolls(totals, family))


def _accounts(readings: Iterable[Reading], rules: Constraints) -> dict[str, Account]:
    by_document: dict[str, list[Reading]] = defaultdict(list)
    for reading in readings:
        by_document[reading.claim.document].append(reading)
    return {found.id: found for document in sorted(by_document) for found in accounts(by_document[document], rules)}


def _compare(told: Mapping[str, Account], family: Mapping[str, CopyFamily]) -> Evidence:
    counts = common([account.words for account in told.values()])
    rarity = compare.rarity(counts, len(told))
    origin = {document: member.documents[0] for document, member in family.items()}
    found: Evidence = {}
    for a, b in candidates(list(told.values()), counts, origin):
        first, second = told[a], told[b]
        copied = first.document in origin and origin[first.document] == origin.get(second.document)
        found[frozenset((a, b))] = compare.evidence(first, second, rarity, copied)
    return found


def _cluster(told: Mapping[str, Account], found: Evidence, rules: Constraints) -> list[list[str]]:
    pairs = [Pair(min(names), max(names), compare.total(evidence)) for names, evidence in found.items()]
    groups = {name: account.groups for name, account in told.items()}

    def coherent(a: list[str], b: list[str]) -> bool:
        return _one_time([told[name] for name in a], [told[name] for name in b])

    return cluster(told, pairs, groups, rules.forbid, missing=NEVER_COMPARED, coherent=coherent)


def _one_time(a: Sequence[Account], b: Sequence[Account]) -> bool:
    """Whether two clusters can be one event in time: their middle days no further apart than either lasted, plus one.

    This keeps reports of Monday, Tuesday and Wednesday from being chained into one event by their neighbours.
    """
    middles, widths = [], [0]
    for cluster_ in (a, b):
        days = sorted(day for account in cluster_ for day in [_middle(account)] if day is not None)
        if not days:
            return True
        middles.append(median_low(days))
        widths += [periods.days(period) or 0 for account in cluster_ for period in account.periods]
    return abs(middles[0] - middles[1]) <= max(1, *widths)


def _middle(account: Account) -> int | None:
    spans = sorted(
        (periods.days(period) or 0, period.earliest.toordinal())
        for period in account.periods
        if period.earliest is not None and period.latest is not None
    )
    return spans[0][1] + (spans[0][0] - 1) // 2 if spans else None


def _before(previous: Sequence[Incident]) -> dict[str, list[Incident]]:
    found: dict[str, list[Incident]] = defaultdict(list)
    for incident in sorted(previous, key=lambda incident: incident.id):
        for claim in incident.claims:
            found[claim].append(incident)
    return found


def _incident(
    members: Sequence[Account],
    found: Evidence,
    family: Mapping[str, CopyFamily],
    before: Mapping[str, list[Incident]],
) -> Incident:
    readings = sorted((r for account in members for r in account.readings), key=_age)
    claims = [reading.claim.id for reading in readings]
    name = content_id("i", claims[0])
    earlier = {
        old for claim in claims for incident in before.get(claim, ()) for old in (incident.id, *incident.previous_ids)
    }
    return Incident(
        id=name,
        act=describe.act(readings),
        claims=tuple(claims),
        documents=tuple(dict.fromkeys(reading.claim.document for reading in readings)),
        date=describe.period(readings),
        place=describe.place(readings),
        voices=voices(readings, family),
        links=_links(members, found),
        previous_ids=tuple(sorted(earlier - {name})),
    )


def _age(reading: Reading) -> tuple[date, str, int, str]:
    return reading.published or date.max, reading.claim.document, reading.claim.start, reading.claim.id


def _links(members: Sequence[Account], found: Evidence) -> tuple[Link, ...]:
    links = [link for account in members for link in _within(account)]
    chosen: set[frozenset[str]] = set()
    by_name = {account.id: account for account in members}
    for name in sorted(by_name):
        rated = [
            (compare.total(found[pair]), other) for other in by_name if (pair := frozenset((name, other))) in found
        ]
        best = sorted((item for item in rated if item[0] > 0), key=lambda item: (-item[0], item[1]))
        chosen |= {frozenset((name, other)) for _, other in best[:LINKS]}
    for pair in sorted(chosen, key=sorted):
        a, b = (by_name[name] for name in sorted(pair))
        links.append(_link(a, b, found[pair]))
    return tuple(sorted(links, key=lambda link: (-link.probability, link.a, link.b)))


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
            links.append(Link(pair[0], pair[1], round(compare.probability(best), 4), tuple(reasons)))
    return links


def _link(a: Account, b: Account, evidence: list[compare.Evidence]) -> Link:
    """A link between the two claims that say most nearly the same."""

    def alike(x: Reading, y: Reading) -> tuple[bool, bool, str, str]:
        same = x.claim.harm == y.claim.harm
        figure = same and (x.claim.count.low, x.claim.count.high) == (y.claim.count.low, y.claim.count.high)
        return figure, same, x.claim.id, y.claim.id

    x, y = max(((x, y) for x in a.readings for y in b.readings), key=lambda pair: alike(*pair))
    reasons = sorted(
        (item for item in evidence if item[1] and item[0] != compare.PRIOR), key=lambda item: -abs(item[0])
    )
    why = tuple(f"{'+' if weight > 0 else '−'} {reason}" for weight, reason in reasons)
    odds = compare.probability(compare.total(evidence))
    first, second = sorted((x.claim.id, y.claim.id))
    return Link(first, second, round(odds, 4), why)


def _chronological(incident: Incident) -> tuple[date, str]:
    when = incident.date
    return (when.earliest or when.latest or date.max) if when else date.max, incident.id
