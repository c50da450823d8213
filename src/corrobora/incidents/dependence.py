"""Which outlets did not see for themselves: passages taken over from another report, and odd values that two share.

Source of the second: Dong, Berti-Équille and Srivastava 2009: two sources that share a false or rare value are likely
to depend on each other, since there is one truth, and many ways to be wrong.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TypeVar

from corrobora.incidents.accounts import named
from corrobora.incidents.names import listed, words
from corrobora.model import Reading, Text

# A passage is taken over when half of the three-word runs of the shorter one, and at least so many, stand in the other.
RUN, SHARED, HALF = 3, 6, 0.5
# Voices that must agree on another value before one is odd.
AGREED = 3
CLOSE = 0.84
FEW = 2
SENTENCE = re.compile(r"[.!?][\"”’]?\s+(?=[\"“A-ZÀ-Þ0-9])|\n")
NAME = re.compile(r"\b[A-ZÀ-Þ][\w’'-]+(?:\s[A-ZÀ-Þ][\w’'-]+)+")
K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Tie:
    """Two claims that come from one hand, the origin first, and why that is held."""

    origin: str
    other: str
    why: str


def passages(readings: Sequence[Reading], texts: Mapping[str, Text]) -> list[Tie]:
    """Claims of different reports whose sentences are the same but for small changes, the earlier one as the origin."""
    told = {r.claim.id: _runs(_sentence(r, texts)) for r in readings}
    holders: dict[tuple[str, ...], list[Reading]] = defaultdict(list)
    ordered = sorted(readings, key=_age)
    ties: dict[tuple[str, str], Tie] = {}
    for reading in ordered:
        mine = told[reading.claim.id]
        shared = Counter(other.claim.id for run in mine for other in holders[run])
        by_id = {other.claim.id: other for run in mine for other in holders[run]}
        for other, number in sorted(shared.items()):
            origin = by_id[other]
            pair = (origin.claim.document, reading.claim.document)
            enough = number >= SHARED and number >= HALF * min(len(mine), len(told[other]))
            if pair[0] != pair[1] and enough and pair not in ties:
                who, whose = reading.outlet or reading.file, origin.outlet or origin.file
                ties[pair] = Tie(other, reading.claim.id, f"{who} takes over a passage of {whose}")
        for run in mine:
            holders[run].append(reading)
    return list(ties.values())


def odd_values(
    voice: Mapping[str, Hashable], readings: Sequence[Reading], own: Iterable[str], texts: Mapping[str, Text]
) -> list[Tie]:
    """Claims of outlets (`own`) that share a value which three other voices, agreeing with each other, do not give.

    `voice` tells for each claim who answers for it. A figure that only the latest reports give may be an update, and
    ties nobody.
    """
    mine, ties = frozenset(own), []
    stated: dict[str, dict[str, list[Reading]]] = defaultdict(lambda: defaultdict(list))
    for reading in sorted(readings, key=_age):
        for field, value in _values(reading):
            stated[field][value].append(reading)
    for field, values in sorted(stated.items()):
        agreed = max(len({voice[r.claim.id] for r in held}) for held in values.values())
        for value, held in sorted(values.items()):
            first: dict[Hashable, Reading] = {}
            for r in held:
                first.setdefault(voice[r.claim.id], r)
            tied = len(first) >= 2 and all(r.claim.id in mine for r in held)
            if tied and agreed >= max(AGREED, len(first) + 1) and not _later(held, values, value):
                origin, *others = first.values()
                who = " and ".join(dict.fromkeys(r.outlet or r.file for r in first.values()))
                ties += [Tie(origin.claim.id, r.claim.id, f"{who} share an odd {field}: {value}") for r in others]
    return ties + _misspelled(voice, readings, mine, texts)


def leads(voice: Mapping[str, Hashable], readings: Sequence[Reading]) -> list[Tie]:
    """Described voices that are named further down: every figure of 'an army general' is given by one named speaker.

    Reports open with a description ('a volunteer group said'), and name it in what follows.
    """
    told: dict[tuple[str, Hashable], list[Reading]] = defaultdict(list)
    for reading in sorted(readings, key=_age):
        if any(reading.speakers):
            told[(reading.claim.document, voice[reading.claim.id])].append(reading)
    ties = []
    for (document, key), held in told.items():
        mine = {_figure(r) for r in held} - {None}
        if not mine or not all(_described(r) and not words(r.voice) & listed("people") for r in held):
            continue
        others = [
            rest
            for (other, who), rest in told.items()
            if other == document and who != key and not any(_described(r) for r in rest)
            if mine <= {_figure(r) for r in rest}
        ]
        if len(others) == 1:
            first = others[0][0]
            why = f"{held[0].speakers[0]} is {first.speakers[0]}, by the same figures in one report"
            ties.append(Tie(first.claim.id, held[0].claim.id, why))
    return ties


def repeated(voice: Mapping[str, K], readings: Sequence[Reading]) -> dict[K, K]:
    """Outlets that tell in their own words what a quoted speaker tells, each with that speaker's voice.

    A paper seldom counts the dead: a number of dead (of others harmed, where it gives none) without a speaker that a
    speaker gives too is taken to be his; and where it gives no number, it tells what those whom it quotes told it.
    """
    said: dict[tuple[str, int] | None, K] = {}
    quoted: dict[str, K] = {}
    own: dict[K, list[Reading]] = defaultdict(list)
    for r in sorted(readings, key=_age):
        key = voice[r.claim.id]
        own[key].append(r)
        if any(r.speakers) and r.claim.stance == "asserts" and r.claim.harm:
            said.setdefault(_figure(r), key)
            quoted.setdefault(r.claim.document, key)
    found: dict[K, K] = {}
    for key, held in own.items():
        if any(any(r.speakers) for r in held):
            continue
        figures = [figure for figure in map(_figure, held) if figure]
        figures = [figure for figure in figures if figure[0] == "killed"] or figures
        other = [said.get(f) for f in figures] if figures else [quoted.get(r.claim.document) for r in held]
        first = other[0]
        if first is not None and None not in other:
            found[key] = first
    return found


def _figure(reading: Reading) -> tuple[str, int] | None:
    """Harm and number of a claim with a figure of more than two: one or two may be anyone's."""
    count = reading.claim.count
    number = count.low if count.low is not None else count.high
    exact = number is not None and number > FEW and count.qualifier != "vague"
    return (reading.claim.harm, number) if exact and number is not None and reading.claim.harm else None


