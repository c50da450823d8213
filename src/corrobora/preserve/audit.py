"""Checks a log against itself and against a head that was kept elsewhere, and rows against what the log says of them.

A log can be changed together with all its hashes and signatures by whoever has the folder. A head that was printed,
mailed or time-stamped before that shows it: the first events no longer give the root that it names.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from corrobora.errors import BadInput
from corrobora.model import Checkpoint, Event, LoggedEvent, LoggedRow
from corrobora.preserve import merkle, notes

Hashes = tuple[bytes, ...]


def log_faults(
    events: Sequence[LoggedEvent], leaves: Sequence[str], checkpoints: Sequence[Checkpoint], verifier: str
) -> Iterator[str]:
    """Yield each event that is missing or not as written, and each checkpoint that does not hold.

    `leaves` are the leaf hashes that the events' words give now, '' for one that cannot be read.
    """
    for position, event in enumerate(events):
        if event.position != position:
            yield f"event {position}: it is missing from the log"
            return
    for event, leaf in zip(events, leaves, strict=True):
        if leaf != event.leaf:
            yield f"event {event.position} ({event.what}, {event.at}): it is not as it was written"
    grown = _frontiers([event.leaf for event in events], {c.size for c in checkpoints})
    held = 0
    for checkpoint in checkpoints:
        fault = _checkpoint_fault(checkpoint, grown, held, verifier)
        if fault:
            yield f"checkpoint {checkpoint.size}: {fault}"
        else:
            held = checkpoint.size
    signed = {checkpoint.size for checkpoint in checkpoints}
    ends = {b.position for a, b in pairwise(events) if a.at != b.at} | ({len(events)} if events else set())
    for size in sorted(ends - signed):  # one transaction is one instant, and ends with a checkpoint
        yield f"checkpoint {size}: it is missing"


def head_faults(note: str, events: Sequence[LoggedEvent], verifier: str) -> Iterator[str]:
    """Yield why a head that was kept elsewhere does not stand: the log is shorter, or its events are others."""
    try:
        head = notes.open_checkpoint(note, verifier)
    except BadInput as error:
        yield f"the head that was given: {error}. {error.hint}".strip()
        return
    fault = _root_fault(head, _frontiers([event.leaf for event in events], {head.size}), 0)
    if fault:
        yield f"the head that was given: {fault}"


def row_faults(logged: Mapping[tuple[str, str], str], rows: Iterable[LoggedRow]) -> Iterator[tuple[str, str, str]]:
    """Yield (table, key, what is wrong) for each row that is not what the log last said of it."""
    unseen = {name for name, digest in logged.items() if digest}
    for row in rows:
        unseen.discard((row.table, row.key))
        said = logged.get((row.table, row.key))
        if not said:
            yield row.table, row.key, "was written without the log"
        elif said != row.digest:
            yield row.table, row.key, "is not as it was written"
    for table, key in sorted(unseen):
        yield table, key, "is missing"


def last_words(events: Iterable[Event]) -> dict[tuple[str, str], str]:
    """Return what the log last said of each row: its digest by table and key, '' for one that was removed."""
    return {(row.table, row.key): row.digest for event in events for row in event.rows}


def _checkpoint_fault(checkpoint: Checkpoint, grown: Mapping[int, Hashes], held: int, verifier: str) -> str:
    try:
        head = notes.open_checkpoint(checkpoint.note, verifier)
    except BadInput as error:
        return str(error)
    if head.size != checkpoint.size:
        return f"it speaks of {head.size} events"
    fault = _root_fault(head, grown, held)
    if not fault and " ".join(node.hex() for node in grown[head.size]) != checkpoint.frontier:
        return "its frontier is not that of the events"
    return fault


def _root_fault(head: notes.Head, grown: Mapping[int, Hashes], held: int) -> str:
    if head.size not in grown:
        return f"it speaks of {head.size} events, and the log has fewer: its end was cut off"
    if merkle.root_of(grown[head.size]) != head.root:
        return f"an event from {held} to {head.size - 1} was changed, put in or taken out after it was signed"
    return ""


def _frontiers(leaves: Sequence[str], sizes: Iterable[int]) -> dict[int, Hashes]:
    """Return the frontier of the first `size` leaves, for each size that there is."""
    wanted = sorted({0, *(size for size in sizes if size <= len(leaves))})
    found: dict[int, Hashes] = {0: ()}
    for start, end in pairwise(wanted):
        found[end] = merkle.grow(start, found[start], [_hash(leaf) for leaf in leaves[start:end]])
    return found


def _hash(leaf: str) -> bytes:
    """Return a leaf hash from its hex; one whose digits were spoilt gives another hash, not an error."""
    try:
        return bytes.fromhex(leaf)
    except ValueError:
        return merkle.leaf_hash(leaf.encode())
