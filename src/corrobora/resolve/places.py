"""Places: where each claim's event happened, from the words of its clause, its report and the gazetteer."""


from corrobora.model import Claim, Findings, Place, Text
from corrobora.resolve.atlas import Atlas, open_atlas, place_at
from corrobora.resolve.discourse import carried
from corrobora.resolve.gazetteer import Gazetteer
from corrobora.settings import Settings


def resolve(text: Text, findings: Findings, gazetteer: Gazetteer, settings: Settings) -> dict[str, Place]:
    """Return the Place of each claim, by claim id; a claim that no words place, in a text that names none, is missing.

    `precision` and `radius_km` say how much is known: a town's circle grows with its people (2 to 25 km), a district,
    province or country has that of its area; a place that no gazetteer knows has the circle of what holds it.
    """
    atlas = open_atlas(text, findings, gazetteer, settings)
    own = {claim.id: place for claim in findings.claims if (place := _said(atlas, claim))}
    placed: dict[str, Place] = {}
    before: list[tuple[Claim, Place]] = []
    for claim in sorted(findings.claims, key=lambda each: (each.start, each.end)):
        place = own.get(claim.id) or carried(atlas, claim, before)
        if place is not None:
            placed[claim.id] = place
            before.append((claim, place))
    return {key: place for key, place in placed.items()}


def _said(atlas: Atlas, claim: Claim) -> Place | None:
    """The place that the claim's own words name: the innermost of those tied together."""
    if claim.place is None:
        return None
    span = claim.place
    inside = [i for i, n in enumerate(atlas.names) if n.start < span.end and span.start < n.end]
    if not inside:
        return None
    index = _innermost(atlas, inside[0])
    name = atlas.names[index]
    bounds = (min(span.start, name.start), max(span.end, name.end))
    return place_at(atlas, index, bounds)


def _innermost(atlas: Atlas, index: int) -> int:
    """Follow 'A in B' from B to A, where both stand in one sentence."""
    seen = {index}
    while True:
        inner = [t.inner for t in atlas.ties if t.outer == index and t.how == "in" and t.inner not in seen]
        if not inner:
            return index
        index = inner[0]
        seen.add(index)
