"""Templates: terms mapped, forms applied, the rules of the task kept."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import muc4
import muc_cues as cues
import muc_forms as forms
import muc_templates as templates
import pytest
from muc_story import Person, Story, Thing, gather

from corrobora import model
from corrobora.linear import Linear, Weights
from corrobora.model import Count, Incident, Instrument, Perpetrator, Place, Reading, Speaker, Target, Victims

Told = Callable[..., Reading]
Made = Callable[..., Incident]
NO_MODELS: Mapping[str, Linear] = {}


@pytest.fixture
def one(told: Told, incident: Made) -> Callable[..., Story]:
    """A story of one claim with these parts."""

    def make(**parts: Any) -> Story:
        reading = told(0, **parts)
        return gather(incident(reading), [reading])

    return make


def slots(story: Story, models: Mapping[str, Linear] = NO_MODELS) -> dict[str, list[Any]]:
    return dict(templates.template(story, [story], models))


def victims(text: str, *names: str, roles: tuple[str, ...] = (), class_: str = "unknown") -> Victims:
    return Victims(text, class_, roles, names, 0, len(text))


@pytest.mark.parametrize(
    ("act", "kind"),
    [
        ("bombing", "BOMBING"),
        ("suicide_bombing", "BOMBING"),
        ("abduction", "KIDNAPPING"),
        ("arson", "ARSON"),
        ("robbery", "ROBBERY"),
        ("work_stoppage", "FORCED WORK STOPPAGE"),
        ("ambush", "ATTACK"),
        ("other", "ATTACK"),
        ("air_strike", "ATTACK"),
    ],
)
def test_acts_become_types(one: Callable[..., Story], act: str, kind: str) -> None:
    assert slots(one(act=act))["inc_type"] == [kind]


def test_the_type_told_most_wins(told: Told, incident: Made) -> None:
    readings = [told(0, act="raid"), told(1, act="bombing"), told(2, act="bombing"), told(3, act="other")]
    assert templates.incident_type(gather(incident(*readings), readings)) == "BOMBING"


def test_an_attack_on_people(one: Callable[..., Story]) -> None:
    story = one(
        act="shooting",
        harm="killed",
        victims=victims("A JUDGE, RAUL QUINTO", "RAUL QUINTO", roles=("judge_or_lawyer",)),
        perpetrators=(Perpetrator("TWO HOODED MEN", "", "unknown", "asserted", "", 0, 1),),
    )
    found = slots(story)
    assert found["inc_date"] == ["03 MAY 91"]
    assert found["inc_loc"] == ["PERU: PUERTO ARENA"]
    assert found["inc_stage"] == ["ACCOMPLISHED"]
    assert found["perp_ind_id"] == ["HOODED MEN"]
    assert found["perp_org_id"] == found["perp_org_conf"] == []
    assert found["perp_inc_cat"] == ["TERRORIST ACT"]
    assert found["hum_tgt_name"] == ["RAUL QUINTO"]
    assert found["hum_tgt_desc"] == [{"value": "JUDGE", "xref": "RAUL QUINTO"}]
    assert found["hum_tgt_type"] == [{"value": "LEGAL OR JUDICIAL", "xref": "RAUL QUINTO"}]
    assert found["hum_tgt_num"] == [{"value": "1", "xref": "RAUL QUINTO"}]
    assert found["hum_tgt_effect"] == [{"value": "DEATH", "xref": "RAUL QUINTO"}]
    assert found["inc_instr_type"] == [{"value": "GUN", "xref": "-"}]


def test_a_bombing_of_things(one: Callable[..., Story]) -> None:
    story = one(
        act="bombing",
        targets=(
            Target("THREE BANKS", "financial", 3, "damaged", 0, 1),
            Target("A DUTCH TRUCK", "vehicle", None, "", 0, 1),
        ),
        instruments=(Instrument("DYNAMITE", "bomb", 0, 1),),
    )
    found = slots(story)
    assert found["phys_tgt_id"] == ["BANKS", "DUTCH TRUCK"]
    assert found["phys_tgt_type"] == [
        {"value": "FINANCIAL", "xref": "BANKS"},
        {"value": "TRANSPORT VEHICLE", "xref": "DUTCH TRUCK"},
    ]
    assert found["phys_tgt_num"] == [{"value": "3", "xref": "BANKS"}, {"value": "1", "xref": "DUTCH TRUCK"}]
    assert found["phys_tgt_nation"] == [{"value": "NETHERLANDS", "xref": "DUTCH TRUCK"}]
    assert found["phys_tgt_effect"] == [{"value": "SOME DAMAGE", "xref": "BANKS"}]
    assert found["inc_instr_type"] == [{"value": "DYNAMITE", "xref": "DYNAMITE"}]
    assert found["hum_tgt_desc"] == []


@pytest.mark.parametrize(
    ("act", "missing"), [("abduction", "phys_tgt_id"), ("abduction", "inc_instr_id"), ("arson", "inc_instr_id")]
)
def test_slots_that_do_not_apply_are_left_out(one: Callable[..., Story], act: str, missing: str) -> None:
    story = one(
        act=act,
        targets=(Target("A BARN", "other", None, "", 0, 1),),
        instruments=(Instrument("TORCHES", "fire", 0, 1),),
    )
    assert missing not in slots(story)


@pytest.mark.parametrize(
    ("modality", "act", "stage"),
    [
        ("actual", "bombing", "ACCOMPLISHED"),
        ("attempted", "bombing", "ATTEMPTED"),
        ("planned", "raid", "THREATENED"),
        ("actual", "threat", "THREATENED"),
        ("alleged", "raid", "ACCOMPLISHED"),
    ],
)
def test_stages(one: Callable[..., Story], modality: str, act: str, stage: str) -> None:
    assert slots(one(modality=modality, act=act))["inc_stage"] == [stage]


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("asserted", "REPORTED AS FACT"),
        ("suspected", "SUSPECTED OR ACCUSED"),
        ("claimed_responsibility", "CLAIMED OR ADMITTED"),
    ],
)
def test_confidence_follows_the_status(one: Callable[..., Story], status: str, expected: str) -> None:
    name = "RED DAWN COLUMN"
    found = slots(one(perpetrators=(Perpetrator(name, name, "armed_group", status, "", 0, 1),)))
    assert found["perp_org_conf"] == [{"value": expected, "xref": name}]


@pytest.mark.parametrize(
    ("class_", "expected"),
    [("state_forces", "STATE-SPONSORED VIOLENCE"), ("police", "STATE-SPONSORED VIOLENCE"), ("gang", "TERRORIST ACT")],
)
def test_category_follows_the_doers(one: Callable[..., Story], class_: str, expected: str) -> None:
    found = slots(one(perpetrators=(Perpetrator("SQUAD", "", class_, "asserted", "", 0, 1),)))
    assert found["perp_inc_cat"] == [expected]


@pytest.mark.parametrize(
    ("text", "class_", "kind"),
    [
        ("AK-47 RIFLES", "gun", "RIFLE"),
        ("PISTOL", "gun", "HANDGUN"),
        ("MACHINE GUN FIRE", "gun", "MACHINE GUN"),
        ("CAR BOMB", "vehicle_bomb", "VEHICLE BOMB"),
        ("MACHETES", "blade", "CUTTING DEVICE"),
        ("CONFUSION", "other", ""),
    ],
)
def test_weapons_by_their_narrowest_word(text: str, class_: str, kind: str) -> None:
    assert templates.weapon_type(Thing(text, class_)) == kind


@pytest.mark.parametrize(
    ("roles", "class_", "kind"),
    [
        ({"official", "former_official"}, "unknown", "FORMER GOVERNMENT OFFICIAL"),
        ({"police"}, "unknown", "LAW ENFORCEMENT"),
        (set(), "security_force", "ACTIVE MILITARY"),
        (set(), "civilian", "CIVILIAN"),
        ({"teacher"}, "unknown", "CIVILIAN"),
    ],
)
def test_people_by_role(roles: set[str], class_: str, kind: str) -> None:
    assert templates.human_type(Person(desc="X", roles=roles, class_=class_)) == kind


@pytest.mark.parametrize(
    ("harms", "effect"),
    [
        ({"killed", "injured"}, "DEATH"),
        ({"injured", ""}, "INJURY"),
        ({"freed"}, "REGAINED FREEDOM"),
        ({"abducted"}, ""),
    ],
)
def test_death_stands_before_injury(harms: set[str], effect: str) -> None:
    assert templates.human_effect(Person(harms=harms)) == effect


def test_a_model_of_the_task_goes_before_the_rule(one: Callable[..., Story]) -> None:
    model = Linear(("ARSON", "ROBBERY"), (0.0, 0.0), {"act=looting": (5.0, 0.0)}, exclusive=True)
    assert slots(one(act="looting"), {"kind": model})["inc_type"] == ["ARSON"]
    assert slots(one(act="looting"))["inc_type"] == ["ROBBERY"]


def test_stories_elsewhere_and_stories_of_nothing_are_not_reported(told: Told) -> None:
    hurt = victims("A BAKER")
    assert templates.reportable([told(0, victims=hurt)])
    assert not templates.reportable([told(0)])
    assert not templates.reportable([told(0, victims=hurt, scope="total")])
    far = Place("OSLO", "Oslo", "geonames:1", 59.9, 10.7, 10.0, "town", "", "", "NO", 0, 4)
    assert not templates.reportable([told(0, place=far, victims=hurt)])
    assert templates.reportable([told(0, place=None, victims=hurt)])


def test_the_report_model_says_which_stories_count(one: Callable[..., Story]) -> None:
    story = one(victims=victims("A BAKER"), harm="killed")
    model = Linear(("yes",), (-2.0,), {"harm=killed": (4.0,)}, exclusive=False)
    weights = Weights("t", {"report": model}, {"least.report": 0.5})
    assert muc4.templates([story], weights)
    assert not muc4.templates([story], replace(weights, numbers={"least.report": 0.95}))
    assert muc4.templates([story], Weights("t", {}, {}))


def test_story_cues_tell_of_the_story_and_of_its_report(told: Told, incident: Made) -> None:
    first = told(0, act="bombing", harm="killed", quote="A BOMB KILLED A BAKER", victims=victims("A BAKER"))
    second = told(30, act="arson", quote="A MILL BURNED", targets=(Target("A MILL", "other", None, "", 0, 1),))
    stories = [gather(incident(r), [r]) for r in (first, second)]
    found = cues.story_cues(stories[0], stories)
    assert {
        "act=bombing",
        "harm=killed",
        "w=BOMB",
        "d=MILL",
        "stories=2",
        "lead=True",
        "victim word=BAKER",
        "country=PE",
    } <= found
    assert "w=MILL" not in found
    assert "lead=False" in cues.story_cues(stories[1], stories)


def test_cues_of_who_says_so(told: Told, incident: Made) -> None:
    name = "RED DAWN COLUMN"
    itself = told(
        0,
        perpetrators=(Perpetrator(name, name, "armed_group", "asserted", "", 0, 1),),
        attribution=(Speaker("the Red Dawn Column", "", "said", 0, 1),),
        quote="THE RED DAWN COLUMN SAID IT",
    )
    story = gather(incident(itself), [itself])
    found = cues.body_cues(story.bodies[0], story)
    assert {"speaks itself", "verb=said", "status=asserted", "stance=asserts"} <= set(found)
    other = replace(itself, claim=replace(itself.claim, attribution=(Speaker("the mayor", "", "denied", 0, 1),)))
    assert "speaks itself" not in cues.body_cues(gather(incident(other), [other]).bodies[0], story)


def test_every_term_of_the_tables_is_one_of_the_record() -> None:
    terms = forms.terms()
    known = tomllib.loads((Path(model.__file__).parent / "terms.toml").read_text(encoding="utf-8"))
    assert set(terms["weapon"]) <= set(known["instrument_class"])
    assert set(terms["thing"]) <= set(known["target_class"])
    assert set(terms["effect"]) <= set(known["target_effect"])
    assert set(terms["human"]) <= set(known["victim_role"])
    assert set(terms["harm"]) <= set(known["harm"])


def test_counts_without_words_are_plural_by_the_noun(one: Callable[..., Story]) -> None:
    found = slots(one(victims=victims("THE BAKERS"), count=Count(None, None, "none")))
    assert found["hum_tgt_num"] == [{"value": "PLURAL", "xref": "BAKERS"}]
