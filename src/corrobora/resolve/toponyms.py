"""The place names of a text: where they stand, what their neighbouring words tell, and which is said to lie in which."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from corrobora.model import Findings, Span, Text
from corrobora.resolve.folding import fold
from corrobora.resolve.naming import after_name, is_facility, kinds_of, parse

_CAPITAL = r"[^\W\d_a-zß-ÿ][\w’'-]*"
_LINK = r"(?:\s+(?:al|el|de|del|la|las|los|du|des|do|da|of|and|ez|az|ar|ad|as)\b)?"
_NAME = re.compile(rf"(?:\b(?:al|el|ad|as|ash|ar|an|at|az|ez)-)?{_CAPITAL}(?:{_LINK}[ -]{_CAPITAL})*")
_BEFORE = re.compile(
    r"\b(?:in|at|near|outside|around|inside|within|across|throughout|from|to|of|into|between|on)\s+(?:the\s+)?$", re.IGNORECASE
)
_STANDS_IN = re.compile(r"\b(?:in|at|near|outside|around|inside|within|across|throughout)\s+(?:the\s+)?$", re.IGNORECASE)
_OWNER = re.compile(r"['’]s?$")
_WORDS = r"(?:[\w’'-]+\s+){0,6}?"
_IN_GAP = re.compile(
    rf"^(?:\s*[,(]\s*|\s+)(?:(?:which|that)\s+(?:is|lies)\s+)?{_WORDS}(?:in|of|within|inside)\s+(?:the\s+)?(?:[a-z’'-]+\s+){{0,4}}$"
)
_NEAR_GAP = re.compile(
    rf"^(?:\s*[,(]\s*|\s+){_WORDS}(?:near|outside|from|around|off|bordering|adjoining)\s+(?:the\s+)?(?:[a-z’'-]+\s+){{0,3}}$"
)
_DIRECTION_GAP = re.compile(
    rf"^(?:\s*[,(]\s*|\s+){_WORDS}(?:north|south|east|west|north-?east|north-?west|south-?east|south-?west)(?:ern\s+edge)?\s+of\s+(?:the\s+)?(?:[a-z’'-]+\s+){{0,3}}$",
    re.IGNORECASE,
)
_OWNED_GAP = re.compile(r"^['’]s?\s+(?:[a-z’'-]+\s+){0,5}$")
_TOWN_OF_GAP = re.compile(
    r"^\s+(?:[a-z’'-]+\s+){0,2}(?:town|city|village|community|district|neighbou?rhood|area|suburb|capital|county|locality)(?:\s+of)?\s+$",
    re.IGNORECASE,
)
_BREAK = re.compile(r"[.;:!?]\s|\n|\b(?:and|who|was|were|after|while|when|said|says|has|had|have|told|killed|but)\b")


@dataclass(frozen=True, slots=True)
class Toponym:
    """One occurrence of a place name: `name` without the words that tell its kind, `kinds` what these words tell.

    `start` is -1 for a name of the title given beside the text. `key` is the same for each occurrence of one name.
    """

    start: int
    end: int
    text: str
    name: str
    kinds: frozenset[str]
    facility: bool
    source: str

    @property
    def key(self) -> tuple[str, frozenset[str]]:
        """Occurrences with one key have one sense in a document."""
        return fold(self.name), self.kinds


@dataclass(frozen=True, slots=True)
class Tie:
    """The text says that `inner` lies in, near, or in some direction from `outer` (positions in the list of names)."""

    inner: int
    outer: int
    how: str


def find(text: Text, findings: Findings) -> tuple[Toponym, ...]:
    """Return the place names of `text` in text order, none inside another.

    Names come from the reader's mentions, the place words of claims, the dateline, and capitalised words after a
    preposition of place; the words after them that tell a kind ('State', 'district') belong to them.
    """
    words = text.text
    found: list[tuple[int, Toponym]] = []
    for span in (c.place for c in findings.claims if c.place is not None):
        found += [(0, t) for t in _within(words, span, findings)]
    found += [
        (1, t)
        for m in findings.mentions
        if m.kind in {"place", "facility"}
        for t in _named(words, m.start, m.end, m.kind)
    ]
    if text.dateline_place is not None:
        found += [(2, t) for t in _dateline(text.dateline_place)]
    people = [(m.start, m.end) for m in findings.mentions if m.kind in {"person", "group", "date"}]
    found += [(3, t) for t in _after_prepositions(words, people)]
    kept: list[Toponym] = []
    for _, toponym in sorted(found, key=lambda each: (each[0], each[1].start, -each[1].end)):
        if not any(toponym.start < other.end and other.start < toponym.end for other in kept):
            kept.append(toponym)
    return tuple(sorted(kept, key=lambda each: each.start))


def of_title(title: str) -> tuple[Toponym, ...]:
    """Return what may be place names in a title that stands beside the text; `start` is -1."""
    pieces: list[Toponym] = []
    for match in _NAME.finditer(title):
        told = _BEFORE.search(title[: match.start()])
        names = _runs(match[0])
        pieces += [_toponym(-1, -1, name, "title-in" if told else "title") for name in names]
    return tuple(pieces)


def ties(words: str, names: tuple[Toponym, ...]) -> tuple[Tie, ...]:
    """Return which of the names the text says to lie in, or near, which other.

    >>> names = tuple(Toponym(a, b, "", "", frozenset(), False, "") for a, b in ((3, 8), (37, 44)))
    >>> ties("In Datur in the coastal province of  Latakia", names)
    (Tie(inner=0, outer=1, how='in'),)
    """
    found: list[Tie] = []
    for (left, a), (right, b) in pairwise(enumerate(names)):
        gap = words[a.end : b.start]
        if a.start < 0 or len(gap) > 90 or _BREAK.search(gap):
            continue
        if _OWNED_GAP.match(gap) or (a.kinds and _TOWN_OF_GAP.match(gap)):
            found.append(Tie(right, left, "in"))
        elif re.fullmatch(r"\s*(?:,|\(|/|-)\s*", gap):
            found.append(Tie(left, right, "list" if _listed(words, b) else "in"))
        elif _DIRECTION_GAP.match(gap):
            found.append(Tie(left, right, "direction"))
        elif _IN_GAP.match(gap):
            found.append(Tie(left, right, "in"))
        elif _NEAR_GAP.match(gap):
            found.append(Tie(left, right, "near"))
    return tuple(found)


def _listed(words: str, last: Toponym) -> bool:
    """Say whether a list goes on after this name: 'A, B and C' names three places side by side."""
    return re.match(rf"\s*,?\s+and\s+(?:the\s+)?{_CAPITAL}", words[last.end : last.end + 40]) is not None


def _named(words: str, start: int, end: int, kind: str) -> Iterator[Toponym]:
    """The names in words that a reader took for one: 'Guma, Benue State' are two."""
    for piece in re.finditer(r"[^,;()/\n]+", words[start:end]):
        name = piece[0].strip()
        a = start + piece.start() + piece[0].index(name) if name else start
        if any(sign.isalpha() for sign in name):
            yield _grown(words, a, a + len(name), "facility" if kind == "facility" else "name")


def _within(words: str, span: Span, findings: Findings) -> Iterator[Toponym]:
    inside = [
        m for m in findings.mentions if m.kind in {"place", "facility"} and span.start <= m.start and m.end <= span.end
    ]
    for mention in inside:
        yield from _named(words, mention.start, mention.end, mention.kind)
    for match in _NAME.finditer(words, span.start, span.end):
        if not any(match.start() < m.end and m.start < match.end() for m in inside):
            yield from _named(words, match.start(), match.end(), "claim")


def _dateline(place: Span) -> Iterator[Toponym]:
    for piece in re.finditer(r"[^,;()/\n]+", place.text):
        name = piece[0].strip()
        if any(sign.isalpha() for sign in name):
            start = place.start + piece.start() + piece[0].index(name)
            yield _toponym(start, start + len(name), name.title() if name.isupper() else name, "dateline")


def _after_prepositions(words: str, taken: Iterable[tuple[int, int]]) -> Iterator[Toponym]:
    people = tuple(taken)
    for match in _NAME.finditer(words):
        inside = any(match.start() < end and start < match.end() for start, end in people)
        grown = _grown(words, match.start(), match.end(), "guess")
        division = bool(grown.kinds & {"admin1", "admin2"})
        if division or (not inside and _STANDS_IN.search(words, max(0, match.start() - 14), match.start())):
            yield grown


def _runs(title: str) -> Iterator[str]:
    """Every stretch of up to three words of a headline, the longest first: capitals tell nothing there."""
    pieces = title.split()
    for size in (3, 2, 1):
        for start in range(len(pieces) - size + 1):
            yield _OWNER.sub("", " ".join(pieces[start : start + size]).strip(",.:;"))


def _grown(words: str, start: int, end: int, source: str) -> Toponym:
    """A name with the words after it that tell its kind, without a leading article and a trailing genitive."""
    name = words[start:end]
    trimmed = re.sub(r"^(?:the|The)\s+", "", name)
    start += len(name) - len(trimmed)
    end -= len(trimmed) - len(_OWNER.sub("", trimmed))
    reach = after_name(words[end : end + 40])
    return _toponym(start, end + reach, words[start : end + reach], source)


def _toponym(start: int, end: int, text: str, source: str) -> Toponym:
    name, kinds = parse(text)
    works = is_facility(text) or source == "facility"
    return Toponym(start, end, text, text if works else name, kinds, works, source)


def told_kinds(words: str, toponym: Toponym) -> frozenset[str]:
    """Return the kinds that words in apposition tell: 'Datur, an Alawite neighborhood', 'the village of Datur'."""
    after = re.match(r"\s*,?\s+(?:an?|the)\s+(?:[a-z’'-]+\s+){0,3}?([a-z]+)\b", words[toponym.end : toponym.end + 60])
    return toponym.kinds or (kinds_of(after[1]) if after else frozenset())
