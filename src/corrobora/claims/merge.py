"""Say a thing once: a headline that repeats the text below it is a mention of that claim, not another claim."""

from collections.abc import Sequence
from dataclasses import replace

from corrobora.model import Claim, Segment

# Fewer characters than this ("one died") say too little to be the same thing said again.
SHORTEST = 24
HEADLINES = frozenset({"title", "heading"})
# The trained reader tells by sentences; linking, not reading, brings its claims together.
BY_SENTENCE = ("roles", "trained:roles")


def merge(claims: Sequence[Claim], segments: Sequence[Segment]) -> tuple[Claim, ...]:
    """Join claims that say the same again; what is kept is the first in running text, with the others as mentions."""
    kept: list[Claim] = []
    dropped: dict[str, str] = {}
    for claim in sorted(claims, key=lambda c: (_headline(c, segments), c.start)):
        if BY_SENTENCE in claim.made_by:
            kept.append(claim)
            continue
        same = next(
            (i for i, other in enumerate(kept) if _same(other, claim, headline=_headline(claim, segments))), None
        )
        if same is None:
            kept.append(claim)
        else:
            dropped[claim.id] = kept[same].id
            kept[same] = replace(kept[same], mentions=(*kept[same].mentions, (claim.start, claim.end)))
    whole = [replace(c, part_of=dropped.get(c.part_of, c.part_of)) for c in kept]
    return tuple(sorted(whole, key=lambda c: (c.start, c.end, c.id)))


def _headline(claim: Claim, segments: Sequence[Segment]) -> bool:
    return any(s.kind in HEADLINES and s.start <= claim.start < s.end for s in segments)


def _same(one: Claim, other: Claim, *, headline: bool) -> bool:
    if (
        BY_SENTENCE in one.made_by
        or one.harm != other.harm
        or one.modality != other.modality
        or (one.scope != other.scope and not (headline and _total(one, other)))
    ):
        return False
    if headline:
        return _agree(one, other) and (bool(one.harm) or one.act == other.act)
    if _one_person(one, other):
        return True
    if other.part_of or one.part_of or len(other.quote) < SHORTEST:
        return False
    return (
        one.quote.lower() == other.quote.lower()
        and one.act == other.act
        and [s.speaker for s in one.attribution] == [s.speaker for s in other.attribution]
    )


def _total(one: Claim, headline: Claim) -> bool:
    """Whether a headline gives the total below it: it has no room to say since when ('Monitor counts 120 deaths')."""
    return one.scope == "total" and one.count.low is not None and one.count.low == headline.count.low


def _one_person(one: Claim, other: Claim) -> bool:
    """The death of one named person told again by the same voice, or by none, is the same death."""
    if one.victims is None or other.victims is None or not one.harm or (one.count.high, other.count.high) != (1, 1):
        return False
    if other.attribution and [s.speaker for s in one.attribution] != [s.speaker for s in other.attribution]:
        return False
    if _same_again(other.victims.text):
        return one.count == other.count or (one.count.low, one.count.high) == (1, 1)
    surnames = [{name.split()[-1].lower() for name in v.names} for v in (one.victims, other.victims)]
    return bool(surnames[0] & surnames[1])


def _same_again(victim: str) -> bool:
    """'he', 'the girl': somebody told of before."""
    words = victim.lower().split()
    return words in (["he"], ["she"], ["him"], ["her"]) or (len(words) == 2 and words[0] == "the")


def _agree(one: Claim, headline: Claim) -> bool:
    """A headline rounds: 'over 50' stands for 54, '8 killed' for 'at least 8', no figure for any."""
    low, high = headline.count.low, headline.count.high
    if low is None and high is None:
        return True
    if low is not None and low == one.count.low:
        return True
    return high is None and low is not None and one.count.low is not None and low <= one.count.low <= 1.5 * low
