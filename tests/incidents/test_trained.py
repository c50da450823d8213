"""Linking the trained reader's claims within one report: by cues that a coder would name."""

from dataclasses import replace
from datetime import date

import pytest

from corrobora import incidents, linear
from corrobora.incidents import accounts, trained
from corrobora.linear import Linear, Weights
from corrobora.model import Claim, Count, Instrument, Period, Perpetrator, Place, Reading, Target, Victims

CLAIM = Claim(
    id="c_0",
    document="d",
    start=0,
    end=80,
    quote="A bomb hurt two bakers.",
    act="bombing",
    harm="injured",
    count=Count(None, None, "none"),
    victims=Victims("two bakers", "unknown", (), (), 0, 10),
    perpetrators=(),
    targets=(),
    instruments=(),
    place=None,
    time=None,
    attribution=(),
    stance="asserts",
    modality="actual",
    scope="incident",
    evidence=(),
    mentions=(),
    part_of="",
    confidence=0.8,
    made_by=(("roles", "trained:roles"),),
    reader="test",
)
DAY = Period("", "1991-05-03", date(1991, 5, 3), date(1991, 5, 3), "day", "", 0, 5)
ARENA = Place("Arena", "Arena", "project:arena", -12.0, -77.0, 2.0, "town", "", "", "PE", 0, 5)


def told(number: int, gap: int = 100, **parts: object) -> Reading:
    start = number * (80 + gap)
    claim = replace(CLAIM, id=f"c_{number}", start=start, end=start + 80, **parts)  # type: ignore[arg-type]
    return Reading(claim, "d", "", date(1991, 5, 4), ARENA, DAY, (), "", ())


def test_only_claims_of_the_trained_reader_are_linked_by_weights() -> None:
    grammar = told(1, made_by=(("harm", "grammar:verb-object"),))
    assert trained.applies(told(0), told(1))
    assert not trained.applies(told(0), grammar)
    assert accounts.evidence(told(0), grammar) == accounts.score(told(0), grammar)


def test_cues_do_not_depend_on_the_order() -> None:
    first, second = told(0), told(3, act="arson", quote="Meanwhile, a mill burned.")
    assert trained.cues(first, second) == trained.cues(second, first)


def test_cues_name_what_is_shared() -> None:
    found = trained.cues(told(0), told(1, quote="The bakers were in the mill."))
    assert {"acts=bombing|bombing", "days=same", "place=same", "victims=same", "kinds=v|v", "gap=2"} <= found


def test_cues_name_what_is_not() -> None:
    other = told(1, act="abduction", harm="abducted", victims=Victims("a nurse", "unknown", (), (), 0, 7))
    found = trained.cues(told(0), other)
    assert {"acts=abduction|bombing", "harms=abducted|injured", "victims=other"} <= found


@pytest.mark.parametrize(
    ("quote", "cue"),
    [
        ("Meanwhile, a mill burned in the north.", "opens=meanwhile"),
        ("In another village, two men were hurt.", "opens=another"),
        ("The attack cost two lives.", "opens=the attack"),
    ],
)
def test_words_that_open_another_story_are_cues(quote: str, cue: str) -> None:
    assert cue in trained.cues(told(0), told(1, quote=quote))
    assert not any(c.startswith("opens=") for c in trained.cues(told(0), told(0, quote=quote)))


def test_the_parts_of_a_claim_are_known_by_their_kinds() -> None:
    full = told(
        1,
        victims=None,
        targets=(Target("a mill", "other", None, "", 0, 6),),
        instruments=(Instrument("dynamite", "bomb", 0, 8),),
        perpetrators=(Perpetrator("hooded men", "", "unknown", "asserted", "", 0, 10),),
    )
    found = trained.cues(told(0), full)
    assert {"kinds=v|twd", "victims=one", "targets=one", "weapons=one", "doers=one"} <= found


def test_two_claims_of_one_sentence_say_so() -> None:
    second = replace(told(0), claim=replace(told(0).claim, id="c_9"))
    assert "one sentence" in trained.cues(told(0), second)
    assert "one sentence" not in trained.cues(told(0), told(1))


def test_a_score_is_that_of_the_weights_less_what_is_asked() -> None:
    model = Linear(("same",), (0.5,), {"victims=same": (2.0,)}, exclusive=False)
    weights = Weights("t", {"same": model}, {"least.same": 1.0})
    assert trained.score(told(0), told(1), weights) == pytest.approx(1.5)


def test_the_shipped_weights_join_what_is_one_and_part_what_is_two() -> None:
    same = trained.score(told(0), told(1))
    apart = trained.score(
        told(0),
        told(
            20,
            act="abduction",
            harm="abducted",
            quote="Meanwhile, in another town a nurse was kidnapped.",
            victims=Victims("a nurse", "unknown", (), (), 0, 7),
        ),
    )
    assert same > apart
    assert set(trained.shipped().models) == {"same"}
    assert isinstance(trained.shipped(), linear.Weights)


def test_a_report_of_two_attacks_gives_two_incidents() -> None:
    elsewhere = replace(
        told(
            20,
            act="abduction",
            harm="abducted",
            quote="Meanwhile, in another town a nurse was kidnapped.",
            victims=Victims("a nurse", "unknown", (), (), 0, 7),
        ),
        place=replace(ARENA, name="Loma Alta", id="project:loma", lat=-15.0, lon=-70.0),
        period=replace(DAY, earliest=date(1991, 4, 1), latest=date(1991, 4, 1)),
    )
    found = incidents.link([told(0), told(1), elsewhere], []).incidents
    assert sorted(len(i.claims) for i in found) == [1, 2]
