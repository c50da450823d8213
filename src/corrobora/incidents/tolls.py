"""Running totals: what one voice said, over time, about one region since one date. Never an incident's figure."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from corrobora.incidents import places
from corrobora.incidents.accounts import TOLD, seen
from corrobora.incidents.voices import NO_TEXTS, speaking
from corrobora.incidents.voices import Key as VoiceKey
from corrobora.model import CopyFamily, Place, Reading, Text, Toll, TollStep, content_id

Key = tuple[tuple[str, ...], str, str, str]
# A wire that corrects a report says so above it ('CORRECTED-Toll rises', 'Corrects figure in paragraph 2').
CORRECTION = re.compile(
    r"\b(?:correct(?:s|ed|ing|ions?)|miscounted|(?:double[- ]|twice )counted|counted twice)\b", re.IGNORECASE
)
HEAD = 200  # characters of a report where such a note stands


def counts_as_total(reading: Reading) -> bool:
    """Whether a claim is a step of a running total: a region and a period, told as happened, with a figure."""
    claim = reading.claim
    told = claim.modality in TOLD or claim.modality == "historical"
    said = claim.count.low is not None or claim.count.high is not None
    return claim.scope == "total" and told and said and claim.stance == "asserts" and seen(reading)


def tolls(
    readings: Sequence[Reading], families: Mapping[str, CopyFamily], texts: Mapping[str, Text] = NO_TEXTS
) -> tuple[Toll, ...]:
    """Arrange totals into series by voice, region, harm and class of victims, and by the date they count from.

    A total without such a date joins the only series of its kind; where there are several, it stays by itself.
    """
    grouped: dict[Key, dict[date | None, list[Reading]]] = defaultdict(lambda: defaultdict(list))
    said = speaking(readings, families, texts)
    for reading in sorted(readings, key=lambda reading: reading.claim.id):
        grouped[(_flat(said[reading.claim.id][0]), *_series(reading))][_since(reading)].append(reading)
    found = []
    for key, series in grouped.items():
        dated = [since for since in series if since is not None]
        if len(dated) == 1 and None in series:
            series[dated[0]] += series.pop(None)
        found += [_toll(key, since, items, said[items[0].claim.id][1], texts) for since, items in series.items()]
    return tuple(sorted(found, key=lambda toll: (toll.voice, toll.harm, toll.victims, toll.id)))


def _flat(key: VoiceKey) -> tuple[str, ...]:
    return key[0], *key[1]


def _since(reading: Reading) -> date | None:
    period = reading.period
    return None if period is None or period.precision == "day" else period.earliest


def _series(reading: Reading) -> tuple[str, str, str]:
    region, claim = reading.place, reading.claim
    where = "" if region is None else region.id or region.name.casefold()
    return where, claim.harm, claim.victims.class_ if claim.victims else "unknown"


def _toll(key: Key, since: date | None, readings: Sequence[Reading], voice: str, texts: Mapping[str, Text]) -> Toll:
    ordered = sorted(readings, key=_order)
    steps: list[TollStep] = []
    for reading in ordered:
        count = reading.claim.count
        change = _change(steps[-1] if steps else None, reading, texts.get(reading.claim.document))
        steps.append(TollStep(reading.claim.id, _on(reading), count.low, count.high, change))
    regions = [reading.place for reading in ordered if reading.place is not None]
    region: Place | None = min(regions, key=lambda place: (places.rank(place), place.start), default=None)
    return Toll(content_id("t", *key, since), voice, key[2], key[3], region, since, tuple(steps))


def _order(reading: Reading) -> tuple[date, date, int, int, str]:
    day, published = _on(reading) or date.min, reading.published or date.min
    count = reading.claim.count
    figure = count.low if count.low is not None else count.high or 0
    return day, published, figure, reading.claim.start, reading.claim.id


def _on(reading: Reading) -> date | None:
    """The day a total speaks for: the end of its period, where the words give one, else the day of the report."""
    latest = reading.period.latest if reading.period is not None else None
    if latest is not None and reading.published is not None:
        return min(latest, reading.published)
    return latest or reading.published


def _change(last: TollStep | None, reading: Reading, text: Text | None) -> str:
    """What a statement does to the last one: a figure that is put right is a correction, whichever way it goes."""
    count = reading.claim.count
    if last is None:
        return "first"
    before = last.low if last.low is not None else last.high or 0
    now = count.low if count.low is not None else count.high or 0
    if now == before:
        return "same"
    corrected = reading.decided == "corrected" or _corrects(reading, text)
    if corrected or (now < before and last.on == _on(reading)):
        return "correction"
    return "rise" if now > before else "revision_down"


def _corrects(reading: Reading, text: Text | None) -> bool:
    """Whether the words of a statement, or the note above its report, say that an earlier figure was wrong."""
    noted = f"{text.metadata.title}\n{text.text[:HEAD]}" if text else ""
    return CORRECTION.search(f"{reading.claim.quote}\n{noted}") is not None
