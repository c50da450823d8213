"""Which words of place and time govern a claim: the nearest in its clause, else in its sentence.

Nothing is resolved here, and nothing is taken from other sentences: what `there` or the dateline means is for the room
that resolves.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Tokens

from corrobora.claims.wordlists import wordlist
from corrobora.model import Span

Range = tuple[int, int]
PLACES = frozenset({"GPE", "LOC", "FAC"})
# Prepositions that only a place follows, when a name follows.
INTO = wordlist("place.into")
# A name before one of these words, or after it and 'of', is the name of a place.
MOVING = wordlist("place.moving")
PARTS = wordlist("place.parts")
DIVISIONS = wordlist("place.divisions")
OFFICES = wordlist("place.offices")
LINKING = wordlist("place.linking")
LONGEST_GAP = 7
# An entity of these kinds after 'in' or 'at' is a place that the model called by another name.
MISTAKEN = frozenset({"PERSON", "ORG", "NORP", "PRODUCT", "WORK_OF_ART", "", "EVENT", "LAW"})
UNITS = r"(?:hour|day|week|month|year|minute|decade)s?"
DURATION = re.compile(
    rf"^(?:(?:for|about|some|nearly|over|more|than|at|least|less|almost|around) )*"
    rf"(?:\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|several|many)[\s-]{UNITS}(?:[\s-]old|[\s-]long)?$",
    re.IGNORECASE,
)
AGE = re.compile(r"\bold\b|\baged?\b|\bages\b", re.IGNORECASE)
BARE = re.compile(rf"^(?:the |a |an )?(?:{UNITS}|daily|annual|nightly|evening|morning|night)$", re.IGNORECASE)
PARTS_OF_DAY = r"(?:day|night|morning|evening|afternoon|week)"
ANAPHORA = re.compile(
    rf"\b(?:the (?:following|next|same|previous) {PARTS_OF_DAY}|yesterday|today|tonight|last night|the day before"
    rf"|(?:a day|two days|three days|hours) (?:later|earlier|before)|earlier (?:that|this) {PARTS_OF_DAY})\b",
    re.IGNORECASE,
)


def places(sentence: Tokens) -> tuple[Range, ...]:
    """Give the token ranges of a sentence that name places; 'A in B' and 'A, B' are one range."""
    found = [(e.start, _undashed(e)) for e in sentence.ents if e.label_ in PLACES and _names_place(e)]
    taken = {i for start, end in found for i in range(start, end)}
    found += [
        (_first(token), _last(token))
        for token in sentence
        if token.pos_ == "PROPN"
        and token.dep_ == "pobj"
        and token.i not in taken
        and token.ent_type_ in MISTAKEN
        and _leads_to_place(token.head)
    ]
    return tuple(_joined(sentence.doc, sorted(found)))


def _undashed(entity: Tokens) -> int:
    """'Cape Town - Police': a name ends where a dash stands apart."""
    dash = (t.i for t in entity[1:] if t.text in {"-", "–", "—"} and t.whitespace_ and t.nbor(-1).whitespace_)
    return next(dash, entity.end)


def _first(token: Token) -> int:
    start = token.left_edge.i
    while start < token.i and token.doc[start].pos_ == "DET":
        start += 1
    return start


def _last(token: Token) -> int:
    """The end of the name that a token heads: 'Ras al-Ayn', which the model may take for a person's."""
    name = next((e for e in token.sent.ents if e.label_ == "PERSON" and e.start <= token.i < e.end), None)
    joined = name is not None and "-" in name.text
    return _undashed(name) if name is not None and joined else token.i + 1


def _leads_to_place(preposition: Token) -> bool:
    """'in X', 'near X', 'the neighborhood of X'."""
    if preposition.lower_ == "to" and preposition.head.lemma_ in MOVING:
        return True
    return preposition.lower_ in INTO or (preposition.lower_ == "of" and preposition.head.lower_ in PARTS | OFFICES)


def _names_place(entity: Tokens) -> bool:
    """Leave out peoples that the model took for places ('Alawites'), and names inside other names ('UK-based')."""
    root = entity.root
    if root.lower_ in PARTS and any(t.pos_ == "PROPN" for t in entity):
        return True  # 'Selm township'
    if root.pos_ != "PROPN" or (root.tag_ == "NNPS" and len(entity) == 1) or root.dep_ in {"amod", "npadvmod"}:
        return False
    return root.dep_ not in {"compound", "nmod"} or root.head.lower_ in PARTS


