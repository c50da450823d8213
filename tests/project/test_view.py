"""One question selects alike for list, map, timeline and export, and what it selects is whole."""

from dataclasses import fields, replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corrobora.model import Filter, Period, Reading, Record
from corrobora.project import Project
from corrobora.project.view import _has, _meets

QUESTIONS = st.builds(
    Filter,
    harm=st.sampled_from(["", "killed", "injured", "abducted", "tortured"]),
    scope=st.sampled_from(["", "incident", "total"]),
    place=st.sampled_from(["", "Dorvan", "dorvan", "Eskadir", "nowhere", "province"]),
    country=st.sampled_from(["", "ZZ", "zz", "SY"]),
    speaker=st.sampled_from(["", "monitor", "MINISTRY", "nobody at all"]),
    outlet=st.sampled_from(["", "courier", "Lantern"]),
    words=st.sampled_from(["", "market", "clinic drone", "zzzz"]),
    earliest=st.sampled_from([None, date(2026, 3, 1), date(2026, 3, 9)]),
    latest=st.sampled_from([None, date(2026, 3, 5), date(2030, 1, 1)]),
    decided=st.sampled_from(["", "undecided", "accepted", "rejected"]),
)
FEW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def ids(record: Record) -> set[str]:
    return {r.claim.id for r in record.readings}


@FEW
@given(QUESTIONS)
def test_what_is_selected_is_part_of_the_whole_in_the_same_order(demo: Project, question: Filter) -> None:
    whole, part = demo.record(), demo.record(question)
    for name in ("documents", "readings", "incidents", "tolls", "assessments", "decisions"):
        chosen = list(getattr(part, name))
        assert [item for item in getattr(whole, name) if item in chosen] == chosen


@FEW
@given(QUESTIONS)
def test_an_incident_comes_whole_with_its_assessment(demo: Project, question: Filter) -> None:
    part = demo.record(question)
    for incident in part.incidents:
        assert set(incident.claims) <= ids(part) | {r.claim.id for r in part.machine}
    assert {a.incident for a in part.assessments} == {i.id for i in part.incidents}
    for toll in part.tolls:
        assert {step.claim for step in toll.steps} <= ids(part)


@FEW
@given(QUESTIONS, QUESTIONS)
def test_asking_more_never_finds_more(demo: Project, a: Filter, b: Filter) -> None:
    joined = {f.name: getattr(a, f.name) or getattr(b, f.name) for f in fields(Filter)}
    both = Filter(**joined)
    if all(getattr(a, f.name) in ("", None, getattr(both, f.name)) for f in fields(Filter)):
        found, wider = demo.record(both), demo.record(a)
        assert {i.id for i in found.incidents} <= {i.id for i in wider.incidents}
        assert ids(found) <= ids(wider)


@pytest.mark.parametrize("name", ["harm", "scope", "act"])
def test_the_values_of_a_term_part_the_claims_between_them(demo: Project, name: str) -> None:
    whole = demo.record()
    values = {getattr(r.claim, name) for r in whole.readings} - {""}
    found: set[str] = set()
    for value in values:
        found |= {r.claim.id for r in demo.record(Filter(**{name: value})).readings}
    assert {r.claim.id for r in whole.readings if getattr(r.claim, name)} <= found


def test_a_document_without_a_claim_is_found_by_its_words_and_by_its_id(demo: Project) -> None:
    (silent,) = [line for line in demo.record().documents if line.document.file == "16_correo.txt"]
    assert silent.claims == 0
    assert silent in demo.record(Filter(document=silent.document.id)).documents
    assert silent in demo.record(Filter(words="proyectiles")).documents


def test_the_record_is_loaded_once_for_each_version(own: Project) -> None:
    first = own.record()
    assert own.record() is first
    own.decide("accept", [first.readings[0].claim.id], who="A. B.")
    assert own.record() is not first


@pytest.mark.parametrize(
    ("asked", "names", "found"),
    [
        ("fievre", ("Myriam Fièvre",), True),
        ("FIÈVRE", ("myriam fievre",), True),
        ("straße", ("Strasse",), True),
        ("x", (), False),
        ("", (), True),
        ("b", ("a", "abc"), True),
    ],
)
def test_names_are_compared_without_case_or_accents(asked: str, names: tuple[str, ...], found: bool) -> None:
    assert _has(asked, names) is found


DAYS = st.dates(date(2000, 1, 1), date(2001, 1, 1))
OPEN = st.one_of(st.none(), DAYS)


@given(OPEN, st.integers(0, 40), st.booleans(), OPEN, OPEN)
def test_a_period_meets_the_days_that_it_may_touch(
    demo: Project, earliest: date | None, length: int, ends: bool, after: date | None, before: date | None
) -> None:
    latest = earliest + timedelta(days=length) if earliest and ends else None
    reading = _with(demo.record().readings[0], Period("", "", earliest, latest, "days", "", -1, -1))
    met = _meets(reading, after, before)
    if after is None and before is None:
        assert met
    elif earliest is None and latest is None:
        assert not met
    else:
        first, last = earliest or date.min, latest or date.max
        assert met == (first <= (before or date.max) and last >= (after or date.min))


def test_what_has_no_day_meets_no_day_asked_for(demo: Project) -> None:
    reading = _with(demo.record().readings[0], None)
    assert _meets(reading, None, None)
    assert not _meets(reading, date(2026, 1, 1), None)


def _with(reading: Reading, period: Period | None) -> Reading:
    return replace(reading, period=period)
