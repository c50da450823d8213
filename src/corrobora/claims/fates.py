"""Tell a person who was wounded and died once: as dead, with the wound as a mention of that death."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Doc

from corrobora.claims.wordlists import wordlist
from corrobora.model import Claim

HE, SHE = wordlist("fates.he"), wordlist("fates.she")
ANOTHER, ALIVE = wordlist("fates.another"), wordlist("fates.alive")
AGE = re.compile(r"(\d+|\w+)[ -](?:year|month)s?[ -]old")


def settled(doc: Doc, claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Join the wound of one person to the death of one person where nothing says that they are two.

    >>> # "A man was shot on Monday. He was pronounced dead at hospital." is one claim: killed, 1.
    """
    dead = [c for c in claims if c.harm == "killed" and _one(c) and _actual(c)]
    joined: dict[str, str] = {}
    for wound in (c for c in claims if c.harm == "injured" and _one(c) and not c.part_of):
        same = next(_same(doc, wound, dead), None)
        if same is not None:
            joined[wound.id] = same.id
    told = {c.id: [w for w in claims if joined.get(w.id) == c.id] for c in dead}
    return tuple(
        replace(c, mentions=(*c.mentions, *((w.start, w.end) for w in told[c.id]))) if told.get(c.id) else c
        for c in claims
        if c.id not in joined
    )


def _same(doc: Doc, wound: Claim, dead: Sequence[Claim]) -> Iterator[Claim]:
    words = _words(doc, wound.start, wound.end)
    if words & ANOTHER or _sentence(doc, wound) & ALIVE:
        return
    for death in dead:
        if _words(doc, death.start, death.end) & ANOTHER or _together(doc, wound, death):
            continue
        if not _differ(doc, wound, death):
            yield death


def _one(claim: Claim) -> bool:
    if claim.victims is None or claim.scope != "incident":
        return False
    return (claim.count.low, claim.count.high) == (1, 1) or (claim.count.low is None and bool(claim.victims.names))


def _actual(claim: Claim) -> bool:
    return claim.modality in {"actual", "alleged"} and claim.stance in {"asserts", "justifies"}


def _words(doc: Doc, start: int, end: int) -> set[str]:
    span = doc.char_span(start, end, alignment_mode="expand")
    return {t.lower_ for t in span} if span is not None else set()


def _sentence(doc: Doc, claim: Claim) -> set[str]:
    span = doc.char_span(claim.start, claim.end, alignment_mode="expand")
    return {t.lower_ for t in span[-1].sent} if span is not None else set()


def _together(doc: Doc, wound: Claim, death: Claim) -> bool:
    """'a man was killed and a woman wounded': one sentence that tells of both tells of two."""
    first = doc.char_span(wound.start, wound.end, alignment_mode="expand")
    second = doc.char_span(death.start, death.end, alignment_mode="expand")
    if first is None or second is None or wound.victims is None or death.victims is None:
        return False
    same_words = (wound.victims.start, wound.victims.end) == (death.victims.start, death.victims.end)
    spans = ((v.start, v.end) for v in (wound.victims, death.victims))
    pronoun = any(_words(doc, *span) <= {"he", "she", "him", "her", "who"} for span in spans)
    return first[0].sent.start == second[0].sent.start and not same_words and not pronoun


def _differ(doc: Doc, one: Claim, other: Claim) -> bool:
    """Whether their words tell them apart: a woman and a man, `his bodyguard`, two ages, two names."""
    if one.victims is None or other.victims is None:
        return True
    first, second = (_words(doc, v.start, v.end) for v in (one.victims, other.victims))
    if len(first) > 1 and first & {"his", "her", "their"} and "'s" not in first:
        return True
    if (first & HE and second & SHE) or (first & SHE and second & HE):
        return True
    ages = [set(AGE.findall(doc.text[v.start : v.end])) for v in (one.victims, other.victims)]
    if ages[0] and ages[1] and not ages[0] & ages[1]:
        return True
    names = [{name.split()[-1].lower() for name in v.names} for v in (one.victims, other.victims)]
    return bool(names[0] and names[1] and not names[0] & names[1])
