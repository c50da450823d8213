"""The words that the rules of this room look for, from `words.toml`."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources


@cache
def lexicon() -> Mapping[str, tuple[str, ...]]:
    """The word lists by name; see the comments in `words.toml`."""
    text = resources.files(__package__).joinpath("words.toml").read_text(encoding="utf-8")
    return {name: tuple(words) for name, words in tomllib.loads(text).items()}
