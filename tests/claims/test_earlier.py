"""A death that a report tells aside, of another case, is held apart from what the report is about."""

from collections.abc import Callable

import pytest

from corrobora.claims import Reader
from corrobora.claims.earlier import OPENING
from corrobora.model import Text

HURT = "Four people were wounded when shots were fired at a party in Orlin on Monday."
STREET = "Neighbours said that the street had been quiet all summer and that they would meet on Sunday. "
FILLER = STREET * (OPENING // 17 + 1)


def deaths(reader: Reader, text: Text) -> list[tuple[int | None, str]]:
    (found,) = reader.read([text])
    return [(c.count.low, c.modality) for c in found.claims if c.harm == "killed"]


@pytest.mark.parametrize(
    "aside",
    ["Late on Friday a 36-year-old man was killed on Mill Road.", "On Mill Road someone was shot dead late on Friday."],
)
def test_the_death_of_another_case_is_recalled(reader: Reader, written: Callable[..., Text], aside: str) -> None:
    assert deaths(reader, written(HURT, FILLER, aside)) == [(1, "historical")]


def test_all_that_is_told_of_the_other_case_is_recalled(reader: Reader, written: Callable[..., Text]) -> None:
    text = written(
        HURT, FILLER, "Late on Friday a man was killed on Mill Road.", "The death of Ivo Marn was the first."
    )
    assert {modality for _, modality in deaths(reader, text)} == {"historical"}


@pytest.mark.parametrize(
    ("lead", "filler", "late"),
    [
        (HURT, FILLER, "One of the victims, Ada Kell, died on Tuesday."),  # spoken of before
        (HURT, FILLER, "The man died on Tuesday."),
        (f"{HURT} The shooting was fatal.", FILLER, "A man was killed."),  # the opening tells of death
        ("A party in Orlin ended in shots on Monday.", FILLER, "A man was killed."),  # and of nobody who was hurt
        (HURT, "", "A man was killed."),  # no late word, but the next one
    ],
)
def test_the_dead_of_the_report_itself_are_its_own(
    reader: Reader, written: Callable[..., Text], lead: str, filler: str, late: str
) -> None:
    told = deaths(reader, written(*(line for line in (lead, filler, late) if line)))
    assert told
    assert all(modality == "actual" for _, modality in told)


def test_that_nobody_died_is_no_death(reader: Reader, written: Callable[..., Text]) -> None:
    assert deaths(reader, written(HURT, FILLER, "Nobody was killed in the second shooting.")) == [(0, "actual")]
