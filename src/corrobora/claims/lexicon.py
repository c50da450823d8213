"""The words that the reader knows: shipped in `*.toml` beside this module, with what a project adds.

Words are looked up by their lower-case forms, not by a tagger's opinion of them: the small model calls `Killed` in a
headline a name. So each verb and noun of the tables is spelled out in its inflected forms here, once.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from corrobora.settings import Settings

# Irregular verbs of the tables: base -> (third person, past, participle, -ing). Any grammar of English.
IRREGULAR = {
    "slay": ("slays", "slew", "slain", "slaying"),
    "shoot": ("shoots", "shot", "shot", "shooting"),
    "hurt": ("hurts", "hurt", "hurt", "hurting"),
    "flee": ("flees", "fled", "fled", "fleeing"),
    "die": ("dies", "died", "died", "dying"),
    "lose": ("loses", "lost", "lost", "losing"),
    "give": ("gives", "gave", "given", "giving"),
    "take": ("takes", "took", "taken", "taking"),
    "find": ("finds", "found", "found", "finding"),
    "seek": ("seeks", "sought", "sought", "seeking"),
    "leave": ("leaves", "left", "left", "leaving"),
    "go": ("goes", "went", "gone", "going"),
    "set": ("sets", "set", "set", "setting"),
    "blow": ("blows", "blew", "blown", "blowing"),
    "throw": ("throws", "threw", "thrown", "throwing"),
    "lay": ("lays", "laid", "laid", "laying"),
    "break": ("breaks", "broke", "broken", "breaking"),
    "overrun": ("overruns", "overran", "overrun", "overrunning"),
    "hold": ("holds", "held", "held", "holding"),
    "make": ("makes", "made", "made", "making"),
    "hit": ("hits", "hit", "hit", "hitting"),
    "strike": ("strikes", "struck", "struck", "striking"),
    "hang": ("hangs", "hanged", "hanged", "hanging"),
    "bring": ("brings", "brought", "brought", "bringing"),
    "rise": ("rises", "rose", "risen", "rising"),
    "have": ("has", "had", "had", "having"),
    "rob": ("robs", "robbed", "robbed", "robbing"),
    "torch": ("torches", "torched", "torched", "torching"),
    "beat": ("beats", "beat", "beaten", "beating"),
    "burn": ("burns", "burned", "burnt", "burning"),
    "gun": ("guns", "gunned", "gunned", "gunning"),
    "fire": ("fires", "fired", "fired", "firing"),
    "plant": ("plants", "planted", "planted", "planting"),
    "kidnap": ("kidnaps", "kidnapped", "kidnapped", "kidnapping"),
    "stab": ("stabs", "stabbed", "stabbed", "stabbing"),
    "commit": ("commits", "committed", "committed", "committing"),
    "put": ("puts", "put", "put", "putting"),
    "cost": ("costs", "cost", "cost", "costing"),
    "run": ("runs", "ran", "run", "running"),
    "cut": ("cuts", "cut", "cut", "cutting"),
    "lead": ("leads", "led", "led", "leading"),
    "graze": ("grazes", "grazed", "grazed", "grazing"),
    "meet": ("meets", "met", "met", "meeting"),
    "snatch": ("snatches", "snatched", "snatched", "snatching"),
    "stand": ("stands", "stood", "stood", "standing"),
}
IRREGULAR_PLURALS = {
    "man": "men",
    "woman": "women",
    "child": "children",
    "person": "persons",
    "life": "lives",
    "wife": "wives",
}
VOWELS = "aeiou"


def verb_forms(base: str) -> tuple[str, str, str, str, str]:
    """Spell out a verb: base, third person, past, participle, -ing.

    >>> verb_forms("injure")
    ('injure', 'injures', 'injured', 'injured', 'injuring')
    """
    if base in IRREGULAR:
        return (base, *IRREGULAR[base])
    if base.endswith("e"):
        return (base, f"{base}s", f"{base}d", f"{base}d", f"{base[:-1]}ing")
    if base.endswith("y") and base[-2] not in VOWELS:
        return (base, f"{base[:-1]}ies", f"{base[:-1]}ied", f"{base[:-1]}ied", f"{base}ing")
    es = "es" if base.endswith(("s", "sh", "ch", "x", "z")) else "s"
    return (base, base + es, f"{base}ed", f"{base}ed", f"{base}ing")


def plural(noun: str) -> str:
    """Spell out a plural.

    >>> plural("fatality"), plural("policeman"), plural("gas")
    ('fatalities', 'policemen', 'gases')
    """
    for single, many in IRREGULAR_PLURALS.items():
        if noun.endswith(single) and (noun == single or single in {"man", "woman", "child"}):
            return noun[: -len(single)] + many
    if noun.endswith("y") and noun[-2] not in VOWELS:
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "sh", "ch", "x", "z")) else "s")


@dataclass(frozen=True, slots=True)
class Word:
    """What a form can be: `kind` is patients, subjects, states, victims, events (of `harm`) or act; `form` its shape.

    `form` of a verb: base, s, past, ing; of a noun or state: ''.
    """

    kind: str
    harm: str
    form: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All words, ready to look up by lower-case form."""

    triggers: Mapping[str, tuple[Word, ...]]
    harm_phrases: Mapping[tuple[str, str], str]
    particles: Mapping[tuple[str, str], str]
    act_verbs: Mapping[str, str]
    act_nouns: Mapping[str, str]
    act_phrases: Mapping[tuple[str, ...], str]
    light: frozenset[str]
    hits: frozenset[str]
    lemmas: Mapping[str, str]
    victim_class: Mapping[str, str]
    victim_role: Mapping[str, tuple[str, ...]]
    victim_role_pairs: Mapping[tuple[str, str], str]
    kin: frozenset[str]
    people: frozenset[str]
    groups: frozenset[str]
    pairs: frozenset[str]
    perpetrator_class: Mapping[str, str]
    perpetrator_modifiers: Mapping[str, str]
    target_class: Mapping[str, str]
    target_effect: Mapping[str, str]
    instrument_class: Mapping[str, str]
    accident: frozenset[str]
    armed_groups: Mapping[str, str]

    def is_person(self, word: str) -> bool:
        """Say whether a lower-case word names people."""
        return word in self.people or word in self.victim_class or word in self.victim_role


