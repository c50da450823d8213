"""What can be done to a bundle; each returns words that the fault which names it must hold.

`spoil` changes a file as it lies there; `rehash` then makes the bag's own lists fit again, as whoever has the bag can.
"""

import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any

Mutation = Callable[[Path, Random], str]


def files(bag: Path) -> list[Path]:
    """Return every file of the bag but empty ones."""
    return sorted(p for p in bag.rglob("*") if p.is_file() and p.stat().st_size)


def name(path: Path, bag: Path) -> str:
    """Return a file as the bag's lists name it."""
    return path.relative_to(bag).as_posix()


def rehash(bag: Path) -> None:
    """Write the bag's lists anew, so that every file is on them as it is now."""

    def lines(paths: list[Path]) -> str:
        return "".join(f"{sha256(p.read_bytes()).hexdigest()}  {name(p, bag)}\n" for p in sorted(paths))

    (bag / "manifest-sha256.txt").write_text(lines([p for p in (bag / "data").rglob("*") if p.is_file()]))
    tags = [p for p in bag.iterdir() if p.is_file() and p.name != "tagmanifest-sha256.txt"]
    (bag / "tagmanifest-sha256.txt").write_text(lines(tags))


def flip(path: Path, rng: Random) -> None:
    """Change one bit of a file."""
    content = bytearray(path.read_bytes())
    content[rng.randrange(len(content))] ^= 1 << rng.randrange(8)
    path.write_bytes(bytes(content))


def member_flip(bag: Path, rng: Random) -> str:
    """Change one bit of any file."""
    path = rng.choice([p for p in files(bag) if p.name != "tagmanifest-sha256.txt"])
    flip(path, rng)
    return name(path, bag)


def list_flip(bag: Path, rng: Random) -> str:
    """Change one letter or digit of a list of the bag."""
    path = bag / rng.choice(["manifest-sha256.txt", "tagmanifest-sha256.txt"])
    text = path.read_text()
    at = rng.choice([n for n, c in enumerate(text) if c.isalnum()])
    path.write_text(text[:at] + ("x" if text[at] != "x" else "y") + text[at + 1 :])
    return text[text.rfind("\n", 0, at) + 1 :].splitlines()[0].partition("  ")[2][:4]


def member_delete(bag: Path, rng: Random) -> str:
    """Remove any file."""
    path = rng.choice(files(bag))
    path.unlink()
    return name(path, bag)


def member_truncate(bag: Path, rng: Random) -> str:
    """Cut any file short."""
    path = rng.choice([p for p in files(bag) if p.name != "tagmanifest-sha256.txt"])
    path.write_bytes(path.read_bytes()[: rng.randrange(path.stat().st_size)])
    return name(path, bag)


def member_add(bag: Path, rng: Random) -> str:
    """Put in a file, without a dot in its name, where nobody looks."""
    path = bag / "data" / rng.choice(["originals", "public", "more"]) / "injected"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"x")
    return name(path, bag)


def rehashed_original(bag: Path, rng: Random) -> str:
    """Change an original, and the bag's lists with it."""
    path = rng.choice(sorted((bag / "data" / "originals").iterdir()))
    flip(path, rng)
    rehash(bag)
    return f"originals/{path.name}: its bytes"


def renamed_original(bag: Path, rng: Random) -> str:
    """Change an original, name it after its new hash, and fit the lists."""
    path = rng.choice(sorted((bag / "data" / "originals").iterdir()))
    flip(path, rng)
    path.rename(path.with_name(sha256(path.read_bytes()).hexdigest()))
    rehash(bag)
    return f"originals/{path.name}: the original of"


def rehashed_public(bag: Path, rng: Random) -> str:
    """Change a file in the public form, and the lists."""
    path = rng.choice([p for p in sorted((bag / "data" / "public").iterdir()) if p.stat().st_size])
    flip(path, rng)
    rehash(bag)
    return f"public/{path.name}: "


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _write(path: Path, lines: list[dict[str, Any]]) -> None:
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")


