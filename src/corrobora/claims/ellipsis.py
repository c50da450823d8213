"""Read what headlines, lists and broken sentences leave out: '45 killed, 82 injured', 'two in A; one in B'.

The parser often fails on these, so the rules go by the order of words. They see only figures that no other rule used.
"""

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from corrobora.claims.events import Event
from corrobora.claims.figures import Figure
from corrobora.claims.lexicon import Lexicon, Word
from corrobora.claims.shots import aimed
from corrobora.claims.wordlists import wordlist

BRIDGE = wordlist("ellipsis.bridge")
BEFORE = wordlist("ellipsis.before")
JOINTS = wordlist("ellipsis.joints")
# Rules whose word only describes people: another may tell what became of them.
DESCRIBING = frozenset({"noun-counted", "state-modifier", "state-counted"})
PEOPLE = wordlist("ellipsis.people")
COUNTING = wordlist("ellipsis.counting")
# Said beside the others, and no sum with them.
APART = frozenset({"plus", "—", "–"})
OTHER = wordlist("ellipsis.other")
KILLINGS = wordlist("ellipsis.killings")
# Tokens back to the figure that a bare one takes up again: about five sentences.
SPANS = frozenset({"day", "week", "month", "year", "night", "hour"})
FAR = 120
STATES = frozenset({"states", "patients"})
NOUNS = frozenset({"NOUN", "PROPN"})

# Before a colon these are who says it, not who died.
SOURCES = wordlist("ellipsis.sources")


def last(figure: Figure) -> int:
    """Give the token after the figure and what it counts."""
    return max(figure.end, (figure.unit if figure.unit is not None else -1) + 1)


def elliptic(doc: Doc, words: Lexicon, figures: Sequence[Figure], events: Sequence[Event]) -> Iterator[Event]:
    """Give the harms that unused figures tell, by the words next to them."""
    told = [e for e in events if e.rule not in DESCRIBING]
    owner = {token: event for events_ in (events, told) for event in events_ for token in event.victims}
    people = [f for f in figures if f.about in {"people", "unknown"}]
    previous: tuple[Figure, Event] | None = None
    for figure, following in zip(people, [*people[1:], None], strict=False):
        event = _owner(figure, owner)
        if event is None or event.rule in DESCRIBING:
            ahead = _owner(following, owner) if following is not None else None
            found = _fresh(doc, words, figure, previous) if event is None else None
            found = found or _joined(doc, words, figure, following, ahead)
            if found is not None:
                yield found
            event = found or event
        if event is not None:
            previous = (figure, event)


def _fresh(doc: Doc, words: Lexicon, figure: Figure, previous: tuple[Figure, Event] | None) -> Event | None:
    return (
        _tallied(doc, words, figure)
        or _after(doc, words, figure)
        or _before(doc, words, figure)
        or _continued(doc, figure, previous)
        or _rate(doc, words, figure)
        or _again(doc, figure, previous)
    )


def _joined(doc: Doc, words: Lexicon, figure: Figure, following: Figure | None, ahead: Event | None) -> Event | None:
    """'21 hostages and four soldiers were killed', where the parser gave the verb only the last."""
    if (
        following is None
        or ahead is None
        or ahead.rule in DESCRIBING
        or figure.unit is None
        or ahead.trigger < following.start
    ):
        return None
    told = {w.harm for w in words.triggers.get(doc[figure.unit].lower_, ()) if w.kind == "victims"}
    some = [t.lower_ for t in doc[following.end : following.end + 2]] in (["of", "whom"], ["of", "them"])
    if some or told & {"killed", "injured", "casualties"}:
        return None
    gap = {t.lower_ for t in doc[last(figure) : following.start]}
    return Event(ahead.trigger, ahead.harm, (head(figure),), ahead.agent, "list") if gap and gap <= JOINTS else None


