"""Where sentences begin and end."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corrobora.model import Metadata, Segment, Text
from corrobora.resolve.sentences import paragraphs, sentences, turns


def text_of(words: str, segments: tuple[Segment, ...] = ()) -> Text:
    return Text("d_1", "", "a.txt", words, Metadata(), segments, "plain 1")


def split(words: str) -> list[str]:
    return [words[a:b].strip() for a, b in sentences(text_of(words))]


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("Two died. Three were hurt.", 2),
        ("Two died! Three were hurt? Yes.", 3),
        ("“Two died.” Three were hurt.", 2),
        ("Lt. Gen. Odo of St. Vell spoke. He left.", 2),
        ("It began at 10 p.m. Police came at once.", 2),
        ("It began at 10 p.m. Friday and went on.", 1),
        ("On Feb. 3 two died.", 1),
        ("The U.S. Embassy in Vell was hit.", 1),
        ("Mr. J. K. Odo spoke.", 1),
        ("The toll is 3.5 a day.", 1),
        ("He wrote so on X. An hour later he took it back.", 2),
        ("Malcolm X. Odo spoke.", 1),
        ("One line\nanother line", 2),
        ("A wrapped\nline.\n\nAnother paragraph", 2),
        ("   \n\n  ", 0),
        ("", 0),
    ],
)
def test_sentences_are_counted(words: str, count: int) -> None:
    assert len(split(words)) == count, split(words)


def test_no_sentence_crosses_a_segment() -> None:
    words = "A headline without a stop Two died in Vell. Three were hurt."
    segments = (Segment(0, 26, "title"), Segment(26, len(words), "paragraph"))
    assert [words[a:b].strip() for a, b in sentences(text_of(words, segments))] == [
        "A headline without a stop",
        "Two died in Vell.",
        "Three were hurt.",
    ]


@given(st.text(alphabet='ab. \n"”A?…1', max_size=80))
def test_sentences_are_in_order_apart_and_leave_out_only_white_space(words: str) -> None:
    found = sentences(text_of(words))
    assert all(a[1] <= b[0] for a, b in pairwise(found))
    kept = {i for a, b in found for i in range(a, b)}
    assert all(words[i].isspace() for i in range(len(words)) if i not in kept)
    assert all(a < b for a, b in paragraphs(text_of(words)))


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("Separately, two men were shot.", True),
        ("As previously reported, four died.", True),
        ("Background: the truce has held.", True),
        ("6/ For context: in May, four died.", True),
        ("Earlier this week, four died.", True),
        ("It will be recalled that four died.", True),
        ("In a separate incident, four died.", True),
        ("Four men were shot separately.", False),
        ("Backgrounds differ.", False),
        ("In a house in Vell, four died.", False),
        ("The last week was calm.", False),
    ],
)
def test_what_turns_to_another_event(words: str, wanted: bool) -> None:
    assert turns(words, 0) is wanted
    assert turns(f"Ten died. {words}", len("Ten died. ")) is wanted
