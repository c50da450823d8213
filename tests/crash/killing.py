"""Kills a process that adds, reads, links, decides and backs up, at a moment drawn by chance; looks at what is left.

The process says after each act that it is done ("acknowledged"). What it said must be there when it has been killed,
and what is there must be whole. Reading is done by a stand-in, one claim a report, so that many kills take a few
seconds: what is tried is the record, not the reader. `scripts/soak kills` runs the same for hours.
"""

import os
import random
import re
import signal
import sqlite3
import time
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from corrobora import preserve, project, run, text
from corrobora.errors import CorroboraError
from corrobora.model import Claim, Count, Findings, Reading, Source, Text, content_id
from corrobora.project import Project, reading, running

ACTS = ("add", "add", "read", "link", "decide", "backup")


def report(number: int) -> bytes:
    return f"Report {number}. {number % 9 + 2} people were killed in Eskadir, residents said.\n".encode() * (
        number % 7 + 1
    )


def understood(words: Text) -> tuple[Findings, tuple[Reading, ...]]:
    """What the stand-in reads: one claim, the first figure of the report."""
    found = re.search(r"(\d+) people were killed", words.text)
    assert found
    identity = content_id("c", words.document, found.start(), found.end())
    count = Count(int(found[1]), int(found[1]), "exact", found[1], found.start(1), found.end(1))
    start, end = found.span()
    claim = Claim(
        identity, words.document, start, end, found[0], "other", "killed", count, None, (), (), (), None, None, (),
        "asserts", "actual", "incident", (), (), "", 0.9, (), "stand-in",
    )  # fmt: skip
    said = Reading(claim, words.file, "", None, None, None, (), "", ())
    return Findings(words.document, "stand-in", (claim,), ()), (said,)


def stand_in(patch: Callable[[Any, str, Any], None]) -> None:
    """Have documents extracted here, and read by the stand-in; `patch` is setattr, or a fixture's that undoes it."""

    def workers(
        factory: Any, items: Iterable[Any], count: int, limit: run.Limit = run.Limit(), load: Any = None
    ) -> Iterator[tuple[Any, Any]]:
        assert count
        assert limit
        for item in items:
            (result,) = run.here(factory, [load(item) if load else item])
            yield item, result[1]

    def room(_: Any) -> Callable[[Any], Any]:
        return lambda batch: tuple(understood(words) for words, _ in batch)

    patch(run, "workers", workers)
    patch(reading.ReadAndResolve, "__call__", room)
    patch(text, "prepare", lambda: None)
    patch(running, "gazetteer", lambda *_: Path())


def live(folder: Path, seed: int, say: Callable[[str], None], most: int | None = None) -> None:
    """Do one act after the other on the project in `folder`, and say of each when it is done."""
    chance = random.Random(seed)  # noqa: S311  no secret
    found = project.new(folder / "project")
    inbox = folder / "in"
    inbox.mkdir(exist_ok=True)
    done = 0
    try:
        while most is None or done < most:
            act = ACTS[0] if done < 2 else chance.choice(ACTS)
            say(f"{act} {one(act, found, inbox, seed * 100_000 + done, chance)}")
            done += 1
    finally:
        found.store.close()


def one(act: str, found: Project, inbox: Path, number: int, chance: random.Random) -> str:
    """Do one act, and return what must be there from now on."""
    if act == "add":
        data = report(number)
        (inbox / f"{number}.txt").write_bytes(data)
        found.add([Source(str(inbox / f"{number}.txt"))])
        return sha256(data).hexdigest()
    if act == "read":
        found.read()
        return " ".join(sorted(d.id for d, state, _ in found.store.documents() if state == "read"))
    if act == "link":
        found.link()
        return ""
    if act == "decide":
        claims = [r.claim.id for r in found.store.readings()]
        return found.decide("accept", [chance.choice(claims)], who="A. B.").id if claims else ""
    output = inbox.parent / f"{number}.backup"
    found.backup(output)
    return str(output)


def said_by(pipe: int, line: str) -> None:
    os.write(pipe, f"{line}\n".encode())