def _owner(figure: Figure, owner: dict[int, Event]) -> Event | None:
    if figure.unit is not None and figure.unit in owner:
        return owner[figure.unit]
    return next((owner[i] for i in range(figure.start, figure.end) if i in owner), None)


def head(figure: Figure) -> int:
    """Give the token that stands for the figure: what it counts, or its last number."""
    return figure.unit if figure.unit is not None else figure.end - 1


def _after(doc: Doc, words: Lexicon, figure: Figure) -> Event | None:
    at, end = last(figure), doc[figure.start].sent.end
    if at < end and doc[at].lower_ == "fatally":  # 'five were shot, three fatally'
        return Event(at, "killed", (head(figure),), None, "figure-state")
    for token in doc[at : min(at + 6, end)]:
        if _becoming(words, token) is not None:
            return None if _acts_on(token) else _state_at(doc, words, figure, token.i)
        if token.text == "," and token.i == at:
            return _beyond(doc, words, figure, at, end)
        if token.lower_ not in BRIDGE and token.pos_ != "ADV":
            return None
    return None


def _beyond(doc: Doc, words: Lexicon, figure: Figure, at: int, end: int) -> Event | None:
    """'15 civilians, women and children included, were killed', '11, among them two boys, wounded', '4, all dead'."""
    if at + 2 < end and doc[at + 1].lower_ in {"all", "both"}:
        return _state_at(doc, words, figure, at + 2, _label(doc, figure))
    close = next((t.i for t in doc[at + 1 : min(at + 10, end)] if t.text == ","), None)
    if close is None or close + 1 >= end:
        return None
    if doc[at + 1].lower_ in {"among", "including"}:
        direct = _state_at(doc, words, figure, close + 1)
        if direct is not None:
            return direct
    suffered = _phrase_at(doc, words, close + 1, end)
    if suffered:
        return Event(close + 1, suffered, (head(figure),), None, "figure-state")
    if doc[close + 1].lower_ not in {"were", "was", "have", "had", "has"}:
        return None
    found = (_state_at(doc, words, figure, i) for i in range(close + 2, min(close + 5, end)))
    return next((e for e in found if e is not None), None)


def _phrase_at(doc: Doc, words: Lexicon, at: int, end: int) -> str:
    """Give the harm of a phrase that begins here: 'sustained serious injuries', 'lost their lives'."""
    verb = words.lemmas.get(doc[at].lower_, "")
    nouns = (words.lemmas.get(t.lower_, t.lower_) for t in doc[at + 1 : min(at + 4, end)])
    return next((harm for noun in nouns if (harm := words.harm_phrases.get((verb, noun), ""))), "")


def _state_at(doc: Doc, words: Lexicon, figure: Figure, at: int, who: int | None = None) -> Event | None:
    """Give what the word at `at` says became of the people of a figure, whom the noun at `who` names."""
    word = _becoming(words, doc[at])
    return None if word is None else Event(at, word.harm, (head(figure),), None, "figure-state", who)


def _becoming(words: Lexicon, token: Token) -> Word | None:
    lower = "dead" if token.lower_ == "shot" and token.i + 1 < len(token.doc) and token.nbor(1).lower_ == "dead" else ""
    known = () if aimed(token) else words.triggers.get(lower or token.lower_, ())
    return next((w for w in known if w.kind in STATES and w.form in {"", "past"}), None)


def _label(doc: Doc, figure: Figure) -> int | None:
    """Give the noun of 'Gunmen: 4', which stands before its figure."""
    before = figure.start - 2
    labelled = figure.unit is None and before >= 0 and doc[before + 1].text == ":" and doc[before].pos_ in NOUNS
    if labelled and doc[before].lower_ in SOURCES:  # 'Police: 2 dead'
        return None
    return before if labelled else None


