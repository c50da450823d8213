"""Where accounts of one incident cannot all hold. Each is shown with its claims; none is resolved here.

A later figure of the same voice replaces the earlier one and contradicts nothing; figures that can hold together ('at
least 54' and 56) do not contradict each other.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import combinations

from corrobora.model import Contradiction, Incident, Place, Reading
from corrobora.review.actors import Actors
from corrobora.review.geography import far
from corrobora.review.statements import Statement, accounts

FINE = frozenset({"exact", "neighbourhood", "town"})


def contradictions(
    incident: Incident, readings: Mapping[str, Reading], found: Sequence[Statement], actors: Actors
) -> tuple[Contradiction, ...]:
    """Every kind of contradiction in an incident, figures first."""
    members = [readings[claim] for claim in incident.claims if claim in readings]
    results = [*_figures(found, readings), *_inside(found, readings), *_status(found, readings)]
    results += [*_perpetrators(members, actors), *_denials(members, found, readings)]
    results += [*_dates(members), *_places(members, incident)]
    return tuple(results)


def _words(low: int | None, high: int | None) -> str:
    if low is None:
        return f"at most {high}"
    return f"at least {low}" if high is None else str(low) if low == high else f"{low} to {high}"


def _value(s: Statement, readings: Mapping[str, Reading]) -> str:
    voice = readings[s.claims[0]].voice or readings[s.claims[0]].outlet or "unnamed"
    return f"{_words(s.low, s.high)}: {voice}"


def _disjoint(a: Statement, b: Statement) -> bool:
    """Whether no number fits both; 'about' leaves a tenth on each side."""
    slack = max((s.named // 10 for s in (a, b) if s.qualifier == "about"), default=0)
    first, second = sorted((a, b), key=lambda s: s.named)
    return first.high is not None and second.low is not None and first.high + slack < second.low


def _gather(field: str, members: Sequence[Statement], readings: Mapping[str, Reading]) -> Contradiction:
    ordered = sorted(dict.fromkeys(members), key=lambda s: (s.named, s.claims))
    values = tuple(dict.fromkeys(_value(s, readings) for s in ordered))
    return Contradiction(field, values, tuple(dict.fromkeys(claim for s in ordered for claim in s.claims)))


def _figures(found: Sequence[Statement], readings: Mapping[str, Reading]) -> list[Contradiction]:
    """Figures of different voices for the same harm that no number fits."""
    told = [s for s in accounts([s for s in found if s.current], add=True) if not s.part and not s.vague]
    results = []
    for harm, side in sorted({(s.harm, s.side) for s in told}):
        mine = [s for s in told if (s.harm, s.side) == (harm, side)]
        clash = [
            s for pair in combinations(mine, 2) if pair[0].voice != pair[1].voice and _disjoint(*pair) for s in pair
        ]
        if clash:
            results.append(_gather(harm if side == "victims" else f"{harm} (attackers)", clash, readings))
    return results


def _inside(found: Sequence[Statement], readings: Mapping[str, Reading]) -> list[Contradiction]:
    """Figures of one voice in one report, for victims told in the same words, that no number fits.

    A figure below half of the voice's largest is rather a part of it, and not shown.
    """
    clash: dict[str, list[Statement]] = {}
    plain = [s for s in found if not s.part and not s.vague]
    for a, b in combinations(plain, 2):
        if (a.harm, a.voice, a.document, a.status) == (b.harm, b.voice, b.document, b.status) and _disjoint(a, b):
            most = max(s.named for s in plain if (s.harm, s.voice, s.document) == (a.harm, a.voice, a.document))
            said = [readings[s.claims[0]].claim.victims for s in (a, b)]
            heads = {_head(victims.text) if victims else "" for victims in said}
            if len(heads) == 1 and "" not in heads and 2 * min(a.named, b.named) >= most:
                clash.setdefault(a.harm, []).extend((a, b))
    return [_gather(f"{harm} (within one report)", members, readings) for harm, members in sorted(clash.items())]


def _head(text: str) -> str:
    words = [word for word in text.casefold().split() if not any(char.isdigit() for char in word)]
    return words[-1] if words else ""


def _status(found: Sequence[Statement], readings: Mapping[str, Reading]) -> list[Contradiction]:
    """The same number of people, called civilians by one voice and fighters by another."""
    clash = [
        s
        for a, b in combinations(found, 2)
        if {a.status, b.status} == {"civilian", "armed_group"}
        and a.harm == b.harm
        and a.voice != b.voice
        and a.named == b.named > 0
        for s in (a, b)
    ]
    if not clash:
        return []
    ordered = sorted(dict.fromkeys(clash), key=lambda s: (s.status, s.claims))
    values = tuple(dict.fromkeys(f"{s.status.replace('_', ' ')}: {_value(s, readings)}" for s in ordered))
    return [Contradiction("status of victims", values, tuple(dict.fromkeys(c for s in ordered for c in s.claims)))]


def _perpetrators(members: Sequence[Reading], actors: Actors) -> list[Contradiction]:
    """Different named perpetrators, or one who is accused and denies it."""
    blamed = actors.blamed(members)
    denials = actors.denials(members)
    if len(blamed) < 2 and not (blamed and denials):
        return []
    values = [f"{name}: {', '.join(sorted({r.voice or r.outlet for r in by}))}" for name, by in sorted(blamed.items())]
    values += [f"denied by {name}" for name in sorted(denials)]
    claims = [r.claim.id for by in (*blamed.values(), *denials.values()) for r in by]
    return [Contradiction("perpetrator", tuple(dict.fromkeys(values)), tuple(sorted(set(claims))))]


def _denials(
    members: Sequence[Reading], found: Sequence[Statement], readings: Mapping[str, Reading]
) -> list[Contradiction]:
    """A figure or harm that one voice denies, beside what others say of it."""
    results = []
    for harm in sorted({r.claim.harm for r in members if r.claim.stance == "denies" and r.claim.harm}):
        denied = [r for r in members if r.claim.stance == "denies" and r.claim.harm == harm and r.claim.count.high != 0]
        said = [s for s in found if s.harm == harm and s.current and not s.part]
        if denied:
            values = [f"denied: {_denied(r)}: {r.voice or r.outlet}" for r in denied]
            values += [_value(s, readings) for s in said]
            claims = [*(r.claim.id for r in denied), *(claim for s in said for claim in s.claims)]
            results.append(
                Contradiction(f"denial of {harm}", tuple(dict.fromkeys(values)), tuple(dict.fromkeys(claims)))
            )
    return results


def _denied(reading: Reading) -> str:
    count = reading.claim.count
    return _words(count.low, count.high) if (count.low, count.high) != (None, None) else "that it happened"


def _dates(members: Sequence[Reading]) -> list[Contradiction]:
    """Reports whose days do not meet, where no report spans both. Flight goes on for days, and is left out."""
    days: dict[str, list[tuple[date, date, Reading]]] = {}
    for r in sorted(members, key=lambda r: r.claim.id):
        p = r.period
        if p and p.earliest and p.latest and p.precision in {"day", "days"} and r.claim.harm != "displaced":
            days.setdefault(r.claim.document, []).append((p.earliest, p.latest, r))
    clash = {
        item[2].claim.id: item
        for a, b in combinations(days.values(), 2)
        if not any(x[0] <= y[1] and y[0] <= x[1] for x in a for y in b) and not _bridged(a, b, days.values())
        for item in (*a, *b)
    }
    apart = sorted(clash.values(), key=lambda item: (item[0], item[1], item[2].claim.id))
    values = tuple(dict.fromkeys(f"{_span(start, end)}: {r.voice or r.outlet}" for start, end, r in apart))
    return [Contradiction("date", values, tuple(r.claim.id for _, _, r in apart))] if apart else []


def _bridged(
    a: Sequence[tuple[date, date, Reading]],
    b: Sequence[tuple[date, date, Reading]],
    every: Iterable[Sequence[tuple[date, date, Reading]]],
) -> bool:
    first, last = min(item[1] for item in (*a, *b)), max(item[0] for item in (*a, *b))
    return any(start <= first and end >= last for items in every for start, end, _ in items)


def _span(start: date, end: date) -> str:
    return str(start) if start == end else f"{start} to {end}"


def _places(members: Sequence[Reading], incident: Incident) -> list[Contradiction]:
    """Reports that put it in towns apart, where the incident is held to have one spot.

    A name that no gazetteer knows has no place on the map of its own, and is left out.
    """
    if incident.place is None or incident.place.precision not in FINE:
        return []
    told: dict[str, list[tuple[Place, Reading]]] = {}
    for r in sorted(members, key=lambda r: r.claim.id):
        if r.place and r.place.id and r.place.precision in FINE and r.claim.harm != "displaced":
            told.setdefault(r.claim.document, []).append((r.place, r))
    clash = {
        r.claim.id: (place, r)
        for a, b in combinations(told.values(), 2)
        if all(far(x[0], y[0]) for x in a for y in b)
        for place, r in (*a, *b)
    }
    apart = sorted(clash.values(), key=lambda item: (item[0].name, item[1].claim.id))
    values = tuple(dict.fromkeys(f"{place.name}: {r.voice or r.outlet}" for place, r in apart))
    return [Contradiction("place", values, tuple(r.claim.id for _, r in apart))] if apart else []
