"""Packages that list hashes: each byte and each name that does not fit is told."""

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from hashlib import md5, sha256
from pathlib import Path

import pytest

from corrobora.model import Reference, Source
from corrobora.settings import Limits
from corrobora.sources import find, inside, media, packages

WARC = b"WARC/1.0\r\nWARC-Type: resource\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nwords\r\n\r\n"


def hashed(data: bytes) -> str:
    return f"sha256:{sha256(data).hexdigest()}"


def files(old: bool = False) -> dict[str, bytes]:
    """The files of a WACZ 1.1.1, or of the form that 1.0.0 had."""
    found = {"archive/data.warc": WARC, "pages/pages.jsonl": b'{"id": "1", "text": "words"}\n', "indexes/i.cdx": b"x"}
    items = [
        {"path": n, **({"stats": {"hash": hashed(d)}} if old else {"hash": hashed(d), "bytes": len(d)})}
        for n, d in found.items()
    ]
    found["datapackage.json"] = json.dumps({"resources": items}).encode()
    found["datapackage-digest.json"] = json.dumps({"hash": hashed(found["datapackage.json"])}).encode()
    return found


def opened(found: dict[str, bytes]) -> Iterator[Reference]:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in found.items():
            archive.writestr(name, content)
    kind, _ = media.media_type("a.wacz", packed.getvalue())
    assert kind == media.WACZ
    return inside((Reference("a.wacz", "/a.wacz", packed.getvalue(), kind), Source("/a.wacz"), Limits()))


def told(found: dict[str, bytes]) -> tuple[str, str]:
    last = list(opened(found))[-1]
    assert last.file == "a.wacz!/"
    return last.state, last.problem


@pytest.mark.parametrize("old", [False, True])
def test_a_whole_wacz_is_told_whole_and_its_pages_are_read(old: bool) -> None:
    found = list(opened(files(old)))
    assert [r.data for r in found if r.media_type == "text/plain"] == [b"words"]
    assert not [r for r in found if "pages.jsonl" in r.file], "its index is no report"
    assert told(files(old))[0] == "metadata"
    assert "who made it is not proven" in told(files(old))[1]


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"archive/data.warc": WARC.replace(b"words", b"wards")}, "archive/data.warc: not the hash"),
        ({"archive/injected": b"x"}, "archive/injected: not listed"),
        ({"indexes/i.cdx": None}, "indexes/i.cdx: listed, and not there"),
        ({"datapackage-digest.json": None}, "no hash of its list"),
        ({"datapackage-digest.json": b'{"hash": "sha256:00"}'}, "does not have the hash"),
        ({"datapackage.json": b"{}"}, "no list of its files"),
        ({"datapackage.json": b"[1"}, "cannot be read"),
        ({"datapackage.json": b'{"resources": [1]}'}, "cannot be read"),
        ({"../out": b"x"}, "points outside"),
    ],
)
def test_a_changed_wacz_is_told(change: dict[str, bytes | None], word: str) -> None:
    found = {n: d for n, d in (files() | change).items() if d is not None}
    state, problem = told(found)
    assert state == "unreadable"
    assert word in problem


# ------------------------------------------------------------ bags


@pytest.fixture
def bag(tmp_path: Path) -> Path:
    folder = tmp_path / "in" / "bag"
    (folder / "data" / "sub").mkdir(parents=True)
    payload = {"data/a.txt": b"Two people were killed in Eskadir.", "data/sub/b c.txt": b"Three were hurt in Dorvan."}
    for name, content in payload.items():
        (folder / name).write_bytes(content)
    (folder / "bagit.txt").write_text("BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")
    lines = [f"{sha256(content).hexdigest()}  {name}\n" for name, content in payload.items()]
    (folder / "manifest-sha256.txt").write_text("".join(lines))
    lines = [f"{md5(content, usedforsecurity=False).hexdigest()} *{n}\n" for n, content in payload.items()]
    (folder / "manifest-md5.txt").write_text("".join(lines))
    digest = sha256((folder / "bagit.txt").read_bytes()).hexdigest()
    (folder / "tagmanifest-sha256.txt").write_text(f"{digest}  bagit.txt\n")
    return folder


