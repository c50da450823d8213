"""How a voice stands to what it tells: asserts, denies, cannot_confirm, predicts or justifies.

A stance belongs to the words that govern a claim, never to the whole sentence: in `the army denied firing, but a medic
said three had died`, the three are asserted.
"""

from spacy.tokens import Token

from corrobora.claims.reporting import Words

SUBJECTS = frozenset({"nsubj", "nsubjpass"})
CLAUSES = frozenset({"ccomp", "csubj", "acl", "relcl"})
NEGATIONS = frozenset({"not", "n't", "never", "n’t", "cannot"})


def negated(verb: Token) -> bool:
    """Tell whether a verb is denied: `did not confirm`, `could never say`."""
    told = [*verb.children, *(below for child in verb.children if child.dep_ == "advmod" for below in child.children)]
    return any(token.dep_ == "neg" or token.lower_ in NEGATIONS for token in told)


def verb_stance(verb: Token, words: Words) -> str:
    """Return the stance that a reporting verb gives to what it governs."""
    lemma = verb.lemma_.lower()
    if lemma in words["denies"]:
        undecided = _neither(verb) or (verb.dep_ == "conj" and negated(verb.head) and not negated(verb))
        return "cannot_confirm" if undecided else "asserts" if negated(verb) else "denies"
    if lemma in words["labels"]:
        return "denies" if any(t.lower_ in words["falsity"] for t in verb.subtree) else "asserts"
    if lemma in words["praises"]:
        return "justifies" if any(c.dep_ == "dobj" and c.lower_ in words["deeds"] for c in verb.children) else "asserts"
    if lemma in words["refused"] and (negated(verb) or _held_back(verb, words)):
        return "cannot_confirm"
    if lemma in words["predicts"] or (lemma in words["warns"] and _of_what_may_come(verb, words)):
        return "predicts"
    if lemma in words["justifies"]:
        return "justifies"
    return "asserts"


def _neither(verb: Token) -> bool:
    """`neither confirmed nor denied`, `would neither confirm nor deny`."""
    return any(c.lower_ in {"neither", "nor"} for token in (verb, verb.head) for c in token.children)


def _of_what_may_come(verb: Token, words: Words) -> bool:
    """`warned that thousands could be displaced`, not `warned that ten had died`."""
    clauses = [child for child in verb.children if child.dep_ == "ccomp"]
    modals = [{c.lower_ for c in clause.children if c.dep_ == "aux"} for clause in clauses]
    return any(modal & words["may"] and "have" not in modal for modal in modals)


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


def tone(token: Token, words: Words) -> tuple[str, Token] | None:
    """Return the stance that a word gives to what stands beside it without saying whose it is, and the head of that.

    `the toll could rise` predicts, `it is unclear how many died` cannot confirm, `it is a lie that ten died` denies,
    `the killing was necessary` justifies. None where a word does nothing of the kind.
    """
    if predicts_rise(token, words):
        return "predicts", token.head if token.dep_ == "xcomp" else token
    if (content := unknown(token, words)) is not None:
        return "cannot_confirm", content
    if (content := _untrue(token, words)) is not None:
        return "denies", content
    if (content := _warranted(token, words)) is not None:
        return "justifies", content
    return None


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
    about = any(
        c.dep_ in CLAUSES or (c.dep_ == "prep" and c.lower_ in {"on", "of", "about", "regarding", "from"})
        for c in word.children
    )
    return word if nothing and about else None


def _untrue(word: Token, words: Words) -> Token | None:
    """`it is not true that ten died`, `it is a lie that ...`, `a video that shows ten dead is fake`: what is untrue."""
    low = word.lower_
    false = (low in words["falsity"] and not _not_clear(word)) or (low == "true" and _not_clear(word))
    if not false or word.dep_ not in {"acomp", "attr", "oprd", "ROOT"}:
        return None
    clauses = [c for token in (word, word.head) for c in token.children if c.dep_ in CLAUSES and c.i > word.i]
    subjects = [c for c in word.head.children if c.dep_ in SUBJECTS]
    if clauses and any(s.lower_ == "it" for s in subjects):
        return clauses[0]
    shown = words["evidence.video"] | words["evidence.photo"] | words["evidence.document"]
    return next((s for s in subjects if s.lemma_.lower() in shown), None)


def _warranted(word: Token, words: Words) -> Token | None:
    """`the killing was necessary`, `were right to shoot`, `were justified in killing`: what is called right."""
    if word.lower_ not in words["warranted"] or negated(word) or negated(word.head):
        return None
    done = [c for c in word.children if (c.dep_ == "xcomp" or (c.dep_ == "prep" and c.lower_ == "in")) and c.i > word.i]
    if done and word.dep_ in {"acomp", "ccomp", "ROOT"}:
        return done[0]
    predicate = word if word.tag_ == "VBN" and any(c.dep_ == "nsubjpass" for c in word.children) else word.head
    if predicate is word.head and word.dep_ not in {"acomp", "attr", "oprd"}:
        return None
    return next((c for c in predicate.children if c.dep_ in SUBJECTS and c.lower_ in words["deeds"]), None)


def _not_clear(word: Token) -> bool:
    return negated(word) or (word.dep_ in {"acomp", "attr"} and negated(word.head))


def called_false(noun: Token, words: Words) -> bool:
    """Tell whether a report is called untrue: `a misleading story that ...`, `the claims that ... are baseless`."""
    near = [child for child in noun.children if child.dep_ in {"amod", "compound", "nmod"}]
    if noun.dep_ in {"nsubj", "nsubjpass"}:
        near += [child for child in noun.head.children if child.dep_ in {"acomp", "attr", "oprd"}]
        near += [sub for child in noun.head.children if child.dep_ == "attr" for sub in child.children]
    return any(token.lower_ in words["falsity"] for token in near)
