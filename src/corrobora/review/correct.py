"""Applying what people decided to what the machine read. The machine's reading itself is never changed."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from corrobora.model import Count, Decision, Period, Perpetrator, Place, Reading, Speaker, Victims, standing
from corrobora.review.values import parsed

ABOUT_ONE = frozenset({"accept", "correct", "reject"})
RADIUS = {"exact": 0.1, "neighbourhood": 1.0, "town": 5.0, "district": 25.0, "province": 100.0, "country": 500.0}


def correct(readings: Sequence[Reading], decisions: Sequence[Decision]) -> tuple[Reading, ...]:
    """Return the readings as people decided: corrected fields replaced and listed, rejected claims left out.

    Standing decisions on a claim apply in the order they were taken: the last verdict is the claim's state, and for
    each field the last correction holds, so that two people can correct two fields. A decision about a claim whose id
    is no longer found applies to the only claim that reads word for word the same.
    """
    by_claim = _by_claim(readings, decisions)
    found = []
    for reading in readings:
        mine = by_claim.get(reading.claim.id, ())
        if not mine:
            found.append(reading)
        elif mine[-1].verdict != "reject":
            found.append(_apply(reading, mine))
    return tuple(found)


def orphans(readings: Sequence[Reading], decisions: Sequence[Decision]) -> tuple[Decision, ...]:
    """The standing decisions about claims that are not found any more, even by their words: to be looked at."""
    ids = {reading.claim.id for reading in readings}
    quoted = _unique_quotes(readings)

    def lost(decision: Decision) -> bool:
        pairs = zip(decision.subjects, (*decision.quotes, *[""] * len(decision.subjects)), strict=False)
        return any(subject.startswith("c_") and subject not in ids and quote not in quoted for subject, quote in pairs)

    return tuple(decision for decision in standing(decisions) if lost(decision))


def _unique_quotes(readings: Sequence[Reading]) -> dict[str, str]:
    times = Counter(reading.claim.quote for reading in readings)
    return {r.claim.quote: r.claim.id for r in readings if r.claim.quote and times[r.claim.quote] == 1}


def _by_claim(readings: Sequence[Reading], decisions: Sequence[Decision]) -> Mapping[str, Sequence[Decision]]:
    ids = {reading.claim.id for reading in readings}
    quoted = _unique_quotes(readings)
    found: dict[str, list[Decision]] = defaultdict(list)
    for decision in standing(decisions):
        if decision.verdict in ABOUT_ONE and decision.subjects:
            subject = decision.subjects[0]
            quote = decision.quotes[0] if decision.quotes else ""
            found[subject if subject in ids else quoted.get(quote, subject)].append(decision)
    return found


def _apply(reading: Reading, decisions: Sequence[Decision]) -> Reading:
    texts: dict[str, str] = {}
    for decision in decisions:
        if decision.verdict == "correct":
            texts |= dict(decision.values)
    values = parsed(texts)
    for field, value in values.items():
        if field not in {"earliest", "latest"}:
            reading = _FIELDS[field](reading, value)
    if {"earliest", "latest"} & set(values):
        reading = replace(reading, period=_period(reading.period, values))
    return replace(reading, corrected=tuple(sorted(values)), decided="corrected" if values else "accepted")


def _figure(reading: Reading, value: Count) -> Reading:
    said = reading.claim.count
    count = replace(said, low=value.low, high=value.high, qualifier=value.qualifier)
    return replace(reading, claim=replace(reading.claim, count=count))


def _speaker(reading: Reading, name: str) -> Reading:
    chain = reading.claim.attribution
    first = replace(chain[0], speaker=name) if chain else Speaker(name, "", "", -1, -1)
    claim = replace(reading.claim, attribution=(first, *chain[1:]))
    return replace(reading, claim=claim, speakers=(name, *reading.speakers[1:]), voice=name)


def _place(reading: Reading, value: Mapping[str, Any]) -> Reading:
    was = reading.place
    precision = value.get("precision") or (was.precision if was else "town")
    radius = value.get("radius_km")
    place = Place(
        text=was.text if was else "",
        name=value["name"],
        id=value.get("id") or f"project:{value['name']}",
        lat=value.get("lat"),
        lon=value.get("lon"),
        radius_km=radius if radius is not None or value.get("lat") is None else RADIUS[precision],
        precision=precision,
        admin1=value.get("admin1") or "",
        admin2=value.get("admin2") or "",
        country=value.get("country") or (was.country if was else ""),
        start=was.start if was else -1,
        end=was.end if was else -1,
        why=("decided by a person",),
    )
    return replace(reading, place=place)


def _period(was: Period | None, values: Mapping[str, date]) -> Period:
    earliest = values.get("earliest", was.earliest if was else None)
    latest = values.get("latest", was.latest if was else None)
    if earliest and latest and earliest > latest:  # one side was corrected beyond the other: it was that day
        earliest = latest = values.get("earliest") or values["latest"]
    width = (latest - earliest).days if earliest and latest else None
    precision = "open" if width is None else "day" if width == 0 else "days"
    edtf = f"{earliest or '..'}/{latest or '..'}" if width != 0 else str(earliest)
    words = (was.text, was.start, was.end) if was else ("", -1, -1)
    return Period(words[0], edtf, earliest, latest, precision, "decided by a person", words[1], words[2])


def _victims(reading: Reading, value: Mapping[str, str]) -> Reading:
    was = reading.claim.victims or Victims("", "unknown", (), (), -1, -1)
    victims = replace(was, text=value.get("text", was.text), class_=value.get("class", was.class_))
    return replace(reading, claim=replace(reading.claim, victims=victims))


def _perpetrator(reading: Reading, name: str) -> Reading:
    first = next(iter(reading.claim.perpetrators), Perpetrator("", "", "unknown", "asserted", "", -1, -1))
    class_ = first.class_ if first.name == name else "unknown"
    claim = replace(reading.claim, perpetrators=(replace(first, name=name, class_=class_),))
    return replace(reading, claim=claim, actors=(name,))


_FIELDS: Mapping[str, Any] = {
    "figure": _figure,
    "harm": lambda reading, harm: replace(reading, claim=replace(reading.claim, harm=harm)),
    "scope": lambda reading, scope: replace(reading, claim=replace(reading.claim, scope=scope)),
    "speaker": _speaker,
    "place": _place,
    "victims": _victims,
    "perpetrator": _perpetrator,
}
