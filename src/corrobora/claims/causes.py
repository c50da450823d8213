"""Leave out what nobody did: deaths by an earthquake, a disease, a flood are no claims of violence."""

from collections.abc import Sequence
from dataclasses import replace

from corrobora.claims.groups import Group
from corrobora.claims.page import Page

# A text names its disaster at least so often, and twice as often as any act of violence.
NAMED = 3


def violent(page: Page, groups: Sequence[Group]) -> tuple[Group, ...]:
    """Keep the groups of victims whose cause is violence, or is not said in a text that is not about a disaster."""
    accidents = [t.i for t in page.doc if t.lower_ in page.words.accident]
    if not accidents:
        return tuple(groups)
    disaster = len(accidents) >= max(NAMED, 2 * len(page.acts))
    kept: list[Group] = []
    places: dict[int, int] = {}
    for n, group in enumerate(groups):
        if _accidental(page, group, accidents, disaster=disaster):
            continue
        places[n] = len(kept)
        kept.append(replace(group, whole=None if group.whole is None else places.get(group.whole)))
    return tuple(kept)


def _accidental(page: Page, group: Group, accidents: Sequence[int], *, disaster: bool) -> bool:
    """Say whether the sentence names an accident and no violence; in a text about a disaster, whether it names none."""
    sentence = page.doc[group.event.trigger].sent
    agent = group.event.agent
    if agent is not None and page.doc[agent].lower_ not in page.words.accident:
        return False
    if any(sentence.start <= a.trigger < sentence.end for a in page.acts):
        return False
    return disaster or any(sentence.start <= i < sentence.end for i in accidents)
