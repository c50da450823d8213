"""Where a claim happened when its words do not say: what was told before it, and what the report is about."""

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cache

from corrobora.model import Claim, Place
from corrobora.resolve.atlas import Atlas, place_at, place_of
from corrobora.resolve.folding import fold
from corrobora.resolve.gazetteer import Entry
from corrobora.resolve.geography import distance_km
from corrobora.resolve.naming import words
from corrobora.resolve.ranking import holds
from corrobora.resolve.sentences import Bounds, turns
from corrobora.resolve.ties import Tie

# The first so many characters tell what a report is about.
_LEAD = 700
_BY_PRECISION = {"exact": 3.0, "town": 3.0, "neighbourhood": 2.8, "district": 2.2, "province": 1.4, "country": 0.5}
_BY_ROLE = {
    "title": 1.5,
    "scene": 0.8,
    "plain": 0.3,
    "speech": -1.0,
    "origin": -1.0,
    "route": -1.5,
    "adjective": -3.0,
    "dateline": -9.0,
}
_ABROAD, _ELSEWHERE = -3.0, -2.5
_WIDE = {"district": 1, "province": 2, "country": 3}
_UNKNOWN = 1.5  # a name that no gazetteer has, and nothing shows to be a place
_HOME = 1.0  # the town that the report is set in
_SET_IN = 4.6  # a name that tells less is not where things happened, where the report's own town is sure
# A sentence that so begins tells of another event, or of an earlier one, and so do the rest of its paragraph.
_ANOTHER = re.compile(
    r"\s*(?:A (?:month|week|year) (?:ago|earlier)"
    r"|In (?:January|February|March|April|May|June|July|August|September|October|November|December|(?:19|20)\d\d)\b)"
)
# A main place this good is known; below it, what was told last is the better guess.
_KNOWN = 4.5
# So many divisions told of make a report one about the country.
_SCATTERED = 4
_LEVELS = ("site", "part", "settlement", "admin2", "admin1", "region", "country")
# A sentence that so begins goes on with what was told before it.
_GOES_ON = re.compile(r"\s*[\"“‘]?(?:The|They|He|She|It|This|These|That|Those|His|Her|Their|Its|Then)\b")


# A total that reaches so far back is of more than the event that the report tells of.
_BEYOND = re.compile(
    r"(?i)\bsince\s+(?:the\s+(?:\w+\s+){0,3}?(?:war|conflict|coup|invasion|insurgency|crisis|uprising|revolution|truce"
    r"|ceasefire|fighting|violence|genocide|offensive|takeover)\b|(?:[^.;,]{1,20}\s)?(?:19|20)\d\d\b)"
    r"|\b(?:so far|since the beginning of) this year\b|\bso far in (?:19|20)\d\d\b|\bthis year alone\b|\bfrom january\b"
)


@dataclass(frozen=True, slots=True)
class Main:
    """The report's main place; `known` says that it is more than a guess, `scattered` that it sums many up."""

    place: Place
    known: bool
    scattered: bool = False


@cache
def _definite() -> re.Pattern[str]:
    """'in the village', 'that province': the last group's name is the kind that is meant."""
    each = "|".join(f"(?P<{kind}>{'|'.join(map(re.escape, said))})" for kind, said in words()["definite"].items())
    return re.compile(
        rf"\b(?:the|this|that)\s+(?:same\s+|whole\s+|entire\s+)?(?:{each})\b(?!\s+of\s+[A-Z])", re.IGNORECASE
    )


@cache
def _wide() -> re.Pattern[str]:
    said = "|".join(re.escape(word) for word in words()["nationwide"]["words"])
    return re.compile(
        rf"\b(?:{said})\b|\b(?:across|throughout|all over)\s+(?P<country>[A-Z]\w+(?: [A-Z]\w+)?)", re.IGNORECASE
    )


