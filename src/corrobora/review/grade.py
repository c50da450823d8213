"""How well an incident is borne out, in the terms of Airwars, from facts that can be counted. Never what is true."""

from collections.abc import Mapping, Sequence

from corrobora.model import Incident, Reading, Voice
from corrobora.review.actors import Actors
from corrobora.review.conduct import UNNAMED, answers


def grade(
    incident: Incident, readings: Mapping[str, Reading], actors: Actors, alone: Sequence[Voice]
) -> tuple[str, tuple[str, ...]]:
    """Return the grade and the facts that it rests on. `alone` are the independent voices.

    Source: Airwars methodology. confirmed: a specific belligerent has accepted responsibility. contested: competing
    claims of responsibility. discounted: those harmed were combatants. fair: two or more sources; weak: one. Airwars
    asks for credible sources; here every independent voice counts, and a person judges.
    """
    members = [readings[claim] for claim in incident.claims if claim in readings]
    blamed, denials, accepted = actors.blamed(members), actors.denials(members), actors.accepted(members)
    facts = [_voices(alone), _reports(members, incident.voices), *_dependent(incident.voices)]
    facts += [f"{name} accepts responsibility" for name in sorted(accepted)]
    facts += [f"{name} is blamed by {_count(by)}" for name, by in sorted(blamed.items())]
    facts += [f"{name} denies it" for name in sorted(denials)]
    facts += [] if blamed or accepted else ["no perpetrator is named"]
    if _only_fighters(members):
        return "discounted", (*facts, "all that were harmed are said to be of an armed group")
    if accepted and not denials and set(blamed) <= set(accepted):
        return "confirmed", tuple(facts)
    if len(blamed) > 1 or denials:
        return "contested", tuple(facts)
    return "fair" if len(alone) > 1 else "weak", tuple(facts)


def _asserts(reading: Reading | None) -> bool:
    return reading is not None and reading.claim.stance in {"asserts", "justifies"}


def _dependent(voices: Sequence[Voice]) -> list[str]:
    """Which voices rest on others: outlets that repeat a speaker's figures in their own words."""
    return [f"{voice.speaker} repeats the figures of {voice.repeats}" for voice in voices if voice.repeats]


def _voices(asserting: Sequence[Voice]) -> str:
    names = [voice.speaker or UNNAMED for voice in asserting]
    said = ", ".join(names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "")
    return f"{len(names)} independent voice{'' if len(names) == 1 else 's'}" + (f": {said}" if names else "")


def _reports(members: Sequence[Reading], voices: Sequence[Voice]) -> str:
    documents = len({reading.claim.document for reading in members})
    outlets = len({reading.outlet for reading in members if reading.outlet})
    own = {reading.claim.id for reading in members if not reading.claim.attribution}
    copied = sum(len(voice.outlets) - 1 for voice in voices if len(voice.outlets) > 1 and own & set(voice.claims))
    text = f"{documents} report{'' if documents == 1 else 's'} by {outlets} outlet{'' if outlets == 1 else 's'}"
    return text + (f", {copied} of these outlets repeating another's words" if copied else "")


def _count(readings: Sequence[Reading]) -> str:
    voices = sorted({answers(reading) for reading in readings})
    return ", ".join(voices[:3]) + (f" and {len(voices) - 3} more" if len(voices) > 3 else "")


def _only_fighters(members: Sequence[Reading]) -> bool:
    classes = {r.claim.victims.class_ for r in members if _asserts(r) and r.claim.harm and r.claim.victims}
    return classes == {"armed_group"}
