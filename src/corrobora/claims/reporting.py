"""The words by which reports say who says so: `reporting.toml`, with what a project adds."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from corrobora.settings import Settings

Words = Mapping[str, frozenset[str]]


@cache
def _shipped() -> dict[str, frozenset[str]]:
    raw = tomllib.loads(files(__package__).joinpath("reporting.toml").read_text(encoding="utf-8"))
    evidence = {f"evidence.{kind}": frozenset(words) for kind, words in raw.pop("evidence").items()}
    return {name: frozenset(words) for name, words in raw.items()} | evidence


def reporting_words(settings: Settings) -> Words:
    """Return the word lists of `reporting.toml`, with what the project adds as `reporting_NAME`.

    >>> "say" in reporting_words(Settings())["speech"]
    True
    """
    added = {
        name.removeprefix("reporting_"): frozenset(word.lower() for word in more)
        for name, more in settings.words.lexicon.items()
        if name.startswith("reporting_")
    }
    return {name: words | added.get(name, frozenset()) for name, words in _shipped().items()}
