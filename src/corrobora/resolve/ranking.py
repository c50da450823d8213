"""Which of its namesakes a place name means: all names of a document weighed together, one sense each.

A candidate's score is a sum of reasons, each of which is told to the user. What the words beside the name tell weighs
most, then what the document is about, then how well known a place is; distance to the document's other places settles
namesakes within a country. Weights were set by hand on general grounds and are the same for every text.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from corrobora.model import Text
from corrobora.resolve.folding import fold
from corrobora.resolve.gazetteer import LOOSE, OTHER, PREFERRED, Entry, Gazetteer
from corrobora.resolve.geography import distance_km, top_domain_country
from corrobora.resolve.homes import Home
from corrobora.resolve.naming import abbreviations
from corrobora.resolve.roles import role
from corrobora.resolve.ties import Tie
from corrobora.resolve.toponyms import Toponym

Key = tuple[str, frozenset[str]]
Reasons = tuple[tuple[str, float], ...]
Telling = tuple[tuple[str, str, float], ...]

# What each kind starts with, beside half the logarithm of its people: a division named without its word ('Nasarawa')
# is meant less often than a town of its size.
_START = {"site": 0.2, "part": 0.2, "settlement": 0.4, "admin1": 0.0, "admin2": 0.9, "country": 3.0, "region": 3.0}
# What may hold what.
_LEVELS = {"site": 0, "part": 0, "settlement": 0, "admin2": 1, "admin1": 2, "country": 3, "region": 4}
_SMALL = frozenset(("site", "part", "settlement"))
_SAID, _UNSAID = 2.5, -1.5
_INSIDE, _NEARBY, _OUTSIDE = 4.0, 3.0, -2.0
_COUNTRY, _DIVISION, _DISTANCE = 3.0, 1.0, 1.2
_CAPITAL, _BY_OTHER_NAME, _BY_SOUND = 1.5, -0.4, -1.8
# Less is meant by another name where a settlement of the same country, or no much smaller one, is called so first.
_RIVALLED = -1.4
# A division's own town of so many people is meant by its bare name: 'in Homs'.
_SEAT, _MUCH = 50_000, 0.3
# A table that a user added knows the places of this project's reports.
_OWN, _FROM_OWN = ("pcode:", "added:"), 2.0
# A namesake abroad is refused where the text is plainly about other countries, unless it is a city known everywhere.
_KNOWN_EVERYWHERE = 300_000
_ABROAD, _PLAIN = 0.15, 0.5
# A village over the border is no namesake on another continent.
_NEIGHBOURS_KM = 800
_PART_KM = 50  # a neighbourhood lies within so much of a town that is named with it
_SOUND_NEEDS = 0.4
# What the whole of an outlet's home weighs, beside a place that is named once (1).
_HOME = 2.0
# What ten times the people of a usual county weigh.
_COUNTY_PEOPLE, _COUNTY_USUAL = 0.5, 30_000
_BORDER = re.compile(r"\bborder\s+with\s+(?:the\s+)?$", re.IGNORECASE)
_ROUNDS = 3
# A name is shared out among its namesakes by their people and so many more, much less to those of another name.
_HALF, _RENAMED = 500, 0.25
# A dateline counts as so many mentions; a town or division tells more of where things happened than a country's name,
# which may be that of an actor.
_DATELINE, _WITHIN = 2, 1.5


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sense, its score, and why."""

    entry: Entry
    score: float
    reasons: Reasons


