"""Who answers for the claims of an incident: one voice for each independent speaker. Copied text adds no voice."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from corrobora.incidents.accounts import fold, named
from corrobora.model import CopyFamily, Reading, Voice

Key = tuple[str, str]
# Words of an office's name: 'the Health Office' and 'the Health Office of Osk' may be two.
OFFICE = frozenset({"of", "for", "and", "the", "state", "federal", "regional", "local"})


def voices(readings: Sequence[Reading], families: Mapping[str, CopyFamily]) -> tuple[Voice, ...]:
    """Group claims by the voice that answers for them, the voice with most outlets first.

    A named speaker is one voice in every report. A described one ('a resident') is another person in each report, but
    the same one in all copies of a text. An outlet's own words are the agency's where the text is a copy, else the
    earliest outlet's that carried them. A short name is taken for a longer one that holds it ('Sharif' for 'Ahmed
    Sharif'), where only one does.
    """
    said = speaking(readings, families)
    longer = _longer({key for key, _ in said.values() if key[0] == "name"})
    grouped: dict[Key, list[tuple[Reading, str]]] = defaultdict(list)
    for reading in readings:
        key, speaker = said[reading.claim.id]
        grouped[longer.get(key, key)].append((reading, speaker))
    found = [_gather(items) for items in grouped.values()]
    return tuple(
        sorted(found, key=lambda voice: (-len(voice.outlets), -len(voice.claims), voice.speaker, voice.claims))
    )


def speaking(readings: Sequence[Reading], families: Mapping[str, CopyFamily]) -> dict[str, tuple[Key, str]]:
    """For each claim who answers for it: a key that is the same for the same voice, and the name to show."""
    earliest = _earliest_outlets(readings, families)
    return {reading.claim.id: _voice(reading, families, earliest) for reading in readings}


def _earliest_outlets(readings: Sequence[Reading], families: Mapping[str, CopyFamily]) -> dict[str, str]:
    outlets = {reading.claim.document: reading.outlet for reading in readings}
    found = {}
    for document in outlets:
        family = families.get(document)
        if family is not None:
            known = [outlets[copy] for copy in family.documents if outlets.get(copy)]
            found[document] = known[0] if known else ""
    return found


def _voice(reading: Reading, families: Mapping[str, CopyFamily], earliest: Mapping[str, str]) -> tuple[Key, str]:
    document = reading.claim.document
    family = families.get(document)
    origin = family.documents[0] if family else document
    if not reading.speakers and not reading.claim.attribution and "speaker" not in reading.corrected:
        speaker = (family.agency if family else "") or earliest.get(document, "") or reading.voice or reading.outlet
        return (("outlet", fold(speaker)) if speaker else ("document", origin)), speaker
    voice = reading.voice.removesuffix(f" ({reading.outlet})")  # which tells described voices of two outlets apart
    if named(voice):
        return ("name", " ".join(sorted(fold(voice).split()))), voice
    return ("described", f"{origin}\n{fold(voice)}"), voice


def _longer(keys: set[Key]) -> dict[Key, Key]:
    words = {key: frozenset(key[1].split()) for key in keys}
    found = {}
    for key in keys:
        holds = [other for other in keys if words[key] < words[other] and len(words[other]) <= len(words[key]) + 2]
        if len(holds) == 1 and len(words[key]) >= 2 and not words[holds[0]] & OFFICE:
            found[key] = holds[0]
    return {key: found.get(other, other) for key, other in found.items()}


def _gather(items: Sequence[tuple[Reading, str]]) -> Voice:
    readings = [reading for reading, _ in items]
    speaker = max({speaker for _, speaker in items}, key=lambda name: (len(name), name))
    claims = tuple(sorted(reading.claim.id for reading in readings))
    return Voice(speaker, claims, tuple(sorted({reading.outlet for reading in readings if reading.outlet})))
