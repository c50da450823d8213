"""From words to meanings: which place, which days, which voice a claim's words stand for."""

from collections.abc import Iterable
from pathlib import Path

from corrobora.model import Findings, Place, Reading, Text
from corrobora.resolve import added, homes, learning, periods, places, speakers, zones
from corrobora.resolve.added import Added
from corrobora.resolve.added import add as add_places
from corrobora.resolve.added import version as added_version
from corrobora.resolve.build_gazetteer import build
from corrobora.resolve.gazetteer import Gazetteer, default_path, open_index
from corrobora.resolve.homes import Learned
from corrobora.resolve.homes import take_back as take_back_homes
from corrobora.resolve.homes import version as learned_version
from corrobora.resolve.marking import CONVENTIONS, Marked, mark, mark_spans
from corrobora.resolve.typed import typed
from corrobora.settings import Settings

__all__ = [
    "CONVENTIONS",
    "Added",
    "Learned",
    "Marked",
    "Resolver",
    "add_places",
    "added_version",
    "build",
    "default_path",
    "learn_homes",
    "learned_version",
    "mark",
    "mark_spans",
    "open_index",
    "open_resolver",
    "take_back_homes",
    "typed_place",
]


def open_resolver(settings: Settings, gazetteer: Path, project: Path | None = None) -> "Resolver":
    """Open the index of places at `gazetteer`, and a project's own, once, and return what resolves claims with them.

    Raises NotFound where no index of this version stands there.
    """
    if project is None:
        return Resolver(settings, open_index(gazetteer))
    return Resolver(settings, open_index(gazetteer, project / added.FILE, homes.current(project)))


def learn_homes(read: Iterable[tuple[Text, Findings]], settings: Settings, gazetteer: Path, project: Path) -> Learned:
    """Learn where the outlets of a project's reports are at home, as its next version, which is then in force.

    Raises NotFound where there is no index, BadInput where what was learned before is damaged.
    """
    homes.versions(project)  # a damaged file is told before the work
    opened = open_index(gazetteer, project / added.FILE)
    try:
        return homes.put(project, *learning.learn(read, opened, settings))
    finally:
        opened.close()


def typed_place(
    words: str, settings: Settings, gazetteer: Path, project: Path, beside: Place | None = None
) -> tuple[Place, ...]:
    """Return the places that words typed by a person may mean, the likeliest first: one alone where there is no doubt.

    `beside` is what the machine made of the claim that they are about. Raises NotFound where there is no index.
    """
    opened = open_index(gazetteer, project / added.FILE)
    try:
        return typed(words, opened, settings, beside)
    finally:
        opened.close()


class Resolver:
    """Turns the claims of a text into Readings.

    >>> Resolver.resolve.__name__
    'resolve'
    """

    def __init__(self, settings: Settings, gazetteer: Gazetteer) -> None:
        self._settings = settings
        self._gazetteer = gazetteer

    def resolve(self, text: Text, findings: Findings) -> tuple[Reading, ...]:
        """Return a Reading for each claim of `findings`, in their order; what is not known stays None or empty."""
        where = places.resolve(text, findings, self._gazetteer, self._settings)
        text = zones.zoned(text, self._gazetteer, self._settings)
        when = periods.resolve(text, findings)
        who = speakers.resolve(text, findings, self._settings)
        answers = speakers.bodies(text, findings, self._settings, who.values())
        outlet, published = text.metadata.outlet, periods.published(text)
        readings = []
        for claim in findings.claims:
            chain = who.get(claim.id, ())
            actors = tuple(dict.fromkeys(p.name or p.text for p in claim.perpetrators))
            readings.append(
                Reading(
                    claim, text.file, outlet, published, where.get(claim.id), when.get(claim.id),
                    chain, speakers.voice(chain, outlet, answers), actors,
                )
            )  # fmt: skip
        return tuple(readings)
