"""Noun phrases that speak: how far they reach, and the runs of capitals in them that may be names."""

import re
from collections.abc import Collection, Sequence

from spacy.tokens import Span, Token

NAME_CONNECTORS = frozenset(
    ["al", "el", "bin", "ibn", "ben", "de", "del", "della", "der", "den", "du", "da", "dos", "das", "des",
     "la", "le", "van", "von", "pour", "para", "por", "pela", "ul", "ur", "ud", "ad", "as", "-"]
)  # fmt: skip
OFF_PATH = frozenset({"relcl", "acl", "ccomp", "parataxis", "advcl", "csubj"})
DASHES = frozenset({"-", "–", "—"})


def phrase(head: Token, starts: Collection[int] = ()) -> Span:
    """Return the noun phrase of `head` with its apposition, without its relative clauses or what it says.

    It crosses neither a dash (`Omdurman — The ministry`) nor the first token of a paragraph (`starts`).
    """
    allowed = {head.i}
    stack = [head]
    while stack:
        for child in stack.pop().children:
            if child.dep_ not in OFF_PATH and not (child.is_punct and child.text in '"“”'):
                allowed.add(child.i)
                stack.append(child)
    first = last = head.i
    doc = head.doc
    broken = doc[head.left_edge.i]
    if broken.is_sent_start and broken.i not in starts and broken.i > 0 and is_name_like(broken):
        # The parser began a sentence in the middle of a name.
        allowed |= {broken.i - 1} if doc[broken.i - 1].is_alpha and is_name_like(doc[broken.i - 1]) else set()
    if head.ent_type_ in {"PERSON", "ORG"}:
        entity = next(e for e in doc.ents if e.start <= head.i < e.end)
        allowed |= set(range(entity.start, entity.end))
    while first - 1 in allowed and first not in starts and not _dash(doc[first - 1]):
        first -= 1
    while last + 1 in allowed and last + 1 not in starts and not _dash(doc[last + 1]):
        last += 1
    while first < head.i and (doc[first].is_punct or doc[first].is_space or doc[first].dep_ in {"cc", "mark"}):
        first += 1
    while last > head.i and (doc[last].is_punct or doc[last].is_space) and doc[last].text not in {")", "]"}:
        last -= 1
    return doc[first : last + 1]


def _dash(token: Token) -> bool:
    """A dash with room around it: that of `al-Shabaab` joins."""
    return token.text in DASHES and (token.i == 0 or bool(token.doc[token.i - 1].whitespace_))


def is_name_like(token: Token) -> bool:
    """Tell whether a token is capitalised as names are, whatever the tagger thinks of it."""
    return (
        token.text[:1].isupper()
        and (token.pos_ != "PRON")
        and token.text not in {"The", "A", "An", "Its", "Their", "His", "Her"}
    )


def capital_runs(tokens: Sequence[Token]) -> list[list[Token]]:
    """Return the stretches of capitalised words, with what joins them in names (`al`, `de`), that begin and end so."""
    runs: list[list[Token]] = []
    run: list[Token] = []
    for token in tokens:
        if (
            is_name_like(token)
            or (run and token.lower_ in NAME_CONNECTORS)
            or (not run and token.lower_ in {"al", "el"})
        ):
            run.append(token)
        else:
            runs.append(run)
            run = []
    runs.append(run)
    trimmed = []
    for one in runs:
        while one and not is_name_like(one[-1]):
            one.pop()
        if one:
            trimmed.append(one)
    return trimmed


def written(tokens: Sequence[Token]) -> str:
    """Return the words of the tokens, without marks around them or a possessive ending."""
    text = "".join(token.text_with_ws for token in tokens).strip()
    return re.sub(r"(?:['’]s?|,)$", "", re.sub(r"\s+", " ", text)).strip(' "“”')