def line_change(file: str) -> Mutation:
    """Change the value of one field that a row or event shows, or a commitment that it withholds, and the lists."""

    def change(bag: Path, rng: Random) -> str:
        path = bag / "data" / file
        lines = _lines(path)
        number = rng.randrange(len(lines))
        shown = lines[number]["shown"]
        at = rng.randrange(len(shown["disclosed"]) + len(shown["withheld"]))
        if at < len(shown["disclosed"]):
            salt, field, _ = json.loads(shown["disclosed"][at])
            shown["disclosed"][at] = json.dumps([salt, field, "changed"])
        else:
            shown["withheld"][at - len(shown["disclosed"])] = "0" * 64
        _write(path, lines)
        rehash(bag)
        return f"{file}, line {number + 1}: "

    return change


def line_delete(file: str) -> Mutation:
    """Remove a row or an event, and fit the lists."""

    def change(bag: Path, rng: Random) -> str:
        path = bag / "data" / file
        lines = _lines(path)
        lines.pop(rng.randrange(len(lines)))
        _write(path, lines)
        rehash(bag)
        return f"{file}: "

    return change


def field_drop(bag: Path, rng: Random) -> str:
    """Leave one field of a row out altogether, and fit the lists."""
    path = bag / "data" / "record.jsonl"
    lines = _lines(path)
    number = rng.randrange(len(lines))
    shown = lines[number]["shown"]
    (shown["disclosed"] or shown["withheld"]).pop()
    _write(path, lines)
    rehash(bag)
    return f"record.jsonl, line {number + 1}: "


def events_swap(bag: Path, rng: Random) -> str:
    """Let two events change places, and fit the lists."""
    path = bag / "data" / "log.jsonl"
    lines = _lines(path)
    a, b = rng.sample(range(len(lines)), 2)
    lines[a]["position"], lines[b]["position"] = lines[b]["position"], lines[a]["position"]
    _write(path, lines)
    rehash(bag)
    return f"log.jsonl, line {a + 1}: "


def proof_change(bag: Path, rng: Random) -> str:
    """Change an inclusion proof, and fit the lists."""
    path = bag / "data" / "log.jsonl"
    lines = _lines(path)
    number = rng.randrange(len(lines))
    lines[number]["proof"][0] = "0" * 64
    _write(path, lines)
    rehash(bag)
    return f"log.jsonl, line {number + 1}: "


def checkpoint_flip(bag: Path, rng: Random) -> str:
    """Change the size, root or signature of the head, and fit the lists."""
    path = bag / "data" / "checkpoint.txt"
    text = path.read_text(encoding="utf-8")
    at = rng.choice([n for n, c in enumerate(text[:-4]) if c.isalnum()])
    path.write_text(text[:at] + ("1" if text[at] != "1" else "2") + text[at + 1 :], encoding="utf-8")
    rehash(bag)
    return "the bundle cannot be read"


def key_flip(bag: Path, rng: Random) -> str:
    """Change the key, and fit the lists."""
    path = bag / "data" / "key.txt"
    text = path.read_text()
    at = rng.choice([n for n, c in enumerate(text[:-3]) if c.isalnum()])
    path.write_text(text[:at] + ("1" if text[at] != "1" else "2") + text[at + 1 :])
    rehash(bag)
    return "the bundle cannot be read"


MUTATIONS: dict[str, Mutation] = {
    **{f.__name__: f for f in (member_flip, list_flip, member_delete, member_truncate, member_add)},
    **{f.__name__: f for f in (rehashed_original, renamed_original, rehashed_public, field_drop, events_swap)},
    **{f.__name__: f for f in (proof_change, checkpoint_flip, key_flip)},
    "row_change": line_change("record.jsonl"),
    "row_delete": line_delete("record.jsonl"),
    "event_change": line_change("log.jsonl"),
    "event_delete": line_delete("log.jsonl"),
}
