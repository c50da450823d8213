"""Gathering what an incident's claims say together: everybody and everything once."""

from collections.abc import Callable

import muc_story as story
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corrobora.linear import Linear
from corrobora.model import Count, Incident, Instrument, Perpetrator, Reading, Target, Victims

Told = Callable[..., Reading]
Made = Callable[..., Incident]


def victims(text: str, *names: str) -> Victims:
    return Victims(text, "unknown", (), names, 0, len(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the two\n   BAKERS", "THE TWO BAKERS"),
        ('"LA PERLA" CAFE,', 'LA PERLA" CAFE'),
        ("  a mill.", "A MILL"),
    ],
)
def test_words_stand_on_one_line_in_capitals(text: str, expected: str) -> None:
    assert story.plain(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("THE TWO BAKERS", "BAKERS"), ("12 BAKERS", "BAKERS"), ("ONE", "ONE"), ("THE 3,000 BAKERS", "BAKERS")],
)
def test_how_many_is_no_part_of_what(text: str, expected: str) -> None:
    assert story.bare(text) == expected


@given(st.text(alphabet="ABC ,.'\n", max_size=30))
def test_a_bare_part_is_an_end_of_the_plain_one(text: str) -> None:
    assert story.plain(text).endswith(story.bare(text))


def test_one_person_told_twice_is_one_with_the_fullest_name(told: Told, incident: Made) -> None:
    readings = [
        told(0, victims=victims("RECTOR ANA LUISA BARRIENTOS", "ANA LUISA BARRIENTOS"), harm="injured"),
        told(1, victims=victims("BARRIENTOS", "BARRIENTOS"), harm="killed"),
    ]
    found = story.gather(incident(*readings), readings)
    assert [(p.name, p.desc, p.harms) for p in found.people] == [
        ("ANA LUISA BARRIENTOS", "RECTOR", {"injured", "killed"})
    ]


def test_an_office_after_the_name_describes_too(told: Told, incident: Made) -> None:
    readings = [told(0, victims=victims("TOMAS REYNOSO, OWNER OF THE MILL", "TOMAS REYNOSO"))]
    found = story.gather(incident(*readings), readings)
    assert (found.people[0].name, found.people[0].desc) == ("TOMAS REYNOSO", "OWNER OF THE MILL")


def test_two_names_are_two_people_and_a_name_is_not_a_description(told: Told, incident: Made) -> None:
    readings = [
        told(0, victims=victims("PEDRO LLANOS", "PEDRO LLANOS")),
        told(1, victims=victims("INES CORTADO", "INES CORTADO")),
        told(2, victims=victims("A BAKER")),
    ]
    found = story.gather(incident(*readings), readings)
    assert [p.reference for p in found.people] == ["PEDRO LLANOS", "INES CORTADO", "BAKER"]


def test_the_same_people_in_more_words_are_the_same(told: Told, incident: Made) -> None:
    readings = [
        told(0, victims=victims("THE BAKERS"), count=Count(None, None, "vague")),
        told(1, victims=victims("12 VILLAGE BAKERS"), count=Count(12, 12, "exact", "12", 0, 2)),
        told(2, victims=victims("THREE BAKERS"), count=Count(3, 3, "exact", "THREE", 0, 2)),
    ]
    found = story.gather(incident(*readings), readings)
    assert [(p.desc, p.count) for p in found.people] == [("VILLAGE BAKERS", (12, 12, "exact"))]


def test_things_are_one_by_their_words_and_keep_what_became_of_them(told: Told, incident: Made) -> None:
    readings = [
        told(0, targets=(Target("A MILL", "other", None, "", 0, 1), Target("THE BARN", "other", 2, "", 0, 1))),
        told(1, targets=(Target("A FLOUR MILL", "commercial", None, "destroyed", 0, 1),)),
    ]
    found = story.gather(incident(*readings), readings)
    assert [(t.text, t.class_, t.said, t.number) for t in found.things] == [
        ("FLOUR MILL", "commercial", {"destroyed"}, None),
        ("BARN", "other", set(), 2),
    ]


def test_bodies_are_told_from_people_by_name_and_class(told: Told, incident: Made) -> None:
    doers = (
        Perpetrator("RED DAWN COLUMN", "RED DAWN COLUMN", "armed_group", "claimed_responsibility", "", 0, 1),
        Perpetrator("TWO HOODED MEN", "", "unknown", "asserted", "", 0, 1),
        Perpetrator("JUAN MOJICA", "JUAN MOJICA", "unknown", "suspected", "", 0, 1),
    )
    readings = [told(0, perpetrators=doers)]
    found = story.gather(incident(*readings), readings)
    assert [(t.text, t.said) for t in found.bodies] == [("RED DAWN COLUMN", {"claimed_responsibility"})]
    assert [t.text for t in found.doers] == ["HOODED MEN", "JUAN MOJICA"]


