"""The word lists: spelled out, within the fixed terms, and open to a project's words."""

import tomllib
from importlib.resources import files

import pytest

from corrobora.claims import lexicon
from corrobora.claims.lexicon import load, plural, verb_forms
from corrobora.claims.wordlists import wordlist
from corrobora.settings import Settings, Words

TERMS = tomllib.loads(files("corrobora.model").joinpath("terms.toml").read_text(encoding="utf-8"))


ACTS = {
    "armed_clash",
    "ambush",
    "shooting",
    "execution",
    "mass_killing",
    "bombing",
    "suicide_bombing",
    "air_strike",
    "drone_strike",
    "shelling",
    "landmine",
    "grenade",
    "chemical_attack",
    "raid",
    "siege",
    "arson",
    "looting",
    "property_destruction",
    "abduction",
    "detention",
    "torture",
    "sexual_violence",
    "forced_displacement",
    "mob_violence",
    "crowd_violence",
    "robbery",
    "work_stoppage",
    "sabotage",
    "threat",
    "other",
}


def table(name: str) -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(files("corrobora.claims").joinpath(f"{name}.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("base", "forms"),
    [
        ("kill", ("kill", "kills", "killed", "killed", "killing")),
        ("die", ("die", "dies", "died", "died", "dying")),
        ("massacre", ("massacre", "massacres", "massacred", "massacred", "massacring")),
        ("flee", ("flee", "flees", "fled", "fled", "fleeing")),
        ("torch", ("torch", "torches", "torched", "torched", "torching")),
    ],
)
def test_verbs_are_spelled_out(base: str, forms: tuple[str, ...]) -> None:
    assert verb_forms(base) == forms


@pytest.mark.parametrize(
    ("one", "many"),
    [("child", "children"), ("grandchild", "grandchildren"), ("casualty", "casualties"), ("boy", "boys")],
)
def test_nouns_are_spelled_out(one: str, many: str) -> None:
    assert plural(one) == many


def test_every_table_keeps_to_the_fixed_terms() -> None:
    assert set(table("harms")) <= set(TERMS["harm"])
    assert set(table("acts")) - {"light", "hits"} <= ACTS
    people = table("people")
    assert set(people["victim_class"]) <= set(TERMS["victim_class"])
    assert set(people["victim_role"]) | set(people["victim_role_pairs"]) <= set(TERMS["victim_role"])
    assert set(people["perpetrator_class"]) <= set(TERMS["perpetrator_class"])
    things = table("things")
    assert set(things["target_class"]) <= set(TERMS["target_class"])
    assert set(things["instrument_class"]) <= set(TERMS["instrument_class"])
    assert set(things["target_effect"]) <= set(TERMS["target_effect"])


def test_a_project_adds_to_a_shipped_list() -> None:
    words = load(Settings(words=Words(lexicon={"killed.patients": ("zapp",), "victim_class.civilian": ("zookeeper",)})))
    assert words.triggers["zapped"][0].harm == "killed"
    assert words.victim_class["zookeepers"] == "civilian"
    assert "zapped" not in load(Settings()).triggers


def test_the_shipped_lists_are_not_changed_by_a_project() -> None:
    load(Settings(words=Words(lexicon={"killed.patients": ("zapp",)})))
    assert "zapp" not in lexicon._merged({})["harms"]["killed"]["patients"]


def test_word_lists_are_found_by_name() -> None:
    assert "near" in wordlist("place.into")
    with pytest.raises(KeyError):
        wordlist("place.nothing")