def load(settings: Settings) -> Lexicon:
    """Read the shipped tables and add the project's own words (`settings.words`).

    >>> load(Settings()).act_verbs["ambushed"]
    'ambush'
    """
    tables = _merged(settings.words.lexicon)
    acts, people, things, harms = tables["acts"], tables["people"], tables["things"], tables["harms"]
    verbs = _all_verbs(harms, acts, things)
    groups = {form.lower(): name for name, others in settings.words.armed_groups.items() for form in (name, *others)}
    return Lexicon(
        triggers=_triggers(harms),
        harm_phrases={_pair(p): harm for harm, t in harms.items() for p in t["phrases"]},
        particles={
            (form, particle): harm
            for harm, t in harms.items()
            for verb, particle in map(_pair, t.get("particles", ()))
            for form in verb_forms(verb)
        },
        act_verbs={form: act for act, t in _acts(acts) for v in t["verbs"] for form in verb_forms(v)},
        act_nouns={form: act for act, t in _acts(acts) for n in t["nouns"] for form in (n, plural(n))},
        act_phrases={tuple(p.split()): act for act, t in _acts(acts) for p in t["phrases"]},
        light=_verb_set(acts["light"]["verbs"]),
        hits=_verb_set(acts["hits"]["verbs"]),
        lemmas=_lemmas(verbs, _all_nouns(tables)),
        victim_class=_nouns(people["victim_class"]),
        victim_role=_many(people["victim_role"]),
        victim_role_pairs={_pair(p): role for role, ps in people["victim_role_pairs"].items() for p in ps},
        kin=_noun_set(people["kin"]["words"]),
        people=_noun_set(people["people"]["words"]),
        groups=_noun_set(people["people"]["groups"]),
        pairs=_noun_set(people["people"]["pairs"]),
        perpetrator_class=_nouns(people["perpetrator_class"]),
        perpetrator_modifiers=_nouns(people["perpetrator_modifiers"]),
        target_class=_nouns(things["target_class"]),
        target_effect={form: e for e, vs in things["target_effect"].items() for v in vs for form in verb_forms(v)},
        instrument_class=_nouns(things["instrument_class"]),
        accident=_noun_set(things["accident"]["words"]),
        armed_groups=groups,
    )


