"""Who `they`, `them` and `the young man` are: the nearest earlier phrase that fits, here or just before.

A reference only lends the class and the name of what it stands for; the words of the claim stay its own.
"""

from spacy.tokens import Doc, Token

from corrobora.claims.wordlists import wordlist

PRONOUNS = wordlist("reference.pronouns")
PLURAL = wordlist("reference.plural")
ROLES = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "conj"})
BACK = 2


def referent(token: Token) -> Token:
    """Give the noun that a pronoun stands for, or the token itself: subjects first, nearest first.

    >>> # "The forces were ambushed, leaving 13 of them dead": 'them' is 'forces'
    """
    if token.lower_ not in PRONOUNS or token.lower_ in {"who", "which", "it"}:
        return token
    doc = token.doc
    sentence = token.sent
    for back in range(BACK + 1):
        stretch = [
            t
            for t in doc[sentence.start : min(sentence.end, token.i)]
            if _fits(t, plural=token.lower_ in PLURAL) and not (token.dep_ == "dobj" and t.head == token.head)
        ]  # 'Residents accuse them': not the residents
        subjects = [t for t in stretch if t.dep_ in {"nsubj", "nsubjpass"}]
        if subjects or (stretch and back):
            return (subjects or stretch)[0 if back else -1]
        if sentence.start == 0:
            return token
        sentence = doc[sentence.start - 1].sent
    return token


def _fits(token: Token, *, plural: bool) -> bool:
    if (
        token.dep_ not in ROLES
        or token.pos_ not in {"NOUN", "PROPN"}
        or token.ent_type_ in {"DATE", "TIME", "GPE", "LOC"}
    ):
        return False
    return (
        (token.tag_ in {"NNS", "NNPS"} or token.lower_ in {"army", "police", "military", "group", "gang", "militia"})
        if plural
        else True
    )


def earlier(doc: Doc, noun: Token, sentences: int) -> Token | None:
    """Give the earlier mention of a definite person: 'a 20-year-old man' for 'the young man', by the same noun."""
    if not any(t.lower_ in {"the", "this", "that", "these", "those"} for t in noun.lefts):
        return None
    start = noun.sent.start
    for _ in range(sentences):
        if start == 0:
            break
        start = doc[start - 1].sent.start
    same = [t for t in doc[start : noun.sent.start] if t.lower_ == noun.lower_ and t.pos_ == "NOUN"]
    return same[-1] if same else None
