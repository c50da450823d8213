"""Original bytes: kept once, found by their hash, and refused when one byte has changed."""

import os
import subprocess
import sys
import threading
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corrobora import preserve
from corrobora.errors import BadInput, NotFound, StorageFailed
from corrobora.model import Metadata, Reference
from corrobora.preserve import blobs


def reference(data: bytes | None, file: str = "a.txt") -> Reference:
    return Reference(file, f"/here/{file}", data, "text/plain", Metadata(title="t"), Metadata(outlet="o"), "box.zip")


def blob(document_sha256: str, originals: Path) -> Path:
    digest = document_sha256.removeprefix("sha256:")
    return originals / digest[:2] / digest[2:]


@given(st.binary(max_size=300))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_bytes_come_back_as_they_were(tmp_path: Path, content: bytes) -> None:
    document = preserve.keep(reference(content), tmp_path)
    assert document.sha256 == "sha256:" + sha256(content).hexdigest()
    assert preserve.data(document.sha256, tmp_path) == content


def test_the_document_carries_all_that_the_reference_knew(tmp_path: Path) -> None:
    document = preserve.keep(reference(b"words"), tmp_path)
    assert (document.file, document.address, document.size, document.container) == (
        "a.txt",
        "/here/a.txt",
        5,
        "box.zip",
    )
    assert (document.given.title, document.defaults.outlet, document.media_type) == ("t", "o", "text/plain")
    assert document.captured_at.tzinfo is not None


def test_the_same_bytes_in_two_places_are_one_blob_and_two_documents(tmp_path: Path) -> None:
    a, b, again = (preserve.keep(reference(b"words", name), tmp_path) for name in ("a.txt", "b.txt", "a.txt"))
    assert a.sha256 == b.sha256
    assert a.id != b.id
    assert a.id == again.id
    assert sum(path.is_file() for path in tmp_path.rglob("*")) == 1


def test_a_kept_blob_is_never_written_again(tmp_path: Path) -> None:
    document = preserve.keep(reference(b"words"), tmp_path)
    path = blob(document.sha256, tmp_path)
    before = path.stat()
    preserve.keep(reference(b"words"), tmp_path)
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == (before.st_mtime_ns, before.st_ino)
    assert path.stat().st_mode & 0o222 == 0


@pytest.mark.parametrize("at", range(5))
def test_one_changed_byte_is_refused_by_reading_and_by_keeping(tmp_path: Path, at: int) -> None:
    document = preserve.keep(reference(b"words"), tmp_path)
    path = blob(document.sha256, tmp_path)
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.chmod(0o644)
    path.write_bytes(bytes(content))
    with pytest.raises(BadInput, match="changed"):
        preserve.data(document.sha256, tmp_path)
    with pytest.raises(BadInput, match="changed"):
        preserve.keep(reference(b"words"), tmp_path)


def test_what_is_not_there_and_what_is_no_hash(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        preserve.data("sha256:" + "0" * 64, tmp_path)
    for name in ("sha256:../../../etc/passwd", "0" * 63, "sha256:" + "Z" * 64):
        with pytest.raises(BadInput, match="not a SHA-256"):
            preserve.data(name, tmp_path)


def test_without_bytes_there_is_nothing_to_keep(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no bytes"):
        preserve.keep(reference(None), tmp_path)


def test_a_write_that_fails_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    monkeypatch.setattr(blobs, "_folder", lambda folder: folder.mkdir(parents=True))
    with pytest.raises(StorageFailed, match="No space"):
        preserve.keep(reference(b"words"), tmp_path)
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_a_kill_at_any_moment_leaves_whole_blobs_only(tmp_path: Path) -> None:
    writer = (
        "import sys; from pathlib import Path; from corrobora import preserve; from corrobora.model import Reference\n"
        "for n in range(100000):\n"
        "    preserve.keep(Reference(f'{n}', '', str(n).encode() * 2000, 'text/plain'), Path(sys.argv[1]))\n"
        "    print(n, flush=True)\n"
    )
    process = subprocess.Popen([sys.executable, "-c", writer, str(tmp_path)], stdout=subprocess.PIPE)
    assert process.stdout is not None
    kept = [int(process.stdout.readline()) for _ in range(30)]
    process.kill()
    process.communicate()
    for n in kept:
        content = str(n).encode() * 2000
        assert preserve.data(sha256(content).hexdigest(), tmp_path) == content
    for path in tmp_path.rglob("*"):
        if path.is_file() and not path.name.startswith(blobs.INCOMING):
            assert sha256(path.read_bytes()).hexdigest() == path.parent.name + path.name


def test_two_writers_of_the_same_bytes_do_no_harm(tmp_path: Path) -> None:
    found: list[str] = []
    work = [
        threading.Thread(target=lambda: found.append(preserve.keep(reference(b"x" * 10_000), tmp_path).sha256))
        for _ in range(8)
    ]
    for thread in work:
        thread.start()
    for thread in work:
        thread.join()
    assert len(found) == 8
    assert preserve.data(found[0], tmp_path) == b"x" * 10_000


def test_an_original_that_is_a_link_is_a_fault_though_its_bytes_are_right(tmp_path: Path) -> None:
    """Whoever holds the file that it leads to could exchange it the next day."""
    originals = tmp_path / "originals"
    kept = [preserve.keep(reference(words), originals) for words in (b"words", b"others")]
    path = blob(kept[0].sha256, originals)
    path.rename(tmp_path / "elsewhere")
    path.symlink_to(tmp_path / "elsewhere")
    assert preserve.data(kept[0].sha256, originals) == b"words"
    found = preserve.survey(originals)
    assert found[kept[0].sha256].startswith("it is a link")
    assert found[kept[1].sha256] == ""