@cache
def _shipped(name: str) -> str:
    return files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf-8")


def _merged(added: Mapping[str, tuple[str, ...]]) -> dict[str, Any]:
    """Give the shipped tables with the project's words: `"killed.patients" = ["zap"]` adds to that list."""
    tables: dict[str, Any] = {name: tomllib.loads(_shipped(name)) for name in ("harms", "acts", "people", "things")}
    for path, words in added.items():
        table, _, key = path.partition(".")
        for top in tables.values():
            if isinstance(top.get(table), dict) and isinstance(top[table].get(key), list):
                top[table][key] = [*top[table][key], *words]
    return tables


def _acts(acts: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, list[str]]]]:
    yield from ((act, table) for act, table in acts.items() if act not in {"light", "hits"})


def _triggers(harms: Mapping[str, Mapping[str, list[str]]]) -> dict[str, tuple[Word, ...]]:
    found: dict[str, list[Word]] = {}
    for harm, table in harms.items():
        for kind in ("patients", "subjects"):
            for verb in table[kind]:
                base, third, past, participle, ing = verb_forms(verb)
                for form, shape in ((base, "base"), (third, "s"), (past, "past"), (participle, "past"), (ing, "ing")):
                    found.setdefault(form, []).append(Word(kind, harm, shape))
        for kind in ("victims", "events"):
            for noun in table[kind]:
                for form in {noun, plural(noun)}:
                    found.setdefault(form, []).append(Word(kind, harm, ""))
        for state in table["states"]:
            found.setdefault(state, []).append(Word("states", harm, ""))
    return {form: tuple(dict.fromkeys(words)) for form, words in found.items()}


def _all_verbs(*tables: Mapping[str, Any]) -> set[str]:
    harms, acts, things = tables
    verbs = {v for t in harms.values() for kind in ("patients", "subjects") for v in t[kind]}
    verbs |= {v for _, t in _acts(acts) for v in t["verbs"]} | set(acts["light"]["verbs"]) | set(acts["hits"]["verbs"])
    verbs |= {p.split()[0] for _, t in _acts(acts) for p in t["phrases"]}
    verbs |= {p.split()[0] for t in harms.values() for kind in ("phrases", "particles") for p in t.get(kind, ())}
    return verbs | {v for vs in things["target_effect"].values() for v in vs} | set(IRREGULAR)


def _all_nouns(tables: Mapping[str, Any]) -> set[str]:
    nouns = {n for t in tables["harms"].values() for kind in ("victims", "events") for n in t[kind]}
    nouns |= {w for _, t in _acts(tables["acts"]) for p in t["phrases"] for w in p.split()[1:]}
    nouns |= {n for _, t in _acts(tables["acts"]) for n in t["nouns"]}
    nouns |= {w for t in tables["harms"].values() for p in t["phrases"] for w in p.split()[1:]}
    return nouns | set(tables["people"]["kin"]["words"]) | set(tables["people"]["people"]["words"])


def _lemmas(verbs: Iterable[str], nouns: Iterable[str]) -> dict[str, str]:
    lemmas = {form: noun for noun in nouns for form in (noun, plural(noun))}
    return lemmas | {form: verb for verb in verbs for form in verb_forms(verb)}


def _verb_set(verbs: Iterable[str]) -> frozenset[str]:
    return frozenset(form for verb in verbs for form in verb_forms(verb))


def _noun_set(nouns: Iterable[str]) -> frozenset[str]:
    return frozenset(form for noun in nouns for form in (noun, plural(noun)))


def _nouns(table: Mapping[str, list[str]]) -> dict[str, str]:
    return {form: name for name, nouns in table.items() for noun in nouns for form in (noun, plural(noun))}


def _many(table: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for name, nouns in table.items():
        for form in _noun_set(nouns):
            found[form] = (*found.get(form, ()), name)
    return found


def _pair(phrase: str) -> tuple[str, str]:
    first, second = phrase.split()
    return first, second
