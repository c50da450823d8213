"""Where a claim's event happened when its own words do not say: what the report said before, and what it is about."""

import re
from dataclasses import replace
from functools import cache

from corrobora.model import Claim, Place
from corrobora.resolve.atlas import Atlas, place_at, times_named
from corrobora.resolve.naming import words

_LEAD_CHARACTERS = 900
_IN = re.compile(r"\b(?:in|at|near|outside|on|around)\s+(?:the\s+)?(?:[a-z’'-]+\s+){0,4}(?:of\s+)?$", re.IGNORECASE)


@cache
def _definite() -> re.Pattern[str]:
    table = words()["definite"]
    every = "|".join(re.escape(word) for each in table.values() for word in each)
    return re.compile(rf"\b(?:the|this|that)\s+(?:same\s+)?(?P<word>{every})\b|\b(?P<there>there)\b", re.IGNORECASE)


@cache
def _wide() -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(re.escape(word) for word in words()["nationwide"]["words"]) + r")\b", re.IGNORECASE)


def nationwide(atlas: Atlas, claim: Claim) -> Place | None:
    """The country of the report, where the claim's sentence speaks of the whole of it."""
    bounds = next((s for s in atlas.sentences if s[0] <= claim.start < s[1]), (claim.start, claim.end))
    if not _wide().search(atlas.text.text, *bounds):
        return None
    return _country(atlas)


def _country(atlas: Atlas) -> Place | None:
    for index in range(len(atlas.names)):
        chosen = atlas.chosen(index)
        if chosen and chosen.entry.id == f"country:{atlas.evidence.country}":
            return place_at(atlas, index)
    return None


def carried(atlas: Atlas, claim: Claim, before: list[tuple[Claim, Place]]) -> Place | None:
    """Return where a claim without place words happened, or None.

    The whole country where its sentence says so; else the place of the last claim told in its paragraph, else the
    report's main place.
    """
    if place := nationwide(atlas, claim):
        return _inherited(place, "its sentence speaks of the whole country")
    paragraph = next((p for p in atlas.paragraphs if p[0] <= claim.start < p[1]), (0, 0))
    near = [place for other, place in before if other.start >= paragraph[0]]
    if near:
        return _inherited(near[-1], "told before in its paragraph")
    if place := main_place(atlas):
        return _inherited(place, "the main place of the report")
    return None


def _inherited(place: Place, why: str) -> Place:
    return replace(place, why=(f"{why}: {place.text}", *place.why))


def main_place(atlas: Atlas) -> Place | None:
    """Return the most specific place that title and lead tell, in the country that the report is about."""
    counts = times_named(atlas)
    best: tuple[float, int] | None = None
    for index, name in enumerate(atlas.names):
        if name.source == "dateline":
            continue
        place = place_at(atlas, index)
        if place is None:
            continue
        score = {"exact": 3.0, "neighbourhood": 2.5, "town": 3.0, "district": 2.0, "province": 1.0}.get(
            place.precision, 0.0
        )
        score += min(3, counts[name.key] - 1) * 0.7
        if name.start < 0:
            score += 1.5
        elif name.start < _LEAD_CHARACTERS:
            score += 2.0 * (1 - name.start / _LEAD_CHARACTERS)
        else:
            score -= 1.0
        if name.start >= 0 and _IN.search(atlas.text.text, max(0, name.start - 50), name.start):
            score += 1.5
        if place.country and place.country != atlas.evidence.country:
            score -= 3.0
        if place.id == "":
            score -= 0.5
        if best is None or score > best[0]:
            best = (score, index)
    return place_at(atlas, best[1]) if best else None
