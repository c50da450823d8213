"""The short word lists of single rules, from `wordlists.toml`: what a rule looks at, not what a project extends."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def _lists() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("wordlists.toml").read_text(encoding="utf-8"))


def wordlist(name: str) -> frozenset[str]:
    """Return the lower-case words of a list by its dotted name.

    >>> "near" in wordlist("place.into")
    True
    """
    section, key = name.split(".")
    return frozenset(_lists()[section][key].split())