def test_a_body_told_by_its_other_name_is_one(told: Told, incident: Made) -> None:
    name = "RED DAWN COLUMN"
    readings = [
        told(0, perpetrators=(Perpetrator(name, name, "armed_group", "asserted", "", 0, 1),)),
        told(1, perpetrators=(Perpetrator("THE COLUMN", name, "armed_group", "suspected", "", 0, 1),)),
    ]
    found = story.gather(incident(*readings), readings)
    assert [(t.text, t.said) for t in found.bodies] == [(name, {"asserted", "suspected"})]


def test_weapons_and_acts(told: Told, incident: Made) -> None:
    readings = [
        told(0, act="bombing", instruments=(Instrument("A HOME-MADE BOMB", "bomb", 0, 1),)),
        told(1, act="other", instruments=(Instrument("THE BOMB", "bomb", 0, 1),)),
    ]
    found = story.gather(incident(*readings), readings)
    assert [(t.text, t.class_, len(t.claims)) for t in found.weapons] == [("HOME-MADE BOMB", "bomb", 2)]
    assert list(story.acts(readings)) == ["bombing"]


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("SENATOR RAUL QUINTO", "SENATOR RAUL QUINTO", ("RAUL QUINTO", "SENATOR")),
        ("MR. QUINTO", "MR. QUINTO", ("QUINTO", "")),
        ("THE WOMEN", "WOMEN", ("", "THE WOMEN")),
        ("RAUL QUINTO", "RAUL QUINTO", ("RAUL QUINTO", "")),
        ("A BAKER", "", ("", "A BAKER")),
    ],
)
def test_titles_in_a_name_describe_and_crowds_have_none(text: str, name: str, expected: tuple[str, str]) -> None:
    assert story._called(text, name, []) == expected


def test_a_surname_told_again_is_the_person_told_before(told: Told, incident: Made) -> None:
    readings = [
        told(0, victims=victims("RAUL QUINTO", "RAUL QUINTO")),
        told(1, victims=victims("SENATOR QUINTO")),
    ]
    found = story.gather(incident(*readings), readings)
    assert [(p.name, p.desc) for p in found.people] == [("RAUL QUINTO", "SENATOR")]


def test_nobody_is_no_victim(told: Told, incident: Made) -> None:
    readings = [told(0, victims=victims("NONE"))]
    assert story.gather(incident(*readings), readings).people == []


def test_a_plural_and_a_part_are_the_same_people(told: Told, incident: Made) -> None:
    readings = [told(0, victims=victims("THE FRANCISCANS")), told(1, victims=victims("FRANCISCAN FRIARS"))]
    assert [p.desc for p in story.gather(incident(*readings), readings).people] == ["FRANCISCAN FRIARS"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("REBELS OF THE RED DAWN COLUMN OF THE SOUTH", "REBELS"),
        ("REBELS OF THE COLUMN", "REBELS OF THE COLUMN"),
        ("A GROUP OF SIX HOODED ARMED YOUNG MEN", "A GROUP OF SIX HOODED ARMED YOUNG MEN"),
    ],
)
def test_doers_are_named_without_a_long_of_part(text: str, expected: str) -> None:
    assert story._short(text) == expected


def test_how_sure_the_reader_is_of_each_part_is_read_from_the_claim(told: Told, incident: Made) -> None:
    doers = tuple(Perpetrator(t, "", "unknown", "asserted", "", 0, 1) for t in ("HOODED MEN", "BAKERS"))
    reading = told(0, perpetrators=doers, made_by=(("perpetrators", "trained 0.61 0.35"),), confidence=0.9)
    found = story.gather(incident(reading), [reading])
    assert [(t.text, t.sure) for t in found.doers] == [("HOODED MEN", 0.61), ("BAKERS", 0.35)]
    plain = told(0, perpetrators=doers, confidence=0.9, made_by=())
    assert [t.sure for t in story.gather(incident(plain), [plain]).doers] == [0.9, 0.9]


def body(name: str, text: str = "") -> Perpetrator:
    return Perpetrator(text or name, name, "armed_group", "asserted", "", 0, 1)


def test_a_story_may_borrow_the_doers_and_bodies_of_others_but_not_those_it_holds(told: Told, incident: Made) -> None:
    men = Perpetrator("HOODED MEN", "", "unknown", "asserted", "", 0, 1)
    readings = [
        told(0, perpetrators=(body("RED DAWN COLUMN"),)),
        told(9, perpetrators=(body("RED DAWN COLUMN", "THE COLUMN"), body("NORTHERN BLOC"), men)),
        told(20, perpetrators=(body("NORTHERN BLOC"),), targets=(Target("A MILL", "other", None, "", 0, 1),)),
    ]
    stories = [story.gather(incident(r), [r]) for r in readings]
    found = story.borrowed(stories[0], stories)
    assert {role: [t.text for t in things] for role, things in found.items()} == {
        "doer": ["HOODED MEN"],
        "org": ["NORTHERN BLOC"],
    }
    assert story.borrowed(stories[0], stories[:1]) == {"doer": [], "org": []}


