"""Cut every part of a claim from the text itself: the parser read it with other capitals, the record must not."""

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from corrobora.model import Claim, Count, Instrument, Perpetrator, Span, Target, Text, Victims

Part = TypeVar("Part", Victims, Perpetrator, Target, Instrument, Span, Count)


def original(claim: Claim, text: Text) -> Claim:
    """Give the claim with the text's own words in each part, and the flags of the segment it stands in."""
    return replace(
        claim,
        count=claim.count if claim.count.start < 0 else _cut(claim.count, text),
        victims=None if claim.victims is None else _cut(claim.victims, text),
        perpetrators=_all(claim.perpetrators, text),
        targets=_all(claim.targets, text),
        instruments=_all(claim.instruments, text),
        place=None if claim.place is None else _cut(claim.place, text),
        time=None if claim.time is None else _cut(claim.time, text),
        flags=(*claim.flags, *_flags(claim, text)),
    )


def _cut(part: Part, text: Text) -> Part:
    return replace(part, text=text.text[part.start : part.end])


def _all(parts: Iterable[Part], text: Text) -> tuple[Part, ...]:
    return tuple(_cut(part, text) for part in parts)


def _flags(claim: Claim, text: Text) -> tuple[str, ...]:
    inside = (s.flags for s in text.segments if s.start <= claim.start < s.end)
    return tuple(flag for flags in inside for flag in flags if flag in {"hidden", "deleted"})
