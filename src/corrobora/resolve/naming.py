"""The words beside a place name: what kind of place 'X province', 'city of X' or 'X Hospital' is."""

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

# The kinds of place that a division's word tells, the most specific first.
KINDS = ("part", "settlement", "admin2", "admin1", "country")


@cache
def words() -> dict[str, dict[str, list[str]]]:
    """Return the tables of `naming.toml`, without its abbreviations."""
    return {name: table for name, table in _tables().items() if name != "abbreviations"}


@cache
def abbreviations() -> dict[str, str]:
    """Return the code of the first-order division that a newspaper's abbreviation stands for.

    >>> abbreviations()["Neb."]
    'US.NE'
    """
    table: dict[str, str] = _tables()["abbreviations"]
    return table


@cache
def _tables() -> dict[str, Any]:
    loaded: dict[str, Any] = tomllib.loads(files("corrobora.resolve").joinpath("naming.toml").read_text("utf-8"))
    return loaded


@cache
def kinds_of(word: str) -> frozenset[str]:
    """Return the kinds of place that a word such as 'oblast' or 'town' may tell; none for any other word.

    >>> sorted(kinds_of("Oblast")), sorted(kinds_of("canton")), kinds_of("dog")
    (['admin1'], ['admin1', 'admin2', 'part'], frozenset())
    """
    bare_word = " ".join(word.casefold().split())
    singular = bare_word.removesuffix("s")
    return frozenset(kind for kind, each in words()["division"].items() if bare_word in each or singular in each)


def _alternatives(table: list[str]) -> str:
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(table, key=len, reverse=True))


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    division = _alternatives([word for each in words()["division"].values() for word in each])
    facility = _alternatives(words()["facility"]["words"])
    after = re.compile(rf"^(?P<name>.*?\S)\s+(?P<word>{division})$", re.IGNORECASE | re.DOTALL)
    before = re.compile(
        rf"^(?:the\s+)?(?P<word>{division})\s+(?:of|de|du|d['’]|do|da)\s*(?P<name>\S.*)$", re.IGNORECASE | re.DOTALL
    )
    works = re.compile(rf"\s(?:{facility})$", re.IGNORECASE)
    follows = re.compile(rf"\s+(?:(?i:{division}|{facility})\b(?!\s+[A-Z])|(?:County|Parish)\b)")
    return after, before, works, follows


def facility_of(name: str) -> str:
    """Return what stands before the lower-case words of a building: 'Quetta' for 'Quetta railway station', else ''.

    >>> facility_of("Quetta railway station"), facility_of("Al-Noor Hospital")
    ('Quetta', '')
    """
    found = _patterns()[2].search(name)
    return name[: found.start()] if found and found[0].strip().islower() else ""


def after_name(words: str) -> int:
    """Return how many of the characters that follow a name tell its kind; 0 where they do not.

    >>> after_name(" local government area of"), after_name(" was")
    (22, 0)
    """
    found = _patterns()[3].match(words)
    return found.end() if found else 0


@cache
def parse(name: str) -> tuple[str, frozenset[str]]:
    """Split a name into its own words and the kinds of place that its other words tell.

    >>> parse("Bakori Local Government Area")
    ('Bakori', frozenset({'admin2'}))
    >>> parse("the city of Sumy")[0], parse("Lagos")
    ('Sumy', ('Lagos', frozenset()))
    """
    name = re.sub(r"^(?:the|The)\s+|['’]s?$", "", name.strip())
    after, before = _patterns()[:2]
    for pattern in (before, after):
        if found := pattern.match(name):
            return found["name"].strip(), kinds_of(found["word"])
    return name, frozenset()


@cache
def never() -> frozenset[str]:
    """Return the capitalised words, in lower case, that are no places though readers take them for some."""
    return frozenset(words()["never"]["words"])


@cache
def openers() -> re.Pattern[str]:
    """Return the pattern of words that open a sentence with a capital and are no part of the name after them."""
    return re.compile(rf"^(?:(?:{_alternatives(words()['never']['openers'])})\s+)+(?=\S)", re.IGNORECASE)


@cache
def _endings() -> frozenset[str]:
    return frozenset(words()["never"]["endings"])


def is_never(name: str) -> bool:
    """Say whether a capitalised name is no place, whatever took it for one: a day, a network, a train.

    >>> is_never("Friday"), is_never("Orient Express"), is_never("Datur")
    (True, True, False)
    """
    folded = " ".join(name.casefold().split())
    return folded in never() or folded.split(" ")[-1] in _endings() or openers().sub("", f"{folded} x") == "x"


@cache
def appositive() -> str:
    """Return, as a regular expression, how a noun of place ends that explains the name before it."""
    return rf"(?=\s*(?:[,.;()]|$)|\s+(?:{_alternatives(words()['appositive']['next'])})\b)"


@cache
def place_noun() -> str:
    """Return, as a regular expression, the nouns that name a kind of place ('town', 'district', 'market')."""
    table = words()["division"]
    return _alternatives([word for kind in ("settlement", "part", "admin2", "admin1") for word in table[kind]])


def bare(name: str) -> str:
    """Return a name without the words that tell its kind.

    >>> bare("Benue State"), bare("Departamento de Sonsonate")
    ('Benue', 'Sonsonate')
    """
    return parse(name)[0]


def is_body(words: str, start: int, name: str) -> bool:
    """Say whether what stands at `start` is, or belongs to, the name of a body that has a division's word in it.

    >>> is_body("the Department of Health", 18, "Health"), is_body("Orva School District", 0, "Orva School District")
    (True, True)
    >>> is_body("the department of Orva", 18, "Orva")
    False
    """
    before, after = _bodies()
    return bool(before.search(words, max(0, start - 30), start) or after.search(name))


@cache
def _bodies() -> tuple[re.Pattern[str], re.Pattern[str]]:
    heads, tails = (_alternatives([w.title() for w in words()["never"][name]]) for name in ("body_heads", "body_tails"))
    return re.compile(rf"\b(?:{heads})s?\s+(?:of|for)\s+(?:the\s+)?$"), re.compile(rf"\b(?:{tails})$")


def is_facility(name: str) -> bool:
    """Say whether the name is that of one building, work or natural feature.

    >>> is_facility("Al-Noor Hospital"), is_facility("Port Harcourt")
    (True, False)
    """
    return _patterns()[2].search(name) is not None
