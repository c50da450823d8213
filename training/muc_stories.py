"""Stages 2 and 3 of training: which claims are one event, and what the coders of 1992 made of the events."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from math import sqrt
from typing import Any

import linear_models as learn
import muc_cues as cues
import muc_labels as labels
from muc_choose import dates, places
from muc_story import Person, Story, Thing, bare, borrowed, parts, word_cues

from corrobora import linear
from corrobora.claims import lexicon
from corrobora.claims.victims import victim_class
from corrobora.incidents import trained
from corrobora.model import Claim, Reading
from corrobora.settings import Settings

STRENGTH = {
    "same": 0.3,
    "named": 1.0,
    "report": 0.03,
    "kind": 0.1,
    "human": 1.0,
    "thing": 1.0,
    "confidence": 0.3,
    "category": 0.1,
    "fill": 0.1,
    "borrowed": 0.1,
    "unsaid": 0.1,
    "when": 0.1,
    "where": 0.1,
}
Row = dict[str, Any]
WORDS = lexicon.load(Settings())
Told = Sequence[tuple[Row, tuple[Reading, ...]]]


def templates_of(claim: Claim, keys: Mapping[str, Sequence[labels.Key]]) -> frozenset[int]:
    """The templates that a claim's parts belong to: those of all parts, if there are such, else those of any."""
    victims = [claim.victims.text, *claim.victims.names] if claim.victims else []
    parts = [
        _match(victims, keys["victim"]),
        *(_match([t.text], keys["target"]) for t in claim.targets),
        *(_match([t.text], keys["weapon"]) for t in claim.instruments),
        *(_match([t.text], keys["doer"]) for t in claim.perpetrators),
    ]
    known = [p for p in parts if p] or [_match([t.text], keys["org"]) for t in claim.perpetrators]
    known = [p for p in known if p]
    if not known:
        return frozenset()
    return frozenset.intersection(*known) or frozenset.union(*known)


def _match(texts: Sequence[str], wanted: Sequence[labels.Key]) -> frozenset[int]:
    found: set[int] = set()
    for text in texts:
        said = labels.words(text)
        for number, alternatives, _ in wanted:
            if any(_alike(said, labels.words(a)) for a in alternatives):
                found.add(number)
    return frozenset(found)


def _alike(said: Sequence[str], key: Sequence[str]) -> bool:
    return bool(said and key) and (labels.agreement(said, key) > 0)


def same_event(told: Told) -> linear.Linear:
    """Train the linking of claims: pairs that belong to one template against pairs that belong to different ones.

    A pair of a long report weighs less: else a few lists of incidents outweigh all other reports.
    """
    held, truth, shares = [], [], []
    for row, readings in told:
        keys = labels.keys(row)
        known = [(r, templates_of(r.claim, keys)) for r in readings if trained.RULE in r.claim.made_by]
        pairs = list(combinations([(r, t) for r, t in known if t], 2))
        held += [trained.cues(a, b) for (a, _), (b, _) in pairs]
        truth += [1.0 if first & second else 0.0 for (_, first), (_, second) in pairs]
        shares += [1 / sqrt(max(1, len(pairs)))] * len(pairs)
    print(f"same event: {len(truth)} pairs, {sum(truth) / len(truth):.2f} of one event")
    mean = sum(shares) / len(shares)
    return learn.yes_or_no(held, {"same": truth}, STRENGTH["same"], least=10, shares=[s / mean for s in shares])


def named(rows: Iterable[Row]) -> linear.Linear:
    """Train which words belong to names of people, and which describe them, from the keys alone."""
    held, truth = [], []
    for row in rows:
        for template in row["templates"]:
            for slot, kind in (("hum_tgt_name", 1.0), ("hum_tgt_desc", 0.0)):
                for fill in template["slots"][slot] or []:
                    said = [w.strip(",") for value in fill["values"] for w in value.upper().split()]
                    held += [word_cues(w) for w in said]
                    truth += [kind] * len(said)
    return learn.yes_or_no(held, {"name": truth}, STRENGTH["named"], least=1)


