"""One document's places: its names, how they are tied, what each means, and the Place that each stands for."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from corrobora.model import Findings, Place, Text
from corrobora.resolve.certainty import chance, coded, vaguer
from corrobora.resolve.finding import find
from corrobora.resolve.folding import fold
from corrobora.resolve.gazetteer import LOOSE, OTHER, Entry, Gazetteer
from corrobora.resolve.geography import distance_km, moved
from corrobora.resolve.home import bodies, directed, near_home, of_outlet, of_site, states
from corrobora.resolve.naming import abbreviations, words
from corrobora.resolve.ranking import Candidate, Evidence, Key, Sense, candidates, rank
from corrobora.resolve.roles import role
from corrobora.resolve.sentences import Bounds, paragraphs, sentences
from corrobora.resolve.setting import Said, Setting, inside, setting
from corrobora.resolve.ties import Tie, ties
from corrobora.resolve.toponyms import Toponym, beside, cased, of_title
from corrobora.settings import ProjectPlace, Settings

# What the kind of a gazetteer's entry makes of the precision; regions are as wide as their circle.
PRECISION = {
    "site": "exact",
    "part": "neighbourhood",
    "settlement": "town",
    "admin2": "district",
    "admin1": "province",
    "country": "country",
}
_WIDE_REGION_KM = 600
_DISTRICT_KM = 20.0
_MILE_KM = 1.609
_FAR = re.compile(
    r"(?P<far>\d+(?:\.\d+)?)\s*(?:-\s*)?(?P<unit>km|kilomet(?:er|re)s?|kms|miles?)\b[^.;]{0,30}$", re.IGNORECASE
)
# Words before a name that say the place is not the named one itself, and by how many km the circle grows.
_BORDER = re.compile(r"\bborder(?:s|ing)?\s+(?:with|of|between)\s+(?:the\s+)?$", re.IGNORECASE)
_RELATIONS = (
    (_BORDER, "at the border of", 50.0),
    (
        re.compile(
            r"\b(?:north|south|east|west)(?:-?(?:east|west))?(?:ern\s+part)?\s+of\s+(?:the\s+)?$", re.IGNORECASE
        ),
        "beside",
        50.0,
    ),
    (
        re.compile(
            r"\b(?:near|outside|around|close\s+to|(?:on|in)\s+the\s+outskirts\s+of|off|towards?|vicinity\s+of)\s+"
            r"(?:the\s+)?(?:(?:town|city|village|capital)\s+(?:of\s+)?)?$",
            re.IGNORECASE,
        ),
        "near",
        10.0,
    ),
)
_SIDE = re.compile(
    r"\b(?P<side>(?P<ns>north|south)?[\s-]?(?P<ew>east|west)?)\s+of\s+(?:the\s+)?(?:(?:town|city|village|capital)\s+(?:of\s+)?)?$",
    re.IGNORECASE,
)
_NORTH, _EAST = {"north": 1, "south": -1}, {"east": 1, "west": -1}
_ASIDE = 0.4  # of the distance: 'north of' may be said of what lies up to 22 degrees beside it
_BETWEEN = re.compile(r"\bbetween\s+(?:the\s+)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Atlas:
    """What a document says of places.

    `own` are the project's places by their Place id; `country` and `division` those most spoken of; `set_in` tells the
    town where it is set, `does` what each name does (see `role`).
    """

    text: Text
    names: tuple[Toponym, ...]
    ties: tuple[Tie, ...]
    senses: dict[Key, Sense]
    evidence: Evidence
    own: dict[str, ProjectPlace]
    country: Entry | None
    division: Entry | None
    set_in: Setting
    does: tuple[str, ...]
    sentences: tuple[Bounds, ...]
    paragraphs: tuple[Bounds, ...]

    @property
    def town(self) -> Entry | None:
        """The town that the report is set in, or None."""
        return self.set_in.town

    def part_of_town(self, entry: Entry) -> bool:
        """Say whether a settlement is a part of the report's town: one that has no public bodies of its own."""
        return self.town is not None and inside(entry, self.town) and entry.id not in self.set_in.bodied

    def chosen(self, index: int) -> Candidate | None:
        """The candidate chosen for a name, or None."""
        sense = self.senses.get(self.names[index].key)
        return sense.chosen if sense else None

    def outer(self, index: int) -> tuple[tuple[int, str], ...]:
        """The names that a name is said to lie in, near or beside, with how."""
        return tuple((tie.outer, tie.how) for tie in self.ties if tie.inner == index and tie.how != "list")


def open_atlas(text: Text, findings: Findings, gazetteer: Gazetteer, settings: Settings) -> Atlas:
    """Find the names of a document and settle what each means, nearer to the town that it is set in than to others."""
    text = replace(text, text=cased(text, findings))
    return survey(text, find(text, findings, gazetteer), gazetteer, settings, local=True)