def walked(folder: Path) -> dict[str, Reference]:
    return {r.file: r for r in find([Source(str(folder))], Limits())}


def test_a_whole_bag_is_told_whole_and_its_payload_is_read(bag: Path) -> None:
    found = walked(bag.parent)
    assert (found["bag/"].state, found["bag/"].data) == ("metadata", None)
    assert found["bag/"].problem.startswith("complete: 5 files")
    assert found["bag/data/a.txt"].data
    assert found["bag/data/sub/b c.txt"].data
    for name in ("bagit.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt"):
        assert (found[f"bag/{name}"].media_type, found[f"bag/{name}"].data) == (packages.TAG, (bag / name).read_bytes())
    assert walked(bag)["bag/"].problem.startswith("complete"), "named itself, it is told as well"


def changed(bag: Path, what: str) -> None:
    manifest = bag / "manifest-sha256.txt"
    if what == "byte":
        (bag / "data" / "a.txt").write_bytes(b"Ten people were killed in Eskadir.")
    elif what == "gone":
        (bag / "data" / "a.txt").unlink()
    elif what == "more":
        (bag / "data" / "c.txt").write_text("Not listed.")
    elif what == "tag":
        (bag / "bagit.txt").write_text("BagIt-Version: 0.97\n")
    elif what == "outside":
        manifest.write_text(manifest.read_text() + f"{'0' * 64}  ../../etc/passwd\n")
    elif what == "junk":
        manifest.write_text(manifest.read_text() + "no hash at all\n")
    elif what == "fetch":
        (bag / "data" / "a.txt").unlink()
        (bag / "fetch.txt").write_text("http://127.0.0.1:9/a.txt 34 data/a.txt\n")
    else:
        for path in bag.glob("*manifest-*"):
            path.unlink()


@pytest.mark.parametrize(
    ("what", "word"),
    [
        ("byte", "data/a.txt: not the hash"),
        ("gone", "data/a.txt: listed, and not there"),
        ("more", "data/c.txt: not listed"),
        ("tag", "bagit.txt: not the hash"),
        ("outside", "../../etc/passwd: points outside"),
        ("junk", "no hash and name"),
        ("fetch", "to be fetched, which was not done"),
        ("none", "no list of its files"),
    ],
)
def test_a_changed_bag_is_told(bag: Path, what: str, word: str) -> None:
    changed(bag, what)
    found = walked(bag.parent)["bag/"]
    assert found.state == "unreadable"
    assert word in found.problem