def _joined(doc: Doc, ranges: Sequence[Range]) -> Iterator[Range]:
    held: Range | None = None
    for start, end in ranges:
        if held is not None and start < held[1]:
            continue
        if held is not None and _one_place(doc[held[1] : start]):
            held = (held[0], end)
            continue
        if held is not None:
            yield held
        held = (start, end)
    if held is not None:
        yield held


def _one_place(gap: Tokens) -> bool:
    """Say whether two names are one place: 'Ayn in the coastal province of Sahil', 'Ayn, north of Sahil'."""
    return 0 < len(gap) <= LONGEST_GAP and all(t.lower_ in LINKING or t.lower_ in PARTS or t.pos_ == "ADJ" for t in gap)


def times(sentence: Tokens) -> tuple[Range, ...]:
    """Give the token ranges of a sentence that say when: no durations, no ages."""
    doc = sentence.doc
    found = [(e.start, e.end) for e in sentence.ents if e.label_ in {"DATE", "TIME"}]
    for match in ANAPHORA.finditer(sentence.text):
        span = doc.char_span(sentence.start_char + match.start(), sentence.start_char + match.end())
        if span is not None and not any(s < span.end and span.start < e for s, e in found):
            found.append((span.start, span.end))
    return tuple(r for r in _adjoining(sorted(found)) if _says_when(doc[slice(*r)].text))


def _says_when(words: str) -> bool:
    return not (
        (words.isdecimal() and len(words) < 4) or DURATION.match(words) or AGE.search(words) or BARE.match(words)
    )


def _adjoining(ranges: Sequence[Range]) -> Iterator[Range]:
    """Join 'Wednesday' and 'evening', 'Friday' and 'June 13': one after the other, or with one word between."""
    held: Range | None = None
    for start, end in ranges:
        if held is not None and start - held[1] <= 1:
            held = (held[0], max(end, held[1]))
            continue
        if held is not None:
            yield held
        held = (start, end)
    if held is not None:
        yield held


def govern(doc: Doc, ranges: Iterable[Range], trigger: Token, reporting: frozenset[int]) -> Span | None:
    """Choose the range that governs the trigger: by the parse below it first, then above it, then by nearness.

    `reporting` are the verbs of saying: what follows one of those and hangs on it says when it was said, not when it
    happened ("..., the army said on Sunday").
    """
    below = {t.i for t in trigger.subtree}
    above = {a.i for a in trigger.ancestors}
    ranked = sorted((_rank(doc[slice(*r)], below, above, reporting), abs(r[0] - trigger.i), r) for r in ranges)
    if not ranked or ranked[0][0] == SAID:
        return None
    start, end = ranked[0][2]
    a, b = doc[start].idx, doc[end - 1].idx + len(doc[end - 1].text)
    return Span(a, b, "")


def govern_place(doc: Doc, ranges: Iterable[Range], trigger: Token, reporting: frozenset[int]) -> Span | None:
    """Choose the name of a place that governs the trigger; where its words point back, only a name among them does."""
    if _pointing_back(trigger):
        below = {t.i for t in trigger.subtree}
        ranges = [r for r in ranges if doc[slice(*r)].root.i in below]
    return govern(doc, ranges, trigger, reporting)


def _pointing_back(trigger: Token) -> bool:
    """'98 deaths in the province': its own words mean a division named elsewhere, never a town of another clause."""
    return any(
        t.lower_ in DIVISIONS
        and t.dep_ == "pobj"
        and t.head.lower_ in INTO
        and [c.lower_ for c in t.children] in (["the"], ["this"], ["that"])
        for t in trigger.subtree
    )


BELOW, ABOVE, BESIDE, SAID = range(4)


def _rank(words: Tokens, below: set[int], above: set[int], reporting: frozenset[int]) -> int:
    root = words.root
    if root.i in below and root.dep_ != "poss":
        return BELOW
    host = next((a for a in root.ancestors if a.pos_ in {"VERB", "AUX"}), root)
    if host.i in reporting and host.i in above and root.i > host.i:
        return SAID
    return ABOVE if host.i in above or host.i in below else BESIDE
