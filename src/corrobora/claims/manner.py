"""How it was done and by whom: by the words of the clause first, then of the sentence, then of those before."""

from collections.abc import Iterable, Iterator

from spacy.tokens import Token

from corrobora.claims import doers
from corrobora.claims.acts import GENERAL, Act, before, nearest
from corrobora.claims.page import Page
from corrobora.claims.reference import earlier, referent
from corrobora.claims.syntax import conjuncts
from corrobora.claims.wordlists import wordlist
from corrobora.model import Instrument, Perpetrator

# What a harm says of the act where no other word does.
BY_HARM = {
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
# Acts that do not kill or wound by themselves: 'killed' beside 'abducted' was done in another way.
BLOODLESS = frozenset(
    {"abduction", "detention", "forced_displacement", "looting", "robbery", "property_destruction", "sexual_violence"}
)
# Words that point back to violence told of before: 'in the melee', 'during the attack'.
POINTING = wordlist("manner.pointing")


def how(page: Page, trigger: Token, harm: str) -> tuple[str, str, Act | None]:
    """Return the act, the rule that found it, and the mention of violence in the sentence that it goes with."""
    own = next((a for a in page.acts if a.trigger == trigger.i), None)
    if harm in BY_HARM:
        return (
            own.act if own is not None and own.act not in GENERAL else BY_HARM[harm],
            "harm",
            own or _near(page, trigger),
        )
    usable = [a for a in page.acts if a.act not in BLOODLESS and a.act != "other"]
    near = nearest(usable, trigger)
    if own is not None and own.act not in GENERAL:
        return own.act, "word", near if near is not None and near.agent is not None else own
    if harm not in {"killed", "injured", "casualties", "missing"}:
        return "other", "", near
    if near is not None and near.act not in GENERAL:
        return near.act, "sentence", near
    weapon = next((BY_WEAPON[i.class_] for i in weapons(page, trigger) if i.class_ in BY_WEAPON), None)
    if weapon is not None:
        return weapon, "weapon", near
    if near is not None:
        return near.act, "sentence", near
    earlier_acts = list(before(usable, trigger, 2))
    earlier_acts = [a for a in earlier_acts if a.act not in GENERAL] or earlier_acts
    return (earlier_acts[0].act, "sentence-before", None) if earlier_acts else ("other", "", None)


def _near(page: Page, trigger: Token) -> Act | None:
    return nearest([a for a in page.acts if a.act in BLOODLESS], trigger)


def weapons(page: Page, trigger: Token) -> tuple[Instrument, ...]:
    """Return the weapons named in the clause of the trigger, or in one that it leans on."""
    verb = _verb(trigger)
    linked = {verb.i} | {a.i for a in verb.ancestors if a.pos_ in {"VERB", "AUX"}}
    linked |= {c.i for i in tuple(linked) for c in page.doc[i].subtree if c.dep_ in {"advcl", "relcl", "xcomp", "acl"}}
    return doers.instruments((t for t in trigger.sent if _verb(t).i in linked), page.words)


def _verb(token: Token) -> Token:
    while token.pos_ not in {"VERB", "AUX"} and token.head.i != token.i:
        token = token.head
    return token


def done_by(
    page: Page, agent: int | None, trigger: Token, told: Act | None, victims: Iterable[int]
) -> tuple[tuple[Perpetrator, ...], str]:
    """Read who did it: the agent, else that of the act in the same sentence, else of the act it points back to."""
    doc = page.doc
    heads = set(victims)
    for token, at, rule in _agents(page, agent, trigger, told, heads):
        members = [t for t in conjuncts(referent(doc[token])) if t.i not in heads]
        found = tuple(p for t in members if (p := doers.perpetrator(doc, t.i, at, page.words)) is not None)
        if found:
            return found, rule
    return (), ""


def _agents(
    page: Page, agent: int | None, trigger: Token, told: Act | None, victims: set[int]
) -> Iterator[tuple[int, int, str]]:
    if agent is not None:
        yield agent, trigger.i, "agent"
        inner = next((a for a in page.acts if a.trigger == agent), None)
        if inner is not None and inner.agent is not None:
            yield inner.agent, trigger.i, "agent-of-act"
    if told is not None and told.agent is not None and agent is None:
        yield told.agent, told.trigger, "act-in-sentence"
    if agent is None and (told is None or told.agent is None) and _points_back(page, trigger):
        last = next((a for a in before(page.acts, trigger, 1) if a.told and a.agent is not None), None)
        if last is not None and last.agent is not None:
            yield last.agent, last.trigger, "act-before"
    if agent is None:
        yield from _same_person(page, victims)


def _points_back(page: Page, trigger: Token) -> bool:
    return any(
        t.lower_ in POINTING or t.lower_ in page.words.act_nouns
        for t in trigger.subtree
        if t.dep_ == "pobj" and _definite(t)
    )


def _definite(token: Token) -> bool:
    return any(c.lower_ in {"the", "this", "that"} for c in token.children)


def _same_person(page: Page, victims: Iterable[int]) -> Iterator[tuple[int, int, str]]:
    """'They tried to detain a man. ... The man was taken': who had to do with him before, had to do with him now."""
    for head in victims:
        same = earlier(page.doc, page.doc[head], 5)
        act = next((a for a in page.acts if same is not None and a.target == same.i and a.agent is not None), None)
        if act is not None and act.agent is not None:
            yield act.agent, act.trigger, "same-person"
