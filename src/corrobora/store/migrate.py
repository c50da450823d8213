"""Brings a record file to the schema of this version: each step in one transaction with its own record."""

import sqlite3
from importlib import resources

from corrobora.errors import BadInput


def steps() -> tuple[tuple[int, str], ...]:
    """Return every schema step, as (number, SQL), in order."""
    folder = resources.files("corrobora.store") / "schema"
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".sql"))
    return tuple((int(name[:4]), (folder / name).read_text(encoding="utf-8")) for name in names)


def migrate(connection: sqlite3.Connection) -> None:
    """Apply the steps that this file lacks. Raises BadInput where it was written by a later version."""
    (done,) = connection.execute("PRAGMA user_version").fetchone()
    todo = steps()
    if done > todo[-1][0]:
        raise BadInput(
            f"this project was written by a later version (schema {done})", hint="Use that version, or a newer one."
        )
    for number, sql in todo:
        if number > done:
            _apply(connection, number, sql)


def _apply(connection: sqlite3.Connection, number: int, sql: str) -> None:
    # Another process may be opening the same new project: the winner has the step done, the other sees it done.
    connection.execute("BEGIN IMMEDIATE")
    try:
        (done,) = connection.execute("PRAGMA user_version").fetchone()
        if done < number:
            for statement in _statements(sql):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {number}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def _statements(sql: str) -> list[str]:
    """Split a script into its statements: `executescript` would commit each step by itself.

    >>> _statements("CREATE TABLE a (b TEXT); CREATE TABLE c (d TEXT);")
    ['CREATE TABLE a (b TEXT);', 'CREATE TABLE c (d TEXT);']
    """
    found, pending = [], ""
    for piece in sql.rstrip().rstrip(";").split(";"):
        pending += piece + ";"
        if sqlite3.complete_statement(pending):
            found.append(pending.strip())
            pending = ""
    return found
