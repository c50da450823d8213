"""Gather the people of each event into groups: one claim for one harm to one group, with parts and sums.

`two officers and three civilians were killed` is two groups, part of a third of five. `her aunt, her husband and two
children` is one group of four. `four civilians, two of them women` is four, with a part of two.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from corrobora.claims.events import Event
from corrobora.claims.figures import Figure
from corrobora.claims.lexicon import Lexicon
from corrobora.claims.victims import NOTHING, Party, party
from corrobora.claims.wordlists import wordlist
from corrobora.model import Count

# Rules whose noun or adjective only describes people whom another word tells something of: '21 hostages were killed'.
DESCRIBING = frozenset({"noun-counted", "state-modifier", "state-counted"})
# Rules whose verb only living beings undergo.
ANIMATE = frozenset(
    {"verb-object", "subject-passive", "subject-active", "subject-reduced", "shared-subject", "participle"}
)
ARMED = frozenset({"armed_group", "security_force"})
RUNNING = wordlist("groups.running")
REFUGE = wordlist("groups.refuge")
CAPTIVITY = wordlist("groups.captivity")
PERIL, HELD = wordlist("groups.peril"), wordlist("groups.held")
OF_FORCES = wordlist("groups.of_forces")
OF_THINGS = wordlist("groups.of_things")


@dataclass(frozen=True, slots=True)
class Group:
    """People who suffered one harm by one event. `whole` is the index, among the groups given, of what includes it."""

    event: Event
    parties: tuple[Party, ...]
    count: Count
    rule: str
    whole: int | None = None


def gather(doc: Doc, events: Iterable[Event], figures: Sequence[Figure], words: Lexicon) -> tuple[Group, ...]:
    """Turn events into groups of victims, in text order; what describes people already told of is dropped."""
    by_unit = {f.unit: f for f in figures if f.unit is not None}
    by_token = {i: f for f in figures for i in range(f.start, f.end)}
    kept: list[tuple[Event, tuple[Party, ...]]] = []
    taken: dict[int, list[Event]] = {}
    for event in sorted(events, key=_told_first):
        parties = []
        for head in event.victims:
            figure = by_token.get(head) or by_unit.get(head)
            if not _undergone(event, head) and _another_state(doc, event, _counted(head, figure), words):
                continue
            key = figure.start if figure is not None else head
            if _repeats(event, taken.get(key, ())):
                continue
            one = _party(doc, head, figure, words, event)
            if one is not None and _fits(doc, event, one, words):
                parties.append(one)
                for known in {key, key if event.of is None else event.of}:
                    taken.setdefault(known, []).append(event)
        if parties or (not event.victims and event.rule.startswith("noun")):
            kept.append((event, tuple(parties)))
    kept.sort(key=lambda k: (k[0].trigger, k[0].victims))
    return tuple(_grouped(doc, _lists(kept)))


def _told_first(event: Event) -> tuple[bool, bool, bool]:
    """Put death before wounds, and what is told before what describes: a girl wounded on Friday died."""
    wounded = event.harm == "injured" and event.rule in {"participle", "subject-passive", "verb-object"}
    return event.rule not in {"part", "subject-reduced"}, wounded or event.rule in DESCRIBING, event.of is None


def _party(doc: Doc, head: int, figure: Figure | None, words: Lexicon, event: Event) -> Party | None:
    """Read the victim; where its head is no person, what stands beside it may be: 'a suburb, anyone left'."""
    noun = None if event.of is None else doc[event.of]
    first = head == event.victims[0] or (event.rule == "subject-passive" and doc[head].dep_ == "conj" and _a(doc[head]))
    one = party(doc, head, figure, words, animate=_animate(event) and first, noun=noun)
    if one is not None or figure is not None:
        return one
    beside = (
        party(doc, c.i, None, words) for c in doc[head].children if c.dep_ == "appos" and c.pos_ in {"NOUN", "PRON"}
    )
    return next((p for p in beside if p is not None), None)


def _a(noun: Token) -> bool:
    return any(t.lower_ in {"a", "an", "another"} for t in noun.lefts)


def _animate(event: Event) -> bool:
    """Say whether only the living undergo it: a report is released, a body is found, but only somebody is killed."""
    return event.rule in ANIMATE and event.harm not in {"freed", "missing", "displaced"}


def _counted(head: int, figure: Figure | None) -> int:
    return head if figure is None or figure.unit is None else figure.unit


def _undergone(event: Event, head: int) -> bool:
    """'two of the wounded died': what their verb says of them is what became of them."""
    return event.rule in {"subject-active", "phrase"} and head == event.victims[0]


def _another_state(doc: Doc, event: Event, head: int, words: Lexicon) -> bool:
    """'Seventy dead and fifty wounded': the dead are not wounded."""
    states = [doc[head], *(c for c in doc[head].children if c.dep_ == "amod" and c.i > head)]
    if doc[head].like_num and doc[head].dep_ == "conj" and head + 1 < len(doc):
        states.append(doc[head + 1])  # 'killed nine and 31 wounded'
    kinds = {"states", "victims"} if event.rule == "toll" else {"states"}
    said = {w.harm for t in states for w in words.triggers.get(t.lower_, ()) if w.kind in kinds}
    return head != event.trigger and bool(said) and event.harm not in said


def _repeats(event: Event, others: Sequence[Event]) -> bool:
    """'shot and killed' is one harm; '21 hostages' who were killed are not told to be abducted by that word."""
    if not others:
        return False
    if event.rule in DESCRIBING or any(o.harm == event.harm for o in others):
        return True
    return any({o.harm, event.harm} <= {"killed", "injured", "missing", "casualties"} for o in others)


def _fits(doc: Doc, event: Event, one: Party, words: Lexicon) -> bool:
    """Say whether these people can have suffered this: gunmen who fled are not displaced, a freed statement is none."""
    if event.harm == "displaced":
        return _driven_out(doc, event, one)
    if event.harm in {"detained", "abducted"} and one.count.high == 0:
        return False
    verb = words.lemmas.get(doc[event.trigger].lower_)
    if verb in {"jail", "imprison"} and any(t.lower_ == "for" for t in doc[event.trigger].children):
        return False  # `jailed for 14 years`: a court's sentence
    if verb in OF_FORCES and one.class_ not in ARMED:
        return False  # teams are eliminated too
    if verb in OF_THINGS and one.class_ == "unknown" and not words.is_person(doc[one.head].lower_) and not one.names:
        return False  # bags are snatched too
    if event.harm == "freed" and event.rule != "phrase" and not _was_held(doc, event, words):
        return False
    if event.harm == "freed" and words.lemmas.get(doc[event.trigger].lower_) == "escape":
        return any(t.lower_ in CAPTIVITY for t in doc[event.trigger].sent)
    if event.harm in {"freed", "missing"} or event.rule in {"taken-by-force", "state-after"}:
        return (
            one.figure is not None
            or one.class_ != "unknown"
            or one.kind != "many"
            or words.is_person(doc[one.head].lower_)
        )
    return True


def _was_held(doc: Doc, event: Event, words: Lexicon) -> bool:
    """Say whether the text tells of anyone held, and the sentence of no other peril: 'rescued from the flames'."""
    sentence = {t.lower_ for t in doc[event.trigger].sent}
    if sentence & PERIL and not sentence & CAPTIVITY:
        return False
    held = (w.harm in {"abducted", "detained"} for t in doc for w in words.triggers.get(t.lower_, ()))
    told = event.agent is not None or event.rule == "phrase"  # who regains freedom had lost it
    return told or any(t.lower_ in CAPTIVITY | HELD for t in doc) or any(held)


def _driven_out(doc: Doc, event: Event, one: Party) -> bool:
    """Many people who leave their homes; not gunmen who run from the police."""
    if one.class_ in ARMED or one.kind not in {"figure", "many", "kin"}:
        return False
    trigger = doc[event.trigger]
    if event.rule != "subject-active":
        return one.figure is not None or one.class_ == "civilian" or one.kind == "many"
    around = {t.lower_ for t in trigger.subtree} | {trigger.head.lower_}
    return not around & RUNNING and (one.class_ == "civilian" or bool(around & REFUGE))


def _lists(kept: Sequence[tuple[Event, tuple[Party, ...]]]) -> Iterator[tuple[Event, tuple[Party, ...]]]:
    """Join list members that the parser cut off ('list') to the event they belong to."""
    joined: dict[tuple[int, str], tuple[Event, tuple[Party, ...]]] = {}
    for n, (event, parties) in enumerate(kept):
        key = (event.trigger, event.harm)
        if event.rule == "list" and key in joined:
            joined[key] = (joined[key][0], tuple(sorted((*joined[key][1], *parties), key=lambda p: p.start)))
        elif key in joined:
            joined[event.trigger, f"{event.harm}{n}"] = (event, parties)
        else:
            joined[key] = (event, parties)
    yield from joined.values()


def _grouped(doc: Doc, kept: Iterable[tuple[Event, tuple[Party, ...]]]) -> Iterator[Group]:
    groups: list[Group] = []
    for event, parties in sorted(kept, key=lambda k: k[0].rule == "part"):
        if event.rule == "part":
            whole = _whole(groups, event, parties)
            if whole is not None and _more(parties, groups[whole].count):
                continue
            groups += [Group(event, (p,), p.count, "grammar:number", whole) for p in parties]
            continue
        said = [p for p in parties if p.figure is not None]
        family = any(p.kind in {"kin", "name", "one"} for p in parties)
        if len(parties) <= 1 or (family and len(said) < len(parties)):
            whole = len(groups)
            groups.append(Group(event, parties, *_total(parties)))
            groups += [Group(event, (p,), p.count, f"grammar:{p.kind}", whole) for p in parties if _apart(doc, parties)]
        elif _ambiguous(parties):
            groups.append(Group(event, parties, _either(parties), "list:part-or-sum"))
        elif (
            len(said) >= 2
            and all(p.count.low is not None or p.count.high is not None for p in said)
            and len(said) == len(parties)
        ):
            whole = len(groups)
            groups.append(Group(event, parties, *_total(parties)))
            groups += [Group(event, (p,), p.count, "grammar:number", whole) for p in parties]
        else:
            unsaid = tuple(p for p in parties if p.count.low is None and p.count.high is None)
            groups += [Group(event, (p,), *_total((p,))) for p in parties if p not in unsaid]
            groups += [Group(event, unsaid, *_total(unsaid))] if unsaid else []
    yield from groups


def _apart(doc: Doc, parties: Sequence[Party]) -> bool:
    """`three soldiers and a guide`: two sorts of people, told side by side; not one family, nor people named."""
    kinds = {p.kind for p in parties}
    own = any(t.dep_ == "poss" and t.tag_ == "PRP$" for p in parties for t in doc[p.head].children)
    return kinds == {"figure", "one"} and not own and len({p.class_ for p in parties} - {"unknown"}) > 1


def _whole(groups: Sequence[Group], event: Event, parties: Sequence[Party]) -> int | None:
    """Give the group that a part belongs to: of the same event, the last whole one before it."""
    same = [
        i
        for i, g in enumerate(groups)
        if g.event.trigger == event.trigger and g.event.harm == event.harm and g.whole is None
    ]
    before = [i for i in same if groups[i].parties and groups[i].parties[0].start < parties[0].start]
    found = before or same
    return found[-1] if found else None


def _more(parties: Sequence[Party], whole: Count) -> bool:
    """Say whether a part is more than its whole, so that it is none."""
    return any(whole.high is not None and (p.count.low or 0) > whole.high for p in parties)


def _ambiguous(parties: Sequence[Party]) -> bool:
    """'Four civilians, two workers, and two guards': the first may be the sum of the others."""
    lows = [p.count.low for p in parties]
    if len(parties) < 3 or None in lows:
        return False
    return lows[0] == sum(low or 0 for low in lows[1:])


def _either(parties: Sequence[Party]) -> Count:
    low = parties[0].count.low or 0
    start, end = parties[0].start, parties[-1].end
    return Count(low, 2 * low, "exact", "", start, end)


def _total(parties: Sequence[Party]) -> tuple[Count, str]:
    """Add up what is said of the parties; anything not said leaves the sum open."""
    if not parties:
        return NOTHING, "none"
    if len(parties) == 1:
        return parties[0].count, "grammar:number" if parties[0].figure is not None else f"grammar:{parties[0].kind}"
    if any(p.count == NOTHING for p in parties) or any(p.count.qualifier == "vague" for p in parties):
        figured = [p for p in parties if p.count.low is not None]
        return (figured[0].count, "grammar:number") if len(figured) == 1 and figured[0].figure else (NOTHING, "none")
    lows, highs = [p.count.low for p in parties], [p.count.high for p in parties]
    low = None if None in lows else sum(n or 0 for n in lows)
    high = None if None in highs else sum(n or 0 for n in highs)
    qualifier = (
        "at_least"
        if high is None
        else "at_most"
        if low is None
        else "about"
        if any(p.count.qualifier == "about" for p in parties)
        else "exact"
    )
    start, end = min(p.start for p in parties), max(p.end for p in parties)
    return Count(low, high, qualifier, "", start, end), "list:sum"
