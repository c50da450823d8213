"""Leave out what nobody did: deaths by an earthquake, a disease, a flood are no claims of violence."""

from collections.abc import Sequence

from corrobora.claims.groups import Group
from corrobora.claims.page import Page


def violent(page: Page, groups: Sequence[Group]) -> tuple[Group, ...]:
    """Keep the groups of victims whose cause is violence, or is not said in a text about violence."""
    doc, words = page.doc, page.words
    accidents = [t.i for t in doc if t.lower_ in words.accident]
    if not accidents:
        return tuple(groups)
    natural = len(accidents) > len([a for a in page.acts if a.told])
    kept: list[Group] = []
    places: dict[int, int] = {}
    for n, group in enumerate(groups):
        sentence = doc[group.event.trigger].sent
        here = any(sentence.start <= i < sentence.end for i in accidents)
        by_violence = any(sentence.start <= a.trigger < sentence.end for a in page.acts)
        if not by_violence and (here or natural):
            continue
        places[n] = len(kept)
        whole = None if group.whole is None else places.get(group.whole)
        kept.append(Group(group.event, group.parties, group.count, group.rule, whole))
    return tuple(kept)
