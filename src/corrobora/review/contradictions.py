"""Where accounts of one incident cannot all hold. Each is shown with its claims; none is resolved here.

A later figure of the same voice replaces the earlier one and contradicts nothing; figures that can hold together ('at
least 54' and 56) do not contradict each other.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import combinations

from corrobora.model import Contradiction, Incident, Place, Reading
from corrobora.review.actors import Actors
from corrobora.review.conduct import acts, answers, perpetrators
from corrobora.review.geography import far
from corrobora.review.lexicon import lexicon
from corrobora.review.statements import Statement, accounts

HARMS = frozenset({"killed", "injured", "casualties"})
APART = 1.5
MANY = 10  # a smaller number may be of both by chance
BESIDE = 150  # characters
FINE = frozenset({"exact", "neighbourhood", "town"})


def contradictions(
    incident: Incident, readings: Mapping[str, Reading], found: Sequence[Statement], actors: Actors
) -> tuple[Contradiction, ...]:
    """Every kind of contradiction in an incident, figures first."""
    members = [readings[claim] for claim in incident.claims if claim in readings]
    results = [*_figures(found, readings), *_inside(found, readings)]
    shown = {claim for result in results for claim in result.claims}
    results += [result for result in _groups(found, readings) if not set(result.claims) <= shown]
    results += [*_harms(found, readings), *_status(found, readings)]
    results += [*perpetrators(incident, members, actors), *_denials(members, found, readings)]
    results += [*acts(incident, members), *_dates(members, incident), *_places(members, incident)]
    return tuple(results)


def _words(low: int | None, high: int | None) -> str:
    if low is None:
        return f"at most {high}"
    return f"at least {low}" if high is None else str(low) if low == high else f"{low} to {high}"


def _value(s: Statement, readings: Mapping[str, Reading]) -> str:
    return f"{_words(s.low, s.high)}: {answers(readings[s.claims[0]])}"


def _disjoint(a: Statement, b: Statement) -> bool:
    """Whether no number fits both; 'about' leaves a tenth on each side.

    'At least 8' fits 16 by its words; but who knows of 16 does not say it. From half as many again on, it does not fit.
    """
    slack = max((s.named // 10 for s in (a, b) if s.qualifier == "about"), default=0)
    first, second = sorted((a, b), key=lambda s: s.named)
    if first.high is None and second.low is not None:
        return not first.vague and second.low >= APART * first.named > 0
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


def _groups(found: Sequence[Statement], readings: Mapping[str, Reading]) -> list[Contradiction]:
    """Figures for one group of the victims ('passengers', 'soldiers') that no number fits, though all the dead agree.

    One voice's later figure is an update where it is higher; the dead do not become fewer, so a lower one is shown,
    as is one where it is not known which report came first.
    """
    told: dict[tuple[str, str], list[Statement]] = {}
    for s in found:
        victims = readings[s.claims[0]].claim.victims
        text = victims.text.casefold() if victims else ""
        head = _head(text)
        fate = s.part and s.harm in {"abducted", "detained"}  # those of them who were freed
        if head and not fate and not s.vague and s.named and " and " not in text and head not in lexicon()["anyone"]:
            told.setdefault((s.harm, head), []).append(s)
    results = []
    for (harm, head), members in sorted(told.items()):
        latest = {s.voice: max(o.order for o in members if o.voice == s.voice) for s in members}
        lasting = [s for s in members if not s.order or s.order == latest[s.voice]]
        clash = [s for a, b in combinations(lasting, 2) if _differ(a, b) for s in (a, b)]
        clash += [s for a, b in combinations(members, 2) if a.voice == b.voice and _differ(a, b) for s in (a, b)]
        if clash:
            results.append(_gather(f"{harm} ({head})", clash, readings))
    return results


def _differ(a: Statement, b: Statement) -> bool:
    if not _disjoint(a, b) or a.document == b.document:
        return False
    if a.voice != b.voice:
        return True
    early, late = sorted((a, b), key=lambda s: s.order)
    return a.harm == "killed" and (not early.order or late.named < early.named)


def _harms(found: Sequence[Statement], readings: Mapping[str, Reading]) -> list[Contradiction]:
    """One number of people that voices tell as different harms: the wounded for one, dead and wounded for the other."""
    plain = [s for s in found if s.harm in HARMS and s.current and not s.part and not s.vague and s.named >= MANY]
    clash = {
        s.claims: s
        for a, b in combinations(plain, 2)
        if a.named == b.named
        and a.harm != b.harm
        and "casualties" in {a.harm, b.harm}
        and a.voice != b.voice
        and a.document != b.document
        if not {(s.voice, s.harm) for s in plain if s.named == a.named} >= {(a.voice, b.harm), (b.voice, a.harm)}
        for s in (a, b)
    }
    ordered = sorted(clash.values(), key=lambda s: (s.named, s.harm, s.claims))
    values = tuple(dict.fromkeys(f"{s.harm}: {_value(s, readings)}" for s in ordered))
    claims = tuple(dict.fromkeys(claim for s in ordered for claim in s.claims))
    return [Contradiction("harm", values, claims)] if ordered else []


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


def _denials(
    members: Sequence[Reading], found: Sequence[Statement], readings: Mapping[str, Reading]
) -> list[Contradiction]:
    """A figure or harm that one voice denies, beside what others say of it."""
    results = []
    for harm in sorted({r.claim.harm for r in members if r.claim.stance == "denies" and r.claim.harm}):
        denied = [r for r in members if r.claim.stance == "denies" and r.claim.harm == harm and r.claim.count.high != 0]
        said = [s for s in found if s.harm == harm and s.current and not s.part]
        if denied:
            values = [f"denied: {_denied(r)}: {answers(r)}" for r in denied]
            values += [_value(s, readings) for s in said]
            claims = [*(r.claim.id for r in denied), *(claim for s in said for claim in s.claims)]
            results.append(
                Contradiction(f"denial of {harm}", tuple(dict.fromkeys(values)), tuple(dict.fromkeys(claims)))
            )
    return results


def _denied(reading: Reading) -> str:
    count = reading.claim.count
    return _words(count.low, count.high) if (count.low, count.high) != (None, None) else "that it happened"


def _dates(members: Sequence[Reading], incident: Incident) -> list[Contradiction]:
    """Voices whose words give days that do not meet, where no report spans both."""
    voice = {claim: at for at, found in enumerate(incident.voices) for claim in found.claims}
    said: dict[int, list[tuple[date, date, Reading]]] = {}
    for r in sorted(members, key=lambda r: r.claim.id):
        p = r.period
        if p and _beside(r, p.start) and p.earliest and p.latest and p.precision in {"day", "days"} and _told_of(r):
            said.setdefault(voice[r.claim.id], []).append((p.earliest, p.latest, r))
    clash = {
        item[2].claim.id: item
        for a, b in combinations(said.values(), 2)
        if not any(x[0] <= y[1] and y[0] <= x[1] for x in a for y in b) and not _bridged(a, b, said.values())
        for item in (*a, *b)
    }
    apart = sorted(clash.values(), key=lambda item: (item[0], item[1], item[2].claim.id))
    values = _by_value((_span(start, end), r) for start, end, r in apart)
    return [Contradiction("date", values, tuple(r.claim.id for _, _, r in apart))] if apart else []


def _told_of(reading: Reading) -> bool:
    """Whether a claim tells of the event itself: flight, release and arrest have places and days of their own."""
    return reading.claim.harm not in {"displaced", "freed", "detained"} and reading.claim.stance != "denies"


def _beside(reading: Reading, start: int) -> bool:
    """Whether words stand in the claim's sentence or next to it, so that they are said of it."""
    return start >= 0 and reading.claim.start - BESIDE <= start <= reading.claim.end + BESIDE


def _by_value(said: Iterable[tuple[str, Reading]]) -> tuple[str, ...]:
    """Each value once, with those who give it."""
    voices: dict[str, dict[str, None]] = {}
    for value, r in said:
        voices.setdefault(value, {})[answers(r)] = None
    return tuple(f"{value}: {', '.join(names)}" for value, names in voices.items())


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
        if r.place and r.place.id and r.place.precision in FINE and _told_of(r) and _beside(r, r.place.start):
            told.setdefault(r.claim.document, []).append((r.place, r))
    clash = {
        r.claim.id: (place, r)
        for a, b in combinations(told.values(), 2)
        if all(far(x[0], y[0]) for x in a for y in b)
        for place, r in (*a, *b)
    }
    apart = sorted(clash.values(), key=lambda item: (item[0].name, item[1].claim.id))
    values = _by_value((place.name, r) for place, r in apart)
    return [Contradiction("place", values, tuple(r.claim.id for _, r in apart))] if apart else []
