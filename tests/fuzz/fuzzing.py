"""Mutated input to each parser of ours: it may refuse with a reason, and may do nothing else that is out of order.

The suite tries some hundred inputs from a fixed seed. `scripts/soak fuzz` goes on for long, guided by coverage where
atheris is installed (`python tests/fuzz/fuzzing.py PARSER SECONDS FOLDER`), else by mutation alone, and says which.
"""

import base64
import bz2
import gc
import gzip
import io
import json
import lzma
import os
import random
import re
import subprocess
import sys
import tarfile
import tempfile
import time
import types
import zipfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path
from typing import Any

try:
    import atheris
except ImportError:  # it has no wheel for every system
    atheris = None

import msgspec

from corrobora.errors import BadInput, CorroboraError
from corrobora.model import Document, Metadata, Reference, Source
from corrobora.preserve import archive, der, notes
from corrobora.publish import verify_bundle
from corrobora.settings import Limits, load
from corrobora.sources import fetching, finder, inside, media, openpgp, replay, sidecars, signatures
from corrobora.text import decode, docx, extract, mail, markdown, plain, prepare, second, webpage

SEEN = frozenset(
    ("corrobora", "warcio", "email", "zipfile", "tarfile", "csv", "json", "http", "html", "tomllib", "mailbox")
)
SLOW = 10.0  # seconds that no small input may take
LIMITS = Limits(archive_mb=20, file_mb=10)
TOKENS = (
    b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"<", b"</", b"<!--", b"]]>", b"&#x", b"\r\n\r\n", b"--B", b"From ", b"%PDF-",
    b"PK\x03\x04", b"PK\x05\x06", b"{", b"[", b'"', b"\\u0000", b"\xe2\x80\xae", b"WARC/1.0\r\n", b"Content-Length: ",
    b"99999999999", b"-1", b"=?utf-8?b?", b"\x1f\x8b", b"NaN", b"\xed\xa0\x80",
    b"\\ud800", b"\xe2\x80\xa8", b"\xc2\x85",
)  # fmt: skip


def document(kind: str) -> Document:
    from datetime import UTC, datetime  # noqa: PLC0415

    return Document("d_1", "sha256:0", "f", "/f", kind, 1, datetime(2031, 5, 4, tzinfo=UTC), Metadata(), Metadata())


def opened(kind: str) -> Callable[[bytes], object]:
    def read(data: bytes) -> object:
        found = [finder._sayable(r) for r in inside((Reference("f", "/f", data, kind), Source("/f"), LIMITS))]
        msgspec.json.encode(found)  # as it will be kept
        return found

    return read


def extracted(kind: str) -> Callable[[bytes], object]:
    def read(data: bytes) -> object:
        text = extract(document(kind), data)
        assert all(0 <= s.start < s.end <= len(text.text) for s in text.segments)
        msgspec.json.encode(text)
        return text

    return read


def settings(data: bytes) -> object:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "corrobora.toml"
        path.write_bytes(data)
        return load(path)


def restored(data: bytes) -> object:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "b").write_bytes(data)
        return archive.unpack(Path(folder) / "b", Path(folder) / "to") + 1


def inside_of(read: Callable[[bytes], object], *names: str) -> Callable[[bytes], object]:
    """Read a ZIP that holds the input as one of its files: mutation alone seldom gets through packing and checksums."""
    return lambda data: read(zipped(*((name, data if at == 0 else WORDS) for at, name in enumerate(names))))


def noted(data: bytes) -> object:
    key = notes.verifier_key("11" * 32)
    return notes.open_checkpoint(notes.find_note(data.decode("utf-8", "replace")), key)


def proved(data: bytes) -> object:
    try:
        return verify_bundle.opened(verify_bundle.parsed(data.decode("utf-8", "replace"), "table", "event", "shown"))
    except verify_bundle.UNREADABLE as error:  # which the verifier tells with the line
        raise BadInput(str(error) or type(error).__name__) from error


def signed(data: bytes) -> object:
    fault, shown = signatures.told(data, "sha256:00")
    assert bool(fault) != bool(shown)
    return fault or shown


def opened_pgp(data: bytes) -> object:
    fault, shown = openpgp.told(data, WORDS, [data, b"-----BEGIN PGP PUBLIC KEY BLOCK-----"])
    assert bool(fault) != bool(shown)
    return fault or shown


def replayed(data: bytes) -> object:
    return replay.mhtml(data, LIMITS) + b"."