def survey(
    text: Text, names: tuple[Toponym, ...], gazetteer: Gazetteer, settings: Settings, *, local: bool = False
) -> Atlas:
    """Settle what each of a document's names means, those of a title that stands beside its text included.

    With `local`, names are those of places where things happened: untied ones mean no namesake far from its town.
    """
    own = {f"project:{place.name}": place for place in settings.words.places}
    known = frozenset(name.key[0] for name in names)
    names = (*names, *of_title(text.metadata.title, gazetteer, known), *_besides(text, names, gazetteer))
    bound = ties(text.text, names)
    own_names = entries(settings)
    senses, evidence = rank(text, names, bound, gazetteer, own_names)
    found = {n.key: (own_names[n.key[0]],) if n.key[0] in own_names else candidates(n, gazetteer) for n in names}
    does = tuple(role(text, name) for name in names)
    set_in = _setting(text, names, does, found, evidence.country)
    town = set_in.town
    if town and set_in.sure and local:
        tied = {names[tie.inner].key for tie in bound if tie.how != "list"} | {
            n.key for n in names if n.key[0] in own_names
        }
        senses = near_home(senses, found, tied, town)
    country = gazetteer.division(evidence.country)
    division = gazetteer.division(town.admin1 if town and set_in.sure and local else evidence.division)
    return Atlas(
        text, names, bound, senses, evidence, own, country, division, set_in, does, sentences(text), paragraphs(text)
    )


def _besides(text: Text, names: tuple[Toponym, ...], gazetteer: Gazetteer) -> Iterator[Toponym]:
    """What tells where a report is set beside its places: public bodies, the outlet's own name, sides of a town."""
    for name in (*bodies(text.text, gazetteer), *states(text.text, gazetteer)):
        yield beside(name, "body")
    address = text.metadata.url.partition("//")[2] or text.metadata.outlet
    for name in dict.fromkeys((*of_site(text.metadata.title, gazetteer), *of_outlet(address, gazetteer))):
        yield beside(name, "site")
    for side in names:
        if (town := directed(side.name)) and not gazetteer.named(side.name) and gazetteer.named(town):
            yield beside(town, "scene")


def _setting(
    text: Text,
    names: tuple[Toponym, ...],
    does: tuple[str, ...],
    found: dict[Key, tuple[Entry, ...]],
    country: str,
) -> Setting:
    told = [Said(name.key[0], _meant(name, found[name.key]), what) for name, what in zip(names, does, strict=True)]
    return setting(told, country, f"{text.metadata.outlet} {text.metadata.url.partition('//')[2].partition('/')[0]}")


