"""Modality: what happened, and every way in which words say that it did not, or not now."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from corrobora.claims.modality import modality

SENTENCES = tomllib.loads((Path(__file__).parent / "sentences_modality.toml").read_text(encoding="utf-8"))["sentence"]
MODALITIES = {"actual", "alleged", "attempted", "negated", "hypothetical", "future", "historical", "planned"}


def at(doc: Doc, word: str) -> int:
    return next(t.i for t in doc if t.text == word)


@pytest.mark.parametrize("sentence", SENTENCES, ids=lambda s: s["text"][:40])
def test_sentence_has_its_modality(nlp: Language, sentence: dict[str, Any]) -> None:
    doc = nlp(sentence["text"])
    assert modality(doc, at(doc, sentence["trigger"]))[0] == sentence["modality"]


def test_the_sentences_of_the_three_questions_are_many() -> None:
    names = ("figures", "scope", "modality")
    texts = [
        s["text"]
        for n in names
        for s in tomllib.loads((Path(__file__).parent / f"sentences_{n}.toml").read_text(encoding="utf-8"))["sentence"]
    ]
    assert len(set(texts)) == len(texts) >= 120


@pytest.mark.parametrize(
    ("published", "wanted"),
    [(date(2024, 6, 1), "historical"), (date(2020, 1, 9), "actual"), (date(2019, 7, 1), "actual"), (None, "actual")],
)
def test_a_year_is_old_only_by_the_date_of_the_report(nlp: Language, published: date | None, wanted: str) -> None:
    doc = nlp("In 2019 the rebels killed nine teachers.")
    assert modality(doc, at(doc, "killed"), published)[0] == wanted


def test_the_latest_year_of_the_text_stands_in_for_its_date(nlp: Language) -> None:
    doc = nlp("On 4 June 2024 a mine killed two men. In 1998 a mine killed seven men.")
    first, second = [t.i for t in doc if t.text == "killed"]
    assert (modality(doc, first)[0], modality(doc, second)) == ("actual", ("historical", "year 1998"))


WORDS = st.sampled_from([
    "killed", "kill", "to", "attack", "attempted", "if", "may", "not", "never", "will", "plot", "alleged", "in",
    "1999", "2024", "last", "year", "'s", "anniversary", "of", "the", "who", "was", "have", "been", "convicted",
    "without", "tried", "he", ".", ",", "\n\n", "May", "5",
])  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=16).map(" ".join))
def test_any_words_have_one_modality(nlp: Language, text: str) -> None:
    doc = nlp(text)
    for token in doc:
        assert modality(doc, token.i)[0] in MODALITIES
