"""One event told twice in a text is one claim with a mention; two voices on it are two claims."""

from dataclasses import replace

from corrobora.claims.merge import merge
from corrobora.model import Claim, Count, Segment, Speaker, Victims

SEGMENTS = (Segment(0, 40, "title"), Segment(41, 400, "paragraph"))
BODY = Claim(
    id="c_body",
    document="d",
    start=60,
    end=95,
    quote="At least 14 villagers were killed",
    act="raid",
    harm="killed",
    count=Count(14, None, "at_least"),
    victims=Victims("14 villagers", "civilian", (), (), 60, 80),
    perpetrators=(),
    targets=(),
    instruments=(),
    place=None,
    time=None,
    attribution=(),
    stance="asserts",
    modality="actual",
    scope="incident",
    evidence=(),
    mentions=(),
    part_of="",
    confidence=0.9,
    made_by=(),
    reader="t",
)
HEADLINE = replace(BODY, id="c_title", start=0, end=9, quote="14 killed", count=Count(14, 14, "exact"))


def test_a_headline_becomes_a_mention() -> None:
    assert merge([HEADLINE, BODY], SEGMENTS) == (replace(BODY, mentions=((0, 9),)),)


def test_a_headline_with_another_figure_stays() -> None:
    other = replace(HEADLINE, count=Count(40, 40, "exact"))
    assert len(merge([other, BODY], SEGMENTS)) == 2


def test_a_headline_of_another_harm_stays() -> None:
    assert len(merge([replace(HEADLINE, harm="injured"), BODY], SEGMENTS)) == 2


def test_two_voices_are_two_claims() -> None:
    mayor = (Speaker("the mayor", "the mayor", "said", 200, 209),)
    again = replace(BODY, id="c_2", start=150, end=185, attribution=mayor)
    assert len(merge([BODY, again], SEGMENTS)) == 2


def test_the_same_words_of_the_same_voice_are_one_claim() -> None:
    again = replace(BODY, id="c_2", start=150, end=185)
    assert merge([BODY, again], SEGMENTS) == (replace(BODY, mentions=((150, 185),)),)


def test_the_death_of_one_named_person_is_told_once() -> None:
    first = replace(
        BODY, count=Count(1, 1, "exact"), victims=Victims("Ana Perel", "unknown", (), ("Ana Perel",), 60, 69)
    )
    again = replace(
        first,
        id="c_2",
        start=150,
        end=160,
        quote="Perel died",
        victims=Victims("Perel", "unknown", (), ("Perel",), 150, 155),
    )
    other = replace(
        first,
        id="c_3",
        start=170,
        end=180,
        quote="Josef Lunt died",
        victims=Victims("Josef Lunt", "unknown", (), ("Josef Lunt",), 170, 180),
    )
    assert [c.id for c in merge([first, again, other], SEGMENTS)] == ["c_body", "c_3"]


def test_a_part_follows_the_claim_that_its_whole_was_merged_into() -> None:
    part = replace(BODY, id="c_part", start=30, end=35, part_of="c_title", count=Count(2, 2, "exact"))
    merged = merge([HEADLINE, BODY, replace(part, start=300, end=310)], SEGMENTS)
    assert next(c for c in merged if c.id == "c_part").part_of == "c_body"


def test_a_headline_of_a_total_is_a_mention_of_the_total() -> None:
    """It has no room to say since when: 'Monitor counts 14 dead' above 'at least 14 since March'."""
    total = replace(BODY, scope="total")
    assert merge([HEADLINE, total], SEGMENTS) == (replace(total, mentions=((0, 9),)),)
    other = replace(HEADLINE, count=Count(9, 9, "exact"))
    assert merge([other, total], SEGMENTS) == (other, total)
