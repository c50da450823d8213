"""Place names, and what their neighbouring words tell of them.

A small reader misses half of the villages, but some words stand beside places only: 'Datur, an old village', 'the town
of Datur', 'Datur district'.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from corrobora.model import Findings, Span, Text
from corrobora.resolve.folding import fold
from corrobora.resolve.gazetteer import Gazetteer
from corrobora.resolve.naming import (
    after_name,
    appositive,
    is_body,
    is_facility,
    is_never,
    kinds_of,
    openers,
    parse,
    place_noun,
)
from corrobora.resolve.sentences import Bounds

CAPITAL = r"[A-ZÀ-ÖØ-ÞĀĂĄĆČĐĒĘĞĢĪİĶŁŃŅŌŐŒŘŚŞŠŢŤŪŰŹŻŽḤḨṢŢŻ][\w’'-]*"
_LINK = r"(?:\s+(?:al|el|de|del|la|las|los|du|des|do|da|ez|az|ar|ad|as)\b)?"
NAME = re.compile(rf"(?:\b(?:al|el|ad|as|ash|ar|an|at|az|ez)-)?\b{CAPITAL}(?:{_LINK}[ -]{CAPITAL}){{0,4}}")
STANDS_IN = re.compile(r"\b(?:in|at|near|outside|around|inside|within|across|throughout)\s+(?:the\s+)?$", re.IGNORECASE)
# A text with so large a share of capital letters was set in capitals.
_SHOUTED = 0.6
_OWNER = re.compile(r"['’]s?$")
_OWNS = re.compile(r"['’]s?\s+(?=[A-Z])")
_LIST = re.compile(r"(?:[^,;()/\n]|\n(?!\s*\n))+")


@dataclass(frozen=True, slots=True)
class Toponym:
    """One occurrence of a place name: `name` without the words that tell its kind, `kinds` what such words tell.

    `start` is -1 for a name of a title given beside the text. `sure` says that the words beside it show it is a place,
    whether the gazetteer knows it or not. `source`: dateline, told, claim, name, title.
    """

    start: int
    end: int
    text: str
    name: str
    kinds: frozenset[str]
    facility: bool
    source: str
    sure: bool = False

    @property
    def key(self) -> tuple[str, frozenset[str]]:
        """Occurrences with one key have one sense in a document."""
        return fold(self.name), self.kinds & {"country", "admin1", "admin2", "part"}


def cased(text: Text, findings: Findings) -> str:
    """Return the words of a text in which capitals tell names: those of a text in capitals throughout are restored.

    Offsets stay: lower case, with a capital where each word of a mention or of the dateline begins.
    """
    words = text.text
    if sum(map(str.isupper, words)) < _SHOUTED * max(1, sum(map(str.isalpha, words))):
        return words
    spans = [(m.start, m.end) for m in findings.mentions]
    spans += [(c.place.start, c.place.end) for c in findings.claims if c.place]
    spans += [(s.start, s.end) for s in (text.dateline_place,) if s]
    lowered = list(words.lower() if len(words.lower()) == len(words) else words)
    for start, end in spans:
        for match in re.finditer(r"[^\W\d_]+", words[start:end]):
            lowered[start + match.start()] = words[start + match.start()].upper()[:1]
    return "".join(lowered)


def of_title(title: str, gazetteer: Gazetteer, known: frozenset[str]) -> tuple[Toponym, ...]:
    """Return the place names of a title that stands beside the text.

    Capitals tell nothing there: a name must be one of the text's (`known`, folded), a country, or follow 'in'.
    """
    pieces = title.split()
    taken: set[int] = set()
    found: list[Toponym] = []
    for size in (4, 3, 2, 1):
        for start in range(len(pieces) - size + 1):
            here = set(range(start, start + size))
            name = _OWNER.sub("", " ".join(pieces[start : start + size]).strip(",.:;'\"‘’“”"))
            if here & taken or not name[:1].isupper() or is_never(name):
                continue
            place = toponym(-1, -1, name, "title")
            stands = bool(STANDS_IN.search(" ".join(pieces[:start]) + " "))
            if place.key[0] in known or _plain(name, gazetteer, anywhere=stands):
                taken |= here
                found.append(place)
    return tuple(found)


def _plain(name: str, gazetteer: Gazetteer, *, anywhere: bool) -> bool:
    best = [e for e in gazetteer.lookup(name) if e.grade == 0]
    return bool(best) and (anywhere or best[0].kind == "country")


@cache
def _apposed() -> tuple[re.Pattern[str], re.Pattern[str]]:
    noun = place_noun()
    apart = "for|of|in|with|at|by|from|on|to|and|who|that|which"  # 'X, a spokesman for the village' is no village
    after = re.compile(
        rf"\s*,\s+(?:an?|the)\s+(?:(?!(?:{apart})\b)[\w’'-]+\s+){{0,4}}?(?P<noun>{noun})\b{appositive()}", re.IGNORECASE
    )
    before = re.compile(
        rf"\b(?P<noun>{noun})s?\s+(?:of|called|named|known\s+as)\s+(?:the\s+)?$|\b(?P<bare>town|village|city)\s+$",
        re.IGNORECASE,
    )
    return after, before


def told(words: str, findings: Findings, gazetteer: Gazetteer) -> Iterator[Toponym]:
    """Yield the names that words of place stand beside: these need no gazetteer to be places.

    'Syria's Homs governorate' holds two. Not the names of people ('an Orvathi village' where there are Orvathis), of
    persons, of days, nor of bodies.
    """
    groups = [(m.start, m.end) for m in findings.mentions if m.kind == "group"]
    others = [(m.start, m.end) for m in findings.mentions if m.kind == "date" or (m.kind == "person" and " " in m.text)]
    for name in (_owned(name, gazetteer) for name in _explained(words, groups)):
        plural = rf"\b{re.escape(name.name)}s\b"
        if (
            name.name[:1].isupper()
            and not (is_never(name.name) or is_never(name.text) or is_body(words, name.start, name.text))
            and not any(name.start < end and start < name.end for start, end in others)
            and not re.search(plural, words)
        ):
            yield name


def _explained(words: str, groups: Sequence[Bounds]) -> Iterator[Toponym]:
    after, before = _apposed()
    for match in NAME.finditer(words):
        name = grown(words, match.start(), match.end(), "told")
        left = words[max(0, name.start - 40) : name.start]
        if found := after.match(words, name.end):
            yield replace(name, kinds=name.kinds or kinds_of(found["noun"]) - {"country"}, sure=True)
        elif found := before.search(left):
            yield replace(name, kinds=name.kinds or _of(found), sure=True)
        elif (
            name.kinds
            and not re.search(r"\b[Aa]n?\s+$", left)
            and not any(name.start < end and start < name.end for start, end in groups)
        ):
            yield replace(name, sure=True)


def _owned(name: Toponym, gazetteer: Gazetteer) -> Toponym:
    """What a country or a division owns, by itself; 'Prince George's County' leaves but its kind, and stays whole."""
    for owner in _OWNS.finditer(name.text):
        held = toponym(name.start + owner.end(), name.end, name.text[owner.end() :], name.source)
        senses = gazetteer.lookup(name.text[: owner.start()])
        if held.name and any(e.grade == 0 and e.kind in {"country", "admin1"} for e in senses):
            return replace(held, kinds=held.kinds or name.kinds, sure=name.sure)
    return name