def best_template(story: Story, keys: Mapping[str, Sequence[labels.Key]]) -> tuple[int, float]:
    """The template that most of a story's parts belong to, -1 for none, and how many do."""
    votes: Counter[int] = Counter()
    for person in story.people:
        for number in _match([person.name, person.desc], keys["victim"]):
            votes[number] += 2
    for role, things in (
        ("target", story.things),
        ("weapon", story.weapons),
        ("doer", story.doers),
        ("org", story.bodies),
    ):
        for thing in things:
            for number in _match([thing.text], keys[role]):
                votes[number] += 2 if role == "target" else 1
    if not votes:
        return -1, 0.0
    number, count = max(votes.items(), key=lambda item: (item[1], -item[0]))
    return number, float(count)


def paired(stories: Sequence[Story], row: Row) -> Iterator[tuple[Story, int]]:
    """Each story with its template; of several stories of one template only the fullest has it, the others -1."""
    keys = labels.keys(row)
    found = [(story, *best_template(story, keys)) for story in stories]
    best: dict[int, float] = {}
    for _, number, count in found:
        best[number] = max(best.get(number, 0.0), count)
    taken: set[int] = set()
    for story, number, count in found:
        if number >= 0 and count == best[number] and number not in taken:
            taken.add(number)
            yield story, number
        else:
            yield story, -1


Examples = dict[str, list[tuple[frozenset[str], Any]]]


def examples(row: Row, stories: Sequence[Story]) -> Examples:
    """What one document teaches: reported or not, types, category, confidence, days, places, fills."""
    made: Examples = defaultdict(list)
    keys = labels.keys(row)
    for story, number in paired(stories, row):
        template = row["templates"][number] if number >= 0 else None
        seen = cues.story_cues(story, stories)
        if template is None or not template["optional"]:
            made["report"].append((seen, float(number >= 0)))
        if template is not None:
            _kinds(story, seen, template["slots"], made)
            _fills(story, stories, template["slots"], made)
            _choices(story, stories, template["slots"], made)
            _belonging(story, keys, number, made)
            _borrowing(story, stories, keys, number, made)
    _named_kinds(row, made)
    return made


def task_models(taught: Iterable[Examples]) -> dict[str, linear.Linear]:
    """Train what the task decides from what these documents teach."""
    together: Examples = defaultdict(list)
    for made in taught:
        for name, pairs in made.items():
            together[name] += pairs
    return {name: _trained(name, pairs) for name, pairs in sorted(together.items())}


def _named_kinds(row: Row, made: Examples) -> None:
    """The types that the keys give to their own fills: more of them than the rooms find."""
    words = WORDS
    for template in row["templates"]:
        slots = template["slots"]
        described = {x: f["values"][0] for f in slots["hum_tgt_desc"] or [] for x in f["xref"] or f["values"]}
        for fill in slots["hum_tgt_type"] or []:
            reference = (fill["xref"] or ["-"])[0]
            desc = bare(described.get(reference, ""))
            inside = [w.casefold() for w in desc.split()]
            roles = {r for w in inside for r in words.victim_role.get(w, ())}
            name = "" if described.get(reference) == reference else reference
            person = Person(name=name, desc=desc, roles=roles, class_=victim_class("", inside, words))
            if reference != "-":
                made["human"].append((cues.person_cues(person), fill["values"][0]))
        for fill in slots["phys_tgt_type"] or []:
            text = bare((fill["xref"] or ["-"])[0])
            class_ = next((c for w in reversed(text.casefold().split()) if (c := words.target_class.get(w))), "other")
            if text != "-":
                made["thing"].append((cues.thing_cues(Thing(text, class_)), fill["values"][0]))


def _trained(name: str, pairs: Sequence[tuple[frozenset[str], Any]]) -> linear.Linear:
    held, truth = [c for c, _ in pairs], [y for _, y in pairs]
    strength = STRENGTH[name.split(maxsplit=1)[0]]
    if isinstance(truth[0], str):
        return learn.one_of(held, truth, strength, least=2)
    return learn.yes_or_no(held, {"yes": truth}, strength, least=3)


def _kinds(story: Story, seen: frozenset[str], slots: Mapping[str, Any], made: Examples) -> None:
    made["kind"].append((seen, slots["inc_type"][0]["values"][0]))
    category = [f["values"][0] for f in slots["perp_inc_cat"] or []]
    weapon, harm = (slots[name] or [] for name in ("inc_instr_type", "hum_tgt_effect"))
    made["unsaid weapon"].append((seen, weapon[0]["values"][0] if weapon else ""))
    made["unsaid harm"].append((seen, next((f["values"][0] for f in harm if f["xref"] == ["-"]), "")))
    made["category"].append((cues.doer_cues(story), category[0] if category else ""))


