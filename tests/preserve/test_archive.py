"""A backup is whole or refused: every byte of it counts, and no name in it leads outside."""

import io
import json
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corrobora.errors import BadInput, StorageFailed
from corrobora.preserve import archive

FILES = {"record.sqlite": b"rows " * 400, "originals/ab/cd": b"\x00words\xff" * 90, "corrobora.toml": b""}


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    pairs = []
    for name, content in FILES.items():
        path = tmp_path / "from" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        pairs.append((name, path))
    return archive.pack(tmp_path / "out" / "a.backup", pairs)


def below(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_what_goes_in_comes_out(backup: Path, tmp_path: Path) -> None:
    assert archive.unpack(backup, tmp_path / "to") == 3
    assert below(tmp_path / "to") == FILES
    assert [p.name for p in backup.parent.iterdir()] == ["a.backup"], "nothing is left beside it"


def test_a_mark_tells_of_which_backup_it_was(backup: Path, tmp_path: Path) -> None:
    archive.unpack(backup, tmp_path / "to", ".mark")
    found = below(tmp_path / "to")
    assert found.pop(".mark") == sha256(backup.read_bytes()).hexdigest().encode()
    assert found == FILES


def test_an_empty_folder_may_be_restored_into_and_no_other(backup: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert archive.unpack(backup, tmp_path / "empty") == 3
    with pytest.raises(BadInput, match="holds something"):
        archive.unpack(backup, tmp_path / "empty")
    with pytest.raises(BadInput, match="holds something"):
        archive.unpack(backup, backup)


def test_a_backup_replaces_nothing(backup: Path, tmp_path: Path) -> None:
    before = backup.read_bytes()
    with pytest.raises(BadInput, match="there already"):
        archive.pack(backup, [("a", tmp_path / "from" / "record.sqlite")])
    assert backup.read_bytes() == before


def test_a_backup_that_fails_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(StorageFailed, match="cannot be written"):
        archive.pack(tmp_path / "out" / "b", [("a", tmp_path / "none")])
    assert list((tmp_path / "out").iterdir()) == []


@given(at=st.floats(0, 1, exclude_max=True), mask=st.integers(1, 255))
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_flipped_byte_is_found_or_changes_nothing(backup: Path, tmp_path: Path, at: float, mask: int) -> None:
    """A byte of the ZIP that means nothing (a date, a version) may change; then what comes out is what went in."""
    data = bytearray(backup.read_bytes())
    data[int(at * len(data))] ^= mask
    changed = tmp_path / "changed"
    changed.write_bytes(bytes(data))
    target = tmp_path / f"to-{sha256(data).hexdigest()[:12]}"
    try:
        archive.unpack(changed, target)
    except BadInput:
        assert not target.exists()
    else:
        assert below(target) == FILES
    assert not [p for p in tmp_path.iterdir() if p.name.startswith(".restore-")]


@pytest.mark.parametrize("kept", [0.0, 0.3, 0.9, 0.999])
def test_a_cut_backup_is_refused_whole(backup: Path, tmp_path: Path, kept: float) -> None:
    data = backup.read_bytes()
    backup.write_bytes(data[: int(len(data) * kept)])
    with pytest.raises(BadInput, match="no whole backup"):
        archive.unpack(backup, tmp_path / "to")
    assert not (tmp_path / "to").exists()


def made(tmp_path: Path, files: list[tuple[str, bytes]], listed: object = None) -> Path:
    """A ZIP as a stranger could make one, with a list that fits unless another is given."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as zipped:
        for name, content in files:
            zipped.writestr(name, content)
        fitting = [{"name": n, "size": len(c), "sha256": sha256(c).hexdigest()} for n, c in files]
        about = {"form": archive.FORM, "files": fitting} if listed is None else listed
        zipped.writestr(archive.LIST, json.dumps(about))
    path = tmp_path / "made.backup"
    path.write_bytes(packed.getvalue())
    return path


@pytest.mark.parametrize("name", ["../out.txt", "/abs.txt", "a/../../out.txt", "..\\out.txt"])
def test_no_name_leads_outside(tmp_path: Path, name: str) -> None:
    with pytest.raises(BadInput, match="points outside"):
        archive.unpack(made(tmp_path, [(name, b"x")]), tmp_path / "to")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["made.backup"]


@pytest.mark.parametrize(
    ("listed", "word"),
    [
        ({"form": "another", "files": []}, "another form"),
        ([], "another form"),
        ({"form": archive.FORM, "files": []}, "differ: a.txt"),
        ({"form": archive.FORM, "files": [{"name": "a.txt", "size": 1, "sha256": "0" * 64}]}, "not what was backed up"),
        ({"form": archive.FORM, "files": [{"name": "a.txt", "size": 0, "sha256": "0" * 64}]}, "longer than"),
        (
            {"form": archive.FORM, "files": [{"name": "a.txt", "size": 9, "sha256": sha256(b"x").hexdigest()}]},
            "not what",
        ),
    ],
)
def test_a_list_that_does_not_fit_is_refused(tmp_path: Path, listed: object, word: str) -> None:
    with pytest.raises(BadInput, match=word):
        archive.unpack(made(tmp_path, [("a.txt", b"x")], listed), tmp_path / "to")
    assert not (tmp_path / "to").exists()


def test_what_is_no_zip_and_what_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("words")
    with pytest.raises(BadInput, match="no whole backup"):
        archive.unpack(tmp_path / "text", tmp_path / "to")
    with pytest.raises(BadInput, match="no such file"):
        archive.unpack(tmp_path / "none", tmp_path / "to")
