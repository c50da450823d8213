"""Writes records to the project's SQLite file, and finds them again."""

import sqlite3
from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import TypeVar

import msgspec

from corrobora.errors import NotFound
from corrobora.model import (
    Assessment,
    CopyFamily,
    Decision,
    Document,
    Findings,
    Hit,
    Incident,
    Input,
    Linked,
    Reading,
    Text,
    Toll,
)
from corrobora.store.custody import Custody, order_digest
from corrobora.store.ledger import now

T = TypeVar("T")
DERIVED = {"incident": Incident, "toll": Toll, "assessment": Assessment, "family": CopyFamily}


class Store(Custody):
    """The records of one project. Threads may share it; processes each open their own."""

    # ------------------------------------------------------------ documents and inputs

    def put_documents(self, found: Sequence[tuple[Document, Input]]) -> None:
        """Record captures and what became of each input. The later capture of an address is current."""
        with self._write("intake") as db:
            for document, given in found:
                db.execute(
                    "UPDATE document SET current = 0 WHERE address = ? AND id <> ? AND address <> '-'",
                    (document.address, document.id),
                )
                db.execute(
                    "INSERT INTO document VALUES (?, ?, ?, ?, 1, ?, ?, ?) ON CONFLICT (id) DO UPDATE"
                    " SET current = 1, body = excluded.body, state = excluded.state, reason = excluded.reason",
                    (
                        document.id,
                        document.sha256,
                        document.file,
                        document.address,
                        given.state,
                        given.reason,
                        _json(document),
                    ),
                )
                # Its words are extracted anew: what was given beside the file is part of the text's metadata.
                for table in ("findings", "reading", "words", "text"):
                    db.execute(f"DELETE FROM {table} WHERE document = ?", (document.id,))  # noqa: S608  fixed names
                self._seen(db, document, given)

    def put_occurrences(self, found: Sequence[tuple[Document, Input]]) -> None:
        """Record that bytes already kept were found (again) at a file."""
        with self._write("intake") as db:
            for document, given in found:
                self._seen(db, document, given)

    def _seen(self, db: sqlite3.Connection, document: Document, given: Input) -> None:
        db.execute(
            "INSERT OR IGNORE INTO occurrence VALUES (?, ?, ?, ?)",
            (given.document, given.file, document.address, now()),
        )
        self._put_input(db, given)

    def put_inputs(self, inputs: Iterable[Input]) -> None:
        """Record what became of inputs that have no document: refused, unreadable, metadata of another file."""
        with self._write("intake") as db:
            for given in inputs:
                self._put_input(db, given)

    @staticmethod
    def _put_input(db: sqlite3.Connection, given: Input) -> None:
        db.execute(
            "INSERT OR REPLACE INTO input VALUES (?, ?, ?, ?, ?, ?)",
            (given.address or given.file, given.file, given.document, given.state, given.reason, now()),
        )

    def set_states(self, states: Iterable[Input]) -> None:
        """Change the state of documents, and of every input that stands for one of them."""
        with self._write("state") as db:
            for s in states:
                self._set_state(db, s)

    @staticmethod
    def _set_state(db: sqlite3.Connection, given: Input) -> None:
        db.execute(
            "UPDATE document SET state = ?, reason = ? WHERE id = ?", (given.state, given.reason, given.document)
        )
        db.execute(
            "UPDATE input SET state = ?, reason = ? WHERE document = ? AND state <> 'duplicate'",
            (given.state, given.reason, given.document),
        )

    def inputs(self) -> tuple[Input, ...]:
        """Return what became of every input ever named, by file."""
        sql = "SELECT file, document, state, reason, address FROM input ORDER BY file, address"
        return tuple(Input(*row) for row in self._rows(sql))

    def documents(self) -> tuple[tuple[Document, str, str], ...]:
        """Return every current document with its state and reason, by file."""
        rows = self._rows("SELECT body, state, reason FROM document WHERE current = 1 ORDER BY file, id")
        decoder = msgspec.json.Decoder(Document)
        return tuple((decoder.decode(body), state, reason) for body, state, reason in rows)

    def same_bytes(self, sha256: str) -> tuple[Document, ...]:
        """Return the documents with these bytes, earliest first."""
        return self._bodies(Document, "SELECT body FROM document WHERE sha256 = ? ORDER BY rowid", sha256)

    # ------------------------------------------------------------ texts, findings, readings

    def unread(self, extractor: str, reader: str, resolver: str) -> tuple[tuple[str, str], ...]:
        """Return (document, what it lacks by these versions), for current documents: text, findings or readings."""
        rows = self._rows(
            "SELECT d.id, CASE WHEN t.extractor IS NOT ?1 THEN 'text' WHEN f.reader IS NOT ?2 THEN 'findings'"
            " ELSE 'readings' END FROM document d LEFT JOIN text t ON t.document = d.id"
            " LEFT JOIN findings f ON f.document = d.id"
            " WHERE d.current = 1 AND d.state IN ('waiting', 'read', 'no_claims', 'other_language')"
            " AND (t.extractor IS NOT ?1 OR f.reader IS NOT ?2 OR f.resolver IS NOT ?3) ORDER BY d.file, d.id",
            extractor, reader, resolver,
        )  # fmt: skip
        return tuple((document, lack) for document, lack in rows)

    def fingerprints(self) -> dict[str, tuple[str, str]]:
        """Return, by document, the extractor of its text and the SHA-256 that the text had when it was written."""
        return {
            d: (extractor, digest)
            for d, extractor, digest in self._rows("SELECT document, extractor, sha256 FROM text")
        }

    def put_texts(self, texts: Iterable[Text]) -> None:
        """Keep texts by extractor version, with the hash of their words, and make them searchable."""
        with self._write("extract") as db:
            for text in texts:
                digest = text_digest(text.text)
                db.execute("DELETE FROM text WHERE document = ?", (text.document,))  # which keeps it as a former text
                db.execute("INSERT INTO text VALUES (?, ?, ?, ?)", (text.document, text.extractor, digest, _json(text)))
                db.execute("DELETE FROM findings WHERE document = ?", (text.document,))
                db.execute("DELETE FROM words WHERE document = ?", (text.document,))
                db.execute(
                    "INSERT INTO words VALUES (?, '', ?, ?)", (text.document, text.metadata.title, text.text)
                )  # fmt: skip

    def texts(self, documents: Sequence[str]) -> tuple[Text, ...]:
        """Return the texts of these documents, in the order asked; documents without one are left out."""
        found: dict[str, Text] = {}
        for start in range(0, len(documents), 500):
            part = documents[start : start + 500]
            sql = f"SELECT body FROM text WHERE document IN ({','.join('?' * len(part))})"  # noqa: S608  only marks
            found.update((text.document, text) for text in self._bodies(Text, sql, *part))
        return tuple(found[document] for document in documents if document in found)

    def headers(self) -> dict[str, Text]:
        """Return, by document, its Text without the words: metadata, dateline, problems."""
        short = "json_set(body, '$.text', '', '$.segments', json('[]'))"
        texts = self._bodies(Text, f"SELECT {short} FROM text")  # noqa: S608  a fixed expression
        return {text.document: text for text in texts}

    def findings(self, document: str) -> Findings:
        """Return what the reader found in a document."""
        found = self._bodies(Findings, "SELECT body FROM findings WHERE document = ?", document)
        if not found:
            raise NotFound(f"{document} has not been read", hint="Run `corrobora read`.")
        return found[0]

    def put_readings(
        self, read: Sequence[tuple[Findings, tuple[Reading, ...], Input]], reader: str, resolver: str
    ) -> None:
        """Replace what was found in documents and what it was resolved to, with their new states, all or nothing."""
        with self._write("read") as db:
            for findings, readings, state in read:
                document = findings.document
                row = (document, reader, resolver, _json(findings))
                db.execute("INSERT OR REPLACE INTO findings VALUES (?, ?, ?, ?)", row)
                db.execute("DELETE FROM reading WHERE document = ?", (document,))
                db.execute("DELETE FROM words WHERE document = ? AND claim <> ''", (document,))
                for r in readings:
                    claim = (r.claim.id, document, r.claim.start, _json(r))
                    db.execute("INSERT OR REPLACE INTO reading VALUES (?, ?, ?, ?)", claim)
                    names = " ".join((*r.speakers, r.place.name if r.place else ""))
                    db.execute("INSERT INTO words VALUES (?, ?, ?, ?)", (document, r.claim.id, names, r.claim.quote))
                self._set_state(db, state)

    def readings(self) -> tuple[Reading, ...]:
        """Return every reading of the current documents, as the machine made them, in document and text order."""
        return self._bodies(
            Reading,
            "SELECT r.body FROM reading r JOIN document d ON d.id = r.document WHERE d.current = 1"
            " ORDER BY d.file, d.id, r.position, r.claim",
        )

    # ------------------------------------------------------------ what is derived

    def put_derived(
        self,
        linked: Linked,
        assessments: Sequence[Assessment],
        families: Sequence[CopyFamily],
        basis: int,
        by: str = "",
    ) -> bool:
        """Replace all incidents, tolls, assessments and copy families, computed from version `basis` of the record.

        `by` names the settings that they were assessed by.
        Returns False, with nothing written, where the record has changed since: compute them again.
        """
        with self._write("link") as db:
            if self.version() != basis:
                return False
            rows: list[tuple[str, str, object]] = [("incident", i.id, i) for i in linked.incidents]
            rows += [("toll", t.id, t) for t in linked.tolls]
            rows += [("assessment", a.incident, a) for a in assessments]
            rows += [("family", f.documents[0], f) for f in families]
            self._put_rows(db, [(k, i, n, _json(body)) for n, (k, i, body) in enumerate(rows)])
            db.execute("INSERT OR REPLACE INTO meta VALUES ('linked', ?)", (str(basis + 1),))
            db.execute("INSERT OR REPLACE INTO meta VALUES ('assessed_by', ?)", (by,))
        return True

    def _put_rows(self, db: sqlite3.Connection, rows: Sequence[tuple[str, str, int, str]]) -> None:
        """Write what is derived; rows that say the same as before are left alone, and need no word in the log."""
        found = db.execute("SELECT kind, id, position, body FROM derived").fetchall()
        before = {(kind, identity): (position, body) for kind, identity, position, body in found}
        gone = before.keys() - {(kind, identity) for kind, identity, _, _ in rows}
        db.executemany("DELETE FROM derived WHERE kind = ? AND id = ?", sorted(gone))
        for kind, identity, position, body in rows:
            old = before.get((kind, identity))
            if old is None or old[1] != body:
                db.execute("INSERT OR REPLACE INTO derived VALUES (?, ?, ?, ?)", (kind, identity, position, body))
            elif old[0] != position:
                db.execute("UPDATE derived SET position = ? WHERE kind = ? AND id = ?", (position, kind, identity))
        self.ledger.details.append(("order", order_digest(kind + " " + identity for kind, identity, _, _ in rows)))

    def linked(self, by: str = "") -> bool:
        """Say whether incidents and assessments rest on the record as it is now, and on the settings named `by`."""
        known = self._rows("SELECT value FROM meta WHERE key = 'assessed_by'")
        if (known[0][0] if known else "") != by:
            return False
        rows = self._rows(
            "SELECT 1 FROM meta a JOIN meta b ON a.value = b.value WHERE a.key = 'linked' AND b.key = 'version'"
        )
        return bool(rows)

    def incidents(self) -> tuple[Incident, ...]:
        """Return every incident."""
        return self._derived(Incident, "incident")

    def tolls(self) -> tuple[Toll, ...]:
        """Return every series of running totals."""
        return self._derived(Toll, "toll")

    def assessments(self) -> tuple[Assessment, ...]:
        """Return the assessment of every incident."""
        return self._derived(Assessment, "assessment")

    def families(self) -> tuple[CopyFamily, ...]:
        """Return the families of copied texts."""
        return self._derived(CopyFamily, "family")

    def _derived(self, kind: type[T], name: str) -> tuple[T, ...]:
        return self._bodies(kind, "SELECT body FROM derived WHERE kind = ? ORDER BY position", name)

    # ------------------------------------------------------------ decisions, search

    def add_decision(self, decision: Decision) -> None:
        """Write a decision, once and for good."""
        with self._write("decide") as db:
            db.execute("INSERT INTO decision VALUES (?, ?, ?)", (decision.id, decision.at.isoformat(), _json(decision)))

    def decisions(self) -> tuple[Decision, ...]:
        """Return every decision, in the order they were made."""
        return self._bodies(Decision, "SELECT body FROM decision ORDER BY at, id")

    def search(self, words: str, limit: int) -> tuple[Hit, ...]:
        """Find words in titles, texts and claims, best first. Each word must occur; a quoted phrase as it stands."""
        rows = self._rows(
            "SELECT w.document, d.file, w.title, w.claim, snippet(words, -1, char(8296), char(8297), ' … ', 24)"
            " FROM words w JOIN document d ON d.id = w.document WHERE words MATCH ? AND d.current = 1"
            " ORDER BY rank LIMIT ?",
            _match(words), limit,
        ) if _match(words) else []  # fmt: skip
        return tuple(Hit(*row) for row in rows)

    def holding(self, words: str) -> tuple[frozenset[str], frozenset[str]]:
        """Return the documents, and the claims, in which all these words occur."""
        match = _match(words)
        rows = self._rows("SELECT document, claim FROM words WHERE words MATCH ?", match) if match else []
        return frozenset(d for d, claim in rows if not claim), frozenset(claim for _, claim in rows if claim)


def text_digest(words: str) -> str:
    """Return the SHA-256, in hex, of a text's UTF-8 bytes."""
    return sha256(words.encode("utf-8", "surrogatepass")).hexdigest()


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()


def _match(words: str) -> str:
    """Return an FTS5 query in which each word, or quoted phrase, is a literal: no operator can be typed by accident."""
    parts = words.replace("\0", " ").replace("“", '"').replace("”", '"').split('"')
    terms = [t for n, part in enumerate(parts) for t in ([part] if n % 2 else part.split())]
    return " ".join(f'"{t}"' for t in terms if any(c.isalnum() for c in t))
