"""What changed since an earlier export: records added, removed, or with another value in a field."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from corrobora.errors import BadInput
from corrobora.publish.export import write

Rows = Mapping[str, Sequence[Mapping[str, Any]]]
KEYS = {"documents": "id", "claims": "claim", "incidents": "incident", "tolls": "toll", "decisions": "decision"}


def changes(rows: Rows, since: Path, output: Path) -> Path:
    """Write `changes.jsonl` into `output`: how `rows` differ from the `jsonl` export in the folder `since`.

    Raises BadInput where `since` holds no such export.
    """
    found = [change for name in KEYS for change in _changes(name, _earlier(since, name), rows[name])]
    return write(output / "changes.jsonl", b"".join(msgspec.json.encode(change) + b"\n" for change in found))


def _earlier(folder: Path, name: str) -> list[dict[str, Any]]:
    try:
        lines = (folder / f"{name}.jsonl").read_bytes().splitlines()
        return [msgspec.json.decode(line) for line in lines if line]
    except (OSError, msgspec.DecodeError) as error:
        raise BadInput(
            f"{folder} holds no export to compare with: {error}", hint="Name a folder made by --to jsonl."
        ) from error


def _changes(
    name: str, before: Sequence[Mapping[str, Any]], now: Sequence[Mapping[str, Any]]
) -> Iterator[dict[str, Any]]:
    key = KEYS[name]
    old, new = {row[key]: row for row in before}, {row[key]: row for row in now}
    for identity in sorted(old.keys() | new.keys()):
        a, b = old.get(identity), new.get(identity)
        if a is None or b is None:
            yield {"of": name, "id": identity, "change": "added" if a is None else "removed", "fields": {}}
        elif a != b:
            fields = {f: [a.get(f), b.get(f)] for f in sorted(a.keys() | b.keys()) if a.get(f) != b.get(f)}
            yield {"of": name, "id": identity, "change": "changed", "fields": fields}
