from hypothesis import given
from hypothesis import strategies as st

from corrobora.model import Segment
from corrobora.web.marks import Block, Mark, Piece, blocks, cut

TEXTS = st.text(max_size=60)
MARKS = st.lists(
    st.builds(Mark, st.integers(-5, 70), st.integers(-5, 70), st.sampled_from(["a", "b", "c", "d"])), max_size=8
)


def segments(edges: list[int]) -> list[Segment]:
    ordered = sorted(edges)
    return [Segment(a, b, "paragraph") for a, b in zip(ordered[::2], ordered[1::2], strict=False)]


def covered(pieces: tuple[Piece, ...], label: str) -> set[int]:
    return {n for p in pieces if label in p.labels for n in range(p.start, p.end)}


@given(TEXTS, MARKS)
def test_pieces_join_to_the_text_and_cover_each_mark_exactly(text: str, marks: list[Mark]) -> None:
    pieces = cut(text, marks)
    assert "".join(p.text for p in pieces) == text
    assert all(p.text == text[p.start : p.end] for p in pieces)
    for label in {m.label for m in marks}:
        meant = {n for m in marks if m.label == label for n in range(max(m.start, 0), min(m.end, len(text)))}
        assert covered(pieces, label) == meant


@given(TEXTS, MARKS)
def test_a_label_opens_once_where_its_first_mark_begins(text: str, marks: list[Mark]) -> None:
    pieces = cut(text, marks)
    opened = [(label, p.start) for p in pieces for label in p.opens]
    assert len(opened) == len({label for label, _ in opened})
    for label, start in opened:
        assert start == min(covered(pieces, label))


@given(TEXTS, MARKS, st.lists(st.integers(0, 60), max_size=8, unique=True))
def test_blocks_join_to_the_text_and_keep_every_mark(text: str, marks: list[Mark], edges: list[int]) -> None:
    inside = segments([e for e in edges if e <= len(text)])
    found = blocks(text, inside, marks)
    pieces = tuple(p for b in found for p in b.pieces)
    assert "".join(p.text for p in pieces) == text
    assert [b.kind for b in found].count("paragraph") == len([s for s in inside if s.end > s.start])
    for label in {m.label for m in marks}:
        assert covered(pieces, label) == covered(cut(text, marks), label)


def test_a_claim_over_two_paragraphs_is_marked_in_both_and_opens_in_the_first() -> None:
    text = "First words.\n\nSecond words."
    found = blocks(text, [Segment(0, 12, "paragraph"), Segment(14, 27, "note", ("hidden",))], [Mark(6, 20, "c")])
    first, between, second = found
    assert (first.kind, between.kind, second.kind, second.flags) == ("paragraph", "", "note", ("hidden",))
    assert [p.opens for p in first.pieces] == [(), ("c",)]
    assert second.pieces[0] == Piece(14, 20, "Second", ("c",), ())


def test_no_segments_is_one_block() -> None:
    assert blocks("abc", [], []) == (Block("", (), (Piece(0, 3, "abc", ()),)),)
    assert blocks("", [], []) == ()