@dataclass(frozen=True, slots=True)
class Sense:
    """What a name means in a document: the best candidate, or None where none is good enough, and the best three."""

    chosen: Candidate | None
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a document is about, as shares of 1 for the country and the division most spoken of; `sure` grows to 1."""

    countries: Mapping[str, float]
    divisions: Mapping[str, float]
    sure: float

    @property
    def country(self) -> str:
        """The country most spoken of, or ''."""
        return max(self.countries, key=lambda code: (self.countries[code], code), default="")

    @property
    def division(self) -> str:
        """The first-order division most spoken of, or ''."""
        return max(self.divisions, key=lambda code: (self.divisions[code], code), default="")


def rank(
    text: Text, names: tuple[Toponym, ...], ties: tuple[Tie, ...], gazetteer: Gazetteer, own: Mapping[str, Entry]
) -> tuple[dict[Key, Sense], Evidence]:
    """Choose a sense for each name of the document, by its key; and tell what the document is about.

    `own` are the project's places by folded name: such a name means that place and no other.
    """
    found = {n.key: (own[n.key[0]],) if n.key[0] in own else candidates(n, gazetteer) for n in names}
    found |= _states(names, ties, found)
    home = gazetteer.home(text.metadata.outlet) or Home({}, {})
    given = _given(text, gazetteer, home)
    counts = Counter(n.key for n in names if role(text, n) != "adjective" and not _beyond(text, n))
    counts.update({n.key: _DATELINE for n in names if n.source == "dateline"})
    senses: dict[Key, Sense] = {}
    for _ in range(_ROUNDS):
        before = senses
        told = {key: _tells(entries, before.get(key), counts[key]) for key, entries in found.items()}
        senses = {
            key: _choose(key, entries, _evidence(given, told, key, home), _around(key, names, ties, before))
            for key, entries in found.items()
        }
        if senses == before:
            break  # all is settled: a further round says the same
    return senses, _evidence(given, {key: _tells(found[key], senses[key], counts[key]) for key in found}, None, home)


def _states(
    names: tuple[Toponym, ...], ties: tuple[Tie, ...], found: Mapping[Key, tuple[Entry, ...]]
) -> Mapping[Key, tuple[Entry, ...]]:
    """Names that are no country's here: 'Clay County, Georgia', where only the state of the name holds such a place."""
    inner = defaultdict[Key, list[Entry]](list)
    for tie in ties:
        if tie.how in {"in", "comma"}:
            inner[names[tie.outer].key] += [e for e in found[names[tie.inner].key] if e.grade < LOOSE]
    return {
        key: tuple(outer for outer in found[key] if outer.kind != "country")
        for key, told in inner.items()
        if _held(found[key], "admin1", told) and not _held(found[key], "country", told)
    }


def _held(outer: Iterable[Entry], kind: str, told: Iterable[Entry]) -> bool:
    return any(o.kind == kind and o.grade < LOOSE and holds(o, e) for o in outer for e in told)


def _beyond(text: Text, name: Toponym) -> bool:
    """Say whether a name tells but of the other side: 'on the border with Jordan' is in no report of Jordan."""
    return name.start >= 0 and _BORDER.search(text.text, max(0, name.start - 30), name.start) is not None


def candidates(name: Toponym, gazetteer: Gazetteer) -> tuple[Entry, ...]:
    """Return the senses that the gazetteer knows of a name; of a building or a river only such as bear it whole."""
    if code := abbreviations().get(name.text):
        return tuple(filter(None, (gazetteer.division(code),)))
    if name.facility:
        return tuple(e for e in gazetteer.lookup(name.text) if e.grade < LOOSE and e.kind in _SMALL)
    entries = gazetteer.lookup(name.text) or gazetteer.lookup(name.name)
    if "part" in name.kinds:
        return tuple(e for e in entries if e.kind in {*_SMALL, "admin2"} and e.grade < LOOSE)
    return entries


def _given(text: Text, gazetteer: Gazetteer, home: Home) -> Mapping[str, float]:
    """Countries told by the people and things called after them, by the outlet's name, its address and its home."""
    told = defaultdict[str, float](float, {code: _HOME * share for code, share in home.countries.items()})
    for word, times in Counter(re.findall(r"\b[A-Z][a-zé]+(?: [A-Z][a-z]+)?\b", text.text)).items():
        for spelled in {word, word.split()[0], word.split()[-1]}:
            if country := gazetteer.country_of(spelled):
                told[country] += 0.5 * min(3, times)
    for word in re.findall(r"\w+", f"{text.metadata.outlet} {text.metadata.title}"):
        if country := gazetteer.country_of(word):
            told[country] += 0.5
    if country := top_domain_country(text.metadata.url):
        told[country] += 0.7
    return told


def _tells(entries: tuple[Entry, ...], sense: Sense | None, times: int) -> Telling:
    """The countries and divisions that a name speaks for, and how much: those of its sense, or of all its senses."""
    weight = 1.0 + 0.5 * min(3, times - 1) if times else 0.0
    exact = [e for e in entries if e.grade < LOOSE]
    if sense is not None:
        chosen = sense.chosen.entry if sense.chosen else None
        if chosen is None:
            return ()
        return ((chosen.country, chosen.admin1, weight * (_WITHIN if chosen.admin1 else 1.0)),)
    if country := next((e.country for e in exact if e.kind == "country" and e.grade == 0), ""):
        return ((country, "", weight),)
    if len({e.admin1 for e in exact}) == 1:
        return ((exact[0].country, exact[0].admin1, weight),)
    counted = people_of(exact)
    people = {e.id: (counted[e.id] + _HALF) * (1.0 if e.grade == PREFERRED else _RENAMED) for e in exact}
    total = sum(people.values())
    return tuple((e.country, "", weight * people[e.id] / total) for e in exact)


def people_of(entries: Iterable[Entry]) -> Mapping[str, int]:
    """The people by whom a name is shared out: a county has none beside the towns that bear its name."""
    entries = tuple(entries)
    towns = any(e.kind == "settlement" for e in entries)
    return {e.id: 0 if towns and e.kind == "admin2" else e.population for e in entries}


