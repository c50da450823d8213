"""Opens a record file, and writes to it: each write is one transaction with its events in the custody log."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from typing import TypeVar

import msgspec

from corrobora.errors import BadInput, Busy, StorageFailed
from corrobora.model import Notary
from corrobora.store.ledger import Ledger
from corrobora.store.migrate import migrate
from corrobora.store.sealing import ERRORS, connect, failed_to_write

T = TypeVar("T")
COPY = "Copy the whole folder to a disk that you may write to, and use the copy."
UNREADABLE: tuple[type[Exception], ...] = (*ERRORS, UnicodeDecodeError)


def _place(path: Path) -> tuple[int, int]:
    """Which file lies there now: what is written to one that was removed is lost with its last user."""
    try:
        found = path.stat()
    except OSError:
        return (0, 0)
    return (found.st_dev, found.st_ino)


class Connection:
    """One open record. `notary` signs the log; `who` and `software` stand in each event."""

    def __init__(
        self, path: Path, notary: Notary | None = None, who: str = "", software: str = "", key: bytes = b""
    ) -> None:
        self._lock = RLock()
        self._key = key
        self.fixed = path.exists() and not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK))
        """Whether it lies where it cannot be written: it can be looked at and verified, and nothing is logged."""
        rest = path.with_name(f"{path.name}-wal")
        if self.fixed and rest.exists() and rest.stat().st_size:
            raise BadInput(f"{path} was not closed, and lies where it cannot be written", hint=COPY)
        try:
            self._db = connect(path, key, fixed=self.fixed)
            lasting = () if self.fixed else ("journal_mode=WAL", "synchronous=FULL")
            for pragma in (*lasting, "foreign_keys=ON", "temp_store=MEMORY"):
                self._db.execute(f"PRAGMA {pragma}")
            migrate(self._db)
            self.ledger = Ledger(self._db, notary, who, software)
            self._path, self._opened = path, _place(path)
        except UNREADABLE as error:
            raise BadInput(
                f"{path} cannot be opened: {error}", hint="Is it a Corrobora record? Restore a copy."
            ) from error
        if self._rows("SELECT 1 FROM meta WHERE key = 'adopt'"):
            with self._write("adopt", version=False) as db:  # rows from before there was a log, or of other columns
                if db.execute("DELETE FROM meta WHERE key = 'adopt'").rowcount:  # another process may be first
                    self.ledger.touch_all()

    def close(self) -> None:
        """Close the file. The store cannot be used afterwards."""
        self._db.close()

    def close_last(self) -> None:
        """Close the file, which must be open nowhere else: what others wrote to it afterwards would be lost.

        Raises Busy where it is; then it stays open here too.
        """
        try:
            self._db.execute("PRAGMA busy_timeout = 1000")
            self._db.execute("PRAGMA journal_mode = DELETE")  # SQLite allows it to the last connection alone
        except ERRORS as error:
            self._db.execute("PRAGMA busy_timeout = 30000")
            hint = "End what uses it (`corrobora serve`, say), and try again."
            raise Busy("the project is open elsewhere", hint=hint) from error
        self._db.close()

    @contextmanager
    def _write(self, what: str, *, version: bool = True, always: bool = False) -> Iterator[sqlite3.Connection]:
        """One transaction: all of it is written, or nothing, and its events with it.

        The record's version goes up by one, unless nothing is written that anything rests on.
        """
        if self.fixed:
            raise StorageFailed("the project lies where it cannot be written", hint=COPY)
        if _place(self._path) != self._opened:
            raise StorageFailed("the project was moved, locked or removed meanwhile", hint="Open it again.")
        with self._lock:
            try:
                self._db.execute("BEGIN IMMEDIATE")
            except ERRORS as error:
                raise Busy("another process is writing to this project", hint="Try again when it has ended.") from error
            try:
                yield self._db
                if version:
                    self._db.execute("UPDATE meta SET value = value + 1 WHERE key = 'version'")
                self.ledger.write(what, always=always)
                self._db.execute("COMMIT")
            except ERRORS as error:
                self._undo()
                if not failed_to_write(error):
                    raise
                hint = "Free some space, and run the same again."
                raise StorageFailed(f"the record cannot be written: {error}", hint=hint) from error
            except BaseException:
                self._undo()
                raise

    def _undo(self) -> None:
        """Take the open transaction back; on a full or failing disk SQLite has done so by itself."""
        self.ledger.details.clear()
        if self._db.in_transaction:
            self._db.execute("ROLLBACK")

    def copy(self, path: Path) -> frozenset[str]:
        """Write a copy of the record as it stands at this instant, while others may read and write it.

        Returns the `sha256:` names of all bytes that the copy knows.
        """
        target = connect(path, self._key)
        try:
            self._db.backup(target)
            target.execute("PRAGMA journal_mode=DELETE")
            return frozenset(str(name) for (name,) in target.execute("SELECT DISTINCT sha256 FROM document"))
        except ERRORS as error:
            raise StorageFailed(f"the record cannot be copied: {error}", hint="Free some space.") from error
        finally:
            target.close()

    def blobs(self) -> frozenset[str]:
        """Return the `sha256:` names of all bytes that the record knows, former captures included."""
        return frozenset(name for (name,) in self._rows("SELECT DISTINCT sha256 FROM document"))

    def _rows(self, sql: str, *values: object) -> list[tuple[str, ...]]:
        try:
            with self._lock:
                return self._db.execute(sql, values).fetchall()
        except ERRORS as error:
            raise BadInput(f"the record is damaged: {error}", hint="Restore a backup: corrobora restore.") from error

    def _bodies(self, kind: type[T], sql: str, *values: object) -> tuple[T, ...]:
        decoder = msgspec.json.Decoder(kind)
        return tuple(decoder.decode(body) for (body, *_) in self._rows(sql, *values))

    def version(self) -> int:
        """Return a number that grows with every change to the record."""
        return int(self._rows("SELECT value FROM meta WHERE key = 'version'")[0][0])
