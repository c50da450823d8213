"""The people, groups and things that a parsed text names: each mention with its words, gathered into one entity.

Mentions are noun phrases without article and number, names with the title before them as a phrase of its own, named
entities, and what stands in square or round brackets after a name. An entity is what a text calls by the same words,
by a part of a name, or by its abbreviation.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Tokens

from corrobora.claims.wordlists import wordlist

NAMES = frozenset({"PERSON", "ORG", "PRODUCT", "FAC", "WORK_OF_ART", "GPE", "LOC", "NORP", "EVENT", "LAW", ""})
NO_PHRASE = frozenset({"DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "CARDINAL"})
# Words before a noun that say how many, or which: no part of what it is called.
SPECIFIERS = wordlist("trained.specifiers")


@dataclass(frozen=True, slots=True)
class Mention:
    """Tokens `start` to `end` (exclusive) with head `head`; `whole` is the end with its of-phrase.

    `named` says that it reads as a proper name, `title_of` the index of the name's mention that it stands with as a
    title or an explanation, -1 for none. `number` is the token that counts it, -1 for none.
    """

    start: int
    end: int
    head: int
    whole: int
    named: bool
    title_of: int
    number: int


@dataclass(frozen=True, slots=True)
class Entity:
    """Mentions of one thing, as indexes into the text's mentions, in text order."""

    mentions: tuple[int, ...]
    named: bool


def mentions(doc: Doc) -> tuple[Mention, ...]:
    """Give the mentions of a text in text order, no two of the same words."""
    found: dict[tuple[int, int], Mention] = {}
    for chunk in _chunks(doc):
        for mention in _parts(chunk):
            found.setdefault((mention.start, mention.end), mention)
    taken = {i for m in found.values() for i in range(m.start, m.end)}
    for entity in doc.ents:
        if entity.label_ not in NO_PHRASE and entity.root.i not in taken:
            start, end = _trimmed(entity.start, entity.end, doc)
            if start < end:
                found.setdefault((start, end), Mention(start, end, entity.root.i, end, True, -1, -1))
    for start, end in _bracketed(doc):
        found.setdefault((start, end), Mention(start, end, end - 1, end, True, -1, -1))
    return _tied(doc, [found[key] for key in sorted(found)])


def _chunks(doc: Doc) -> Iterator[Tokens]:
    for chunk in doc.noun_chunks:
        if chunk.root.pos_ != "PRON" and chunk.root.ent_type_ not in NO_PHRASE:
            yield chunk


def _parts(chunk: Tokens) -> Iterator[Mention]:
    """'Jesuit priest Segundo Montes': a name, and the title before it."""
    doc = chunk.doc
    start, end = _trimmed(chunk.start, chunk.end, doc)
    if start >= end:
        return
    number = next((t.i for t in doc[chunk.start : end] if t.pos_ == "NUM" and t.i < chunk.root.i), -1)
    first = end
    while first > start and _capital(doc[first - 1]):
        first -= 1
    if first == end:
        yield Mention(start, end, end - 1, _whole(doc, chunk.root, end), False, -1, number)
    elif first == start:
        yield Mention(start, end, end - 1, _whole(doc, chunk.root, end), True, -1, number)
    else:
        yield Mention(start, first, first - 1, first, False, -2, number)
        yield Mention(first, end, end - 1, end, True, -1, -1)
        if doc[end - 1].ent_type_ != "PERSON":  # 'the newspaper Clarin', 'the Ponce battalion': one name perhaps
            yield Mention(start, end, end - 1, _whole(doc, chunk.root, end), False, -1, number)


def _capital(token: Token) -> bool:
    return token.text[:1].isupper() and (token.pos_ == "PROPN" or token.ent_type_ != "" or token.is_alpha)


def _trimmed(start: int, end: int, doc: Doc) -> tuple[int, int]:
    while start < end and (
        doc[start].lower_ in SPECIFIERS
        or doc[start].pos_ in {"NUM", "PUNCT", "SPACE", "DET", "PRON", "SYM", "CCONJ"}
        or doc[start].tag_ == "POS"
    ):
        start += 1
    while start < end and doc[end - 1].pos_ in {"PUNCT", "SPACE", "SYM"}:
        end -= 1
    return start, end


def _whole(doc: Doc, root: Token, end: int) -> int:
    """Give the end of the phrase with the 'of' or 'for' part that follows at once, if that is short."""
    for prep in root.rights:
        if prep.i == end and prep.lower_ in {"of", "for", "from"} and prep.dep_ == "prep":
            inner = next((c for c in prep.children if c.dep_ == "pobj"), None)
            if inner is not None and inner.pos_ in {"NOUN", "PROPN"}:
                last = max([t.i for t in inner.lefts] + [inner.i]) + 1
                if not any(t.is_punct for t in doc[prep.i : last]):
                    return last
    return end


