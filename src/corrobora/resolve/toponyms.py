"""The place names of a text: where they stand, and what their neighbouring words tell of them.

Names come from the reader's mentions, from the place words of claims and the dateline, and, since a small reader misses
half of the villages, from words that only stand beside places: 'Datur, an old village', 'the town of Datur', 'Datur
district', 'in Datur'. What is a place once is one wherever it is named.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from corrobora.model import Findings, Span, Text
from corrobora.resolve.folding import fold
from corrobora.resolve.gazetteer import LOOSE, Gazetteer
from corrobora.resolve.naming import (
    after_name,
    appositive,
    facility_of,
    is_facility,
    is_never,
    kinds_of,
    openers,
    parse,
    place_noun,
)

_CAPITAL = r"[A-ZÀ-ÖØ-ÞĀĂĄĆČĐĒĘĞĢĪİĶŁŃŅŌŐŒŘŚŞŠŢŤŪŰŹŻŽḤḨṢŢŻ][\w’'-]*"
_LINK = r"(?:\s+(?:al|el|de|del|la|las|los|du|des|do|da|ez|az|ar|ad|as)\b)?"
NAME = re.compile(rf"(?:\b(?:al|el|ad|as|ash|ar|an|at|az|ez)-)?\b{_CAPITAL}(?:{_LINK}[ -]{_CAPITAL}){{0,4}}")
_STANDS_IN = re.compile(
    r"\b(?:in|at|near|outside|around|inside|within|across|throughout)\s+(?:the\s+)?$", re.IGNORECASE
)
_MOVES_TO = re.compile(
    r"\b(?:on|of|to|from|into|towards?|between|reach\w+|enter\w+|left|visit\w+|captur\w+|seiz\w+|leav\w+|fled|target\w+)"
    r"\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_STRUCK = re.compile(
    r"\b(?:hit|struck|invad\w+|attack\w*|storm\w+|shell\w+|bomb\w+|raid\w*|overr[au]n)\s+(?:the\s+)?$", re.IGNORECASE
)
_LIES = re.compile(r"\s*,\s+(?:in|near|outside)\s+(?:the\s+)?(?:[a-z-]+\s+){0,4}[A-Z]")
# A text with so large a share of capital letters was set in capitals.
_SHOUTED = 0.6
_OWNER = re.compile(r"['’]s?$")
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
    letters = [sign for sign in words if sign.isalpha()]
    if sum(sign.isupper() for sign in letters) < _SHOUTED * max(1, len(letters)):
        return words
    spans = [(m.start, m.end) for m in findings.mentions]
    spans += [(c.place.start, c.place.end) for c in findings.claims if c.place]
    spans += [(s.start, s.end) for s in (text.dateline_place,) if s]
    lowered = list(words.lower() if len(words.lower()) == len(words) else words)
    for start, end in spans:
        for match in re.finditer(r"[^\W\d_]+", words[start:end]):
            lowered[start + match.start()] = words[start + match.start()].upper()[:1]
    return "".join(lowered)


def find(text: Text, findings: Findings, gazetteer: Gazetteer) -> tuple[Toponym, ...]:
    """Return the place names of `text` in text order, none overlapping another."""
    words = text.text
    found: list[Toponym] = []
    if text.dateline_place is not None:
        found += _listed(text.dateline_place, "dateline")
    found += _told(words, findings)
    for mention in findings.mentions:
        if mention.kind in {"place", "facility"}:
            span = Span(mention.start, mention.end, mention.text)
            found += [
                replace(t, facility=mention.kind == "facility" or t.facility) for t in _named(words, span, "name")
            ]
    for claim in findings.claims:
        found += _within(words, claim.place, found) if claim.place else ()
    found += _known(words, findings, gazetteer)
    family = surnames(findings)
    kept = _apart(_site(words, t, gazetteer) for t in found if _may_be(words, t, family, gazetteer))
    return _apart([*kept, *_again(words, kept, findings, gazetteer)])


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
            toponym = _toponym(-1, -1, name, "title")
            stands = bool(_STANDS_IN.search(" ".join(pieces[:start]) + " "))
            if toponym.key[0] in known or _plain(name, gazetteer, anywhere=stands):
                taken |= here
                found.append(toponym)
    return tuple(found)


def _plain(name: str, gazetteer: Gazetteer, *, anywhere: bool) -> bool:
    best = [e for e in gazetteer.lookup(name) if e.grade == 0]
    return bool(best) and (anywhere or best[0].kind == "country")


@cache
def _apposed() -> tuple[re.Pattern[str], re.Pattern[str]]:
    noun = place_noun()
    after = re.compile(rf"\s*,\s+(?:an?|the)\s+(?:[\w’'-]+\s+){{0,4}}?(?P<noun>{noun})\b{appositive()}", re.IGNORECASE)
    before = re.compile(
        rf"\b(?P<noun>{noun})s?\s+(?:of|called|named|known\s+as)\s+(?:the\s+)?$|\b(?P<bare>town|village|city)\s+$",
        re.IGNORECASE,
    )
    return after, before


def _told(words: str, findings: Findings) -> Iterator[Toponym]:
    """Names that words of place stand beside: these need no gazetteer to be places."""
    others = [(m.start, m.end) for m in findings.mentions if m.kind in {"group", "date"}]
    after, before = _apposed()
    for match in NAME.finditer(words):
        grown = _grown(words, match.start(), match.end(), "told")
        left = words[max(0, grown.start - 40) : grown.start]
        if found := after.match(words, grown.end):
            yield replace(grown, kinds=grown.kinds or kinds_of(found["noun"]) - {"country"}, sure=True)
        elif found := before.search(left):
            yield replace(grown, kinds=grown.kinds or _of(found), sure=True)
        elif (
            grown.kinds
            and not re.search(r"\b[Aa]n?\s+$", left)
            and not any(grown.start < end and start < grown.end for start, end in others)
        ):
            yield replace(grown, sure=True)


def _of(found: re.Match[str]) -> frozenset[str]:
    """The kind that 'province of X' tells of X; 'a suburb of X' and 'Karrada district of X' tell none."""
    if found["bare"]:
        return kinds_of(found["bare"])
    kinds = kinds_of(found["noun"]) - {"country"}
    named = re.search(r"[A-Z][\w’'-]*\s+$", found.string[: found.start()])
    return frozenset() if "part" in kinds or named else kinds


def _named(words: str, span: Span, source: str) -> Iterator[Toponym]:
    """The names in words taken for one: 'Guma, Benue State' are two."""
    for piece in _LIST.finditer(words, span.start, span.end):
        name = piece[0].strip()
        if any(sign.isalpha() for sign in name):
            start = piece.start() + piece[0].index(name)
            grown = _grown(words, start, start + len(name), source)
            yield replace(grown, sure=grown.facility or _stands(words, grown))


def _stands(words: str, name: Toponym) -> bool:
    return bool(name.kinds) or _STANDS_IN.search(words[max(0, name.start - 14) : name.start]) is not None


def _within(words: str, span: Span, found: list[Toponym]) -> Iterator[Toponym]:
    for match in NAME.finditer(words, span.start, span.end):
        if not any(match.start() < t.end and t.start < match.end() for t in found):
            yield from _named(words, Span(match.start(), match.end(), match[0]), "claim")


def _listed(place: Span, source: str) -> Iterator[Toponym]:
    for piece in _LIST.finditer(place.text):
        name = piece[0].strip()
        if any(sign.isalpha() for sign in name):
            start = place.start + piece.start() + piece[0].index(name)
            shown = name.title() if name.isupper() and len(name) > 3 else name
            yield replace(_toponym(start, start + len(name), shown, source), sure=True)


def _known(words: str, findings: Findings, gazetteer: Gazetteer) -> Iterator[Toponym]:
    """Names that no reader marked a place, beside words that lead to one, and that the gazetteer knows exactly."""
    others = [(m.start, m.end, m.kind) for m in findings.mentions if m.kind in {"person", "group", "date"}]
    for match in NAME.finditer(words):
        grown = _grown(words, match.start(), match.end(), "told")
        over = {kind for start, end, kind in others if grown.start < end and start < grown.end}
        if "date" in over or (over and " " in grown.name):
            continue
        before, after = words[max(0, grown.start - 24) : grown.start], words[grown.end : grown.end + 60]
        strong = _STANDS_IN.search(before) or _STRUCK.search(before) or _LIES.match(after)
        if not strong and (over or not _MOVES_TO.search(before)):
            continue
        exact = not grown.facility and any(e.grade < LOOSE for e in gazetteer.lookup(grown.text))
        if exact or (_stands(words, grown) and not over):
            yield replace(grown, sure=_stands(words, grown))


def surnames(findings: Findings) -> frozenset[str]:
    """Return the last names, folded, of the persons whom a text names in full."""
    people = (m.text.split() for m in findings.mentions if m.kind == "person")
    return frozenset(fold(_OWNER.sub("", names[-1])) for names in people if len(names) > 1)


def _site(words: str, name: Toponym, gazetteer: Gazetteer) -> Toponym:
    """Read 'Quetta railway station' as Quetta, and 'Sabah Market' as a market of that name; join a name cut short."""
    if name.start < 0 or name.source == "dateline":
        return name
    if not name.facility:
        return _joined(words, name, gazetteer)
    place = facility_of(name.text)
    if place and any(e.grade < LOOSE for e in gazetteer.lookup(place)):
        return replace(name, end=name.start + len(place), text=place, name=place, facility=False, sure=True)
    return name


def _joined(words: str, name: Toponym, gazetteer: Gazetteer) -> Toponym:
    """Take in the capitalised word before or after, where the gazetteer knows the longer name: 'Tingo' Maria."""
    before = re.search(rf"({_CAPITAL})\s+$", words[max(0, name.start - 30) : name.start])
    after = re.match(rf"\s+({_CAPITAL})", words[name.end : name.end + 30])
    for start, end in (
        (name.start, name.end + after.end() if after else 0),
        (name.start - len(before[0]) if before else -1, name.end),
    ):
        if start < 0 or end <= name.start:
            continue
        longer = " ".join(words[start:end].split())
        if any(e.grade < LOOSE for e in gazetteer.lookup(longer)) and not kinds_of(longer.split()[-1]):
            return replace(name, start=start, end=end, text=longer, name=longer)
    return name


def _may_be(words: str, name: Toponym, family: frozenset[str], gazetteer: Gazetteer) -> bool:
    folded = fold(name.name)
    if len(folded) < 2 or is_never(name.name) or is_never(name.text):
        return False
    if len(folded) == 2 and not gazetteer.lookup(name.name):
        return False
    if name.source != "dateline" and gazetteer.country_of(name.name):
        return False
    people = re.search(rf"\b{re.escape(name.name.removesuffix('s'))}s\b", words) is not None
    if not people and (name.kinds or folded not in family):
        return True
    return any(e.grade < LOOSE and e.kind in {"country", "admin1"} for e in gazetteer.lookup(name.name))


def _again(words: str, kept: tuple[Toponym, ...], findings: Findings, gazetteer: Gazetteer) -> Iterator[Toponym]:
    """Every further occurrence of a name that is a place for certain, or that the gazetteer knows."""
    people = [(m.start, m.end) for m in findings.mentions if m.kind == "person" and " " in m.text.strip()]
    names = {t.name: t for t in kept if len(t.name) > 3 and not t.facility and t.source != "dateline"}
    for name, first in sorted(names.items(), key=lambda each: -len(each[0])):
        if not (first.sure or any(e.grade < LOOSE for e in gazetteer.lookup(name))):
            continue
        for match in re.finditer(rf"(?<![\w-]){re.escape(name)}(?![\w-])", words):
            inside = any(start <= match.start() and match.end() <= end for start, end in people)
            joined = re.match(rf"[ -]{_CAPITAL}", words[match.end() : match.end() + 20])
            grown = _grown(words, match.start(), match.end(), "again")
            if not inside and (not joined or grown.kinds):
                yield _site(words, replace(grown, sure=first.sure), gazetteer)


def _apart(found: Iterator[Toponym] | list[Toponym]) -> tuple[Toponym, ...]:
    """Keep what came first where two overlap, but the longer of two that begin together."""
    kept: list[Toponym] = []
    for name in found:
        over = [k for k in kept if name.start < k.end and k.start < name.end]
        if not over:
            kept.append(name)
    return tuple(sorted(kept, key=lambda each: each.start))


def _grown(words: str, start: int, end: int, source: str) -> Toponym:
    """A name with the words after it that tell its kind, without a leading article and a trailing genitive."""
    name = words[start:end]
    trimmed = openers().sub("", name)
    start += len(name) - len(trimmed)
    end -= len(trimmed) - len(_OWNER.sub("", trimmed))
    reach = after_name(words[end : end + 40])
    return _toponym(start, end + reach, words[start : end + reach], source)


def _toponym(start: int, end: int, text: str, source: str) -> Toponym:
    text = " ".join(text.split())
    name, kinds = parse(text)
    works = is_facility(text)
    return Toponym(start, end, text, text if works else name, frozenset() if works else kinds, works, source, works)


def of_span(words: str, span: Span) -> Toponym:
    """Return the name that stands at a span which somebody else has marked as a place."""
    return replace(_toponym(span.start, span.end, words[span.start : span.end], "name"), sure=True)
