"""A locked project: its folder holds no word of it, in any form; opened, it is the same project."""

import base64
import os
import sqlite3
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

pytest.importorskip("sqlcipher3", reason="needs the extra 'encryption'")
pytest.importorskip("pyrage", reason="needs the extra 'encryption'")
pytest.importorskip("argon2", reason="needs the extra 'encryption'")

from corrobora import preserve, project, text
from corrobora.cli import main
from corrobora.errors import BadInput, Busy, Locked, MissingExtra, NotFound, StorageFailed
from corrobora.model import Metadata, Source
from corrobora.preserve import agent, seal
from corrobora.project import Project, vault
from corrobora.store import sealing

PASSPHRASE = "four random words here"  # noqa: S105  of these tests alone
CANARIES = ("Velmira Ostanik", "Qaderi Thornwick", "Yusra Hollinfeld", "Brannoch Teleki", "Zephyrine Vandt")


@pytest.fixture(autouse=True)
def runtime(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Agents of these tests have their sockets apart, and end with them."""
    folder = Path("/tmp") / f"c-{os.getpid()}-{time.monotonic_ns() % 10**9}"  # noqa: S108  a socket's name must be short
    folder.mkdir()
    monkeypatch.setattr(agent, "user_runtime_path", lambda *_, **__: folder)
    yield
    for path in tmp_path.rglob(vault.VAULT):
        preserve.forget_key(path.parent)
    for left in folder.iterdir():
        left.unlink(missing_ok=True)  # an agent that ends takes its own away
    folder.rmdir()


def forms(word: str) -> Iterator[bytes]:
    """The bytes that a name has in a file: UTF-8, UTF-16, and in base64 at each of its three alignments."""
    yield word.encode()
    yield word.encode("utf-16-le")
    yield word.encode("utf-16-be")
    for shift in range(3):
        encoded = base64.b64encode(b"x" * shift + word.encode() + b"x" * ((-shift - len(word)) % 3))
        yield encoded[4 if shift else 0 : -4]


def found(folder: Path) -> list[str]:
    """Every canary that stands in a file of the folder, or in its name."""
    hits: list[str] = []
    for path in folder.rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        here = [n for n in CANARIES if n.split()[0] in path.name or any(form in content for form in forms(n))]
        hits += [f"{path.relative_to(folder)}: {name}" for name in here]
    return hits


@pytest.fixture
def planted(tmp_path: Path) -> Project:
    """A project with a name in a body, a file name, metadata, settings and a decision."""
    inbox = tmp_path / "in"
    inbox.mkdir()
    words = f"Two people were killed in Eskadir, {CANARIES[0]} said."
    (inbox / f"{CANARIES[1]}.txt").write_text(words, encoding="utf-8")
    made = project.new(tmp_path / "p")
    (made.path / "corrobora.toml").write_text(f'[words.speakers]\n"{CANARIES[3]}" = ["BT"]\n', encoding="utf-8")
    made.store.close()
    made = project.open_project(tmp_path / "p")
    made.add([Source(str(inbox), Metadata(outlet=CANARIES[2]))])
    waiting = [d for d, _, _ in made.store.documents()]
    made.store.put_texts([text.extract(d, preserve.data(d.sha256, made.originals)) for d in waiting])
    return made


def test_a_user_without_a_session_gets_a_folder_of_their_own_and_no_warning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Over ssh, in cron and in containers XDG_RUNTIME_DIR is not set; the suite makes errors of warnings."""
    monkeypatch.undo()
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    folder = agent.address(tmp_path / "p").parent
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert folder.stat().st_uid == os.getuid()


def test_a_locked_folder_holds_no_name_in_any_form(planted: Project) -> None:
    before = found(planted.path)
    assert len({hit.rpartition(": ")[2] for hit in before}) >= 4, "the search finds them where they are"
    planted.lock(PASSPHRASE)
    assert found(planted.path) == []
    assert sorted(p.name for p in planted.path.iterdir() if p.name != ".lock") == [
        "record.locked", "sealed", "settings.age", "vault.json",
    ]  # fmt: skip
    with pytest.raises(Locked, match="is locked") as told:
        project.open_project(planted.path)
    assert "corrobora unlock" in told.value.hint


def test_places_that_were_added_are_said_not_to_be_encrypted_and_leave_in_no_backup(
    planted: Project, tmp_path: Path
) -> None:
    planted.store.close()
    (planted.path / "gazetteer.sqlite").write_bytes(CANARIES[0].encode())
    (tmp_path / "secret").write_text(PASSPHRASE)
    words = ["lock", str(planted.path), "--passphrase-file", str(tmp_path / "secret")]
    assert "Not encrypted: gazetteer.sqlite" in CliRunner().invoke(main, words).output
    project.unlock(planted.path, PASSPHRASE)
    again = project.open_project(planted.path)
    again.backup(tmp_path / "out" / "b.backup")
    again.store.close()
    assert found(tmp_path / "out") == []


def test_a_project_that_is_open_elsewhere_is_not_locked(planted: Project) -> None:
    """A server would go on showing it, and what is decided there would be written to a file that is gone."""
    other = project.open_project(planted.path)
    with pytest.raises(Busy, match="open elsewhere") as told:
        planted.lock(PASSPHRASE)
    assert "corrobora serve" in told.value.hint
    assert not vault.is_locked(planted.path)
    other.store.log("verify")
    other.store.close()
    planted.lock(PASSPHRASE)
    assert found(planted.path) == []


def test_nothing_is_acknowledged_that_is_written_to_a_file_that_is_gone(planted: Project) -> None:
    record = planted.path / "record.sqlite"
    record.rename(record.with_name("elsewhere"))
    with pytest.raises(StorageFailed, match="moved, locked or removed"):
        planted.store.log("verify")
    record.write_bytes(record.with_name("elsewhere").read_bytes())  # another file of that name is another file
    with pytest.raises(StorageFailed, match="moved, locked or removed"):
        planted.store.log("verify")


def test_nothing_is_written_in_plain_while_it_is_open(planted: Project, tmp_path: Path) -> None:
    planted.lock(PASSPHRASE)
    project.unlock(planted.path, PASSPHRASE, minutes=5)
    again = project.open_project(planted.path)
    assert again.settings.words.speakers == {CANARIES[3]: ("BT",)}
    more = tmp_path / "more"
    more.mkdir()
    (more / f"{CANARIES[4]}.txt").write_text(f"{CANARIES[4]} was there, and said so.", encoding="utf-8")
    assert [i.state for i in again.add([Source(str(more))])] == ["waiting"]
    assert found(planted.path) == [], "in the write-ahead log as well"
    assert again.search(CANARIES[0].split()[0])
    assert again.verify() == ()
    assert again.backup(tmp_path / "out" / "b.backup") == ()
    assert found(tmp_path / "out") == []
    again.store.close()
    assert found(planted.path) == []
    project.restore(tmp_path / "out" / "b.backup", tmp_path / "restored")
    with pytest.raises(Locked):
        project.open_project(tmp_path / "restored")
    project.unlock(tmp_path / "restored", PASSPHRASE, minutes=5)
    restored = project.open_project(tmp_path / "restored")
    assert len(restored.store.documents()) == 2
    assert restored.log().events[-1].what == "restore", "told as soon as somebody has the key"
    assert restored.verify() == ()
    restored.store.close()


def test_a_changed_original_or_record_is_named(planted: Project) -> None:
    planted.lock(PASSPHRASE)
    project.unlock(planted.path, PASSPHRASE)
    (path,) = (p for p in (planted.path / "sealed").rglob("*") if p.is_file())
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.chmod(0o600)
    path.write_bytes(bytes(content))
    again = project.open_project(planted.path)
    told = " ".join(again.verify())
    assert "cannot be decrypted" in told
    assert CANARIES[1] in told, "the file that lacks its original is named"
    again.store.close()
    record = planted.path / "record.locked"
    record.write_bytes(record.read_bytes()[:5000] + b"\0" * 500 + record.read_bytes()[5500:])
    with pytest.raises(BadInput, match=r"damaged|cannot be opened"):
        project.open_project(planted.path).store.documents()


def test_the_same_bytes_are_one_original_and_their_name_tells_nothing(planted: Project, tmp_path: Path) -> None:
    (document, _, _) = planted.store.documents()[0]
    planted.lock(PASSPHRASE)
    names = [p.parent.name + p.name for p in (planted.path / "sealed").rglob("*") if p.is_file()]
    assert len(names) == 1
    assert document.sha256.removeprefix("sha256:") not in names
    project.unlock(planted.path, PASSPHRASE)
    again = project.open_project(planted.path)
    again.add([Source(str(tmp_path / "in"))])
    assert preserve.data(document.sha256, again.originals).startswith(b"Two people")
    assert len([p for p in (planted.path / "sealed").rglob("*") if p.is_file()]) == 1
    again.store.close()


@pytest.mark.parametrize("step", ["put", "settle"])
def test_a_lock_that_is_interrupted_loses_nothing(planted: Project, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    """Before vault.json is written it is the plain project, after it the encrypted one; the next one tidies up."""

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    count = len(planted.store.documents())
    with monkeypatch.context() as patch:
        patch.setattr(preserve if step == "put" else vault, "put" if step == "put" else "_clear", stop)
        with pytest.raises(KeyboardInterrupt):
            planted.lock(PASSPHRASE)
    if step == "put":
        again = project.open_project(planted.path)
        assert again.verify() == ()
        again.lock(PASSPHRASE)
    else:
        assert (planted.path / "record.sqlite").exists()
    project.unlock(planted.path, PASSPHRASE)
    again = project.open_project(planted.path)
    assert len(again.store.documents()) == count
    again.store.close()
    assert found(planted.path) == []


def test_a_damaged_project_is_not_locked(planted: Project) -> None:
    path = next(p for p in planted.originals.rglob("*") if p.is_file())
    path.chmod(0o600)
    path.write_bytes(b"changed")
    with pytest.raises(BadInput, match="not as it was recorded"):
        planted.lock(PASSPHRASE)
    assert (planted.path / "record.sqlite").exists()
    planted.store.close()


def test_what_a_passphrase_must_be_and_what_a_wrong_one_gives(planted: Project) -> None:
    with pytest.raises(BadInput, match="fewer than 8"):
        planted.lock("short")
    planted.lock(PASSPHRASE)
    with pytest.raises(BadInput, match="not the passphrase"):
        project.unlock(planted.path, "another passphrase")
    with pytest.raises(Locked):
        project.open_project(planted.path)
    with pytest.raises(NotFound, match="not a locked project"):
        project.unlock(planted.path.parent / "none", PASSPHRASE)


def test_it_locks_itself(planted: Project) -> None:
    planted.lock(PASSPHRASE)
    project.unlock(planted.path, PASSPHRASE, minutes=1 / 60)
    assert len(preserve.ask_agent(planted.path)) == 32
    until = time.monotonic() + 15
    while preserve.ask_agent(planted.path, peek=True) and time.monotonic() < until:
        time.sleep(0.1)
    with pytest.raises(Locked):
        project.open_project(planted.path)
    assert not agent.address(planted.path).exists()


def test_use_puts_the_end_off_and_the_socket_is_the_users_own(planted: Project) -> None:
    planted.lock(PASSPHRASE)
    project.unlock(planted.path, PASSPHRASE, minutes=3 / 60)
    assert stat.S_IMODE(agent.address(planted.path).stat().st_mode) == 0o600
    assert stat.S_IMODE(agent.address(planted.path).parent.stat().st_mode) == 0o700
    for _ in range(5):
        time.sleep(0.9)
        assert preserve.ask_agent(planted.path)
    assert project.forget(planted.path)
    assert not project.forget(planted.path)
    assert preserve.ask_agent(planted.path) == b""


def test_pages_of_an_unlocked_project_end_with_its_key(planted: Project) -> None:
    """Requests put the end off; when nobody asks any more, the server ends, and nothing holds the key."""
    from types import SimpleNamespace  # noqa: PLC0415

    from corrobora.web import serving  # noqa: PLC0415

    assert planted.awake()
    planted.lock(PASSPHRASE)
    project.unlock(planted.path, PASSPHRASE, minutes=1.5 / 60)
    again = project.open_project(planted.path)
    server: Any = SimpleNamespace(should_exit=False)
    watch = threading.Thread(target=serving.end_when_locked, args=(server, again, 0.1))
    watch.start()
    asked: list[str] = []

    async def pages(scope: Any, _receive: Any, _send: Any) -> None:
        asked.append(scope["type"])

    answer = serving.awake(pages, again)
    for _ in range(4):
        time.sleep(0.5)
        coroutine: Any = answer({"type": "http"}, None, None)  # type: ignore[arg-type]
        with pytest.raises(StopIteration):
            coroutine.send(None)
        assert not server.should_exit
    watch.join(20)
    assert server.should_exit
    assert asked == ["http"] * 4
    assert not again.awake()
    again.store.close()


def test_a_plain_project_is_served_as_it_is(planted: Project) -> None:
    from corrobora.web import serving  # noqa: PLC0415

    async def pages(_scope: Any, _receive: Any, _send: Any) -> None:
        """Answer nothing."""

    assert serving.awake(pages, planted) is pages
    server: Any = None
    serving.end_when_locked(server, planted)
    planted.store.close()


def test_the_commands(planted: Project, tmp_path: Path) -> None:
    planted.store.close()
    secret = tmp_path / "secret"
    secret.write_text(f"{PASSPHRASE}\n")
    given = ["--passphrase-file", str(secret)]

    def run(*words: str, text: str = "") -> str:
        done = CliRunner().invoke(main, [words[0], str(planted.path), *words[1:]], input=text)
        return f"{done.exit_code} {done.output}"

    assert "0 " in run("lock", text=f"{PASSPHRASE}\n{PASSPHRASE}\n")
    assert "is locked" in run("verify")
    assert "not the passphrase" in run("unlock", text="some other words\n")
    assert "it was locked already" in run("lock")
    assert "not been used for 15 minutes" in run("unlock", *given)
    assert run("verify").startswith("0 ")
    assert run("lock").endswith("locked.\n")
    assert "is locked" in run("verify")


# ------------------------------------------------------------ keys and what is missing


def test_a_seal_opens_what_it_closed_and_nothing_that_was_changed() -> None:
    about, made = seal.make_seal(PASSPHRASE)
    assert seal.open_seal(about, PASSPHRASE) == made
    assert seal.open_seal(about, key=made.key) == made
    closed = made.close(b"words")
    assert b"words" not in closed
    assert made.open(closed, "x") == b"words"
    for at in range(0, len(closed), 7):
        changed = bytearray(closed)
        changed[at] ^= 1
        with pytest.raises(BadInput, match="x was changed"):
            made.open(bytes(changed), "x")
    assert seal.make_seal(PASSPHRASE)[1].key != made.key, "each project has a salt of its own"


@pytest.mark.parametrize(
    ("old", "new"), [('"passes": 3', '"passes": 1'), ('"form": "corrobora vault 1"', '"form": "x"'), ("{", "[")]
)
def test_a_vault_that_was_changed_does_not_open(old: str, new: str) -> None:
    about, made = seal.make_seal(PASSPHRASE)
    changed = about.decode().replace(old, new, 1).encode()
    with pytest.raises(BadInput):
        seal.open_seal(changed, PASSPHRASE)
    with pytest.raises(BadInput):
        seal.open_seal(changed, key=made.key)


def test_without_the_extra_the_error_says_how_to_get_it(planted: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyrage", None)
    with pytest.raises(MissingExtra, match="pyrage") as told:
        planted.lock(PASSPHRASE)
    assert "corrobora[encryption]" in told.value.hint
    assert (planted.path / "record.sqlite").exists()
    monkeypatch.setattr(sealing, "sqlcipher", None)
    with pytest.raises(MissingExtra, match="sqlcipher3"):
        sealing.connect(planted.path / "x", b"k" * 32)


def test_a_plain_project_needs_none_of_it(tmp_path: Path) -> None:
    code = (
        "import sys\nfor name in ('sqlcipher3', 'pyrage', 'argon2'): sys.modules[name] = None\n"
        "from pathlib import Path\nfrom corrobora import project\n"
        f"print(project.new(Path({str(tmp_path / 'n')!r})).verify())"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "()\n"


def test_an_encrypted_record_is_no_sqlite_file_and_keeps_its_triggers(planted: Project) -> None:
    planted.lock(PASSPHRASE)
    with pytest.raises(sqlite3.DatabaseError):
        sqlite3.connect(planted.path / "record.locked").execute("SELECT * FROM sqlite_master")
    project.unlock(planted.path, PASSPHRASE)
    again = project.open_project(planted.path)
    (kinds,) = again.store._db.execute("SELECT count(*) FROM sqlite_master WHERE type = 'trigger'").fetchone()
    assert kinds >= 2
    assert again.store._db.execute("PRAGMA user_version").fetchone()[0] >= 2
    again.store.close()