def _tallied(doc: Doc, words: Lexicon, figure: Figure) -> Event | None:
    """'Killed: 14', 'Dead: at least 9; missing: 4', 'Victims: 8': a word and its figure, as lists give them."""
    at = figure.start - 2
    if figure.unit is not None or at < 0 or doc[at + 1].text != ":" or not _begins(doc, at):
        return None
    known = words.triggers.get(doc[at].lower_, ())
    word = next((w for w in known if w.kind in {*STATES, "victims"} and w.form in {"", "past"}), None)
    if word is None and doc[at].lower_ in {"victims", "toll"} and any(t.lower_ in KILLINGS for t in doc[:at]):
        return Event(at, "killed", (head(figure),), None, "tally")
    return None if word is None else Event(at, word.harm, (head(figure),), None, "tally")


def _begins(doc: Doc, at: int) -> bool:
    """Say whether a word begins a line or an entry of a list."""
    return at == 0 or doc[at - 1].is_space or doc[at - 1].text in {".", ";", ",", "-", "–", "—", "•", "|"}


def _acts_on(token: Token) -> bool:
    """'Four gunmen killed ten people': the figure counts those who did it."""
    return any(c.dep_ == "dobj" for c in token.children) and not any(c.dep_ == "auxpass" for c in token.children)


def _before(doc: Doc, words: Lexicon, figure: Figure) -> Event | None:
    start = doc[figure.start].sent.start
    for at in range(figure.start - 1, max(start, figure.start - 4) - 1, -1):
        token = doc[at]
        word = next((w for w in words.triggers.get(token.lower_, ()) if w.kind == "patients" and w.form), None)
        if word is not None and token.lower_ != "gun":
            return Event(token.i, word.harm, (head(figure),), None, "verb-figure")
        if token.lower_ not in BEFORE:
            return None
    return None


def _continued(doc: Doc, figure: Figure, previous: tuple[Figure, Event] | None) -> Event | None:
    """'23 soldiers, three employees and five passengers'; 'Three killed in A; two in B'; '..., 83 of them badly'."""
    if previous is None or doc[previous[0].start].sent.start != doc[figure.start].sent.start:
        return None
    before, event = previous
    if _part(doc, figure, before):
        return Event(event.trigger, event.harm, (head(figure),), event.agent, "part")
    gap = [t.lower_ for t in doc[last(before) : figure.start]]
    if APART & set(gap):  # 'three dead - plus two of the gunmen'
        gap = [t.lower_ for t in doc[last(before) : figure.start] if t.i != event.trigger]
    if event.rule.startswith(("figure-state", "noun-counted")) and figure.unit is None:
        return None
    listed = gap and set(gap) <= JOINTS and figure.unit is not None and event.trigger < figure.start
    if listed and not _tells(doc[head(figure)], doc[event.trigger]):
        further = "list-apart" if APART & set(gap) or event.rule == "list-apart" else "list"
        # 'nine, including two boys and three girls', '12 people – eight guards and four farmers'
        rule = "part" if event.rule == "part" or _spelled_out(gap, before, figure) else further
        return Event(event.trigger, event.harm, (head(figure),), event.agent, rule)
    after = doc[last(figure)] if last(figure) < len(doc) else None
    if (
        figure.unit is None
        and after is not None
        and after.lower_ in {"in", "at", "from", "near"}
        and _place_next(doc, after.i + 1)
    ):
        return Event(event.trigger, event.harm, (head(figure),), event.agent, "place-list")
    return None


def _spelled_out(gap: Sequence[str], before: Figure, figure: Figure) -> bool:
    """A dash alone between a figure and a smaller one: who the first were."""
    whole, part = before.count.low, figure.count.low
    return set(gap) <= {"–", "—", "--"} and whole is not None and part is not None and part < whole


def _tells(noun: Token, trigger: Token) -> bool:
    """'wounding 11, three officials said': those who say it are no further wounded."""
    verb = noun.head
    return noun.dep_ == "nsubj" and noun.i < verb.i and verb.i != trigger.i and verb.is_ancestor(trigger)


