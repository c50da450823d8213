"""Single people: told apart by what the words say, never by what they leave out."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corrobora.model import Reading
from corrobora.review.persons import Person, alike, differ, distinct, person

Told = Callable[..., Reading]


@pytest.fixture(scope="session")
def described(told: Told) -> Callable[..., Person | None]:
    def of(whom: str, low: int | None = 1, *names: str, class_: str = "unknown") -> Person | None:
        return person(told("c_1", low=low, whom=whom, victims=class_, names=names).claim)

    return of


@pytest.mark.parametrize(
    ("whom", "wanted"),
    [
        ("a 19-year-old woman", Person("she", 19, noun="woman")),
        ("a 9 year old boy", Person("he", 9, grown=False, noun="boy")),
        ("her daughter's mother, a teacher of boys", Person("she", grown=True, noun="mother")),
        ("his uncle", Person("he", grown=True, noun="uncle")),
        ("a man of 40", Person("he", grown=True, noun="man")),
        ("the suspected gunman", Person("he", grown=True, noun="gunman", doer=True)),
        ("the victim", Person(noun="victim")),
        ("someone", Person()),
    ],
)
def test_what_words_say_of_one_person(described: Callable[..., Person | None], whom: str, wanted: Person) -> None:
    assert described(whom) == wanted


def test_names_ages_after_them_and_classes(described: Callable[..., Person | None]) -> None:
    assert described("Ana Kolm, 31, a nurse", 1, "Ana Kolm", class_="civilian") == Person(
        age=31, grown=True, name=frozenset({"ana", "kolm"}), class_="civilian"
    )


@pytest.mark.parametrize("low", [0, 2, None])
def test_several_people_are_no_person(described: Callable[..., Person | None], low: int | None) -> None:
    assert described("two men", low) is None


@pytest.mark.parametrize(
    ("one", "other", "wanted"),
    [
        (Person("he"), Person("she"), True),
        (Person("he"), Person(), False),
        (Person(age=9), Person(age=10), True),
        (Person(age=9), Person("she"), False),
        (Person(grown=True), Person(grown=False), True),
        (Person(name=frozenset({"ana", "kolm"})), Person(name=frozenset({"ivo", "resk"})), True),
        (Person(name=frozenset({"ana", "kolm"})), Person(name=frozenset({"kolm"})), False),
        (Person(name=frozenset({"ana", "kolm"})), Person(name=frozenset({"resk"})), False),
        (Person(class_="civilian"), Person(class_="security_force"), True),
    ],
)
def test_who_is_told_apart(one: Person, other: Person, wanted: bool) -> None:
    assert differ(one, other) is wanted
    assert differ(other, one) is wanted


def test_who_is_said_to_be_one() -> None:
    girl = Person("she", 4, grown=False, noun="girl")
    assert alike(girl, Person("she", grown=False, noun="girl"))
    assert alike(girl, Person(age=4, noun="child"))
    assert not alike(girl, Person("she", noun="victim"))
    assert not alike(girl, replace(girl, age=7))


PEOPLE = st.builds(
    Person,
    sex=st.sampled_from(["", "he", "she"]),
    age=st.sampled_from([None, 9, 30]),
    grown=st.sampled_from([None, True, False]),
    name=st.sampled_from([frozenset(), frozenset({"ana", "kolm"}), frozenset({"ivo", "resk"})]),
)


@settings(max_examples=40)
@given(st.lists(PEOPLE, max_size=7))
def test_people_who_are_told_apart_differ_pair_by_pair_in_any_order(people: list[Person]) -> None:
    found = distinct(people)
    assert all(differ(a, b) for n, a in enumerate(found) for b in found[:n])
    assert len(distinct(people[::-1])) == len(found)
    assert bool(found) == bool(people)
    assert distinct([*people, *people]) == found
