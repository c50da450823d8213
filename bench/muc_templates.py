"""From a gathered incident to a MUC-4 template: terms mapped, forms applied, nothing that the record does not hold."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

import muc_cues as cues
import muc_forms as forms
from muc_choose import choose, dates, places
from muc_story import Person, Story, Thing, acts, plain

from corrobora.linear import Linear
from corrobora.model import Reading

Fill = dict[str, str] | str
Slots = dict[str, list[Fill]]
Models = Mapping[str, Linear]
STATE = frozenset({"state_forces", "police"})
UNSAID = 0.3  # a fill pays from about half the F of the whole on
NO_INSTRUMENT = frozenset({"ARSON", "KIDNAPPING"})


def template(story: Story, others: Sequence[Story], models: Models) -> Slots:
    """The slots of a story's template; `others` are all stories of its report, `models` the task's own weights."""
    seen = cues.story_cues(story, others)
    kind = _best(models, "kind", lambda: seen) or incident_type(story)
    published = story.readings[0].published
    slots: Slots = {
        "inc_date": _one(choose(dates(story), models.get("when"), lambda: forms.when(story.incident.date, published))),
        "inc_loc": _one(choose(places(story, others), models.get("where"), lambda: location(story))),
        "inc_type": [kind],
        "inc_stage": [stage(story)],
        "perp_inc_cat": _one(_best(models, "category", lambda: cues.doer_cues(story), category(story))),
        "perp_ind_id": [t.text for t in story.doers],
        "perp_org_id": [t.text for t in story.bodies],
        "perp_org_conf": [
            {"value": _best(models, "confidence", partial(cues.body_cues, t, others)) or confidence(t), "xref": t.text}
            for t in story.bodies
        ],
    }
    home = str(slots["inc_loc"][0]).split(":")[0] if slots["inc_loc"] else ""
    if kind not in NO_INSTRUMENT:
        slots["inc_instr_id"] = [t.text for t in story.weapons]
        slots["inc_instr_type"] = list(_weapon_types(story)) or _unsaid(models, "unsaid weapon", seen) or _shots(story)
    if kind != "KIDNAPPING":
        slots |= _things(story, home, models)
    slots |= _people(story, home, models)
    slots["hum_tgt_effect"] = slots["hum_tgt_effect"] or _unsaid(models, "unsaid harm", seen)
    return slots


def _unsaid(models: Models, name: str, held: Collection[str]) -> list[Fill]:
    """A set fill that belongs to nothing that the report names: the likeliest, if it is likely enough to say at all."""
    found = models[name].probabilities(held) if name in models else {}
    value = max((v for v in found if v), key=lambda v: found[v], default="")
    return [{"value": value, "xref": "-"}] if value and found[value] >= UNSAID else []


def _best(models: Models, name: str, held: Callable[[], Collection[str]], default: str = "") -> str:
    """What the model of that name holds most probable; `default` where there is no such model."""
    return models[name].best(held())[0] if name in models else default


def _one(value: str) -> list[Fill]:
    return [value] if value else []


def incident_type(story: Story) -> str:
    """The type that most acts of the claims map to; ATTACK where none says."""
    table = forms.acts()
    told = Counter(table[act]["muc"] or "ATTACK" for act in acts(story.readings))
    return max(told, key=lambda kind: (told[kind], kind)) if told else "ATTACK"


def stage(story: Story) -> str:
    """ATTEMPTED where every claim tells of a foiled attempt, THREATENED of a threat; else ACCOMPLISHED."""
    told = {(r.claim.modality, r.claim.act) for r in story.readings}
    if all(act == "threat" or how in {"planned", "future"} for how, act in told):
        return "THREATENED"
    return "ATTEMPTED" if all(how == "attempted" for how, _ in told) else "ACCOMPLISHED"


def location(story: Story) -> str:
    """Where: the finest place among the claims, with the areas that they name."""
    place = story.incident.place
    words = " ".join(plain(p.text) for p in _texts(story))
    return forms.where([place] if place else [], words)


def _texts(story: Story) -> Iterator[Any]:
    for reading in story.readings:
        if reading.claim.place is not None:
            yield reading.claim.place


def category(story: Story) -> str:
    """STATE-SPONSORED VIOLENCE where the state or its forces did it, else TERRORIST ACT where somebody did."""
    classes = [t.class_ for t in (*story.bodies, *story.doers)]
    if any(c in STATE for c in classes):
        return "STATE-SPONSORED VIOLENCE"
    return "TERRORIST ACT"


def confidence(body: Thing) -> str:
    """How sure the text is of an organisation's part, from its status and from who says so."""
    if "claimed_responsibility" in body.said:
        return "CLAIMED OR ADMITTED"
    if "suspected" in body.said:
        return "SUSPECTED OR ACCUSED"
    return "REPORTED AS FACT"