def _described(reading: Reading) -> bool:
    return not named(reading.voice.removesuffix(f" ({reading.outlet})"))


def _misspelled(
    voice: Mapping[str, Hashable], readings: Sequence[Reading], mine: frozenset[str], texts: Mapping[str, Text]
) -> list[Tie]:
    """Outlets that write a name wrongly in the same way, where other voices write it in another."""
    said: dict[str, list[Reading]] = defaultdict(list)
    for r in sorted(readings, key=_age):
        for name in {r.place.text if r.place else "", *NAME.findall(_sentence(r, texts))} - {""}:
            said[name].append(r)
    ties = []
    for name, held in sorted(said.items()):
        first: dict[Hashable, Reading] = {}
        for r in held:
            first.setdefault(voice[r.claim.id], r)
        if len(first) < 2 or not all(r.claim.id in mine for r in held):
            continue
        right = [n for n, by in said.items() if _close(n, name) and len({voice[r.claim.id] for r in by}) > len(first)]
        if right:
            origin, *others = first.values()
            who = " and ".join(dict.fromkeys(r.outlet or r.file for r in first.values()))
            ties += [Tie(origin.claim.id, r.claim.id, f"{who} share an odd spelling: {name}") for r in others]
    return ties


def _close(a: str, b: str) -> bool:
    """Whether one name is the other with a slip: not equal, not a part of it, and nearly the same letters."""
    one, other = words(a), words(b)
    apart = one != other and not one <= other and not other <= one
    return apart and SequenceMatcher(None, a.casefold(), b.casefold()).ratio() >= CLOSE


def _values(reading: Reading) -> Iterable[tuple[str, str]]:
    count, when = reading.claim.count, reading.period
    exact = count.low is not None and count.low == count.high and count.qualifier == "exact"
    if exact and (count.low or 0) > FEW and reading.claim.harm and not reading.claim.part_of:
        yield f"number of {reading.claim.harm}", str(count.low)
    if when is not None and when.precision == "day" and when.start >= 0 and when.earliest:
        yield "day", str(when.earliest)


def _later(held: Sequence[Reading], values: Mapping[str, Sequence[Reading]], value: str) -> bool:
    mine = min(_age(r)[0] for r in held)
    return all(_age(r)[0] < mine for other, rest in values.items() if other != value for r in rest)


def _sentence(reading: Reading, texts: Mapping[str, Text]) -> str:
    text, claim = texts.get(reading.claim.document), reading.claim
    if text is None:
        return ""
    start = max((m.end() for m in SENTENCE.finditer(text.text, max(0, claim.start - 400), claim.start)), default=0)
    end = SENTENCE.search(text.text, claim.end)
    return text.text[start : end.start() if end else len(text.text)]


def _runs(sentence: str) -> frozenset[tuple[str, ...]]:
    plain = re.findall(r"\w+", sentence.casefold())
    return frozenset(tuple(plain[at : at + RUN]) for at in range(len(plain) - RUN + 1))


def _age(reading: Reading) -> tuple[str, str, int]:
    return str(reading.published or "9999"), reading.claim.document, reading.claim.start
