"""How a registry of incidents counts: everyone harmed, the dead never as wounded too, as most reports say."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corrobora.model import Incident, Reading
from corrobora.review.persons import Person
from corrobora.review.registry import registered
from corrobora.review.statements import Statement, statements

Told = Callable[..., Reading]
Gather = Callable[..., Incident]


@pytest.fixture(scope="session")
def counted(incident: Gather) -> Callable[..., dict[str, int | None]]:
    def rule(*readings: Reading) -> dict[str, int | None]:
        found = registered(statements(incident(*readings), {r.claim.id: r for r in readings}))
        assert all(figure.low == figure.high and figure.rule == "registry" for figure in found)
        return {figure.harm: figure.low for figure in found}

    return rule


def test_who_was_shot_and_died_is_not_wounded_too(told: Told, counted: Callable[..., dict[str, int | None]]) -> None:
    shot = told("c_1", low=5, harm="injured", quote="Five people were shot", victims="unknown")
    dead = told("c_2", low=3, quote="three died", victims="unknown")
    assert counted(shot, dead) == {"killed": 3, "injured": 2}
    assert counted(shot) == {"injured": 5}


def test_a_report_that_says_nothing_of_wounded_does_not_say_none(
    told: Told, counted: Callable[..., dict[str, int | None]]
) -> None:
    dead = [told(f"c_{n}", document, low=9) for n, document in enumerate("abc")]
    wounded = told("c_9", "d", low=17, harm="injured", quote="17 were wounded")
    assert counted(*dead, wounded) == {"killed": 9, "injured": 17}
    assert counted(*dead) == {"killed": 9}
    none = [
        told(f"c_{n}", document, low=0, high=0, harm="injured", victims="unknown")
        for n, document in enumerate("ef", 20)
    ]
    assert counted(*dead, wounded, *none) == {"killed": 9, "injured": 0}


def test_who_is_told_to_be_wounded_lives(told: Told, counted: Callable[..., dict[str, int | None]]) -> None:
    dead = told("c_1", low=1, quote="one man was killed", victims="unknown")
    others = told("c_2", low=2, harm="injured", quote="two others were shot", victims="unknown")
    wounded = told("c_3", low=2, harm="injured", quote="two were wounded", victims="unknown")
    assert counted(dead, others) == {"killed": 1, "injured": 2}
    assert counted(dead, wounded) == {"killed": 1, "injured": 2}


def test_attackers_are_counted_beside_the_others(told: Told, counted: Callable[..., dict[str, int | None]]) -> None:
    victims = told("c_1", low=4, victims="civilian")
    gunman = told("c_2", low=1, victims="armed_group")
    assert counted(victims, gunman) == {"killed": 5}
    himself = told("c_3", low=1, victims="unknown")
    himself = replace(himself, claim=replace(himself.claim, made_by=(("harm", "grammar:own-hand"),)))
    assert counted(victims, himself) == {"killed": 4}
    by_him = told("c_4", low=4, victims="civilian", actor="a man")
    assert counted(by_him, himself) == {"killed": 5}


def test_an_attacker_is_among_the_dead_unless_others_killed_them(
    told: Told, counted: Callable[..., dict[str, int | None]]
) -> None:
    gunman = told("c_2", low=1, victims="unknown", whom="the gunman")
    gunman = replace(gunman, claim=replace(gunman.claim, made_by=(("harm", "grammar:own-hand"),)))
    toll = told("c_1", low=4, victims="unknown", whom="Four people", quote="Four people are dead")
    others = told("c_3", low=3, victims="unknown", whom="three others", quote="killed three others", actor="a man")
    assert counted(toll, gunman) == {"killed": 4}
    assert counted(others, gunman) == {"killed": 4}


def test_who_is_told_to_have_shot_herself_is_the_one_who_died(
    told: Told, counted: Callable[..., dict[str, int | None]]
) -> None:
    girl = told("c_1", low=1, victims="unknown", whom="a 4-year-old girl")
    herself = told("c_2", low=1, victims="unknown", whom="The girl")
    herself = replace(herself, claim=replace(herself.claim, made_by=(("harm", "grammar:verb-reflexive"),)))
    father = told("c_3", low=1, victims="unknown", whom="her father")
    assert counted(girl, herself) == {"killed": 1}
    assert counted(girl, herself, father) == {"killed": 2}


def test_who_died_by_his_own_hand_is_the_body_that_was_found_unless_he_killed_others_first(
    told: Told, counted: Callable[..., dict[str, int | None]]
) -> None:
    def own_hand(claim: str, whom: str, quote: str) -> Reading:
        said = told(claim, low=1, victims="unknown", whom=whom, quote=quote)
        return replace(said, claim=replace(said.claim, made_by=(("harm", "grammar:verb-reflexive"),)))

    himself = own_hand("c_1", "a Kelm man", "a Kelm man accidentally shot himself")
    body = told("c_2", low=1, victims="unknown", whom="Ivo Marn", names=("Ivo Marn",), quote="the body of Ivo Marn")
    assert counted(himself, body) == {"killed": 1}
    after = own_hand("c_3", "a Kelm man", "a Kelm man shot a guest before killing himself")
    assert counted(after, body) == {"killed": 2}
    by_him = told("c_4", low=1, victims="unknown", whom="Ivo Marn", names=("Ivo Marn",), actor="a Kelm man")
    assert counted(himself, by_him) == {"killed": 2}
    woman = told("c_5", low=1, victims="unknown", whom="his wife")
    assert counted(himself, woman) == {"killed": 2}


@pytest.mark.parametrize("rule", ["with-wounds", "taken-hospital", "hit-by"])
def test_who_was_found_with_wounds_may_be_the_dead(
    rule: str, told: Told, counted: Callable[..., dict[str, int | None]]
) -> None:
    found = told("c_1", low=2, harm="injured", victims="unknown", quote="found a mother and her son with wounds")
    found = replace(found, claim=replace(found.claim, made_by=(("harm", f"grammar:{rule}"),)))
    dead = told("c_2", low=1, victims="unknown", quote="the boy died")
    assert counted(found, dead) == {"killed": 1, "injured": 1}
    others = replace(found, claim=replace(found.claim, quote="two others were found with wounds"))
    assert counted(others, dead) == {"killed": 1, "injured": 2}


def test_who_is_told_to_be_wounded_is_not_the_dead_suspect(
    told: Told, counted: Callable[..., dict[str, int | None]]
) -> None:
    officer = told("c_1", low=1, harm="injured", victims="security_force", whom="an officer", quote="shot an officer")
    suspect = told("c_2", low=1, victims="unknown", whom="the suspect", quote="the suspect was killed")
    assert counted(officer, suspect) == {"killed": 1, "injured": 1}
    man = told("c_3", low=1, harm="injured", victims="unknown", whom="a man", quote="a man was shot and wounded")
    assert counted(man, suspect) == {"killed": 1, "injured": 1}
    shot = told("c_4", low=1, harm="injured", victims="unknown", whom="a man", quote="a man was shot")
    assert counted(shot, suspect) == {"killed": 1, "injured": 0}


@pytest.mark.parametrize("whom", ["three officers", "all three victims", "three members of his family"])
def test_the_doer_is_beside_those_who_suffered(
    whom: str, told: Told, counted: Callable[..., dict[str, int | None]]
) -> None:
    three = told("c_1", low=3, victims="unknown", whom=whom, quote=f"{whom} were killed")
    suspect = told("c_2", low=1, victims="unknown", whom="the suspect", quote="the suspect died")
    assert counted(three, suspect) == {"killed": 4}
    assert counted(three) == {"killed": 3}
    people = told("c_3", low=3, victims="unknown", whom="three people", quote="three people are dead")
    assert counted(people, suspect) == {"killed": 3}


def test_none_of_some_people_is_no_figure_of_all(told: Told, counted: Callable[..., dict[str, int | None]]) -> None:
    inside = told("c_1", low=0, harm="injured", victims="unknown", quote="no one inside was hurt")
    outside = told("c_2", low=2, harm="injured", victims="unknown", quote="two officers were injured", start=90)
    assert counted(inside, outside) == {"injured": 2}
    assert counted(inside) == {"injured": 0}


def test_who_lived_in_one_report_and_died_by_a_later_one_is_moved(
    told: Told, counted: Callable[..., dict[str, int | None]]
) -> None:
    def boy(claim: str, document: str, harm: str, age: int, published: str) -> Reading:
        whom, quote = f"a {age}-year-old boy", "was in critical condition" if harm == "injured" else "died"
        return told(claim, document, low=1, harm=harm, victims="unknown", whom=whom, quote=quote, published=published)

    alive = boy("c_1", "a", "injured", 15, "2031-05-05")
    assert counted(alive, boy("c_2", "b", "killed", 15, "2031-05-07")) == {"killed": 1, "injured": 0}
    assert counted(alive, boy("c_3", "b", "killed", 9, "2031-05-07")) == {"killed": 1, "injured": 1}
    assert counted(alive, boy("c_4", "b", "killed", 15, "2031-05-03")) == {"killed": 1, "injured": 1}


@pytest.mark.parametrize("joint", ["and", ", along with", "as well as"])
def test_people_named_with_another_are_all_who_were_shot(
    joint: str, told: Told, counted: Callable[..., dict[str, int | None]]
) -> None:
    whom = f"The two{joint if joint[0] == ',' else ' ' + joint} another woman"
    shot = told("c_1", low=3, harm="injured", victims="unknown", whom=whom, quote=f"{whom} were shot")
    dead = told("c_2", low=2, victims="unknown", quote="two died")
    assert counted(shot, dead) == {"killed": 2, "injured": 1}


def test_reports_of_wounded_alone_stand_against_one_of_a_death(
    told: Told, counted: Callable[..., dict[str, int | None]]
) -> None:
    def hurt(document: str, published: str) -> Reading:
        return told(f"c_{document}", document, low=4, harm="injured", quote="four were wounded", published=published)

    recalled = told("c_9", "d", low=1, victims="unknown", quote="left a man dead", published="2031-05-05")
    same_day = [hurt(name, "2031-05-05") for name in "ab"]
    assert counted(recalled, *same_day) == {"killed": 0, "injured": 4}
    assert counted(recalled, same_day[0]) == {"killed": 1, "injured": 4}
    before = [hurt(name, "2031-05-04") for name in "abc"]
    assert counted(recalled, *before) == {"killed": 1, "injured": 4}


def test_people_who_are_told_apart_are_counted(told: Told, counted: Callable[..., dict[str, int | None]]) -> None:
    girl = told("c_1", low=1, harm="injured", victims="unknown", whom="a 10-year-old girl", quote="a girl was hit")
    woman = told("c_2", low=1, harm="injured", victims="unknown", whom="a 19-year-old woman", quote="shot a woman")
    again = told("c_3", low=1, harm="injured", victims="unknown", whom="the girl", quote="the girl was shot")
    assert counted(girl, woman, again) == {"injured": 2}
    man = told("c_4", low=1, victims="unknown", whom="a man")
    assert counted(girl, woman, again, man) == {"injured": 2, "killed": 1}
    dead = told("c_5", low=1, victims="unknown", whom="the woman")
    assert counted(girl, woman, again, dead) == {"injured": 1, "killed": 1}


def test_another_man_whom_a_man_shot_may_be_the_dead(told: Told, counted: Callable[..., dict[str, int | None]]) -> None:
    shot = told("c_1", low=1, harm="injured", victims="unknown", whom="another man", quote="shot another man")
    by_verb = replace(shot, claim=replace(shot.claim, made_by=(("harm", "grammar:verb-object"),)))
    dead = told("c_2", low=1, victims="unknown", whom="he", quote="he was pronounced dead")
    assert counted(by_verb, dead) == {"injured": 0, "killed": 1}
    assert counted(shot, dead) == {"injured": 1, "killed": 1}


def test_one_and_four_others_are_all_who_were_shot(told: Told, counted: Callable[..., dict[str, int | None]]) -> None:
    shot = told("c_1", low=5, harm="injured", victims="unknown", whom="Resk and four others", quote="were shot")
    dead = told("c_2", low=1, victims="unknown", whom="Resk")
    assert counted(shot, dead) == {"injured": 4, "killed": 1}
    four = told("c_3", low=4, harm="injured", victims="unknown", whom="four others", quote="four others were shot")
    assert counted(four, dead) == {"injured": 4, "killed": 1}


def test_most_reports_decide_and_of_equals_the_smaller_of_the_dead_and_the_larger_of_the_hurt(
    told: Told, counted: Callable[..., dict[str, int | None]]
) -> None:
    first, second = told("c_1", "a", low=2), told("c_2", "b", low=2)
    third = told("c_3", "c", low=9)
    assert counted(first, second, third) == {"killed": 2}
    assert counted(first, third) == {"killed": 2}
    few, many = told("c_4", "a", low=2, harm="injured"), told("c_5", "b", low=9, harm="injured")
    assert counted(few, many) == {"injured": 9}


def test_a_reports_wounded_are_the_number_that_it_says_most_often_or_first(
    told: Told, counted: Callable[..., dict[str, int | None]]
) -> None:
    def hurt(name: str, low: int, start: int) -> Reading:
        return told(name, low=low, harm="injured", victims="unknown", start=start)

    lead, elsewhere, again = hurt("c_1", 3, 10), hurt("c_2", 39, 500), hurt("c_3", 3, 700)
    assert counted(lead, elsewhere) == {"injured": 3}
    assert counted(elsewhere, hurt("c_4", 4, 800)) == {"injured": 39}
    assert counted(elsewhere, hurt("c_5", 3, 600), again) == {"injured": 3}


def test_a_voices_earlier_figure_still_counts_as_one_reports(
    told: Told, counted: Callable[..., dict[str, int | None]]
) -> None:
    early = [told(f"c_{n}", str(n), low=4, harm="injured", outlet="The Post") for n in (1, 2)]
    late = told("c_3", "c", low=3, harm="injured", outlet="The Post", published="2031-05-09")
    assert counted(*early, late) == {"injured": 4}


def test_who_was_struck_or_brought_to_hospital_may_be_the_dead(
    told: Told, counted: Callable[..., dict[str, int | None]]
) -> None:
    def by_rule(reading: Reading, rule: str) -> Reading:
        return replace(reading, claim=replace(reading.claim, made_by=(("harm", f"grammar:{rule}"),)))

    dead = told("c_1", low=1, victims="unknown", whom="Ivo Resk", names=("Ivo Resk",))
    for rule in ("hit-by", "taken-hospital", "with-wounds"):
        struck = told("c_2", low=1, harm="injured", victims="unknown", whom="Resk", names=("Resk",))
        assert counted(dead, by_rule(struck, rule)) == {"killed": 1, "injured": 0}
    both = told("c_3", low=2, harm="injured", victims="unknown", whom="Both victims")
    assert counted(dead, both) == {"killed": 1, "injured": 1}
    named = told("c_4", low=1, harm="injured", victims="unknown", whom="Resk", names=("Resk",), quote="hurt Resk")
    assert counted(dead, named) == {"killed": 1, "injured": 0}


def test_vague_words_and_parts_count_nothing(told: Told, counted: Callable[..., dict[str, int | None]]) -> None:
    assert counted(told("c_1", low=24, high=None, qualifier="vague")) == {}
    whole = told("c_1", low=9, victims="unknown")
    assert counted(whole, told("c_2", low=4, victims="civilian", part_of="c_1")) == {"killed": 9}


STATEMENT = st.builds(
    Statement,
    harm=st.sampled_from(["killed", "injured"]),
    low=st.integers(0, 40),
    high=st.none(),
    qualifier=st.sampled_from(["exact", "at_least", "vague"]),
    voice=st.just("v"),
    document=st.sampled_from(["a", "b", "c"]),
    order=st.just(""),
    side=st.sampled_from(["victims", "attackers"]),
    status=st.just("unknown"),
    part=st.booleans(),
    current=st.booleans(),
    claims=st.just(("c_1",)),
    open=st.booleans(),
    who=st.sampled_from([None, Person(), Person("he"), Person("she", 9)]),
    besides=st.booleans(),
    start=st.integers(0, 3),
)


@given(st.lists(STATEMENT, max_size=8))
def test_figures_are_never_negative_and_do_not_depend_on_order(found: list[Statement]) -> None:
    figures = registered(found)
    assert all(figure.low is not None and figure.low >= 0 for figure in figures)
    turned = registered(found[::-1])
    assert [(f.harm, f.low) for f in figures] == [(f.harm, f.low) for f in turned]


@given(st.lists(STATEMENT, max_size=8))
def test_no_figure_is_larger_than_what_is_told(found: list[Statement]) -> None:
    told = [s for s in found if not s.part and not s.vague]
    for figure in registered(found):
        of_harm = [s.named for s in told if s.harm == figure.harm]
        assert figure.low is not None
        people = sum(s.who is not None for s in found)
        assert figure.low <= max(2 * max(of_harm, default=0), people)