def _evidence(given: Mapping[str, float], told: Mapping[Key, Telling], without: Key | None, home: Home) -> Evidence:
    """What the document is about, by all its names but one: no name may speak for itself."""
    countries = defaultdict[str, float](float, given)
    divisions = defaultdict[str, float](float, {code: _HOME * share for code, share in home.divisions.items()})
    for key, tellings in told.items():
        for country, division, weight in tellings if key != without else ():
            countries[country] += weight
            divisions[division] += weight
    countries.pop("", None)
    divisions.pop("", None)
    most, top = max(countries.values(), default=0.0), max(divisions.values(), default=0.0)
    return Evidence(
        {code: value / most for code, value in countries.items() if value},
        {code: value / top for code, value in divisions.items() if value},
        min(1.0, most / 3),
    )


@dataclass(frozen=True, slots=True)
class _Around:
    """What is said beside a name: places it lies in, places it lies near, and the document's other places."""

    inside: tuple[Entry, ...]
    perhaps: tuple[Entry, ...]
    near: tuple[Entry, ...]
    others: tuple[Entry, ...]


def _around(key: Key, names: tuple[Toponym, ...], ties: tuple[Tie, ...], senses: Mapping[Key, Sense]) -> _Around:
    inside, perhaps, near = [], [], []
    for tie in ties:
        inner, outer = names[tie.inner].key, names[tie.outer].key
        other = senses.get(outer if inner == key else inner)
        if key not in {inner, outer} or inner == outer or not other or not other.chosen:
            continue
        if other.chosen.entry.kind == "region" and not other.chosen.entry.country:
            continue  # 'in Asia' tells nothing of which place is meant
        if inner == key and tie.how == "in":
            inside.append(other.chosen.entry)
        elif inner == key and tie.how in {"owned", "comma"}:
            perhaps.append(other.chosen.entry)
        elif tie.how in {"near", "beside", "list"}:
            near.append(other.chosen.entry)
    others = (s.chosen.entry for k, s in sorted(senses.items(), key=lambda each: each[0][0]) if k != key and s.chosen)
    return _Around(
        tuple(inside), tuple(perhaps), tuple(near), tuple(e for e in others if e.kind not in {"country", "region"})
    )


def _choose(key: Key, entries: Iterable[Entry], evidence: Evidence, around: _Around) -> Sense:
    entries = tuple(entries)
    rivals = tuple(entry for entry in entries if entry.grade == PREFERRED and entry.kind == "settlement")
    seats = _seats(entries)
    scored = sorted(
        (_score(entry, key[1], evidence, around, rivals, seats) for entry in entries),
        key=lambda each: (-each.score, each.entry.grade, -each.entry.population, each.entry.id),
    )
    sound = [c for c in scored if not _refused(c.entry, evidence, around) and not _elsewhere(key, c.entry, around)]
    exact = [c for c in sound if c.entry.grade < LOOSE]
    plain = [c for c in exact if _known_here(c.entry, evidence)]
    chosen = next(iter(plain or [c for c in sound if c.entry.grade == LOOSE] or exact), None)
    return Sense(chosen, tuple(scored[:3]) if chosen in scored[:3] or chosen is None else (chosen, *scored[:2]))


def _seats(entries: tuple[Entry, ...]) -> frozenset[str]:
    """The divisions whose own town bears the name first of all, or holds much of its people: 'Homs', not 'Oklahoma'."""
    people = {e.admin1: e.population for e in entries if e.kind == "admin1"}
    return frozenset(
        e.admin1
        for e in entries
        if e.kind == "settlement" and e.grade < LOOSE and e.population >= _SEAT
        and (e.grade == PREFERRED or e.population >= _MUCH * people.get(e.admin1, 0))
    )  # fmt: skip


def _elsewhere(key: Key, entry: Entry, around: _Around) -> bool:
    """Say whether a part of a town would lie far from every town of another name that the text names."""
    towns = [other for other in around.others if other.kind == "settlement" and fold(other.name) != key[0]]
    return "part" in key[1] and bool(towns) and all(_km(entry, other) > _PART_KM for other in towns)


def _known_here(entry: Entry, evidence: Evidence) -> bool:
    """Say whether an exact name needs no doubt: where the text is about, or a place known everywhere."""
    wide = entry.kind in {"country", "region"} or _famous(entry)
    return wide or entry.id.startswith("project:") or evidence.countries.get(entry.country, 0.0) >= _ABROAD


def _famous(entry: Entry) -> bool:
    """Say whether a place is known everywhere: a county is not, however many live in it."""
    return entry.kind != "admin2" and entry.population >= _KNOWN_EVERYWHERE


