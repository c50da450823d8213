"""What claims were computed to mean: readings, incidents, tolls, assessments."""

from dataclasses import dataclass
from datetime import date

from corrobora.model.said import Claim

# The most days that a night told of two days, a week, a month and a year can have.
NIGHT, WEEK, MONTH, YEAR = 2, 7, 31, 366


@dataclass(frozen=True, slots=True)
class Place:
    """Where. `precision`: exact, neighbourhood, town, district, province, country. `radius_km` says how far it reaches.

    `id` is `geonames:N`, `country:SY`, `admin1:SY.02`, `pcode:CODE` or `project:NAME`; `why` the candidates with their
    scores and reasons, the chosen one first. `geo_precision` is ACLED's code (1 to 3), `where_prec` UCDP's (1 to 7),
    `score` the chance that it is the right place (0 to 1); None where a person said it, or an earlier version did.
    """

    text: str
    name: str
    id: str
    lat: float | None
    lon: float | None
    radius_km: float | None
    precision: str
    admin1: str
    admin2: str
    country: str
    start: int
    end: int
    why: tuple[str, ...] = ()
    geo_precision: int | None = None
    where_prec: int | None = None
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """When: `earliest` and `latest` day, both inclusive; None on a side that is open ('on or before').

    `precision`: day, days, week, month, season, year, open. `edtf` is Extended Date/Time Format, level 1.
    `rule` names what resolved it. `time` is the time of day where the words give it: 22:30, or morning, afternoon,
    evening, night, overnight.
    """

    text: str
    edtf: str
    earliest: date | None
    latest: date | None
    precision: str
    rule: str
    start: int
    end: int
    time: str = ""

    @property
    def days(self) -> int | None:
        """How many days it covers; None where a side is open or not known."""
        return (self.latest - self.earliest).days + 1 if self.earliest and self.latest else None

    @property
    def acled_time_precision(self) -> int | None:
        """1 the day is known, 2 the week or weekend, 3 the month; None where it is known less well, or open.

        Source: ACLED codebook, `time_precision`. A night between two days counts as a known day.
        """
        days = self.days
        if days is None or days > MONTH:
            return None
        return 1 if days <= NIGHT else 2 if days <= WEEK else 3

    @property
    def ucdp_date_prec(self) -> int | None:
        """1 the day, 2 within two to six days, 3 the week, 4 up to 31 days or the month, 5 up to a year; else None.

        Source: UCDP GED codebook, `date_prec`.
        """
        days = self.days
        bounds = ((1, 1), (6, 2), (WEEK, 3), (MONTH, 4), (YEAR, 5))
        return next((code for most, code in bounds if days is not None and days <= most), None)


@dataclass(frozen=True, slots=True)
class Reading:
    """A Claim with what its words were resolved to.

    `speakers` are the canonical names of the attribution chain, innermost first; `voice` is who answers for the claim:
    the innermost speaker, or the outlet where it asserts itself. `actors` are the perpetrators' canonical names.
    `corrected` names the fields whose value comes from a person's decision; `decided` is '', accepted or corrected.
    """

    claim: Claim
    file: str
    outlet: str
    published: date | None
    place: Place | None
    period: Period | None
    speakers: tuple[str, ...]
    voice: str
    actors: tuple[str, ...]
    corrected: tuple[str, ...] = ()
    decided: str = ""


@dataclass(frozen=True, slots=True)
class CopyFamily:
    """Documents that repeat one text, earliest first; `agency` is the outlet or wire it comes from, where known.

    `copied_from` names for each document the earlier one that it is nearest to, '' for the first: the tree of copies.
    """

    documents: tuple[str, ...]
    agency: str
    copied_from: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Voice:
    """One independent voice on an incident, and the claims it answers for. Copied text adds no voice.

    `because` says why speakers or outlets that bear other names were held to be this voice. `repeats` names the voice
    whose figures an outlet gives in its own words, and no others: it is no independent voice.
    """

    speaker: str
    claims: tuple[str, ...]
    outlets: tuple[str, ...]
    because: tuple[str, ...] = ()
    repeats: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """Why two claims are held to be about one incident: probability, and the reasons, strongest first."""

    a: str
    b: str
    probability: float
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Incident:
    """The claims on one event. `previous_ids` are ids it had before claims were added, split off or merged."""

    id: str
    act: str
    claims: tuple[str, ...]
    documents: tuple[str, ...]
    date: Period | None
    place: Place | None
    voices: tuple[Voice, ...]
    links: tuple[Link, ...]
    previous_ids: tuple[str, ...] = ()

    def held_by(self) -> tuple[Link, ...]:
        """The links without which it would fall apart, the weakest first: a maximum spanning tree (Kruskal 1956)."""
        tied = {end: end for link in self.links for end in (link.a, link.b)}

        def top(end: str) -> str:
            while tied[end] != end:
                end = tied[end]
            return end

        found = []
        for link in sorted(self.links, key=lambda link: (-link.probability, link.a, link.b)):
            first, second = top(link.a), top(link.b)
            if first != second:
                tied[second] = first
                found.append(link)
        return tuple(reversed(found))


@dataclass(frozen=True, slots=True)
class TollStep:
    """One statement of a running total: the claim, the day it speaks for, its figure, and what it did to the last one.

    `change`: first, rise, same, revision_down, correction.
    """

    claim: str
    on: date | None
    low: int | None
    high: int | None
    change: str


@dataclass(frozen=True, slots=True)
class Toll:
    """The running totals that one voice gave for one region, harm and class of victims since one date."""

    id: str
    voice: str
    harm: str
    victims: str
    region: Place | None
    since: date | None
    steps: tuple[TollStep, ...]


@dataclass(frozen=True, slots=True)
class TollCheck:
    """A toll beside what it can be held against. `conflicts`, in words, are other voices' figures of the same days.

    `low` and `high` are the sum of the figures (rule 'range') of the `incidents` that lie in its region and days; None
    where none does. `gap` is how many of the toll's last figure no incident tells of; below 0, incidents tell of more.
    """

    toll: str
    conflicts: tuple[str, ...]
    incidents: tuple[str, ...]
    low: int | None
    high: int | None
    gap: int | None


@dataclass(frozen=True, slots=True)
class Linked:
    """The whole of what linking gives: each claim is in at most one incident or toll."""

    incidents: tuple[Incident, ...]
    tolls: tuple[Toll, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """How many suffered `harm`, by a named `rule`, resting on `claims`. None is not said; unknown is never 0.

    `or_more`: `high` is the highest number that anyone named, and someone said 'at least' of it, or of more.
    """

    harm: str
    low: int | None
    high: int | None
    rule: str
    claims: tuple[str, ...]
    or_more: bool = False


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Accounts that cannot both hold: the field, what each side says (as words to show), and the claims that say it."""

    field: str
    values: tuple[str, ...]
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Assessment:
    """An incident's figures by named rules, its grade with reasons, and its contradictions. Recomputed at will.

    `independent` names the voices that speak for themselves of all who were harmed: none that only repeats another's
    figures, or only counts its own dead. `strike_status` is Airwars' term, '' for what is no strike.
    """

    incident: str
    figures: tuple[Figure, ...]
    grade: str
    reasons: tuple[str, ...]
    contradictions: tuple[Contradiction, ...]
    independent: tuple[str, ...] = ()
    strike_status: str = ""
