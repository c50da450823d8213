"""DOCX made by hand: tracked changes told apart, nothing fetched, nothing unpacked without end."""

import io
import time
import zipfile
from collections.abc import Callable, Mapping
from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corrobora.errors import BadInput, Refused
from corrobora.model import Text
from corrobora.text import docx
from corrobora.text.draft import covers

Extract = Callable[..., Text]
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)


def run(words: str, tag: str = "t") -> str:
    return f'<w:r><w:{tag} xml:space="preserve">{words}</w:{tag}></w:r>'


def para(inner: str, style: str = "", extra: str = "") -> str:
    return f"<w:p><w:pPr>{f'<w:pStyle w:val={style!r}/>' if style else ''}{extra}</w:pPr>{inner}</w:p>".replace(
        "'", '"'
    )


def made(body: str, others: Mapping[str, str] | None = None, declared: str = "") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "word/document.xml",
            f"<?xml version='1.0'?>{declared}<w:document {NAMES}><w:body>{body}</w:body></w:document>",
        )
        for name, content in (others or {}).items():
            archive.writestr(name, content)
    return out.getvalue()


def found(text: Text) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(text.text[s.start : s.end], s.kind, s.flags) for s in text.segments]


def test_a_deleted_name_is_kept_flagged_and_said(extract: Extract) -> None:
    body = (
        run("The witness ") + f"<w:del w:id='1'>{run('Jane Doe', 'delText')}</w:del>"
        f"<w:ins w:id='2'>{run('[name withheld]')}</w:ins>" + run(" saw 14 men.")
    )
    text = extract(made(para(body)), DOCX)
    assert found(text) == [
        ("The witness", "paragraph", ()),
        ("Jane Doe", "paragraph", ("deleted",)),
        ("[name withheld]", "paragraph", ("inserted",)),
        ("saw 14 men.", "paragraph", ()),
    ]
    assert text.text == "The witness Jane Doe [name withheld] saw 14 men."
    assert any("tracked changes inside" in problem for problem in text.problems)


def test_body_tables_notes_comments_and_feet(extract: Extract) -> None:
    row = "<w:tr>" + "".join(f"<w:tc>{para(run(words))}</w:tc>" for words in ("Kartov", "6")) + "</w:tr>"
    body = (
        para(run("Findings"), "Heading1") + para(run("Six men were") + "<w:r><w:br/></w:r>" + run("killed."))
        + f"<w:tbl>{row}</w:tbl>"
        + para(run("the market"), extra="<w:numPr/>")
        + para("<w:r><w:rPr><w:vanish/></w:rPr><w:t>secret words</w:t></w:r>")
    )  # fmt: skip
    notes = f"<w:footnotes {NAMES}><w:footnote>{para(run('Seen by two.'))}</w:footnote></w:footnotes>"
    comments = f"<w:comments {NAMES}><w:comment>{para(run('Check this.'))}</w:comment></w:comments>"
    foot = f"<w:ftr {NAMES}>{para(run('Page 1'))}</w:ftr>"
    text = extract(
        made(body, {"word/footnotes.xml": notes, "word/comments.xml": comments, "word/footer1.xml": foot}), DOCX
    )
    segments = {words: (kind, flags) for words, kind, flags in found(text)}
    assert covers(text.text, text.segments)
    assert segments["Six men were\nkilled."] == ("paragraph", ())
    assert segments["Kartov\t6"] == ("table", ())
    assert segments["the market"] == ("list_item", ())
    assert segments["secret words"] == ("paragraph", ("hidden",))
    assert segments["Seen by two."] == ("note", ())
    assert segments["Check this."] == ("note", ())
    assert segments["Page 1"] == ("furniture", ())
    assert {"comments inside: they are kept as notes", "holds text that a word processor would not show"} <= set(
        text.problems
    )


def test_a_text_box_is_read_once(extract: Extract) -> None:
    box = f"<w:txbxContent>{para(run('In the box.'))}</w:txbxContent>"
    either = f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    body = para(f"{run('Around it.')}<w:r><mc:AlternateContent>{either}</mc:AlternateContent></w:r>")
    assert sorted(extract(made(body), DOCX).text.split("\n\n")) == ["Around it.", "In the box."]


def test_properties_give_title_author_and_change_but_no_publication(extract: Extract) -> None:
    core = (
        "<p xmlns:d='x' xmlns:t='y'><d:title>Six killed</d:title><d:creator>Jane Doe</d:creator>"
        "<t:created>2025-01-01</t:created><t:modified>2025-06-15T08:00:00Z</t:modified></p>"
    )
    about = extract(made(para(run("Six men were killed.")), {"docProps/core.xml": core}), DOCX).metadata
    assert (about.title, about.author, about.published) == ("Six killed", "Jane Doe", "")
    assert about.modified == "2025-06-15T08:00:00+00:00"


