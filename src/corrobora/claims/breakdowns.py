"""Who the dead and the wounded were: parts of a figure that a later clause or sentence names.

`The blast killed 22 people. Seven of them were children.` A part belongs to the whole told before it, with the place,
time and doers of that, so that it neither adds to the figure nor lowers it.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from corrobora.claims.events import Event
from corrobora.claims.figures import Figure
from corrobora.claims.lexicon import Lexicon, Word
from corrobora.claims.syntax import child, conjuncts
from corrobora.claims.wordlists import wordlist

# Rules whose word only describes people: another may tell what became of them.
DESCRIBING = frozenset(
    {"noun-counted", "state-modifier", "state-counted", "state-after", "small-clause", "in-hospital"}
)
# Rules that go by the order of words alone.
GUESSED = frozenset({"part", "list", "list-apart", "place-list", "figure-state", "figure-again"})
# Tokens back to the whole that a part belongs to: about five sentences.
FAR = 120
DEAD, HURT = wordlist("breakdowns.dead"), wordlist("breakdowns.hurt")
WHOLE = wordlist("breakdowns.whole")
GRAVE = wordlist("breakdowns.grave")


def breakdowns(doc: Doc, words: Lexicon, figures: Sequence[Figure], events: Sequence[Event]) -> Iterator[Event]:
    """Give the parts that figures name of a whole told before them, as events of rule 'part' in text order."""
    told = {head for e in events if e.rule not in DESCRIBING | GUESSED for head in e.victims}
    wholes = sorted(_wholes(figures, events), key=lambda pair: pair[0].start)
    last: tuple[Figure, Event] | None = None
    for figure in (f for f in figures if f.about in {"people", "unknown"}):
        event = _within(doc, figure, wholes) or _told_of(doc, figure, wholes)
        if event is None and not told & {figure.unit, *range(figure.start, figure.end)}:
            event = _part(doc, figure, wholes) or _listed(doc, figure, last) or _inside(doc, words, figure, wholes)
        if event is not None:
            last = figure, event
            yield event
    counting = {i for f in figures for i in (f.unit, *range(f.start, f.end)) if i is not None}
    yield from _among(doc, wholes, counting)
    yield from _one_of_them(doc, wholes, words)


def _wholes(figures: Sequence[Figure], events: Sequence[Event]) -> Iterator[tuple[Figure, Event]]:
    by_head: dict[int, Event] = {}
    for event in sorted(events, key=lambda e: e.rule in DESCRIBING):  # what tells before what describes
        for head in event.victims:
            by_head.setdefault(head, event)
    for figure in figures:
        heads = (figure.unit, *range(figure.start, figure.end))
        told = next((by_head[h] for h in heads if h in by_head), None)
        if told is not None:
            yield figure, told


def _whole(figure_at: int, wholes: Sequence[tuple[Figure, Event]], harms: frozenset[str]) -> Event | None:
    """Give the last whole before a token, of one of these harms where any is named."""
    before = [e for f, e in wholes if f.end <= figure_at and figure_at - f.end <= FAR]
    return next((e for e in reversed(before) if not harms or e.harm in harms), None)


def _harms(words_: set[str]) -> frozenset[str]:
    if words_ & DEAD:
        return frozenset({"killed"})
    return frozenset({"injured"}) if words_ & HURT else frozenset()


def _as_part(whole: Event, figure: Figure, who: Token | None) -> Event:
    head = figure.unit if figure.unit is not None else figure.end - 1
    return Event(whole.trigger, whole.harm, (head,), whole.agent, "part", None if who is None else who.i)


def _within(doc: Doc, figure: Figure, wholes: Sequence[tuple[Figure, Event]]) -> Event | None:
    """'20 people, of whom 14 civilians', '11, among them two boys, wounded': whatever verb the parser gave them."""
    start = doc[figure.start].sent.start
    before = [t.lower_ for t in doc[max(start, figure.start - 3) : figure.start]]
    inside = before[-2:] in (["of", "whom"], ["among", "them"]) and doc[figure.end].lower_ not in {"were", "are", "was"}
    whole = _whole(figure.start, wholes, frozenset()) if inside else None
    return None if whole is None else _as_part(whole, figure, None)


def _told_of(doc: Doc, figure: Figure, wholes: Sequence[tuple[Figure, Event]]) -> Event | None:
    """'23 dead, 9 of whom were burned alive': what is told of a part is what is told of the whole."""
    if [t.lower_ for t in doc[figure.end : figure.end + 2]] not in (["of", "whom"], ["of", "them"]):
        return None
    own = next((e for f, e in wholes if f.start == figure.start), None)
    here = [(f, e) for f, e in wholes if doc[f.start].sent.start == doc[figure.start].sent.start]
    whole = _whole(figure.start, here, frozenset())
    same = own is not None and whole is not None and own.harm == whole.harm and own.rule not in GUESSED
    return _as_part(whole, figure, None) if same and whole is not None else None


def _part(doc: Doc, figure: Figure, wholes: Sequence[tuple[Figure, Event]]) -> Event | None:
    """'nine of the deceased were minors', 'of whom 16 were women', 'all five were students', '5 critical'."""
    sentence = doc[figure.start].sent
    of = _of_whole(doc, figure) or _whom(doc, figure)
    every = figure.start > sentence.start and doc[figure.start - 1].lower_ == "all"
    grave = figure.unit is not None and doc[figure.unit].lower_ in GRAVE
    grave = grave or (figure.end < sentence.end and doc[figure.end].lower_ in GRAVE)
    if not (of or every or grave):
        return None
    inner = next((e for f, e in wholes if figure.end < f.start <= figure.end + 2), None) if of else None
    whole = inner or _whole(figure.start, wholes, frozenset({"injured"}) if grave and not of else _harms(of))
    if whole is None:
        return None
    who = _called(doc, figure)
    return _as_part(whole, figure, who) if who is not None or of & (DEAD | HURT) or grave else None


def _of_whole(doc: Doc, figure: Figure) -> set[str]:
    """Give the words of a whole that stand behind the figure: 'of the dead', 'of those killed', 'of them'."""
    at = figure.end
    if at >= len(doc) or doc[at].lower_ != "of":
        return set()
    stretch = [t.lower_ for t in doc[at + 1 : min(at + 5, doc[figure.start].sent.end)]]
    for n, word in enumerate(stretch):
        if n == 0 and word in DEAD | HURT:
            return set()  # 'dozens of injured people'
        if word in WHOLE | DEAD | HURT:
            return set(stretch[: n + 2])
        if not (word in {"the", "these", "those", "all"} or word.isdigit()):
            return set()
    return set(stretch) if {"those", "these"} & set(stretch[:1]) else set()


def _whom(doc: Doc, figure: Figure) -> set[str]:
    """Give the words of a whole that stand before the figure: 'of whom 16', 'of the 15 killed, nine'."""
    before = [t.lower_ for t in doc[max(doc[figure.start].sent.start, figure.start - 7) : figure.start]]
    if before[-2:] in (["of", "whom"], ["of", "which"], ["of", "these"], ["of", "them"]):
        return set(before[-2:])
    if before[:1] == ["of"] and before[-1:] == [","]:
        return {w for w in before if w in WHOLE | DEAD | HURT}
    return set()


def _called(doc: Doc, figure: Figure) -> Token | None:
    """Give the noun that says who they were: 'minors' of 'nine of them were minors'."""
    verb = doc[figure.end - 1].head
    while verb.pos_ not in {"VERB", "AUX"} and verb.head.i != verb.i:
        verb = verb.head
    noun = child(verb, "attr") if verb.lemma_ == "be" else None
    return noun if noun is not None and noun.i > figure.start and noun.pos_ in {"NOUN", "PROPN"} else None


def _listed(doc: Doc, figure: Figure, last: tuple[Figure, Event] | None) -> Event | None:
    """'..., four were nurses and the remaining two guards': parts go on in the sentence."""
    if last is None or doc[last[0].start].sent.start != doc[figure.start].sent.start:
        return None
    before, part = last
    gap = [t for t in doc[before.end : figure.start] if t.pos_ == "VERB" and t.lower_ != "remaining"]
    if gap:
        return None
    verb = doc[figure.start].head
    after = doc[figure.end] if figure.end < len(doc) else verb
    said = after.lower_ in {"were", "was", "are"} or figure.unit is not None
    if not said:
        return None
    who = next((t for t in doc[figure.end : figure.end + 4] if t.pos_ in {"NOUN", "PROPN"}), None)
    who = who if figure.unit is None else None
    return Event(part.trigger, part.harm, (_head(figure),), part.agent, "part", None if who is None else who.i)


def _head(figure: Figure) -> int:
    return figure.unit if figure.unit is not None else figure.end - 1


def _states(doc: Doc, words: Lexicon, figure: Figure) -> Sequence[Word]:
    """Give what the word right after a figure says became of its people."""
    after = max(figure.end, 0 if figure.unit is None else figure.unit + 1)
    known = words.triggers.get(doc[after].lower_, ()) if after < len(doc) else ()
    return [w for w in known if w.kind in {"states", "patients", "victims"} and w.form in {"", "past"}]


def _inside(doc: Doc, words: Lexicon, figure: Figure, wholes: Sequence[tuple[Figure, Event]]) -> Event | None:
    """'24 fatalities (11 women, 4 men)', 'killed 7 residents: 4 in A, 2 in B': a list in brackets or behind a colon."""
    sentence = doc[figure.start].sent
    for whole, event in reversed(wholes):
        if whole.end > figure.start or whole.start < sentence.start or event.rule in GUESSED:
            continue
        between = [t.text for t in doc[whole.end : figure.start]]
        opened = "(" in between and ")" not in between
        colon = ":" in between and whole.count.high is not None
        if any(e.harm == "casualties" and not (opened or colon) for _, e in wholes if e.trigger < whole.start):
            continue  # '16 casualties: seven dead, nine injured': the dead are no whole
        if not (opened or colon) or figure.count.low is None:
            return None
        harm = next((w.harm for w in _states(doc, words, figure)), "") if event.harm == "casualties" else ""
        if harm:  # '16 casualties: seven dead, nine injured'
            return replace(_as_part(event, figure, None), harm=harm)
        return _as_part(event, figure, None) if figure.count.low <= (whole.count.high or figure.count.low) else None
    return None


def _among(doc: Doc, wholes: Sequence[tuple[Figure, Event]], counting: Collection[int]) -> Iterator[Event]:
    """'Among the dead were three nurses', 'two young nuns were among those killed'."""
    for among in (t for t in _words(doc, "among") if t.head.lemma_ == "be"):
        named = {t.lower_ for t in among.subtree}
        whole = _whole(among.i, wholes, _harms(named)) if named & (WHOLE | DEAD | HURT) - {"those"} else None
        who = child(among.head, "attr", "nsubj")
        heads = () if who is None else tuple(t.i for t in conjuncts(who) if t.i in counting or _one(t))
        if whole is not None and heads:
            yield Event(whole.trigger, whole.harm, heads, whole.agent, "part")


def _words(doc: Doc, *forms: str) -> list[Token]:
    wanted = {doc.vocab.strings[form] for form in forms}
    return [doc[i] for i, lower in enumerate(doc.to_array("LOWER").tolist()) if lower in wanted]


def _one(noun: Token) -> bool:
    return noun.tag_ == "NN" and any(c.lower_ in {"a", "an"} for c in noun.children)


def _one_of_them(doc: Doc, wholes: Sequence[tuple[Figure, Event]], words: Lexicon) -> Iterator[Event]:
    """'six people, including a girl', 'six, among them two men and a girl': one person, whom no figure counts."""
    for inside in _words(doc, "including", "among"):
        told = [c for c in inside.children if c.dep_ == "pobj"]
        heads = [inside.head] if [c.lower_ for c in told] == ["them"] else told
        for noun in (t for head in heads for t in conjuncts(head)):
            whole = _whole(inside.i, wholes, frozenset()) if _one(noun) and words.is_person(noun.lower_) else None
            if whole is not None and doc[whole.trigger].sent.start <= inside.i < doc[whole.trigger].sent.end:
                yield Event(whole.trigger, whole.harm, (noun.i,), whole.agent, "part")
