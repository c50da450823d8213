"""Writes the custody log: in each transaction, an event for each document that it touched, and a signed checkpoint.

Triggers note which rows a transaction wrote, whoever wrote them and how, so that no write can forget to tell.
"""

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from secrets import token_hex

import msgspec

from corrobora.errors import BadInput
from corrobora.model import Event, LoggedRow, Notary
from corrobora.model.commitments import log_leaf, row_digest, row_key
from corrobora.store.sealing import ERRORS

SALTS, SIGNING = "salts", "signing"


def now() -> str:
    """Return this instant as ISO 8601 in UTC, to the microsecond."""
    return datetime.now(UTC).isoformat()


@dataclass(frozen=True, slots=True)
class Kept:
    """How rows of a table are logged: the columns that name one, the column of its document, and what is not split.

    `whole` are paths that are committed to in one piece; `loose` are columns that the log does not cover.
    """

    key: tuple[str, ...]
    document: str = ""
    whole: frozenset[str] = frozenset()
    loose: frozenset[str] = frozenset()


KEPT = {
    "document": Kept(("id",), "id"),
    "occurrence": Kept(("document", "file", "address"), "document"),
    "input": Kept(("address",), "document"),
    "text": Kept(("document",), "document", frozenset({"body/segments"})),
    "former_text": Kept(("document", "extractor", "sha256"), "document", frozenset({"body"})),
    "findings": Kept(("document",), "document", frozenset({"body"})),
    "reading": Kept(("claim",), "document"),
    "derived": Kept(("kind", "id"), whole=frozenset({"body"}), loose=frozenset({"position"})),
    "decision": Kept(("id",)),
    "anchor": Kept(("size", "authority")),
}


