"""Which words of place and time govern a claim: the nearest in its clause, else in its sentence.

Nothing is resolved here, and nothing is taken from other sentences: what `there` or the dateline means is for the room
that resolves.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from spacy.tokens import Doc, Span as Tokens, Token

from corrobora.model import Span

PLACES = frozenset({"GPE", "LOC", "FAC"})
# Prepositions that only a place follows, when a name follows.
INTO = frozenset({"in", "at", "near", "outside", "inside", "around", "into", "across", "throughout"})
AT = frozenset(
    {
        "in",
        "at",
        "near",
        "on",
        "around",
        "outside",
        "inside",
        "across",
        "to",
        "into",
        "from",
        "within",
        "throughout",
        "off",
        "between",
    }
)
# A name before one of these words is still the name of the place.
PARTS = frozenset(
    {"state", "province", "department", "district", "region", "city", "town", "village", "area", "county", "governorate",
     "market", "square", "camp", "neighborhood", "neighbourhood", "suburb", "valley", "border", "capital", "municipality"}
)
# An entity of these kinds after 'in' or 'at' is a place that the model called by another name.
MISTAKEN = frozenset({"PERSON", "ORG", "NORP", "PRODUCT", "WORK_OF_ART", "", "EVENT", "LAW"})
DURATION = re.compile(
    r"^(?:for |about |some |nearly |over |more than |at least |less than )*(?:\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|several|many)[\s-](?:hours?|days?|weeks?|months?|years?|minutes?|decades?|centur)(?:[\s-]old)?$",
    re.I,
)
BARE = frozenset({"day", "days", "the day", "a day", "year", "years", "daily", "annual", "months", "weeks", "week", "hours", "minutes"})
AGE = re.compile(r"\bold\b|\baged?\b|\bages?\b", re.I)
ANAPHORA = re.compile(
    r"\b(?:the (?:following|next|same|previous) (?:day|night|morning|evening|afternoon|week)|yesterday|today|tonight|last night|the day before|(?:a day|two days|three days|hours) (?:later|earlier|before)|earlier (?:that|this) (?:day|week|month))\b",
    re.I,
)


def places(sentence: Tokens) -> tuple[tuple[int, int], ...]:
    """Give the token ranges of a sentence that name places; 'A in B' and 'A, B' are one range."""
    doc = sentence.doc
    found = [(e.start, e.end) for e in sentence.ents if e.label_ in PLACES and _names_place(e)]
    taken = {i for start, end in found for i in range(start, end)}
    for token in sentence:
        if token.i in taken or token.pos_ != "PROPN" or token.dep_ != "pobj" or token.head.lower_ not in INTO:
            continue
        if token.ent_type_ in MISTAKEN:
            start = token.left_edge.i
            while start < token.i and doc[start].pos_ in {"DET"}:
                start += 1
            found.append((start, token.i + 1))
    return tuple(_joined(doc, sorted(found)))


def _names_place(entity: Tokens) -> bool:
    """Leave out peoples that the model took for places ('Alawites'), and names inside other names ('UK-based')."""
    root = entity.root
    if root.tag_ == "NNPS" and len(entity) == 1 or root.dep_ in {"amod", "npadvmod"}:
        return False
    return not (root.dep_ in {"compound", "nmod"} and root.head.pos_ in {"NOUN", "PROPN", "ADJ", "VERB"} and root.head.lower_ not in PARTS)


def _joined(doc: Doc, ranges: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    held: tuple[int, int] | None = None
    for start, end in ranges:
        if held is not None and start < held[1]:
            continue
        if (
            held is not None
            and start - held[1] <= 3
            and all(
                t.lower_ in {",", "in", "of", "the", "(", "north", "south", "east", "west"}
                for t in doc[held[1] : start]
            )
        ):
            held = (held[0], end)
            continue
        if held is not None:
            yield held
        held = (start, end)
    if held is not None:
        yield held


def _adjoining(ranges: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Join 'Wednesday' and 'evening', 'Friday' and 'June 13': one after the other, or with a comma or 'of' between."""
    held: tuple[int, int] | None = None
    for start, end in ranges:
        if held is not None and start - held[1] <= 1:
            held = (held[0], max(end, held[1]))
            continue
        if held is not None:
            yield held
        held = (start, end)
    if held is not None:
        yield held


def times(sentence: Tokens) -> tuple[tuple[int, int], ...]:
    """Give the token ranges of a sentence that say when: no durations, no ages."""
    found = [
        (e.start, e.end)
        for e in sentence.ents
        if e.label_ in {"DATE", "TIME"} and not DURATION.match(e.text) and not AGE.search(e.text)
    ]
    for match in ANAPHORA.finditer(sentence.text):
        span = sentence.doc.char_span(sentence.start_char + match.start(), sentence.start_char + match.end())
        if span is not None and not any(s < span.end and span.start < e for s, e in found):
            found.append((span.start, span.end))
    return tuple(r for r in _adjoining(sorted(found)) if sentence.doc[slice(*r)].text.lower() not in BARE)


def govern(doc: Doc, ranges: Iterable[tuple[int, int]], trigger: Token, reporting: frozenset[int]) -> Span | None:
    """Choose the range that governs the trigger: by the parse below it first, then above it, then by nearness.

    `reporting` are the verbs of saying: what hangs on those says when it was said, not when it happened.
    """
    best: tuple[int, int, tuple[int, int]] | None = None
    below = {t.i for t in trigger.subtree}
    path = {a.i: n for n, a in enumerate(trigger.ancestors)}
    for start, end in ranges:
        root = doc[start:end].root
        rank = 0 if root.i in below and root.dep_ != "poss" else 1
        if rank == 1:
            host = next((a for a in root.ancestors if a.pos_ in {"VERB", "AUX"}), root)
            if host.i in reporting and host.i in path and start > host.i:
                rank = 3
            elif host.i not in path:
                rank = 2
        key = (rank, abs(root.i - trigger.i), (start, end))
        if best is None or key < best:
            best = key
    if best is None or best[0] == 3:
        return None
    start, end = best[2]
    a, b = doc[start].idx, doc[end - 1].idx + len(doc[end - 1].text)
    return Span(a, b, doc.text[a:b])
