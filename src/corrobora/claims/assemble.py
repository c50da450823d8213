"""Put one claim together from what the other modules found: each part with its span, and the rule that made it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from corrobora.claims import doers, place_time
from corrobora.claims.acts import GENERAL, Act, before, nearest
from corrobora.claims.attribution import Attributor
from corrobora.claims.figures import Figure
from corrobora.claims.groups import Group
from corrobora.claims.lexicon import Lexicon
from corrobora.claims.modality import modality
from corrobora.claims.scope import scope
from corrobora.claims.syntax import between
from corrobora.claims.victims import NOTHING, as_victims, party
from corrobora.model import Claim, Perpetrator, Text, content_id

# How far a rule can be trusted, from most to least: not a probability, an order (measured on development texts).
TRUST = {
    "subject-passive": 0.9,
    "verb-object": 0.9,
    "subject-active": 0.85,
    "participle": 0.85,
    "shared-subject": 0.8,
    "phrase": 0.85,
    "object-state": 0.85,
    "subject-state": 0.8,
    "small-clause": 0.75,
    "state-counted": 0.75,
    "state-modifier": 0.7,
    "state-after": 0.65,
    "subject-elliptic": 0.7,
    "noun-counted": 0.7,
    "noun-of": 0.75,
    "noun-possessive": 0.7,
    "noun-light": 0.7,
    "noun-by": 0.6,
    "toll": 0.7,
    "lives": 0.8,
    "figure-state": 0.6,
    "verb-figure": 0.6,
    "list": 0.6,
    "place-list": 0.6,
}
DEFAULT_ACT = {
    "abducted": "abduction",
    "detained": "detention",
    "displaced": "forced_displacement",
    "tortured": "torture",
    "sexual_violence": "sexual_violence",
}
BY_WEAPON = {
    "gun": "shooting",
    "vehicle_bomb": "bombing",
    "bomb": "bombing",
    "grenade": "grenade",
    "mine": "landmine",
    "aerial_bomb": "air_strike",
    "missile": "air_strike",
    "rocket": "shelling",
    "mortar": "shelling",
    "artillery": "shelling",
    "drone": "drone_strike",
    "chemical": "chemical_attack",
    "fire": "arson",
}


@dataclass(frozen=True, slots=True)
class Page:
    """A parsed text with everything that was found in it, from which claims are made."""

    doc: Doc
    text: Text
    words: Lexicon
    acts: tuple[Act, ...]
    figures: tuple[Figure, ...]
    attributor: Attributor
    reporting: frozenset[int]
    reader: str


def harm_claims(page: Page, groups: Sequence[Group]) -> tuple[Claim, ...]:
    """Make a claim of each group of victims, in the order of the groups."""
    claims: list[Claim] = []
    for group in groups:
        whole = claims[group.whole].id if group.whole is not None else ""
        claims.append(
            _harm_claim(page, group, whole, sum(g.event.trigger == group.event.trigger for g in groups[: len(claims)]))
        )
    return tuple(claims)


def _harm_claim(page: Page, group: Group, whole: str, ordinal: int) -> Claim:
    doc, event = page.doc, group.event
    trigger = doc[event.trigger]
    start, end = _extent(doc, trigger, group)
    act, act_rule, told = _how(page, trigger, event.harm)
    doing, doing_rule = _doers(page, event.agent, trigger, told)
    figure = next((p.figure for p in group.parties if p.figure is not None), None)
    said = page.attributor.of(start, end)
    how, how_rule = modality(doc, event.trigger)
    reach, reach_rule = scope(doc, event.trigger, figure)
    sentence = trigger.sent
    anchor = doc[group.parties[0].head] if event.rule == "place-list" and group.parties else trigger
    harm = event.harm
    if harm == "abducted" and any(p.class_ in {"state_forces", "police"} for p in doing):
        harm = "detained"
    return Claim(
        id=content_id("c", page.text.sha256, page.text.file, event.harm, trigger.idx, ordinal),
        document=page.text.document,
        start=start,
        end=end,
        quote=page.text.text[start:end],
        act=act,
        harm=harm,
        count=group.count,
        victims=as_victims(doc, group.parties, event.harm),
        perpetrators=doing,
        targets=doers.targets(
            doc, [told.target] if told is not None and told.target is not None else [], told.trigger, page.words
        )
        if told
        else (),
        instruments=doers.instruments(doc, sentence, page.words),
        place=place_time.govern(doc, place_time.places(sentence), anchor, page.reporting),
        time=place_time.govern(doc, place_time.times(sentence), anchor, page.reporting),
        attribution=said.chain,
        stance=said.stance,
        modality=how,
        scope=reach,
        evidence=said.evidence,
        mentions=(),
        part_of=whole,
        confidence=_confidence(event.rule, group, doing_rule),
        made_by=tuple(
            (part, rule)
            for part, rule in (
                ("harm", f"grammar:{event.rule}"),
                ("count", group.rule),
                ("act", act_rule),
                ("perpetrators", doing_rule),
                ("modality", how_rule),
                ("scope", reach_rule),
                ("attribution", said.rule),
            )
            if rule
        ),
        reader=page.reader,
        flags=("scare_quotes",) if said.scare_quotes else (),
    )


def _extent(doc: Doc, trigger: Token, group: Group) -> tuple[int, int]:
    """The words that say it: from the first to the last of victims, figure and trigger."""
    starts, ends = [trigger.idx], [trigger.idx + len(trigger.text)]
    for one in group.parties:
        starts.append(one.start)
        ends.append(one.end)
    if group.event.rule == "place-list":
        return min(starts[1:]), max(ends[1:])
    return min(starts), max(ends)


def _how(page: Page, trigger: Token, harm: str) -> tuple[str, str, Act | None]:
    """Say how it was done: by the trigger's own word, the sentence's acts, its weapons, or the sentences before."""
    own = next((a for a in page.acts if a.trigger == trigger.i), None)
    near = nearest(page.acts, trigger)
    if own is not None and own.act not in GENERAL:
        return own.act, "word", near if near is not None and near.agent is not None else own
    if harm in DEFAULT_ACT:
        return DEFAULT_ACT[harm], "harm", near
    if harm not in {"killed", "injured", "casualties", "missing"}:
        return "other", "", near
    if near is not None and near.act not in GENERAL:
        return near.act, "sentence", near
    weapon = next(
        (BY_WEAPON[i.class_] for i in doers.instruments(page.doc, trigger.sent, page.words) if i.class_ in BY_WEAPON),
        None,
    )
    if weapon is not None:
        return weapon, "weapon", near
    if near is not None:
        return near.act, "sentence", near
    earlier = list(before(page.acts, trigger, 2))
    earlier = [a for a in earlier if a.act not in GENERAL] or earlier
    return (earlier[0].act, "sentence-before", None) if earlier else ("other", "", None)


def _doers(page: Page, agent: int | None, trigger: Token, told: Act | None) -> tuple[tuple[Perpetrator, ...], str]:
    """Read who did it: the agent, else that of the act in the same sentence, else of the act told just before."""
    doc = page.doc
    for token, at, rule in _agents(page, agent, trigger, told):
        found = tuple(
            p for t in doers.conjuncts(doc[token]) if (p := doers.perpetrator(doc, t.i, at, page.words)) is not None
        )
        if found:
            return found, rule
    return (), ""


def _agents(page: Page, agent: int | None, trigger: Token, told: Act | None) -> Iterator[tuple[int, int, str]]:
    if agent is not None:
        yield agent, trigger.i, "agent"
        if page.doc[agent].i in {a.trigger for a in page.acts}:
            inner = next(a for a in page.acts if a.trigger == agent)
            if inner.agent is not None:
                yield inner.agent, trigger.i, "agent-of-act"
    if told is not None and told.agent is not None:
        yield told.agent, told.trigger, "act-in-sentence"
    if agent is None and told is None:
        earlier = next((a for a in before(page.acts, trigger, 1) if a.told and a.agent is not None), None)
        if earlier is not None and earlier.agent is not None:
            yield earlier.agent, earlier.trigger, "act-before"


def _confidence(rule: str, group: Group, doing_rule: str) -> float:
    """A score by rule: trust in the pattern, less for a sum or a reach across sentences. It orders; it is no probability."""
    value = TRUST.get(rule, 0.6)
    if group.rule.startswith("list"):
        value -= 0.1
    if group.count == NOTHING:
        value -= 0.05
    if doing_rule == "act-before":
        value -= 0.05
    return round(value, 2)


def act_claims(page: Page, claimed: Sequence[Group]) -> Iterator[Claim]:
    """Make a claim of each act that is told on its own: no claim of harm in its clause uses it."""
    used = _used(page, claimed)
    last: Act | None = None
    for act in page.acts:
        if not act.told or act.trigger in used or not _violent(page, act):
            continue
        if (
            last is not None
            and act.agent == last.agent
            and page.doc[act.trigger].sent.start == page.doc[last.trigger].sent.start
        ):
            continue
        fuller = _fuller(page, act, used)
        last = act
        yield _act_claim(page, act, fuller)


def _used(page: Page, groups: Sequence[Group]) -> set[int]:
    """Acts that a claim of harm already tells: in its own word, or in a clause that its verb belongs to."""
    used: set[int] = set()
    for group in groups:
        trigger = page.doc[group.event.trigger]
        used.add(trigger.i)
        if group.event.rule.startswith("noun-") and group.event.rule != "noun-counted":
            continue
        near = (
            {t.i for t in trigger.subtree}
            | {t.i for t in trigger.ancestors}
            | {c.i for a in trigger.ancestors for c in a.children if a.pos_ == "VERB"}
        )
        used |= {
            a.trigger for a in page.acts if a.trigger in near and page.doc[a.trigger].sent.start == trigger.sent.start
        }
    return used


def _violent(page: Page, act: Act) -> bool:
    """An act that somebody did, or that hit something; not what hostile words, markets or the weather did."""
    for index in (act.agent, act.target):
        if index is not None:
            token = page.doc[index]
            if token.lower_ in page.words.accident:
                return False
    if act.agent is not None and doers.perpetrator(page.doc, act.agent, act.trigger, page.words) is not None:
        return True
    if act.target is None:
        return False
    target = page.doc[act.target]
    return (
        bool(doers.targets(page.doc, [act.target], act.trigger, page.words))
        or party(page.doc, target.i, None, page.words) is not None
    )


def _fuller(page: Page, act: Act, used: Iterable[int]) -> tuple[Act, ...]:
    """Give the other acts of the same doer in the sentence: 'stormed the area and opened fire'."""
    sentence = page.doc[act.trigger].sent
    return tuple(
        a
        for a in page.acts
        if a.told
        and a.agent == act.agent
        and a.agent is not None
        and a.trigger not in used
        and sentence.start <= a.trigger < sentence.end
    )


def _act_claim(page: Page, act: Act, together: tuple[Act, ...]) -> Claim:
    doc = page.doc
    trigger = doc[act.trigger]
    acts = together or (act,)
    best = min(acts, key=lambda a: a.act in GENERAL)
    indexes = [
        i
        for a in acts
        for i in (a.trigger, a.agent, a.target)
        if i is not None and trigger.sent.start <= i < trigger.sent.end
    ]
    start, end = between(
        doc, doers.phrase(doc[min(indexes)])[0], max(max(indexes), doers.phrase(doc[max(indexes)])[1] - 1) + 1
    )
    said = page.attributor.of(start, end)
    how, how_rule = modality(doc, act.trigger)
    doing, doing_rule = _doers(page, act.agent, trigger, act)
    heads = [a.target for a in acts if a.target is not None]
    people = [p for h in heads if (p := party(doc, h, None, page.words)) is not None and p.class_ != "unknown"]
    return Claim(
        id=content_id("c", page.text.sha256, page.text.file, "act", trigger.idx),
        document=page.text.document,
        start=start,
        end=end,
        quote=page.text.text[start:end],
        act=best.act,
        harm="property_damaged" if best.act in {"arson", "looting", "property_destruction"} else "",
        count=NOTHING,
        victims=as_victims(doc, people, ""),
        perpetrators=doing,
        targets=doers.targets(doc, heads, act.trigger, page.words),
        instruments=doers.instruments(doc, trigger.sent, page.words),
        place=place_time.govern(doc, place_time.places(trigger.sent), trigger, page.reporting),
        time=place_time.govern(doc, place_time.times(trigger.sent), trigger, page.reporting),
        attribution=said.chain,
        stance=said.stance,
        modality=how,
        scope="incident",
        evidence=said.evidence,
        mentions=(),
        part_of="",
        confidence=0.6 if act.act in GENERAL else 0.7,
        made_by=(
            ("act", f"grammar:{act.rule}"),
            ("perpetrators", doing_rule),
            ("modality", how_rule),
            ("attribution", said.rule),
        ),
        reader=page.reader,
        flags=("scare_quotes",) if said.scare_quotes else (),
    )
