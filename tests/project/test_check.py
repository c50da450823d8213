"""A record checked against itself: each part of a claim must stand where it says."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corrobora.model import Claim, Count, Metadata, Perpetrator, Segment, Span, Speaker, Target, Text, Victims
from corrobora.project.check import claim_faults

WORDS = "The army shelled the market of Orlin on Monday, killing nine civilians, the hospital said."


def at(words: str) -> tuple[int, int]:
    return WORDS.index(words), WORDS.index(words) + len(words)


def text(words: str = WORDS) -> Text:
    return Text("d_1", "sha256:aa", "a.txt", words, Metadata(), (Segment(0, len(words), "paragraph"),), "text 1")


def claim() -> Claim:
    return Claim(
        "c_1", "d_1", *at("killing nine civilians"), "killing nine civilians", "shelling", "killed",
        Count(9, 9, "exact", "nine", *at("nine")),
        Victims("nine civilians", "civilian", (), (), *at("nine civilians")),
        (Perpetrator("The army", "Army", "state_forces", "asserted", "", *at("The army")),),
        (Target("the market", "market", None, "", *at("the market")),), (),
        Span(*at("Orlin"), "Orlin"), Span(*at("on Monday"), "on Monday"),
        (Speaker("hospital", "the hospital", "said", *at("the hospital")),),
        "asserts", "actual", "incident", (), (), "", 0.9, (), "test 1",
    )  # fmt: skip


def test_a_claim_whose_parts_all_stand_has_no_fault() -> None:
    assert list(claim_faults(claim(), text())) == []


MOVED: dict[str, Callable[[Claim], Claim]] = {
    "quote": lambda c: replace(c, start=c.start + 1, end=c.end + 1),
    "victims": lambda c: replace(c, victims=replace(c.victims, start=0, end=5) if c.victims else None),
    "perpetrator": lambda c: replace(c, perpetrators=(replace(c.perpetrators[0], text="The navy"),)),
    "target": lambda c: replace(c, targets=(replace(c.targets[0], end=c.targets[0].end + 2),)),
    "speaker": lambda c: replace(c, attribution=(replace(c.attribution[0], start=3),)),
    "count": lambda c: replace(c, count=replace(c.count, text="ten")),
}


@pytest.mark.parametrize("part", sorted(MOVED))
def test_a_part_that_does_not_stand_there_is_named(part: str) -> None:
    (fault,) = claim_faults(MOVED[part](claim()), text())
    assert part in fault
    assert "c_1" in fault


def test_a_part_that_no_words_give_is_no_fault() -> None:
    unsaid = replace(claim(), count=Count(None, None, "none"), place=None, time=None, victims=None)
    assert list(claim_faults(unsaid, text())) == []


@given(st.integers(0, len(WORDS) - 1), st.characters(codec="utf-8"))
def test_one_changed_character_is_found_where_a_part_covers_it(position: int, letter: str) -> None:
    changed = WORDS[:position] + letter + WORDS[position + 1 :]
    found = claim()
    spans = [(found.start, found.end), (found.count.start, found.count.end)]
    spans += [(p.start, p.end) for p in found.perpetrators] + [(t.start, t.end) for t in found.targets]
    spans += [(v.start, v.end) for v in (found.victims,) if v] + [(s.start, s.end) for s in found.attribution]
    spans += [(w.start, w.end) for w in (found.place, found.time) if w]
    covered = any(start <= position < end for start, end in spans)
    assert bool(list(claim_faults(found, text(changed)))) == (covered and changed != WORDS)


def test_a_text_that_lost_its_end_is_found() -> None:
    assert list(claim_faults(claim(), text(WORDS[:40])))