def _of(found: re.Match[str]) -> frozenset[str]:
    """The kind that 'province of X' tells of X; 'a suburb of X' and 'Karrada district of X' tell none."""
    if found["bare"]:
        return kinds_of(found["bare"])
    kinds = kinds_of(found["noun"]) - {"country"}
    named = re.search(r"[A-Z][\w’'-]*\s+$", found.string[: found.start()])
    return frozenset() if "part" in kinds or named else kinds


def named(words: str, span: Span, source: str) -> Iterator[Toponym]:
    """Yield the names in words taken for one: 'Guma, Benue State' are two."""
    for piece in _LIST.finditer(words, span.start, span.end):
        name = piece[0].strip()
        if any(sign.isalpha() for sign in name):
            start = piece.start() + piece[0].index(name)
            found = grown(words, start, start + len(name), source)
            yield replace(found, sure=found.facility or _stands(words, found))


def _stands(words: str, name: Toponym) -> bool:
    return bool(name.kinds) or STANDS_IN.search(words[max(0, name.start - 14) : name.start]) is not None


def listed(place: Span) -> Iterator[Toponym]:
    """Yield the names of a dateline; those in capitals are given small letters."""
    for piece in _LIST.finditer(place.text):
        name = piece[0].strip()
        if any(sign.isalpha() for sign in name):
            start = place.start + piece.start() + piece[0].index(name)
            shown = name.title() if name.isupper() and len(name) > 3 else name
            yield replace(toponym(start, start + len(name), shown, "dateline"), sure=True)


def grown(words: str, start: int, end: int, source: str) -> Toponym:
    """Return a name with the words after it that tell its kind, without a leading article and a trailing genitive."""
    name = words[start:end]
    trimmed = openers().sub("", name)
    start += len(name) - len(trimmed)
    end -= len(trimmed) - len(_OWNER.sub("", trimmed))
    reach = after_name(words[end : end + 40])
    return toponym(start, end + reach, words[start : end + reach], source)


def toponym(start: int, end: int, text: str, source: str) -> Toponym:
    """Return the name that these words are, with what they tell of its kind."""
    text = " ".join(text.split())
    name, kinds = parse(text)
    works = is_facility(text)
    return Toponym(start, end, text, text if works else name, frozenset() if works else kinds, works, source, works)


def surnames(findings: Findings) -> frozenset[str]:
    """Return the last names, folded, of the persons whom a text names in full."""
    people = (m.text.split() for m in findings.mentions if m.kind == "person")
    return frozenset(fold(_OWNER.sub("", names[-1])) for names in people if len(names) > 1)


def beside(name: str, source: str) -> Toponym:
    """Return a name that tells what a text is about, and stands for no place of an event in it.

    `source`: body ('Datur police'), site (the outlet's name), scene ('North Datur').
    """
    return toponym(-1, -1, name, source)


def of_span(words: str, span: Span) -> Toponym:
    """Return the name that stands at a span which somebody else has marked as a place."""
    return replace(toponym(span.start, span.end, words[span.start : span.end], "name"), sure=True)
