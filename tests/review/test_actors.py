from collections.abc import Callable

import pytest

from corrobora.model import Reading
from corrobora.review.actors import Actors
from corrobora.settings import Words

Told = Callable[..., Reading]
KNOWN = Actors(Words(armed_groups={"Osk Front": ("the Front of Osk", "OF")}, speakers={"Ardian Army": ("the army",)}))


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("OF", "Osk Front"),
        ("Front of Osk", "Osk Front"),
        ("the army", "Ardian Army"),
        ("River Guard", "River Guard"),
        ("the River Guard", "River Guard"),
    ],
)
def test_names_are_brought_to_the_projects_form(words: str, name: str) -> None:
    assert KNOWN.name(words) == name


@pytest.mark.parametrize(
    ("changes", "blamed"),
    [
        ({"actor": "OF"}, ["Osk Front"]),
        ({"actor": "OF", "status": "suspected"}, ["Osk Front"]),
        ({"actor": "OF", "status": "denied"}, []),
        ({"actor": "OF", "status": "unknown"}, []),
        ({"actor": "OF", "stance": "denies"}, []),
        ({"actor": "Gunmen"}, []),
        ({"actor": "suspected armed men"}, []),
        ({"actor": "OF", "victims": "armed_group"}, []),
        ({}, []),
    ],
)
def test_who_is_blamed(told: Told, changes: dict[str, str], blamed: list[str]) -> None:
    assert list(KNOWN.blamed([told("c_1", **changes)])) == blamed


def test_several_names_of_one_group_are_gathered_under_the_commonest(told: Told) -> None:
    claims = [
        told("c_1", actor="Riverland Guard"),
        told("c_2", "b", actor="Riverland Guard"),
        told("c_3", "c", actor="Riverland fighters"),
    ]
    assert {name: len(by) for name, by in KNOWN.blamed(claims).items()} == {"Riverland Guard": 3}


def test_a_denial_counts_only_from_the_accused(told: Told) -> None:
    accusation = told("c_1", actor="Osk Front")
    own = told("c_2", "b", speaker="OF", stance="denies", low=None)
    other = told("c_3", "c", speaker="Ada Lorn", stance="denies", low=None)
    assert list(KNOWN.denials([accusation, own])) == ["Osk Front"]
    assert list(KNOWN.denials([accusation, other])) == []
    assert list(KNOWN.denials([own])) == []


def test_responsibility_is_accepted_by_the_group_itself_or_as_reported(told: Told) -> None:
    own = told("c_1", actor="Osk Front", speaker="OF")
    reported = told("c_2", actor="Osk Front", status="claimed_responsibility")
    accused = told("c_3", actor="Osk Front", speaker="Ada Lorn")
    assert list(KNOWN.accepted([own])) == ["Osk Front"]
    assert list(KNOWN.accepted([reported])) == ["Osk Front"]
    assert list(KNOWN.accepted([accused])) == []
