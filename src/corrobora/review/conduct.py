"""Where accounts of one incident disagree about who did it, and how."""

from collections.abc import Mapping, Sequence
from itertools import combinations

from corrobora.model import Contradiction, Incident, Perpetrator, Reading
from corrobora.review.actors import BLAMES, Actors

# Kinds of perpetrator that are not one another. A gunman may be any of them.
SIDES = {
    "state_forces": "state", "police": "state", "external_forces": "state from abroad", "armed_group": "armed group",
    "militia": "armed group", "gang": "gang", "civilians": "civilians",
}  # fmt: skip
# How a blast came: acts that exclude each other where they are told of the same dead.
MEANS = {
    "air_strike": "from the air", "drone_strike": "from the air", "shelling": "artillery", "bombing": "a bomb",
    "suicide_bombing": "a bomb", "landmine": "a mine", "chemical_attack": "gas",
}  # fmt: skip
UNNAMED = "unnamed"  # a voice, in a report whose outlet is not known either
HARMED = frozenset({"killed", "injured", "casualties"})


def answers(reading: Reading) -> str:
    """Who answers for a claim, to show beside what it says."""
    return reading.voice or reading.outlet or UNNAMED


def _voices(incident: Incident) -> dict[str, int]:
    return {claim: at for at, voice in enumerate(incident.voices) for claim in voice.claims}


def perpetrators(incident: Incident, members: Sequence[Reading], actors: Actors) -> list[Contradiction]:
    """Different named perpetrators, one who is accused and denies it, or descriptions of different kinds."""
    told = [r for r in members if r.claim.harm or r.claim.act == incident.act]
    blamed, denials = actors.blamed(told), actors.denials(members)
    if len(blamed) < 2 and not (blamed and denials):
        return _kinds(incident, told)
    values = [f"{name}: {', '.join(sorted({answers(r) for r in by}))}" for name, by in sorted(blamed.items())]
    values += [f"denied by {name}" for name in sorted(denials)]
    claims = [r.claim.id for by in (*blamed.values(), *denials.values()) for r in by]
    return [Contradiction("perpetrator", tuple(dict.fromkeys(values)), tuple(sorted(set(claims))))]


def _kinds(incident: Incident, members: Sequence[Reading]) -> list[Contradiction]:
    """Voices that describe the perpetrators as people of different kinds: 'bandits' for one, 'soldiers' for another."""
    voice = _voices(incident)
    said: dict[int, dict[str, list[tuple[Perpetrator, Reading]]]] = {}
    for r in members:
        attackers = r.claim.victims is not None and r.claim.victims.class_ == "armed_group"
        for p in r.claim.perpetrators:
            if p.class_ in SIDES and p.status in BLAMES and r.claim.stance == "asserts" and not attackers:
                said.setdefault(voice[r.claim.id], {}).setdefault(SIDES[p.class_], []).append((p, r))
    clash = {
        (p.text, r.claim.id): r
        for a, b in combinations(said, 2)
        if not set(said[a]) & set(said[b])
        for side in (*said[a].values(), *said[b].values())
        for p, r in side
    }
    values = dict.fromkeys(f"{words}: {answers(r)}" for (words, _), r in sorted(clash.items()))
    claims = sorted({r.claim.id for r in clash.values()})
    return [Contradiction("perpetrator", tuple(values), tuple(claims))] if clash else []


def acts(incident: Incident, members: Sequence[Reading]) -> list[Contradiction]:
    """Voices that tell the same dead of different means, none of which can be the other: a shell, or a mine."""
    voice = _voices(incident)
    said: dict[int, dict[str, list[Reading]]] = {}
    for r in sorted(members, key=lambda r: r.claim.id):
        if r.claim.act in MEANS and r.claim.harm in HARMED and r.claim.stance == "asserts":
            said.setdefault(voice[r.claim.id], {}).setdefault(MEANS[r.claim.act], []).append(r)
    clash = _apart(said)
    values = dict.fromkeys(f"{r.claim.act.replace('_', ' ')}: {answers(r)}" for r in clash)
    return [Contradiction("act", tuple(values), tuple(r.claim.id for r in clash))] if clash else []


def _apart(said: Mapping[int, Mapping[str, Sequence[Reading]]]) -> list[Reading]:
    """The claims of voices that have nothing in common."""
    found = {
        r.claim.id: r
        for a, b in combinations(said, 2)
        if not set(said[a]) & set(said[b])
        for told in (*said[a].values(), *said[b].values())
        for r in told
    }
    return sorted(found.values(), key=lambda r: (r.claim.act, r.claim.id))
