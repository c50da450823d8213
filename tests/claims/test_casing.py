"""The text for the parser: ordinary words small, names kept, and never a character moved."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corrobora.claims import casing
from corrobora.claims.casing import Spelled, prepare, shouted
from corrobora.model import Metadata, Segment, Text

ORDINARY = Spelled({"kill", "guerrilla", "soldier", "attack", "village", "army", "wound", "stop", "city"}, {"men"})


@pytest.mark.parametrize("word", ["kills", "killed", "killing", "wounded", "stopped", "cities", "villages", "men"])
def test_inflected_words_are_ordinary(word: str) -> None:
    assert word in ORDINARY


@pytest.mark.parametrize("word", ["marabad", "tesu", "sky", "s"])
def test_names_are_not_ordinary(word: str) -> None:
    assert word not in ORDINARY


@given(st.text(max_size=300), st.sampled_from(["title", "paragraph", "heading", "table"]))
def test_no_character_moves(words: str, kind: str) -> None:
    text = Text("d", "s", "f", words, Metadata(), (Segment(0, len(words), kind),), "t")
    assert len(prepare(text, ORDINARY)) == len(words)


def test_capitals_become_small_and_names_keep_one(written: Callable[..., Text]) -> None:
    text = written("GUERRILLAS OF THE FMLN KILLED MEN IN SAN TESU ON MONDAY. U.S. SOLDIERS STOPPED.")
    assert prepare(text, ORDINARY) == "Guerrillas of the FMLN killed men in San Tesu on Monday. U.S. soldiers stopped."


def test_a_headline_learns_names_from_the_text_below(written: Callable[..., Text]) -> None:
    text = written(("title", "Men Killed In Village Attack"), ("paragraph", "The men of Village Green were killed."))
    assert prepare(text, ORDINARY).startswith("Men killed in Village attack\n")


def test_line_breaks_inside_a_paragraph_become_spaces() -> None:
    text = Text("d", "s", "f", "Ten men\nwere killed.\n\nNext.", Metadata(), (Segment(0, 20, "paragraph"),), "t")
    assert prepare(text, ORDINARY) == "Ten men were killed.\n\nNext."


def test_shouting_needs_more_than_an_acronym() -> None:
    assert not shouted("UN, EU")
    assert not shouted("The FMLN AND the ELN met")
    assert shouted("TEN MEN WERE KILLED")


def test_nothing_is_renamed_in_running_text(written: Callable[..., Text]) -> None:
    words = "Army Day was quiet in Marabad, said General Osk."
    assert casing.prepare(written(words), ORDINARY) == words
