"""What an incident's claims say together, entity by entity: people, things, doers, weapons, each once."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import muc_forms as forms

from corrobora.linear import Linear
from corrobora.model import Claim, Incident, Reading

# Words that say how many or which, and never what: no part of a fill.
SPECIFIERS = frozenset(forms.terms()["fills"]["specifiers"].split())
TITLES, COURTESY, NOBODY, CROWD, BODIES_OF = (
    frozenset(forms.terms()["fills"][name].split()) for name in ("titles", "courtesy", "nobody", "crowd", "bodies_of")
)
TIES = frozenset({"OF", "THE", "FOR", "FROM", "IN", "AT", "AND", "TO", "BY", "WITH"})  # no name begins behind them
LONG = 3  # words after the fill's head that the task forgives
BORROWED = ("doer", "org")  # roles that a report may tell once for several stories
INDIVIDUALS = frozenset({"unknown", "civilians"})


@dataclass(slots=True)
class Person:
    """Somebody harmed or attacked: the name, the description, how many, what was done to them."""

    name: str = ""
    desc: str = ""
    count: tuple[int | None, int | None, str] = (None, None, "none")
    harms: set[str] = field(default_factory=set)
    roles: set[str] = field(default_factory=set)
    class_: str = "unknown"
    sure: float = 0.0
    claims: list[Claim] = field(default_factory=list)

    @property
    def reference(self) -> str:
        """The words by which other slots refer to these people."""
        return self.name or self.desc


@dataclass(slots=True)
class Thing:
    """A thing hit, a weapon, a doer or an organisation: its longest words, its class, and what is said of it."""

    text: str
    class_: str = ""
    said: set[str] = field(default_factory=set)
    number: int | None = None
    names: set[str] = field(default_factory=set)
    sure: float = 0.0
    claims: list[Claim] = field(default_factory=list)


@dataclass(slots=True)
class Story:
    """One incident with the readings of its claims, gathered."""

    incident: Incident
    readings: list[Reading]
    people: list[Person]
    things: list[Thing]
    weapons: list[Thing]
    doers: list[Thing]
    bodies: list[Thing]


def parts(story: Story) -> dict[str, list[Person] | list[Thing]]:
    """The fills of a story by the role they play."""
    return {
        "victim": story.people,
        "target": story.things,
        "weapon": story.weapons,
        "doer": story.doers,
        "org": story.bodies,
    }


def borrowed(story: Story, others: Sequence[Story]) -> dict[str, list[Thing]]:
    """Who the report's other stories say did it, and which bodies: those that this story does not hold itself."""
    return {role: list(_elsewhere(story, others, role)) for role in BORROWED}


def _elsewhere(story: Story, others: Sequence[Story], role: str) -> Iterator[Thing]:
    known: list[Thing] = [thing for thing in parts(story)[role] if isinstance(thing, Thing)]
    for other in others:
        for thing in parts(other)[role] if other is not story else ():
            if isinstance(thing, Thing) and not any(_one_thing(thing, k) for k in known):
                known.append(thing)
                yield thing


def _one_thing(a: Thing, b: Thing) -> bool:
    names = [{plain(n) for n in thing.names | {thing.text}} for thing in (a, b)]
    return bool(names[0] & names[1]) or _same(content(a.text), content(b.text))


def plain(text: str) -> str:
    """The words of a part in capitals, on one line, without quotation marks at its ends."""
    return re.sub(r"\s+", " ", text).strip(" \"'“”‘’,.;:-()[]").upper()


def content(text: str) -> tuple[str, ...]:
    """The words by which two parts are held to be one thing."""
    return tuple(w for w in re.findall(r"[A-Z0-9]+", plain(text).replace("'S", "S")) if w not in SPECIFIERS)


def bare(text: str) -> str:
    """A part without the words before it that say how many or which."""
    words = plain(text).split()
    while len(words) > 1 and (words[0] in SPECIFIERS or words[0].replace(",", "").isdigit()):
        words = words[1:]
    return " ".join(words)


