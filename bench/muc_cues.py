"""What the task's own decisions look at: whether to report a story, what to call it, its people and its things.

All cues come from claims, readings and incidents. The weights (`muc4_weights.json.gz`) hold what the coders of 1992
counted as a reportable incident and how they sorted people and things; they are no part of the package.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

import muc_forms as forms
from muc_story import Person, Story, Thing, content, parts, plain

from corrobora.model import Claim

LEAD = 500
AGES = (-1, 0, 1, 2, 7, 31, 92, 366)
SURE = (0.03, 0.05, 0.08, 0.12, 0.17, 0.25, 0.35, 0.5, 0.7, 0.9)
GAPS = (0, 100, 300, 600, 1200, 2400)


def _count(number: int) -> str:
    return str(number) if number < 4 else "4-6" if number < 7 else "7-"


def _words(text: str) -> Iterator[str]:
    return (w for w in re.findall(r"[A-Z]+", plain(text)) if len(w) > 2)


def story_cues(story: Story, others: Sequence[Story]) -> frozenset[str]:
    """Cues of a story among those of its report."""
    return frozenset((*_story(story), *_among(story, others)))


def _story(story: Story) -> Iterator[str]:
    claims = [r.claim for r in story.readings]
    for claim in claims:
        yield f"act={claim.act}"
        yield f"harm={claim.harm}"
        yield f"told={claim.modality}"
        yield f"scope={claim.scope}"
        yield f"stance={claim.stance}"
        yield from (f"w={w}" for w in _words(claim.quote))
        if claim.attribution:
            yield from (f"voice={w}" for w in _words(claim.attribution[0].speaker))
    for name, held in (
        ("people", story.people), ("things", story.things), ("weapons", story.weapons), ("doers", story.doers),
        ("bodies", story.bodies), ("claims", claims),
    ):  # fmt: skip
        yield f"{name}={_count(len(held))}"
    yield f"roles={''.join(role[0] for role, held in parts(story).items() if held)}"
    sure = max(c.confidence for c in claims)
    yield f"sure={round(sure, 1)}"
    yield f"all told {'|'.join(sorted({c.modality for c in claims}))}"
    yield from (f"doer={t.class_}" for t in (*story.doers, *story.bodies))
    yield from (f"doer word={w}" for t in (*story.doers, *story.bodies) for w in content(t.text))
    yield from (f"thing={t.class_}" for t in story.things)
    yield from (f"weapon={t.class_}" for t in story.weapons)
    yield from (f"victim={p.class_}" for p in story.people)
    yield from (f"role={role}" for p in story.people for role in p.roles)
    yield from (f"victim word={w}" for p in story.people for w in content(p.desc))
    yield from (f"named={bool(p.name)}" for p in story.people)
    yield from _when_where(story)


def _when_where(story: Story) -> Iterator[str]:
    published, period, place = story.readings[0].published, story.incident.date, story.incident.place
    if published and period and period.latest:
        age = (published - period.latest).days
        yield f"age={sum(age > edge for edge in AGES)}"
        yield f"days={period.precision}"
        yield f"spoken={period.start >= 0}"
    else:
        yield "age=unknown"
    if place is not None:
        yield f"country={place.country if place.country in forms.terms()['scope']['countries'] else 'elsewhere'}"
        yield f"precision={place.precision}"
    else:
        yield "country=unknown"


def _among(story: Story, others: Sequence[Story]) -> Iterator[str]:
    """How a story stands in its report: its share of the claims, its place, and what all the report's claims say."""
    whole = [r.claim for other in others for r in other.readings]
    mine = len(story.readings)
    yield f"stories={_count(len(others))}"
    yield f"share={round(4 * mine / len(whole))}"
    yield f"rank={sum(len(o.readings) > mine for o in others)}"
    first = min(r.claim.start for r in story.readings)
    yield f"lead={first < LEAD}"
    yield f"first={all(first <= c.start for c in whole)}"
    yield from {f"d={w}" for c in whole for w in _words(c.quote)}
    yield from {f"dact={c.act}" for c in whole}


def person_cues(person: Person) -> frozenset[str]:
    """Cues of the type of people."""
    words = content(person.desc)
    found = {f"w={w}" for w in words} | {f"role={r}" for r in person.roles} | {f"class={person.class_}"}
    found |= {f"w2={a} {b}" for a, b in pairwise(words)}
    head = content(person.desc.partition(" OF ")[0])
    found.add(f"head={head[-1] if head else ''}")
    found.add(f"named={bool(person.name)}")
    return frozenset(found | {f"none={not words}"})


def thing_cues(thing: Thing) -> frozenset[str]:
    """Cues of the type of a thing."""
    words = content(thing.text)
    head = content(thing.text.partition(" OF ")[0])
    found = {f"w={w}" for w in words} | {f"class={thing.class_}", f"head={head[-1] if head else ''}"}
    return frozenset(found | {f"w2={a} {b}" for a, b in pairwise(words)})


