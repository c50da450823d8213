"""Read what headlines, lists and broken sentences leave out: '45 killed, 82 injured', 'two in A; one in B'.

The parser often fails on these, so the rules go by the order of words. They see only figures that no other rule used.
"""

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from corrobora.claims.events import Event
from corrobora.claims.figures import Figure
from corrobora.claims.lexicon import Lexicon

BRIDGE = frozenset(
    "people persons others other more civilians were was are is have has had been be also reportedly confirmed of them these "
    "feared believed now already so far and or safely seriously badly critically at still dead verified known".split()
)  # noqa: SIM905
BEFORE = frozenset("the a an some all at least about another nearly up to more than over an estimated of".split())  # noqa: SIM905
JOINTS = frozenset({",", "and", "&", "plus", "or", "with", "as", "well"})
STATES = frozenset({"states", "patients"})


def last(figure: Figure) -> int:
    """Give the token after the figure and what it counts."""
    return max(figure.end, (figure.unit if figure.unit is not None else -1) + 1)


def elliptic(doc: Doc, words: Lexicon, figures: Sequence[Figure], events: Sequence[Event]) -> Iterator[Event]:
    """Give the harms that unused figures tell, by the words next to them."""
    owner = {token: event for event in events for token in event.victims}
    previous: tuple[Figure, Event] | None = None
    for figure in figures:
        event = _owner(figure, owner)
        if event is None and figure.about in {"people", "unknown"}:
            event = _after(doc, words, figure) or _before(doc, words, figure) or _continued(doc, figure, previous)
            if event is not None:
                yield event
        if event is not None:
            previous = (figure, event)


def _owner(figure: Figure, owner: dict[int, Event]) -> Event | None:
    if figure.unit is not None and figure.unit in owner:
        return owner[figure.unit]
    return next((owner[i] for i in range(figure.start, figure.end) if i in owner), None)


def head(figure: Figure) -> int:
    """Give the token that stands for the figure: what it counts, or its last number."""
    return figure.unit if figure.unit is not None else figure.end - 1


def _after(doc: Doc, words: Lexicon, figure: Figure) -> Event | None:
    at, end = last(figure), doc[figure.start].sent.end
    for token in doc[at : min(at + 6, end)]:
        word = next(
            (w for w in words.triggers.get(token.lower_, ()) if w.kind in STATES and w.form in {"", "past"}), None
        )
        if word is not None:
            if _acts_on(token, figure):
                return None
            return Event(token.i, word.harm, (head(figure),), None, "figure-state")
        if token.lower_ not in BRIDGE and token.pos_ != "ADV":
            return None
    return None


def _acts_on(token: Token, figure: Figure) -> bool:
    """'Four gunmen killed ten people': the figure counts those who did it."""
    return any(c.dep_ == "dobj" for c in token.children) and not any(c.dep_ == "auxpass" for c in token.children)


def _before(doc: Doc, words: Lexicon, figure: Figure) -> Event | None:
    start = doc[figure.start].sent.start
    for at in range(figure.start - 1, max(start, figure.start - 4) - 1, -1):
        token = doc[at]
        word = next((w for w in words.triggers.get(token.lower_, ()) if w.kind == "patients" and w.form), None)
        if word is not None:
            return Event(token.i, word.harm, (head(figure),), None, "verb-figure")
        if token.lower_ not in BEFORE:
            return None
    return None


def _continued(doc: Doc, figure: Figure, previous: tuple[Figure, Event] | None) -> Event | None:
    """'23 soldiers, three employees and five passengers'; 'Three were killed in A; two in B'; '..., 83 of them badly'."""
    if previous is None or doc[previous[0].start].sent.start != doc[figure.start].sent.start:
        return None
    before, event = previous
    gap = [t.lower_ for t in doc[last(before) : figure.start]]
    if event.rule.startswith(("figure-state", "noun-counted")) and figure.unit is None:
        return None
    if gap and set(gap) <= JOINTS and figure.unit is not None and event.trigger < figure.start:
        return Event(event.trigger, event.harm, (head(figure),), event.agent, "list")
    after = doc[last(figure)] if last(figure) < len(doc) else None
    if (
        figure.unit is None
        and after is not None
        and after.lower_ in {"in", "at", "from", "near"}
        and _place_next(doc, after.i + 1)
    ):
        return Event(event.trigger, event.harm, (head(figure),), event.agent, "place-list")
    return None


def _place_next(doc: Doc, at: int) -> bool:
    return at < len(doc) and (doc[at].pos_ == "PROPN" or doc[at].lower_ == "the")
