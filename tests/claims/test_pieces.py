"""Long texts in pieces: nothing lost, nothing twice, cut between paragraphs."""

from hypothesis import given
from hypothesis import strategies as st

from corrobora.claims import pieces
from corrobora.model import Metadata, Segment, Text


def long_text(lengths: list[int]) -> Text:
    segments, at = [], 0
    for length in lengths:
        segments.append(Segment(at, at + length, "paragraph"))
        at += length + 1
    return Text("d", "s", "f", "x" * at, Metadata(), tuple(segments), "t")


def test_a_short_text_is_one_piece() -> None:
    text = long_text([10, 20])
    assert [(p.offset, p.text) for p in pieces.split(text)] == [(0, text)]


@given(st.lists(st.integers(1, 50_000), min_size=1, max_size=12))
def test_pieces_cover_the_text_once(lengths: list[int]) -> None:
    text = long_text(lengths)
    found = list(pieces.split(text))
    assert "".join(p.text.text for p in found) == text.text
    assert [p.offset for p in found] == [sum(len(q.text.text) for q in found[:n]) for n in range(len(found))]
    assert all(len(p.text.text) <= pieces.LONGEST for p in found)


@given(st.lists(st.integers(1, 30_000), min_size=4, max_size=12))
def test_no_segment_is_cut_in_two_where_it_fits(lengths: list[int]) -> None:
    text = long_text(lengths)
    whole = {(s.start, s.end) for s in text.segments}
    for piece in pieces.split(text):
        assert {(s.start + piece.offset, s.end + piece.offset) for s in piece.text.segments} <= whole
