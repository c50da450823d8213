"""Claims of acts told on their own: 'forces stormed the area and opened fire', 'a drone strike hit a market'."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from corrobora.claims import doers, place_time
from corrobora.claims.acts import GENERAL, Act, before, nearest
from corrobora.claims.causes import game
from corrobora.claims.groups import Group
from corrobora.claims.manner import done_by, weapons
from corrobora.claims.modality import modality
from corrobora.claims.page import Page
from corrobora.claims.syntax import between, phrase, reach
from corrobora.claims.victims import NOTHING, as_victims, party
from corrobora.model import Claim, content_id

STATUS = {"responsibility-claimed": "claimed_responsibility", "responsibility-denied": "denied"}
PROPERTY = frozenset({"arson", "looting", "property_destruction"})
# What is only imagined, denied or still to come is no act told.
UNTOLD = frozenset({"hypothetical", "negated", "future"})


def act_claims(page: Page, groups: Sequence[Group]) -> Iterator[Claim]:
    """Make a claim of each act that no claim of harm in its clause already tells."""
    if game(page):
        return
    used = _used(page, groups)
    last: Act | None = None
    for act in page.acts:
        if not act.told or act.trigger in used or not _violent(page, act):
            continue
        if last is not None and act.agent == last.agent and _sentence(page, act) == _sentence(page, last):
            continue
        last = act
        claim = _claim(page, act, _together(page, act, used))
        if claim.modality not in UNTOLD:
            yield claim


def _sentence(page: Page, act: Act) -> int:
    return page.doc[act.trigger].sent.start


def _used(page: Page, groups: Sequence[Group]) -> set[int]:
    """Acts that a claim of harm already tells: in its own word, or in a clause that its verb belongs to."""
    used: set[int] = set()
    for group in groups:
        trigger = page.doc[group.event.trigger]
        used.add(trigger.i)
        if group.event.rule.startswith("noun-") and group.event.rule != "noun-counted":
            continue
        above = list(trigger.ancestors)
        near = {t.i for t in trigger.subtree} | {t.i for t in above}
        near |= {c.i for a in above for c in a.children if a.pos_ == "VERB"}
        used |= {a.trigger for a in page.acts if a.trigger in near and _sentence(page, a) == trigger.sent.start}
    return used


def _violent(page: Page, act: Act) -> bool:
    """Say whether somebody did it, or something was hit: not what words, markets or the weather did."""
    named = [page.doc[i] for i in (act.agent, act.target) if i is not None]
    if any(t.lower_ in page.words.accident for t in named):
        return False
    if act.act in PROPERTY:
        return act.target is not None and bool(doers.targets(page.doc, [act.target], act.trigger, page.words))
    if act.agent is not None and done_by(page, act.agent, page.doc[act.trigger], act, ())[0]:
        return True
    if act.target is None:
        return False
    things = doers.targets(page.doc, [act.target], act.trigger, page.words)
    return bool(things) or party(page.doc, act.target, None, page.words) is not None


def _together(page: Page, act: Act, used: Iterable[int]) -> tuple[Act, ...]:
    """Give the acts of the same doer in the sentence: 'stormed the area and opened fire'."""
    others = (a for a in page.acts if a.told and a.agent == act.agent and a.trigger not in used)
    same = tuple(a for a in others if act.agent is not None and _sentence(page, a) == _sentence(page, act))
    return same or (act,)


def _claim(page: Page, act: Act, acts: tuple[Act, ...]) -> Claim:
    doc, words = page.doc, page.words
    trigger = doc[act.trigger]
    start, end = _extent(page, acts)
    said = page.attributor.of(start, end)
    how, how_rule = modality(doc, act.trigger)
    heads = list(dict.fromkeys(a.target for a in acts if a.target is not None))
    people = [p for h in heads if (p := party(doc, h, None, words)) is not None and p.class_ != "unknown"]
    doing, doing_rule = done_by(page, act.agent, trigger, act, heads)
    status = STATUS.get(act.rule)
    doing = tuple(replace(p, status=status) for p in doing) if status else doing
    best = min(acts, key=lambda a: a.act in GENERAL)
    kind = _meant(page, best)
    return Claim(
        id=content_id("c", page.text.sha256, page.text.file, "act", trigger.idx),
        document=page.text.document,
        start=start,
        end=end,
        quote=page.text.text[start:end],
        act=kind,
        harm="property_damaged" if kind in PROPERTY else "",
        count=NOTHING,
        victims=as_victims(people, ""),
        perpetrators=doing,
        targets=doers.targets(doc, heads, act.trigger, words),
        instruments=weapons(page, trigger),
        place=place_time.govern_place(doc, place_time.places(trigger.sent), trigger, page.reporting),
        time=place_time.govern(doc, place_time.times(trigger.sent), trigger, page.reporting),
        attribution=said.chain,
        stance=said.stance,
        modality=how,
        scope="incident",
        evidence=said.evidence,
        mentions=(),
        part_of="",
        confidence=0.6 if best.act in GENERAL else 0.7,
        made_by=tuple(
            (part, rule)
            for part, rule in (
                ("act", f"grammar:{act.rule}"),
                ("perpetrators", doing_rule),
                ("modality", how_rule),
                ("attribution", said.rule),
            )
            if rule
        ),
        reader=page.reader,
        flags=("scare_quotes",) if said.scare_quotes else (),
    )


def _meant(page: Page, act: Act) -> str:
    """Give the act that 'responsibility' is for: the nearest told of, in the sentence or just before."""
    if act.act != "other":
        return act.act
    known = [a for a in page.acts if a.act != "other"]
    trigger = page.doc[act.trigger]
    found = nearest(known, trigger) or next(before(known, trigger, 3), None)
    return act.act if found is None else found.act


def _extent(page: Page, acts: tuple[Act, ...]) -> tuple[int, int]:
    """The words that tell it: from its doer to what it hit, in the trigger's sentence."""
    doc = page.doc
    sentence = doc[acts[0].trigger].sent
    heads = [i for a in acts for i in (a.agent, a.target) if i is not None and sentence.start <= i < sentence.end]
    spans = [phrase(doc[i]) for i in heads] + [reach(doc[a.trigger]) for a in acts]
    return between(doc, max(sentence.start, min(s for s, _ in spans)), min(sentence.end, max(e for _, e in spans)))
