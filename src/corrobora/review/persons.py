"""Single people in reports: whether two descriptions can be of one person, and how many people a report tells of.

Only what the words say tells two people apart: a woman and a man, two ages, two full names, an officer and a civilian.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from corrobora.model import Claim
from corrobora.review.lexicon import lexicon

AGE = re.compile(r"\b(\d{1,3})[ -](?:year|yr)s?[ -]?old|, (?:age )?(\d{1,3})(?=,|$| )")
WORD = re.compile(r"[^\W\d_]+")
FURTHER = re.compile(r",| of | who | with | in ", re.IGNORECASE)  # where a phrase begins to say more of its noun
YOUNG, GROWN = 14, 20
"""Ages, in years, to which someone is a child, and from which nobody is called one."""
# Classes of victims that no person has both of.
APART = frozenset({"security_force", "civilian"})
OFFICERS = "security_force"


@dataclass(frozen=True, slots=True)
class Person:
    """What a report says of one person; empty where it does not say. `doer`: called the attacker, or who it may be."""

    sex: str = ""
    age: int | None = None
    grown: bool | None = None
    name: frozenset[str] = frozenset()
    noun: str = ""
    class_: str = ""
    doer: bool = False


def person(claim: Claim) -> Person | None:
    """Return who a claim of one person is of; None for a claim of several, or of people who are not described.

    >>> # 'a 19-year-old woman' of class unknown: Person(sex='she', age=19, noun='woman')
    """
    victims, count = claim.victims, claim.count
    if victims is None or (count.low, count.high) != (1, 1):
        return None
    noun = _noun(victims.text)
    told = AGE.search(victims.text)
    age = int(told.group(1) or told.group(2)) if told else None
    young, grown = (noun in _list("young"), noun in _list("grown")) if age is None else (age <= YOUNG, age >= GROWN)
    return Person(
        sex=next((sex for sex in ("he", "she") if noun in _list(sex)), ""),
        age=age,
        grown=None if young == grown else grown,
        name=frozenset(word.casefold() for name in victims.names for word in name.split()),
        noun=noun,
        class_=victims.class_ if victims.class_ in APART else "",
        doer=bool({word.casefold() for word in WORD.findall(victims.text)} & _list("doers")),
    )


def _noun(text: str) -> str:
    """The last word for a person in the phrase itself: 'mother' of 'her daughter's mother, a teacher of boys'."""
    head = [word.casefold() for word in WORD.findall(FURTHER.split(text, maxsplit=1)[0])]
    known = _list("he") | _list("she") | _list("young") | _list("grown") | _list("people")
    return next((word for word in reversed(head) if word in known), "")


def _list(name: str) -> frozenset[str]:
    return frozenset(lexicon()[name])


def differ(one: Person, other: Person) -> bool:
    """Whether the words tell two people apart.

    >>> differ(Person(sex="he"), Person(sex="she")), differ(Person(age=10), Person(sex="she"))
    (True, False)
    """
    return (
        _unlike(one.sex, other.sex)
        or (None not in (one.age, other.age) and one.age != other.age)
        or (None not in (one.grown, other.grown) and one.grown != other.grown)
        or (min(len(one.name), len(other.name)) > 1 and not one.name & other.name)
        or _unlike(one.class_, other.class_)
        or (one.doer and other.class_ == OFFICERS)
        or (other.doer and one.class_ == OFFICERS)
    )


def _unlike(one: str, other: str) -> bool:
    return bool(one and other and one != other)


def alike(one: Person, other: Person) -> bool:
    """Whether the words say that it is one person: a name or an age in common, or one noun, and nothing against it."""
    if differ(one, other):
        return False
    return bool(one.name & other.name) or (one.age is not None and one.age == other.age) or one.noun == other.noun


def distinct(people: Iterable[Person]) -> tuple[Person, ...]:
    """Return people who are told apart from one another, the best described first: no two of them can be one person.

    >>> len(distinct([Person(sex="he"), Person(), Person(sex="she"), Person(sex="she", age=9)]))
    2
    """
    found: list[Person] = []
    for someone in sorted(people, key=_said, reverse=True):
        if all(differ(someone, other) for other in found):
            found.append(someone)
    return tuple(found)


def _said(someone: Person) -> tuple[int, int, int, str, str, int]:
    known = (someone.sex, someone.age, someone.grown, someone.name, someone.class_)
    length = sum(value not in ("", None, frozenset()) for value in known)
    return length, len(someone.name), someone.age or 0, someone.sex, " ".join(sorted(someone.name)), someone.doer
