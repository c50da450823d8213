"""The custody log as it is read: events, checkpoints, anchors, and the rows that they speak of."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256

import msgspec

from corrobora.errors import BadInput
from corrobora.model import Anchor, Checkpoint, LoggedEvent, LoggedRow
from corrobora.model.commitments import disclosures, log_leaf, row_key
from corrobora.store.connection import Connection, T
from corrobora.store.ledger import KEPT, SALTS, SIGNING, plain
from corrobora.store.migrate import migrate


class Custody(Connection):
    """What the store knows of its own log."""

    def log(self, what: str, details: Sequence[tuple[str, str]] = ()) -> None:
        """Log an act that changed no row: an export, a verification. Where nobody can write, it stays untold."""
        if self.fixed:
            return
        with self._write(what, version=False, always=True):
            self.ledger.details.extend(details)

    def put_anchor(self, anchor: Anchor) -> None:
        """Keep what an authority said of a checkpoint; the last word of each is kept, all of them are logged."""
        with self._write("anchor", version=False) as db:
            db.execute(
                "INSERT OR REPLACE INTO anchor VALUES (?, ?, ?)",
                (anchor.size, anchor.authority, msgspec.json.encode(anchor).decode()),
            )

    def signing_key(self) -> str:
        """Return the project's private key, in hex; made at first use."""
        return self._secret(SIGNING)

    def events(self) -> tuple[LoggedEvent, ...]:
        """Return the whole log, in order."""
        rows = self._rows("SELECT position, what, at, body, leaf FROM event ORDER BY position")
        return tuple(LoggedEvent(int(position), *map(str, words)) for position, *words in rows)

    def checkpoints(self) -> tuple[Checkpoint, ...]:
        """Return every signed state of the log, by size."""
        rows = self._rows("SELECT size, note, frontier FROM checkpoint ORDER BY size")
        return tuple(Checkpoint(int(size), str(note), str(frontier)) for size, note, frontier in rows)

    def anchors(self) -> tuple[Anchor, ...]:
        """Return what time-stamping authorities said, by size of the checkpoint."""
        try:
            return self._bodies(Anchor, "SELECT body FROM anchor ORDER BY size, authority")
        except msgspec.DecodeError:
            return ()  # `verify` names the row

    def leaf(self, event: LoggedEvent) -> str:
        """Return the leaf hash that an event's words give now; '' where they are not the words of an event."""
        try:
            body = plain(event.body)
            if (body["what"], body["at"]) != (event.what, event.at) or not _canonical(event.body):
                return ""
            return log_leaf(body, self._salts(), event.position)
        except (msgspec.DecodeError, KeyError, TypeError):
            return ""

    @contextmanager
    def leniently(self) -> Iterator[None]:
        """Read text whose bytes were spoilt as text with marks in it, so that its row can be named."""
        before, self._db.text_factory = self._db.text_factory, _marked
        try:
            yield
        finally:
            self._db.text_factory = before

    def logged_rows(self) -> Iterator[LoggedRow]:
        """Yield every row as it is now, with the digest that its values give; '?' where its body is not as written."""
        salts = self._salts()
        with self._lock:
            for table in KEPT:
                for key, values in self.ledger.rows(table):
                    body = dict(zip(self.ledger.columns[table], values, strict=True)).get("body", "null")
                    whole = _canonical(str(body))
                    yield LoggedRow(table, key, self.ledger.digest(table, key, values, salts) if whole else "?")

    def event_disclosures(self, event: LoggedEvent) -> tuple[str, ...]:
        """Return each field of an event as the text that it is disclosed by."""
        return disclosures(plain(event.body), row_key(self._salts(), "event", str(event.position)), once=True)

    def row_disclosures(self, table: str) -> dict[str, tuple[str, ...]]:
        """Return, by key, each field of each row of a table as the text that it is disclosed by."""
        salts = self._salts()
        with self._lock:
            return {
                key: disclosures(self.ledger.row(table, values), row_key(salts, table, key), KEPT[table].whole)
                for key, values in self.ledger.rows(table)
            }

    def order(self) -> str:
        """Return the digest of the order in which what is derived stands."""
        return order_digest(kind + " " + i for kind, i in self._rows("SELECT kind, id FROM derived ORDER BY position"))

    def structure_faults(self) -> Iterator[str]:
        """Yield what is wrong with the file itself: damaged pages, a table, trigger or index that is not as made."""
        for (told,) in self._rows("PRAGMA integrity_check"):
            if told != "ok":
                yield f"record.sqlite is damaged: {told}"
        fresh = sqlite3.connect(":memory:", isolation_level=None)
        migrate(fresh)
        parts = "SELECT type || ' ' || name, coalesce(sql, '') FROM sqlite_master"
        wanted: dict[str, str] = dict(fresh.execute(parts).fetchall())
        found = {name: sql for name, sql in self._rows(parts)}  # noqa: C416  the rows are wider to the type checker
        fresh.close()
        for name in sorted(wanted.keys() | found.keys()):
            if wanted.get(name) != found.get(name):
                yield f"record.sqlite: {name} is not that of this version"

    def index_faults(self) -> Iterator[str]:
        """Yield each document and claim whose words in the search index are not those of its text and quote."""
        texts = (
            "SELECT document, '', json_extract(body, '$.metadata.title'), json_extract(body, '$.text') FROM text"
            " UNION ALL SELECT document, claim, NULL, json_extract(body, '$.claim.quote') FROM reading"
        )
        kept = "SELECT document, claim, CASE claim WHEN '' THEN title END, body FROM words"
        try:
            if not self.fixed:
                self._rows("INSERT INTO words (words, rank) VALUES ('integrity-check', 1)")
            both = [self._rows(f"{a} EXCEPT SELECT * FROM ({b})") for a, b in ((texts, kept), (kept, texts))]  # noqa: S608  both as they stand above
            wrong = {row[1] or row[0] for rows in both for row in rows}
            count = self._rows("SELECT (SELECT count(*) FROM words) - (SELECT count(*) FROM text)"
                               " - (SELECT count(*) FROM reading)")[0][0]  # fmt: skip
        except BadInput as error:
            yield f"the search index is damaged: {error}"
            return
        yield from (f"{name}: its words in the search index are not those of its text" for name in sorted(wrong))
        if count and not wrong:
            yield "the search index holds words more than once"

    def files(self) -> tuple[tuple[str, str, str], ...]:
        """Return (id, file, sha256) of every document ever kept, by file, without opening what is kept of them."""
        rows = self._rows("SELECT id, file, sha256 FROM document ORDER BY file, id")
        return tuple((str(identity), str(file), str(sha256)) for identity, file, sha256 in rows)

    def bodies(self, table: str, document: str, kind: type[T]) -> tuple[T, ...]:
        """Return the records of one document in a table; () where one cannot be decoded: its row is at fault."""
        try:
            return self._bodies(kind, f"SELECT body FROM {table} WHERE document = ?", document)  # noqa: S608  a fixed name
        except msgspec.DecodeError:
            return ()

    def _salts(self) -> bytes:
        return bytes.fromhex(self._secret(SALTS))

    def _secret(self, name: str) -> str:
        with self._lock:
            return self.ledger.secret(name)


def order_digest(names: Iterable[str]) -> str:
    """Return the SHA-256, in hex, of names in their order."""
    return sha256("\n".join(names).encode()).hexdigest()


def _marked(content: bytes) -> str:
    return content.decode("utf-8", "replace")


def _canonical(body: str) -> bool:
    """Say whether a body reads as our own encoder wrote it: no second way to write the same values is let through."""
    try:
        return msgspec.json.encode(msgspec.json.decode(body)).decode() == body
    except msgspec.DecodeError:
        return False