@given(st.lists(st.lists(st.sampled_from(["RED DAWN COLUMN", "NORTHERN BLOC", "SOUTHERN FRONT"])), max_size=4))
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_borrowed_and_what_is_held_are_all_bodies_each_once(
    told: Told, incident: Made, names: list[list[str]]
) -> None:
    readings = [told(n, perpetrators=tuple(body(name) for name in held)) for n, held in enumerate(names)]
    stories = [story.gather(incident(r), [r]) for r in readings]
    for one in stories:
        both = [t.text for t in (*one.bodies, *story.borrowed(one, stories)["org"])]
        assert sorted(both) == sorted({name for held in names for name in held})


# By hand: these describe, everything else is rather a name.
DESCRIBING = (
    "PARTY",
    "LEADER",
    "OWNER",
    "BAKERS",
    "VILLAGE",
    "MAYOR",
    "OF",
    "THE",
    "TWO",
    "NEWSMAN",
    "GOVERNOR",
    "MR.",
)
NAMED = Linear(("name",), (1.0,), {f"w={w}": (-4.0,) for w in DESCRIBING}, exclusive=False)


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("PARTY LEADER CECILIO RIVETA", "CECILIO RIVETA", ("CECILIO RIVETA", "PARTY LEADER")),
        ("PARTY LEADER CECILIO RIVETA", "", ("CECILIO RIVETA", "PARTY LEADER")),
        ("OWNER, MARIA TERESA", "MARIA TERESA", ("MARIA TERESA", "OWNER")),
        ("RIVETA, OWNER OF THE VILLAGE", "RIVETA", ("RIVETA", "OWNER OF THE VILLAGE")),
        ("MARIA TERESA", "MARIA TERESA LANOS", ("MARIA TERESA LANOS", "")),
        ("NEWSMAN EMILIO J. PACHETO", "NEWSMAN EMILIO J. PACHETO", ("EMILIO J. PACHETO", "NEWSMAN")),
        ("MR. RIVETA", "MR. RIVETA", ("RIVETA", "")),
        ("BAKERS", "BAKERS", ("", "BAKERS")),
        ("MAYOR OF ARENA", "", ("", "MAYOR OF ARENA")),
        ("VILLAGE NEIGHBOURS", "", ("", "VILLAGE NEIGHBOURS")),
    ],
)
def test_names_are_parted_from_what_describes_them_by_their_words(
    text: str, name: str, expected: tuple[str, str]
) -> None:
    assert story.parted(text, name, NAMED) == expected


@given(st.lists(st.sampled_from([*DESCRIBING, "CECILIO", "RIVETA", "LANOS"]), min_size=1, max_size=6))
@settings(max_examples=40)
def test_no_word_is_in_both_and_none_is_made_up(words: list[str]) -> None:
    name, desc = story.parted(" ".join(words), "", NAMED)
    assert not set(name.split()) & set(desc.split())
    assert set(name.split()) | set(desc.split()) <= set(words)
    assert name == "" or name.split()[-1] == words[-1]


@pytest.mark.parametrize(
    ("name", "names", "expected"),
    [
        ("RIVETA", {"CECILIO RIVETA", "ANA LANOS"}, "CECILIO RIVETA"),
        ("CECILIO RIVETA", {"CECILIO JOSE RIVETA", "RIVETA"}, "CECILIO JOSE RIVETA"),
        ("RIVETA", {"CECILIO RIVETA", "CECILIO JOSE RIVETA"}, "CECILIO JOSE RIVETA"),
        ("RIVETA", {"CECILIO RIVETA", "MARIA RIVETA"}, "RIVETA"),
        ("RIVETA", set(), "RIVETA"),
        ("", {"CECILIO RIVETA"}, ""),
    ],
)
def test_a_name_is_told_in_full_where_only_one_person_bears_it(name: str, names: set[str], expected: str) -> None:
    assert story.fullest(name, names) == expected


def test_a_story_names_its_people_as_fully_as_the_report_does(told: Told, incident: Made) -> None:
    reading = told(0, victims=victims("MAYOR RIVETA", "RIVETA"))
    found = story.gather(incident(reading), [reading], {"CECILIO RIVETA"}, NAMED)
    assert [(p.name, p.desc) for p in found.people] == [("CECILIO RIVETA", "MAYOR")]
    crowd = told(0, victims=victims("THE TWO BAKERS", "BAKERS"))
    assert [(p.name, p.desc) for p in story.gather(incident(crowd), [crowd], (), NAMED).people] == [("", "BAKERS")]
