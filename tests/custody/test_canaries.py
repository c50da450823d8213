"""Names planted wherever a file can hold one: read by the ordinary rooms, and in no redacted bundle."""

import io
import zipfile
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

import pytest

from corrobora import project
from corrobora.model import Metadata, Source
from corrobora.project import Project, Redact
from corrobora.publish import verify_bundle

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
# Where each name is planted; all are made up.
PLANTED = {
    "body": "Tamsin Overly",
    "speaker": "Corvan Dettle",
    "victim": "Ysolde Marrin",
    "file name": "Halden Brask",
    "folder": "Ortwin Pell",
    "author of a word file": "Lisbet Quarle",
    "tracked deletion": "Mirko Standish",
    "tracked insertion": "Petra Vollen",
    "who changed it": "Dunstan Ebbel",
    "page author": "Sorrel Inkpen",
    "page comment": "Bastian Frome",
    "hidden on the page": "Wendel Archer",
    "sender of a mail": "Ottilie Crane",
    "attachment": "Rufus Tenby",
    "sidecar": "Imke Salter",
    "decision": "Gerda Winslow",
    "reason": "Anselm Torvik",
    "accented": "Zoë Müller-Ñandú",
}


def word_file() -> bytes:
    who, gone, put = (PLANTED[where] for where in ("who changed it", "tracked deletion", "tracked insertion"))
    body = (
        "<w:p><w:r><w:t>Three people were killed in Eskadir on Wednesday, police said.</w:t></w:r></w:p>"
        f'<w:p><w:del w:author="{who}"><w:r><w:delText>{gone} saw it.</w:delText></w:r></w:del>'
        f'<w:ins w:author="{who}"><w:r><w:t>{put} saw it.</w:t></w:r></w:ins></w:p>'
    )
    author = f"<dc:creator>{PLANTED['author of a word file']}</dc:creator>"
    core = f'<c:p xmlns:c="x" xmlns:dc="http://purl.org/dc/elements/1.1/">{author}</c:p>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>')
        archive.writestr("docProps/core.xml", core)
    return out.getvalue()


def plant(folder: Path) -> None:
    """Write reports of several kinds that hold every name."""
    n = PLANTED
    inner = folder / n["folder"]
    inner.mkdir(parents=True)
    (inner / f"{n['file name']}.txt").write_text(
        f"Two people were killed in Dorvan on Thursday, {n['speaker']} said. {n['victim']}, a teacher, was killed "
        f"there. {n['body']} and {n['accented']} were at the school.",
        encoding="utf-8",
    )
    (inner / f"{n['file name']}.json").write_text(f'{{"outlet": "{n["sidecar"]}", "author": "{n["sidecar"]}"}}')
    (folder / "changes.docx").write_bytes(word_file())
    (folder / "page.html").write_text(
        f'<html><head><meta name="author" content="{n["page author"]}"><title>Shelling</title></head><body>'
        f"<!-- {n['page comment']} --><p>Four people were killed in Talmera on Friday, residents said.</p>"
        f'<p style="display:none">{n["hidden on the page"]} filmed it.</p></body></html>',
        encoding="utf-8",
    )
    (folder / "statement.eml").write_text(
        f"From: {n['sender of a mail']} <a@example.org>\nSubject: Statement\nMIME-Version: 1.0\n"
        'Content-Type: multipart/mixed; boundary="b"\n\n--b\nContent-Type: text/plain\n\n'
        "Five people were wounded in Eskadir on Friday, the hospital said.\n--b\nContent-Type: text/plain\n"
        f'Content-Disposition: attachment; filename="{n["attachment"]}.txt"\n\nOne guard was killed in Ostran.\n--b--\n'
    )


@pytest.fixture(scope="module")
def planted(gazetteer: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """Return a project that has read them all, with a decision."""
    assert gazetteer.exists()
    folder = tmp_path_factory.mktemp("planted")
    plant(folder / "reports")
    found = project.new(folder / "project")
    found.run([Source(str(folder / "reports"), Metadata(published="2031-06-07"))])
    claim = found.record().readings[0].claim.id
    reason = f"as {PLANTED['reason']} told us"
    found.decide("correct", [claim], values={"speaker": PLANTED["reason"]}, reason=reason, who=PLANTED["decision"])
    yield found
    found.store.close()


def forms(name: str) -> Iterator[bytes]:
    """Yield a name, and each of its parts, in UTF-8, UTF-16 and base64 of these at each alignment."""
    for part in (name, *name.split()):
        for code in ("utf-8", "utf-16-le", "utf-16-be"):
            said = part.encode(code)
            yield said
            if len(said) >= 12:
                yield from (b64encode(bytes(before) + said)[4:-4] for before in range(3))


def leaks(bag: Path, name: str) -> list[str]:
    contents = {p.relative_to(bag).as_posix(): p.read_bytes() for p in bag.rglob("*") if p.is_file()}
    return [
        f"{file}: {form!r}"
        for file, content in contents.items()
        for form in set(forms(name))
        if form in content or form in file.encode()
    ]


def test_the_names_were_read_so_that_there_is_something_to_withhold(planted: Project, tmp_path: Path) -> None:
    planted.export("bundle", tmp_path / "bag")
    assert verify_bundle.verify(tmp_path / "bag")[0] == []
    seldom = {"page comment", "who changed it"}  # in originals, or in a compressed part of one
    for where in set(PLANTED) - seldom - {"author of a word file"}:
        assert leaks(tmp_path / "bag", PLANTED[where]), where


@pytest.mark.parametrize("reveal", [(), ("place",), ("accused",), ("place", "accused", "victim")])
def test_no_planted_name_is_in_a_redacted_bundle(planted: Project, tmp_path: Path, reveal: tuple[str, ...]) -> None:
    planted.export("bundle", tmp_path / "bag", redact=Redact(reveal))
    faults, proved = verify_bundle.verify(tmp_path / "bag")
    assert faults == []
    shown = {"victim"} if "victim" in reveal else set()
    for where in set(PLANTED) - shown:
        assert not leaks(tmp_path / "bag", PLANTED[where]), where
    assert "killed" in (tmp_path / "bag/data/record.jsonl").read_text(encoding="utf-8")
    assert " withheld" in proved[0]


def test_a_list_of_names_withholds_what_no_reader_took_for_a_name(planted: Project, tmp_path: Path) -> None:
    never = tuple(PLANTED.values())
    planted.export("bundle", tmp_path / "bag", redact=Redact(("words", "source", "place", "witness", "victim"), never))
    for where, name in PLANTED.items():
        whole = [found for found in leaks(tmp_path / "bag", name) if name.encode() in found.encode()]
        assert not whole, where
    rows = (tmp_path / "bag/data/record.jsonl").read_text(encoding="utf-8")
    assert not any(part in rows for part in PLANTED["decision"].split()), "staff is not revealed, nor any part of it"
    text = (tmp_path / "bag/data/record.jsonl").read_text(encoding="utf-8")
    assert "Four people were killed" in text
