"""What a whole text is about decides whether its claims are of the day."""

from collections.abc import Callable

import pytest

from corrobora.claims import Reader
from corrobora.claims.occasions import OPENING
from corrobora.model import Text

KILLED = "Shells killed four bakers in Orlin on Monday."
PAST = "The bombing killed 52 people in Orlin ten years ago."


def figures(reader: Reader, text: Text) -> list[int | None]:
    (found,) = reader.read([text])
    return [c.count.low for c in found.claims if c.harm]


@pytest.mark.parametrize(
    "opening",
    [
        "Crews held a mock attack on the station in an exercise.",
        "The drill, with actors and dummies, began at noon.",
        "A simulated raid on the school was part of the training.",
    ],
)
def test_a_drill_hurts_nobody(reader: Reader, written: Callable[..., Text], opening: str) -> None:
    assert figures(reader, written(f"{opening} Eight people were shot dead in it.")) == []


@pytest.mark.parametrize(
    "opening",
    [
        "The police exercise in the valley went on for a third day.",
        "Volunteers came to the training of the militia.",
        "A drill of the oil firm stood idle.",
    ],
)
def test_an_operation_is_no_drill(reader: Reader, written: Callable[..., Text], opening: str) -> None:
    assert figures(reader, written(f"{opening} {KILLED}")) == [4]


def test_a_drill_named_far_below_changes_nothing(reader: Reader, written: Callable[..., Text]) -> None:
    filling = "The town is known for its mills and its bread. " * (OPENING // 10 + 1)
    assert figures(reader, written(f"{KILLED} {filling} Next week it holds a mock drill.")) == [4]


@pytest.mark.parametrize("ceremony", ["The town remembered its dead on Sunday.", "Ten years on, families met."])
def test_an_anniversary_tells_of_no_new_event(reader: Reader, written: Callable[..., Text], ceremony: str) -> None:
    assert figures(reader, written(f"{ceremony} {PAST}")) == []
    assert sorted(n or 0 for n in figures(reader, written(f"{ceremony} {PAST} {KILLED}"))) == [4, 52]


def test_the_past_told_without_a_ceremony_is_kept(reader: Reader, written: Callable[..., Text]) -> None:
    assert figures(reader, written(f"A road is built in Orlin. {PAST}")) == [52]
