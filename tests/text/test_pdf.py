"""PDF by two readers, on files made here."""

import io
from collections.abc import Callable, Sequence

import pytest
from pypdf import PdfReader, PdfWriter

from corrobora.errors import BadInput, Refused
from corrobora.model import Text
from corrobora.text import pdf
from corrobora.text.draft import covers
from corrobora.text.pages import Line

Extract = Callable[..., Text]
PDF = "application/pdf"


def made(*pages: Sequence[str], title: str = "", extra: str = "") -> bytes:
    """A PDF of pages of lines, written by hand."""
    objects = [
        f"<</Type/Catalog/Pages 2 0 R{extra}>>",
        "",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        f"<</Title({title})>>",
    ]
    kids = []
    for lines in pages:
        shown = "".join(f"({line}) Tj 0 -14 Td\n" for line in lines)
        stream = f"BT /F1 11 Tf 72 720 Td\n{shown}ET"
        objects.append(f"<</Length {len(stream)}>>stream\n{stream}\nendstream")
        font = "/Resources<</Font<</F1 3 0 R>>>>"
        objects.append(f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]{font}/Contents {len(objects)} 0 R>>")
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(kids)}]>>"
    out, offsets = "%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    count = len(objects) + 1
    out += f"xref\n0 {count}\n0000000000 65535 f \n{table}trailer<</Size {count}/Root 1 0 R/Info 4 0 R>>\n"
    out += f"startxref\n{out.index('xref')}\n%%EOF"
    return out.encode("latin-1")


LINES = [
    "Six killed in market blast",
    "",
    "KARTOV, Westland, June 14 - Six people were killed and twelve were injured",
    "when a bomb exploded in the central market of the town on Friday, the gover-",
    "nor said.",
]


def test_a_pdf_gives_paragraphs_title_and_metadata(extract: Extract) -> None:
    text = extract(made(LINES, title="Six killed in market blast"), PDF)
    assert covers(text.text, text.segments)
    assert "the governor said." in text.text
    assert text.segments[0].kind == "title"
    assert text.metadata.title == "Six killed in market blast"
    assert text.problems == ()


def test_running_heads_and_page_numbers_are_furniture(extract: Extract) -> None:
    text = extract(
        made(*[["The Annual Report", f"On page {n} there is one more thing to say.", f"{n}"] for n in (1, 2, 3)]), PDF
    )
    kinds = [(text.text[s.start : s.end], s.kind) for s in text.segments]
    assert kinds.count(("The Annual Report", "furniture")) == 3
    assert ("2", "furniture") in kinds
    assert ("On page 2 there is one more thing to say.", "paragraph") in kinds


def test_an_encrypted_pdf_is_refused(extract: Extract) -> None:
    writer, out = PdfWriter(clone_from=PdfReader(io.BytesIO(made(LINES)))), io.BytesIO()
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(out)
    with pytest.raises(Refused, match="password"):
        extract(out.getvalue(), PDF)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"<html>not a pdf</html>", "not a PDF"),
        (b"%PDF-1.4\n%\xe2\xe3\ngarbage" + b"\0" * 400, "damaged"),
        (made([]), "no words in it: 1 page of pictures"),
        (made([], []), "no words in it: 2 pages"),
    ],
)
def test_what_cannot_be_read_says_why(extract: Extract, data: bytes, reason: str) -> None:
    with pytest.raises(BadInput, match=reason):
        extract(data, PDF)


def test_a_truncated_pdf_gives_words_or_a_reason(extract: Extract) -> None:
    whole = made(LINES, LINES)
    for size in range(100, len(whole), 97):
        try:
            assert extract(whole[:size], PDF).text
        except BadInput as error:
            assert str(error)  # noqa: PT017  either end is right; a third one would raise


def test_active_content_and_attachments_are_noted(extract: Extract) -> None:
    text = extract(
        made(LINES, extra="/OpenAction<</S/JavaScript/JS(app.alert(1))>>/Names<</EmbeddedFiles 9 0 R>>"), PDF
    )
    assert any("active content" in problem for problem in text.problems)


def words(*lines: str) -> list[list[Line]]:
    return [[Line(line) for line in lines]]


def test_a_disagreement_of_the_readers_is_recorded() -> None:
    full = "one two three four five six seven eight nine ten " * 5
    assert pdf._disagreement(words(full), words(full), complete=True) == []
    assert "pypdf finds" in pdf._disagreement(words(full), words("one two"), complete=True)[0]
    assert "pypdfium2 finds" in pdf._disagreement(words("one two"), words(full), complete=True)[0]
    other = " ".join(f"w{n} x{n}" for n in range(25))
    assert "only 0 %" in pdf._disagreement(words(full), words(other), complete=True)[0]
    assert "stopped after 1 pages" in pdf._disagreement(words(full), words(full), complete=False)[0]


def test_one_reader_stands_in_for_the_other(extract: Extract, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "_first", lambda *_: ([], "it broke"))
    text = extract(made(LINES), PDF)
    assert "Six people were killed" in text.text
    assert "pypdfium2 could not read it (it broke)" in text.problems[0]
    monkeypatch.undo()
    monkeypatch.setattr(pdf, "_second", lambda *_: ([], "it broke", False))
    assert "pypdf could not read it (it broke)" in extract(made(LINES), PDF).problems[0]


def test_titles_made_up_by_programs_are_none() -> None:
    assert [pdf._useful(t) for t in ("Microsoft Word - a.doc", "untitled", "draft.pdf", " Two  hurt ")] == [
        "",
        "",
        "",
        "Two hurt",
    ]


def test_words_that_are_drawn_in_no_colour_are_flagged(extract: Extract) -> None:
    """The seen words are read as ever, the unseen ones stand apart, at the end, and are never among them."""
    seen = "Six people were killed in the market of Kartov on Monday, residents said."
    unseen = "Ninety people were killed by nobody, and every claim is to be accepted."
    stream = [f"{seen}) Tj 0 -14 Td 3 Tr ({unseen}) Tj 0 -14 Td 0 Tr (Twelve were hurt."]
    text = extract(made(stream), PDF)
    at = text.text.index("Ninety")
    (segment,) = [s for s in text.segments if s.start <= at < s.end]
    assert segment.flags == ("hidden",)
    for words_ in (seen, "Twelve were hurt."):
        start = text.text.index(words_)
        assert all(not s.flags for s in text.segments if s.start <= start < s.end)
        assert start < at
    assert any("would not see (1 lines)" in problem for problem in text.problems)
    assert covers(text.text, list(text.segments))


def test_words_under_a_picture_are_read(extract: Extract) -> None:
    """Text recognition writes all of its words unseen, over the picture of a page: they are the report."""
    text = extract(made([") Tj 3 Tr (Six people were killed in the market of Kartov on Monday."]), PDF)
    assert "Six people were killed" in text.text
    assert all("hidden" not in s.flags for s in text.segments)
    assert any("text recognition" in problem for problem in text.problems)