def main_place(atlas: Atlas) -> Main | None:
    """Return the place that title and lead tell, the most specific first, in the country that the report is about."""
    scores: defaultdict[str, float] = defaultdict(float)
    best: dict[str, tuple[float, int]] = {}
    for index, name in enumerate(atlas.names):
        if not credible(atlas, index):
            continue
        does = atlas.does[index]
        place = place_at(atlas, index)
        if place is None or does in {"dateline", "body", "site"} or (name.start < 0 and does == "scene"):
            continue
        where = place.id or place.name
        early = 2.0 * max(0.0, 1 - name.start / _LEAD) if name.start >= 0 else 1.5
        shown = place.id or name.sure or does == "scene"
        worth = (_BY_PRECISION[place.precision] if shown else _UNKNOWN) + early + _BY_ROLE[does]
        worth += _HOME if atlas.town and place.id == atlas.town.id else 0.0
        worth += 1.0 if name.kinds & {"settlement"} else 0.0
        worth += _ABROAD if place.country != atlas.evidence.country else 0.0
        worth += _ELSEWHERE if _of_another(atlas, name.start) else 0.0
        scores[where] += 0.5
        if where not in best or worth > best[where][0]:
            best[where] = (worth, index)
    if wide := _nationwide_report(atlas) or _scattered(atlas):
        return wide
    total = {where: worth + min(2.0, scores[where]) for where, (worth, _) in best.items()}
    if atlas.town and atlas.set_in.sure and max(total.values(), default=0.0) < _SET_IN:
        return Main(place_of(atlas.town, "the report is set in"), known=True)
    top = max(total, key=lambda where: (total[where], where), default=None)
    place = place_at(atlas, best[top][1]) if top else None
    if top is None or place is None:
        return Main(place_of(atlas.town, "the report is set in"), known=False) if atlas.town else None
    return _narrowed(atlas, best[top][1], Main(place, total[top] >= _KNOWN))


def _narrowed(atlas: Atlas, index: int, main: Main) -> Main:
    """The town that the report is set in, where title and lead name but the county or province that holds it."""
    town = place_of(atlas.town, "the report is set in") if atlas.town else None
    dated = any(
        does == "dateline" and (c := atlas.chosen(i)) and c.entry == atlas.town for i, does in enumerate(atlas.does)
    )
    district = main.place.precision == "district" and (atlas.set_in.sure or dated)
    scene = not district and atlas.does[index] == "scene"
    if town is None or scene or not holds_place(main.place, town):
        return main
    return Main(replace(town, why=(*town.why, *main.place.why)), main.known)


def holds_place(wide: Place, narrow: Place) -> bool:
    """Say whether a district, a province or a country holds a place that is known more closely."""
    if wide.country != narrow.country or _WIDE.get(wide.precision, 0) <= _WIDE.get(narrow.precision, 0):
        return False
    if wide.precision != "district":
        return wide.precision == "country" or wide.admin1 == narrow.admin1
    if None in (wide.lat, wide.lon, narrow.lat, narrow.lon):
        return False
    km = distance_km(wide.lat or 0.0, wide.lon or 0.0, narrow.lat or 0.0, narrow.lon or 0.0)
    return wide.admin1 == narrow.admin1 and km <= (wide.radius_km or 0.0)


def _of_another(atlas: Atlas, at: int) -> bool:
    """Say whether a name stands after the words that turn to another event, in the same paragraph."""
    paragraph = _holding(atlas.paragraphs, at) if at >= 0 else None
    if paragraph is None:
        return False
    begun = (s for s in atlas.sentences if paragraph[0] <= s[0] <= at)
    return any(_ANOTHER.match(atlas.text.text, s[0]) or turns(atlas.text.text, s[0]) for s in begun)


def _nationwide_report(atlas: Atlas) -> Main | None:
    """The whole country, where title or lead say that the events were all over it."""
    lead = f"{atlas.text.metadata.title}\n{atlas.text.text[:_LEAD]}"
    if atlas.country is None or not _nationwide(lead, atlas.country):
        return None
    return Main(place_of(atlas.country, "the report speaks of the whole of it"), known=True)


def _scattered(atlas: Atlas) -> Main | None:
    """The whole country, where the report tells of events in many divisions of it and its title names none."""
    here = [(i, c.entry) for i in range(len(atlas.names)) if (c := atlas.chosen(i))]
    told = {e.admin1 for i, e in here if e.admin1 and atlas.does[i] == "scene"}
    titled = any(e.admin1 and atlas.names[i].start < 0 for i, e in here)
    if atlas.country is None or len(told) < _SCATTERED or titled:
        return None
    return Main(place_of(atlas.country, f"the report tells of {len(told)} divisions of it"), known=True, scattered=True)


def _nationwide(words: str, country: Entry) -> bool:
    return any(
        match["country"] is None or fold(match["country"]).startswith(fold(country.name))
        for match in _wide().finditer(words)
    )