def body_cues(body: Thing, others: Sequence[Story]) -> frozenset[str]:
    """Cues of how sure a report is of an organisation's part: its status, and in which words who names it where."""
    names = [frozenset(content(name)) for name in (body.text, *sorted(body.names)) if content(name)]
    found = {f"status={s}" for s in body.said} | {f"class={body.class_}"}
    naming = {c.start: c for c in _claims(others) if any(name <= set(content(c.quote)) for name in names)}
    for claim in naming.values():
        found |= set(_saying(claim, names, here=any(claim.start == c.start for c in body.claims)))
    told = {cue.partition("=")[2] for cue in found if cue.startswith("says=")}
    return frozenset(found | {f"nowhere {kind}" for kind in forms.terms()["saying"] if kind not in told})


def _claims(stories: Sequence[Story]) -> Iterator[Claim]:
    return (r.claim for story in stories for r in story.readings)


def _saying(claim: Claim, names: Sequence[frozenset[str]], *, here: bool) -> Iterator[str]:
    said = set(content(claim.quote))
    words = {kind: frozenset(known.split()) for kind, known in forms.terms()["saying"].items()}
    kinds = [kind for kind, known in words.items() if kind != "authority" and said & known]
    yield from (f"says={kind}" for kind in kinds)
    yield from (f"says {kind}, here={here}" for kind in kinds)
    if said & words["authority"]:
        yield from ("authority near", *(f"{kind} near authority" for kind in kinds))
    for speaker in claim.attribution:
        voice = set(content(speaker.speaker))
        authority = bool(voice & words["authority"])
        yield f"voice of authority={authority}"
        yield from (f"{kind} by authority={authority}" for kind in kinds)
        yield f"speaks itself={bool(voice) and any(name <= voice or voice <= name for name in names)}"
    if not claim.attribution:
        yield "own voice"


def doer_cues(story: Story) -> frozenset[str]:
    """Cues of whether a state or somebody else did it, or nobody is blamed."""
    found = {f"class={t.class_}" for t in (*story.doers, *story.bodies)}
    found |= {f"w={w}" for t in (*story.doers, *story.bodies) for w in content(t.text)}
    found |= {f"act={r.claim.act}" for r in story.readings}
    found |= {f"victim={p.class_}" for p in story.people} | {f"thing={t.class_}" for t in story.things}
    found |= {f"q={w}" for r in story.readings for w in _words(r.claim.quote)}
    place = story.incident.place
    return frozenset(
        found | {f"country={place.country if place else ''}", f"blamed={bool(story.doers or story.bodies)}"}
    )


def fill_cues(held: Person | Thing, rivals: Sequence[Person | Thing], story: Story, role: str) -> frozenset[str]:
    """Cues of whether a person, thing, weapon, doer or body belongs in the template of its story."""
    text = held.desc or held.name if isinstance(held, Person) else held.text
    words = content(text)
    sure = sum(held.sure >= edge for edge in SURE)
    better = sum(r.sure > held.sure for r in rivals)
    most = max(len(r.claims) for r in rivals)
    found = {f"sure={sure}", f"sure={sure}, better={min(better, 3)}", f"better={min(better, 3)}"}
    found |= {f"rivals={_count(len(rivals))}", f"claims={_count(len(held.claims))}", f"most={len(held.claims) == most}"}
    found.add(f"share={round(4 * len(held.claims) / len(story.readings))}")
    found.add(f"sure={sure}, claims={_count(len(held.claims))}")
    found |= {f"w={w}" for w in words} | {f"size={min(len(words), 4)}", f"head={words[-1] if words else ''}"}
    found |= {f"act={c.act}" for c in held.claims} | {f"told={c.modality}" for c in held.claims}
    found |= {f"harm={c.harm}" for c in held.claims}
    first = min(c.start for c in held.claims)
    found.add(f"first={first == min(r.claim.start for r in story.readings)}")
    if isinstance(held, Person):
        found |= {f"named={bool(held.name)}", f"class={held.class_}"} | {f"hurt={h}" for h in held.harms}
        found |= {f"role={r}" for r in held.roles}
    else:
        found |= {f"class={held.class_}"} | {f"said={s}" for s in held.said}
        found.add(f"long name={any(len(n.split()) > 2 for n in held.names)}")
    found |= {f"{role} and {name}={bool(others)}" for name, others in parts(story).items()}
    return frozenset(found)


def borrowed_cues(held: Thing, story: Story, others: Sequence[Story], role: str) -> frozenset[str]:
    """Cues of whether a doer or body that another story of the report tells of belongs to this story too."""
    rivals = [thing for other in others for thing in parts(other)[role]]
    here, there = [r.claim for r in story.readings], held.claims
    gap = min(max(a.start - b.end, b.start - a.end, 0) for a in here for b in there)
    found = {f"gap={sum(gap > edge for edge in GAPS)}", f"before={there[0].start < here[0].start}"}
    found |= {f"stories={_count(len(others))}", f"own={_count(len(parts(story)[role]))}"}
    found |= {f"same act={bool({c.act for c in here} & {c.act for c in there})}"}
    found |= {
        f"harmed there={any(c.victims or c.targets for c in there)}",
        f"surest={held.sure == max(t.sure for t in rivals)}",
    }
    words = {w for c in here for w in _words(c.quote)}
    found.add(f"named here={bool(words & set(content(held.text)))}")
    found |= {f"{cue}, own={bool(parts(story)[role])}" for cue in tuple(found)}
    return frozenset(found) | fill_cues(held, rivals, story, role)
