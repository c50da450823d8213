"""Classes of words by their vectors, as cues of the trained reader."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from corrobora.claims import lexicon
from corrobora.claims.trained.candidates import Entity, mentions
from corrobora.claims.trained.cues import Cues
from corrobora.claims.trained.word_classes import WordClasses, shipped
from corrobora.settings import Settings

EAST, NORTH = np.array([1.0, 0.0], np.float32), np.array([0.0, 1.0], np.float32)
TWO = {"A": np.stack([EAST, NORTH]), "B": np.stack([NORTH, EAST, -EAST])}


def knowing(**vectors: Any) -> Vocab:
    made = Vocab()
    for word, vector in vectors.items():
        made.set_vector(word, vector)
    return made


@pytest.fixture
def vocab() -> Vocab:
    return knowing(mill=EAST, bakery=EAST * 3 + NORTH, sang=NORTH, cold=-EAST)


@pytest.mark.parametrize(
    ("word", "expected"),
    [("mill", ("A0", "B1")), ("bakery", ("A0", "B1")), ("sang", ("A1", "B0")), ("cold", ("A1", "B2")), ("unheard", ())],
)
def test_a_word_is_of_the_class_whose_centre_is_nearest(vocab: Vocab, word: str, expected: tuple[str, ...]) -> None:
    classes = WordClasses(TWO)
    assert classes.of(word, vocab) == expected
    assert classes.of(word, vocab) == expected


def test_a_pipeline_with_other_vectors_or_none_has_no_classes_and_spoils_none(vocab: Vocab) -> None:
    classes = WordClasses(TWO)
    other = knowing(mill=np.ones(3, np.float32))
    assert classes.of("mill", Vocab()) == classes.of("mill", other) == ()
    assert classes.of("mill", vocab) == ("A0", "B1")


@settings(max_examples=20)
@given(st.tuples(st.floats(-9, 9, width=16), st.floats(-9, 9, width=16)).filter(any), st.floats(0.5, 8, width=16))
def test_only_the_direction_of_a_vector_matters(vector: tuple[float, float], factor: float) -> None:
    one, longer = (knowing(word=np.array(vector, np.float32) * np.float32(by)) for by in (1, factor))
    assert WordClasses(TWO).of("word", one) == WordClasses(TWO).of("word", longer)


def test_the_shipped_classes_hold_words_of_like_use_together(nlp: Language) -> None:
    def of(word: str) -> set[str]:
        return set(shipped().of(word, nlp.vocab))

    assert len(of("rifle")) == 2
    assert of("rifle") & of("grenade")
    assert of("peasant") & of("villagers")
    assert not of("rifle") & of("peasant")


def test_cues_name_the_classes_of_a_mention_and_of_the_words_above_it(nlp: Language) -> None:
    doc: Doc = nlp("Hooded men killed two villagers.")
    found = mentions(doc)
    cues = Cues(doc, found, [], lexicon.load(Settings()))
    at = {doc[m.head].text: cues.entity(Entity((i,), named=False)) for i, m in enumerate(found)}
    for place, word in (("h", "villagers"), ("g1", "kill")):
        assert {f"{place}{name}" for name in shipped().of(word, nlp.vocab)} <= at["villagers"]
    assert {f"w{name}" for name in shipped().of("hooded", nlp.vocab)} <= at["men"]
