"""The parse of a claim's sentence, as `explain-claim` shows it."""

from collections.abc import Callable

import pytest

from corrobora.claims import Reader
from corrobora.model import Text


def test_a_sentence_comes_word_by_word_with_its_tree(reader: Reader, written: Callable[..., Text]) -> None:
    text = written("Rain fell. Nine miners were killed, the mayor said. Snow fell.")
    words = reader.parse(text, text.text.index("Nine"), text.text.index(", the"))
    assert [w.text for w in words] == ["Nine", "miners", "were", "killed", ",", "the", "mayor", "said", "."]
    by_word = {w.text: w for w in words}
    assert words[by_word["Nine"].head].text == "miners"
    assert by_word["said"].label == "ROOT"
    assert words[by_word["said"].head].text == "said"
    assert by_word["killed"].tag == "VBN"


def test_capitals_are_shown_as_they_stand(reader: Reader, written: Callable[..., Text]) -> None:
    text = written("GUERRILLAS KILLED TEN PEASANTS IN THE VILLAGE OF SAN TELMO YESTERDAY.")
    words = reader.parse(text, 0, 20)
    assert words[0].text == "GUERRILLAS"
    assert all(w.text.isupper() or not w.text.isalpha() for w in words)


def test_words_over_two_sentences_give_both(reader: Reader, written: Callable[..., Text]) -> None:
    text = written("Two guards died. Their driver fled.")
    words = reader.parse(text, 4, text.text.index("fled"))
    assert sum(w.label == "ROOT" for w in words) == 2
    assert all(0 <= w.head < len(words) for w in words)


@pytest.mark.parametrize(("start", "end"), [(500, 510), (0, 0)])
def test_no_words_give_no_parse(reader: Reader, written: Callable[..., Text], start: int, end: int) -> None:
    assert not [w for w in reader.parse(written("Two guards died."), start, end) if start > 0 or end > 0]


def test_another_language_has_no_parse(reader: Reader, written: Callable[..., Text]) -> None:
    assert reader.parse(written("Deux gardes sont morts.", language="fr"), 0, 10) == ()
