"""The packaged campaign and one real dispatch, as a field coder would list them: tolls, voices, contradictions."""

from typing import Any

import pytest

from corrobora.model import Incident, Record, Toll
from corrobora.project import Project


@pytest.fixture(scope="module")
def record(demo: Project) -> Record:
    return demo.record()


def incident(record: Record, act: str, place: str) -> Incident:
    (found,) = [i for i in record.incidents if i.act == act and i.place and i.place.name == place]
    return found


def independent(record: Record, found: Incident) -> set[str]:
    return set(next(a for a in record.assessments if a.incident == found.id).independent)


def disputes(record: Record, found: Incident) -> dict[str, tuple[str, ...]]:
    assessment = next(a for a in record.assessments if a.incident == found.id)
    return {c.field: c.values for c in assessment.contradictions}


def series(tolls: tuple[Toll, ...], voice: str) -> list[tuple[str, int | None, str]]:
    return [(str(s.on), s.low, s.change) for toll in tolls if toll.voice == voice for s in toll.steps]


def test_five_attacks_are_told_and_no_old_disaster_exercise_or_game(record: Record) -> None:
    told = {(i.act, i.place.name if i.place else "") for i in record.incidents}
    assert told == {
        ("shelling", "Eskadir"),
        ("ambush", "Qasmir Bridge"),
        ("abduction", "Luma Tereh"),
        ("drone_strike", "Dorvan"),
        ("shooting", "Varnholt"),
    }


def test_the_market_is_told_by_a_monitor_and_a_hospital(record: Record) -> None:
    """Four reports; the director of each body is its voice, and one paper only reprints the wire."""
    found = incident(record, "shelling", "Eskadir")
    assert len(found.documents) == 4
    assert independent(record, found) == {"Karsenia Rights Monitor", "Eskadir General Hospital"}
    assert disputes(record, found) == {"killed": ("12: Karsenia Rights Monitor", "14: Eskadir General Hospital")}


def test_the_copied_dispatch_names_its_wire(record: Record) -> None:
    outlets = {line.document.id: line.metadata.outlet for line in record.documents}
    (family,) = record.families
    assert [outlets[document] for document in family.documents] == ["Meridian Wire", "The Daily Lantern"]
    assert family.agency == "Meridian Wire"
    assert family.copied_from == ("", family.documents[0])


def test_the_front_is_one_voice_under_all_its_names(record: Record) -> None:
    """Its mail, the note in it, its press office and its spokesman in a paper, against the ministry."""
    found = incident(record, "ambush", "Qasmir Bridge")
    assert {voice.speaker for voice in found.voices} == {"National Dawn Front", "Defence Ministry", "residents"}
    assert independent(record, found) >= {"National Dawn Front", "Defence Ministry"}
    assert disputes(record, found) == {"killed": ("6: Defence Ministry", "15: National Dawn Front")}


def test_those_who_were_freed_contradict_no_one(record: Record) -> None:
    found = incident(record, "abduction", "Luma Tereh")
    assert disputes(record, found) == {}
    assert {voice.speaker for voice in found.voices} == {"Education Office", "Radio Ondra", "his brother", "residents"}


def test_police_and_monitor_disagree_about_the_rally(record: Record) -> None:
    found = incident(record, "shooting", "Varnholt")
    assert independent(record, found) == {"Police", "Karsenia Rights Monitor"}
    assert disputes(record, found) == {
        "killed": ("2: Police", "5: Karsenia Rights Monitor"),
        "injured": ("11: Police", "40: Karsenia Rights Monitor"),
    }


def test_the_monitors_toll_is_one_series(record: Record) -> None:
    assert series(record.tolls, "Karsenia Rights Monitor") == [
        ("2026-03-06", 120, "first"),
        ("2026-03-10", 147, "rise"),
        ("2026-03-13", 161, "correction"),  # its report says that it stood at 168 for a while
    ]


def test_the_ministrys_toll_is_one_series(record: Record) -> None:
    (toll,) = [toll for toll in record.tolls if toll.voice == "Karsenian Ministry of Health"]
    assert [step.low for step in toll.steps] == [74, 98]


def test_no_figure_of_a_toll_is_an_incidents(record: Record) -> None:
    totals = {step.claim for toll in record.tolls for step in toll.steps}
    assert not totals & {claim for i in record.incidents for claim in i.claims}


@pytest.mark.corpora
def test_the_dispatch_from_the_coast(coast: Any) -> None:
    """One report: an ambush, a raid on the next day, the observatory's toll by itself, and nothing contradicted."""
    incidents, tolls = coast.rows("incidents"), coast.rows("tolls")
    killed = {
        (i["act"], i["place"]["name"]): (i["killed"]["low"], i["killed"]["high"]) for i in incidents if i["killed"]
    }
    assert killed[("ambush", "Datur")] == (2, 2)
    assert killed[("shooting", "Datur")] == (4, 8)
    toll = next(t for t in tolls if t["voice"] == "Syrian Observatory for Human Rights")
    assert [(s["low"], s["high"]) for s in toll["steps"]] == [(973, None)]
    assert not any(i["killed"] and (i["killed"]["high"] or 0) >= 200 for i in incidents)
    assert not any(c["field"] != "perpetrator" for i in incidents for c in i["contradictions"])
    speakers = {v["speaker"] for i in incidents for v in i["voices"]}
    assert {"Hala Mansour", "Hanadi Zahlout"} <= speakers
