"""What can be done to a project behind its back; each returns words that the fault which names it must hold.

    python tests/custody/mutations.py PROJECT COUNT    # a project to copy; prints how many of COUNT were found, by kind

`docs/benchmarks.md` records the figures of the long form; the test suite runs a short one with a fixed seed.
"""

import json
import random
import shutil
import sqlite3
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from corrobora import project
from corrobora.model import LoggedEvent
from corrobora.model.commitments import log_leaf
from corrobora.preserve import Notary
from corrobora.store import Store

Mutation = Callable[[Path, random.Random], str]
KEYS = {
    "document": "id",
    "occurrence": "document",
    "input": "address",
    "text": "document",
    "findings": "document",
    "reading": "claim",
    "derived": "id",
    "decision": "id",
    "anchor": "authority",
}


@contextmanager
def behind(folder: Path) -> Iterator[sqlite3.Connection]:
    """Open the record past its triggers, and put them back: what is changed shows in no trigger."""
    db = sqlite3.connect(folder / "record.sqlite", isolation_level=None)
    triggers = db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in triggers:
        db.execute(f"DROP TRIGGER {name}")
    try:
        yield db
    finally:
        for _, sql in triggers:
            db.execute(sql)
        db.close()


def flipped(text: str, rng: random.Random) -> str:
    """Return a text with one character changed to another letter or digit."""
    at = rng.randrange(len(text))
    return text[:at] + rng.choice([c for c in "abcXYZ0189" if c != text[at]]) + text[at + 1 :]


def blobs(folder: Path) -> list[Path]:
    """Return the originals on disk."""
    return sorted(p for p in (folder / "originals").rglob("*") if p.is_file())


def blob_flip(folder: Path, rng: random.Random) -> str:
    """Change one bit of an original."""
    path = rng.choice(blobs(folder))
    content = bytearray(path.read_bytes())
    content[rng.randrange(len(content))] ^= 1 << rng.randrange(8)
    path.chmod(0o600)
    path.write_bytes(bytes(content))
    return path.name


def blob_truncate(folder: Path, rng: random.Random) -> str:
    """Cut an original short."""
    path = rng.choice(blobs(folder))
    content = path.read_bytes()
    path.chmod(0o600)
    path.write_bytes(content[: rng.randrange(len(content))])
    return path.name


def blob_delete(folder: Path, rng: random.Random) -> str:
    """Remove an original."""
    path = rng.choice(blobs(folder))
    path.unlink()
    return path.name


def blob_swap(folder: Path, rng: random.Random) -> str:
    """Put one original in the place of another."""
    a, b = rng.sample(blobs(folder), 2)
    content = b.read_bytes()
    a.chmod(0o600)
    a.write_bytes(content)
    return a.name


def blob_insert(folder: Path, rng: random.Random) -> str:
    """Put in an original that fits its name, and that nothing speaks of."""
    content = rng.randbytes(90)
    digest = sha256(content).hexdigest()
    path = folder / "originals" / digest[:2] / digest[2:]
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    return digest


def blob_elsewhere(folder: Path, rng: random.Random) -> str:
    """Have a folder of originals lie where it can be exchanged: the bytes are the same today."""
    kept = rng.choice(blobs(folder))
    kept.parent.rename(folder / "elsewhere")
    kept.parent.symlink_to(folder / "elsewhere")
    return kept.name


def stray_file(folder: Path, rng: random.Random) -> str:
    """Put in a file that can be no original."""
    name = rng.choice(("notes.txt", ".hidden", "deep/er/file", "abc/def"))
    path = folder / "originals" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("words")
    return name


def row_flip(table: str) -> Mutation:
    """Change one character of one column of a row."""

    def change(folder: Path, rng: random.Random) -> str:
        with behind(folder) as db:
            columns = [c for _, c, kind, *_ in db.execute(f"PRAGMA table_info({table})") if kind == "TEXT"]
            rows = db.execute(f"SELECT rowid, {KEYS[table]}, {', '.join(columns)} FROM {table}").fetchall()
            rowid, key, *values = rng.choice(rows)
            column, value = rng.choice([(c, v) for c, v in zip(columns, values, strict=True) if v])
            db.execute("PRAGMA foreign_keys = OFF")
            db.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", (flipped(value, rng), rowid))
        return str(key)

    return change


def row_delete(table: str) -> Mutation:
    """Remove a row."""

    def change(folder: Path, rng: random.Random) -> str:
        with behind(folder) as db:
            rowid, key = rng.choice(db.execute(f"SELECT rowid, {KEYS[table]} FROM {table}").fetchall())
            db.execute(f"DELETE FROM {table} WHERE rowid = ?", (rowid,))
        return str(key)

    return change