def _bracketed(doc: Doc) -> Iterator[tuple[int, int]]:
    """'[FMLN]', '(Sendero Luminoso)': what stands in brackets with capitals, and is short."""
    for token in doc:
        if token.text in {"[", "("}:
            last = next((i for i in range(token.i + 1, min(token.i + 8, len(doc))) if doc[i].text in {"]", ")"}), 0)
            inside = doc[token.i + 1 : last] if last else ()
            if inside and all(t.is_alpha for t in inside) and inside[0].text[:1].isupper():
                yield token.i + 1, last


def _tied(doc: Doc, found: Sequence[Mention]) -> tuple[Mention, ...]:
    """Tie titles to the name behind them, and explanations in commas to the name before or after."""
    starts = {m.start: i for i, m in enumerate(found) if m.named}
    heads = {m.head: i for i, m in enumerate(found) if m.named}
    tied: list[Mention] = []
    for mention in found:
        to = -1
        if mention.title_of == -2:
            to = starts.get(mention.end, -1)
        elif not mention.named:
            head = doc[mention.head]
            if head.dep_ == "appos" and head.head.i in heads:
                to = heads[head.head.i]
            else:
                named = [c.i for c in head.children if c.dep_ == "appos" and c.i in heads]
                to = heads[named[0]] if named else -1
        tied.append(Mention(mention.start, mention.end, mention.head, mention.whole, mention.named, to, mention.number))
    return tuple(tied)


def content(doc: Doc, mention: Mention) -> tuple[str, ...]:
    """Give the lower-case words that a mention is known by."""
    return tuple(
        t.lower_
        for t in doc[mention.start : mention.end]
        if (t.is_alpha or t.like_num or "-" in t.text) and t.lower_ not in SPECIFIERS
    )


def entities(doc: Doc, found: Sequence[Mention]) -> tuple[Entity, ...]:
    """Gather mentions by their words, names also by a part of them, abbreviations by the bracket they stand in."""
    words = [content(doc, m) for m in found]
    group: dict[tuple[str, ...], list[int]] = {}
    for i, said in enumerate(words):
        if said:
            group.setdefault(said, []).append(i)
    parent = {key: key for key in group}

    def root(key: tuple[str, ...]) -> tuple[str, ...]:
        while parent[key] != key:
            key = parent[key]
        return key

    names = {key for key, ids in group.items() if any(found[i].named for i in ids)}
    for key in sorted(names, key=len):
        longer = [n for n in names if len(n) > len(key) and _ends(n, key)]
        if longer and len(key) <= 2 and not _acronym(doc, found, group[key]):
            parent[root(key)] = root(min(longer, key=lambda n: (abs(group[n][0] - group[key][0]), n)))
    for key, before in _abbreviated(doc, found, words):
        if root(key) != root(before):
            parent[root(key)] = root(before)
    gathered: dict[tuple[str, ...], list[int]] = {}
    for key, ids in group.items():
        gathered.setdefault(root(key), []).extend(ids)
    return tuple(
        Entity(tuple(sorted(ids)), named=any(found[i].named for i in ids)) for ids in sorted(gathered.values(), key=min)
    )


def _acronym(doc: Doc, found: Sequence[Mention], ids: Iterable[int]) -> bool:
    return any(doc[found[i].start].text.isupper() and len(doc[found[i].start].text) > 1 for i in ids)


def _ends(name: Sequence[str], part: Sequence[str]) -> bool:
    """Say whether a shorter name stands within a longer one as one piece."""
    return any(tuple(name[i : i + len(part)]) == tuple(part) for i in range(len(name) - len(part) + 1))


def _abbreviated(
    doc: Doc, found: Sequence[Mention], words: Sequence[tuple[str, ...]]
) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """'national liberation army [ELN]': the bracket, and the phrase that ends before it."""
    ends: dict[int, list[int]] = {}
    for i, mention in enumerate(found):
        for end in {mention.end} if mention.named else {mention.end, mention.whole}:
            ends.setdefault(end, []).append(i)
    for i, mention in enumerate(found):
        opening = mention.start - 1
        if opening > 0 and doc[opening].text in {"[", "("} and words[i]:
            bodies = [k for k in ends.get(opening, ()) if len(words[k]) > 1]
            if bodies:
                yield words[i], words[min(bodies, key=lambda k: found[k].start)]
