"""The place names of a report, as its claims are resolved by: those that stand in it, with the kinds that are told.

What is recognised (`recognition.py`) is taken here with the words of its kind: 'Benue State', 'Sabah Market'. To it
come the names of the dateline and those in the words of place of claims.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from corrobora.model import Findings, Span, Text
from corrobora.resolve.folding import fold
from corrobora.resolve.gazetteer import LOOSE, Gazetteer
from corrobora.resolve.naming import facility_of, is_never, kinds_of
from corrobora.resolve.recognition import recognise
from corrobora.resolve.toponyms import CAPITAL, NAME, Toponym, listed, named, surnames, told

_CORNER = re.compile(
    r"\b(?:intersection|corner|junction)\s+of\s+(?:[^.;,\n]{1,40}\s+and\s+)?(?:[NSEW]\.?\s+)?$"
    r"|\b\d+00\s+block\s+of\s+(?:[NSEW]\.?\s+)?$"
)
_WAYS = re.compile(
    r"\s+(?:and\s+(?:[A-Z0-9][\w.’'-]*\s+){1,3})?(?:streets|avenues|roads|boulevards|sts|aves)\b", re.IGNORECASE
)


def find(text: Text, findings: Findings, gazetteer: Gazetteer) -> tuple[Toponym, ...]:
    """Return the place names of `text` in text order, none overlapping another."""
    words = text.text
    explained = tuple(told(words, findings, gazetteer))
    marks = recognise(text, findings, gazetteer, explained=explained)
    found = list(listed(text.dateline_place)) if text.dateline_place is not None else []
    found += (t for t in explained if any(start < t.end and t.start < end for start, end in marks))
    works = [(m.start, m.end) for m in findings.mentions if m.kind == "facility"]
    for start, end in dict.fromkeys((*works, *marks)):
        built = any(a < end and start < b for a, b in works)
        for name in named(words, Span(start, end, words[start:end]), "name"):
            found.append(replace(name, facility=built or name.facility))
    for claim in findings.claims:
        found += _within(words, claim.place, found) if claim.place else ()
    family = surnames(findings)
    likely = [_site(words, name, gazetteer) for name in found if _may_be(name, family, gazetteer)]
    return _apart(_in_headline(text, [name for name in likely if not _on_corner(words, name)], gazetteer))


def _in_headline(text: Text, names: list[Toponym], gazetteer: Gazetteer) -> Iterator[Toponym]:
    """Leave out what stands in a headline alone and no gazetteer has: capitals tell no names there."""
    heads = [(s.start, s.end) for s in text.segments if s.kind == "title"]
    headed = [any(start <= name.start < end for start, end in heads) for name in names]
    known = {name.key[0] for name, head in zip(names, headed, strict=True) if not head}
    for name, head in zip(names, headed, strict=True):
        if not head or name.key[0] in known or any(e.grade < LOOSE for e in gazetteer.lookup(name.name)):
            yield name


def _on_corner(words: str, name: Toponym) -> bool:
    """Say whether a name is a street's that meets another: 'the corner of Gale and Vermont', 'A and B avenues'."""
    if name.start < 0 or name.facility:
        return False
    before, after = words[max(0, name.start - 60) : name.start], words[name.end : name.end + 60]
    return bool(_CORNER.search(before) or _WAYS.match(after))


def _within(words: str, span: Span, found: list[Toponym]) -> Iterator[Toponym]:
    for match in NAME.finditer(words, span.start, span.end):
        if not any(match.start() < t.end and t.start < match.end() for t in found):
            yield from named(words, Span(match.start(), match.end(), match[0]), "claim")


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
    before = re.search(rf"({CAPITAL})\s+$", words[max(0, name.start - 30) : name.start])
    after = re.match(rf"\s+({CAPITAL})", words[name.end : name.end + 30])
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


def _may_be(name: Toponym, family: frozenset[str], gazetteer: Gazetteer) -> bool:
    """Not a day, a person by the surname alone, a people, nor two letters that nobody knows."""
    folded = fold(name.name)
    if len(folded) < 2 or is_never(name.name) or is_never(name.text):
        return False
    people = name.source != "dateline" and gazetteer.country_of(name.name)
    if people or (name.source == "claim" and folded in family):
        return any(e.grade < LOOSE and e.kind in {"country", "admin1"} for e in gazetteer.lookup(name.name))
    return len(folded) > 2 or bool(gazetteer.lookup(name.name))


def _apart(found: Iterable[Toponym]) -> tuple[Toponym, ...]:
    """Keep what came first where two overlap, but the longer of two that begin together."""
    kept: list[Toponym] = []
    for name in found:
        over = [k for k in kept if name.start < k.end and k.start < name.end]
        if not over:
            kept.append(name)
    return tuple(sorted(kept, key=lambda each: each.start))