def answered(data: bytes) -> object:
    return fetching._needed(fetching._understood("http://example.org/", "", b"GET / HTTP/1.1\r\n\r\n", data))


def zipped(*items: tuple[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in items:
            made.writestr(name, content)
    return packed.getvalue()


def tarred(*items: tuple[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as made:
        for name, content in items:
            item = tarfile.TarInfo(name)
            item.size = len(content)
            made.addfile(item, io.BytesIO(content))
    return packed.getvalue()


WORDS = (
    b"KARVEL, 5 May (Agency) -- Two people were killed on Monday, "
    b"\xd9\x82\xd8\xa7\xd9\x84 said \xe2\x80\x98no\xe2\x80\x99.\n\nMore."
)
HTML = (
    b'<html><head><title>T</title><script type="application/ld+json">{"@type":"NewsArticle","headline":"H"}</script>'
    b'</head><body><nav>x</nav><article><p style="display:none">h</p><table><tr><td>a</td></tr></table><svg/>w'
)
MAIL = (
    b'From: "A" <a@example.org>\nSubject: =?utf-8?q?caf=C3=A9?=\nDate: Mon, 5 May 2031 10:00:00 +0200\n'
    b"Content-Type: multipart/mixed; boundary=B\n\n--B\nContent-Type: text/html; charset=utf-8\n\n<p>w</p>\n--B\n"
    b'Content-Type: text/plain\nContent-Disposition: attachment; filename="a.txt"\n\nWords\n--B--\n'
)
DOCUMENT = (
    b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>Words'
    b"</w:t></w:r><w:del><w:r><w:delText>gone</w:delText></w:r></w:del></w:p></w:body></w:document>"
)
HTTP = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 16\r\n\r\n<img src=/a.png>"
WARC = (
    b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://example.org/\r\n"
    b"WARC-Payload-Digest: sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ\r\n"
    b"Content-Length: %d\r\n\r\n%s\r\n\r\n" % (len(HTTP), HTTP)
)
LINES = b'{"id": 1, "text": "w"}\n{"text": ["a", "b"], "title": null}\n{"text": "w", "title": "\\ud83d"}'
LISTED = b'{"resources": [{"path": "archive/a.warc", "hash": "sha256:00", "stats": {"hash": "sha256:00"}}]}'
NAMED = notes.verifier_key("11" * 32).partition("+")[0]
BACKUP = b'{"form": "corrobora backup 1", "files": [{"name": "a", "size": %d, "sha256": "%s"}]}' % (
    len(WORDS), sha256(WORDS).hexdigest().encode()
)  # fmt: skip
SIGNED = (
    b'{"signedData": {"hash": "sha256:00", "created": "2031-05-04T12:00:00Z", "signature": "MEQCIA==",'
    b' "publicKey": "MA=="}}'
)
LINE = b'{"table": "text", "event": 1, "shown": {"disclosed": ["[0,0,1]"], "withheld": ["%s"]}}' % (b"0" * 64)
PGP = (  # a signature by a key that is not kept
    b"wr0EABYKAG8FgmsGPS4JEOTyNpiwz5B3RxQAAAAAAB4AIHNhbHRAbm90YXRpb25zLnNlcXVvaWEtcGdwLm9yZ8O+QtEGSasHsouh"
    b"fPvU8SqNa06U/JDmd4xE25iAaU2TFiEEqoAS2RG1v+WSi24A5PI2mLDPkHcAAAA2AQDA30JgXlX7Ma8MRUy+ssXLtSgHsGZV6R5/"
    b"VPxY5+qAsAEA90bdX/7KphEsOGyOn506i1BP8dWVHkfBO8RrX2PIvwQ="
)
WORD = zipped(("word/document.xml", DOCUMENT))

# Name: (what reads, inputs to begin with)
PARSERS: dict[str, tuple[Callable[[bytes], object], Sequence[bytes]]] = {
    "decode": (decode.decode, (WORDS, "wörds".encode("utf-16"), b"caf\xe9 \x80")),
    "plain": (plain.read, (WORDS, b"> quoted\n- item\n" + WORDS)),
    "markdown": (markdown.read, (b"---\ntitle: T\ndate: 2031-05-04\n---\n# H\n\n[a](b) **c** _d_ `e`\n> q", WORDS)),
    "webpage": (webpage.read, (HTML, b"<p>" + WORDS)),
    "docx": (docx.read, (WORD,)),
    "docx_words": (inside_of(docx.read, "word/document.xml"), (DOCUMENT,)),
    "mail": (mail.read, (MAIL, b"Subject: x\n\n" + WORDS)),
    "extract": (extracted("text/plain"), (WORDS,)),
    "extract_html": (extracted("text/html"), (HTML,)),
    "zip": (opened(media.ZIP), (zipped(("a.txt", WORDS), ("b.zip", zipped(("c.eml", MAIL)))),)),
    "tar": (opened(media.TAR), (tarred(("a.txt", WORDS), ("b.json", b"{}")),)),
    "packed": (
        opened(media.GZIP), (gzip.compress(tarred(("a.txt", WORDS))), lzma.compress(WORDS), bz2.compress(WORDS)),
    ),
    "mbox": (opened(media.MBOX), (b"From a Mon May  5 10:00:00 2031\n" + MAIL + b"\nFrom b Mon May 5 2031\n" + MAIL,)),
    "eml": (opened(media.MAIL), (MAIL,)),
    "warc": (opened(media.WARC), (WARC, gzip.compress(WARC), gzip.compress(WARC) + gzip.compress(WARC))),
    "wacz": (opened(media.WACZ), (zipped(("archive/a.warc", WARC), ("datapackage.json", LISTED)),)),
    "wacz_list": (inside_of(opened(media.WACZ), "datapackage.json", "archive/a.warc"), (LISTED,)),
    "backup_list": (inside_of(restored, "backup.json", "a"), (BACKUP,)),
    "signature": (signed, (SIGNED,)),
    "openpgp": (opened_pgp, (base64.b64decode(PGP),)),
    "replay": (replayed, (WARC, gzip.compress(WARC))),
    "second": (lambda data: second.differences(data.decode("utf-8", "replace"), "w"), (HTML, b"<table>a<td>b</table>")),
    "bundle_line": (proved, (LINE,)),
    "note": (noted, (notes.sign(notes.Head(NAMED, 7, bytes(32)), "11" * 32).encode(),)),
    "der": (der.ordered, (bytes.fromhex("300e3003020100300706012a3001a000"),)),
    "archive": (restored, (zipped(("backup.json", b'{"form": "corrobora backup 1", "files": []}')),)),
    "fetched": (answered, (HTTP, HTTP.replace(b"Content-Length: 5", b"Transfer-Encoding: chunked"))),
    "csv": (opened(media.CSV), (b'id,text,date\n1,"w, x",2031-05-04\n2,y,\n', b"text;id\na;b\n")),
    "jsonl": (opened(media.JSONL), (LINES,)),
    "json": (opened(media.JSON), (b'{"documents": [{"text": "w", "published": 20310504}]}', b"[[[]]]")),
    "sidecar": (sidecars.metadata, (b'{"url": "https://example.org", "title": ["a"], "published": null}',)),
    "media": (lambda data: media.media_type("f", data), (WORDS, b"%PDF-1.7", HTML, MAIL)),
    "settings": (settings, (b'title = "x"\n[limits]\nseconds = 5\n[words.speakers]\n"A" = ["b"]\n',)),
}  # fmt: skip


def mutated(seeds: Sequence[bytes], chance: random.Random) -> bytes:
    """Return an input near one of the seeds."""
    data = bytearray(chance.choice(seeds))
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        at = chance.randrange(len(data) + 1)
        act = chance.randrange(6)
        if act == 0 and data:
            data[at - 1] ^= 1 << chance.randrange(8)
        elif act == 1:
            data[at:at] = chance.choice(TOKENS)
        elif act == 2:
            del data[at : at + chance.choice((1, 2, 8, 64))]
        elif act == 3:
            data[at:at] = data[at : at + chance.choice((4, 32, 256))] * chance.choice((1, 2, 40))
        elif act == 4:
            other = chance.choice(seeds)
            data[at:] = other[chance.randrange(len(other) + 1) :]
        else:
            data[at:at] = bytes(chance.randrange(256) for _ in range(chance.choice((1, 3, 9))))
    return bytes(data[:200_000])


def tried(name: str, data: bytes) -> str:
    """Have a parser read some bytes; return what was wrong, '' where nothing was."""
    started = time.monotonic()
    try:
        PARSERS[name][0](data)
    except CorroboraError as error:
        if not str(error):
            return "refused without a reason"
    except RecursionError:
        return ""  # the worker tells it as nested too deeply
    except Exception as error:  # noqa: BLE001  which is what is looked for
        return f"{type(error).__name__}: {error}"[:300]
    seconds = time.monotonic() - started
    return f"took {seconds:.1f} s" if seconds > SLOW else ""


def mutate(name: str, seconds: float, seed: int, most: int = 10**9) -> dict[str, Any]:
    """Try mutated inputs for so long; return how many, and the faults with the input in hex."""
    chance = random.Random(f"{name} {seed}")  # noqa: S311  no secret
    prepare()
    tried(name, PARSERS[name][1][0])  # what is loaded at first use is no input's time
    faults: list[str] = []
    until, count = time.monotonic() + seconds, 0
    while time.monotonic() < until and count < most and len(faults) < 10:
        data = mutated(PARSERS[name][1], chance)
        count += 1
        if fault := tried(name, data):
            faults.append(f"{name}: {fault} ({data[:200].hex()})")
    return {"inputs": count, "by": "mutation", "faults": faults}


def guided(name: str, seconds: float, kept: str = "") -> dict[str, Any]:
    """Have atheris try inputs for so long, in a process of its own; tell how many, and in how much processor time.

    What led to new branches is kept below `kept`, where one is named, and gone on from the next time.
    """
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        corpus = Path(kept or folder, name)
        corpus.mkdir(parents=True, exist_ok=True)
        for number, seed in enumerate(PARSERS[name][1]):
            (corpus / str(number)).write_bytes(seed)
        command = [sys.executable, __file__, name, str(int(seconds)), folder, str(corpus)]
        with tempfile.TemporaryFile() as told:
            process = subprocess.Popen(command, stdout=told, stderr=told)
            _, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            told.seek(0)
            said = told.read().decode(errors="replace")
        runs = re.search(r"Done (\d+) runs in (\d+)", said)
        inputs, took = map(int, runs.groups()) if runs else (0, 0)
        found = [path for path in Path(folder).iterdir() if path.is_file()]
        faults = [f"{name}: {path.name}: {path.read_bytes().hex()[:4000]}" for path in found]
        faults += [f"{name}: {said[-1000:]}"] if faults or process.returncode else []
        edges = int((re.findall(r"cov: (\d+)", said) or [0])[-1])
    spent = {"inputs": inputs, "seconds": took, "processor_seconds": round(used.ru_utime + used.ru_stime)}
    return spent | {"edges": edges, "by": "coverage", "faults": faults}


def soak(names: Sequence[str], seconds: float, seed: int, beside: int = 1, kept: str = "") -> dict[str, Any]:
    """Try each parser for so long, `beside` of them at a time; return what was tried and found."""
    told: dict[str, Any] = {"faults": [], "parsers": {}}

    def one(name: str) -> None:
        found = guided(name, seconds, kept) if atheris else mutate(name, seconds, seed) | {"seconds": round(seconds)}
        told["faults"] += found.pop("faults")
        told["parsers"][name] = found
        print(json.dumps({name: found}), told["faults"], file=sys.stderr, flush=True)  # noqa: T201

    with ThreadPoolExecutor(beside) as lanes:
        list(lanes.map(one, names or PARSERS))
    return told


def instrument(packages: frozenset[str]) -> int:
    """Have atheris see the branches of these packages: of all that is loaded would take minutes, and drown ours."""
    found = [f for f in gc.get_objects() if isinstance(f, types.FunctionType)]
    ours = [f for f in found if str(f.__module__).partition(".")[0] in packages]
    for function in ours:
        atheris.instrument_func(function)
    return len(ours)


def main(name: str, seconds: str, folder: str, corpus: str) -> None:
    """Run atheris on one parser. Each kind of fault is written to the folder once; a crash or a hang ends it."""
    prepare()
    tried(name, PARSERS[name][1][0])  # what is loaded at first use is seen too, and is no input's time
    instrument(SEEN)
    kinds: set[str] = set()

    def one(data: bytes) -> None:
        fault = tried(name, data)
        kind = re.sub(r"[\d.]+", "0", fault)[:60]
        if fault and kind not in kinds:
            kinds.add(kind)
            (Path(folder) / f"fault-{len(kinds)}").write_bytes(data)
            print(f"fault-{len(kinds)}: {fault}", flush=True)  # noqa: T201

    options = [f"-max_total_time={seconds}", f"-artifact_prefix={folder}/", "-timeout=30", "-rss_limit_mb=2048"]
    atheris.Setup([sys.argv[0], *options, "-max_len=20000", corpus], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main(*sys.argv[1:])