def _place_next(doc: Doc, at: int) -> bool:
    return at < len(doc) and (doc[at].pos_ == "PROPN" or doc[at].lower_ == "the")


def _part(doc: Doc, figure: Figure, before: Figure) -> bool:
    """'16 people, two of them women', '83 injured, seven children among them', 'ten dead, including two soldiers'."""
    gap = [t.lower_ for t in doc[last(before) : figure.start]]
    after = " ".join(_clause(doc, figure.end))
    if "including" in gap or "includes" in gap or "include" in gap:
        return True
    if after.startswith(("of them", "of whom", "of these", "of those", "of the victims", "of the dead")):
        return True
    among = min(
        (i for w in ("among them", "among the dead", "included ,", "included .") if (i := after.find(w)) >= 0),
        default=-1,
    )
    return among >= 0 and figure.unit is not None


def _clause(doc: Doc, start: int) -> Iterator[str]:
    """Give the words from here to the next verb, within reason."""
    for token in doc[start : min(start + 24, doc[start - 1].sent.end)]:
        if token.pos_ == "VERB" and token.lower_ != "included":
            return
        yield token.lower_


def _rate(doc: Doc, words: Lexicon, figure: Figure) -> Event | None:
    """'faces abductions, sometimes five or ten per day': the figure is of the noun before it."""
    after = [t.lower_ for t in doc[figure.end : figure.end + 2]]
    if len(after) < len(("per", "day")) or after[0] not in {"per", "a", "each", "every"} or after[1] not in SPANS:
        return None
    for token in reversed(doc[max(doc[figure.start].sent.start, figure.start - 10) : figure.start]):
        word = next((w for w in words.triggers.get(token.lower_, ()) if w.kind == "events"), None)
        if word is not None:
            return Event(token.i, word.harm, (head(figure),), None, "noun-rate")
    return None


def _again(doc: Doc, figure: Figure, previous: tuple[Figure, Event] | None) -> Event | None:
    """'A first report had spoken of at least 70 people', 'the count was over 200', 'now has 115 victims'.

    The words give a figure without saying of what: it is of the harm told just before.
    """
    noun = doc[figure.unit].lower_ if figure.unit is not None else ""
    before = [t.lower_ for t in doc[max(doc[figure.start].sent.start, figure.start - 8) : figure.start]]
    if noun in {"victims", "victim"}:
        sentence = {t.lower_ for t in doc[figure.start].sent}
        told = previous is not None and previous[1].harm == "killed" and _near(doc, figure, previous[0])
        known = before[-1:] and before[-1] in {"the", "these", "those", "all"}  # 'the four victims': told of before
        if (sentence & KILLINGS and not known) or (
            told and OTHER & {t.lower_ for t in doc[figure.start : figure.unit]}
        ):
            return Event(head(figure), "killed", (head(figure),), None, "victims-counted")
        return None
    if previous is None or previous[1].harm not in {"killed", "injured"} or figure.count.low is None:
        return None
    if not _near(doc, figure, previous[0]):
        return None
    speaks = len(before) > 1 and before[-1] == "of" and before[-2] in {"spoken", "spoke", "speak", "speaks"}
    of = before[before.index("of") + 1 :] if "of" in before else []
    others = bool(of) and "number" in before and not PEOPLE & set(of)  # 'the number of girls taken was eight'
    counts = not others and bool(COUNTING & set(before)) and before[-1:] in (["to"], ["at"], ["was"], ["is"])
    after = [t.lower_ for t in doc[figure.end : figure.end + 2]]
    now = before[-2:] in (["it", "is"], ["it", "'s"], ["it", "’s"], ["they", "are"]) and "now" in after
    if (speaks or counts or now) and (noun in PEOPLE or figure.unit is None):
        return Event(head(figure), previous[1].harm, (head(figure),), None, "figure-again")
    return None


def _near(doc: Doc, figure: Figure, before: Figure) -> bool:
    return doc[figure.start].sent.start - before.start <= FAR
