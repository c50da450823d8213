"""From the readings of all reports to incidents and tolls: which claims are about the same event."""

import gc
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations
from statistics import median_low

import numpy as np

from corrobora.incidents import describe, periods, places
from corrobora.incidents.accounts import Account, accounts, bystander, joins, told_apart
from corrobora.incidents.candidates import candidates
from corrobora.incidents.columns import Numbers, components
from corrobora.incidents.compare import Comparison
from corrobora.incidents.constraints import Constraints, constraints
from corrobora.incidents.gather import Pairs, gathered
from corrobora.incidents.linked import linked
from corrobora.incidents.tolls import counts_as_total, tolls
from corrobora.incidents.voices import voices
from corrobora.incidents.weights import Weights, shipped
from corrobora.model import CopyFamily, Decision, Incident, Link, Linked, Reading, Text, content_id

WEEK = 7
ENGLISH = frozenset({"", "en"})  # how rare a word is is known of English alone


def link(
    readings: Sequence[Reading],
    families: Sequence[CopyFamily],
    decisions: Sequence[Decision] = (),
    previous: Sequence[Incident] = (),
    texts: Sequence[Text] = (),
    weights: Weights | None = None,
) -> Linked:
    """Gather claims into incidents, and running totals into tolls; each claim is in at most one of them.

    `texts` are the reports' words, which tell more than their claims; a report that makes no claim is listed with the
    incident that its words are about. `weights` are those that a project learned, else the shipped ones. Standing
    `same` and `not_same` decisions are obeyed; they concern the claims that join incidents (see `accounts.joins`).
    `previous` gives meaning to incident ids in decisions, and to `previous_ids`. The result does not depend on the
    order of any argument. An incident's id comes from its earliest claim, so a later report keeps it.
    """
    with _uncollected():
        return _linked(readings, families, decisions, previous, texts, weights or shipped())


