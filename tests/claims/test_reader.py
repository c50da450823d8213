"""What holds for any text: spans that read what they say, stable ids, order, and what is left unread."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corrobora.claims import Reader, open_reader, pieces
from corrobora.errors import BadInput
from corrobora.model import Claim, Metadata, Segment, Text
from corrobora.settings import Reading, Settings, Words

Make = Callable[..., Text]
DISPATCH = (
    "Gunmen killed 14 villagers near Marabad on Tuesday, police said. At least 30 others were wounded.",
    "Two officers and three civilians were killed in a clash in Tesu. The army denied it had shelled the town.",
)
PIECES = st.sampled_from(
    [
        "at least",
        "17",
        "3,200",
        "five or six",
        "killed",
        "wounded",
        "dead",
        "were",
        "people",
        "soldiers",
        "two of them women",
        "GUNMEN",
        "Abducted",
        "in Marabad",
        "on 3 May",
        "the police said",
        "“",
        "”",
        "’s",
        ",",
        ".",
        "\n",
        "\n\n",
        "\t",
        "--",
        "İstanbul",
        "🕊",
        "e\u0301",
        "ß",
        "the killing of",
        "leaving",
        "her aunt",
        "according to",
        "opened fire on",
        "shelled the market",
        "(",
        ")",
        "ten",
        "no one",
        "the massacre",
    ]
)


def parts(claim: Claim) -> Iterator[tuple[int, int, str]]:
    """Give every span of a claim with the words it is said to have."""
    yield claim.start, claim.end, claim.quote
    if claim.count.start >= 0:
        yield claim.count.start, claim.count.end, claim.count.text
    many: tuple[Any, ...] = (*claim.perpetrators, *claim.targets, *claim.instruments)
    yield from ((part.start, part.end, part.text) for part in many)
    yield from ((speaker.start, speaker.end, speaker.text) for speaker in claim.attribution)
    yield from ((span.start, span.end, span.text) for span in (claim.place, claim.time) if span is not None)
    if claim.victims is not None:
        yield claim.victims.start, claim.victims.end, claim.victims.text


def check(text: Text, claim: Claim) -> None:
    for start, end, words in parts(claim):
        assert 0 <= start <= end <= len(text.text)
        assert text.text[start:end] == words
    for start, end in claim.mentions:
        assert 0 <= start < end <= len(text.text)
    low, high = claim.count.low, claim.count.high
    assert low is None or high is None or 0 <= low <= high
    assert 0 < claim.confidence < 1


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(PIECES, max_size=30))
def test_every_part_of_a_claim_lies_where_it_says(reader: Reader, written: Make, words: list[str]) -> None:
    text = written(" ".join(words))
    (found,) = reader.read([text])
    for claim in found.claims:
        check(text, claim)
    for name in found.mentions:
        assert text.text[name.start : name.end] == name.text


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=120))
def test_any_characters_are_read_without_failing(reader: Reader, written: Make, words: str) -> None:
    text = written(words)
    (found,) = reader.read([text])
    for claim in found.claims:
        check(text, claim)


def test_a_second_reading_gives_the_same_claims(reader: Reader, written: Make) -> None:
    text = written(*DISPATCH)
    first, second = (next(iter(reader.read([text]))) for _ in range(2))
    assert first == second
    assert len({claim.id for claim in first.claims}) == len(first.claims)


def test_texts_come_back_in_order_one_for_one(reader: Reader, written: Make) -> None:
    texts = [replace(written(f"{n} people were killed in Marabad."), document=f"d{n}") for n in range(11, 15)]
    assert [(f.document, f.claims[0].count.low) for f in reader.read(texts)] == [(f"d{n}", n) for n in range(11, 15)]


def test_a_part_names_the_claim_that_includes_it(reader: Reader, written: Make) -> None:
    (found,) = reader.read([written(DISPATCH[1])])
    whole = next(c for c in found.claims if c.count.low == 5)
    assert [c.part_of for c in found.claims if c.count.low in {2, 3}] == [whole.id, whole.id]
    assert whole.part_of == ""


@pytest.mark.parametrize("words", ["", "   \n", "..."])
def test_a_text_without_words_gives_no_claims(reader: Reader, written: Make, words: str) -> None:
    assert [f.claims for f in reader.read([written(words)])] == [()]


def test_another_language_gives_no_claims(reader: Reader, written: Make) -> None:
    text = written("Ten people were killed.", language="fr")
    assert [f.claims for f in reader.read([text])] == [()]


@pytest.mark.parametrize("kind", ["furniture", "byline", "date", "dateline"])
def test_what_is_no_report_is_not_read(reader: Reader, written: Make, kind: str) -> None:
    text = written((kind, "Eight killed in protests"), ("paragraph", "The market was quiet on Monday."))
    assert [f.claims for f in reader.read([text])] == [()]


def test_hidden_words_are_read_with_a_flag(reader: Reader) -> None:
    words = "Ten people were killed in Tesu."
    segments = (Segment(0, len(words), "paragraph", ("hidden",)),)
    (found,) = reader.read([Text("d", "sha256:0", "a.txt", words, Metadata(), segments, "t")])
    assert [c.flags for c in found.claims] == [("hidden",)]


def test_a_headline_is_a_mention_of_what_the_text_tells(reader: Reader, written: Make) -> None:
    text = written(("title", "14 killed in Marabad"), ("paragraph", DISPATCH[0]))
    (found,) = reader.read([text])
    killed = [c for c in found.claims if c.harm == "killed"]
    assert len(killed) == 1
    assert killed[0].mentions == ((0, 9),)
    assert killed[0].start > len("14 killed in Marabad")


def test_a_project_adds_words(written: Make) -> None:
    added = Words(lexicon={"killed.patients": ("zapp",)}, armed_groups={"Front of Tesu": ("FOT",)})
    (found,) = open_reader(Settings(words=added)).read([written("FOT zapped nine people in Marabad.")])
    assert [(c.harm, c.count.low) for c in found.claims] == [("killed", 9)]
    assert [(p.name, p.class_) for c in found.claims for p in c.perpetrators] == [("Front of Tesu", "armed_group")]


def test_a_model_that_is_not_installed_says_what_to_do() -> None:
    with pytest.raises(BadInput, match="no_such_model") as caught:
        open_reader(Settings(reading=Reading(model="no_such_model")))
    assert "corrobora.toml" in caught.value.hint


def test_a_long_text_is_read_in_pieces_with_right_offsets(
    reader: Reader, written: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pieces, "LONGEST", 1_500)
    filler = "The council met again and spoke of roads, schools and the price of bread in the valley. " * 5
    lines = [f"{n + 10} people were killed in Tesu.\n{filler}" for n in range(12)]
    text = written(*lines)
    (found,) = reader.read([text])
    killed = [c for c in found.claims if c.harm == "killed"]
    assert [c.count.low for c in killed] == list(range(10, 22))
    for claim in killed:
        check(text, claim)
