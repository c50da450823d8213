"""Which voices of an incident are independent accounts of it, and not somebody's own losses or another's figures."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from corrobora.model import Incident, Reading, Voice
from corrobora.review.lexicon import lexicon
from corrobora.review.statements import Statement


def independent(incident: Incident, readings: Mapping[str, Reading], found: Sequence[Statement]) -> tuple[Voice, ...]:
    """Return the voices that assert, for themselves, what was done to people, with or without a figure.

    A voice that only denies, that only counts its own dead or some of the people, or that repeats the figures of
    another (`Voice.repeats`) is none. Source: the two-source rule of casualty recording counts origins, not outlets.
    """
    parts = {claim for members in _by_voice(found) for claim in _own_losses(members, readings)}

    def speaks(claim: str) -> bool:
        reading = readings.get(claim)
        if reading is None or claim in parts:
            return False
        return reading.claim.stance in {"asserts", "justifies"} and bool(reading.claim.harm)

    return tuple(voice for voice in incident.voices if not voice.repeats and any(map(speaks, voice.claims)))


def _by_voice(found: Sequence[Statement]) -> list[list[Statement]]:
    grouped: dict[tuple[str, str, str], list[Statement]] = defaultdict(list)
    for statement in found:
        grouped[(statement.voice, statement.document, statement.harm)].append(statement)
    return list(grouped.values())


def _own_losses(members: Sequence[Statement], readings: Mapping[str, Reading]) -> list[str]:
    """The claims of a voice that counts some of the people only, where it is no hospital: that counts at first hand."""
    largest = max(members, key=lambda statement: (statement.named, not statement.part))
    counts = any(_received(readings[claim]) for statement in members for claim in statement.claims)
    return [claim for s in members if s.part or largest.part for claim in s.claims] if not counts else []


def _received(reading: Reading) -> bool:
    said = f" {reading.voice} {' '.join(reading.speakers)} ".casefold()
    return any(f" {word} " in said for word in lexicon()["counts_its_own"])
