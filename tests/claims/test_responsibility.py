"""Who claims or denies responsibility, and the sentences in which nobody does."""

from collections.abc import Callable

import pytest

from corrobora.claims import Reader
from corrobora.model import Text

BEFORE = "A bomb exploded in the market of Sarno on Monday, killing nine people. "


@pytest.mark.parametrize(
    ("sentence", "status"),
    [
        ("The Orlin Front claimed responsibility for the bombing.", "claimed_responsibility"),
        ("Responsibility for the bombing was claimed by the Orlin Front.", "claimed_responsibility"),
        ("In a statement, the rebels admitted responsibility for the attack.", "claimed_responsibility"),
        ("The army denied responsibility for the bombing.", "denied"),
        ("The militia, which rejected responsibility for the blast, has left the town.", "denied"),
    ],
)
def test_who_speaks_of_responsibility(reader: Reader, written: Callable[..., Text], sentence: str, status: str) -> None:
    (found,) = reader.read([written(BEFORE + sentence)])
    assert status in {p.status for claim in found.claims for p in claim.perpetrators}


@pytest.mark.parametrize(
    "sentence",
    [
        "No group has claimed responsibility for the bombing.",
        "Nobody claimed responsibility for the attack.",
        "None of the armed groups has claimed responsibility.",
        "No one has yet claimed responsibility.",
        "Neither side accepted responsibility for the blast.",
        "The Orlin Front has not claimed responsibility for the bombing.",
        "The Orlin Front has yet to claim responsibility for the attack.",
        "The Orlin Front never claimed responsibility.",
        "There was no claim of responsibility.",
        "There has been no immediate claim of responsibility for the attack.",
    ],
)
def test_where_nobody_does(reader: Reader, written: Callable[..., Text], sentence: str) -> None:
    (found,) = reader.read([written(BEFORE + sentence)])
    assert not [
        p for claim in found.claims for p in claim.perpetrators if p.status in {"claimed_responsibility", "denied"}
    ]
    assert {(c.harm, c.count.low) for c in found.claims if c.harm} == {("killed", 9)}
