"""Who is said to have done it, by whom, and who denies or accepts it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from corrobora.model import Reading
from corrobora.review.lexicon import lexicon
from corrobora.settings import Words

BLAMES = frozenset({"asserted", "suspected", "claimed_responsibility"})
Blame = Mapping[str, Sequence[Reading]]


class Actors:
    """Names of perpetrators and speakers brought to one form, by the names that a project's settings list as one."""

    def __init__(self, words: Words) -> None:
        known = {**words.speakers, **words.armed_groups}
        self._canonical = {_fold(name): main for main, names in known.items() for name in (main, *names)}

    def name(self, words: str) -> str:
        """The canonical form of a name: the project's, else as it stands, without an article."""
        return self._canonical.get(_fold(words), words.removeprefix("the ").removeprefix("The ").strip())

    def blamed(self, readings: Sequence[Reading]) -> Blame:
        """Named perpetrators, each with the claims that assert or suspect it; descriptions ('gunmen') name nobody.

        Who killed the attackers is another question, and not asked here.
        """
        found: dict[str, list[Reading]] = defaultdict(list)
        for reading in readings:
            statuses = [perpetrator.status for perpetrator in reading.claim.perpetrators]
            held = reading.claim.stance == "asserts" and (not statuses or bool(BLAMES & set(statuses)))
            attackers = reading.claim.victims is not None and reading.claim.victims.class_ == "armed_group"
            for actor in reading.actors if held and not attackers else ():
                if _is_name(actor) and not _speaks(reading, actor):
                    found[self.name(actor)].append(reading)
        return _joined(found)

    def denials(self, readings: Sequence[Reading]) -> Blame:
        """Who denies to have done it: the speaker of a denial who is accused, or a perpetrator told to deny it."""
        accused = self.blamed(readings)
        found: dict[str, list[Reading]] = defaultdict(list)
        for reading in readings:
            claim = reading.claim
            speaker = self.name(reading.voice)
            if claim.stance == "denies" and any(alike(speaker, name) for name in accused):
                found[speaker].append(reading)
            for perpetrator, actor in zip(claim.perpetrators, reading.actors, strict=False):
                if perpetrator.status == "denied":
                    found[self.name(actor)].append(reading)
        return _joined(found)

    def accepted(self, readings: Sequence[Reading]) -> Blame:
        """Who accepts responsibility, by its own word or as reported."""
        found: dict[str, list[Reading]] = defaultdict(list)
        for reading in readings:
            claim = reading.claim
            for perpetrator, actor in zip(claim.perpetrators, reading.actors, strict=False):
                own = alike(self.name(reading.voice), self.name(actor)) and claim.stance == "asserts"
                if perpetrator.status == "claimed_responsibility" or (own and perpetrator.status == "asserted"):
                    found[self.name(actor)].append(reading)
        return _joined(found)


def _speaks(reading: Reading, actor: str) -> bool:
    """Whether the words for a perpetrator are those for the speaker: 'Health' in 'Health officials count'."""
    spans = [(p.start, p.end) for p in reading.claim.perpetrators if actor in {p.name, p.text} and p.start >= 0]
    said = [(s.start, s.end) for s in reading.claim.attribution if s.start >= 0]
    return any(first <= start and end <= last for first, last in said for start, end in spans)


def alike(a: str, b: str) -> bool:
    """Whether two names may well be one: the same word in both, or one the initials of the other.

    >>> alike("Northern Liberation Front", "NLF"), alike("suspected NLF fighters", "NLF"), alike("NLF", "the army")
    (True, True, False)
    """
    first, second = _proper(a), _proper(b)
    initials = {"".join(word[0] for word in words).casefold() for words in (a.split(), b.split()) if len(words) > 2}
    shared = {word.casefold() for word in first} & {word.casefold() for word in second}
    return _fold(a) == _fold(b) or bool(shared) or bool(initials & {word.casefold() for word in (*first, *second)})


def _proper(name: str) -> list[str]:
    return [word for word in name.split() if word[0].isupper() and word.casefold() not in lexicon()["of_many_groups"]]


def _joined(found: Mapping[str, list[Reading]]) -> dict[str, list[Reading]]:
    """Names that may well be one, under the one that most claims use."""
    joined: dict[str, list[Reading]] = {}
    for name in sorted(found, key=lambda name: (-len(found[name]), name)):
        main = next((other for other in joined if alike(other, name)), name)
        joined.setdefault(main, []).extend(found[name])
    return joined


def _fold(name: str) -> str:
    return name.casefold().removeprefix("the ").strip()


def _is_name(words: str) -> bool:
    nobody = lexicon()["names_nobody"]
    return any(word[0].isupper() and word.casefold() not in nobody for word in words.split())