def _choices(story: Story, stories: Sequence[Story], slots: Mapping[str, Any], made: Examples) -> None:
    for name, slot, held, same in (
        ("when", "inc_date", dates(story), labels.same_days),
        ("where", "inc_loc", places(story, stories), labels.same_place),
    ):
        wanted = [v for f in slots[slot] or [] for v in f["values"]]
        if wanted:
            made[name] += [(seen, float(any(same(form, v) for v in wanted))) for form, seen in held.items()]


def _belonging(story: Story, keys: Mapping[str, Sequence[labels.Key]], number: int, made: Examples) -> None:
    for role, rivals in parts(story).items():
        for held in rivals:
            found = _agrees(held, keys[role], number)
            if found != 0.5:
                made[f"fill {role}"].append((cues.fill_cues(held, rivals, story, role), found))


def _borrowing(
    story: Story, stories: Sequence[Story], keys: Mapping[str, Sequence[labels.Key]], number: int, made: Examples
) -> None:
    for role, things in borrowed(story, stories).items():
        for thing in things:
            found = _agrees(thing, keys[role], number)
            if found != 0.5:
                made[f"borrowed {role}"].append((cues.borrowed_cues(thing, story, stories, role), found))


def _agrees(held: Person | Thing, wanted: Sequence[labels.Key], number: int) -> float:
    """Whether a fill is one of the template's: 1, 0, or .5 for a part of one."""
    texts = [held.name, held.desc] if isinstance(held, Person) else [held.text]
    own = [key for n, alternatives, _ in wanted if n == number for key in map(labels.words, alternatives)]
    return max((labels.agreement(labels.words(t), key) for t in texts for key in own), default=0.0)


def _fills(story: Story, stories: Sequence[Story], slots: Mapping[str, Any], made: Examples) -> None:
    for person in story.people:
        kind = _referred(slots["hum_tgt_type"], (person.name, person.desc))
        if kind:
            made["human"].append((cues.person_cues(person), kind))
    for thing in story.things:
        kind = _referred(slots["phys_tgt_type"], (thing.text,))
        if kind:
            made["thing"].append((cues.thing_cues(thing), kind))
    for body in (*story.bodies, *borrowed(story, stories)["org"]):
        kind = _referred(slots["perp_org_conf"], (body.text,))
        if kind:
            made["confidence"].append((cues.body_cues(body, stories), kind))


def _referred(fills: Sequence[Mapping[str, Any]] | None, texts: Sequence[str]) -> str:
    """The set fill whose reference agrees with these words."""
    for fill in fills or ():
        for text in texts:
            if any(labels.agreement(labels.words(text), labels.words(x)) == 1.0 for x in fill["xref"] or ()):
                return str(fill["values"][0])
    return ""


# From which probability on a story, and each of its fills, is reported. Chosen on the development documents by the
# score of all templates, among steps of .05: lower ones pay for stories, since a template missed costs all its slots.
SAME = 1.6  # the log-odds asked of two claims: as they come, they join too much, since most pairs are of one event
LEAST = {
    "least.report": 0.22,
    "least.victim": 0.45,
    "least.target": 0.4,
    "least.weapon": 0.35,
    "least.doer": 0.3,
    "least.org": 0.35,
    "least.borrowed.doer": 0.4,
    "least.borrowed.org": 0.3,
}


Linked = Callable[[Sequence[Reading], linear.Linear, linear.Linear], list[Story]]
Trained = tuple[linear.Linear, dict[str, linear.Linear], dict[str, float]]


def train(told: Told, linked: Linked, block: Callable[[int], int]) -> Trained:
    """Train linking, then the task's own decisions on stories that were linked by weights that never saw them."""
    blocks = sorted({block(i) for i in range(len(told))})
    crossed = {left: same_event([one for i, one in enumerate(told) if block(i) != left]) for left in blocks}
    names = named(row for row, _ in told)
    stories = [(row, linked(readings, crossed[block(i)], names)) for i, (row, readings) in enumerate(told)]
    models = task_models(examples(row, held) for row, held in stories)
    return same_event(told), models | {"named": names}, LEAST