def row_insert(table: str) -> Mutation:
    """Put in a row that is like another."""

    def change(folder: Path, rng: random.Random) -> str:
        with behind(folder) as db:
            names = [c for _, c, *_ in db.execute(f"PRAGMA table_info({table})")]
            row = list(rng.choice(db.execute(f"SELECT * FROM {table}").fetchall()))
            at = names.index(KEYS[table])
            row[at] = f"{row[at]}{rng.randrange(10**6)}"
            db.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", row)
        return str(row[at])

    return change


def row_swap(table: str) -> Mutation:
    """Let two rows change their bodies."""

    def change(folder: Path, rng: random.Random) -> str:
        with behind(folder) as db:
            rows = db.execute(f"SELECT rowid, {KEYS[table]}, body FROM {table}").fetchall()
            (a, key, one), (b, _, two) = rng.sample(rows, 2)
            if one == two:
                return row_flip(table)(folder, rng)
            db.execute(f"UPDATE {table} SET body = ? WHERE rowid = ?", (two, a))
            db.execute(f"UPDATE {table} SET body = ? WHERE rowid = ?", (one, b))
        return str(key)

    return change


def derived_reorder(folder: Path, rng: random.Random) -> str:
    """Let two incidents or tolls change places."""
    with behind(folder) as db:
        (a, x), (b, y) = rng.sample(db.execute("SELECT rowid, position FROM derived").fetchall(), 2)
        db.execute("UPDATE derived SET position = ? WHERE rowid = ?", (y, a))
        db.execute("UPDATE derived SET position = ? WHERE rowid = ?", (x, b))
    return "order"


def event_flip(folder: Path, rng: random.Random) -> str:
    """Change one character of an event or of its leaf."""
    with behind(folder) as db:
        position, *values = rng.choice(db.execute("SELECT position, what, at, body, leaf FROM event").fetchall())
        column, value = rng.choice(list(zip(("what", "at", "body", "leaf"), values, strict=True)))
        db.execute(f"UPDATE event SET {column} = ? WHERE position = ?", (flipped(value, rng), position))
    return f"event {position} "


def event_delete(folder: Path, rng: random.Random) -> str:
    """Remove an event from the middle."""
    with behind(folder) as db:
        (size,) = db.execute("SELECT count(*) FROM event").fetchone()
        position = rng.randrange(size - 1)
        db.execute("DELETE FROM event WHERE position = ?", (position,))
    return f"event {position}:"


def event_reorder(folder: Path, rng: random.Random) -> str:
    """Let two events change places."""
    with behind(folder) as db:
        (size,) = db.execute("SELECT count(*) FROM event").fetchone()
        a, b = rng.sample(range(size), 2)
        for old, new in ((a, -1), (b, a), (-1, b)):
            db.execute("UPDATE event SET position = ? WHERE position = ?", (new, old))
    return f"event {a} "


def log_truncate(folder: Path, rng: random.Random) -> str:
    """Cut off the end of the log, with the checkpoints that speak of it."""
    with behind(folder) as db:
        sizes = [size for (size,) in db.execute("SELECT size FROM checkpoint ORDER BY size")]
        keep = rng.choice(sizes[:-1])
        db.execute("DELETE FROM event WHERE position >= ?", (keep,))
        db.execute("DELETE FROM checkpoint WHERE size > ?", (keep,))
    return "its end was cut off"


def checkpoint_flip(folder: Path, rng: random.Random) -> str:
    """Change one character of a checkpoint, but for the spare bits of its last digit."""
    with behind(folder) as db:
        size, note, frontier = rng.choice(db.execute("SELECT size, note, frontier FROM checkpoint").fetchall())
        if rng.random() < 0.3:
            db.execute("UPDATE checkpoint SET frontier = ? WHERE size = ?", (flipped(frontier, rng), size))
        else:
            at = len(note) - 4
            changed = flipped(note[:at], rng) + note[at:]
            db.execute("UPDATE checkpoint SET note = ? WHERE size = ?", (changed, size))
    return f"checkpoint {size}:"


def checkpoint_delete(folder: Path, rng: random.Random) -> str:
    """Remove a checkpoint."""
    with behind(folder) as db:
        (size,) = rng.choice(db.execute("SELECT size FROM checkpoint").fetchall())
        db.execute("DELETE FROM checkpoint WHERE size = ?", (size,))
    return f"checkpoint {size}:"


def index_flip(folder: Path, rng: random.Random) -> str:
    """Change the words that a search finds."""
    with behind(folder) as db:
        rowid, document, claim, body = rng.choice(
            db.execute("SELECT rowid, document, claim, body FROM words").fetchall()
        )
        db.execute("UPDATE words SET body = ? WHERE rowid = ?", (flipped(body, rng), rowid))
    return str(claim or document)