@contextmanager
def _uncollected() -> Iterator[None]:
    """Look for no cycles of objects: none are made here, and looking takes a third of the time of a large record."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _linked(
    readings: Sequence[Reading],
    families: Sequence[CopyFamily],
    decisions: Sequence[Decision],
    previous: Sequence[Incident],
    texts: Sequence[Text],
    weights: Weights,
) -> Linked:
    family = {document: member for member in families for document in member.documents}
    words_of = {text.document: text for text in texts}
    found = compared(readings, family, decisions, previous, texts, weights)
    pairs = _within_parts(found)
    groups = [members for members in _clustered(found, pairs) if any(found.accounts[at].readings for at in members)]
    before, links = _before(previous), linked(groups, found.comparison, pairs)
    incidents = [
        _incident([found.accounts[at] for at in members], (family, words_of), before, why)
        for members, why in zip(groups, links, strict=True)
    ]
    totals = [reading for reading in readings if counts_as_total(reading)]
    return Linked(tuple(sorted(incidents, key=_chronological)), tolls(totals, family, words_of))


@dataclass(frozen=True, slots=True)
class Compared:
    """The accounts of a record in the order of their ids, and the pairs of them to look at, by their places there."""

    accounts: list[Account]
    rules: Constraints
    comparison: Comparison
    a: Numbers
    b: Numbers


def compared(
    readings: Iterable[Reading],
    family: Mapping[str, CopyFamily],
    decisions: Sequence[Decision],
    previous: Sequence[Incident],
    texts: Sequence[Text],
    weights: Weights,
) -> Compared:
    """Gather what each report tells, and find the pairs of accounts that are worth comparing."""
    joining = sorted((r for r in readings if joins(r)), key=lambda reading: reading.claim.id)
    rules = constraints(decisions, previous, {reading.claim.id: reading.claim.quote for reading in joining})
    told = [weights.usual.weigh(account) for account in _accounts(joining, rules, texts)]
    comparison = Comparison(told, family, weights)
    return Compared(told, rules, comparison, *candidates(told, comparison.origin))


def _accounts(readings: Iterable[Reading], rules: Constraints, texts: Sequence[Text]) -> list[Account]:
    words = {text.document: text for text in texts}
    by_document: dict[str, list[Reading]] = defaultdict(list)
    for reading in readings:
        by_document[reading.claim.document].append(reading)
    told = [found for name, mine in by_document.items() for found in accounts(mine, rules, words.get(name))]
    told += [bystander(t) for name, t in words.items() if name not in by_document and t.metadata.language in ENGLISH]
    return sorted(told, key=lambda account: account.id)


def _within_parts(found: Compared) -> Pairs:
    """The pairs of what likely pairs, or persons, tie together, with their log-odds; no cluster reaches beyond."""
    a, b, comparison = found.a, found.b, found.comparison
    hopeful = comparison.hopeful(a, b)
    likely = hopeful[comparison.scored(a[hopeful], b[hopeful])[0] > comparison.weights.cut]
    held = _held_together(found.accounts)
    part = components(len(found.accounts), np.r_[a[likely], held[:, 0]], np.r_[b[likely], held[:, 1]])
    within = np.flatnonzero(part[a] == part[b])
    return Pairs(a[within], b[within], *comparison.scored(a[within], b[within]))


def _held_together(told: Sequence[Account]) -> Numbers:
    first: dict[str, int] = {}
    pairs = [(first.setdefault(group, at), at) for at, account in enumerate(told) for group in sorted(account.groups)]
    return np.array(pairs, dtype=np.int64).reshape(-1, 2)


def _clustered(found: Compared, pairs: Pairs) -> list[list[int]]:
    weights, told, forbid = found.comparison.weights, found.accounts, found.rules.forbid
    apart = _told_apart(told)

    def may(a: Sequence[int], b: Sequence[int], sure: bool) -> bool:
        if any(x in apart and not apart[x].isdisjoint(b) for x in a):
            return False
        one, two = ([told[at] for at in members] for members in (a, b))
        if found.rules.apart and forbid(*(frozenset().union(*(x.groups for x in side)) for side in (one, two))):
            return False
        return sure or _one_scene(one, two)

    above = replace(pairs, scores=pairs.scores - weights.cut)
    missing = weights.missing - weights.cut
    return gathered(len(told), above, _held_together(told), missing, weights.sure, may)


def _told_apart(told: Sequence[Account]) -> dict[int, set[int]]:
    """For each account the others that their one report tells as events of their own."""
    by_report: dict[str, list[int]] = defaultdict(list)
    for at, account in enumerate(told):
        by_report[account.document].append(at)
    found: dict[int, set[int]] = defaultdict(set)
    for mine in by_report.values():
        for a, b in combinations(mine, 2):
            if told_apart(told[a], told[b]):
                found[a].add(b)
                found[b].add(a)
    return found


def _one_scene(a: Sequence[Account], b: Sequence[Account]) -> bool:
    """Whether two clusters can be one event: some of their places go together, and their days lie close.

    All but the oddest fifth of their accounts must fall within as many days as one of them says that it lasted, or two
    following days. So reports of Monday, Tuesday and Wednesday are not chained into one event by their neighbours.
    """
    where = {places.relate(x, y) for one in a for x in one.places for other in b for y in other.places} - {"unknown"}
    if where == {"far"}:
        return False
    told = [found for account in (*a, *b) for found in [_narrowest(account)] if found is not None]
    if not told:
        return True
    centre = median_low(sorted(first + last for first, last in told))
    kept = sorted(told, key=lambda span: (abs(sum(span) - centre), span))[: len(told) - len(told) // 5]
    lasted = max(last - first for first, last in kept)
    return max(first for first, _ in kept) - min(last for _, last in kept) <= max(1, lasted)


def _narrowest(account: Account) -> tuple[int, int] | None:
    spans = [found for period in account.periods if (found := periods.span(period)) is not None]
    exact = [(first.toordinal(), last.toordinal()) for first, last in spans if (last - first).days < WEEK]
    return min(exact, key=lambda span: (span[1] - span[0], span), default=None)


def _before(previous: Sequence[Incident]) -> dict[str, list[Incident]]:
    found: dict[str, list[Incident]] = defaultdict(list)
    for incident in sorted(previous, key=lambda incident: incident.id):
        for claim in incident.claims:
            found[claim].append(incident)
    return found


def _incident(
    members: Sequence[Account],
    copied: tuple[Mapping[str, CopyFamily], Mapping[str, Text]],
    before: Mapping[str, list[Incident]],
    links: tuple[Link, ...],
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
        documents=tuple(dict.fromkeys((*(r.claim.document for r in readings), *(a.document for a in members)))),
        date=describe.period(readings),
        place=describe.place(readings),
        voices=voices(readings, *copied),
        links=links,
        previous_ids=tuple(sorted(earlier - {name})),
    )


def _age(reading: Reading) -> tuple[date, str, int, str]:
    return reading.published or date.max, reading.claim.document, reading.claim.start, reading.claim.id


def _chronological(incident: Incident) -> tuple[date, str]:
    when = incident.date
    return (when.earliest or when.latest or date.max) if when else date.max, incident.id