def test_a_link_out_of_a_bag_is_not_followed(bag: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    (bag / "data" / "link.txt").symlink_to(tmp_path / "secret.txt")
    assert "not followed" in walked(bag.parent)["bag/data/link.txt"].problem


def test_names_in_manifests_may_be_encoded(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a%b.txt").write_bytes(b"x")
    (tmp_path / "bagit.txt").write_text("BagIt-Version: 1.0\n")
    (tmp_path / "manifest-sha256.txt").write_text(f"{sha256(b'x').hexdigest()}  ./data/a%25b.txt\n")
    assert packages.bag(tmp_path).problem.startswith("complete: 1 files")


def test_names_and_lists_may_be_written_in_other_ways(tmp_path: Path) -> None:
    """Literally as on the disk though they look encoded (before 1.0), in another Unicode form, in UTF-16."""
    (tmp_path / "data").mkdir()
    for name in ("a%25b.txt", "Nu\u0301n.txt"):
        (tmp_path / "data" / name).write_bytes(b"x")
    (tmp_path / "bagit.txt").write_text("BagIt-Version: 0.97\nTag-File-Character-Encoding: UTF-16\n")
    lines = "".join(f"{sha256(b'x').hexdigest()}  data/{name}\n" for name in ("a%25b.txt", "N\u00fan.txt"))
    (tmp_path / "manifest-sha256.txt").write_bytes(lines.encode("utf-16"))
    assert packages.bag(tmp_path).problem.startswith("complete: 2 files")


@pytest.mark.parametrize("mark", ["\u2028", "\x85", "\x0b", "\x1c"])
def test_only_line_ends_divide_the_lines_of_a_list(mark: str, tmp_path: Path) -> None:
    """A name may hold what else divides lines in Unicode, and a list may hold no line that others do not see."""
    (tmp_path / "data").mkdir()
    name = f"data/a{mark}{sha256(b'y').hexdigest()}  data%2Fb.txt"
    (tmp_path / name).write_bytes(b"x")
    (tmp_path / "bagit.txt").write_text("BagIt-Version: 1.0\n")
    (tmp_path / "manifest-sha256.txt").write_text(f"{sha256(b'x').hexdigest()}  {name}\n", encoding="utf-8")
    assert packages.bag(tmp_path).problem.startswith("complete: 1 files")


def test_an_older_wacz_had_no_hash_of_its_list() -> None:
    found = files()
    del found["datapackage-digest.json"]
    about = json.loads(found["datapackage.json"]) | {"wacz_version": "1.0.0"}
    assert told(found | {"datapackage.json": json.dumps(about).encode()})[0] == "metadata"


# ------------------------------------------------------------ exports


@pytest.fixture
def export(tmp_path: Path) -> Path:
    (tmp_path / "media").mkdir()
    for name in ("a.jpg", "b.mp4"):
        (tmp_path / "media" / name).write_bytes(name.encode())
    return tmp_path


def hashes(*names: str, kind: str = "sha256") -> list[str]:
    return [getattr(hashlib, kind)(name.encode()).hexdigest() for name in names]


@pytest.mark.parametrize("kind", ["sha256", "sha3_512"])
@pytest.mark.parametrize("ending", ["csv", "html"])
def test_hashes_of_an_archivers_export_are_checked(export: Path, kind: str, ending: str) -> None:
    label = {"sha256": "SHA-256", "sha3_512": "SHA3-512"}[kind]
    a, b = hashes("a.jpg", "b.mp4", kind=kind)
    path = export / f"export.{ending}"
    path.write_text(f"url,media\nhttps://example.org,'hash': '{label}:{a}'\nx,<b>{label}:{b}</b>\n")
    found = walked(export)[f"export.{ending}!/"]
    assert (found.state, found.problem.partition(";")[0]) == (
        "metadata",
        "names 2 hashes, 2 of them of files beside it",
    )
    (export / "media" / "a.jpg").write_bytes(b"changed")
    found = walked(export)[f"export.{ending}!/"]
    assert (found.state, found.problem.partition(";")[0]) == (
        "unreadable",
        "names 2 hashes, 1 of them of files beside it",
    )
    (export / "media" / "b.mp4").unlink()
    assert walked(export)[f"export.{ending}!/"].state == "metadata", "where no file came along, none is missing"


def test_a_column_of_hashes_is_checked(export: Path) -> None:
    (one,) = hashes("a.jpg")
    (export / "files.csv").write_text(f"Name,File hash (SHA256)\na.jpg,{one.upper()}\n")
    assert "names 1 hashes, 1 of them" in walked(export)["files.csv!/"].problem


def test_other_files_are_no_exports(export: Path) -> None:
    (one,) = hashes("a.jpg")
    (export / "notes.csv").write_text(f"id,text\n1,{one}\n")
    (export / "page.html").write_text(f"<p>commit {one}</p>")
    (export / "list.txt").write_text(f"SHA-256:{one}")
    (export / "long.html").write_text(f"<p>SHA-256:{one}00</p>")
    assert not [file for file in walked(export) if file.endswith("!/")]
