"""Accounts: the claims of one report that tell of one event. A report that tells two attacks gives two accounts."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from importlib import resources
from itertools import chain

from corrobora.incidents import periods, places, trained
from corrobora.incidents.cluster import Pair, cluster
from corrobora.incidents.constraints import Constraints
from corrobora.incidents.gist import Gist, gist, persons, shares
from corrobora.model import Period, Place, Reading, Text

# A claim joins an incident when it tells of something that is said to have happened, or to have been tried.
TOLD = frozenset({"actual", "alleged", "attempted"})
# Words that no reader of the source was shown: what they tell is kept with this mark, and counts once a person says so.
UNSEEN = frozenset({"hidden", "deleted"})
PLACE = {"same": 2.0, "named": 2.0, "within": 1.0, "near": 0.0, "far": -7.0, "unknown": 0.0}
PERIOD = {"same": 2.0, "overlap": 1.0, "loose": 0.5, "next": -2.0, "close": -5.0, "apart": -7.0, "unknown": 0.0}
NO_SAME = -4.0
GROUPS = frozenset({"state_forces", "armed_group", "militia", "external_forces"})
PART = 10.0
MONTH = 31
LATER = re.compile(r"\b(?:minutes?|hours?|days?) later\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Account:
    """The claims of one document on one event, and what they say together, ready to be compared.

    `figures` are (harm, number) pairs; `gist` is of the report's words on this event, else of the quotes.
    """

    id: str
    document: str
    published: date | None
    readings: tuple[Reading, ...]
    places: tuple[Place, ...]
    periods: tuple[Period, ...]
    acts: frozenset[str]
    figures: frozenset[tuple[str, int]]
    actors: frozenset[str]
    victims: frozenset[str]
    voices: frozenset[str]
    gist: Gist
    groups: frozenset[str]


@cache
def _tables() -> dict[str, dict[str, list[str]]]:
    text = resources.files(__package__).joinpath("acts.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def families(act: str) -> frozenset[str]:
    """The families of acts that this one may be told as; none for 'other' and ''."""
    return frozenset(name for name, acts in _tables()["family"].items() if act in acts)


def compatible(a: frozenset[str], b: frozenset[str]) -> bool | None:
    """Whether two reports may call one event by these acts; None where one of them says nothing."""
    said = [{act for act in acts if families(act)} - set(_tables()["unspecific"]["acts"]) for acts in (a, b)]
    if not all(said):
        return None
    return any(families(x) & families(y) for x in said[0] for y in said[1])


def telling(act: str) -> bool:
    """Whether an act says how it was done ('shelling'), rather than that something was ('raid', 'other')."""
    return bool(act) and act not in _tables()["telling"]["low"]


def seen(reading: Reading) -> bool:
    """Whether a claim's words stand where a reader of the source sees them, or a person has accepted them.

    >>> seen(reading)  # of '<p style="display:none">Ninety people were killed.</p>'  # doctest: +SKIP
    False
    """
    return bool(reading.decided) or not UNSEEN & set(reading.claim.flags)


def joins(reading: Reading) -> bool:
    """Whether a claim joins an incident: told of one event, as happened, alleged or tried, in words that can be seen.

    What a report recalls of the past ('historical') joins too where it gives both a day and a figure; without them it
    could only be tied to an event by guessing, and stays alone. Totals, rates, plans, threats and negations never do.
    """
    claim = reading.claim
    if claim.scope != "incident" or claim.stance == "predicts" or not seen(reading):
        return False
    if claim.modality == "historical":
        figure = claim.count.low if claim.count.low is not None else claim.count.high
        return figure is not None and periods.days(reading.period) is not None
    return claim.modality in TOLD


def accounts(readings: Sequence[Reading], constraints: Constraints, text: Text | None = None) -> list[Account]:
    """Split the claims of one document into its accounts of events, obeying what people decided.

    `text` is the document's: where it is given, each account is also known by its share of the words.
    """
    ordered = sorted(readings, key=lambda reading: (reading.claim.start, reading.claim.end, reading.claim.id))
    ids = [reading.claim.id for reading in ordered]
    parts = {frozenset(pair) for pair in breakdown(ordered)}
    pairs = [
        Pair(ids[i], ids[j], PART if {ids[i], ids[j]} in parts else evidence(ordered[i], ordered[j]))
        for i in range(len(ids))
        for j in range(i + 1, min(len(ids), i + 150))  # a report with more claims is a list, not a story
    ]
    groups = {claim: constraints.groups([claim]) for claim in ids}
    by_id = {reading.claim.id: reading for reading in ordered}

    def coherent(a: list[str], b: list[str]) -> bool:
        if any(part & set(a) and part & set(b) for part in parts):
            return True
        return one_scene([by_id[claim] for claim in a], [by_id[claim] for claim in b])

    found = cluster(ids, pairs, groups, constraints.forbid, missing=NO_SAME, coherent=coherent)
    told = [[by_id[claim] for claim in members] for members in found]
    words = shares(text, [[r.claim.start for r in members] for members in told]) if text else [""] * len(told)
    return [account(members, constraints, share) for members, share in zip(told, words, strict=True)]


def one_scene(a: Sequence[Reading], b: Sequence[Reading]) -> bool:
    """Whether two groups of claims can be one event: some place of each, and some day, go together where both have any.

    So claims that name no place cannot bridge two towns; a claim on the whole country can, for it holds both.
    """
    if {r.claim.part_of for r in (*a, *b)} & {r.claim.id for r in (*a, *b)}:
        return True
    where = {_where(x, y) for x in a for y in b} - {"unknown"}
    when = {periods.relate(x.period, y.period) for x in a for y in b} - {"unknown"}
    return where != {"far"} and not (when and when <= {"close", "apart"})


def score(a: Reading, b: Reading) -> float:
    """Log-odds that two claims of one report tell of the same event: near in the text, no other place or day."""
    if b.claim.id == a.claim.part_of or a.claim.id == b.claim.part_of:
        return PART
    between = max(0, max(a.claim.start, b.claim.start) - min(a.claim.end, b.claim.end))
    total = 1.0 + (1.5 if between < 150 else 0.5 if between < 600 else 0.0)
    total += PLACE[_where(a, b)] + PERIOD[periods.relate(a.period, b.period)]
    agree = compatible(frozenset({a.claim.act}), frozenset({b.claim.act}))
    total += {True: 1.0, False: -1.0, None: 0.0}[agree]
    total -= 6.0 * (_long(a) != _long(b) and None not in (periods.days(a.period), periods.days(b.period)))
    total -= 3.0 * ((a.claim.modality == "historical") != (b.claim.modality == "historical"))
    total -= 8.0 * (_apart(a) != _apart(b))
    total -= 6.0 * _another_day(a, b)
    return total


def _where(a: Reading, b: Reading) -> str:
    """How the places of two claims of one report lie; one that no words give is a guess, and keeps nothing apart."""
    found = places.relate(a.place, b.place)
    guessed = any(r.place is not None and r.place.start < 0 for r in (a, b))
    return "unknown" if found == "far" and guessed else found


def evidence(a: Reading, b: Reading) -> float:
    """Log-odds that two claims of one report tell of the same event: learned for the trained reader's, else by rule."""
    return trained.score(a, b) if trained.applies(a, b) else score(a, b)