def gather(
    incident: Incident, readings: Sequence[Reading], known: Collection[str] = (), named: Linear | None = None
) -> Story:
    """Gather the parts of an incident's claims; `readings` are those of its claims, in text order.

    `known` are the names that the whole report gives, in capitals; `named` tells words of names from those that
    describe, where it was trained.
    """
    story = Story(incident, list(readings), [], [], [], [], [])
    for reading in readings:
        claim = reading.claim
        if claim.victims is not None:
            _add_person(story.people, claim, known, named)
        for target, sure in zip(claim.targets, certainty(claim, "targets"), strict=False):
            found = _add(story.things, target.text, target.class_, claim, sure)
            found.said |= {target.effect} - {""}
            found.number = found.number or target.number
        for weapon, sure in zip(claim.instruments, certainty(claim, "instruments"), strict=False):
            _add(story.weapons, weapon.text, weapon.class_, claim, sure)
        for doer, sure in zip(claim.perpetrators, certainty(claim, "perpetrators"), strict=False):
            body = bool(doer.name) and doer.class_ not in INDIVIDUALS
            text = doer.text if body else _short(doer.text)
            found = _add(story.bodies if body else story.doers, text, doer.class_, claim, sure, doer.name)
            found.said.add(doer.status)
    return story


def certainty(claim: Claim, part: str) -> Iterator[float]:
    """How sure the reader is of each of a part's fills; as sure as of the claim where it does not say."""
    said = dict(claim.made_by).get(part, "")
    yield from (float(word) for word in said.split()[1:] if said.startswith("trained "))
    while True:
        yield claim.confidence


def _add_person(people: list[Person], claim: Claim, names: Collection[str], named: Linear | None) -> None:
    victims = claim.victims
    if victims is None:
        return
    text, name = plain(victims.text), plain(victims.names[0]) if victims.names else ""
    name, desc = _called(text, name, people) if named is None else parted(text, name, named)
    name = fullest(name, names)
    if not name and not (set(content(desc)) - NOBODY):
        return
    for known in people:
        if _one_person(known, name, desc):
            break
    else:
        known = Person()
        people.append(known)
    if len(name) > len(known.name):
        known.name = name
    if len(content(desc)) > len(content(known.desc)):
        known.desc = bare(desc)
    if known.count[2] in {"none", "vague"} or (claim.count.low or 0) > (known.count[0] or 0):
        known.count = (claim.count.low, claim.count.high, claim.count.qualifier)
    known.harms.add(claim.harm)
    known.roles |= set(victims.roles)
    known.class_ = victims.class_ if victims.class_ != "unknown" else known.class_
    known.sure = max(known.sure, next(certainty(claim, "victims")))
    known.claims.append(claim)


def _called(text: str, name: str, people: Sequence[Person]) -> tuple[str, str]:
    """The name and the description in a victim's words; titles that stand in a name describe.

    Words that are a part of a name told before, with or without a title, are that name.
    """
    if name and set(content(name)) <= CROWD:
        name = ""
    desc = _without(text, name)
    if not name:
        names = [p.name for p in people if p.name and content(text) and content(text)[-1] == content(p.name)[-1]]
        if names:
            name = names[0]
            desc = " ".join(w for w in text.split() if w not in set(name.split()))
    words = name.split()
    cut = 0
    while cut < len(words) - 1 and words[cut].strip(".") in TITLES:
        cut += 1
    title, name = " ".join(words[:cut]), " ".join(words[cut:])
    desc = desc or title
    return name, "" if desc.strip(".") in COURTESY else desc


def word_cues(word: str) -> frozenset[str]:
    """Cues of whether a word belongs to a name or to a description: itself, and how it ends."""
    return frozenset({f"w={word}", f"end={word[-3:]}", f"end={word[-2:]}", f"long={min(len(word), 8)}"})


