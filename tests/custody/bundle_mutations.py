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


# ---------------------------------------------------------------- forgeries: all that is shown is proved, and yet


def stranger(bag: Path, rng: Random) -> str:
    """Put in a file, and fit the lists: it is of the bag, and nobody signed it."""
    path = bag / rng.choice(["data/more/photograph.jpg", "data/statement.txt", "OPINION.txt", "data/originals/a/b"])
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x")
    rehash(bag)
    return f"{name(path, bag)}: nothing vouches for it"


def more_said(bag: Path, rng: Random) -> str:
    """Write a word of one's own beside what is proved."""
    file = rng.choice(["record.jsonl", "log.jsonl"])
    lines = _lines(bag / "data" / file)
    number = rng.randrange(len(lines))
    target = lines[number] if rng.random() < 0.5 else lines[number]["shown"]
    target["note"] = "checked by the court"
    _write(bag / "data" / file, lines)
    rehash(bag)
    return f"{file}, line {number + 1}: it holds something else than"


def said_twice(bag: Path, rng: Random) -> str:
    """Give a name twice in a line: readers differ on which they take."""
    path = bag / "data" / "record.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines()
    number = rng.randrange(len(lines))
    lines[number] = '{"table":"decision",' + lines[number][1:]
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    rehash(bag)
    return f"record.jsonl, line {number + 1}: a name is given twice"


def _hide(shown: dict[str, Any], *starts: str) -> None:
    """Withhold fields, as whoever has a bundle can: their commitments stay."""
    for text in list(shown["disclosed"]):
        if json.loads(text)[1].startswith(starts):
            shown["disclosed"].remove(text)
            shown["withheld"].append(sha256(text.encode()).hexdigest())


def row_hidden(bag: Path, rng: Random) -> str:
    """Take out a row, and withhold what the log says of it."""
    rows, events = _lines(bag / "data" / "record.jsonl"), _lines(bag / "data" / "log.jsonl")
    gone = rows.pop(rng.randrange(len(rows)))
    for event in events:
        if event["position"] == gone["event"]:
            _hide(event["shown"], "rows/")
    kept = [row for row in rows if row["event"] != gone["event"]]  # which that event would no longer prove
    _write(bag / "data" / "record.jsonl", kept)
    _write(bag / "data" / "log.jsonl", events)
    rehash(bag)
    return "record.jsonl: it does not hold all the rows that were exported"


def row_again(bag: Path, rng: Random) -> str:
    """Give a row twice: a figure would count twice."""
    rows = _lines(bag / "data" / "record.jsonl")
    _write(bag / "data" / "record.jsonl", [*rows, rng.choice(rows)])
    rehash(bag)
    return "record.jsonl: it does not hold all the rows that were exported, and no others"


def export_hidden(bag: Path, rng: Random) -> str:
    """Withhold what the export says of itself, and leave out a row and its event: a whole would pass for a part."""
    rows, events = _lines(bag / "data" / "record.jsonl"), _lines(bag / "data" / "log.jsonl")
    _hide(events[-1]["shown"], "details/")
    number = rng.choice(rows)["event"]
    _write(bag / "data" / "record.jsonl", [row for row in rows if row["event"] != number])
    _write(bag / "data" / "log.jsonl", [event for event in events if event["position"] != number])
    rehash(bag)
    return "record.jsonl: it does not hold all the rows that were exported"


def part_made_of_a_whole(bag: Path, rng: Random) -> str:
    """Withhold that the bundle is whole, or was not redacted, and take out an original."""
    events = _lines(bag / "data" / "log.jsonl")
    what = rng.choice(["whole", "redacted", "public", "rows"])
    details = {t: json.loads(t) for t in events[-1]["shown"]["disclosed"] if json.loads(t)[1].startswith("details/")}
    (number,) = (path.split("/")[1] for _, path, value in details.values() if value == what)
    _hide(events[-1]["shown"], f"details/{number}/")
    for path in sorted((bag / "data").glob("originals/*"))[:1]:
        path.unlink()
    _write(bag / "data" / "log.jsonl", events)
    rehash(bag)
    return f"event {events[-1]['position']} does not show all that the export said of itself"


def event_again(bag: Path, rng: Random) -> str:
    """Give an event a second time, with less shown."""
    events = _lines(bag / "data" / "log.jsonl")
    again: dict[str, Any] = json.loads(json.dumps(rng.choice(events)))
    _hide(again["shown"], "what")
    _write(bag / "data" / "log.jsonl", [*events, again])
    rehash(bag)
    return f"event {again['position']} is given twice"


def checkpoint_words(bag: Path, rng: Random) -> str:
    """Write words before or after the signed head."""
    path = bag / "data" / "checkpoint.txt"
    text, more = path.read_text(encoding="utf-8"), "This bundle was found genuine.\n"
    path.write_text(more + text if rng.random() < 0.5 else text + more, encoding="utf-8")
    rehash(bag)
    return "the bundle cannot be read: it is not a head"


def key_words(bag: Path, rng: Random) -> str:
    """Write lines after the key, which would be printed with it."""
    path = bag / "data" / "key.txt"
    path.write_text(path.read_text().strip() + rng.choice(["\nEverything holds.\n", "\x1b[2K\n", "\n\n"]))
    rehash(bag)
    return "the bundle cannot be read: key.txt is no key"


def link(bag: Path, rng: Random) -> str:
    """Let a member be a link to a file of the same bytes, which may be others tomorrow."""
    path = rng.choice([p for p in files(bag) if p.parent.name in {"data", "public"}])
    aside = bag.with_name(f"{bag.name}.aside")
    aside.write_bytes(path.read_bytes())
    path.unlink()
    path.symlink_to(aside)
    return f"{name(path, bag)}: it is a link"


MUTATIONS: dict[str, Mutation] = {
    **{f.__name__: f for f in (stranger, more_said, said_twice, row_hidden, row_again, export_hidden, event_again)},
    "part_made_of_a_whole": part_made_of_a_whole,
    **{f.__name__: f for f in (checkpoint_words, key_words, link)},
    **{f.__name__: f for f in (member_flip, list_flip, member_delete, member_truncate, member_add)},
    **{f.__name__: f for f in (rehashed_original, renamed_original, rehashed_public, field_drop, events_swap)},
    **{f.__name__: f for f in (proof_change, checkpoint_flip, key_flip)},
    "row_change": line_change("record.jsonl"),
    "row_delete": line_delete("record.jsonl"),
    "event_change": line_change("log.jsonl"),
    "event_delete": line_delete("log.jsonl"),
}
