"""Which words of place and time govern a claim: the nearest in its clause, else in its sentence.

Nothing is resolved here, and nothing is taken from other sentences: what `there` or the dateline means is for the room
that resolves.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from spacy.tokens import Doc, Span as Tokens, Token

from corrobora.model import Span

PLACES = frozenset({"GPE", "LOC", "FAC"})
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
# An entity of these kinds after 'in' or 'at' is a place that the model called by another name.
MISTAKEN = frozenset({"PERSON", "ORG", "NORP", "PRODUCT", "WORK_OF_ART", "", "EVENT", "LAW"})
DURATION = re.compile(
    r"^(?:for |about |some |nearly |over |more than |at least |less than )*(?:\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|several|many)[\s-](?:hours?|days?|weeks?|months?|years?|minutes?|decades?|centur)(?:[\s-]old)?$",
    re.I,
)
AGE = re.compile(r"\bold\b|\baged?\b|\bages?\b", re.I)
ANAPHORA = re.compile(
    r"\b(?:the (?:following|next|same|previous) (?:day|night|morning|evening|afternoon|week)|yesterday|today|tonight|last night|the day before|(?:a day|two days|three days|hours) (?:later|earlier|before)|earlier (?:that|this) (?:day|week|month))\b",
    re.I,
)


def places(sentence: Tokens) -> tuple[tuple[int, int], ...]:
    """Give the token ranges of a sentence that name places; 'A in B' and 'A, B' are one range."""
    doc = sentence.doc
    found = [(e.start, e.end) for e in sentence.ents if e.label_ in PLACES and e[0].dep_ != "amod"]
    taken = {i for start, end in found for i in range(start, end)}
    for token in sentence:
        if token.i in taken or token.pos_ != "PROPN" or token.dep_ != "pobj" or token.head.lower_ not in AT:
            continue
        if token.ent_type_ in MISTAKEN:
            start = token.left_edge.i
            while start < token.i and doc[start].pos_ in {"DET"}:
                start += 1
            found.append((start, token.i + 1))
    return tuple(_joined(doc, sorted(found)))


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
    return tuple(sorted(found))


def govern(doc: Doc, ranges: Iterable[tuple[int, int]], trigger: Token, reporting: frozenset[int]) -> Span | None:
    """Choose the range that governs the trigger: by the parse below it first, then above it, then by nearness.

    `reporting` are the verbs of saying: what hangs on those says when it was said, not when it happened.
    """
    best: tuple[int, int, tuple[int, int]] | None = None
    below = {t.i for t in trigger.subtree}
    path = {a.i: n for n, a in enumerate(trigger.ancestors)}
    for start, end in ranges:
        root = doc[start:end].root
        rank = 0 if root.i in below else 1
        if rank == 1:
            host = next((a for a in root.ancestors if a.pos_ in {"VERB", "AUX"}), root)
            if host.i in reporting:
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