def parted(text: str, name: str, named: Linear) -> tuple[str, str]:
    """The name and the description in a victim's words, by words that `named` knows to belong to names.

    In each part between commas a name ends the part; one that the reader took for none has two words at least.
    `name` is what the reader took for the name, '' for nothing.
    """
    parts_ = [_parted(part.split(), named) for part in re.split(r"[,;]\s*", text)]
    least = 1 if name else 2
    names = [found for _, found in parts_ if len(found) >= least]
    given = _parted(re.sub(r"[,;]", "", name).split(), named)[1]
    longest: list[str] = max([given, *names], key=len)
    best = " ".join(longest)
    said = [desc if len(found) >= least else [*desc, *found] for desc, found in parts_]
    described = [" ".join(w for w in words if best == "" or w not in set(best.split())) for words in said]
    desc = next((d for d in described if content(d) and not set(d.replace(".", "").split()) <= COURTESY), "")
    return best, desc


def _parted(words: Sequence[str], named: Linear) -> tuple[list[str], list[str]]:
    """Words that describe, and the name that they end in: where the words behind speak most for a name."""
    best, at, total = 0.0, len(words), 0.0
    for i in range(len(words) - 1, -1, -1):
        total += named.scores(word_cues(words[i]))["name"]
        if total > best and (i == 0 or words[i - 1] not in TIES):
            best, at = total, i
    return list(words[:at]), list(words[at:])


def fullest(name: str, names: Collection[str]) -> str:
    """The longest of the report's names that this name is a part of; the name itself where two of them differ."""
    said = content(name)
    fuller = [n for n in names if said and len(content(n)) > len(said) and set(said) <= set(content(n))]
    best = max(fuller, key=lambda n: (len(content(n)), n), default=name)
    return best if all(set(content(n)) <= set(content(best)) for n in fuller) else name


def _without(text: str, name: str) -> str:
    """The description that is left when the name is taken out."""
    if not name:
        return text
    left, found, right = text.partition(name)
    rest = left.strip(" ,-") or (right.strip(" ,-") if found else "")
    return re.sub(r"^(AND|WHO|\[.*?\])\s+", "", rest)


def _one_person(known: Person, name: str, desc: str) -> bool:
    if name and known.name:
        a, b = content(name), content(known.name)
        return bool(a and b) and (set(a) <= set(b) or set(b) <= set(a))
    if name or known.name:
        return False
    return _same(content(desc), content(known.desc))


def _short(text: str) -> str:
    """A doer without a long 'of' part: 'TERRORISTS OF THE SO-AND-SO FRONT' are 'TERRORISTS'; a group of them stays."""
    head, of, rest = plain(text).partition(" OF ")
    long = of and len(content(rest)) > LONG and not set(content(head)[-1:]) & BODIES_OF
    return head if long else text


def _same(a: Sequence[str], b: Sequence[str]) -> bool:
    """Equal but for a plural, or one is the end of the other: 'PRIESTS' and 'JESUIT PRIESTS'."""
    short, long = sorted((tuple(w.removesuffix("S") for w in words) for words in (a, b)), key=len)
    return bool(short) and (long[-len(short) :] == short or long[: len(short)] == short)


def _add(things: list[Thing], text: str, class_: str, claim: Claim, sure: float, name: str = "") -> Thing:
    said = bare(text)
    names = {plain(name), said} - {""}
    for known in things:
        if _same(content(said), content(known.text)) or names & {plain(n) for n in known.names}:
            if len(content(said)) > len(content(known.text)):
                known.text = said
            break
    else:
        known = Thing(said, class_)
        things.append(known)
    known.class_ = known.class_ if known.class_ not in {"", "other", "unknown"} else class_
    known.sure = max(known.sure, sure)
    known.names |= {name} - {""}
    known.claims.append(claim)
    return known


def acts(readings: Iterable[Reading]) -> Iterator[str]:
    """The acts that the claims tell, more than 'other'."""
    return (r.claim.act for r in readings if r.claim.act != "other")