def _refused(entry: Entry, evidence: Evidence, around: _Around) -> bool:
    """Say whether nothing in the document speaks for this sense, and much for another country."""
    if entry.id.startswith("project:"):
        return False
    if any(holds(outer, entry) for outer in (*around.inside, *around.perhaps)) or entry.kind in {"country", "region"}:
        return False
    if around.inside and all(outer.country != entry.country for outer in around.inside):
        return True
    share = evidence.countries.get(entry.country, 0.0)
    if entry.grade == LOOSE:
        return share * max(0.5, evidence.sure) < _SOUND_NEEDS
    if share >= _ABROAD or evidence.sure < _PLAIN or _famous(entry):
        return False
    return entry.grade != PREFERRED or all(_km(entry, other) > _NEIGHBOURS_KM for other in around.others)


def _score(
    entry: Entry,
    kinds: frozenset[str],
    evidence: Evidence,
    around: _Around,
    rivals: tuple[Entry, ...],
    seats: frozenset[str],
) -> Candidate:
    reasons = [(f"{entry.population:,} people", _START[entry.kind] + _size(entry))]
    if entry.id.startswith(_OWN):
        reasons.append(("from the project's own table", _FROM_OWN))
    if entry.capital:
        reasons.append(("a capital", _CAPITAL))
    if entry.grade == OTHER:
        rivalled = any(r.country == entry.country or r.population >= _MUCH * entry.population for r in rivals)
        weight = _RIVALLED if rivalled else _BY_OTHER_NAME
        reasons.append((f"another name of {entry.name}", weight))
    elif entry.grade == LOOSE:
        reasons.append((f"sounds like {entry.name}", _BY_SOUND))
    if kinds:
        reasons.append(_fits(entry, kinds))
    elif entry.kind == "admin1" and entry.admin1 in seats:
        reasons.append(("a town in it is called so, and nothing says a division", _UNSAID))
    reasons += [_lies(entry, outer) for outer in around.inside]
    reasons += [(f"in {outer.name}, as said", _INSIDE) for outer in around.perhaps if holds(outer, entry)]
    reasons += [(f"near {other.name}", _NEARBY) for other in around.near if _km(entry, other) <= 100 + other.radius_km]
    if share := evidence.countries.get(entry.country, 0.0):
        reasons.append((f"the text is about {entry.country}", _COUNTRY * share * evidence.sure))
    if share := evidence.divisions.get(entry.admin1, 0.0):
        reasons.append((f"the text is about {entry.admin1_name}", _DIVISION * share))
    if around.others and entry.kind not in {"country", "region"}:
        away, _, nearest = min((_km(entry, other), at, other) for at, other in enumerate(around.others))
        reasons.append((f"{away:.0f} km from {nearest.name}", _DISTANCE * math.exp(-away / 150)))
    told = tuple((why, round(weight, 2)) for why, weight in reasons)
    return Candidate(entry, round(sum(weight for _, weight in told), 2), told)


def _size(entry: Entry) -> float:
    """What its people add: of a county only so much as tells it from its namesakes, not from a town."""
    if entry.kind == "admin2":
        return 0.5 + _COUNTY_PEOPLE * math.log10(entry.population / _COUNTY_USUAL + 1)
    return 0.5 * math.log10(entry.population + 10)


def _fits(entry: Entry, kinds: frozenset[str]) -> tuple[str, float]:
    told = "/".join(sorted(kinds))
    if entry.kind in kinds:
        return f"called a {told}", _SAID
    if entry.kind in _SMALL and kinds & {"admin2", "part"}:
        return f"called a {told}", -0.3
    return f"called a {told}, not a {entry.kind}", _UNSAID


def _lies(entry: Entry, outer: Entry) -> tuple[str, float]:
    if _LEVELS[entry.kind] > _LEVELS[outer.kind]:
        return f"said beside {outer.name}", 0.0  # a country lies in no town: the words tie something else
    if holds(outer, entry):
        return f"in {outer.name}, as said", _INSIDE
    if outer.kind in _SMALL:
        return f"far from {outer.name}", 0.0
    if outer.country and outer.country == entry.country:
        return f"in the country of {outer.name}", _INSIDE / 2
    return f"not in {outer.name}", _OUTSIDE


def holds(outer: Entry, inner: Entry) -> bool:
    """Say whether one place lies in another: by its codes, or, in a district or town, by distance."""
    if outer.id == inner.id:
        return False
    if outer.kind == "country":
        return inner.country == outer.country
    if outer.kind == "admin1":
        return inner.admin1 == outer.admin1
    return _km(outer, inner) <= 1.5 * outer.radius_km + 15


def _km(a: Entry, b: Entry) -> float:
    return distance_km(a.lat, a.lon, b.lat, b.lon)