def _meant(name: Toponym, found: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """The senses by name of a place: no town where the words say a division."""
    divided = bool(name.kinds & {"admin1", "admin2"})
    return tuple(e for e in found if e.grade < LOOSE and not (divided and e.kind == "settlement"))


def entries(settings: Settings) -> dict[str, Entry]:
    """Return the places of a project as a gazetteer has them, by each of their names, folded."""
    kinds = {"district": "admin2", "province": "admin1", "country": "country"}
    found: dict[str, Entry] = {}
    for p in settings.words.places:
        kind = kinds.get(p.precision, "settlement")
        entry = Entry(
            f"project:{p.name}", p.name, kind, p.lat, p.lon, p.radius_km, 0, p.country, "", p.admin1, 0, 0
        )  # fmt: skip
        found |= {fold(name): entry for name in (p.name, *p.aliases)}
    return found


def place_at(atlas: Atlas, index: int, span: Bounds | None = None) -> Place | None:
    """Return the Place that the name at `index` stands for; its words are `span`, or the name itself.

    Without a match it is the place that holds it, told so in `why`; None where not even a country is known. Words of
    distance and direction beside the name widen the circle.
    """
    place = stands_for(atlas, index, span)
    return _related(atlas, index, place) if place else None


def stands_for(atlas: Atlas, index: int, span: Bounds | None = None) -> Place | None:
    """Return the Place of a name itself, as `place_at` does, whatever is said of its distance from the event."""
    name = atlas.names[index]
    start, end = span or (name.start, name.end)
    words = atlas.text.text[start:end] if start >= 0 else name.text
    chosen = atlas.chosen(index)
    if chosen is not None:
        matched = _matched(atlas, name, chosen, words, start, end)
        return replace(coded(matched), score=None if chosen.entry.id in atlas.own else chance(atlas.senses[name.key]))
    unmatched = _unmatched(atlas, index, words, start, end)
    return coded(unmatched) if unmatched else None


def place_of(entry: Entry, why: str) -> Place:
    """Return the Place of a gazetteer's entry that no words of the text name; `why` says how it was come by."""
    name = entry.name
    where = (entry.lat, entry.lon, entry.radius_km, PRECISION.get(entry.kind, "province"))
    return coded(Place("", name, entry.id, *where, entry.admin1_name, "", entry.country, -1, -1, (f"{why}: {name}",)))


def _matched(atlas: Atlas, name: Toponym, chosen: Candidate, words: str, start: int, end: int) -> Place:
    entry = chosen.entry
    own = atlas.own.get(entry.id)
    precision, radius = PRECISION.get(entry.kind, "province"), entry.radius_km
    if entry.kind == "region" and radius > _WIDE_REGION_KM:
        precision = "country"
    if entry.kind == "settlement" and "admin2" in name.kinds:
        precision, radius = "district", max(radius, _DISTRICT_KM)
    within: tuple[str, ...] = ()
    if own is not None:
        precision, admin2 = own.precision, own.admin2
    elif atlas.part_of_town(entry):
        precision, admin2 = "neighbourhood", ""
        within = _within(atlas)
    else:
        admin2 = entry.name if entry.kind == "admin2" else ""
    why = (_told(chosen), *within, *(_told(c) for c in atlas.senses[name.key].candidates if c is not chosen))
    return Place(
        words, entry.name if own else _shown(name, entry), entry.id, entry.lat, entry.lon, radius, precision,
        entry.admin1_name, admin2, entry.country, start, end, why,
    )  # fmt: skip


def _shown(name: Toponym, entry: Entry) -> str:
    """The name as the text spells it, or as the gazetteer does: capitals, 'DC', 'Philly'."""
    short = name.name.replace(".", "").isupper() or name.text in abbreviations()
    cut = entry.grade == OTHER and len(name.name) < len(entry.name) and fold(name.name)[:3] == fold(entry.name)[:3]
    return entry.name if short or (cut and " " not in name.name) else name.name


def _told(candidate: Candidate) -> str:
    entry = candidate.entry
    where = ", ".join(part for part in (entry.name, entry.admin1_name, entry.country) if part)
    reasons = "; ".join(why for why, weight in sorted(candidate.reasons, key=lambda each: -abs(each[1])) if weight)
    return f"{where} ({entry.id}) {candidate.score:.1f}: {reasons}"


def _unmatched(atlas: Atlas, index: int, words: str, start: int, end: int) -> Place | None:
    name = atlas.names[index]
    entry, why = container(atlas, index)
    if entry is None:
        return None
    precision = "neighbourhood"
    for kind, wide in (("admin1", "province"), ("admin2", "district")):
        if kind in name.kinds:
            precision = wide
    within = _within(atlas) if atlas.part_of_town(entry) else ()
    return Place(
        words, name.name, "", entry.lat, entry.lon, entry.radius_km, precision, entry.admin1_name,
        entry.name if entry.kind == "admin2" else "", entry.country, start, end,
        (*within, f"no match for {name.name!r}: {why} {entry.name} ({entry.id})", *_beside(atlas, name)),
    )  # fmt: skip


def _within(atlas: Atlas) -> tuple[str, ...]:
    return (f"a part of {atlas.town.name} ({atlas.town.id})",) if atlas.town else ()


def _beside(atlas: Atlas, name: Toponym) -> tuple[str, ...]:
    sense = atlas.senses.get(name.key)
    return tuple(f"refused: {_told(c)}" for c in sense.candidates) if sense else ()


def container(atlas: Atlas, index: int) -> tuple[Entry | None, str]:
    """Return the place that holds a name without a match: as said, else named in its sentence, else the document's."""
    seen, level = {index}, [index]
    while level:
        above = [(outer, how) for inner in level for outer, how in atlas.outer(inner) if outer not in seen]
        for outer, how in above:
            found = atlas.chosen(outer)
            if found and not (how == "owned" and found.entry.country != atlas.evidence.country):
                said = {"near": "it is said to lie near", "beside": "it is said to lie beside"}
                return found.entry, said.get(how, "it is said to lie in")
        seen |= {outer for outer, _ in above}
        level = [outer for outer, _ in above]
    name = atlas.names[index]
    found = _works_in(atlas, name) or _nearby(atlas, index)
    local = atlas.town is not None and (
        name.facility or "part" in name.kinds or f" {fold(atlas.town.name)} " in f" {fold(name.text)} "
    )
    if found and not (local and found.entry.kind in {"admin1", "admin2"}):
        return found.entry, "named beside it,"
    if local:
        return atlas.town, "the report is set in"
    if atlas.set_in.sure and not name.kinds:
        return atlas.town, "the report is set in"
    return atlas.division or atlas.country, "the text is about"


_HELD = re.compile(r"(?:no match for .*: [^()]*?|a part of) (?P<name>[A-Z][^()]*) \((?:geonames:\d+|project:[^)]*)\)$")


def holder(place: Place) -> str:
    """Return the name of the town that holds a street, a building or a part of a town; '' where none is known."""
    found = next((match for why in place.why if (match := _HELD.search(why))), None)
    return found["name"] if found else ""


def _works_in(atlas: Atlas, name: Toponym) -> Candidate | None:
    """The place whose name a building's own name holds: 'Quetta railway station'."""
    if not name.facility or fold(name.text).split(" ")[-1] in words()["ways"]["words"]:
        return None
    folded = f" {fold(name.text)} "
    known = [(key, s.chosen) for key, s in atlas.senses.items() if s.chosen and s.chosen.entry.kind != "country"]
    held = [chosen for key, chosen in known if f" {key[0]} " in folded]
    return max(held, key=lambda c: (len(c.entry.name), c.score), default=None)


def _nearby(atlas: Atlas, index: int) -> Candidate | None:
    """The place named nearest to it in its sentence, in the country that the text is about; divisions before towns."""
    name = atlas.names[index]
    bounds = next((s for s in atlas.sentences if s[0] <= name.start < s[1]), None)
    if bounds is None:
        return None
    here = [
        (abs(n.start - name.start), found)
        for i, n in enumerate(atlas.names)
        if i != index and bounds[0] <= n.start < bounds[1] and (found := atlas.chosen(i))
        and found.entry.country == atlas.evidence.country and found.entry.kind != "country"
    ]  # fmt: skip
    return min(here, key=lambda each: each[0])[1] if here else None


def _related(atlas: Atlas, index: int, place: Place) -> Place:
    """Widen the circle where the words before the name say 'near', 'north of', '20 km from', 'between A and B'."""
    name, words = atlas.names[index], atlas.text.text
    if name.start < 0 or place.radius_km is None:
        return place
    before = words[max(0, name.start - 60) : name.start]
    own = atlas.country
    if place.precision == "country" and _BORDER.search(before) and own and own.country != place.country:
        beside = place_of(own, f"at its border with {place.name}, in a report about")
        return replace(vaguer(beside, 6), text=place.text, start=place.start, end=place.end)
    if far := _FAR.search(before):
        km = float(far["far"]) * (_MILE_KM if far["unit"].lower().startswith("mi") else 1)
        other = re.search(r"[A-Z]", before[far.end("unit") :])  # '20 km from Datur, north of' this
        side = None if other else _SIDE.search(before)
        if side and place.precision not in {"province", "country"}:
            return _away(place, side, f"{far['far']} {far['unit']}", km)
        return _wider(place, f"{far['far']} {far['unit']} from {place.name}", km)
    if _BETWEEN.search(before) and index + 1 < len(atlas.names):
        return _midway(atlas, index, place)
    for pattern, said, km in _RELATIONS:
        if pattern.search(before):
            return _wider(place, f"{said} {place.name}", km)
    return place


def _away(place: Place, side: re.Match[str], far: str, km: float) -> Place:
    """A place that is said to lie so far from another in a direction: its point is moved there."""
    north, east = _NORTH.get((side["ns"] or "").lower(), 0), _EAST.get((side["ew"] or "").lower(), 0)
    said = f"{far} {side['side'].strip().lower()} of {place.name}"
    if place.lat is None or place.lon is None or not (north or east):
        return _wider(place, said, km)
    lat, lon = moved(place.lat, place.lon, math.degrees(math.atan2(east, north)), km)
    wide = _wider(place, f"{said}: the point moved there", _ASIDE * km)
    return replace(wide, lat=round(lat, 5), lon=round(lon, 5))


def _wider(place: Place, said: str, km: float) -> Place:
    radius = round((place.radius_km or 0.0) + km, 1)
    return replace(vaguer(place, 2), radius_km=radius, why=(f"{said}: radius widened by {km:.0f} km", *place.why))


def _midway(atlas: Atlas, index: int, place: Place) -> Place:
    other = atlas.chosen(index + 1)
    gap = atlas.text.text[atlas.names[index].end : atlas.names[index + 1].start]
    if other is None or not re.fullmatch(r"\s+and\s+(?:the\s+)?", gap) or place.lat is None or place.lon is None:
        return place
    far = distance_km(place.lat, place.lon, other.entry.lat, other.entry.lon)
    lat, lon = (place.lat + other.entry.lat) / 2, (place.lon + other.entry.lon) / 2
    radius = round(far / 2 + max(place.radius_km or 0.0, other.entry.radius_km), 1)
    why = (f"between {place.name} and {other.entry.name}: the point half way, radius to both", *place.why)
    return replace(vaguer(place, 5), lat=lat, lon=lon, radius_km=radius, why=why)