def test_what_lies_outside_is_named_and_not_fetched(extract: Extract) -> None:
    link = "<R><r Type='x/attachedTemplate' Target='http://127.0.0.1:9/t.dotm' TargetMode='External'/></R>"
    text = extract(made(para(run("hello")), {"word/_rels/settings.xml.rels": link, "word/vbaProject.bin": "x"}), DOCX)
    assert "asks for something outside it (attachedTemplate), which was not fetched" in text.problems
    assert any("vbaProject" in problem for problem in text.problems)


def test_entities_are_never_expanded(extract: Extract) -> None:
    bomb = "<!DOCTYPE l [<!ENTITY a 'xxxxxxxxxx'><!ENTITY b '&a;&a;&a;&a;&a;'>]>"
    with pytest.raises(Refused, match="entities"):
        extract(made(para(run("&b;")), declared=bomb), DOCX)
    file = "<!DOCTYPE l [<!ENTITY a SYSTEM 'file:///etc/hostname'>]>"
    assert extract(made(para(run("before &a; after")), declared=file), DOCX).text.split() == ["before", "after"]


def test_a_part_that_unpacks_without_end_is_refused(extract: Extract, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docx, "MOST_BYTES", 10_000)
    with pytest.raises(Refused, match="unpacks to more than"):
        extract(made(para(run("x" * 20_000))), DOCX)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"hello", "damaged"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 100, "encrypted"),
        (made("").replace(b"word/document.xml", b"word/documenX.xml"), "not a DOCX"),
        (made(""), "no words in it"),
        (made(para(run("words")))[:150], "damaged"),
    ],
)
def test_what_cannot_be_read_says_why(extract: Extract, data: bytes, reason: str) -> None:
    with pytest.raises(BadInput, match=reason):
        extract(data, DOCX)


def test_any_flipped_byte_ends_in_a_text_or_a_reason(extract: Extract) -> None:
    whole = made(para(run("Six men were killed in the market.")))
    for at in range(0, len(whole), 7):
        data = whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :]
        try:
            text = extract(data, DOCX)
        except BadInput:
            continue
        assert covers(text.text, text.segments)


# ------------------------------------------------------------ a second reader

DISAGREE = "two readers disagree: one that knows no structure finds"
LONG = "Four people were killed in the market of Eskadir when shells hit it on Wednesday morning."


def disagreements(data: bytes) -> list[str]:
    return [problem for problem in docx.read(data).problems if problem.startswith("two readers disagree")]


@pytest.mark.parametrize("broken", ["<w:p><w:r", "</w:body>", '<w:p a="<">', "&", "<![CDATA["])
def test_what_a_damaged_file_still_holds_is_missed_and_said(broken: str) -> None:
    """The first reader may stop where the structure breaks; what follows is then not read, and never in silence."""
    data = made(para(run("Two were hurt.")) + broken + para(run(LONG)) + para(run(LONG)))
    text = docx.read(data).text
    assert text.count("Eskadir") == 2 or disagreements(data), text


def test_words_where_no_reader_looks_are_counted(extract: Extract) -> None:
    drawn = f'<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:t>{LONG}</a:t></a:graphic>'
    data = made(para(run("Two were hurt.") + f"<w:r><w:drawing>{drawn}</w:drawing></w:r>"))
    text = extract(data, DOCX)
    assert "Eskadir" in text.text or any(p.startswith(DISAGREE) for p in text.problems)


def test_the_same_words_for_older_programs_are_no_disagreement() -> None:
    both = (
        f"<mc:AlternateContent><mc:Choice Requires='wps'>{para(run(LONG))}</mc:Choice>"
        f"<mc:Fallback>{para(run(LONG))}</mc:Fallback></mc:AlternateContent>"
    )
    assert disagreements(made(para(run("Two were hurt.")) + f"<w:p><w:r>{both}</w:r></w:p>")) == []


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=30), max_size=6))
@settings(max_examples=40, deadline=None)
def test_two_readers_agree_on_whatever_is_well_formed(words: list[str]) -> None:
    body = "".join(para(run(escape(each)) + run(escape(each), "delText")) for each in (*words, LONG))
    assert disagreements(made(body)) == []


def test_a_second_reader_takes_no_longer_than_the_file_is_long() -> None:
    hostile = b"<mc:Fallback " * 200_000 + b"<w:t " * 200_000
    started = time.process_time()
    assert docx._second(hostile) == 0
    assert time.process_time() - started < 5
