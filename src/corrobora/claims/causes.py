"""Leave out what nobody did: deaths by an earthquake, a flood, a crash are no violence, nor is a hard game."""

import re
from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Token

from corrobora.claims.groups import Group
from corrobora.claims.page import Page
from corrobora.claims.wordlists import wordlist

# A text names its disaster at least so often, and twice as often as any act of violence; without any act, once less.
NAMED = 3
ITSELF = wordlist("causes.itself")
WORKS = wordlist("causes.works")
SPORT = wordlist("causes.sport")
SHOT = frozenset({"shot", "gun", "firearm", "rifle", "pistol", "handgun", "shotgun", "gunshot"})
GUNS = frozenset({"hunting", "gun", "firearm", "firearms", "shooting"})
HALF = wordlist("causes.half")
SCORE = re.compile(r"\d{1,3}[-–]\d{1,3}")
PLAYED = 3  # different words of a game that tell a report on one


def violent(page: Page, groups: Sequence[Group]) -> tuple[Group, ...]:
    """Keep the groups of victims whose cause is violence, or is not said in a text that is not about a disaster."""
    told = (t for t in page.doc if t.lower_ in page.words.accident and not _name(t) and not _by_gun(t))
    accidents = [*(t.i for t in told), *(t.i for t in page.doc if _falls_in(t))]
    accidents += [a.trigger for a in page.acts if _by_itself(page.doc[a.trigger])]
    if game(page):
        return ()
    if not accidents:
        return tuple(groups)
    acts = _done_by_people(page)
    disaster = len(accidents) >= max(NAMED if acts else NAMED - 1, 2 * len(acts))
    kept: list[Group] = []
    places: dict[int, int] = {}
    for n, group in enumerate(groups):
        if _accidental(page, group, accidents, disaster=disaster):
            continue
        places[n] = len(kept)
        kept.append(replace(group, whole=None if group.whole is None else places.get(group.whole)))
    return tuple(kept)


def _name(word: Token) -> bool:
    """`Crane said`: a name is no accident; the capital of a heading's `Earthquake` makes none."""
    return word.ent_type_ in {"PERSON", "ORG"} and word.text[:1].isupper()


def _by_gun(word: Token) -> bool:
    """`a hunting accident`, `a shooting accident`: a weapon did it, whether or not anyone meant it to."""
    beside = [c for c in word.children if c.dep_ in {"compound", "amod"}]
    shot = word.lower_ in {"accident", "accidents"} and any(t.lower_ in SHOT for t in word.sent)
    return shot or any(t.lower_ in GUNS for t in (*beside, word.head))


def _accidental(page: Page, group: Group, accidents: Sequence[int], *, disaster: bool) -> bool:
    """Say whether the sentence names an accident and no violence; in a text about a disaster, whether it names none."""
    sentence = page.doc[group.event.trigger].sent
    agent = None if group.event.harm == "freed" else group.event.agent  # who frees people from rubble harms nobody
    if agent is not None and page.doc[agent].lower_ not in page.words.accident and not _by_itself(page.doc[agent]):
        return False
    if any(sentence.start <= trigger < sentence.end for trigger in _done_by_people(page)):
        return False
    return disaster or any(sentence.start <= i < sentence.end for i in accidents)


def _done_by_people(page: Page) -> list[int]:
    """Give where acts of violence stand, without what an accident did ('houses destroyed by the quake')."""
    told = (a for a in page.acts if not _by_itself(page.doc[a.trigger]))
    return [a.trigger for a in told if a.agent is None or page.doc[a.agent].lower_ not in page.words.accident]


def _by_itself(act: Token) -> bool:
    """`a gas explosion`, `when a boiler exploded`: nobody's act."""
    named = [c for c in act.children if c.dep_ in {"compound", "amod", "nsubj"}]
    return act.lower_ not in {"attack", "attacks"} and any(c.lower_ in ITSELF for c in named)


def _falls_in(word: Token) -> bool:
    """`when a shaft collapsed`, `a mine collapse`: nobody's act, where nobody is said to have struck it."""
    if not word.lower_.startswith("collaps"):
        return False
    of = [t for c in word.children if c.lower_ == "of" for t in c.children]
    return any(t.lower_ in WORKS for t in (*word.lefts, *of))


def game(page: Page) -> bool:
    """Say whether the text reports a game: 'shot down 7-0', 'two defenders were injured in the first half'."""
    told = {t.lower_ for t in page.doc if t.lower_ in SPORT}
    starts = {t.idx: t for t in page.doc}  # a score may be one word or three
    told |= {"score" for m in SCORE.finditer(page.doc.text) if (t := starts.get(m.start())) is not None and _beaten(t)}
    told |= {"half" for t in page.doc[1:] if t.lower_ in HALF and t.nbor(-1).lower_ in {"first", "second"}}
    return len(told) >= PLAYED


def _beaten(score: Token) -> bool:
    """Whether a pair of numbers is a score: of a verb, or beside a name ('beat them 3-0', 'United 2-1')."""
    return score.head.pos_ == "VERB" or (score.i > 0 and score.nbor(-1).pos_ == "PROPN")
