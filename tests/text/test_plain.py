"""Paragraphs of plain files: wrapped, one to a line, indented."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corrobora.errors import BadInput
from corrobora.text.plain import paragraphs, read

WRAPPED = """   THE COMMAND OF THE BATTALION HAS REPORTED THAT ABOUT 50 PEASANTS OF
VARIOUS AGES HAVE BEEN TAKEN BY AN ARMED GROUP IN THE NORTHERN DISTRICT.
ACCORDING TO THE GARRISON THIS TOOK PLACE ON 30 DECEMBER.

   MEANWHILE, THREE MEN WERE KILLED AND SEVEN OTHERS WERE WOUNDED DURING
CLASHES YESTERDAY."""


def texts(words: str) -> list[str]:
    return [words[start:end] for start, end in paragraphs(words)]


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    found = texts(WRAPPED)
    assert [p.split()[0] for p in found] == ["THE", "MEANWHILE,"]
    assert found[0].count("\n") == 2


def test_one_paragraph_to_a_line() -> None:
    lines = ["Six people were killed in the market, the police said, when a bomb went off on Friday at noon." * 2] * 3
    assert texts("\n".join(lines)) == lines


def test_a_line_broken_in_mid_sentence_goes_on() -> None:
    long = (
        "initial calm of the first days after the ceasefire gave way to fighting in the suburbs, and to revenge. " * 2
    )
    assert texts(f"KARTOV (Dispatches) -- The\n{long.strip()}\nNext one.")[0].endswith("revenge.")


def test_short_lines_above_a_body_stay_apart() -> None:
    assert texts("Six killed\nBy Jane Doe\n2025-06-15") == ["Six killed", "By Jane Doe", "2025-06-15"]


def test_an_indented_line_begins_a_paragraph() -> None:
    assert len(texts("The first one ends here.\n  The second one is indented.")) == 2


@given(st.text(alphabet="ab. \n\tAB", max_size=300))
def test_paragraphs_hold_all_words(words: str) -> None:
    found = paragraphs(words)
    assert "".join(words[start:end] for start, end in found).split() == [] or "".join(
        "".join(words[start:end] for start, end in found).split()
    ) == "".join(words.split())
    assert all(words[start:end].strip() == words[start:end] for start, end in found)


def test_a_long_run_of_short_lines_takes_no_time() -> None:
    assert len(paragraphs("ab\n" * 50_000)) == 1


def test_a_file_without_words_is_said_to_be_so() -> None:
    with pytest.raises(BadInput, match="no words in it"):
        read(b"\n \n")
