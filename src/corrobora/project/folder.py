"""A project folder: its record, its originals, its settings, and the lock that writers hold."""

import platform
import resource
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from corrobora import __version__, preserve, settings
from corrobora.errors import Busy
from corrobora.project import deciding, vault
from corrobora.project.view import View
from corrobora.store import Store

SOFTWARE = f"corrobora {__version__}, Python {platform.python_version()}, {platform.system()} {platform.machine()}"
RESTORED = ".restored"
"""A file with the SHA-256 of the backup that a project was restored from, until its log tells of it."""
WEIGHTS = "linking.toml"
"""The weights of linking that a project learned; without it, the shipped ones are in force."""
Progress = Callable[[str, int, int], None]


def silent(_what: str, _done: int, _total: int) -> None:
    """Show no progress."""


def open_store(path: Path, seal: preserve.Seal | None = None) -> Store:
    """Open the record of a project folder; what is written to it is logged as done by this user with this version."""
    if seal:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # no image of a memory that the key stands in
    file, key = (vault.RECORD, seal.key) if seal else ("record.sqlite", b"")
    return Store(path / file, preserve.Notary(), deciding.login(), SOFTWARE, key)


class Folder:
    """What every verb works on. `progress` is told what is done: its name, how much, and of how much (0: not known)."""

    def __init__(self, path: Path, progress: Progress = silent) -> None:
        self.path = path
        self.progress = progress
        self.seal = vault.seal(path)
        self.settings = settings.loads(vault.settings_of(path, self.seal), str(path / "corrobora.toml"))
        self.title = self.settings.title or path.resolve().name
        self.originals = preserve.Sealed.at(path / vault.SEALED, self.seal) if self.seal else path / "originals"
        self.store = open_store(path, self.seal)
        self.view = View(self.store)
        if (path / RESTORED).exists() and not self.store.fixed:
            self.store.log("restore", [("backup", (path / RESTORED).read_text(encoding="ascii", errors="replace"))])
            (path / RESTORED).unlink(missing_ok=True)

    @contextmanager
    def alone(self, wait: float = 600) -> Iterator[None]:
        """Hold the project for writing; a second run waits up to `wait` seconds, and then raises Busy.

        What a run that was killed has left is removed first. Where nobody can write, nobody is waited for.
        """
        if self.store.fixed:
            yield
            return
        lock = FileLock(self.path / ".lock")
        try:
            lock.acquire(timeout=0)
        except Timeout:
            self.progress("Waiting for another run on this project", 0, 0)
            try:
                lock.acquire(timeout=wait)
            except Timeout:
                raise Busy(
                    "another run is still writing to this project", hint="Try again when it has ended."
                ) from None
        try:
            if preserve.interrupted(self.originals):
                preserve.sweep(self.originals, self.store.blobs())
            yield
        finally:
            lock.release()