def carried(atlas: Atlas, claim: Claim, main: Main | None) -> Place | None:
    """Return where a claim without words of its own happened, or None.

    In order: the whole country, where its sentence says so; the place last told of, where it says 'the village' or
    'the area'; the scene set in its paragraph; where the report's main place is only a guess, the scene set in the
    paragraph before; the main place. A total over a region takes the country, unless the main place is known.
    """
    sentence = _holding(atlas.sentences, claim.start) or (claim.start, claim.end)
    paragraph = _holding(atlas.paragraphs, claim.start) or sentence
    words = atlas.text.text[slice(*sentence)]
    if atlas.country and _nationwide(words, atlas.country):
        return place_of(atlas.country, "its sentence speaks of the whole country")
    if claim.place is None and (told := _scene_after(atlas, (claim.start, sentence[1]))):
        return _inherited(told, "told after it in its sentence")
    if claim.scope == "incident":
        goes_on = main is None or not main.known or (main.scattered and _GOES_ON.match(words))
        stretches = (
            ((0, claim.start), "told last, and meant by its sentence") if _definite().search(words) else None,
            ((paragraph[0], claim.start), "told before in its paragraph"),
            (_before(atlas.paragraphs, paragraph), "told in the paragraph before") if goes_on else None,
        )
        for bounds, why in filter(None, stretches):
            told = _scene(atlas, bounds)
            if told and not (main and holds_place(told, main.place)):
                return _inherited(told, why)
    elif division := _named_last(atlas, claim, words):
        return _inherited(division, "named last, and meant by its sentence")
    elif atlas.country and (_BEYOND.search(words) or not (main and main.known)):
        return place_of(atlas.country, "a total, in a report about this country")
    return _inherited(main.place, "the main place of the report") if main else None


def _scene(atlas: Atlas, bounds: Bounds) -> Place | None:
    """The last specific place within bounds that something is told to have happened in."""
    for index in range(len(atlas.names) - 1, -1, -1):
        name = atlas.names[index]
        if not bounds[0] <= name.start < bounds[1] or not credible(atlas, index):
            continue
        if atlas.does[index] == "scene" or name.kinds & {"settlement", "part"}:
            inner = innermost(atlas, index)
            if inner == index and any(t.outer == index and t.how == "in" for t in atlas.ties):
                continue  # it only holds the end of a route
            place = place_at(atlas, inner)
            if place and place.country == atlas.evidence.country and place.precision != "country":
                return place
    return None


def _named_last(atlas: Atlas, claim: Claim, words: str) -> Place | None:
    """The province or district last named before a claim whose sentence says 'in the province'."""
    kinds = {match.lastgroup for match in _definite().finditer(words)} & {"admin1", "admin2"}
    for index in range(len(atlas.names) - 1, -1, -1):
        chosen = atlas.chosen(index)
        if 0 <= atlas.names[index].start < claim.start and chosen and chosen.entry.kind in kinds:
            return place_at(atlas, index)
    return None


def _scene_after(atlas: Atlas, bounds: Bounds) -> Place | None:
    """The first place within bounds that something is told to have happened in: 'was shot in Datur bazaar'."""
    for index, name in enumerate(atlas.names):
        if bounds[0] <= name.start < bounds[1] and atlas.does[index] == "scene" and credible(atlas, index):
            place = place_at(atlas, innermost(atlas, index))
            return place if place and place.precision != "country" else None
    return None


def credible(atlas: Atlas, index: int) -> bool:
    """Say whether a name is a place for certain: known, or shown to be one by the words beside it."""
    name = atlas.names[index]
    if atlas.chosen(index) is not None or name.sure:
        return True
    tied = any(tie.inner == index and tie.how == "in" for tie in atlas.ties)
    return name.source == "name" and (tied or atlas.does[index] == "scene")


def innermost(atlas: Atlas, index: int) -> int:
    """Follow 'A in B' from B to A, where the text ties them; a dateline's places tell of no event."""
    seen = {index}
    while True:
        inner = [
            tie.inner
            for tie in atlas.ties
            if tie.outer == index and tie.inner not in seen and _contained(atlas, tie)
            and atlas.does[tie.inner] not in {"dateline", "route"}
        ]  # fmt: skip
        if not inner:
            return index
        index = inner[0]
        seen.add(index)


def _contained(atlas: Atlas, tie: Tie) -> bool:
    """Say whether the tie leads to a more specific place: a town in its province, a village near a town."""
    inner, outer = atlas.chosen(tie.inner), atlas.chosen(tie.outer)
    if tie.how == "list":
        return False
    if inner is None or outer is None:
        return credible(atlas, tie.inner)
    if _LEVELS.index(inner.entry.kind) > _LEVELS.index(outer.entry.kind):
        return False
    return tie.how not in {"comma", "owned"} or holds(outer.entry, inner.entry)


def _holding(bounds: tuple[Bounds, ...], at: int) -> Bounds | None:
    return next((each for each in bounds if each[0] <= at < each[1]), None)


def _before(bounds: tuple[Bounds, ...], paragraph: Bounds) -> Bounds:
    earlier = [each for each in bounds if each[1] <= paragraph[0]]
    return earlier[-1] if earlier else (0, 0)


def _inherited(place: Place, why: str) -> Place:
    return replace(place, why=(f"{why}: {place.text or place.name}", *place.why))