def _long(reading: Reading) -> bool:
    """Whether a claim is dated to more than a month: beside claims on a day, it tells of another or a wider event."""
    return (periods.days(reading.period) or 0) > MONTH


def _another_day(a: Reading, b: Reading) -> bool:
    """Whether the words tell two figures for one harm of two days in a row: 'the following day' is another."""
    stated = all(r.period is not None and r.period.start >= 0 and r.claim.count.low is not None for r in (a, b))
    apart = periods.relate(a.period, b.period) == "next" and a.claim.harm == b.claim.harm
    return stated and apart and a.claim.count.low != b.claim.count.low


def _apart(reading: Reading) -> bool:
    words = reading.claim.quote.casefold()
    return any(word in words for word in _tables()["apart"]["words"])


def told_apart(a: Account, b: Account) -> bool:
    """Whether one report tells of two accounts as two events in so many words, so that no third report may join them.

    'In a separate attack' does so, and 'two hours later' of a place far from the other's. Two places alone do not: of
    shootings told by one report, places that come out far apart are oftener one place misread than two events.
    """
    if a.document != b.document:
        return False
    if any(map(_apart, a.readings)) != any(map(_apart, b.readings)):
        return True
    where = {_where(x, y) for x in a.readings for y in b.readings} - {"unknown"}
    later = any(LATER.search(reading.claim.quote) for account in (a, b) for reading in account.readings)
    return later and where == {"far"}


