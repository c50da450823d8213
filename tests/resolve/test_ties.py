"""Which place the text says to lie in which."""

import re

import pytest

from corrobora.resolve.ties import Tie, ties
from corrobora.resolve.toponyms import Toponym


def names_of(words: str) -> tuple[str, tuple[Toponym, ...]]:
    """Read names marked by brackets: '[Sefo] in [Segou]'."""
    plain, found = "", []
    for piece in re.split(r"(\[[^\]]*\])", words):
        if piece.startswith("["):
            name = piece[1:-1]
            kinds = frozenset({"admin1"}) if name.endswith("State") else frozenset[str]()
            found.append(Toponym(len(plain), len(plain) + len(name), name, name, kinds, False, "name"))
            plain += name
        else:
            plain += piece
    return plain, tuple(found)


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("[Sefo] in [Segou]", "in"),
        ("[Sefo], in the central province of [Segou]", "in"),
        ("[Sefo], a farming village in [Segou]", "in"),
        ("[Sefo] neighbourhood of [Segou]", "in"),
        ("[Sefo], in the far east of [Mali]", "in"),
        ("[Sefo], [Segou]", "comma"),
        ("[Sefo] ([Segou])", "comma"),
        ("[Sefo], near [Segou]", "near"),
        ("[Sefo], a village near the town of [Segou]", "near"),
        ("[Sefo], some 40 kilometres from [Segou]", "near"),
        ("[Sefo], north of [Segou]", "beside"),
        ("[Sefo], just south-east of [Segou]", "beside"),
        ("[Sefo], [Segou] and [Gao]", "list"),
    ],
)
def test_the_left_lies_by_the_right(words: str, wanted: str) -> None:
    assert ties(*names_of(words))[0] == Tie(0, 1, wanted)


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("[Mali]'s [Sefo]", "owned"),
        ("[Mali]’s northern city of [Gao]", "owned"),
        ("[Niger State] town of [Sefo]", "in"),
    ],
)
def test_the_right_lies_in_the_left(words: str, wanted: str) -> None:
    assert ties(*names_of(words)) == (Tie(1, 0, wanted),)


@pytest.mark.parametrize(
    "words",
    [
        "[Sefo] and [Segou]",
        "[Sefo]. In [Segou]",
        "[Sefo] was attacked by men who came in [Segou]",
        "[Sefo] villagers told reporters in [Segou]",
        "men left [Sefo] to reach [Segou]",
        "[Sefo]\n\nin [Segou]",
        "[Sefo]",
        "",
    ],
)
def test_no_tie(words: str) -> None:
    assert ties(*names_of(words)) == ()


def test_names_of_a_title_are_not_tied() -> None:
    title = Toponym(-1, -1, "Sefo", "Sefo", frozenset(), False, "title")
    words, names = names_of("[Sefo] in [Segou]")
    assert ties(words, (*names, title)) == (Tie(0, 1, "in"),)
