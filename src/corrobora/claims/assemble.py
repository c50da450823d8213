"""Put claims of harm together from what the other modules found: each part with its span and the rule that made it."""

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from corrobora.claims import doers, place_time
from corrobora.claims.confidence import calibrated
from corrobora.claims.earlier import recalled
from corrobora.claims.groups import Group
from corrobora.claims.manner import done_by, how, weapons
from corrobora.claims.modality import modality
from corrobora.claims.page import Page
from corrobora.claims.scope import scope
from corrobora.claims.syntax import reach
from corrobora.claims.victims import NOTHING, as_victims
from corrobora.model import Claim, Perpetrator, Span, Speaker, content_id

# How far a pattern can be trusted. It orders claims for a reader's eye and is no probability: patterns that the parser
# gets right nearly always stand near .9, those that go by the order of words near .6.
TRUST = {
    "subject-passive": 0.9,
    "verb-object": 0.9,
    "subject-active": 0.85,
    "participle": 0.85,
    "phrase": 0.85,
    "object-state": 0.85,
    "shared-subject": 0.8,
    "subject-state": 0.8,
    "lives": 0.8,
    "to-death": 0.85,
    "small-clause": 0.75,
    "state-counted": 0.75,
    "noun-of": 0.75,
}
DEFAULT_TRUST = 0.65
STATE = frozenset({"state_forces", "police"})


def harm_claims(page: Page, groups: Sequence[Group]) -> tuple[Claim, ...]:
    """Make a claim of each group of victims, in the order of the groups."""
    claims: list[Claim] = []
    told: dict[tuple[int, str], int] = {}
    hurt = frozenset(head for group in groups for head in group.event.victims)
    for group in groups:
        key = (group.event.trigger, group.event.harm)
        told[key] = told.get(key, -1) + 1
        whole = claims[group.whole].id if group.whole is not None else ""
        claims.append(_claim(page, group, whole, told[key], hurt))
    return tuple(claims)


def _claim(page: Page, group: Group, whole: str, ordinal: int, hurt: frozenset[int]) -> Claim:
    doc, event = page.doc, group.event
    trigger = doc[event.trigger]
    start, end = _extent(doc, trigger, group)
    act, act_rule, told = how(page, trigger, event.harm)
    if told is not None and told.agent in hurt:  # who was hurt is not who did it, whatever the parser thinks
        told = replace(told, agent=None)
    doing, doing_rule = done_by(page, event.agent, trigger, told, event.victims)
    figure = next((p.figure for p in group.parties if p.figure is not None), None)
    said = page.attributor.of(start, end)
    actual, actual_rule = modality(doc, event.trigger)
    before = recalled(trigger) if actual == "actual" else ""
    actual, actual_rule = ("historical", before) if before else (actual, actual_rule)
    wide, wide_rule = scope(doc, event.trigger, figure)
    anchor = doc[group.parties[0].head] if event.rule == "place-list" and group.parties else trigger
    target = told.target if told is not None else None
    return Claim(
        id=content_id("c", page.text.sha256, page.text.file, event.harm, trigger.idx, ordinal),
        document=page.text.document,
        start=start,
        end=end,
        quote=page.text.text[start:end],
        act=act,
        harm=_harm(event.harm, doing),
        count=group.count,
        victims=as_victims(group.parties, event.harm),
        perpetrators=doing,
        targets=() if told is None or target is None else doers.targets(doc, [target], told.trigger, page.words),
        instruments=weapons(page, trigger),
        place=_where(page, group, trigger, anchor, said.chain),
        time=place_time.govern(doc, place_time.times(trigger.sent), anchor, page.reporting),
        attribution=said.chain,
        stance=said.stance,
        modality=actual,
        scope=wide,
        evidence=said.evidence,
        mentions=(),
        part_of=whole,
        confidence=_confidence(group, doing_rule),
        made_by=tuple(
            (part, rule)
            for part, rule in (
                ("harm", f"grammar:{event.rule}"),
                ("count", group.rule),
                ("act", act_rule),
                ("perpetrators", doing_rule),
                ("modality", actual_rule),
                ("scope", wide_rule),
                ("attribution", said.rule),
            )
            if rule
        ),
        reader=page.reader,
        flags=("scare_quotes",) if said.scare_quotes else (),
    )


def _where(page: Page, group: Group, trigger: Token, anchor: Token, chain: Sequence[Speaker]) -> Span | None:
    """The place in the sentence that governs the claim; a name that speaks is none ('in The Daily')."""
    doc = page.doc
    ranges = place_time.places(trigger.sent)
    voices = [(s.start, s.end) for s in chain] + [(p.start, p.end) for p in group.parties if p.kind == "name"]
    silent = [r for r in ranges if not any(a <= doc[r[0]].idx < b for a, b in voices)]
    return place_time.govern_place(doc, silent, anchor, page.reporting)


def _harm(harm: str, doing: Sequence[Perpetrator]) -> str:
    """A state, or who rules in its place, detains; anyone else abducts."""
    return "detained" if harm == "abducted" and any(p.class_ in STATE for p in doing) else harm


def _extent(doc: Doc, trigger: Token, group: Group) -> tuple[int, int]:
    """The words that say it: from the first to the last of victims, figure, trigger and what the trigger needs."""
    spans = [(p.start, p.end) for p in group.parties]
    spans += [(p.count.start, p.count.end) for p in group.parties if p.figure is not None]
    if group.event.rule not in {"place-list", "part"} or not spans:
        first, last = reach(trigger)
        spans.append((doc[first].idx, doc[last - 1].idx + len(doc[last - 1].text)))
    return min(s for s, _ in spans), max(e for _, e in spans)


def _confidence(group: Group, doing_rule: str) -> float:
    """Trust in the pattern, less for a sum, for a figure not said, for a doer from another sentence."""
    value = TRUST.get(group.event.rule, DEFAULT_TRUST)
    value -= 0.1 if group.rule.startswith("list") else 0
    value -= 0.05 if group.count == NOTHING else 0
    value -= 0.05 if doing_rule in {"act-before", "same-person"} else 0
    return calibrated(round(value, 2))
