"""Files made to hurt: each ends in the state that it should, in a process that can do nothing, and leaves no trace.

All of them lie in one folder and go through one run, as they would; the table says what must come of each.
"""

import base64
import gzip
import io
import json
import lzma
import resource
import struct
import tarfile
import time
import warnings
import zipfile
import zlib
from email.message import EmailMessage
from pathlib import Path

import pytest

from corrobora import project
from corrobora.model import Input, Source, Text
from corrobora.project import reading

Ran = tuple[dict[str, Input], dict[str, Text], float]
WORDS = "Two people were killed in Eskadir on Monday, residents said."
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
LAUGHS = '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a0 "ha">' + "".join(
    f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)
) + "]>"  # fmt: skip
EXTERNAL = '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'

TEMPLATE = (
    '<Relationships><Relationship Type="x/attachedTemplate" Target="http://127.0.0.1:9/" TargetMode="External"/>'
    "</Relationships>"
)
DELETED = '<w:del w:id="1"><w:r><w:delText>Ada Ruun</w:delText></w:r></w:del>'
FONT = b"<< /Font << /F1 5 0 R >> >>"


def zipped(*items: tuple[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    packed = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(packed, "w", method) as archive:
        warnings.simplefilter("ignore")  # the same name twice is what is wanted
        for name, content in items:
            archive.writestr(name, content)
    return packed.getvalue()


def link(target: str) -> bytes:
    item = zipfile.ZipInfo("link.txt")
    item.external_attr = 0o120777 << 16
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(item, target)
    return packed.getvalue()


def encrypted() -> bytes:
    """A ZIP whose member says that it is encrypted."""
    data = bytearray(zipped(("secret.txt", WORDS), method=zipfile.ZIP_STORED))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(mark) + offset] |= 1
    return bytes(data)


def lying(size: int) -> bytes:
    """A ZIP that declares another size than it has."""
    data = bytearray(zipped(("a.txt", "x" * 400)))
    data[data.find(b"PK\x01\x02") + 24 : data.find(b"PK\x01\x02") + 28] = struct.pack("<I", size)
    return bytes(data)


def nested(depth: int) -> bytes:
    data = zipped(("report.txt", WORDS))
    for _ in range(depth):
        data = zipped(("inner.zip", data))
    return data


def overlapping(count: int) -> bytes:
    """Many names for the same packed bytes (Fifield, A better zip bomb, 2019)."""
    body = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = body.compress(bytes(9_000_000)) + body.flush()
    crc = zlib.crc32(bytes(9_000_000))
    head = struct.pack("<4s5H3I2H", b"PK\x03\x04", 20, 0, 8, 0, 0, crc, len(packed), 9_000_000, 5, 0) + b"0.bin"
    entries = b""
    for number in range(count):
        name = f"{number:04}.bin".encode()
        sizes = (crc, len(packed), 9_000_000, len(name), 0, 0, 0, 0, 0, 0)
        entries += struct.pack("<4s6H3I5H2I", b"PK\x01\x02", 20, 20, 0, 8, 0, 0, *sizes) + name
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, count, count, len(entries), len(head) + len(packed), 0)
    return head + packed + entries + end


def docx(document: str, *more: tuple[str, bytes | str]) -> bytes:
    return zipped(("[Content_Types].xml", "<Types/>"), ("word/document.xml", document), *more)


def body(*runs: str) -> str:
    return f"<w:document {W}><w:body><w:p>{''.join(runs)}</w:p></w:body></w:document>"


def run(words: str, look: str = "") -> str:
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def mail(depth: int) -> bytes:
    message = EmailMessage()
    message.set_content(WORDS)
    for _ in range(depth):
        outer = EmailMessage()
        outer["Subject"] = "forwarded"
        outer.set_content(WORDS)
        outer.add_attachment(message)
        message = outer
    return message.as_bytes()


