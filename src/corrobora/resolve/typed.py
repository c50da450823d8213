"""A place as a person types it ('Datur', 'Datur, Latakia', 'Datur, SY'): what it may mean, by project and gazetteer."""

from collections.abc import Iterable
from dataclasses import replace

from corrobora.model import Place
from corrobora.resolve.atlas import entries, place_of
from corrobora.resolve.folding import fold
from corrobora.resolve.gazetteer import LOOSE, Entry, Gazetteer
from corrobora.resolve.geography import distance_km
from corrobora.resolve.naming import parse
from corrobora.resolve.ranking import holds
from corrobora.settings import Settings

# Two entries of one name so near each other are one place to a person.
_ONE_KM = 25.0
_WHY = "as a person typed it"


def typed(words: str, gazetteer: Gazetteer, settings: Settings, beside: Place | None = None) -> tuple[Place, ...]:
    """Return the places that typed words may mean, the likeliest first: one alone where they leave no doubt.

    A place of the project wins. Words after a comma say what it lies in: a division, or a country by name or code.
    `beside` is what the machine made of the claim: among namesakes the only one in its country is meant. () where it is
    known to nobody.
    """
    name, *outer = (part.strip() for part in words.split(","))
    own = entries(settings).get(fold(name))
    if own is not None and _in(own, outer, gazetteer):
        return (_place(name, own),)
    found = [e for e in gazetteer.lookup(name) if e.grade < LOOSE and _in(e, outer, gazetteer)]
    found = _apart(_of_kind(found, parse(name)[1]))
    here = [e for e in found if beside is not None and e.country == beside.country]
    if len(here) == 1 or (outer and len({(e.country, e.admin1) for e in found}) == 1):
        return (_place(name, (here or found)[0]),)
    return tuple(_place(name, e) for e in (*here, *(e for e in found if e not in here)))


def _place(name: str, entry: Entry) -> Place:
    return replace(place_of(entry, _WHY), name=parse(name)[0] if entry.kind == "settlement" else name)


def _in(entry: Entry, outer: Iterable[str], gazetteer: Gazetteer) -> bool:
    """Say whether a place lies in all that was typed after it."""
    return all(_lies_in(entry, each, gazetteer) for each in outer if each)


def _lies_in(entry: Entry, outer: str, gazetteer: Gazetteer) -> bool:
    if outer.upper() in {entry.country, entry.admin1.partition(".")[2]} or fold(outer) == fold(entry.admin1_name):
        return True
    wider = (e for e in gazetteer.lookup(outer) if e.grade < LOOSE and e.kind in {"country", "admin1", "admin2"})
    return any(holds(each, entry) for each in wider)


def _of_kind(found: list[Entry], kinds: frozenset[str]) -> list[Entry]:
    """Those of the kind that was typed; without one, no division whose own town is called so."""
    if kinds:
        return [e for e in found if e.kind in kinds] or found
    towns = [e for e in found if e.kind == "settlement"]
    return [e for e in found if e.kind not in {"admin1", "admin2"} or not any(holds(e, town) for town in towns)]


def _apart(found: list[Entry]) -> list[Entry]:
    """The preferred names and the most populous first, without those that lie beside one kept already."""
    kept: list[Entry] = []
    for e in sorted(found, key=lambda each: (each.kind != "country", each.grade, -each.population, each.id)):
        if all(e.kind == "country" or distance_km(e.lat, e.lon, k.lat, k.lon) > _ONE_KM for k in kept):
            kept.append(e)
    return kept
