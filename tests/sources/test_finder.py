"""Everything below what a user named, in a fixed order, each with its metadata or its problem."""

import io
import os
import sys
import zipfile
from email.message import EmailMessage
from pathlib import Path

import msgspec
import pytest

from corrobora import sources
from corrobora.errors import NotFound
from corrobora.model import Metadata, Reference, Source
from corrobora.settings import Limits
from corrobora.sources import media

USUAL = Limits()


def found(*paths: Path | str, limits: Limits = USUAL, defaults: Metadata = Metadata()) -> dict[str, Reference]:
    return {r.file: r for r in sources.find([Source(str(path), defaults) for path in paths], limits)}


def zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def test_a_folder_is_walked_in_order_with_paths_below_it(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/b/c.html", "photo.png"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"\x89PNG\r\n\x1a\n" if name.endswith("png") else b"words")
    refs = found(tmp_path, defaults=Metadata(outlet="Desk"))
    assert list(refs) == ["a/b/c.html", "a/z.txt", "b.txt", "photo.png"]
    assert refs["photo.png"].media_type == "image/png"
    assert refs["b.txt"].defaults.outlet == "Desk"
    assert refs["b.txt"].address == str((tmp_path / "b.txt").resolve())


def test_a_sidecar_is_metadata_and_other_json_is_a_file(tmp_path: Path) -> None:
    for name, content in {
        "a.txt": "words", "a.json": '{"title": "T", "lang": "en"}', "b.html": "<p>words",
        "b.html.json": '{"outlet": "O"}',
        "c.json": '{"title": "alone"}', "d.txt": "words", "d.json": "{broken", "e.txt": "words", "e.json": '{"x": 1}',
    }.items():  # fmt: skip
        (tmp_path / name).write_text(content)
    refs = found(tmp_path)
    assert refs["a.txt"].given == Metadata(title="T", language="en")
    assert refs["b.html"].given.outlet == "O"
    assert {name for name, r in refs.items() if r.media_type == media.SIDECAR} == {"a.json", "b.html.json"}
    assert {refs[name].media_type for name in ("c.json", "d.json", "e.json")} == {media.JSON}
    assert found(tmp_path / "a.txt")["a.txt"].given.title == "T"


def test_hidden_files_links_pipes_and_large_files_are_listed_not_read(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (tmp_path / "outside.txt").write_text("secret")
    (folder / ".hidden").write_text("x")
    (folder / "in.txt").write_text("words")
    (folder / "link.txt").symlink_to(folder / "in.txt")
    (folder / "out.txt").symlink_to(tmp_path / "outside.txt")
    (folder / "loop").symlink_to(folder)
    (folder / "broken").symlink_to(folder / "nowhere")
    (folder / "large.txt").write_bytes(b"x" * 1_000_001)
    os.mkfifo(folder / "pipe")
    refs = found(folder, limits=Limits(file_mb=1))
    assert {name for name, r in refs.items() if r.data is not None} == {"in.txt", "link.txt"}
    assert refs[".hidden"].media_type == media.HIDDEN
    assert "not followed" in refs["out.txt"].problem
    assert "not followed" in refs["loop"].problem
    assert "link to nothing" in refs["broken"].problem
    assert "too large" in refs["large.txt"].problem
    assert "not a regular file" in refs["pipe"].problem


ODD = (b"new\nline.txt", b"bad\xff\xfe.txt", "rtl\u202etxt.exe.txt".encode(), b"x" * 251 + b".txt", b"esc\x1b[2J.txt")


@pytest.mark.skipif(sys.platform == "darwin", reason="its file system takes no such names")
def test_names_that_no_person_would_choose_are_kept_and_cost_no_other_file_its_place(tmp_path: Path) -> None:
    for name in (*ODD, b"plain.txt"):
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_bytes(b"words of " + name[:9])
    refs = found(tmp_path)
    assert {r.data for r in refs.values()} == {b"words of " + name[:9] for name in (*ODD, b"plain.txt")}
    assert "bad\\xff\\xfe.txt" in refs
    assert refs["bad\\xff\\xfe.txt"].address.endswith("/bad\\xff\\xfe.txt")
    assert msgspec.json.encode(list(refs.values()))
    own = os.fsdecode(os.fsencode(tmp_path) + b"/bad\xff\xfe.txt")
    assert [r.file for r in sources.find([Source(own)], USUAL)] == ["bad\\xff\\xfe.txt"]


def test_halves_of_characters_in_what_is_known_of_a_report_are_spelled(tmp_path: Path) -> None:
    """JSON lets them stand; no record can keep them."""
    (tmp_path / "t.jsonl").write_text(
        '{"id": "a\\ud800", "text": "Words\\udfff.", "title": "x\\ud83d", "url": "http://x.example/\\udc80"}\n'
        '{"id": 2, "text": "More words."}\n'
    )
    (tmp_path / "s.json").write_text('{"title": "a\\ud800", "outlet": "\\udfff"}')
    (tmp_path / "s.txt").write_text("words")
    refs = found(tmp_path, defaults=Metadata(author="\udcff"))
    assert msgspec.json.encode(list(refs.values()))
    assert refs["s.txt"].given == Metadata(title="a\\ud800", outlet="\\udfff")
    assert {r.defaults.author for r in refs.values()} == {"\\xff"}
    row = refs["t.jsonl#a\\ud800"]
    assert (row.container, row.given.title) == ("t.jsonl", "x\\ud83d")
    assert row.address[: -len("#a\\ud800")] == refs["t.jsonl"].address, "the table is found by what its row begins with"


def test_folders_within_folders_end_at_a_depth_and_say_so(tmp_path: Path) -> None:
    before = Path.cwd()
    try:
        os.chdir(tmp_path)
        for _ in range(130):
            Path("a").mkdir()
            os.chdir("a")
        Path("z.txt").write_text("words")
    finally:
        os.chdir(before)
    (tmp_path / "b.txt").write_text("words")
    refs = list(found(tmp_path).values())
    assert [(r.file[:4], r.problem) for r in refs] == [
        ("a/a/", "more than 100 folders deep: not opened"),
        ("b.tx", ""),
    ]


def test_a_path_that_is_not_there_is_said_before_anything_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    with pytest.raises(NotFound, match="no such file"):
        sources.find([Source(str(tmp_path / "a.txt")), Source(str(tmp_path / "b.txt"))], Limits())


def test_an_archive_comes_first_and_then_its_members(tmp_path: Path) -> None:
    inner = zipped({"deep.txt": b"deep words"})
    (tmp_path / "x.zip").write_bytes(
        zipped(
            {
                "m/a.txt": b"words",
                "m/a.json": b'{"outlet": "O"}',
                "b.json": b'{"outlet": "alone"}',
                "in.zip": inner,
                "t.csv": b"id,text\n7,row\n",
            }
        )
    )
    refs = found(tmp_path)
    assert list(refs) == [
        "x.zip", "x.zip!/in.zip", "x.zip!/in.zip!/deep.txt", "x.zip!/m/a.txt", "x.zip!/t.csv", "x.zip!/t.csv#7",
        "x.zip!/b.json", "x.zip!/m/a.json",
    ]  # fmt: skip
    assert refs["x.zip"].media_type == media.ZIP
    assert refs["x.zip!/m/a.txt"].given.outlet == "O"
    assert refs["x.zip!/m/a.json"].media_type == media.SIDECAR
    assert refs["x.zip!/b.json"].media_type == media.JSON
    assert refs["x.zip!/in.zip!/deep.txt"].container == "x.zip!/in.zip"


def test_archives_inside_archives_end_at_the_limit(tmp_path: Path) -> None:
    data = zipped({"a.txt": b"words"})
    for _ in range(4):
        data = zipped({"in.zip": data})
    (tmp_path / "x.zip").write_bytes(data)
    refs = list(found(tmp_path, limits=Limits(depth=2)).values())
    assert refs[-1].data is None
    assert "nested more than 2 deep" in refs[-1].problem


def test_a_damaged_archive_is_kept_and_its_members_are_a_problem(tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(b"PK\x03\x04 damaged")
    refs = found(tmp_path)
    assert refs["x.zip"].data is not None
    assert "damaged" in refs["x.zip!/"].problem
    assert refs["x.zip!/"].container == "x.zip"


def test_mail_mailboxes_and_their_attachments(tmp_path: Path) -> None:
    message = EmailMessage()
    message["Subject"] = "x"
    message.set_content("words")
    message.add_attachment("attached", filename="a.txt")
    (tmp_path / "m.eml").write_bytes(message.as_bytes())
    (tmp_path / "x.mbox").write_bytes(b"From jane Sat Jun 14 09:30:00 2025\n" + message.as_bytes())
    refs = found(tmp_path)
    assert list(refs) == ["m.eml", "m.eml!/a.txt", "x.mbox", "x.mbox!/1.eml", "x.mbox!/1.eml!/a.txt"]
    assert refs["x.mbox!/1.eml!/a.txt"].data == b"attached\n"


def test_tables_come_first_and_then_their_rows(tmp_path: Path) -> None:
    (tmp_path / "t.jsonl").write_text('{"id": "A", "text": "one"}\n{"id": "B", "text": "two"}\n')
    (tmp_path / "u.csv").write_text("a,b\n1,2\n")
    refs = found(tmp_path)
    assert list(refs) == ["t.jsonl", "t.jsonl#A", "t.jsonl#B", "u.csv"]
    assert refs["u.csv"].data is not None
    assert "no text column" in refs["u.csv"].problem


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    class Input:
        buffer = io.BytesIO(b"%PDF-1.4 x")

    monkeypatch.setattr(sys, "stdin", Input())
    assert found("-")["-"].media_type == "application/pdf"


def test_bytes_that_belie_the_name_are_said(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"%PDF-1.4")
    assert found(tmp_path)["a.txt"].problem == "named .txt, but its content is application/pdf"


@pytest.mark.corpora
def test_every_input_of_the_bad_corpus_is_kept_or_named(shared: Path) -> None:
    refs = list(sources.find([Source(str(shared / "data" / "badinput"))], Limits()))
    assert len(refs) > 2_000
    assert all(reference.data is not None or reference.problem for reference in refs)
    assert len({reference.file for reference in refs}) == len(refs)
