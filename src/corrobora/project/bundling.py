"""Gathers what goes into a bundle: rows, the events that wrote them, and the proofs that these stand in the log."""

from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path

import msgspec

from corrobora import preserve, publish
from corrobora.model import LoggedEvent, Record
from corrobora.store import Store, logged

TABLES = ("document", "text", "reading", "decision", "anchor")
Rows = dict[str, dict[str, tuple[str, ...]]]  # table: key: the fields as the texts that disclose them
Places = dict[tuple[str, str], tuple[int, int]]  # table and key: the last event that wrote the row, and where in it


def rows_of(store: Store, record: Record | None) -> Rows:
    """Return the rows that `record` rests on, all there are where that is None."""
    rows = disclosed(store)
    if record is not None:
        keys = _keys(record)
        rows |= {table: {k: v for k, v in rows[table].items() if k in keys[table]} for table in keys}
    return rows


def digest(store: Store, rows: Rows) -> str:
    """Return the SHA-256, in hex, of which rows are given away: it shows later any that is left out or put in."""
    places, events = _places(store.events()), [logged(event.body).rows for event in store.events()]
    found = ((table, *places[table, key]) for table in TABLES for key in rows[table])
    lines = sorted(f"{table} {event} {events[event][number].digest}\n" for table, event, number in found)
    return sha256("".join(lines).encode()).hexdigest()


def gather(
    store: Store,
    originals: Path,
    rows: Rows,
    hiding: publish.Redaction,
    public: Mapping[str, bytes],
    *,
    whole: bool,
) -> publish.Bundle:
    """Return a bundle of `rows`, showing what `hiding` lets be shown; a `whole` one has every event there is."""
    events, checkpoints = store.events(), store.checkpoints()
    places = _places(events)
    wanted = {places[table, key] for table in TABLES for key in rows[table]}
    tree = preserve.Tree([bytes.fromhex(event.leaf) for event in events])
    head = checkpoints[-1]
    return publish.Bundle(
        rows=[
            publish.ShownRow(table, places[table, key][0], hiding.show(table, texts))
            for table in TABLES
            for key, texts in rows[table].items()
        ],
        events=[
            publish.ShownEvent(
                event.position,
                hiding.show(
                    "export" if event.position == len(events) - 1 else "event",
                    store.event_disclosures(event),
                    frozenset() if whole else _others(event, wanted),
                ),
                tuple(node.hex() for node in tree.inclusion(event.position, head.size)),
            )
            for event in events
            if whole or event.position in {position for position, _ in wanted} or event.position == len(events) - 1
        ],
        checkpoint=head.note,
        key=preserve.verifier_key(store.signing_key()),
        checkpoints=[
            {"size": c.size, "proof": [node.hex() for node in tree.consistency(c.size, head.size)]} for c in checkpoints
        ],
        originals=_originals(rows["document"], originals) if hiding.everything else (),
        public=public,
    )


def disclosed(store: Store) -> Rows:
    """Return every field of every row of the tables that a bundle holds."""
    return {table: store.row_disclosures(table) for table in TABLES}


def _keys(record: Record) -> dict[str, set[str]]:
    """Return the keys, as the log writes them, of the rows that a part of the record rests on."""
    readings = (*record.readings, *record.machine)
    claims = {r.claim.id for r in readings}
    documents = {line.document.id for line in record.documents} | {r.claim.document for r in readings}
    names = {"document": documents, "text": documents, "reading": claims, "decision": {d.id for d in record.decisions}}
    return {table: {msgspec.json.encode([name]).decode() for name in found} for table, found in names.items()}


def _places(events: Sequence[LoggedEvent]) -> Places:
    return {
        (row.table, row.key): (event.position, number)
        for event in events
        for number, row in enumerate(logged(event.body).rows)
    }


def _others(event: LoggedEvent, wanted: set[tuple[int, int]]) -> frozenset[str]:
    """Return the paths in an event that tell of rows which are not in the bundle: a part is silent on them."""
    count = len(logged(event.body).rows)
    gone = [number for number in range(count) if (event.position, number) not in wanted]
    return frozenset(f"rows/{number}/{part}" for number in gone for part in ("table", "key", "digest"))


def _originals(documents: Mapping[str, Sequence[str]], originals: Path) -> Iterator[tuple[str, bytes]]:
    """Yield each original once, checked: one that was changed ends the export."""
    fields = (msgspec.json.decode(text) for texts in documents.values() for text in texts)
    for name in sorted({str(value) for _, path, value in fields if path == "sha256"}):
        yield name.removeprefix("sha256:"), preserve.data(name, originals)
