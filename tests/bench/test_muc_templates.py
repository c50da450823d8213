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


NAME = "RED DAWN COLUMN"


@pytest.fixture
def saying(told: Told, incident: Made) -> Callable[..., set[str]]:
    """The cues of a body's part in a report of these claims; the first names it as the doer."""

    def make(*parts: dict[str, Any]) -> set[str]:
        doer = (Perpetrator(NAME, NAME, "armed_group", "asserted", "", 0, 1),)
        readings = [told(n, **(part | ({"perpetrators": doer} if n == 0 else {}))) for n, part in enumerate(parts)]
        stories = [gather(incident(r), [r]) for r in readings]
        return set(cues.body_cues(stories[0].bodies[0], stories))

    return make


def by(speaker: str, verb: str = "said") -> tuple[Speaker, ...]:
    return (Speaker(speaker, "", verb, 0, 1),)


def test_cues_tell_whether_a_body_speaks_itself(saying: Callable[..., set[str]]) -> None:
    quote = "THE RED DAWN COLUMN DID IT"
    assert "speaks itself=True" in saying({"quote": quote, "attribution": by("the Red Dawn Column")})
    assert "speaks itself=False" in saying({"quote": quote, "attribution": by("the baker")})
    found = saying({"quote": quote})
    assert {"own voice", "status=asserted", "class=armed_group", "nowhere doubt"} <= found
    assert not any(cue.startswith("speaks") for cue in found)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("THE RED DAWN COLUMN CLAIMED RESPONSIBILITY", "responsibility"),
        ("THE RED DAWN COLUMN IS BLAMED", "accusation"),
        ("THE RED DAWN COLUMN ALLEGEDLY DID IT", "doubt"),
        ("THE RED DAWN COLUMN REJECTED THAT", "denial"),
    ],
)
def test_cues_tell_how_a_body_is_named_here_or_elsewhere_in_the_report(
    saying: Callable[..., set[str]], words: str, kind: str
) -> None:
    here = saying({"quote": words})
    assert {f"says={kind}", f"says {kind}, here=True"} <= here
    assert f"nowhere {kind}" not in here
    there = saying({"quote": "HOODED MEN CAME"}, {"quote": words})
    assert f"says {kind}, here=False" in there
    other = saying({"quote": "HOODED MEN CAME"}, {"quote": words.replace("RED DAWN COLUMN", "BAKER")})
    assert f"nowhere {kind}" in other


def test_cues_tell_whether_authorities_say_so(saying: Callable[..., set[str]]) -> None:
    quote = "THE RED DAWN COLUMN IS SUSPECTED"
    assert "accusation by authority=True" in saying({"quote": quote, "attribution": by("a police officer")})
    assert "accusation by authority=False" in saying({"quote": quote, "attribution": by("a baker")})
    assert "accusation near authority" in saying({"quote": quote + " BY THE POLICE"})


LEFT_OUT = Linear(("", "GUN", "BOMB"), (1.0, 0.0, 0.0), {"w=SHOT": (-2.0, 3.0, 0.0)}, exclusive=True)
UNHURT = Linear(("", "NO INJURY OR DEATH"), (3.0, 0.0), {"w=UNHARMED": (-4.0, 2.0)}, exclusive=True)


def test_a_weapon_that_the_report_leaves_out_is_told_by_its_words(one: Callable[..., Story]) -> None:
    models = {"unsaid weapon": LEFT_OUT}
    assert slots(one(quote="HE WAS SHOT"), models)["inc_instr_type"] == [{"value": "GUN", "xref": "-"}]
    assert slots(one(quote="HE FELL"), models)["inc_instr_type"] == []
    armed = one(quote="HE WAS SHOT", instruments=(Instrument("A PISTOL", "gun", 0, 1),))
    assert slots(armed, models)["inc_instr_type"] == [{"value": "HANDGUN", "xref": "PISTOL"}]


def test_that_nobody_was_hurt_is_said_only_where_nobody_is_named(one: Callable[..., Story]) -> None:
    models = {"unsaid harm": UNHURT}
    quote = "ALL WERE UNHARMED"
    assert slots(one(quote=quote), models)["hum_tgt_effect"] == [{"value": "NO INJURY OR DEATH", "xref": "-"}]
    assert slots(one(quote="IT BURNED"), models)["hum_tgt_effect"] == []
    hurt = one(quote=quote, victims=victims("A BAKER"), harm="killed")
    assert slots(hurt, models)["hum_tgt_effect"] == [{"value": "DEATH", "xref": "BAKER"}]


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


@pytest.fixture
def two(told: Told, incident: Made) -> list[Story]:
    """A story that names no body, and one told far behind it that does."""
    doer = (Perpetrator(NAME, NAME, "armed_group", "asserted", "", 0, 1),)
    first = told(0, act="bombing", quote="A BOMB KILLED A BAKER", victims=victims("A BAKER"), harm="killed")
    second = told(30, act="bombing", quote="THE RED DAWN COLUMN BURNED A MILL", perpetrators=doer)
    return [gather(incident(r), [r]) for r in (first, second)]


def test_a_body_of_another_story_is_taken_where_the_model_says_so(two: list[Story]) -> None:
    same = Linear(("yes",), (-3.0,), {"same act=True": (5.0,)}, exclusive=False)
    weights = Weights("t", {"borrowed org": same}, {"least.borrowed.org": 0.5})
    assert [t.text for t in muc4.chosen(two[0], two, weights).bodies] == [NAME]
    assert muc4.chosen(two[0], two, replace(weights, numbers={"least.borrowed.org": 0.95})).bodies == []
    assert muc4.chosen(two[0], two, Weights("t", {}, {})).bodies == []


def test_a_borrowed_body_has_a_confidence_like_any_other(two: list[Story]) -> None:
    sure = Linear(("yes",), (3.0,), {}, exclusive=False)
    weights = Weights("t", {"borrowed org": sure}, {"least.borrowed.org": 0.5})
    found = muc4.templates(two, weights)[0]["slots"]
    assert found["perp_org_id"] == [NAME]
    assert found["perp_org_conf"] == [{"value": "REPORTED AS FACT", "xref": NAME}]


def test_cues_of_borrowing_tell_how_far_and_how_alike(two: list[Story]) -> None:
    found = cues.borrowed_cues(two[1].bodies[0], two[0], two, "org")
    assert {"gap=6", "before=False", "same act=True", "own=0", "named here=False", "surest=True", "stories=2"} <= found
    assert {"gap=6, own=False", "w=COLUMN"} <= found


@pytest.mark.parametrize(("sure", "step"), [(0.0, 0), (0.03, 1), (0.06, 2), (0.3, 6), (0.95, 10)])
def test_small_probabilities_are_told_apart(one: Callable[..., Story], sure: float, step: int) -> None:
    story = one(victims=victims("A BAKER"), made_by=(("victims", f"trained {sure}"),))
    assert f"sure={step}" in cues.fill_cues(story.people[0], story.people, story, "victim")