class Ledger:
    """The log of one open record. `who` and `software` stand in each event."""

    def __init__(self, db: sqlite3.Connection, notary: Notary | None, who: str, software: str) -> None:
        self.db = db
        self.notary = notary
        self.who = who
        self.software = software
        self.details: list[tuple[str, str]] = []
        self.columns = {table: _columns(db, table, kept) for table, kept in KEPT.items()}
        self._watch()

    def _watch(self) -> None:
        """Note in a temporary table each row that is written from now on, by its key."""
        self.db.execute("CREATE TEMP TABLE touched (kind TEXT, key TEXT, document TEXT)")
        for table, kept in KEPT.items():
            changed = ", ".join(self.columns[table])
            for act, sides in (("INSERT", ("NEW",)), (f"UPDATE OF {changed}", ("OLD", "NEW")), ("DELETE", ("OLD",))):
                notes = "".join(f"INSERT INTO touched SELECT {_note(table, kept, side + '.')};" for side in sides)
                name = f"watch_{table}_{act.split()[0]}"
                self.db.execute(f"CREATE TEMP TRIGGER {name} AFTER {act} ON main.{table} BEGIN {notes} END")

    def touch_all(self) -> None:
        """Have every row logged anew: those of a record that had no log, or whose columns have changed."""
        for table, kept in KEPT.items():
            self.db.execute(f"INSERT INTO touched SELECT {_note(table, kept, '')} FROM {table}")  # noqa: S608  fixed names

    def secret(self, name: str) -> str:
        """Return a secret of the project, made at first use."""
        ask = "SELECT value FROM secret WHERE name = ?"
        if self.db.execute(ask, (name,)).fetchone() is None:
            made = self.notary.new_key() if name == SIGNING and self.notary else token_hex(32)
            self.db.execute("INSERT OR IGNORE INTO secret VALUES (?, ?)", (name, made))  # another process may be first
        (found,) = self.db.execute(ask, (name,)).fetchone()
        return str(found)

    def write(self, what: str, *, always: bool = False) -> None:
        """Log what this transaction wrote, and sign it. With `always`, an event is written even if no row was."""
        rows: dict[str, list[LoggedRow]] = {"": []} if always else {}
        salts = bytes.fromhex(self.secret(SALTS))
        for table, key, document in self.db.execute(
            "SELECT kind, key, max(document) FROM touched GROUP BY kind, key ORDER BY min(rowid)"
        ).fetchall():
            rows.setdefault(document, []).append(LoggedRow(table, key, self._digest(table, key, salts)))
        self.db.execute("DELETE FROM touched")
        details, self.details = tuple(self.details), []
        size = self._size()
        at, leaves = now(), []
        for position, (document, written) in enumerate(rows.items(), size):
            event = Event(what, at, self.who, self.software, document, tuple(written), details)
            body = msgspec.json.encode(event).decode()
            leaves.append(log_leaf(plain(body), salts, position))
            self.db.execute("INSERT INTO event VALUES (?, ?, ?, ?, ?)", (position, what, at, body, leaves[-1]))
        if leaves and self.notary:
            self._sign(self.notary, size, leaves)

    def _size(self) -> int:
        """Return how many events there are. Raises BadInput where some are gone: nothing is signed on top of that."""
        events, last, signed = self.db.execute(
            "SELECT count(*), coalesce(max(position) + 1, 0),"
            " (SELECT coalesce(max(size), 0) FROM checkpoint) FROM event"
        ).fetchone()
        if last != events or signed > events:
            raise BadInput("events are missing from this project's log", hint="`corrobora verify` says which.")
        return int(events)

    def _sign(self, notary: Notary, size: int, leaves: list[str]) -> None:
        found = self.db.execute("SELECT size, frontier FROM checkpoint ORDER BY size DESC LIMIT 1").fetchone()
        covered, frontier = found or (0, "")
        if covered < size:  # events of a store that was opened without a notary
            rest = self.db.execute("SELECT leaf FROM event WHERE position >= ? ORDER BY position", (covered,))
            leaves = [leaf for (leaf,) in rest]
        grown, note = notary.sign(self.secret(SIGNING), covered, frontier.split(), leaves)
        self.db.execute("INSERT INTO checkpoint VALUES (?, ?, ?)", (covered + len(leaves), " ".join(grown), note))

    def _digest(self, table: str, key: str, salts: bytes) -> str:
        where = " AND ".join(f"{column} = ?" for column in KEPT[table].key)
        sql = f"SELECT {', '.join(self.columns[table])} FROM {table} WHERE {where}"  # noqa: S608  fixed names
        found = self.db.execute(sql, msgspec.json.decode(key)).fetchone()
        return self.digest(table, key, found, salts) if found else ""

    def digest(self, table: str, key: str, values: tuple[object, ...], salts: bytes) -> str:
        """Return the digest of a row by its values, in the order of its columns."""
        return row_digest(self.row(table, values), row_key(salts, table, key), KEPT[table].whole)

    def row(self, table: str, values: tuple[object, ...]) -> dict[str, object]:
        """Return a row as the fields that are committed to: columns, and the parts of its body."""
        row: dict[str, object] = dict(zip(self.columns[table], values, strict=True))
        if "body" not in KEPT[table].whole and isinstance(row.get("body"), str):
            row["body"] = msgspec.json.decode(str(row["body"]))
        return row

    def rows(self, table: str) -> Iterator[tuple[str, tuple[object, ...]]]:
        """Yield every row of a table as it is now: its key, and its values in the order of its columns.

        Raises BadInput where the file is damaged.
        """
        key = f"json_array({', '.join(KEPT[table].key)})"
        columns = ", ".join(self.columns[table])
        try:
            for found in self.db.execute(f"SELECT {key}, {columns} FROM {table}"):  # noqa: S608  fixed names
                yield found[0], found[1:]
        except ERRORS as error:
            raise BadInput(f"{table}: its rows cannot all be read: {error}", hint="Restore a backup.") from error


def _columns(db: sqlite3.Connection, table: str, kept: Kept) -> tuple[str, ...]:
    found = db.execute(f"PRAGMA table_info({table})").fetchall()
    return tuple(name for _, name, *_ in found if name not in kept.loose)


def _note(table: str, kept: Kept, side: str) -> str:
    key = f"json_array({', '.join(side + column for column in kept.key)})"
    return f"'{table}', {key}, {side + kept.document if kept.document else repr('')}"


def logged(body: str) -> Event:
    """Return the event that a row of the log holds. Raises BadInput where its words are spoilt."""
    try:
        return msgspec.json.decode(body, type=Event)
    except msgspec.DecodeError as error:
        raise BadInput(f"an event cannot be read: {error}", hint="`corrobora verify` says which.") from error


def plain(body: str) -> Mapping[str, object]:
    """Return an event as the fields that are committed to."""
    found: Mapping[str, object] = msgspec.json.decode(body)
    return found
