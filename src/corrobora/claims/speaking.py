"""Who speaks by a reporting verb: the head of the noun phrase, whatever relation the parser gave it."""

from collections.abc import Sequence

from spacy.tokens import Token

from corrobora.claims.frame import Stretch
from corrobora.claims.reporting import Words

SUBJECTS = frozenset({"nsubj", "nsubjpass"})
ABOVE = frozenset({"advcl", "conj", "xcomp", "ccomp", "pcomp", "prep", "acomp"})
CLOSING = '"”»“’'


def teller(verb: Token) -> Token | None:
    """`we learned from security sources that`: who told it."""
    if verb.lemma_ not in {"learn", "gather", "hear"} or not any(c.dep_ == "ccomp" for c in verb.children):
        return None
    told = (t for c in verb.children if c.lower_ == "from" for t in c.children if t.dep_ == "pobj")
    return next(told, None)


def voice_of(verb: Token, sentence: Stretch, words: Words) -> Token | None:
    """Return the verb's nearest subject; for `saying`, `and added`, `declined to say` that of the verb above."""
    last = verb.doc[max(0, verb.i - 1)]
    apart = verb.dep_ == "conj" and (last.pos_ in {"NOUN", "PROPN"} or last.text == ",")
    if apart and not any(c.dep_ in SUBJECTS for c in verb.children) and (found := _before(verb, sentence, words)):
        return found
    at = verb
    for _ in range(4):
        own = [c for c in at.children if (c.dep_ in SUBJECTS or is_a_name(c)) and sentence.holds(c)]
        if at != verb and any(c.i < at.i for c in own):
            own = [c for c in own if c.i < at.i]
        if own:
            return _resumed(_whole(min(own, key=lambda c: abs(c.i - at.i)), own), at)
        if at == verb and (inverted := _inverted(verb)) is not None:
            return inverted
        if at.dep_ == "acl" and at.head.pos_ in {"NOUN", "PROPN"}:
            return at.head
        if (
            at.dep_ not in ABOVE
            or at.head == at
            or (at == verb and verb.tag_ in {"VBD", "VBZ", "VBP"} and verb.dep_ != "conj")
        ):
            break
        at = at.head
    return _before(verb, sentence, words)


def _resumed(subject: Token, verb: Token) -> Token:
    """`Gunmen killed 30 in a market, a source and residents said`: the parser may begin the list at the gunmen."""
    for member in subject.children:
        before = verb.doc[member.left_edge.i - 1] if member.dep_ == "conj" and subject.i < member.i < verb.i else None
        if (
            before is not None
            and before.text == ","
            and any(t.pos_ == "VERB" for t in verb.doc[subject.i + 1 : before.i])
        ):
            return member
    return subject


def _inverted(verb: Token) -> Token | None:
    """`Ten died, indicates a statement`: the parser takes the speaker for an object."""
    told = any(c.dep_ == "ccomp" and c.i < verb.i for c in verb.children)
    after_comma = verb.i > 0 and verb.doc[verb.i - 1].text in {",", *CLOSING}
    if not (told and after_comma):
        return None
    object_ = next((c for c in verb.children if c.dep_ == "dobj" and c.i > verb.i), None)
    near = verb.doc[verb.i + 1 : verb.i + 7]
    return object_ or next((t for t in near if t.dep_ == "nsubj" and t.left_edge.i == verb.i + 1), None)


def _whole(nearest: Token, subjects: Sequence[Token]) -> Token:
    """The parser may make three subjects of `al-Haddad`: the last of them heads the name."""
    indexes = {s.i: s for s in subjects}
    while nearest.i + 1 in indexes:
        nearest = indexes[nearest.i + 1]
    return nearest


def _before(verb: Token, sentence: Stretch, words: Words) -> Token | None:
    """The noun right before a verb that the parser gave no subject: `..., a medical source said`."""
    if verb.tag_ not in {"VBD", "VBZ", "VBP"} or verb.i <= sentence.first:
        return None
    token = verb.doc[verb.i - 1]
    while token.i > sentence.first and token.tag_ in {"RB", "MD"}:
        token = verb.doc[token.i - 1]
    if token.text == "," and verb.doc[token.i - 1].ent_type_ == "PERSON":
        return verb.doc[token.i - 1]
    if token.text == "," and (bearer := _bearer(token, sentence, words)) is not None:
        return bearer
    if token.text == ",":  # `The Observatory, which counts otherwise, says`
        before = verb.doc[sentence.first : token.i]
        asides = (t for t in before if t.dep_ == "relcl" and t.right_edge.i == token.i - 1)
        return next((t.head for t in asides if t.head.i < t.i), None)
    if token.pos_ not in {"NOUN", "PROPN", "PRON"} and not (token.text.isupper() and len(token) > 1):
        return None
    while token.dep_ in {"conj", "compound", "flat"} and token.head.i < token.i and sentence.holds(token.head):
        if any(between.text == "," for between in verb.doc[token.head.i : token.i]):
            break
        token = token.head
    return token


def _bearer(comma: Token, sentence: Stretch, words: Words) -> Token | None:
    """`General Issa Ache, the army's spokesman, announced`: the name before a role that commas set off."""
    before = comma.doc[sentence.first : comma.i]
    first = next((t for t in reversed(before) if t.text == "," or t.pos_ in {"VERB", "AUX"}), None)
    if first is None or first.text != "," or comma.nbor(-1).lemma_.lower() not in words["person"]:
        return None
    return first.nbor(-1) if first.nbor(-1).ent_type_ == "PERSON" else None


def pair_before(verb: Token, left: int, sentence: Stretch, words: Words) -> tuple[Token, int] | None:
    """`killing six, an official and a teacher told X`: the parser may take the official for one of the killed."""
    doc, at = verb.doc, left - 2
    if at <= sentence.first or doc[left - 1].lower_ != "and" or left >= verb.i or verb.dep_ != "conj":
        return None
    known = words["person"] | words["body"]
    while at > max(sentence.first, left - 8) and doc[at].text != "," and doc[at].pos_ not in {"VERB", "AUX", "NUM"}:
        at -= 1
    return (doc[left - 2], at + 1) if doc[at].text == "," and doc[left - 2].lemma_.lower() in known else None


def is_a_name(token: Token) -> bool:
    """`IS said`: an auxiliary in capitals is the name of a group."""
    return bool(token.dep_ in {"aux", "auxpass"} and token.text == "IS")
