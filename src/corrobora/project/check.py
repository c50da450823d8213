"""Checks a record against itself, its log and a head kept elsewhere; names each file, row and event that is wrong."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from corrobora import preserve
from corrobora.errors import BadInput
from corrobora.model import Claim, Event, LoggedEvent, Reading, Text
from corrobora.store import Store, logged, text_digest


def faults(store: Store, originals: Path, head: str | None = None, pace: preserve.Pace | None = None) -> Iterator[str]:
    """Yield, in words, everything that is not as it was recorded. `head` is a signed note, where one is given.

    `pace` is told how fast the originals were read.
    """
    with store.leniently():
        for part in (
            store.structure_faults(),
            _log_faults(store, head),
            _anchor_faults(store),
            _original_faults(store, originals, pace or preserve.Pace()),
            _text_faults(store),
            store.index_faults(),
        ):
            try:
                yield from part
            except BadInput as error:  # a damaged page: what else is wrong is told all the same
                yield f"{error}. {error.hint}"


def _log_faults(store: Store, head: str | None) -> Iterator[str]:
    """The log against itself and against the head; then every row against what the log last said of it."""
    events = store.events()
    verifier = preserve.verifier_key(store.signing_key())
    leaves = [store.leaf(event) for event in events]
    yield from preserve.log_faults(events, leaves, store.checkpoints(), verifier)
    if head is not None:
        yield from preserve.head_faults(head, events, verifier)
    readable = [event for event in map(_readable, events) if event]
    files = {identity: file for identity, file, _ in store.files()}
    for table, key, fault in preserve.row_faults(preserve.last_words(readable), store.logged_rows()):
        yield f"{_name(table, key, files)} {fault}"
    yield from _order_faults(store, events, readable)


def _readable(kept: LoggedEvent) -> Event | None:
    """Return an event, None for one whose words are spoilt: it is named as such."""
    try:
        return logged(kept.body)
    except BadInput:
        return None


def _order_faults(store: Store, events: Sequence[LoggedEvent], readable: Sequence[Event]) -> Iterator[str]:
    orders = [dict(event.details).get("order") for event in readable if event.what == "link" and event.details]
    if len(readable) == len(events) and orders and orders[-1] != store.order():
        yield "incidents and tolls do not stand in the order in which they were written"


def _anchor_faults(store: Store) -> Iterator[str]:
    """Each token against the checkpoint that it stamps; one that cannot be opened is at fault as a row already."""
    notes, calendars = {checkpoint.size: checkpoint.note for checkpoint in store.checkpoints()}, preserve.calendars
    for anchor in store.anchors():
        where = f"time stamp of checkpoint {anchor.size} by {anchor.authority}"
        if anchor.state in preserve.timestamps.KEPT and anchor.note != notes.get(anchor.size):
            yield f"{where}: the checkpoint is not the one that was stamped"
        elif fault := (calendars if calendars.is_proof(anchor) else preserve.timestamps).fault(anchor):
            yield f"{where}: {fault}"


def _name(table: str, key: str, files: dict[str, str]) -> str:
    """Return a row as a person finds it: its table, its key, and the file it is about.

    >>> _name("text", '["d_1"]', {"d_1": "a.txt"})
    'text d_1 (a.txt)'
    """
    try:
        parts = [str(part) for part in json.loads(key)]
    except (ValueError, TypeError):
        parts = [key]
    file = next((files[part] for part in parts if part in files), "")
    return f"{table} {' '.join(parts)}" + (f" ({file})" if file else "")


def _original_faults(store: Store, originals: Path, pace: preserve.Pace) -> Iterator[str]:
    pace.size = preserve.weigh(originals)
    with pace:
        found = preserve.survey(originals)
    named: dict[str, str] = {}
    for _, file, sha256 in store.files():
        named.setdefault(sha256, file)
    for sha256, file in named.items():
        if fault := found.get(sha256, "it is missing"):
            yield f"{file}: the original {sha256}: {fault}"
    others = ((name, fault) for name, fault in found.items() if name not in named)
    yield from (f"the original {name}: {fault or 'no document is of these bytes'}" for name, fault in others)
    yield from (f"originals: {name} is none of them, and was put there" for name in preserve.strays(originals))


def _text_faults(store: Store) -> Iterator[str]:
    digests = store.fingerprints()
    for identity, file, sha256 in store.files():
        for text in store.bodies("text", identity, Text):
            if text_digest(text.text) != digests.get(identity, ("", ""))[1]:
                yield f"{file}: its text has changed since it was extracted"
            if text.sha256 != sha256:
                yield f"{file}: its text was made from other bytes"
            for reading in store.bodies("reading", identity, Reading):
                yield from (f"{file}: {fault}" for fault in claim_faults(reading.claim, text))


def claim_faults(claim: Claim, text: Text) -> Iterator[str]:
    """Yield each part of a claim whose words do not stand where it says."""
    victims = (claim.victims,) if claim.victims else ()
    named = (*victims, *claim.perpetrators, *claim.targets, *claim.instruments, *claim.attribution)
    words = (claim.place, claim.time, claim.count)
    parts = [("quote", claim.start, claim.end, claim.quote)]
    parts += [
        (type(p).__name__.lower(), p.start, p.end, p.text) for p in (*named, *words) if p is not None and p.start >= 0
    ]
    for name, start, end, quoted in parts:
        if text.text[start:end] != quoted:
            yield f"claim {claim.id}: the words of its {name} do not stand at {start} to {end}"
