"""When and where: the forms that the claims of a story allow, and the one that is chosen."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import muc_choose as choose
from muc_story import Story, gather

from corrobora.linear import Linear
from corrobora.model import Incident, Period, Place, Reading, Span

Told = Callable[..., Reading]
Made = Callable[..., Incident]
NIGHT = Period("", "1991-05-03/1991-05-04", date(1991, 5, 3), date(1991, 5, 4), "days", "relative to publication", 0, 9)


def one(incident: Made, *readings: Reading) -> Story:
    return gather(incident(*readings), list(readings))


def spot(name: str, precision: str = "town", admin1: str = "") -> Place:
    return Place(name, name, "geonames:1", -12.0, -77.0, 2.0, precision, admin1, "", "PE", 0, len(name), ("named",))


def test_a_day_can_be_given_or_left_at_on_or_before_the_report(told: Told, incident: Made) -> None:
    found = choose.dates(one(incident, told(0)))
    assert set(found) == {"03 MAY 91", "- 14 MAY 91", "- 03 MAY 91"}
    assert "default" in found["- 14 MAY 91"]
    assert {"day", "incident=True", "claims=1"} <= found["03 MAY 91"]


def test_a_night_can_be_either_of_its_days(told: Told, incident: Made) -> None:
    found = choose.dates(one(incident, told(0, period=NIGHT)))
    assert {"03 MAY 91 - 04 MAY 91", "03 MAY 91", "04 MAY 91"} <= set(found)
    assert "last day" in found["04 MAY 91"]


def test_days_that_more_claims_give_say_so(told: Told, incident: Made) -> None:
    found = choose.dates(one(incident, told(0), told(1), told(2, period=NIGHT)))
    assert "claims=3" in found["03 MAY 91"]
    assert "claims=1" in found["04 MAY 91"]


def test_a_report_without_a_day_of_its_own_has_no_forms(told: Told, incident: Made) -> None:
    assert choose.dates(one(incident, replace(told(0), published=None))) == {}


def test_a_place_can_be_given_or_left_at_its_country(told: Told, incident: Made) -> None:
    story = one(incident, told(0))
    found = choose.places(story, [story])
    assert set(found) == {"PERU", "PERU: PUERTO ARENA"}
    assert "levels=1, named by 1" in found["PERU: PUERTO ARENA"]
    assert "in scope=True" in found["PERU"]


def test_an_area_that_the_report_names_may_stand_before_the_town(told: Told, incident: Made) -> None:
    where = spot("Quillapata", admin1="Puno Department")
    story = one(incident, told(0, place=where, quote="QUILLAPATA IN PUNO IS QUIET"))
    assert "PERU: PUNO: QUILLAPATA" in choose.places(story, [story])
    silent = one(incident, told(0, place=where, quote="QUILLAPATA IS QUIET"))
    assert "PERU: PUNO: QUILLAPATA" not in choose.places(silent, [silent])


def test_a_town_of_one_claim_may_hold_the_quarter_of_another(told: Told, incident: Made) -> None:
    story = one(incident, told(0, place=spot("Arena")), told(1, place=spot("El Molino", "neighbourhood")))
    assert "PERU: ARENA: EL MOLINO" in choose.places(story, [story])
    assert "PERU: EL MOLINO: ARENA" not in choose.places(story, [story])


def test_the_words_of_the_claim_are_a_form_beside_the_gazetteers(told: Told, incident: Made) -> None:
    reading = told(0, place=spot("Arena"), quote="IN PUERTO ARENA")
    claim = replace(reading.claim, place=Span(3, 15, "PUERTO ARENA"))
    story = one(incident, replace(reading, claim=claim))
    assert {"PERU: ARENA", "PERU: PUERTO ARENA"} <= set(choose.places(story, [story]))


def test_the_country_of_the_reports_other_stories_is_a_form_too(told: Told, incident: Made) -> None:
    story = one(incident, told(0))
    other = one(incident, told(5, place=replace(spot("Bogota"), country="CO")))
    assert "COLOMBIA" in choose.places(story, [story, other])


def test_the_most_probable_form_is_chosen_and_the_rule_where_there_is_no_model() -> None:
    model = Linear(("yes",), (0.0,), {"default": (1.0,), "day": (2.0,)}, exclusive=False)
    forms = {"a": frozenset({"default"}), "b": frozenset({"day"})}
    assert choose.choose(forms, model, lambda: "rule") == "b"
    assert choose.choose(forms, None, lambda: "rule") == "rule"
    assert choose.choose({}, model, lambda: "rule") == "rule"
