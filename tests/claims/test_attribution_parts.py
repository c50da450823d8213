"""The parts that attribution rests on: quotations, names, abbreviations, carriers, headings."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from corrobora.claims.carriers import carriers
from corrobora.claims.frame import Frame, Stretch
from corrobora.claims.introduced import abbreviations, body_names, introductions, same_person
from corrobora.claims.outline import Outline
from corrobora.claims.phrases import phrase
from corrobora.claims.quotation import is_speech, quotations
from corrobora.claims.reporting import reporting_words
from corrobora.claims.speakers_in_text import Naming
from corrobora.claims.stance import verb_stance
from corrobora.model import Metadata, Segment, Text
from corrobora.settings import Settings, Words

WORDS = reporting_words(Settings())


def quoted(text: str) -> list[str]:
    paragraphs, start = [], 0
    for line in text.split("\n"):
        paragraphs.append((start, start + len(line)))
        start += len(line) + 1
    return [text[q.start : q.end] for q in quotations(text, paragraphs)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said: "We lost ten men."', ['"We lost ten men."']),
        ("“One,” he said. “Two.”", ["“One,”", "“Two.”"]),
        ("the ‘Coastal Brigade’ formed", ["‘Coastal Brigade’"]),
        ("the brothers’ and sisters’ house", []),
        ("It's 5' tall and they're Syria's", []),
        ("kills 'many' people", ["'many'"]),
        ('a 20" shell and a 10" one', []),
        ("«Nous avons fui», dit-il", ["«Nous avons fui»"]),
        ('"No closing mark here', ['"No closing mark here']),
    ],
)
def test_what_stands_between_marks(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


def test_a_speech_over_paragraphs_is_one_speech() -> None:
    text = "“They came at night.\n“We ran,” said Ben.\nHe left."
    lines = [(0, 20), (21, 40), (41, 49)]
    first, second = quotations(text, lines)
    assert (first.part_of, second.part_of) == (-1, 0)
    assert second.speech


@given(st.text(alphabet="ab '\"“”‘’«».,\n", max_size=60))
def test_quotations_stand_in_order_and_apart(text: str) -> None:
    found = quotations(text, [(0, len(text))])
    assert all(0 <= q.start < q.end <= len(text) for q in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


def test_one_word_in_marks_is_no_speech() -> None:
    assert not is_speech("‘liberated’")
    assert not is_speech('"beat outs,"')
    assert is_speech('"We have lost ten."')


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the Kelvan Observatory for Human Rights (KOHR) said", {"KOHR": "Kelvan Observatory for Human Rights"}),
        ("the Norran Liberation Army (the NLA) said", {"NLA": "Norran Liberation Army"}),
        ("three rebels (ABC) died", {}),
        ("Selm (Reuters)", {}),
        ("", {}),
    ],
)
def test_abbreviations_are_expanded_by_their_initials(text: str, expected: dict[str, str]) -> None:
    assert abbreviations(text) == expected


def test_introduced_persons_come_with_their_roles(nlp: Language) -> None:
    told = introductions(nlp("Mayor Petra Lindqvist spoke. The minister, John Tabo, left."), WORDS)
    assert "mayor" in told["Petra Lindqvist"]
    assert "minister" in told["John Tabo"]


def test_bodies_are_named_in_full(nlp: Language) -> None:
    found = [name for name, _ in body_names(nlp("In May the Kelvan Observatory for Detainees opened."), WORDS)]
    assert found == ["Kelvan Observatory for Detainees"]


@pytest.mark.parametrize(
    ("part", "full", "same"),
    [
        ("Isa", "Gambo Isa", True),
        ("Gambo", "Gambo Isa", True),
        ("al-Sharif", "Ahmad al-Sharif", True),
        ("Isa", "Isa", False),
        ("Gambo Isa", "Isa", False),
        ("Bello", "Gambo Isa", False),
        ("", "Gambo Isa", False),
    ],
)
def test_a_shorter_name_is_part_of_the_full_one(part: str, full: str, same: bool) -> None:
    assert same_person(part, full) is same


@pytest.mark.parametrize(
    ("words", "stance"),
    [
        ("The army denied it.", "denies"),
        ("The army did not deny it.", "asserts"),
        ("The army said it.", "asserts"),
        ("The army did not say it.", "cannot_confirm"),
        ("The army declined to say.", "cannot_confirm"),
        ("The army fears it.", "predicts"),
        ("The army justified it.", "justifies"),
    ],
)
def test_the_stance_of_a_verb(words: str, stance: str, nlp: Language) -> None:
    verbs = [t for t in nlp(words) if t.lemma_ in {"deny", "say", "fear", "justify"}]
    assert verb_stance(verbs[0], WORDS) == stance


def test_a_phrase_stops_at_a_dateline(nlp: Language) -> None:
    doc = nlp("Ondolo — The health ministry said ten died.")
    assert phrase(next(t for t in doc if t.text == "ministry")).text == "The health ministry"


def test_a_phrase_stops_where_a_paragraph_begins(nlp: Language) -> None:
    doc = nlp("Selm Police said ten died.")
    assert phrase(doc[1], starts={1}).text == "Police"


def test_sentences_never_cross_paragraphs(nlp: Language) -> None:
    words = "Ten killed\nPolice said so."
    segments = (Segment(0, 10, "title"), Segment(11, 26, "paragraph"))
    outline = Outline(nlp(words), Text("d", "s", "f", words, Metadata(), segments, "test"))
    assert [s.paragraph for s in outline.sentences] == sorted({s.paragraph for s in outline.sentences})
    assert outline.place(0) == 0
    assert outline.place(10_000) == -1


def test_reporters_carry_nothing_and_a_station_does(nlp: Language) -> None:
    for words, expected in (("Ben Arua told reporters it.", []), ("Ben Arua told Radio Selm it.", ["Selm"])):
        doc = nlp(words)
        told = next(t.i for t in doc if t.text == "told")
        frame = Frame(told, 0, told, 1, "told", "verb", 0, len(words))
        assert [t.text for t in carriers(frame, Stretch(doc, 0, len(doc)), WORDS)] == expected


def test_names_look_back_in_the_order_of_reading(nlp: Language) -> None:
    doc = nlp("Inspector Daud Karim spoke. He left. Ruben Sato came. He stayed.")
    naming = Naming(doc, WORDS)
    subjects = [t for t in doc if t.dep_ == "nsubj"]
    assert [naming.named(t).name for t in subjects] == ["Daud Karim", "Daud Karim", "Ruben Sato", "Ruben Sato"]


def test_a_pronoun_with_nobody_before_it_names_nobody(nlp: Language) -> None:
    doc = nlp("They left.")
    found = Naming(doc, WORDS).named(doc[0])
    assert (found.name, found.kind) == ("", "unnamed")


def test_project_words_join_the_shipped_ones() -> None:
    ours = reporting_words(Settings(words=Words(lexicon={"reporting_body": ("Moot",), "other_list": ("x",)})))
    assert "moot" in ours["body"]
    assert ours["body"] > WORDS["body"]


def test_a_sentence_is_not_cut_before_a_closing_mark_or_the_words_after_it(nlp: Language) -> None:
    words = "“Ten died.” she said. Five ran."
    doc = nlp.make_doc(words)
    for token in doc:
        token.is_sent_start = token.text in {"“", "”", "she", "Five"}
    outline = Outline(doc, Text("d", "s", "f", words, Metadata(), (), "test"))
    assert [words[s.start : s.end] for s in outline.sentences] == ["“Ten died.” she said.", "Five ran."]


def test_a_sentence_is_not_cut_in_the_middle_of_words(nlp: Language) -> None:
    words = "Selm State Police spoke."
    doc = nlp.make_doc(words)
    for token in doc:
        token.is_sent_start = token.text in {"Selm", "State"}
    assert len(Outline(doc, Text("d", "s", "f", words, Metadata(), (), "test")).sentences) == 1
