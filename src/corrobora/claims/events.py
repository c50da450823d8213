"""Find what a sentence tells: which word tells it, of whom, and by whom.

Dependency patterns over trigger words of the lexicon. A rule gives heads of phrases, never text: what the phrases mean
is asked elsewhere (`roles`, `figures`).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from corrobora.claims.lexicon import Lexicon, Word
from corrobora.claims.shots import aimed, paired, to_death
from corrobora.claims.syntax import (
    actor,
    antecedent,
    child,
    companions,
    conjuncts,
    doer,
    passive,
    prepositional,
    subject,
)
from corrobora.claims.wordlists import wordlist


@dataclass(frozen=True, slots=True)
class Event:
    """Something told of people: `trigger` tells it, `victims` are heads of the phrases for whom, `agent` for by whom.

    `rule` names the pattern; it goes into the claim's `made_by` and decides its confidence. `of` is the noun that says
    who they are, where it stands apart from the figure: `the number of pupils rose to 38`.
    """

    trigger: int
    harm: str
    victims: tuple[int, ...]
    agent: int | None
    rule: str
    of: int | None = None


@dataclass(frozen=True, slots=True)
class Figured:
    """Which tokens carry a figure: by the noun counted, and by each token of the number phrase."""

    units: frozenset[int]
    numbers: frozenset[int]

    def carries(self, token: Token) -> bool:
        """Say whether a phrase headed by this token has a figure."""
        return token.i in self.units or token.i in self.numbers


SMALL_CLAUSE = wordlist("events.small_clause")
DEAD_BY = wordlist("events.dead_by")
LEAVE = frozenset({"left", "leaving", "leaves", "leave"})
PARTICLES = ("down", "away", "out", "off")
# Words from a verb to what completes it.
NEAR = 6
# Words back from a state to the verb that left people in it.
LEFT = 14
PREDICATES = frozenset({"oprd", "acomp", "ccomp", "xcomp", "attr", "advcl", "dobj"})
# Subjects that act: "they killed" leaves out whom, not by whom.
NOMINATIVE = frozenset({"i", "he", "she", "we", "they", "who"})
# Who shoots themselves in one of these lives.
LIMBS = frozenset({"leg", "foot", "toe", "hand", "finger", "arm", "thigh", "shoulder", "knee"})
ALIVE = wordlist("fates.alive")
REFLEXIVE = frozenset({"himself", "herself", "themselves", "self"})
PRONOUNCE = frozenset({"pronounce", "declare"})  # only somebody is pronounced dead
SUFFERING = wordlist("events.suffering")
SAYING = wordlist("events.saying")
BODIES = wordlist("events.bodies")


def harms(doc: Doc, words: Lexicon, figured: Figured) -> Iterator[Event]:
    """Give the harms to people that the text tells, in text order."""
    lowers = doc.to_array("LOWER")
    for i, lower in enumerate(lowers):
        text = doc.vocab.strings[lower]
        for word in (*_with_particle(doc[i], text, words), *words.triggers.get(text, ())):
            event = _harm(doc[i], word, words, figured)
            if event is not None:
                yield event
                break
        else:
            yield from _phrase(doc[i], words)


def _with_particle(token: Token, text: str, words: Lexicon) -> Iterator[Word]:
    """Give what a verb says with its particle: 'gunned down', 'were whisked away', 'wiped out'."""
    if not any((text, particle) in words.particles for particle in PARTICLES):
        return
    for part in token.children:
        harm = words.particles.get((text, part.lower_))
        if harm is not None and part.i > token.i:
            yield Word("patients", harm, "past" if token.tag_ in {"VBN", "VBD"} else "ing")


def _harm(token: Token, word: Word, words: Lexicon, figured: Figured) -> Event | None:
    if word.kind == "patients":
        return _patients(token, word)
    if word.kind == "subjects":
        return _subjects(token, word)
    if word.kind == "states":
        return _state(token, word, figured)
    if word.kind == "victims":
        return _counted(token, word, figured)
    return _noun(token, word, words)


def _event(token: Token, harm: str, victim: Token | None, agent: Token | None, rule: str) -> Event | None:
    if victim is None:
        return None
    if victim.lower_ == "total":  # 'a total of 22 herders'
        victim = next(prepositional(victim, "of"), victim)
    people = _unless_speaking(t for t in conjuncts(antecedent(victim)) if _same_clause(victim, token, t))
    if token.pos_ in {"VERB", "AUX"} and victim.i < token.i:
        people += companions(token)
    people = (*paired(victim), *people) if victim.i < token.i else people
    return Event(token.i, harm, tuple(dict.fromkeys(t.i for t in people)), None if agent is None else agent.i, rule)


def _unless_speaking(listed: Iterable[Token]) -> tuple[Token, ...]:
    """'killing 13 people, witnesses and an official said': who says it is no further victim."""
    people = tuple(listed)
    if len(people) < 2:
        return people
    after = people[-1].i + 1
    if people[-1].doc[min(after, len(people[-1].doc) - 1)].lower_ not in SAYING:
        return people
    comma = max((t.i for t in people[0].doc[people[0].i : people[-1].i] if t.text == ","), default=-1)
    return tuple(t for t in people if t.i < comma or t.i == people[0].i)


def _same_clause(victim: Token, trigger: Token, member: Token) -> bool:
    """'12 killed and 30 injured', 'killing 12 and 30 injured': the second has a word of its own."""
    if victim.i < trigger.i < member.i and victim.dep_ not in {"nsubjpass", "nsubj"}:
        return False
    if member.i == victim.i:
        return True  # 'a girl wounded on Friday died'
    return not any(
        c.dep_ in {"acl", "amod"} and c.i > member.i and c.i != trigger.i and c.tag_ == "VBN" for c in member.children
    )


def _verbal(token: Token) -> bool:
    return token.pos_ in {"VERB", "AUX"} or token.dep_ in {"ROOT", "acl", "relcl", "advcl", "ccomp", "xcomp", "conj"}


def _patients(token: Token, word: Word) -> Event | None:
    """'X were killed', 'killed X', 'X killed', 'killing X'."""
    if word.form == "" or token.dep_ in {"amod", "compound", "nmod"} or aimed(token):
        return None
    harm = _either(token, word)
    if (token.lower_ == "shot" or token.lemma_ in {"shoot", "gun", "stab", "wound", "injure"}) and to_death(token):
        harm = "killed"
    object_ = child(token, "dobj", "obj") or _next_object(token)
    if object_ is not None and not passive(token):
        if object_.lower_ in REFLEXIVE and child(object_, "conj") is None:  # 'shot himself'
            harm = "killed" if _by_own_hand(token) else harm
            return _event(token, harm, subject(token), None, "verb-reflexive")
        return _event(token, harm, object_, actor(token), "verb-object")
    own = child(token, "nsubjpass") or _of_auxiliary(token) or _raised(token)
    if own is not None:
        return _event(token, harm, own, doer(token), "subject-passive")
    if word.form != "past":
        return None
    if token.dep_ in {"acl", "relcl"} and child(token, "nsubj") is None:
        return None if _infinitive(token) else _event(token, harm, token.head, doer(token), "participle")
    own = next((c for c in reversed(list(token.lefts)) if c.dep_ == "nsubj"), child(token, "nsubj"))
    perfect = any(c.dep_ == "aux" and c.lower_ in {"had", "have", "has"} for c in token.children)
    if own is not None and own.lower_ not in NOMINATIVE and not perfect and not _of_figure(own, token):
        return _event(token, harm, own, doer(token), "subject-elliptic")
    if token.dep_ == "conj" and token.head.tag_ in {"VBN", "VBD"}:
        who = None if _own_figure(token) else _shared(token.head)
        return _event(token, harm, who, doer(token) or doer(token.head), "shared-subject")
    return _event(token, harm, _governed(token), doer(token), "subject-passive")


def _infinitive(verb: Token) -> bool:
    """'claimed in a statement to have killed ten': the statement suffered nothing."""
    return any(c.lower_ == "to" for c in verb.lefts) and child(verb, "auxpass") is None


def _own_figure(verb: Token) -> bool:
    """'killed 6,000 people and displaced over a million', 'nine bodies and 31 wounded': it has a figure of its own."""
    if verb.nbor(-1).like_num:
        return True
    after = verb.doc[verb.i + 1 : verb.i + 4]
    return child(verb, "auxpass") is None and any(t.like_num for t in after) and not any(t.is_punct for t in after)


def _of_figure(own: Token, state: Token) -> bool:
    """'said its director, who had received 70 wounded': what stands before it is wounded, and not the director."""
    before = state.nbor(-1)
    return own.i + 1 < state.i and before.like_num and before.head.i != state.i and _verb_between(own, state)


def _by_own_hand(verb: Token) -> bool:
    """'killed two comrades before shooting himself', 'hanged herself'; not 'shot himself in the foot'."""
    limbs = any(n.lower_ in LIMBS for n in prepositional(verb, "in"))
    told = verb.lemma_ in {"kill", "hang"} or any(t.lemma_ in KILL for t in verb.sent)
    return told and not limbs and not any(t.lower_ in ALIVE for t in verb.sent)


def _next_object(verb: Token) -> Token | None:
    """'shot and killed his two children': whom the second verb names, the first hurt too."""
    if verb.tag_ != "VBD" or child(verb, "auxpass", "nsubjpass") is not None:
        return None
    second = child(verb, "conj")
    if second is None or second.tag_ != "VBD" or second.i - verb.i > NEAR or child(second, "nsubj") is not None:
        return None
    return child(second, "dobj")


KILL, HURT = frozenset({"kill", "murder", "massacre"}), frozenset({"injure", "wound", "maim", "hurt"})


def _either(token: Token, word: Word) -> str:
    """Give the harm of a verb; 'killed or wounded' does not tell the two apart."""
    pair = token.head if token.dep_ == "conj" else child(token, "conj")
    first = token.head if token.dep_ == "conj" else token
    if pair is None or not any(c.lower_ == "or" for c in first.children):
        return word.harm
    lemmas = (token.lemma_, pair.lemma_)
    told = any(a in KILL and b in HURT for a, b in (lemmas, lemmas[::-1]))
    return "casualties" if told else word.harm


def _governed(verb: Token) -> Token | None:
    """Give the subject of 'are feared killed', 'are estimated to have been killed', 'was found fatally shot'."""
    upper = verb.head
    own = child(verb, "nsubj", "nsubjpass", "dobj")
    if own is None and _found(upper) and verb.dep_ in {"xcomp", "ccomp"}:
        return child(upper, "nsubjpass", "nsubj") or (upper.head if upper.dep_ == "acl" else None)
    governs = verb.dep_ in {"xcomp", "oprd"} and upper.pos_ in {"VERB", "AUX"}
    if not governs or child(verb, "dobj") is not None:
        return None
    undergone = child(verb, "auxpass") is not None or child(upper, "nsubjpass") is not None
    return child(upper, "nsubjpass", "nsubj") if undergone else None


def _of_auxiliary(verb: Token) -> Token | None:
    """Give the subject that the parser hung on 'was' of 'was injured'."""
    aux = child(verb, "auxpass")
    return None if aux is None else child(aux, "nsubj", "nsubjpass")


def _raised(verb: Token) -> Token | None:
    """'six are said to have been wounded': the subject stands with the verb above."""
    return subject(verb) if verb.dep_ == "xcomp" and child(verb, "auxpass") is not None else None


def _shared(verb: Token) -> Token | None:
    """Give the one to whom the first verb of a pair was done: 'were [abducted] and killed'."""
    own = child(verb, "nsubjpass")
    if own is not None:
        return own
    if verb.dep_ in {"acl", "relcl"}:
        return verb.head
    return child(verb, "dobj") or child(verb, "nsubj")


def _subjects(token: Token, word: Word) -> Event | None:
    """'X died', 'who died', 'had to flee'."""
    if not _verbal(token) or (word.form == "base" and token.head.lemma_ == "let"):  # 'do not let me die'
        return None
    who = subject(token)
    return _event(token, word.harm, who or _reduced(token), None, "subject-active" if who else "subject-reduced")


def _reduced(verb: Token) -> Token | None:
    """'A teenager shot in her yard has died': the parser takes what only describes the subject for a clause."""
    clause = next((c for c in verb.lefts if c.dep_ in {"ccomp", "csubj"} and c.tag_ in {"VBD", "VBN"}), None)
    if clause is None or any(t.is_punct for t in verb.doc[clause.i : verb.i]):
        return None
    return child(clause, "nsubj", "nsubjpass")


def _state(token: Token, word: Word, figured: Figured) -> Event | None:
    """'left X dead', 'X were missing', 'X dead', 'X injured people'."""
    head = token.head
    object_ = _told_of(token)
    if object_ is not None and (figured.carries(object_) or not figured.carries(token)):
        return _event(token, word.harm, object_, actor(object_.head), "object-state")
    if figured.carries(token):
        return Event(token.i, word.harm, (token.i,), None, "state-counted")
    own = child(token, "nsubj", "nsubjpass")
    if own is not None and not _of_figure(own, token):
        return _event(token, word.harm, own, None, "small-clause")
    if token.dep_ == "amod" and figured.carries(head) and (word.harm == "killed" or head.lower_ not in BODIES):
        # 'found one man and two children dead'
        listed = head.dep_ == "conj" and token.i > head.i and figured.carries(head.head)
        return _event(token, word.harm, head.head if listed else head, None, "state-modifier")
    if token.dep_ == "amod" and head.dep_ == "pobj" and head.head.lower_ == "of" and figured.carries(head.head.head):
        return _event(token, word.harm, head.head.head, None, "state-modifier")
    if token.dep_ in PREDICATES and head.pos_ in {"VERB", "AUX"} and _says_state(head):
        rule = "subject-passive" if head.lemma_ in PRONOUNCE and passive(head) else "subject-state"
        return _event(token, word.harm, child(head, "nsubjpass", "nsubj") or _shared(head), doer(head), rule)
    if token.dep_ in {"acl", "relcl", "appos"} or (token.i > head.i and token.dep_ == "amod"):
        return _event(token, word.harm, head, None, "state-after")
    return None


def _says_state(verb: Token) -> bool:
    """'are dead', 'was pronounced dead', 'were shot dead'."""
    if verb.lemma_ in {"be", "remain", "lie"}:
        return True
    return (passive(verb) and (verb.lemma_ in SMALL_CLAUSE or verb.lemma_ in DEAD_BY)) or _found(verb)


def _found(verb: Token) -> bool:
    """'Man found dead', as headlines leave out 'was': nobody is told to have found anything."""
    return verb.lower_ == "found" and child(verb, "dobj", "obj", "aux") is None


def _told_of(token: Token) -> Token | None:
    """Give the object that a verb leaves in this state: 'left ten people dead', whatever the parser hung it on."""
    if token.dep_ in PREDICATES and token.head.pos_ in {"VERB", "AUX"}:
        object_ = child(token.head, "dobj", "obj")
        if object_ is not None and object_.lower_ in BODIES:  # a body is left in no state: 'six bodies and 19 injured'
            object_ = next((t for t in object_.conjuncts if t.i == token.i - 1), None)
        if object_ is not None and object_.i < token.i and not _verb_between(object_, token):
            return object_
    last = token.i - 1
    while last > token.sent.start and token.doc[last].pos_ in {"ADV", "PUNCT"}:
        last -= 1
    noun = token.doc[last]
    leaving = any(t.lower_ in LEAVE for t in token.doc[max(token.sent.start, last - LEFT) : last])
    left = noun.pos_ in {"NOUN", "PROPN", "NUM", "PRON"} and not _verb_between(noun, token)
    return _top(noun) if leaving and left else None


def _top(noun: Token) -> Token:
    """Give the head of the phrase that ends here: 'two' of 'two of the guards'."""
    while (
        noun.dep_ == "pobj"
        and noun.head.lower_ == "of"
        and noun.head.head.pos_ in {"NOUN", "NUM", "PRON", "DET", "ADJ"}
    ):
        noun = noun.head.head
    return noun


def _verb_between(first: Token, second: Token) -> bool:
    return any(t.pos_ == "VERB" for t in first.doc[first.i + 1 : second.i])


def _counted(token: Token, word: Word, figured: Figured) -> Event | None:
    """'N deaths', 'no casualties': the noun is what is counted; 'the bodies of N men': who stands behind 'of'."""
    if figured.carries(token):
        return Event(token.i, word.harm, (token.i,), None, "noun-counted")
    of = next(prepositional(token, "of"), None) if token.lower_ in BODIES else None
    return _event(token, word.harm, of, None, "bodies-of") if of is not None else None


def _noun(token: Token, word: Word, words: Lexicon) -> Event | None:
    """'the killing of X by Y', 'X's murder', 'the massacre was carried out by Y'."""
    if token.pos_ not in {"NOUN", "PROPN"} and not (token.tag_ == "VBG" and child(token, "det") is not None):
        return None
    victim = next(prepositional(token, "of", "against"), None)
    if victim is not None:
        return _event(token, word.harm, victim, doer(token), "noun-of")
    owner = child(token, "poss")
    if owner is not None and owner.ent_type_ == "PERSON":
        return _event(token, word.harm, owner, doer(token), "noun-possessive")
    verb = token.head
    if verb.lemma_ in SUFFERING and token.dep_ == "dobj":
        return _event(token, word.harm, subject(verb), None, "noun-suffered")
    if verb.lower_ in words.light and (child(token, "det", "poss") is not None or token.tag_ == "NNS"):
        if token.dep_ == "nsubjpass":
            return Event(token.i, word.harm, (), _index(doer(verb)), "noun-light")
        if token.dep_ == "dobj":
            return Event(token.i, word.harm, (), _index(subject(verb)), "noun-light")
    by = doer(token)
    return Event(token.i, word.harm, (), by.i, "noun-by") if by is not None else None


def _index(token: Token | None) -> int | None:
    return None if token is None else token.i


def _phrase(token: Token, words: Lexicon) -> Iterator[Event]:
    """'lost their lives', 'took refuge', 'sustained injuries', 'held 200 people hostage'."""
    lemma = words.lemmas.get(token.lower_)
    if lemma is None or token.pos_ not in {"VERB", "AUX"}:
        return
    for noun in token.children:
        if noun.dep_ in {"dobj", "acomp", "oprd", "advmod", "prt"}:
            harm = words.harm_phrases.get((lemma, words.lemmas.get(noun.lower_, noun.lower_)))
            harm = "killed" if harm and any(c.lower_ == "fatal" for c in noun.children) else harm
            if harm is not None:
                event = _event(token, harm, subject(token), None, "phrase")
                if event is not None:
                    yield event
                return
