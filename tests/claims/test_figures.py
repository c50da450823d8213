"""Figures: every quantity of a sentence, and what it counts. The guards decide trust."""

import json
import time
import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from corrobora.claims import figures, shapes

SENTENCES = tomllib.loads((Path(__file__).parent / "sentences_figures.toml").read_text(encoding="utf-8"))["sentence"]
ABOUT = {
    "people", "unknown", "age", "date", "distance", "duration", "event", "money", "ordinal", "other", "percent",
    "place", "section", "strength", "time", "vehicles", "weapon",
}  # fmt: skip


def line(figure: figures.Figure) -> str:
    low, high = ("-" if n is None else str(n) for n in (figure.count.low, figure.count.high))
    return f"{figure.count.text} | {low} | {high} | {figure.count.qualifier} | {figure.about}"


@pytest.mark.parametrize("sentence", SENTENCES, ids=lambda s: s["text"][:40])
def test_sentence_gives_its_figures(nlp: Language, sentence: dict[str, Any]) -> None:
    found = [line(f).lower() for f in figures.find(nlp(sentence["text"]), {})]
    assert found == [wanted.lower() for wanted in sentence["figures"]]


def test_the_sentences_are_many_and_different() -> None:
    assert len({s["text"] for s in SENTENCES}) == len(SENTENCES) >= 75


def test_a_project_may_say_what_dozens_are(nlp: Language) -> None:
    (found,) = figures.find(nlp("Dozens of people died."), {"dozens": 30})
    assert (found.count.low, found.count.high) == (30, None)


def test_the_unit_is_the_noun_that_is_counted(nlp: Language) -> None:
    doc = nlp("At least 31 Catholic farm workers were killed; two of the wounded died.")
    units = [doc[f.unit].text for f in figures.find(doc, {}) if f.unit is not None]
    assert units == ["workers", "wounded"]


def test_a_bare_figure_has_no_unit(nlp: Language) -> None:
    (found,) = figures.find(nlp("The bomb exploded, killing 45."), {})
    assert (found.unit, found.about) == (None, "unknown")


def test_a_figure_does_not_reach_over_a_blank_line_or_a_date(nlp: Language) -> None:
    doc = nlp("He was seen on page 12\n\n300 people fled on 5 June 200 times.")
    assert [f.count.low for f in figures.find(doc, {}) if f.about == "people"] == [300]


def test_a_figure_reaches_over_a_wrapped_line(nlp: Language) -> None:
    (found,) = figures.find(nlp("Police say that about\n50 peasants were killed."), {})
    assert (found.count.text, found.about) == ("about\n50", "people")


def test_masks_never_overlap_and_keep_their_order() -> None:
    found = shapes.masks("At 10:17 am on March 10, 2025 they paid $5,000 for 9 mm pistols (555-0142).")
    assert [why for *_, why in found] == ["time", "date", "money", "weapon", "other"]
    assert all(a[1] <= b[0] for a, b in pairwise(found))


@pytest.mark.parametrize(
    "piece", ["1 ", "5-", "March 1, ", "1,", "9", "$", "a@", "one hundred and ", "\n \n", "10 to ", ".5"]
)
def test_no_text_takes_more_than_linear_time(piece: str) -> None:
    began = time.process_time()
    shapes.masks(piece * (20_000 // len(piece)))
    assert time.process_time() - began < 5  # seconds; quadratic patterns took a minute


WORDS = st.sampled_from(
    [
        "at",
        "least",
        "more",
        "than",
        "up",
        "to",
        "about",
        "nearly",
        "some",
        "5",
        "12",
        "1,200",
        "2025",
        "March",
        "10",
        "May",
        "-",
        "–",
        "$",
        "%",
        "two",
        "hundred",
        "and",
        "a",
        "dozen",
        "dozens",
        "of",
        "people",
        "civilians",
        "killed",
        "trucks",
        "year",
        "old",
        "aged",
        "between",
        "or",
        "no",
        "one",
        "none",
        "both",
        "others",
        ",",
        ".",
        "(",
        ")",
        "\n",
        "\n\n",
        "soldiers",
        "'the",
        "one",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.one_of(st.lists(WORDS, max_size=25).map(" ".join), st.text(max_size=80)))
def test_any_text_gives_figures_that_stand_in_it(nlp: Language, text: str) -> None:
    doc = nlp(text)
    found = figures.find(doc, {})
    for figure in found:
        count = figure.count
        assert count.text == doc.text[count.start : count.end] == doc[figure.start : figure.end].text != ""
        assert count.low is None or count.high is None or 0 <= count.low <= count.high
        assert figure.about in ABOUT
        assert figure.unit is None or 0 <= figure.unit < len(doc)
    assert all(a.end <= b.start for a, b in pairwise(found))


@pytest.mark.corpora
def test_no_trap_of_the_coded_reports_is_read_as_people(nlp: Language, shared: Path) -> None:
    folder = shared / "cases" / "reports"
    gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    people = []
    for name, coded in gold["documents"].items():
        path = folder / "docs" / f"{name}.txt"
        if coded["lang"] != "en" or coded["distractor"] or not path.exists():
            continue
        traps = [(t["start"], t["end"], t["why"]) for t in coded["traps"] if t["cls"] == "not_casualty"]
        for figure in figures.find(nlp(path.read_text(encoding="utf-8")), {}):
            if figure.about == "people" and figure.count.low is not None:
                people += [(name, figure.count.text, why) for a, b, why in traps if a <= figure.count.start < b]
    assert not [p for p in people if "crowd" not in p[2]]  # a crowd is people: its verb says that it came to no harm
