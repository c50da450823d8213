"""Who answers for the claims of an incident: one voice for each independent speaker. Copied text adds no voice."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from corrobora.incidents.accounts import named
from corrobora.incidents.credits import origin
from corrobora.incidents.dependence import leads, odd_values, passages, repeated
from corrobora.incidents.names import bones, listed, only_longer, spelled_alike, words
from corrobora.model import CopyFamily, Reading, Text, Voice

# ('name', words), ('described', report and words) or ('document', report).
Key = tuple[str, tuple[str, ...]]
NO_TEXTS: Mapping[str, Text] = MappingProxyType({})


@dataclass(slots=True)
class Groups:
    """Which voices are held to be one, and why."""

    above: dict[Key, Key] = field(default_factory=dict)
    why: dict[Key, set[str]] = field(default_factory=lambda: defaultdict(set))

    def top(self, key: Key) -> Key:
        """The voice that stands for all that are one with it."""
        while key in self.above:
            key = self.above[key]
        return key

    def join(self, a: Key, b: Key, why: str = "") -> None:
        """Hold two voices to be one."""
        first, second = sorted((self.top(a), self.top(b)))
        if first != second:
            self.above[second] = first
            self.why[first] |= self.why.pop(second, set())
            if why:
                self.why[first].add(why)


def voices(
    readings: Sequence[Reading], families: Mapping[str, CopyFamily], texts: Mapping[str, Text] = NO_TEXTS
) -> tuple[Voice, ...]:
    """Group claims by the voice that answers for them, the voice with most outlets first.

    A named speaker is one voice in every report, under each form of its name; a body, its press office and whoever a
    report says speaks for it are one. A described speaker ('a resident') is another person in each report, but the same
    one in all copies of a text. An outlet's own words are those of the agency or outlet that it credited_to, copies or
    takes a passage over from; outlets that share an odd value are one voice as well.
    """
    said = speaking(readings, families, texts)
    groups = Groups()
    by_claim = {reading.claim.id: reading for reading in readings}
    for reading in sorted(readings, key=lambda r: r.claim.id):
        key, speaker = said[reading.claim.id]
        credited = not any(reading.speakers) and speaker and words(speaker) != words(reading.outlet)
        if credited and reading.outlet and key[0] == "name":
            groups.why[groups.top(key)].add(f"{reading.outlet} carries the words of {speaker}")
        person = _person(reading)
        if person and key == _name(reading.voice):
            groups.join(_name(person), key, f"{person} speaks for {reading.voice}")
    _by_name(readings, said, groups)
    _by_text(readings, said, groups, texts)
    own = {r.claim.id for r in readings if not any(r.speakers)}
    now = {claim: groups.top(key) for claim, (key, _) in said.items()}
    for tie in odd_values(now, readings, own, texts) + leads(now, readings):
        groups.join(said[tie.origin][0], said[tie.other][0], tie.why)
    grouped: dict[Key, list[tuple[Reading, str]]] = defaultdict(list)
    for claim, (key, speaker) in said.items():
        grouped[groups.top(key)].append((by_claim[claim], speaker))
    theirs = repeated({claim: groups.top(key) for claim, (key, _) in said.items()}, readings)
    shown = {key: _shown(items) for key, items in grouped.items()}
    found = [
        _gather(
            items, shown[key], groups.why.get(key, ()), shown.get(theirs.get(key, key), "") if key in theirs else ""
        )
        for key, items in grouped.items()
    ]
    return tuple(
        sorted(found, key=lambda voice: (-len(voice.outlets), -len(voice.claims), voice.speaker, voice.claims))
    )


def speaking(
    readings: Sequence[Reading], families: Mapping[str, CopyFamily], texts: Mapping[str, Text] = NO_TEXTS
) -> dict[str, tuple[Key, str]]:
    """For each claim who answers for it: a key that is the same for the same voice, and the name to show."""
    outlets = {reading.claim.document: reading.outlet for reading in readings}
    credited_to = {document: origin(texts[document]) for document in outlets if document in texts}
    for document in outlets:
        family = families.get(document)
        if family is not None and not credited_to.get(document):
            known = [outlets[copy] for copy in family.documents if outlets.get(copy)]
            credited_to[document] = family.agency or (known[0] if known else "")
    answers = _answers(readings)
    return {reading.claim.id: _voice(reading, families, credited_to, answers) for reading in readings}


def _answers(readings: Iterable[Reading]) -> dict[Key, str]:
    """The body that each person speaks for, as some report says; none for a person with two."""
    told: dict[Key, dict[frozenset[str], str]] = defaultdict(dict)
    for reading in sorted(readings, key=lambda r: r.claim.id):
        if person := _person(reading):
            told[_name(person)][words(reading.voice)] = reading.voice
    return {key: next(iter(bodies.values())) for key, bodies in told.items() if len(bodies) == 1}


def _person(reading: Reading) -> str:
    """The speaker who speaks in the name of another, '' where the voice is the speaker's own."""
    speaker = next((s for s in reading.speakers if s), "")
    other = named(reading.voice) and "speaker" not in reading.corrected and words(speaker) != words(reading.voice)
    return speaker if speaker and named(speaker) and other else ""