def attached(name: str) -> bytes:
    return (
        f"From: a@example.org\nSubject: x\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=B\n\n--B\n"
        f"Content-Type: text/plain\n\n{WORDS}\n--B\nContent-Type: text/plain\n"
        f'Content-Disposition: attachment; filename="{name}"\n\n{WORDS} Again.\n--B--\n'
    ).encode()


def pdf(action: str = "") -> bytes:
    """A PDF of one page with the words on it, and an action where one is given."""
    stream = f"BT /F1 12 Tf 20 100 Td ({WORDS}) Tj ET".encode()
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {action} >>".encode(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 200] /Contents 4 0 R /Resources %s >>" % FONT,
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    data, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"xref\n0 6\n0000000000 65535 f \n%strailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF"
    return data + end % (table, len(data))


def tarred(*items: tuple[str, str | bytes]) -> bytes:
    """A tar archive; a member of no words but a type is a link or a device."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        for name, content in items:
            item = tarfile.TarInfo(name)
            if isinstance(content, bytes):
                item.type, item.linkname = content, "/etc/passwd"
            else:
                item.size = len(content)
            archive.addfile(item, io.BytesIO(content.encode() if isinstance(content, str) else b""))
    return packed.getvalue()


def shells(depth: int) -> bytes:
    found = WORDS.encode()
    for _ in range(depth):
        found = gzip.compress(found)
    return found


def forms() -> bytes:
    message = EmailMessage()
    message["Subject"] = "x"
    message.set_content(WORDS)
    message.add_alternative(f"<p>{WORDS.replace('Two', '27')}</p>", subtype="html")
    return message.as_bytes()


def page(*inner: str) -> bytes:
    return f"<html><body><article><p>{WORDS}</p>{''.join(inner)}</article></body></html>".encode()


# What it is called: (its bytes, the state that it must end in, a word of the reason, or of the facts about its text)
CASES: dict[str, tuple[bytes, str, str]] = {
    "bomb.zip": (zipped(("zeros.bin", bytes(60_000_000))), "container", ""),
    "bomb.zip!/zeros.bin": (b"", "refused", "200 times its size"),
    "overlap.zip": (overlapping(300), "container", ""),
    "overlap.zip!/0299.bin": (b"", "refused", ""),
    "many.zip": (zipped(*((str(n), b"") for n in range(20_050))), "container", ""),
    "many.zip!/": (b"", "refused", "20,050 entries"),
    "deep.zip": (nested(7), "container", ""),
    "deep.zip!/inner.zip!/inner.zip!/inner.zip!/inner.zip!/inner.zip": (b"", "container", ""),
    "deep.zip" + "!/inner.zip" * 6: (b"", "refused", "nested more than 5 deep"),
    "slip.zip": (zipped(("../../out.txt", WORDS), ("/abs.txt", WORDS), ("a\\..\\b.txt", WORDS), ("C:/x.txt", WORDS)),
                 "container", ""),
    "slip.zip!/../../out.txt": (b"", "refused", "points outside"),
    "slip.zip!//abs.txt": (b"", "refused", "points outside"),
    "slip.zip!/C:/x.txt": (b"", "refused", "points outside"),
    "link.zip": (link("/etc/passwd"), "container", ""),
    "link.zip!/link.txt": (b"", "refused", "symbolic link"),
    "twice.zip": (zipped(("a.txt", WORDS + " One."), ("a.txt", "Another text.")), "container", ""),
    "twice.zip!/a.txt": (b"", "refused", "the same name twice"),
    "locked.zip": (encrypted(), "container", ""),
    "locked.zip!/secret.txt": (b"", "refused", "encrypted"),
    "lying.zip": (lying(4_000_000_000), "container", ""),
    "lying.zip!/a.txt": (b"", "waiting", ""),  # what it declares does not count
    "cut.zip": (zipped(("a.txt", WORDS * 9))[:80], "container", ""),
    "cut.zip!/": (b"", "refused", "damaged"),
    "garbled.zip": (zipped(("a.txt", WORDS * 50)).replace(b"\xcb", b"\xcc", 3), "container", ""),
    "laughs.docx": (docx(LAUGHS + body(run("&a9;"))), "refused", "entities"),
    "external.docx": (docx(EXTERNAL + body(run(WORDS), run("&x;"))), "waiting", "entities"),
    "template.docx": (docx(body(run(WORDS)), ("word/_rels/settings.xml.rels", TEMPLATE)), "waiting", "attached"),
    "macros.docx": (docx(body(run(WORDS)), ("word/vbaProject.bin", b"x")), "waiting", "vbaProject"),
    "tracked.docx": (docx(body(run("The witness "), DELETED,
        run(" saw it. " + WORDS))), "waiting", "tracked changes"),
    "white.docx": (docx(body(run(WORDS), run(" Nine were killed.", '<w:color w:val="FFFFFF"/>'))), "waiting",
                   "would not show"),
    "tiny.docx": (docx(body(run(WORDS), run(" Nine were killed.", '<w:sz w:val="2"/>'))), "waiting", "would not show"),
    "big.docx": (docx(body(run("x" * 90_000_000))), "refused", "80 MB"),
    "no.docx": (b"hello", "unreadable", "cannot be unpacked"),
    "script.pdf": (pdf("/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>"), "waiting", "active content"),
    "page.pdf": (b"<html><script>alert(1)</script></html>", "unreadable", "not a PDF"),
    "loop.pdf": (pdf().replace(b"/Kids [3 0 R]", b"/Kids [2 0 R]"), "empty", "no words"),
    "cut.pdf": (pdf()[:150], "unreadable", "damaged"),
    "nest.pdf": (b"%PDF-1.4\n1 0 obj\n" + b"[" * 200_000 + b"\nendobj\ntrailer << /Root 1 0 R >>", "unreadable", ""),
    "hidden.html": (page('<p style="display:none">Ninety were killed, police said.</p>'), "waiting", "would not show"),
    "script.html": (page("<script>document.write(1)</script>"), "waiting", "active content"),
    "handler.html": (page('<img src=x onerror="alert(1)">'), "waiting", "active content"),
    "refresh.html": (page('<meta http-equiv="Refresh" content="0;url=http://127.0.0.1:9/">'), "waiting", "active"),
    "svg.html": (b"<html><body><svg/onload=alert(1)><p>" + WORDS.encode() + b"</p></body></html>", "waiting", "active"),
    "deep.html": (b"<html><body>" + b"<div>" * 150_000 + WORDS.encode(), "waiting", "nested too deeply"),
    "attributes.html": (page("<p " + " ".join(f"a{n}=1" for n in range(4_000)) + ">More.</p>"), "waiting", ""),
    "laughs.xhtml": ((LAUGHS + f"<html><body><p>{WORDS} &a9;</p></body></html>").encode(), "waiting", ""),
    "external.xhtml": ((EXTERNAL + f"<html><body><p>{WORDS} &x;</p></body></html>").encode(), "waiting", ""),
    "nested.eml": (mail(8), "waiting", ""),
    "names.eml": (attached("../../../etc/cron.d/x.txt"), "waiting", ""),
    "names.eml!/x.txt": (b"", "waiting", "named"),
    "charset.eml": (f"Subject: x\nContent-Type: text/plain; charset=none-9\n\n{WORDS}\n".encode(), "waiting", ""),
    "base64.eml": (b"Subject: x\nContent-Transfer-Encoding: base64\n\n!!!" + base64.b64encode(WORDS.encode()),
                   "waiting", ""),
    "parts.eml": (b"Subject: x\nContent-Type: multipart/mixed; boundary=B\n\n" + b"--B\n\nx\n" * 3_000 + b"--B--",
                  "waiting", ""),
    "line.txt": (WORDS.encode() * 20_000, "waiting", ""),
    "long.txt": ((WORDS.encode() + b"\n") * 40_000, "refused", "characters"),
    "nul.txt": (b"\0".join(WORDS.encode().split()) + b"\n" + WORDS.encode() * 40, "waiting", "control"),
    "zeros.txt": (bytes(100_000), "unreadable", ""),
    "bidi.txt": (("\u202e" + WORDS + "\u202c\u200b").encode(), "waiting", "bidirectional"),
    "nothing.txt": (b"", "empty", "empty"),
    "program.py": (f"# {WORDS}\n".encode(), "kept", "no reader"),
    "deep.json": (b"[" * 100_000, "kept", ""),
    "wide.json": (b"[" + b"[]," * 3_000_000 + b"[]]", "kept", ""),
    "nan.jsonl": (b'{"text": "' + WORDS.encode() + b'", "n": NaN}\n{"text": ' + b"[" * 90_000 + b"\n", "container", ""),
    "nan.jsonl#1": (b"", "waiting", ""),
    "nan.jsonl#2": (b"", "unreadable", "not JSON"),
    "quote.csv": (b'id,text\n1,"' + WORDS.encode() + b"\n" * 1000, "container", ""),
    "broken.gz": (gzip.compress(WORDS.encode())[:-9], "container", ""),
    "broken.gz!/": (b"", "refused", "ends in the middle"),
    "bomb.gz": (gzip.compress(bytes(40_000_000)), "container", ""),
    "bomb.gz!/": (b"", "refused", "more than the limits"),
    "bomb.xz": (lzma.compress(bytes(40_000_000)), "container", ""),
    "bomb.xz!/": (b"", "refused", "more than the limits"),
    "shells.gz": (shells(7), "container", ""),
    "shells.gz" + "!/shells" * 6: (b"", "refused", "nested more than 5 deep"),
    "slip.tar": (tarred(("../../out.txt", WORDS), ("/abs.txt", WORDS), ("ok.txt", WORDS + " Fine.")), "container", ""),
    "slip.tar!/../../out.txt": (b"", "refused", "points outside"),
    "slip.tar!//abs.txt": (b"", "refused", "points outside"),
    "slip.tar!/ok.txt": (b"", "waiting", ""),
    "links.tar": (tarred(("a", tarfile.SYMTYPE), ("b", tarfile.LNKTYPE), ("c", tarfile.CHRTYPE)), "container", ""),
    "links.tar!/a": (b"", "refused", "a link, not followed"),
    "links.tar!/b": (b"", "refused", "a link, not followed"),
    "links.tar!/c": (b"", "refused", "not a regular file"),
    "backwards.tar": (tarred(("a.txt", WORDS)).replace(b"%011o\0" % len(WORDS), b"\xff" * 12, 1), "container", ""),
    "backwards.tar!/": (b"", "refused", "damaged or cut"),
    "other.7z": (b"7z\xbc\xaf\x27\x1c" + bytes(90), "container", ""),
    "other.7z!/": (b"", "refused", "Unpack it"),
    "utf16.html": (b'<meta charset="utf-16">' + page(), "waiting", ""),
    "crowded.html": (page("<p " + " ".join(f"b{n}=1" for n in range(300_000)) + ">More."), "waiting", "attributes"),
    "frames.html": (page() + b"<frameset><frame></frameset>", "waiting", ""),
    "forms.eml": (forms(), "waiting", "other words than its plain form"),
    "proof.zip": (zipped(("m.jpg", b"m"), (f"{'0' * 64}.proof.csv", "x,y"), ("pubkey.asc", "junk")), "container", ""),
    f"proof.zip!/{'0' * 64}.proof.csv!/": (b"", "unreadable", "no file beside it"),
    "words.bin": (bytes(range(256)) * 50, "kept", "no reader"),
}  # fmt: skip


BEFORE: list[int] = []  # kilobytes


def most_memory() -> int:
    """The most memory that this process or one of its children has taken, in kilobytes."""
    return max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_CHILDREN, resource.RUSAGE_SELF))


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    """Everything once: what became of each input, the texts, and the seconds that it took."""
    root = tmp_path_factory.mktemp("hostile")
    (root / "in").mkdir()
    BEFORE.append(most_memory())
    for name, (data, _, _) in CASES.items():
        if "!/" not in name and "#" not in name:
            (root / "in" / name).write_bytes(data)
    before = set(Path("/tmp").iterdir()) if Path("/tmp").is_dir() else set()  # noqa: S108
    found = project.new(root / "project")
    started = time.monotonic()
    found.add([Source(str(root / "in"))])
    waiting = [document for document, state, _ in found.store.documents() if state == "waiting"]
    reading.extract(found.store, found.originals, waiting, found.settings, found.progress)
    seconds = time.monotonic() - started
    inputs = {given.file: given for given in found.inputs()}
    texts = {text.file: text for text in found.store.texts([document.id for document in waiting])}
    assert found.verify() == ()
    found.store.close()
    assert {p.name for p in root.iterdir()} == {"in", "project"}
    assert {p.name for p in (root / "in").iterdir()} == {n for n in CASES if "!/" not in n and "#" not in n}
    left = {p for p in Path("/tmp").iterdir() if p not in before and "pytest" not in p.name}  # noqa: S108
    assert not {p for p in left if p.name in {"out.txt", "b.txt", "x.txt"}}
    return inputs, texts, seconds


@pytest.mark.parametrize("name", CASES)
def test_it_ends_in_the_state_that_it_should(ran: Ran, name: str) -> None:
    inputs, texts, _ = ran
    _, state, word = CASES[name]
    given = inputs[name]
    told = given.reason + " ".join(texts[name].problems if name in texts else ())
    assert (given.state, word in told) == (state, True), f"{given.state}: {told}"
    assert given.state == "waiting" or given.reason or state == "container"


def test_every_input_has_a_state_and_no_reader_is_at_fault(
    ran: Ran,
) -> None:
    inputs, _, seconds = ran
    assert len(inputs) > len(CASES)
    assert [given for given in inputs.values() if "fault of the reader" in given.reason] == []
    assert [given for given in inputs.values() if "longer than" in given.reason or "crashed" in given.reason] == []
    assert seconds < 240


def test_no_process_took_more_than_it_may(ran: Ran) -> None:
    assert ran
    # A process counts what the one that started it had: what other tests had loaded by then is no fault of these files.
    assert most_memory() < max(1_000_000, BEFORE[0] + 1), f"{most_memory() // 1000} MB"


def test_no_file_of_this_machine_stands_in_a_text(ran: Ran) -> None:
    _, texts, _ = ran
    assert [name for name, text in texts.items() if "root:" in text.text] == []
    assert all(text.sandbox.endswith("rlimits") for text in texts.values())


def test_what_is_hidden_or_deleted_is_flagged(ran: Ran) -> None:
    _, texts, _ = ran
    for name, words, flag in (
        ("hidden.html", "Ninety were killed", "hidden"),
        ("white.docx", "Nine were killed", "hidden"),
        ("tiny.docx", "Nine were killed", "hidden"),
        ("tracked.docx", "Ada Ruun", "deleted"),
    ):
        text = texts[name]
        at = text.text.index(words)
        (segment,) = [s for s in text.segments if s.start <= at < s.end]
        assert flag in segment.flags, name
        plain = text.text.index("Two people")
        assert all(flag not in s.flags for s in text.segments if s.start <= plain < s.end), name


def test_formulas_are_neutralised_in_every_form() -> None:
    from corrobora.publish.export import _cell  # noqa: PLC0415

    for start in "=+-@\t\r＝＋－＠":
        assert _cell(f"{start}1+1") == f"'{start}1+1"
    assert _cell(json.dumps({"a": 1})) == '{"a": 1}'
    assert _cell(-3) == -3
