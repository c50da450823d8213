"""How a voice stands to what it tells: asserts, denies, cannot_confirm, predicts or justifies.

A stance belongs to the words that govern a claim, never to the whole sentence: in `the army denied firing, but a medic
said three had died`, the three are asserted.
"""

from spacy.tokens import Token

from corrobora.claims.reporting import Words

NEGATIONS = frozenset({"not", "n't", "never", "n’t", "cannot"})


def negated(verb: Token) -> bool:
    """Tell whether a verb is denied: `did not confirm`, `could never say`."""
    told = [*verb.children, *(below for child in verb.children if child.dep_ == "advmod" for below in child.children)]
    return any(token.dep_ == "neg" or token.lower_ in NEGATIONS for token in told)


def verb_stance(verb: Token, words: Words) -> str:
    """Return the stance that a reporting verb gives to what it governs."""
    lemma = verb.lemma_.lower()
    if lemma in words["denies"]:
        return "asserts" if negated(verb) else "denies"
    if lemma in words["refused"] and (negated(verb) or _held_back(verb, words)):
        return "cannot_confirm"
    if lemma in words["predicts"]:
        return "predicts"
    if lemma in words["justifies"]:
        return "justifies"
    return "asserts"


def _held_back(verb: Token, words: Words) -> bool:
    """`declined to say`, `was unable to verify`, `has yet to confirm`."""
    head = verb.head
    if verb.dep_ in {"xcomp", "ccomp", "acl", "advcl"} and head != verb:
        return (
            head.lemma_.lower() in words["refusing"]
            or head.lower_ in words["refusing"]
            or (any(child.lower_ in words["refusing"] for child in head.children))
            or (head.lemma_.lower() in {"able", "position"} and (negated(head) or negated(head.head)))
        )
    return any(child.lower_ == "yet" and child.i < verb.i for child in verb.children) and any(
        child.lower_ == "to" for child in verb.children
    )


def predicts_rise(verb: Token, words: Words) -> bool:
    """Tell whether a verb says where a count may go: `the toll could rise`, `is expected to reach 50`."""
    if verb.lemma_.lower() not in words["rises"]:
        return False
    governor = verb.head if verb.dep_ in {"xcomp", "ccomp"} else verb
    around = [*verb.children, *governor.children, governor]
    subject = [child for child in around if child.dep_ in {"nsubj", "nsubjpass"}]
    may = any(token.lower_ in words["may"] or token.lower_ == "’ll" for token in around)
    return may and any(token.lemma_.lower() in words["tolls"] or token.lower_ in words["tolls"] for token in subject)


def unknown(word: Token, words: Words) -> Token | None:
    """Return the word whose subtree nobody can confirm: `unclear how many died`, `no word on casualties`.

    None where `word` says nothing of the kind.
    """
    predicate = word.dep_ in {"acomp", "attr", "oprd", "ROOT"}
    if predicate and (
        word.lower_ in words["unclear"] or (word.lower_ in {"clear", "certain", "known"} and _not_clear(word))
    ):
        return word.head
    nothing = word.lemma_.lower() in words["no_word"] and any(c.lower_ == "no" for c in word.children)
    about = any(c.dep_ == "prep" and c.lower_ in {"on", "of", "about", "regarding", "from"} for c in word.children)
    return word if nothing and about else None


def _not_clear(word: Token) -> bool:
    return negated(word) or (word.dep_ in {"acomp", "attr"} and negated(word.head))


def called_false(noun: Token, words: Words) -> bool:
    """Tell whether a report is called untrue: `a misleading story that ...`, `the claims that ... are baseless`."""
    near = [child for child in noun.children if child.dep_ in {"amod", "compound", "nmod"}]
    if noun.dep_ in {"nsubj", "nsubjpass"}:
        near += [child for child in noun.head.children if child.dep_ in {"acomp", "attr", "oprd"}]
        near += [sub for child in noun.head.children if child.dep_ == "attr" for sub in child.children]
    return any(token.lower_ in words["falsity"] for token in near)