def _name(voice: str) -> Key:
    return "name", tuple(sorted(words(voice)))


def _voice(
    reading: Reading, families: Mapping[str, CopyFamily], credited_to: Mapping[str, str], answers: Mapping[Key, str]
) -> tuple[Key, str]:
    document = reading.claim.document
    family = families.get(document)
    first = family.documents[0] if family else document
    if not any(reading.speakers) and "speaker" not in reading.corrected:
        issuer = reading.voice if reading.voice != reading.outlet else ""  # a body whose press office is the outlet
        speaker = issuer or credited_to.get(document) or reading.outlet
        return (_name(speaker) if speaker else ("document", (first,))), speaker
    voice = reading.voice.removesuffix(f" ({reading.outlet})")  # which tells described voices of two outlets apart
    if not named(voice):
        return ("described", (first, *sorted(words(voice)))), voice
    voice = answers.get(_name(voice), voice)
    return _name(voice), voice


def _by_name(readings: Sequence[Reading], said: Mapping[str, tuple[Key, str]], groups: Groups) -> None:
    """Join the forms of one name: shorter ones, other spellings, the office of the only person who holds it."""
    spoken = {said[r.claim.id][0]: said[r.claim.id][1] for r in readings if any(r.speakers)}
    bare = {key: frozenset(key[1]) for key in spoken if key[0] == "name"}
    every = frozenset(bare.values())
    full = {name: spoken[key] for key, name in bare.items()}
    alike: dict[str, list[Key]] = defaultdict(list)
    for key, name in bare.items():
        alike[bones(name)].append(key)
    for key, name in sorted(bare.items()):
        if (longer := only_longer(name, every)) is not None:
            groups.join(key, ("name", tuple(sorted(longer))), f"{spoken[key]} is short for {full[longer]}")
        for other in alike[bones(name)]:
            if key < other and spelled_alike(name, bare[other]):
                groups.join(key, other, f"{spoken[key]} and {spoken[other]} are one name, spelled in two ways")
    for office in sorted(listed("offices")):
        held = {said[r.claim.id][0] for r in readings if any(r.speakers) and _holds(r, office)}
        people = {groups.top(key) for key in held if key[0] == "name" and office not in key[1]}
        called = {key for key in held if key[0] == "described" or office in key[1]}
        for key in sorted(called) if len(people) == 1 else ():
            groups.join(next(iter(people)), key, f"the {office} is named in another report")


def _holds(reading: Reading, office: str) -> bool:
    """Whether the words that name a speaker, or the speaker's name, give this office."""
    return office in words(reading.claim.attribution[0].text.replace(",", " ")) | words(reading.voice)


def _by_text(
    readings: Sequence[Reading], said: Mapping[str, tuple[Key, str]], groups: Groups, texts: Mapping[str, Text]
) -> None:
    """Join outlets, and described speakers of one description, whose passages are the same."""
    loose = [r for r in readings if not any(r.speakers) or said[r.claim.id][0][0] == "described"]
    kinds: dict[tuple[str, ...], list[Reading]] = defaultdict(list)
    for reading in loose:
        key = said[reading.claim.id][0]
        kinds[key[1][1:] if any(reading.speakers) else ()].append(reading)
    for same in kinds.values():
        for tie in passages(same, texts):
            groups.join(said[tie.origin][0], said[tie.other][0], tie.why)


def _shown(items: Sequence[tuple[Reading, str]]) -> str:
    """The fullest name of a voice."""
    return min((speaker for _, speaker in items), key=lambda name: (-len(words(name)), -len(name), name))


def _gather(items: Sequence[tuple[Reading, str]], name: str, why: Iterable[str], repeats: str) -> Voice:
    readings = [reading for reading, _ in items]
    claims = tuple(sorted(reading.claim.id for reading in readings))
    outlets = tuple(sorted({reading.outlet for reading in readings if reading.outlet}))
    return Voice(name, claims, outlets, tuple(sorted(why)), repeats)
