"""A file system that loses what was not synced, or fails: beneath SQLite as a VFS, beneath originals as fsync.

SQLite's own calls are wrapped where it makes them (https://sqlite.org/c3ref/vfs.html, as its test6.c does), so that the
record is tried as it is shipped, with Python's own sqlite3. Of originals, the last content that was fsynced is what
stays, under the names of the last fsync of their folder. Locks, shared memory and reads go to the real file system.
"""

import copy
import ctypes
import os
import random
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FULL, BROKEN_WRITE, BROKEN_SYNC = 13, 10 | 3 << 8, 10 | 4 << 8  # SQLITE_FULL, SQLITE_IOERR_WRITE, SQLITE_IOERR_FSYNC
POINTER, INT, LONG = ctypes.c_void_p, ctypes.c_int, ctypes.c_int64
OPEN = ctypes.CFUNCTYPE(INT, POINTER, POINTER, POINTER, INT, POINTER)
DELETE = ctypes.CFUNCTYPE(INT, POINTER, ctypes.c_char_p, INT)
WRITE = ctypes.CFUNCTYPE(INT, POINTER, POINTER, INT, LONG)
TRUNCATE = ctypes.CFUNCTYPE(INT, POINTER, LONG)
SYNC = ctypes.CFUNCTYPE(INT, POINTER, INT)


class Vfs(ctypes.Structure):
    """The head of struct sqlite3_vfs, and the rest of it as it is."""

    _fields_ = (
        ("version", INT), ("size", INT), ("longest", INT), ("next", POINTER), ("name", ctypes.c_char_p),
        ("data", POINTER), ("open", POINTER), ("delete", POINTER), ("others", POINTER * 16),
    )  # fmt: skip


class Methods(ctypes.Structure):
    """struct sqlite3_io_methods."""

    _fields_ = (
        ("version", INT), ("close", POINTER), ("read", POINTER), ("write", POINTER), ("truncate", POINTER),
        ("sync", POINTER), ("others", POINTER * 13),
    )  # fmt: skip


def library() -> ctypes.CDLL | None:
    """Return the SQLite that Python uses, None where it is built in and cannot be reached."""
    try:
        found = ctypes.CDLL("libsqlite3.so.0")
    except OSError:
        return None
    found.sqlite3_libversion.restype = ctypes.c_char_p
    found.sqlite3_vfs_find.restype = ctypes.POINTER(Vfs)
    same = found.sqlite3_libversion().decode() == sqlite3.sqlite_version
    loaded = Path("/proc/self/maps").read_text(encoding="utf-8") if Path("/proc/self/maps").exists() else ""
    return found if same and loaded.count("libsqlite3.so") else None


Step = tuple[str, int, bytes]  # write, truncate; where; what


@dataclass
class Disk:
    """What would still be there after a power cut, and what may or may not be."""

    durable: dict[str, bytearray] = field(default_factory=dict)
    pending: dict[str, list[Step]] = field(default_factory=dict)
    listed: dict[str, dict[str, int]] = field(default_factory=dict)  # folder: name: inode, as last synced
    contents: dict[int, bytes] = field(default_factory=dict)  # by inode, as last synced
    steps: int = 0
    before: Callable[["Disk", str], int] = lambda _disk, _what: 0  # may fail the step: a result code of SQLite

    def step(self, what: str) -> int:
        self.steps += 1
        return self.before(self, what)

    def wrote(self, name: str, at: int, data: bytes) -> None:
        self.pending.setdefault(name, []).append(("write", at, data))

    def truncated(self, name: str, size: int) -> None:
        self.pending.setdefault(name, []).append(("truncate", size, b""))

    def synced(self, name: str) -> None:
        content = self.durable.setdefault(name, bytearray())
        for step in self.pending.pop(name, []):
            apply(content, step)

    def deleted(self, name: str) -> None:
        self.durable.pop(name, None)
        self.pending.pop(name, None)

    def fsynced(self, descriptor: int) -> None:
        path = Path(f"/proc/self/fd/{descriptor}").readlink()
        if path.is_dir():
            self.listed[str(path)] = {p.name: p.stat().st_ino for p in path.iterdir()}
        else:
            self.contents[os.fstat(descriptor).st_ino] = path.read_bytes()

    def snapshot(self) -> "Disk":
        return Disk(
            copy.deepcopy(self.durable), copy.deepcopy(self.pending), copy.deepcopy(self.listed), dict(self.contents)
        )

    def image(self, project: Path, target: Path, chance: random.Random) -> None:
        """Write what a power cut could leave of `project` at `target`: what was not synced is there, not, or torn."""
        files = {**{n: bytearray() for n in self.pending}, **self.durable}
        for name, content in ((n, c) for n, c in files.items() if Path(n).is_relative_to(project)):
            left = bytearray(content)
            for step in self.pending.get(name, []):
                fate = chance.choice(("kept", "lost", "torn"))
                if fate == "kept":
                    apply(left, step)
                elif fate == "torn" and step[0] == "write":
                    apply(left, (step[0], step[1], step[2][: chance.randrange(0, len(step[2]) + 1, 512)]))
            (target / Path(name).relative_to(project)).parent.mkdir(parents=True, exist_ok=True)
            (target / Path(name).relative_to(project)).write_bytes(left)
        self.restore(project / "originals", target / "originals")

    def restore(self, folder: Path, target: Path) -> None:
        target.mkdir(parents=True, exist_ok=True)
        for name, inode in self.listed.get(str(folder), {}).items():
            if str(folder / name) in self.listed or (folder / name).is_dir():
                self.restore(folder / name, target / name)
            else:
                (target / name).write_bytes(self.contents.get(inode, b""))


