"""Places: where each claim's event happened, from the words of its clause, its report and the gazetteer."""

import re
from dataclasses import replace

from corrobora.model import Claim, Findings, Place, Text
from corrobora.resolve.atlas import Atlas, open_atlas, place_at
from corrobora.resolve.discourse import Main, carried, credible, holds_place, innermost, main_place
from corrobora.resolve.gazetteer import Gazetteer
from corrobora.settings import Settings

# Where a body has its seat, nothing happened.
_SEAT = re.compile(r"\b(?:based|headquartered)\s+(?:in|at)\s+(?:the\s+)?$")
_WHERE = re.compile(r"^\s*,?\s*(?:where|in which)\b")
# What a name in a claim's words may do without telling where it happened.
_NOT_WHERE = frozenset({"dateline", "adjective", "origin"})
# Where the hurt are brought to, and die.
_HOSPITAL = re.compile(r"\b(?:hospital|medical cent(?:er|re)|clinic|trauma cent(?:er|re))\b", re.IGNORECASE)
_BROUGHT = re.compile(
    r"\b(?:taken|rushed|airlifted|flown|transported|transferred|admitted|treated|pronounced|hospitali[sz]ed|died|dies|dead"
    r"|condition|recover\w*)\b",
    re.IGNORECASE,
)
# The first so many characters sum the report up: 'in the country' there means its main place.
_LEAD = 500


def resolve(text: Text, findings: Findings, gazetteer: Gazetteer, settings: Settings) -> dict[str, Place]:
    """Return the Place of each claim, by claim id; a claim that no words place, in a text that names none, is missing.

    `precision` and `radius_km` say how much is known:

    - town: a settlement; 0.02 km times the root of its people, from 2 to 25 km
    - district, province, country: the reach of its area (`admin2.tsv`, `admin1.tsv`, `countries.tsv`)
    - neighbourhood: a place or building that the gazetteer does not know, with the circle of what holds it, and no id
    - 'near' adds 10 km, 'north of' and 'on the border with' 50 km, a stated distance itself; '20 km north of' moves the
      point there and adds two fifths; the border with another country is a place of the report's own country
    """
    if not findings.claims:
        return {}
    atlas = open_atlas(text, findings, gazetteer, settings)
    main = main_place(atlas)
    placed: dict[str, Place] = {}
    for claim in findings.claims:
        place = _said(atlas, claim) or _where(atlas, claim)
        if place is None:
            place = carried(atlas, claim, main)
        elif main is not None and _sums_up(claim, place, main):
            place = replace(main.place, why=(f"its words say {place.name}, the report tells where", *main.place.why))
        if place is not None:
            words = text.text[place.start : place.end] if place.start >= 0 else place.text
            placed[claim.id] = replace(place, text=words)
    return placed


def _said(atlas: Atlas, claim: Claim) -> Place | None:
    """The place that the claim's own words name: the innermost of those tied together."""
    span = claim.place
    if span is None:
        return None
    for index, name in enumerate(atlas.names):
        if not (name.start < span.end and span.start < name.end) or atlas.does[index] in _NOT_WHERE:
            continue
        if _SEAT.search(atlas.text.text, max(0, name.start - 40), name.start):
            continue
        at = innermost(atlas, index)
        inner = atlas.names[at]
        if _HOSPITAL.search(inner.text) and _BROUGHT.search(claim.quote):
            return None
        if credible(atlas, at):
            return place_at(atlas, at, (min(span.start, inner.start), max(span.end, inner.end)))
    return None


def _where(atlas: Atlas, claim: Claim) -> Place | None:
    """The place of 'in Datur, where ten were killed'."""
    for index, name in enumerate(atlas.names):
        gap = atlas.text.text[name.end : claim.start] if 0 <= name.start < claim.start else ""
        if len(gap) < 80 and "." not in gap and _WHERE.match(gap):
            return place_at(atlas, index)
    return None


def _sums_up(claim: Claim, place: Place, main: Main) -> bool:
    """Say whether the words name only what holds the report's main place, in its first lines."""
    wide = main.known or place.precision != "district"
    return wide and holds_place(place, main.place) and claim.scope == "incident" and claim.start < _LEAD
