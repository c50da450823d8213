"""Find how it was done: verbs, nouns and phrases of violence, with who did it and what they hit."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from corrobora.claims.lexicon import Lexicon
from corrobora.claims.syntax import actor, blamed, child, doer, passive, prepositional, subject
from corrobora.claims.wordlists import wordlist

# What a verb makes of 'responsibility': the rule is kept with the act, and becomes the doer's status.
RESPONSIBLE = {
    "claim": "responsibility-claimed",
    "accept": "responsibility-claimed",
    "admit": "responsibility-claimed",
    "assume": "responsibility-claimed",
    "deny": "responsibility-denied",
    "reject": "responsibility-denied",
    "disclaim": "responsibility-denied",
}
NO_ONE = frozenset({"no", "no-one", "nobody", "none", "neither", "noone"})
SUFFERING = wordlist("events.suffering")
# The more a word says about how, the earlier it stands; 'attack' and 'raid' say least.
GENERAL = frozenset({"raid", "armed_clash", "siege", "mob_violence", "other"})


@dataclass(frozen=True, slots=True)
class Act:
    """A mention of violence. `told` says that the text tells it to have happened, rather than names it in passing."""

    trigger: int
    act: str
    agent: int | None
    target: int | None
    told: bool
    rule: str


def acts(doc: Doc, words: Lexicon) -> tuple[Act, ...]:
    """Give the mentions of violence in text order."""
    firsts = {phrase[0] for phrase in words.act_phrases}
    found: list[Act] = []
    for i, lower in enumerate(doc.to_array("LOWER")):
        text = doc.vocab.strings[lower]
        if text in {"responsibility", "involvement"}:
            found += _responsibility(doc[i])
            continue
        known = text in words.act_verbs or text in words.act_nouns
        if not known and words.lemmas.get(text, text) not in firsts:
            continue
        act = _phrase(doc[i], words) or (_word(doc[i], words) if known else None)
        if act is not None:
            found.append(act)
    return tuple(found)


def _index(token: Token | None) -> int | None:
    return None if token is None else token.i


def _responsibility(token: Token) -> Iterator[Act]:
    """'the front claimed responsibility', 'the army denied responsibility for the shelling', 'denied any involvement'.

    'No group has claimed responsibility' and 'the front has not claimed responsibility' claim and deny nothing.
    """
    verb = token.head
    rule = RESPONSIBLE.get(verb.lemma_)
    if rule is not None and token.dep_ in {"dobj", "nsubjpass"}:
        agent = doer(verb) if passive(verb) else actor(verb)
        if (agent is not None and _no_one(agent)) or _not_done(verb):
            return
        yield Act(verb.i, "other", _index(_body(agent)), None, told=agent is not None, rule=rule)


def _body(agent: Token | None) -> Token | None:
    """`the group's spokesman`, `a spokesman for the army`: it is the body whose part he denies or claims."""
    if agent is None or not agent.lower_.startswith("spokes"):
        return agent
    return child(agent, "poss") or next(prepositional(agent, "for", "of"), agent)


def _no_one(agent: Token) -> bool:
    """'no group', 'nobody', 'none of the armed groups', 'neither side'."""
    return agent.lower_ in NO_ONE or any(t.lower_ in NO_ONE for t in agent.lefts)


def _not_done(verb: Token) -> bool:
    """'has not claimed', 'has yet to claim', 'never claimed', 'without claiming'."""
    around = [*verb.lefts, *(list(verb.head.children) if verb.dep_ in {"xcomp", "pcomp", "conj"} else [])]
    return any(t.dep_ == "neg" or t.lower_ in {"yet", "never", "without"} for t in around)


def _phrase(token: Token, words: Lexicon) -> Act | None:
    lemma = words.lemmas.get(token.lower_, token.lower_)
    next_ = [words.lemmas.get(t.lower_, t.lower_) for t in token.doc[token.i + 1 : token.i + 3]]
    for length in (2, 1):
        name = words.act_phrases.get((lemma, *next_[:length]))
        if name is not None and len(next_) >= length:
            return (
                _noun(token.doc[token.i + length], name, words)
                if token.pos_ not in {"VERB", "AUX"}
                else _verb(token, name)
            )
    if token.pos_ not in {"VERB", "AUX"}:
        return None
    inner = [t for c in token.children if c.dep_ == "prep" and c.lower_ == "on" for t in c.children]
    for part in (*token.children, *inner):  # 'set the clinic on fire'
        if part.dep_ in {"dobj", "prt", "oprd", "acomp", "nsubjpass", "advmod", "pobj"}:
            name = words.act_phrases.get((lemma, words.lemmas.get(part.lower_, part.lower_)))
            if name is not None:
                return _verb(token, name)
    return None


def _word(token: Token, words: Lexicon) -> Act | None:
    verb = words.act_verbs.get(token.lower_)
    if verb is not None and token.pos_ in {"VERB", "AUX"}:
        return _verb(token, verb)
    noun = words.act_nouns.get(token.lower_)
    if noun is not None:
        return _noun(token, noun, words)
    return Act(token.i, verb, None, None, told=False, rule="act-word") if verb is not None else None


def _verb(token: Token, name: str) -> Act:
    """'stormed the village', 'was ambushed', 'opened fire on demonstrators'."""
    if passive(token):
        hit = child(token, "nsubjpass") or (token.head if token.dep_ in {"acl", "relcl"} else None)
        return Act(token.i, name, _index(doer(token)), _index(hit), told=hit is not None, rule="act-passive")
    agent = actor(token)
    to = ("to",) if name == "arson" else ()  # 'set fire to the clinic'
    hit = next(prepositional(token, "on", "at", "into", "against", *to), None)
    object_ = child(token, "dobj")
    if object_ is not None and object_.lower_ not in {"fire", "rockets", "shots"}:
        hit = object_
    elif hit is None and object_ is not None:
        hit = next(prepositional(object_, "on", "at", "into", "against"), None)
    finite = token.dep_ not in {"amod", "compound"} and token.tag_ != "VB"
    return Act(
        token.i,
        name,
        _index(agent),
        _index(hit),
        told=finite and (agent is not None or hit is not None),
        rule="act-active",
    )


def _noun(token: Token, name: str, words: Lexicon) -> Act:
    """'launched a bombardment of villages', 'the drone strike hit a market', 'an attack by rebels on the post'."""
    hit = next(prepositional(token, "of", "on", "against", "at"), None)
    agent = doer(token)
    verb = token.head
    if token.dep_ == "compound":
        return Act(token.i, name, None, None, told=False, rule="act-word")
    if token.dep_ == "pobj" and verb.lower_ in {"of", "for", "in"} and (accused := blamed(verb)) is not None:
        return Act(token.i, name, accused.i, _index(hit), told=True, rule="act-blamed")
    if verb.lemma_ in SUFFERING and token.dep_ == "dobj":
        return Act(token.i, name, _index(agent), _index(subject(verb)), told=verb.lemma_ != "face", rule="act-suffered")
    if verb.lemma_ == "claim" and token.dep_ == "dobj":
        return Act(token.i, name, _index(actor(verb)), _index(hit), told=True, rule="responsibility-claimed")
    if verb.lower_ in words.light and token.dep_ == "dobj":
        return Act(token.i, name, _index(subject(verb)), _index(hit), told=True, rule="act-light")
    if verb.lower_ in words.light and token.dep_ == "nsubjpass":
        return Act(token.i, name, _index(doer(verb)), _index(hit), told=True, rule="act-light")
    if verb.lower_ in words.hits and token.dep_ in {"nsubj", "nsubjpass"}:
        return Act(token.i, name, _index(agent), _index(hit or child(verb, "dobj")), told=True, rule="act-happened")
    if token.dep_ == "pobj" and token.head.dep_ == "agent":
        hit = hit or child(token.head.head, "nsubjpass")
    return Act(token.i, name, _index(agent), _index(hit), told=False, rule="act-word")


def nearest(acts_: Sequence[Act], trigger: Token) -> Act | None:
    """Give the act of the same sentence that tells how: a specific one before 'attack', and near before far."""
    span = trigger.sent
    near = [a for a in acts_ if span.start <= a.trigger < span.end]
    if any(a.act == "suicide_bombing" for a in near):  # what was detonated is the same bomb
        near = [a for a in near if a.act != "bombing"]
    return min(near, key=lambda a: (a.act in GENERAL, abs(a.trigger - trigger.i)), default=None)


def before(acts_: Sequence[Act], trigger: Token, sentences: int) -> Iterator[Act]:
    """Give the acts of the sentences just before, nearest first."""
    start = trigger.sent.start
    first = start
    for _ in range(sentences):
        if first == 0:
            break
        first = trigger.doc[first - 1].sent.start
    yield from (a for a in reversed(acts_) if first <= a.trigger < start)
