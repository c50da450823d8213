"""Opens a record: a plain SQLite file, or one that SQLCipher encrypts, whose key is never in a file."""

import sqlite3
from pathlib import Path
from typing import Any

from corrobora.errors import MissingExtra

ERRORS: tuple[type[Exception], ...] = (sqlite3.DatabaseError,)
try:
    from sqlcipher3 import dbapi2 as sqlcipher
except ImportError:  # the extra `encryption`
    sqlcipher = None
else:
    ERRORS = (sqlite3.DatabaseError, sqlcipher.DatabaseError)


def failed_to_write(error: Exception) -> bool:
    """Say whether the disk, or another process, is the reason of an error, and not what was asked.

    >>> failed_to_write(sqlite3.OperationalError("database or disk is full"))
    True
    """
    return type(error).__name__ == "OperationalError"


def connect(path: Path, key: bytes = b"", *, fixed: bool = False) -> sqlite3.Connection:
    """Open the file `path`; with `key` (32 bytes) as an encrypted one. Raises MissingExtra without SQLCipher.

    `fixed` says that nobody can write it: then no lock and no other file is looked for beside it.
    """
    name = f"{path.resolve().as_uri()}?immutable=1" if fixed else str(path)
    if not key:
        return sqlite3.connect(name, timeout=30, isolation_level=None, check_same_thread=False, uri=fixed)
    db: Any = _sqlcipher().connect(name, timeout=30, isolation_level=None, check_same_thread=False, uri=fixed)
    db.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    db.execute("PRAGMA temp_store = MEMORY")
    db.execute("PRAGMA cipher_memory_security = ON")
    return db  # type: ignore[no-any-return]  # SQLCipher's connection has the same methods


def encrypt(plain: Path, target: Path, key: bytes) -> None:
    """Write the record `plain`, which nobody has open, to the new encrypted file `target`."""
    db = _sqlcipher().connect(str(plain), isolation_level=None)
    try:
        (version,) = db.execute("PRAGMA user_version").fetchone()
        db.execute("ATTACH DATABASE ? AS sealed KEY ?", (str(target), f"x'{key.hex()}'"))
        db.execute("SELECT sqlcipher_export('sealed')")
        db.execute(f"PRAGMA sealed.user_version = {int(version)}")
        db.execute("DETACH DATABASE sealed")
    finally:
        db.close()


def _sqlcipher() -> Any:  # noqa: ANN401  the module, where it is installed
    if sqlcipher is None:
        raise MissingExtra("a locked project needs sqlcipher3", hint="pip install 'corrobora[encryption]'")
    return sqlcipher
