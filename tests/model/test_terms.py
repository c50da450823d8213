"""The fixed terms: every list of the design, each act with its place in the field's schemas, and no term twice."""

import tomllib
from importlib.resources import files
from typing import Any

import pytest

from corrobora.model import Input, Summary
from corrobora.web import ask

TERMS: dict[str, Any] = tomllib.loads(files("corrobora.model").joinpath("terms.toml").read_text(encoding="utf-8"))
HARMS = {
    "killed", "injured", "casualties", "abducted", "missing", "detained", "tortured", "sexual_violence", "displaced",
    "freed", "property_damaged",
}  # fmt: skip
ACTS = {
    "armed_clash", "ambush", "shooting", "execution", "mass_killing", "bombing", "suicide_bombing", "air_strike",
    "drone_strike", "shelling", "landmine", "grenade", "chemical_attack", "raid", "siege", "arson", "looting",
    "property_destruction", "abduction", "detention", "torture", "sexual_violence", "forced_displacement",
    "mob_violence", "crowd_violence", "robbery", "work_stoppage", "sabotage", "threat", "other",
}  # fmt: skip


ACLED = {
    "Battles": {"Armed clash", "Government regains territory", "Non-state actor overtakes territory"},
    "Explosions/Remote violence": {
        "Chemical weapon", "Air/drone strike", "Suicide bomb", "Shelling/artillery/missile attack",
        "Remote explosive/landmine/IED", "Grenade",
    },
    "Violence against civilians": {"Sexual violence", "Attack", "Abduction/forced disappearance"},
    "Protests": {"Peaceful protest", "Protest with intervention", "Excessive force against protesters"},
    "Riots": {"Violent demonstration", "Mob violence"},
    "Strategic developments": {
        "Agreement", "Arrests", "Change to group/activity", "Disrupted weapons use",
        "Headquarters or base established", "Looting/property destruction", "Non-violent transfer of territory",
        "Other",
    },
}  # fmt: skip
MODES = {
    "abduct", "beat", "torture", "sexual", "targeted", "destroy", "primitive", "firearms", "explosives",
    "suicide-attack", "aerial", "drone", "heavy-weapons", "crowd-control", "unconventional", "seize", "restrict",
    "censor", "curfew", "martial-law", "arrest", "deport", "withhold", "misinformation", "cyber",
}  # fmt: skip
MUC = {"ATTACK", "BOMBING", "KIDNAPPING", "ARSON", "ROBBERY", "FORCED WORK STOPPAGE", ""}


def test_every_harm_and_act_of_the_vocabulary_is_a_fixed_term() -> None:
    assert set(TERMS["harm"]) == HARMS
    assert set(TERMS["act"]) == ACTS


@pytest.mark.parametrize("act", sorted(ACTS))
def test_every_act_has_its_place_in_the_fields_own_schemas(act: str) -> None:
    found = TERMS["act"][act]
    assert set(found) == {"acled", "ucdp", "plover", "huridocs", "muc"}
    if found["acled"]:
        kind, sub = found["acled"].split(": ")
        assert sub in ACLED[kind]
    assert set(found["ucdp"]) <= {1, 2, 3}
    event, _, mode = found["plover"].partition("/")
    assert event in {"ASSAULT", "COERCE", "THREATEN"}
    assert not mode or mode in MODES
    assert found["huridocs"] in {"killing", "torture", "arrest", "destruction", ""}
    assert found["muc"] in MUC


def test_pages_offer_every_act_to_filter_by() -> None:
    assert set(ask.TERMS["act"]) == ACTS


@pytest.mark.parametrize("name", ["qualifier", "scope", "stance", "modality", "grade"])
def test_a_list_of_terms_has_none_twice(name: str) -> None:
    terms = TERMS[name]
    assert len(terms) == len(set(terms))
    assert all(term == term.lower() and " " not in term for term in terms)


def test_states_are_either_accepted_or_failed() -> None:
    state = TERMS["state"]
    assert not set(state["ok"]) & set(state["failed"])


def test_what_a_summary_calls_failed_is_what_the_terms_call_failed() -> None:
    inputs = tuple(Input(f"{s}.txt", "", s, "") for s in (*TERMS["state"]["ok"], *TERMS["state"]["failed"]))
    summary = Summary(inputs, 0, 0, 0, 0, 0.0)
    assert {i.state for i in summary.failed} == set(TERMS["state"]["failed"])
