"""Scope: an incident unless words say a period, a campaign or a rate."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from corrobora.claims.figures import Figure, find
from corrobora.claims.scope import scope

SENTENCES = tomllib.loads((Path(__file__).parent / "sentences_scope.toml").read_text(encoding="utf-8"))["sentence"]


def nearest(doc: Doc, trigger: int) -> Figure | None:
    counting = [f for f in find(doc, {}) if f.about in {"people", "unknown"}]
    return min(counting, key=lambda f: abs(f.start - trigger), default=None)


@pytest.mark.parametrize("sentence", SENTENCES, ids=lambda s: s["text"][:40])
def test_sentence_has_its_scope(nlp: Language, sentence: dict[str, Any]) -> None:
    doc = nlp(sentence["text"])
    trigger = next(t.i for t in doc if t.text == sentence["trigger"])
    assert scope(doc, trigger, nearest(doc, trigger))[0] == sentence["scope"]


def test_a_rate_is_known_without_its_figure(nlp: Language) -> None:
    doc = nlp("Children are killed every night.")
    assert scope(doc, 2, None) == ("rate", "every night")


def test_the_rule_is_named(nlp: Language) -> None:
    doc = nlp("Sixty men have been killed since March 6.")
    assert scope(doc, 4, nearest(doc, 4)) == ("total", "since")


WORDS = st.sampled_from([
    "killed", "died", "toll", "bringing", "the", "to", "12", "people", "since", "March", "6", "war", "began",
    "per", "day", "a", "week", "alone", "in", "past", "month", "so", "far", "this", "year", "between", "and",
    "Friday", "Sunday", ".", ",", ";", "\n\n", "has", "who",
])  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=16).map(" ".join))
def test_any_words_have_one_scope(nlp: Language, text: str) -> None:
    doc = nlp(text)
    for token in doc:
        assert scope(doc, token.i, nearest(doc, token.i))[0] in {"incident", "total", "rate"}