@dataclass
class Seen:
    """What was acknowledged, over all kills of one project."""

    blobs: set[str] = field(default_factory=set)
    read: set[str] = field(default_factory=set)
    decisions: set[str] = field(default_factory=set)
    backups: set[str] = field(default_factory=set)
    acts: int = 0

    def note(self, line: str) -> None:
        act, _, what = line.partition(" ")
        self.acts += 1
        if what:
            kind = {"add": self.blobs, "read": self.read, "decide": self.decisions, "backup": self.backups}.get(act)
            if kind is not None:
                kind.update(what.split(" ") if act == "read" else [what])


def killed(folder: Path, seed: int, seconds: float) -> list[str]:
    """Let a process live on `folder` for so long, kill it, and return what it said."""
    ours, theirs = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # to fork where threads run: the child needs none of them
        child = os.fork()
    if not child:
        os.close(ours)
        try:
            stand_in(setattr)
            live(folder, seed, lambda line: said_by(theirs, line))
        finally:
            os._exit(9)
    os.close(theirs)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(ours, encoding="utf-8") as said:
        lines = said.read().split("\n")
    return lines[:-1]  # what stands after the last line's end was not said to its end


def wrong(folder: Path, seen: Seen) -> list[str]:
    """Return, in words, what is not there, or not whole; the project is left as a next run would leave it."""
    if not (folder / "project" / "record.sqlite").exists():
        return ["what was acknowledged is gone"] if seen.acts else []
    found = project.open_project(folder / "project")
    try:
        with found.alone():  # as any writer does first
            pass
        return list(_faults(found, seen))
    finally:
        found.store.close()


def _faults(found: Project, seen: Seen) -> Iterator[str]:
    yield from found.verify()
    documents = {
        document.sha256.removeprefix("sha256:"): (document, state) for document, state, _ in found.store.documents()
    }
    yield from (f"the document {blob} is not there" for blob in seen.blobs - documents.keys())
    for blob in seen.blobs & documents.keys():
        try:
            preserve.data("sha256:" + blob, found.originals)
        except CorroboraError as error:
            yield str(error)
    states = {document.id: state for document, state in documents.values()}
    lost = {document for document in seen.read if states.get(document) != "read"}
    yield from (f"{document} was read, and is {states.get(document)}" for document in lost)
    decisions = {decision.id for decision in found.store.decisions()}
    yield from (f"the decision {decision} is not there" for decision in seen.decisions - decisions)
    named = {name.removeprefix("sha256:") for name in found.store.blobs()}
    for path in found.originals.rglob("*"):
        if path.is_file() and path.parent.name + path.name not in named:
            yield f"{path.name} is left among the originals"
    yield from half(found.path / "record.sqlite")


def half(record: Path) -> Iterator[str]:
    """Yield what is there by halves: rows whose other rows are missing."""
    with sqlite3.connect(record) as db:
        questions = (
            ("PRAGMA integrity_check", "ok"),
            ("SELECT count(*) FROM document d LEFT JOIN input i ON i.document = d.id WHERE i.document IS NULL", 0),
            ("SELECT count(*) FROM document WHERE state = 'read' AND id NOT IN (SELECT document FROM findings)", 0),
            ("SELECT count(*) FROM findings WHERE document NOT IN (SELECT document FROM text)", 0),
            ("SELECT count(*) FROM reading WHERE document NOT IN (SELECT document FROM findings)", 0),
            ("SELECT count(*) FROM text WHERE document NOT IN (SELECT document FROM words)", 0),
        )
        for sql, good in questions:
            answer = db.execute(sql).fetchone()[0]
            if answer != good:
                yield f"{sql}: {answer}"
    db.close()


def restores(backups: Sequence[str], folder: Path) -> list[str]:
    """Return what is wrong with backups that were said to be done."""
    faults = []
    for number, backup in enumerate(backups):
        try:
            project.restore(Path(backup), folder / str(number))
            found = project.open_project(folder / str(number))
            faults += [f"{backup}: {fault}" for fault in found.verify()]
            found.store.close()
        except CorroboraError as error:
            faults.append(f"{backup}: {error}")
    return faults
