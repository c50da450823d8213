"""When and where a story happened, as the task wants it told: the candidates that its claims give, and their cues.

The record keeps every reading; a template has room for one. Which form coders chose (a day or 'on or before', a town or
only its country) is learned from the keys: see `training/`.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

import muc_forms as forms
from muc_story import Story, plain

from corrobora.linear import Linear
from corrobora.model import Place, Reading

Candidates = Mapping[str, frozenset[str]]
AGES = (-1, 0, 1, 2, 3, 7, 14, 31, 92, 366)
PRECISE = ("exact", "neighbourhood", "town", "district", "province", "country")


def choose(candidates: Candidates, model: Linear | None, default: Callable[[], str]) -> str:
    """The most probable candidate; `default` where there is no model or no candidate."""
    if model is None or not candidates:
        return default()
    return max(candidates, key=lambda form: (model.scores(candidates[form])["yes"], form))


def dates(story: Story) -> Candidates:
    """The forms of the date slot that the claims of a story allow, each with its cues."""
    published = story.readings[0].published
    if published is None:
        return {}
    found: dict[str, set[str]] = {forms.when(None, published): {"default"}}
    known = [r for r in story.readings if r.period is not None]
    for reading in known:
        for form, kind in _day_forms(reading):
            held = found.setdefault(form, set())
            held |= {f"{kind}: {cue}" for cue in _period(reading)}
            held.add(kind)
    for form, held in found.items():
        same = [r for r in known if any(form == f for f, _ in _day_forms(r))]
        held |= {f"claims={min(3, len(same))}", f"share={round(3 * len(same) / len(story.readings))}"}
        held.add(f"first={bool(same) and same[0] is story.readings[0]}")
        held.add(f"incident={form == forms.when(story.incident.date, published)}")
        if any(r.claim.victims and r.claim.harm for r in same):
            held.add("harm")
        held.add(f"forms={min(4, len(found))}")
    none = "with days" if known else "without days"
    found[forms.when(None, published)].add(none)
    spoken = any(r.claim.time is not None for r in story.readings)
    found[forms.when(None, published)].add(f"spoken={spoken}")
    return {form: frozenset(held) for form, held in found.items()}


def _day_forms(reading: Reading) -> Iterator[tuple[str, str]]:
    period, published = reading.period, reading.published
    if period is None:
        return
    first, last = period.earliest, period.latest
    yield forms.when(period, published), "day" if first == last else "span"
    if first and last and first < last:
        yield forms.when(replace(period, earliest=last), published), "last day"
        yield forms.when(replace(period, latest=first), published), "first day"
    if last and published and last < published:
        yield f"- {forms.day(last)}", "before"


def _period(reading: Reading) -> Iterator[str]:
    period, published = reading.period, reading.published
    if period is None or published is None:
        return
    yield f"rule={re.sub(r'[^a-z ]', '', period.rule.casefold())[:40]}"
    yield f"precision={period.precision}"
    yield f"own words={reading.claim.time is not None}"
    if reading.claim.time is not None:
        yield from (f"time={w}" for w in re.findall(r"[A-Z]+", plain(reading.claim.time.text)))
    age = (published - period.latest).days if period.latest else 999
    yield f"age={sum(age > edge for edge in AGES)}"


def places(story: Story, others: Sequence[Story]) -> Candidates:
    """The forms of the location slot that the claims of a story allow, each with its cues."""
    known = [r for r in story.readings if r.place is not None]
    words = " ".join(plain(r.claim.quote) for other in others for r in other.readings)
    found: dict[str, set[str]] = {}
    for reading in known:
        for form, kind in _place_forms(reading, known, words):
            held = found.setdefault(form, set())
            held |= {f"{kind}: {cue}" for cue in _place(reading)} | {kind}
    report = [r for other in others for r in other.readings if r.place is not None]
    for code in {r.place.country for r in report if r.place is not None} - {""}:
        found.setdefault(forms.country(code), set()).add("country")
    for form, held in found.items():
        held |= set(_support(form, known, report, found))
    return {form: frozenset(held) for form, held in found.items() if form}


def _place_forms(reading: Reading, known: Sequence[Reading], words: str) -> Iterator[tuple[str, str]]:
    place = reading.place
    if place is None or not place.country:
        return
    country = forms.country(place.country)
    yield country, "country"
    if place.precision == "country":
        return
    name = _said(place)
    yield f"{country}: {name}", place.precision
    said = plain(reading.claim.place.text) if reading.claim.place is not None else ""
    if said and said in words and "," not in said and len(said.split()) <= 4 and said != name:
        yield f"{country}: {said}", f"words {place.precision}"
    area = forms.area(place.admin1)
    if area and area != name and f" {area} " in f" {words} ":
        yield f"{country}: {area}: {name}", f"area {place.precision}"
    for other in known:
        wide = other.place
        if wide is not None and wide.country == place.country and _holds(wide, place):
            yield f"{country}: {_said(wide)}: {name}", f"{wide.precision} {place.precision}"


def _holds(wide: Place, place: Place) -> bool:
    """Whether a place may hold another: it is less precise, and not a whole country."""
    coarser = PRECISE.index(wide.precision) > PRECISE.index(place.precision)
    return wide.name != place.name and coarser and wide.precision != "country"


def _said(place: Place) -> str:
    return forms.area(place.name) if place.precision in {"province", "district"} else forms.capitals(place.name)


def _place(reading: Reading) -> Iterator[str]:
    place: Place | None = reading.place
    if place is None:
        return
    yield f"spoken={place.start >= 0}"
    yield f"own words={reading.claim.place is not None}"
    yield f"id={place.id.partition(':')[0]}"
    if reading.claim.place is not None:
        yield from (f"place={w}" for w in re.findall(r"[A-Z]+", plain(reading.claim.place.text)) if len(w) > 3)
    yield from (f"why={w}" for why in place.why for w in re.findall(r"[a-z]{3,}", why.casefold()))


def _support(
    form: str, known: Sequence[Reading], report: Sequence[Reading], found: Mapping[str, set[str]]
) -> Iterator[str]:
    country = form.partition(":")[0]
    same = [r for r in known if r.place is not None and forms.country(r.place.country) == country]
    everywhere = [r for r in report if r.place is not None and forms.country(r.place.country) == country]
    yield f"country share={round(3 * len(same) / max(1, len(known)))}"
    yield f"report share={round(3 * len(everywhere) / max(1, len(report)))}"
    yield f"in scope={country in {forms.country(c) for c in forms.terms()['scope']['countries']}}"
    last = form.rpartition(": ")[2]
    naming = [r for r in known if r.place and last in {forms.capitals(r.place.name), forms.area(r.place.name)}]
    levels = form.count(":")
    yield f"levels={levels}"
    yield f"levels={levels}, named by {min(3, len(naming))}"
    yield f"levels={levels}, of {round(3 * len(naming) / max(1, len(known)))}"
    yield f"levels={levels}, finer={min(3, sum(f.startswith(form + ':') for f in found))}"
    yield f"levels={levels}, first={bool(naming) and naming[0] is known[0]}"
    if levels:
        yield from (f"word={w}" for w in re.findall(r"[A-Z]+", last) if len(w) > 2)
