"""Who carried the words: `told Radio Selm`, `quoted by AFP`, `in an article published in The Meridian`."""

from collections.abc import Iterator

from spacy.tokens import Token

from corrobora.claims.frame import Frame, Stretch
from corrobora.claims.phrases import is_name_like
from corrobora.claims.reporting import Words

NOT_CARRIERS = frozenset({"DATE", "TIME", "GPE", "LOC", "CARDINAL", "NORP"})
TOLD = frozenset({"tell", "inform"})
TOLD_TO = frozenset({"speak", "say", "confirm", "write", "talk"})
OBJECTS = frozenset({"dobj", "dative", "iobj"})


def carriers(frame: Frame, sentence: Stretch, words: Words) -> Iterator[Token]:
    """Yield the head words of those who carried a frame's words, in text order. Reporters in general carry nothing."""
    cue = sentence.doc[frame.cue]
    lemma = cue.lemma_.lower()
    for child in cue.children:
        if child.dep_ in OBJECTS and lemma in TOLD:
            yield from _told(child, words)
        if child.lower_ == "to" and lemma in TOLD_TO:
            yield from _objects(child, words)
    for token in sentence.doc[sentence.first : sentence.last]:
        if token.lemma_.lower() in words["handing_on"] and token.tag_ == "VBN":
            yield from _after(token, {"by", "in", "on"}, words)
            yield from (c for c in token.children if c.dep_ == "nsubj" and c.lower_ in words["press"])
        elif token.lemma_.lower() in words["talks"] or (token.lower_ in {"speaking", "talking"} and token != cue):
            yield from _after(token, {"with", "to"}, words)
            yield from (t for t in _after(token, {"on"}, words) if set(_lowers(t)) & words["press"])


def _told(child: Token, words: Words) -> Iterator[Token]:
    """`told Radio Selm`, `told the news agency Belpress`."""
    if _carries(child, words):
        yield child
    elif child.lemma_.lower() in words["outlets"] and child.i + 1 < len(child.doc):
        yield from (t for t in child.doc[child.i + 1 : child.i + 2] if _carries(t, words))


def _after(token: Token, prepositions: set[str], words: Words) -> Iterator[Token]:
    for below in token.subtree:
        if below.i > token.i and below.lower_ in prepositions:
            yield from _objects(below, words)


def _objects(preposition: Token, words: Words) -> Iterator[Token]:
    yield from (t for t in preposition.children if t.dep_ == "pobj" and _carries(t, words))


def _carries(token: Token, words: Words) -> bool:
    if token.lemma_.lower() in words["outlets"] and any(c.lower_ == "the" for c in token.children):
        return True  # `reviewed by the newspaper`, if it was named before
    return (
        is_name_like(token)
        and (token.ent_type_ not in NOT_CARRIERS or any(c.text == "The" for c in token.children))
        and token.lemma_.lower() not in words["hearers"]
        and token.lower_ not in words["platforms"]
    )


def _lowers(token: Token) -> Iterator[str]:
    return (t.lower_ for t in token.subtree)