def _weapon_types(story: Story) -> Iterator[Fill]:
    for weapon in story.weapons:
        kind = weapon_type(weapon)
        if kind:
            yield {"value": kind, "xref": weapon.text}


def _shots(story: Story) -> list[Fill]:
    """Who shoots has a gun, though the report may name none."""
    return [{"value": "GUN", "xref": "-"}] if not story.weapons and "shooting" in set(acts(story.readings)) else []


def weapon_type(weapon: Thing) -> str:
    """The instrument type that the words name, else that of the class."""
    words = weapon.text.split()
    for kind, known in forms.terms()["weapon_words"].items():
        if any(w in known for w in words):
            return str(kind)
    return str(forms.terms()["weapon"].get(weapon.class_, ""))


def _things(story: Story, home: str, models: Models) -> Slots:
    kinds, effects = forms.terms()["thing"], forms.terms()["effect"]
    slots: Slots = {
        name: [] for name in ("phys_tgt_id", "phys_tgt_type", "phys_tgt_num", "phys_tgt_nation", "phys_tgt_effect")
    }
    for thing in story.things:
        slots["phys_tgt_id"].append(thing.text)
        kind = _best(models, "thing", partial(cues.thing_cues, thing), kinds.get(thing.class_, "OTHER"))
        slots["phys_tgt_type"].append({"value": kind, "xref": thing.text})
        count = (thing.number, thing.number, "exact" if thing.number else "none")
        slots["phys_tgt_num"].append({"value": forms.number(count, thing.text), "xref": thing.text})
        nation = forms.nation(thing.text, home)
        slots["phys_tgt_nation"] += [{"value": nation, "xref": thing.text}] if nation else []
        effect = next((effects[e] for e in ("destroyed", "damaged", "undamaged") if e in thing.said), "")
        slots["phys_tgt_effect"] += [{"value": effect, "xref": thing.text}] if effect else []
    return slots


def _people(story: Story, home: str, models: Models) -> Slots:
    slots: Slots = {
        name: []
        for name in ("hum_tgt_name", "hum_tgt_desc", "hum_tgt_type", "hum_tgt_num", "hum_tgt_nation", "hum_tgt_effect")
    }
    for person in story.people:
        if not person.reference:
            continue
        if person.name:
            slots["hum_tgt_name"].append(person.name)
        if person.desc:
            slots["hum_tgt_desc"].append({"value": person.desc, "xref": person.name} if person.name else person.desc)
        kind = _best(models, "human", partial(cues.person_cues, person), human_type(person))
        slots["hum_tgt_type"].append({"value": kind, "xref": person.reference})
        words = person.desc or person.name
        value = "1" if person.name else forms.number(person.count, words)
        slots["hum_tgt_num"].append({"value": value, "xref": person.reference})
        nation = forms.nation(person.desc, home)
        slots["hum_tgt_nation"] += [{"value": nation, "xref": person.reference}] if nation else []
        effect = human_effect(person)
        slots["hum_tgt_effect"] += [{"value": effect, "xref": person.reference}] if effect else []
    return slots


def human_type(person: Person) -> str:
    """The type of the first role that the words name."""
    for role, kind in forms.terms()["human"].items():
        if role in person.roles:
            return str(kind)
    return {"security_force": "ACTIVE MILITARY"}.get(person.class_, "CIVILIAN")


def human_effect(person: Person) -> str:
    """What was done to them, death before injury."""
    table = forms.terms()["harm"]
    return next((str(table[h]) for h in ("killed", "injured", "casualties", "freed") if h in person.harms), "")


def reportable(readings: list[Reading]) -> bool:
    """The task's rules on what to report, as far as terms tell: one recent incident in one of its nine countries."""
    claims = [r.claim for r in readings]
    places = {r.place.country for r in readings if r.place is not None}
    return bool(places & set(forms.terms()["scope"]["countries"]) or not places) and any(
        c.scope == "incident" and (c.victims or c.targets) for c in claims
    )