def apply(content: bytearray, step: Step) -> None:
    kind, at, data = step
    if kind == "truncate":
        del content[at:]
        content.extend(bytes(at - len(content)))
    else:
        content.extend(bytes(max(0, at - len(content))))
        content[at : at + len(data)] = data


@contextmanager
def beneath(disk: Disk) -> Iterator[None]:
    """Have SQLite write through `disk`: every file that is opened from now on, until the end."""
    sqlite = library()
    assert sqlite
    real = sqlite.sqlite3_vfs_find(None)
    layer = _Layer(disk, real.contents)
    ours = Vfs.from_buffer_copy(ctypes.string_at(real, ctypes.sizeof(Vfs)))
    ours.name = b"faulty"
    ours.open = ctypes.cast(layer.keep(OPEN(layer.open)), POINTER)
    ours.delete = ctypes.cast(layer.keep(DELETE(layer.delete)), POINTER)
    sqlite.sqlite3_vfs_register(ctypes.byref(ours), 1)
    try:
        yield
    finally:
        sqlite.sqlite3_vfs_register(real, 1)
        sqlite.sqlite3_vfs_unregister(ctypes.byref(ours))


class _Layer:
    """The calls of a VFS, each of which tells the disk and then does what it would have done."""

    def __init__(self, disk: Disk, real: Vfs) -> None:
        self.disk = disk
        self.real_open = OPEN(real.open)
        self.real_delete = DELETE(real.delete)
        self.real_pointer = ctypes.addressof(real)
        self.names: dict[int, str] = {}
        self.tables: dict[int, Methods] = {}
        self.kept: list[Any] = []

    def keep(self, callback: Any) -> Any:
        self.kept.append(callback)  # else it is freed while SQLite still calls it
        return callback

    def open(self, _vfs: int, name: int, file: int, flags: int, out: int) -> int:
        result = self.real_open(self.real_pointer, name, file, flags, out)
        if result == 0 and name:
            path = ctypes.string_at(name).decode()
            self.names[file] = path
            pointer = POINTER.from_address(file)
            if pointer.value and not path.endswith("-shm"):
                pointer.value = ctypes.addressof(self.table(pointer.value))
        return int(result)

    def delete(self, _vfs: int, name: bytes, synced: int) -> int:
        if failed := self.disk.step("delete"):
            return failed
        self.disk.deleted(name.decode())
        return int(self.real_delete(self.real_pointer, name, synced))

    def table(self, original: int) -> Methods:
        if original not in self.tables:
            real = Methods.from_address(original)
            ours = Methods.from_buffer_copy(ctypes.string_at(original, ctypes.sizeof(Methods)))
            write, truncate, sync = WRITE(real.write), TRUNCATE(real.truncate), SYNC(real.sync)

            def on_write(file: int, data: int, amount: int, at: int) -> int:
                if failed := self.disk.step("write"):
                    return failed
                self.disk.wrote(self.names[file], at, ctypes.string_at(data, amount))
                return int(write(file, data, amount, at))

            def on_truncate(file: int, size: int) -> int:
                if failed := self.disk.step("truncate"):
                    return failed
                self.disk.truncated(self.names[file], size)
                return int(truncate(file, size))

            def on_sync(file: int, flags: int) -> int:
                if failed := self.disk.step("sync"):
                    return failed
                self.disk.synced(self.names[file])
                return int(sync(file, flags))

            for name, callback in (
                ("write", WRITE(on_write)), ("truncate", TRUNCATE(on_truncate)), ("sync", SYNC(on_sync))
            ):  # fmt: skip
                setattr(ours, name, ctypes.cast(self.keep(callback), POINTER))
            ours.version = min(ours.version, 2)  # no memory map, which would write past us
            self.tables[original] = ours
        return self.tables[original]