def breakdown(readings: Sequence[Reading]) -> list[tuple[str, str]]:
    """Pairs of a claim and the total that it is a part of, where a report lists its total by places.

    A list is three or more figures close together, for one harm by one voice, each for another place; its total is a
    figure of that voice in the same report that is at least their sum ('eight died: three in A, two in B, one in C').
    """
    lists: list[list[Reading]] = []
    for reading in readings:
        last = lists[-1][-1] if lists else None
        if last is not None and _listed(last, reading):
            lists[-1].append(reading)
        else:
            lists.append([reading])
    pairs = []
    for items in lists:
        if len({item.place.name for item in items if item.place}) >= 3:
            parts = {item.claim.id for item in items}
            totals = [r for r in readings if r.claim.id not in parts and _totals(r, items)]
            pairs += [(item.claim.id, totals[0].claim.id) for item in items if totals]
    return pairs


def _listed(a: Reading, b: Reading) -> bool:
    near = b.claim.start - a.claim.end < 60
    figure = a.claim.count.low is not None and b.claim.count.low is not None
    return near and figure and a.claim.harm == b.claim.harm and a.voice == b.voice


def _totals(reading: Reading, items: Sequence[Reading]) -> bool:
    same = reading.claim.harm == items[0].claim.harm and reading.voice == items[0].voice
    return same and (reading.claim.count.low or 0) >= sum(item.claim.count.low or 0 for item in items)


def account(readings: Sequence[Reading], constraints: Constraints, words: str = "") -> Account:
    """Gather what the claims of one account say; `words` are the report's on this event, else those of the claims."""
    claims = [reading.claim for reading in readings]
    numbers = [(c.harm, n) for c in claims for n in (c.count.low, c.count.high) if n and c.count.qualifier != "vague"]
    return Account(
        id=min(claim.id for claim in claims),
        document=claims[0].document,
        published=readings[0].published,
        readings=tuple(readings),
        places=tuple(dict.fromkeys(reading.place for reading in readings if reading.place is not None)),
        periods=tuple(dict.fromkeys(reading.period for reading in readings if reading.period is not None)),
        acts=frozenset(claim.act for claim in claims if claim.act),
        figures=frozenset(numbers),
        actors=frozenset(actor.casefold() for reading in readings for actor in reading.actors if named(actor)),
        victims=frozenset(fold(name) for c in claims if c.victims for name in c.victims.names),
        voices=frozenset(fold(s) for reading in readings for s in (*reading.speakers, reading.voice) if named(s)),
        gist=gist(words or "\n".join(r.claim.quote for r in readings), *_known(readings)),
        groups=constraints.groups(claim.id for claim in claims),
    )


def bystander(text: Text) -> Account:
    """The account of a report that makes no claim of its own, known by its words alone ('the suspect was charged')."""
    day = text.metadata.published[:10]
    none: frozenset[str] = frozenset()
    return Account(
        id=text.document,
        document=text.document,
        published=date.fromisoformat(day) if len(day) == 10 else None,
        readings=(),
        places=(),
        periods=(),
        acts=none,
        figures=frozenset(),
        actors=none,
        victims=none,
        voices=none,
        gist=gist(shares(text, [[0]])[0]),
        groups=none,
    )


@lru_cache(maxsize=100_000)
def fold(name: str) -> str:
    """A name without case, and without what follows its first comma ('the mayor', an office)."""
    return " ".join(name.casefold().split(",")[0].replace(".", " ").split())


@lru_cache(maxsize=100_000)
def named(voice: str) -> bool:
    """Whether these words name someone, rather than describe them: 'a resident' of two reports is two people."""
    words = [re.sub(r"^[a-z]{2,4}[-'’](?=[A-Z])", "", word) for word in voice.split()]  # al-Haddad
    words = [word for word in words if word[0].isalpha() and word.casefold() not in {"the", "a", "an"}]
    return bool(words) and (words[-1][0].isupper() or sum(word[0].isupper() for word in words) >= 2)


def _known(readings: Sequence[Reading]) -> tuple[frozenset[str], frozenset[str]]:
    """The words of the groups and bodies that these claims name, and those of their places.

    A person who speaks, or is suspected, tells one event from another; an army or an office does not.
    """
    said = [p.name for r in readings for p in r.claim.perpetrators if p.class_ in GROUPS]
    said += [speaker for r in readings for speaker in r.speakers if not _person(speaker)]
    put = [name for r in readings if (p := r.place) is not None for name in (p.name, p.text, p.admin1, p.admin2)]
    one, other = (frozenset(chain.from_iterable(map(_words, set(names)))) for names in (said, put))
    return one, other


@lru_cache(maxsize=100_000)
def _person(speaker: str) -> bool:
    return bool(persons(speaker))


@lru_cache(maxsize=100_000)
def _words(name: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", name.casefold()))
