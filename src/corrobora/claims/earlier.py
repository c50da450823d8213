"""Another event that a report recalls beside its own: `the shooting follows one last week that left a man dead`."""

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from corrobora.claims.wordlists import wordlist
from corrobora.model import Claim

EVENTS = wordlist("earlier.events")
AFTER = wordlist("earlier.after")
ANSWER = wordlist("earlier.answer")
FORMER = wordlist("earlier.former")
DEATH = wordlist("earlier.death")
# A report tells the worst in its title and first paragraphs: this many words of it.
OPENING = 130


def recalled(trigger: Token) -> str:
    """Return the rule by which what a word tells belongs to an earlier event; '' where nothing says so.

    >>> recalled(left)  # "The incident follows a shooting last week that left a man dead"  # doctest: +SKIP
    'recalled shooting'
    """
    for token in (trigger, *trigger.ancestors):
        event = token.head
        if token.dep_ in {"relcl", "acl"} and (event.lower_ in EVENTS or event.lower_ == "one") and _before(event):
            return f"recalled {event.lower_}"
        after = any(c.dep_ == "mark" and c.lower_ == "after" for c in token.lefts)
        if token.dep_ == "advcl" and after and _comes(event):
            return "recalled after"
    return ""


def _before(event: Token) -> bool:
    """Say whether the event stands for what came before the one that is told: `follows`, `in revenge for`."""
    if any(c.lower_ in FORMER for c in event.lefts):
        return True
    upper = event.head
    if event.dep_ == "dobj":
        return upper.lemma_ == "follow"
    if event.dep_ != "pobj":
        return False
    told = upper.lower_ == "after" and _comes(upper.head)
    return told or (upper.lower_ in {"for", "to"} and upper.head.lower_ in ANSWER)


def _comes(verb: Token) -> bool:
    """`The attack came after`, `the shooting happened a day after`: an event that is told by its time alone."""
    return verb.lemma_ in AFTER and any(c.dep_ == "nsubj" and _event(c) for c in verb.children)


def _event(noun: Token) -> bool:
    return noun.lower_ in EVENTS - {"killing", "killings"} or noun.lower_ in {"it", "this"}


def aside(doc: Doc, claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Hold the deaths of another case apart: those of a report whose opening tells of wounded, and not of death.

    A death that such a report tells late, of someone whom it has not spoken of ('a man'), is recalled; what it says of
    the dead from there on is so too. Its own dead are spoken of as known ('the man', 'she').

    >>> aside(doc, claims)  # "Four hurt in shooting ... In May a man was killed ..."  # doctest: +SKIP
    """
    if len(doc) <= OPENING or any(t.lower_ in DEATH for t in doc[:OPENING]):
        return tuple(claims)
    end = doc[OPENING].idx
    dead = sorted((c for c in claims if c.harm == "killed" and c.count.high != 0), key=lambda c: c.start)
    hurt = any(c.harm == "injured" and c.start < end and c.count.high != 0 for c in claims)
    if not hurt or not dead or dead[0].start < end or not _newly_told(dead[0], doc):
        return tuple(claims)
    return tuple(_recalled(c) if c in dead and c.modality == "actual" else c for c in claims)


def _newly_told(claim: Claim, doc: Doc) -> bool:
    """`a man`, `a 36-year-old gunman`: whoever has not been spoken of."""
    words = doc.text[claim.victims.start : claim.victims.end].split() if claim.victims else []
    return bool(words) and words[0].lower() in {"a", "an", "someone"}


def _recalled(claim: Claim) -> Claim:
    made_by = tuple((part, "told aside" if part == "modality" else rule) for part, rule in claim.made_by)
    return replace(claim, modality="historical", made_by=made_by)
