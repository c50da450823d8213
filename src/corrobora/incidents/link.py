"""From the readings of all reports to incidents and tolls: which claims are about the same event."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations
from statistics import median_low

import numpy as np

from corrobora.incidents import cluster, describe, periods, places
from corrobora.incidents.accounts import Account, accounts, bystander, joins, told_apart
from corrobora.incidents.candidates import candidates
from corrobora.incidents.columns import Numbers, components
from corrobora.incidents.compare import Comparison
from corrobora.incidents.constraints import Constraints, constraints
from corrobora.incidents.linked import linked
from corrobora.incidents.tolls import counts_as_total, tolls
from corrobora.incidents.voices import voices
from corrobora.incidents.weights import Weights, shipped
from corrobora.model import CopyFamily, Decision, Incident, Link, Linked, Reading, Text, content_id

WEEK = 7
ENGLISH = frozenset({"", "en"})  # how rare a word is is known of English alone
Pair = tuple[str, str]


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
    family = {document: member for member in families for document in member.documents}
    words_of = {text.document: text for text in texts}
    found = compared(readings, family, decisions, previous, texts, weights or shipped())
    groups = [(members, part.scores) for part in _parts(found) for members in _clustered(part, found)]
    groups = [group for group in groups if any(account.readings for account in group[0])]
    before, links = _before(previous), linked(groups, found.comparison)
    incidents = [
        _incident(members, (family, words_of), before, why) for (members, _), why in zip(groups, links, strict=True)
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
    told = _accounts(joining, rules, texts)
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


@dataclass(slots=True)
class _Part:
    """Accounts that may be one event, and the log-odds of their pairs: no account outside can be one with them."""

    accounts: list[Account] = field(default_factory=list)
    scores: dict[Pair, float] = field(default_factory=dict)
    words: dict[Pair, float] = field(default_factory=dict)


def _parts(found: Compared) -> list[_Part]:
    """Gather what likely pairs, or persons, tie together; no cluster reaches beyond, for it grows by such pairs."""
    told, a, b = found.accounts, found.a, found.b
    scores, words = found.comparison.scored(a, b)
    decided = _held_together(told)
    likely = scores > found.comparison.weights.cut
    label = components(len(told), np.r_[a[likely], decided[:, 0]], np.r_[b[likely], decided[:, 1]])
    parts: dict[int, _Part] = defaultdict(_Part)
    for account, part in zip(told, label.tolist(), strict=True):
        parts[part].accounts.append(account)
    within = np.flatnonzero(label[a] == label[b])
    columns = (values[within].tolist() for values in (label[a], a, b, scores, words))
    for part, one, two, score, word in zip(*columns, strict=True):
        pair = told[one].id, told[two].id
        parts[part].scores[pair], parts[part].words[pair] = score, word
    return list(parts.values())


def _held_together(told: Sequence[Account]) -> Numbers:
    first: dict[str, int] = {}
    pairs = [(first.setdefault(group, at), at) for at, account in enumerate(told) for group in sorted(account.groups)]
    return np.array(pairs, dtype=np.int64).reshape(-1, 2)


def _clustered(part: _Part, known: Compared) -> list[list[Account]]:
    weights, forbid = known.comparison.weights, known.rules.forbid
    told = {account.id: account for account in part.accounts}
    if len(told) == 1:
        return [part.accounts]
    apart = _told_apart(part.accounts)

    def coherent(a: list[str], b: list[str]) -> bool:
        if not apart.isdisjoint((min(x, y), max(x, y)) for x in a for y in b):
            return False
        both = [part.words.get((min(x, y), max(x, y)), 0.0) for x in a for y in b]
        return sum(both) >= weights.sure * len(both) or _one_scene(
            [told[name] for name in a], [told[name] for name in b]
        )

    pairs = (cluster.Pair(a, b, score - weights.cut) for (a, b), score in part.scores.items())
    groups = {name: account.groups for name, account in told.items()}
    found = cluster.cluster(told, pairs, groups, forbid, missing=weights.missing - weights.cut, coherent=coherent)
    return [[told[name] for name in members] for members in found]


def _told_apart(told: Sequence[Account]) -> set[Pair]:
    """Pairs of accounts that their one report tells as two events."""
    by_report: dict[str, list[Account]] = defaultdict(list)
    for account in told:
        by_report[account.document].append(account)
    pairs = (pair for mine in by_report.values() for pair in combinations(mine, 2) if told_apart(*pair))
    return {(min(a.id, b.id), max(a.id, b.id)) for a, b in pairs}


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
