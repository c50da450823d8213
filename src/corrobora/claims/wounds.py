"""Wounds told without a word for them: who was struck by a bullet or in the leg, and who was brought to hospital."""

from spacy.tokens import Token

from corrobora.claims.events import Event, Figured
from corrobora.claims.lexicon import Lexicon
from corrobora.claims.syntax import actor, child, conjuncts, doer, passive, prepositional, subject
from corrobora.claims.wordlists import wordlist

BULLETS = wordlist("idioms.bullets")
BODY = wordlist("wounds.body")
GUNS = wordlist("wounds.guns")
HOSPITAL = wordlist("idioms.hospital")
DEAD = frozenset({"killed", "dead", "death", "dies", "died"})
NO_PATIENT = wordlist("wounds.no_patient")


def struck(token: Token, words: Lexicon, _: Figured) -> Event | None:
    """'was hit by a bullet', 'a round struck the girl', 'striking his brother in the head', 'hit multiple times'."""
    if token.pos_ != "VERB":
        return None
    by = doer(token) if passive(token) else actor(token)
    victim = child(token, "nsubjpass", "nsubj") if passive(token) else child(token, "dobj")
    if victim is None and token.dep_ in {"acl", "relcl"} and passive(token):
        victim = token.head
    if victim is None:
        return None
    bullet = (by is not None and by.lower_ in BULLETS) or _by_bullet(token)
    if not bullet and not (_in_the_body(token) and _shots(token) and _person(victim, words)):
        return None
    if not passive(token) and not _person(victim, words):
        return None
    return Event(token.i, "injured", tuple(t.i for t in conjuncts(victim)), None, "hit-by")


def _by_bullet(verb: Token) -> bool:
    """'was struck by what may have been gunfire'."""
    by = child(verb, "agent")
    return by is not None and any(t.lower_ in BULLETS for c in by.children if c.dep_ == "pcomp" for t in c.subtree)


def aged(token: Token, words: Lexicon, _: Figured) -> Event | None:
    """'10-year-old shot in Marl': headlines leave out who it is, and the parser takes the age for a quality."""
    state = token.nbor(1) if token.i + 1 < len(token.doc) else token
    after = {t.lower_ for t in token.doc[state.i + 1 : state.i + 4]}
    if token.head.i != state.i or not any(c.lower_ in {"year", "month"} for c in token.lefts) or after & DEAD:
        return None
    told = (w for w in words.triggers.get(state.lower_, ()) if w.kind in {"patients", "states"} and w.form != "ing")
    harm = next((w.harm for w in told), "")
    noun = any(c.dep_ in {"compound", "amod"} and c.i > token.i for c in state.lefts)
    return Event(state.i, harm, (token.i,), None, "subject-elliptic") if harm and not noun else None


def _in_the_body(verb: Token) -> bool:
    """'struck in the leg', 'hit twice', 'hit several times'."""
    hung_on = (verb, *(c for c in verb.children if c.dep_ == "dobj"))
    if any(n.lower_ in BODY for word in hung_on for n in prepositional(word, "in", "on")):
        return True
    return any(c.lower_ in {"once", "twice", "times"} for c in verb.children)


def _shots(verb: Token) -> bool:
    return any(t.lower_ in GUNS for t in verb.sent)


def _person(token: Token, words: Lexicon) -> bool:
    known = words.is_person(token.lower_) or token.lower_ in words.kin
    return known or token.pos_ in {"PRON", "PROPN"} or token.like_num


def to_hospital(token: Token, words: Lexicon, figured: Figured) -> Event | None:
    """'another man was taken to hospital', 'two were airlifted to a clinic'; not the suspect, for a test."""
    victim = child(token, "nsubjpass")
    after = {t.lower_ for t in token.subtree if t.i > token.i}
    if victim is None or not after & HOSPITAL or child(token, "neg") is not None:
        return None
    known = words.is_person(victim.lower_) or words.is_person(victim.lemma_.lower())
    if not figured.carries(victim) and (not known or victim.pos_ != "NOUN" or victim.lower_ in NO_PATIENT):
        return None
    return Event(token.i, "injured", tuple(t.i for t in conjuncts(victim)), None, "taken-hospital")


def suffering(token: Token, words: Lexicon, _: Figured) -> Event | None:
    """'found the teen suffering from gunshot wounds'."""
    wounds = any(n.lower_ in {"wound", "wounds", "injury", "injuries"} for n in prepositional(token, "from", "with"))
    who = token.head if token.dep_ == "acl" else child(token, "nsubj") or subject(token)
    if not wounds or who is None or not _person(who, words):
        return None
    return Event(token.i, "injured", tuple(t.i for t in conjuncts(who)), None, "with-wounds")
