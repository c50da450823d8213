"""Checks a record against itself: bytes against hashes, texts against hashes, quotes against texts."""

from collections.abc import Iterator
from pathlib import Path

from corrobora import preserve
from corrobora.errors import CorroboraError
from corrobora.model import Claim, Reading, Text
from corrobora.store import Store, text_digest


def faults(store: Store, originals: Path) -> Iterator[str]:
    """Yield, in words, each original, text or claim that is not what it was when it was recorded."""
    files = {document.id: document.file for document, _, _ in store.documents()}
    for document, _, _ in store.documents():
        try:
            preserve.data(document.sha256, originals)
        except (CorroboraError, OSError) as error:
            yield f"{document.file}: {error}"
    digests = store.fingerprints()
    readings: dict[str, list[Reading]] = {}
    for reading in store.readings():
        readings.setdefault(reading.claim.document, []).append(reading)
    for identity, file in files.items():
        for text in store.texts([identity]):
            if text_digest(text.text) != digests[identity][1]:
                yield f"{file}: its text has changed since it was extracted"
            yield from (f"{file}: {fault}" for r in readings.get(identity, ()) for fault in claim_faults(r.claim, text))


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
