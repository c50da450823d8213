"""Clean characters, drafts in order, and the proof that segments cover a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corrobora.errors import Refused
from corrobora.model import Segment
from corrobora.text import draft as draft_module
from corrobora.text.draft import Draft, clean, covers


@given(st.text())
def test_clean_text_has_no_control_characters_and_stays_clean(words: str) -> None:
    text, _ = clean(words)
    assert not any((c < " " and c not in "\n\t") or "\x7f" <= c < "\xa0" or "\ud800" <= c < "\ue000" for c in text)
    assert clean(text)[0] == text


def test_bidirectional_controls_stay_and_are_noted() -> None:
    text, problems = clean("The \u202egnitset\u202c witness")
    assert "\u202e" in text
    assert "2 bidirectional controls" in problems[0]


def test_invisible_characters_go_and_line_ends_become_one() -> None:
    text, problems = clean("a\u200bb\u00adc\r\nd\re\u2028f\u00a0g")
    assert text == "abc\nd\ne\nf g"
    assert problems == ("2 invisible characters were left out",)


def test_a_draft_lays_segments_one_after_another() -> None:
    draft = Draft()
    draft.add(" One. ", "title")
    draft.add("   ", "paragraph")
    draft.add("Two.", "paragraph", ("hidden",), " ")
    assert draft.text == "One. Two."
    assert draft.segments == [Segment(0, 4, "title"), Segment(5, 9, "paragraph", ("hidden",))]


def test_text_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(draft_module, "MOST_CHARACTERS", 10)
    with pytest.raises(Refused, match="more than 10 characters"):
        Draft().put("eleven char")


@pytest.mark.parametrize(
    "segments",
    [[(0, 1)], [(0, 1), (0, 3)], [(2, 3), (0, 1)], []],
)
def test_a_gap_an_overlap_or_disorder_is_no_cover(segments: list[tuple[int, int]]) -> None:
    assert not covers("a b", [Segment(start, end, "paragraph") for start, end in segments])
