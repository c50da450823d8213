"""How figures, days, places and voices are written: as what was said, never as what is true."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

from corrobora.model import Assessment, Claim, Count, Decision, Figure, Incident, Period, Place, Reading, TollStep

NOT_SAID = "not said"
GLUE = "\N{NO-BREAK SPACE}"  # a sign never stands at the end of a line, away from its number
HARMS = ("killed", "injured", "casualties")
PRECISION = {
    "exact": "exact spot",
    "neighbourhood": "neighbourhood",
    "town": "town",
    "district": "district",
    "province": "province",
    "country": "country",
}
VERDICTS = {
    "accept": "Accepted",
    "correct": "Corrected",
    "reject": "Rejected",
    "same": "Held to be the same",
    "not_same": "Held not to be the same",
    "undo": "Undone",
}
# What each named rule counts; `review` says how, and where a rule comes from.
RULES = {
    "range": "lowest to highest that an independent voice stands by",
    "range_stated": "the same, of stated totals alone",
    "attackers": "of those said to be attackers, lowest to highest",
    "highest_independent": "highest that two independent voices reach",
    "ucdp": "UCDP: low and high, both sides",
    "ucdp_best": "UCDP: best, by most voices",
    "registry": "registry: killed and surviving injured, attackers among them, as most reports say",
    "acled": "ACLED: most conservative, both sides",
    "ibc": "Iraq Body Count: civilians, minimum and maximum",
    "airwars": "Airwars: civilians, minimum and maximum",
}
# Words for the states of an input; the terms themselves stand in terms.toml.
STATES = {
    "read": "read, with claims",
    "no_claims": "read, no claim found",
    "other_language": "kept: no installed reader reads its language",
    "duplicate": "the same bytes as another input",
    "unchanged": "known already",
    "metadata": "metadata of another file",
    "container": "holds other inputs",
    "kept": "kept",
    "skipped": "nothing to be read, as a hidden file",
    "waiting": "kept, not read yet",
    "empty": "no words found in it",
    "refused": "refused for safety",
    "unreadable": "could not be read",
}


def number(value: int) -> str:
    """Write a whole number with its thousands set apart.

    >>> number(1311)
    '1,311'
    """
    return f"{value:,}"


def span(low: int | None, high: int | None) -> str:
    """Write a range of people: what is not said stays not said.

    >>> span(11, 11), span(4, 8), span(None, None), span(0, 0)
    ('11', '4–8', 'not said', '0')
    >>> span(973, None) == f"≥{GLUE}973", span(None, 40) == f"≤{GLUE}40"
    (True, True)
    """
    if low is None and high is None:
        return NOT_SAID
    if high is None:
        return f"≥{GLUE}{number(low or 0)}"
    if low is None:
        return f"≤{GLUE}{number(high)}"
    return number(low) if low == high else f"{number(low)}–{number(high)}"


def rank(harm: str) -> int:
    """Sort harms: the killed first, then the injured, then the rest."""
    return HARMS.index(harm) if harm in HARMS else len(HARMS)


def headline(assessment: Assessment) -> list[Figure]:
    """Return the range of what was said for each harm, the deadliest first."""
    return sorted((f for f in assessment.figures if f.rule == "range"), key=lambda f: (rank(f.harm), f.harm))


def figure(value: Count | Figure | TollStep | None) -> str:
    """Write a figure of a claim, an incident or a toll.

    >>> figure(Count(300, 300, "about")), figure(Count(None, None, "vague", "several")), figure(None)
    ('about 300', 'not said (“several”)', 'not said')
    """
    if value is None:
        return NOT_SAID
    words = span(value.low, value.high)
    if isinstance(value, Count) and value.qualifier == "about":
        return f"about {words}"
    if isinstance(value, Count) and value.qualifier == "vague" and value.text:
        return f"{words} (“{value.text}”)"
    return words


def day(value: date | None) -> str:
    """Write a day without a leading nought.

    >>> day(date(2025, 3, 8))
    '8 March 2025'
    """
    return f"{value.day} {value:%B %Y}" if value else ""


def days(period: Period | None) -> str:
    """Write a period; a side that is open is said to be open.

    >>> days(Period("", "", None, date(1990, 1, 3), "open", "", -1, -1))
    'on or before 3 January 1990'
    """
    return NOT_SAID if period is None else between(period.earliest, period.latest)


def between(earliest: date | None, latest: date | None) -> str:
    """Write the days from `earliest` to `latest`, both inclusive.

    >>> between(date(2025, 3, 6), date(2025, 3, 10)), between(date(2025, 2, 27), date(2025, 3, 1))
    ('6–10 March 2025', '27 February – 1 March 2025')
    """
    if earliest is None and latest is None:
        return NOT_SAID
    if earliest is None:
        return f"on or before {day(latest)}"
    if latest is None:
        return f"on or after {day(earliest)}"
    if earliest == latest:
        return day(latest)
    if (earliest.year, earliest.month) == (latest.year, latest.month):
        return f"{earliest.day}–{day(latest)}"
    first = f"{earliest.day} {earliest:%B}" if earliest.year == latest.year else day(earliest)
    return f"{first} – {day(latest)}"


def moment(value: datetime | None) -> str:
    """Write a moment to the minute, in UTC and saying so."""
    if value is None:
        return ""
    utc = value.astimezone(UTC)
    return f"{day(utc.date())}, {utc:%H:%M} UTC"


def where(place: Place | None) -> str:
    """Write a place with what it lies in.

    >>> where(None)
    'not said'
    """
    if place is None:
        return NOT_SAID
    country = "" if place.precision == "country" else place.country
    parts = [place.name or place.text, place.admin2, place.admin1, country]
    return ", ".join(dict.fromkeys(p for p in parts if p)) or NOT_SAID


def reach(place: Place | None) -> str:
    """Write how precisely a place is known.

    >>> reach(Place("", "X", "", 1.0, 1.0, 12.0, "town", "", "", "", -1, -1))
    'town, within about 12 km'
    """
    if place is None:
        return ""
    kind = PRECISION.get(place.precision, place.precision)
    if place.lat is None or place.lon is None:
        return f"{kind}, no point known" if kind else "no point known"
    return f"{kind}, within about {place.radius_km:g} km" if place.radius_km else kind


def term(value: str) -> str:
    """Write a fixed term as words.

    >>> term("air_strike")
    'air strike'
    """
    return value.replace("_", " ")


def event(incident: Incident) -> str:
    """Write what kind of event an incident is said to be."""
    return "Event" if incident.act in ("", "other") else term(incident.act).capitalize()


def harm(claim: Claim) -> str:
    """Write what a claim says was done: the harm, or where none is told, the act."""
    return term(claim.harm or claim.act)


def voice(reading: Reading) -> str:
    """Write who answers for a claim, and who speaks in that name; one without a name is said to be unnamed."""
    speaker = next((name for name in reading.speakers if name), "")
    if speaker and reading.voice and speaker.casefold() not in reading.voice.casefold():
        return speaker if reading.voice.casefold() in speaker.casefold() else f"{speaker}, for {reading.voice}"
    return reading.voice or ("someone unnamed" if reading.claim.attribution else reading.outlet or "the report itself")


def carriers(reading: Reading) -> tuple[str, ...]:
    """Return who carries the innermost voice's words, the nearest first and the outlet last."""
    chain = list(reading.speakers) or [s.speaker for s in reading.claim.attribution]
    names = [name or "someone unnamed" for name in chain[1:]]
    outlet = [reading.outlet] if reading.outlet and reading.outlet != voice(reading) else []
    return tuple(dict.fromkeys(names + outlet))


def verdict(decision: Decision) -> str:
    """Write what a person decided, as a past participle."""
    return VERDICTS.get(decision.verdict, decision.verdict)


def listed(values: Sequence[str]) -> str:
    """Join words to a list.

    >>> listed(("a", "b", "c"))
    'a, b and c'
    """
    return " and ".join((", ".join(values[:-1]), values[-1])) if len(values) > 1 else "".join(values)


def plural(count: int, one: str, many: str = "") -> str:
    """Write a number with its noun.

    >>> plural(1, "claim"), plural(2, "claim"), plural(0, "toll")
    ('1 claim', '2 claims', '0 tolls')
    """
    return f"{number(count)} {one if count == 1 else many or one + 's'}"