def trigger_drop(folder: Path, rng: random.Random) -> str:
    """Take away what keeps decisions and events from being changed."""
    db = sqlite3.connect(folder / "record.sqlite", isolation_level=None)
    (name,) = rng.choice(db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall())
    db.execute(f"DROP TRIGGER {name}")
    db.close()
    return str(name)


def secret_change(folder: Path, rng: random.Random) -> str:
    """Change the signing key or the secret of the salts."""
    with behind(folder) as db:
        name, value = rng.choice(db.execute("SELECT name, value FROM secret").fetchall())
        other = "0" if value[0] != "0" else "1"
        db.execute("UPDATE secret SET value = ? WHERE name = ?", (other + value[1:], name))
    return "event 0 " if name == "salts" else "checkpoint"


def rehash_everything(folder: Path, rng: random.Random) -> str:
    """Change a row, and write the whole log anew so that every hash and every signature fits: only a head tells."""
    store = Store(folder / "record.sqlite", Notary())
    events, salts = store.events(), store._salts()
    store.close()
    with behind(folder) as db:
        rowid, key, body = rng.choice(db.execute("SELECT rowid, claim, body FROM reading").fetchall())
        changed = json.loads(body)
        changed["claim"]["count"]["low"] += 1
        words = json.dumps(changed, separators=(",", ":"), ensure_ascii=False)
        db.execute("UPDATE reading SET body = ? WHERE rowid = ?", (words, rowid))
    forge(folder, salts, events, ("reading", json.dumps([key], separators=(",", ":"))))
    return "the head that was given: an event from 0"


def forge(folder: Path, salts: bytes, events: tuple[LoggedEvent, ...], row: tuple[str, str]) -> None:
    """Write the digest of `row` as it is now into its last event, and every later hash and signature anew."""
    store = Store(folder / "record.sqlite", Notary())
    digest = next(r.digest for r in store.logged_rows() if (r.table, r.key) == row)
    key, sizes = store.signing_key(), [c.size for c in store.checkpoints()]
    store.close()
    bodies = [json.loads(e.body) for e in events]
    last = max(n for n, b in enumerate(bodies) if any((r["table"], r["key"]) == row for r in b["rows"]))
    for r in bodies[last]["rows"]:
        if (r["table"], r["key"]) == row:
            r["digest"] = digest
    leaves = [log_leaf(body, salts, n) for n, body in enumerate(bodies)]
    with behind(folder) as db:
        for n, body in enumerate(bodies):
            words = json.dumps(body, separators=(",", ":"), ensure_ascii=False)
            db.execute("UPDATE event SET body = ?, leaf = ? WHERE position = ?", (words, leaves[n], n))
        for size in sizes:
            grown, note = Notary().sign(key, 0, (), leaves[:size])
            db.execute("UPDATE checkpoint SET note = ?, frontier = ? WHERE size = ?", (note, " ".join(grown), size))


MUTATIONS: dict[str, Mutation] = {
    **{
        f.__name__: f
        for f in (blob_flip, blob_truncate, blob_delete, blob_swap, blob_insert, blob_elsewhere, stray_file)
    },
    **{f"{table}_{f.__name__}": f(table) for table in KEYS for f in (row_flip, row_delete, row_insert)},
    **{f"{table}_row_swap": row_swap(table) for table in ("document", "text", "findings", "reading", "derived")},
    **{f.__name__: f for f in (derived_reorder, event_flip, event_delete, event_reorder, log_truncate)},
    **{f.__name__: f for f in (checkpoint_flip, checkpoint_delete, index_flip, trigger_drop, secret_change)},
    "rehash_everything": rehash_everything,
}


def found(folder: Path, name: str, seed: int, head: Path) -> tuple[bool, str, tuple[str, ...]]:
    """Do one thing to the project in `folder`; say whether `verify` names it, what was done, and what was said."""
    needle = MUTATIONS[name](folder, random.Random(seed))  # noqa: S311
    store = project.open_project(folder)
    faults = store.verify(head)
    store.store.close()
    return any(needle in fault for fault in faults), needle, faults


def main() -> None:
    """Run `COUNT` mutations of a project, every kind in turn, and print what was found of each kind."""
    source, count = Path(sys.argv[1]), int(sys.argv[2])
    tally: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as place:
        head = Path(place) / "head"
        opened = project.open_project(source)
        head.write_text(opened.head().note, encoding="utf-8")
        opened.store.close()
        names = list(MUTATIONS)
        for seed in range(count):
            name = names[seed % len(names)]
            folder = Path(shutil.copytree(source, Path(place) / "copy"))
            named, needle, faults = found(folder, name, seed, head)
            tally["named" if named else "found" if faults else "missed"] += 1
            if not named:
                sys.stdout.write(f"{name} {seed} {needle!r} {faults[:3]}\n")
            shutil.rmtree(folder)
    sys.stdout.write(f"{dict(tally)} of {count}, {len(names)} kinds\n")


if __name__ == "__main__":
    main()
