"""From reports to a record, and back again: what a user would see."""

import json
import multiprocessing
import os
import signal
import time
from dataclasses import replace
from pathlib import Path

import pytest

from corrobora import project
from corrobora.errors import BadInput, Busy, NotFound
from corrobora.model import Filter, Metadata, Reading, Source, Summary
from corrobora.project import Project
from corrobora.project.check import claim_faults
from corrobora.project.deciding import figure


def killed(found: Project, low: int) -> Reading:
    return next(r for r in found.record().readings if r.claim.harm == "killed" and r.claim.count.low == low)


def states(summary: Summary) -> dict[str, str]:
    return {given.file: given.state for given in summary.inputs}


def test_every_input_ends_in_a_state(made: tuple[Path, Summary]) -> None:
    found = states(made[1])
    assert made[1].failed == ()
    assert found["01_courier_market.txt"] == "read"
    assert found["01_courier_market.json"] == "metadata"
    assert found["12_wire.jsonl"] == "container"
    assert found["12_wire.jsonl#m-201"] == "read"
    assert found["06_statement.eml!/note.txt"] in {"read", "no_claims"}
    assert found["16_correo.txt"] == "other_language"
    assert found["15_courier_exercise.txt"] == "no_claims"


def test_every_quote_and_part_stands_where_it_says(demo: Project) -> None:
    readings = demo.record().readings
    assert len(readings) >= 15
    assert [fault for r in readings for fault in claim_faults(r.claim, demo.text(r.claim.document))] == []
    assert demo.verify() == ()


def test_the_second_run_does_nothing(own: Project, made: tuple[Path, Summary]) -> None:
    before = own.version()
    _, again = project.demonstrate(own.path)
    assert own.version() == before
    assert states(again) == states(made[1])


def test_the_order_of_arrival_does_not_matter(own: Project, tmp_path: Path) -> None:
    reports = Path(project.__file__).parent.parent / "demo" / "reports"
    other = project.new(tmp_path / "other")
    (other.path / "corrobora.toml").write_bytes((own.path / "corrobora.toml").read_bytes())
    other = project.open_project(other.path)
    for name in sorted((p.name for p in reports.iterdir() if p.suffix != ".json"), reverse=True):
        other.add([Source(str(reports / name))])
    other.read()
    other.link()
    one, two = own.record(), other.record()
    assert {r.claim.id for r in one.readings} == {r.claim.id for r in two.readings}
    assert {(i.id, i.claims) for i in one.incidents} == {(i.id, i.claims) for i in two.incidents}
    assert one.assessments == two.assessments


def test_market_shelling_is_one_incident_with_its_accounts(demo: Project) -> None:
    record = demo.record()
    ids = {killed(demo, 12).claim.id, killed(demo, 11).claim.id}
    incident = next(i for i in record.incidents if ids <= set(i.claims))
    assert incident.place is not None
    assert incident.place.name == "Eskadir"
    assessment = next(a for a in record.assessments if a.incident == incident.id)
    deaths = next(f for f in assessment.figures if f.harm == "killed" and f.rule == "range")
    assert deaths.low is not None
    assert 11 <= deaths.low <= 14
    voices = [v.speaker for v in incident.voices]
    assert len(voices) == len(set(voices))
    assert len([f for f in record.families if len(f.documents) > 1]) == 1


def test_running_totals_are_no_incident(demo: Project) -> None:
    record = demo.record()
    totals = {r.claim.id for r in record.readings if r.claim.scope == "total"}
    assert {120, 147, 161} <= {r.claim.count.low for r in record.readings if r.claim.id in totals}
    assert not totals & {c for i in record.incidents for c in i.claims}
    assert any(len(t.steps) == 3 for t in record.tolls)


def test_ages_distances_strengths_and_games_are_never_counted(demo: Project) -> None:
    counted = {r.claim.count.low for r in demo.record().readings if r.claim.count.low is not None and r.claim.harm}
    assert not counted & {300, 52, 40_000, 500, 12_000, 30, 8, 45, 2016}


def test_filters_select_alike(demo: Project) -> None:
    whole = demo.record()
    part = demo.record(Filter(harm="injured"))
    assert 0 < len(part.incidents) < len(whole.incidents)
    assert demo.record(Filter(speaker="rights monitor")).readings
    assert demo.record(Filter(place="dorvan")).incidents
    assert not demo.record(Filter(place="nowhere")).incidents
    assert demo.record(Filter(words="clinic drone")).readings
    day = killed(demo, 12).period
    assert day is not None
    assert demo.record(Filter(earliest=day.earliest, latest=day.latest)).incidents
    rows = demo.rows(Filter(place="dorvan"))
    assert {row["incident"] for row in rows["incidents"]} == {
        i.id for i in demo.record(Filter(place="dorvan")).incidents
    }


def test_explain_leads_from_figure_to_words_file_and_hash(demo: Project) -> None:
    incident = next(i for i in demo.record().incidents if killed(demo, 12).claim.id in i.claims)
    told = demo.explain(incident.id)
    assert "killed" in told
    assert "sha256:" in told
    assert "02_meridian_market.txt" in told or "03_lantern" in told
    with pytest.raises(NotFound):
        demo.explain("i_none")


def test_explaining_a_claim_shows_its_words_its_rules_and_its_parse(demo: Project) -> None:
    reading = killed(demo, 12)
    told = demo.explain_claim(reading.claim.id)
    assert f"characters {reading.claim.start} to {reading.claim.end}" in told
    assert f"confidence {reading.claim.confidence:.2f}" in told
    for part, rule in reading.claim.made_by:
        assert rule in told, part
    words = demo.parsed(reading.claim.id)
    assert all(word.text in told for word in words)
    with pytest.raises(NotFound):
        demo.explain_claim("c_none")


def test_a_parse_is_one_tree_over_the_words_of_the_claim(demo: Project) -> None:
    reading = killed(demo, 12)
    words = demo.parsed(reading.claim.id)
    text = "".join(word.text for word in words)
    assert "".join(reading.claim.quote.split()) in text
    assert sum(word.head == n for n, word in enumerate(words)) == sum(word.label == "ROOT" for word in words) >= 1


def test_search_finds_texts_of_any_language(demo: Project) -> None:
    assert any(hit.file == "16_correo.txt" for hit in demo.search("proyectiles"))
    assert demo.search('"shot dead a guard"')
    assert demo.search("zzzz") == ()


def test_a_correction_stands_beside_the_machine_and_survives(own: Project) -> None:
    claim = killed(own, 12).claim.id
    made = own.decide(
        "correct", [claim], values={"figure": "13", "earliest": "2026-03-04"}, reason="recount", who="A. B."
    )
    corrected = next(r for r in own.record().readings if r.claim.id == claim)
    assert corrected.claim.count.low == 13
    assert corrected.decided == "corrected"
    row = next(row for row in own.rows()["claims"] if row["claim"] == claim)
    assert row["machine"]["count"]["low"] == 12
    own.store._db.execute("DELETE FROM findings")  # as a later version of the reader would
    own.read()
    own.link()
    assert next(r for r in own.record().readings if r.claim.id == claim).claim.count.low == 13
    own.decide("undo", [made.id], who="A. B.")
    assert next(r for r in own.record().readings if r.claim.id == claim).claim.count.low == 12
    assert [d.verdict for d in own.record().decisions] == ["correct", "undo"]


def test_a_rejected_claim_gives_no_figure_and_is_not_lost(own: Project) -> None:
    claim = killed(own, 12).claim.id
    own.decide("reject", [claim], who="A. B.")
    record = own.record()
    assert claim not in {r.claim.id for r in record.readings}
    assert claim in {r.claim.id for r in record.machine}
    assert claim not in {c for i in record.incidents for c in i.claims}
    assert own.record(Filter(decided="rejected")).machine


def test_same_and_not_same_are_obeyed(own: Project) -> None:
    a, b = killed(own, 12).claim.id, killed(own, 6).claim.id
    made = own.decide("same", [a, b], who="A. B.", reason="one battle")
    assert any({a, b} <= set(i.claims) for i in own.record().incidents)
    own.decide("undo", [made.id], who="A. B.")
    assert not any({a, b} <= set(i.claims) for i in own.record().incidents)
    c = killed(own, 11).claim.id
    own.decide("not_same", [a, c], who="A. B.")
    assert not any({a, c} <= set(i.claims) for i in own.record().incidents)


@pytest.mark.parametrize(
    "values", [{"figure": "many"}, {"earliest": "yesterday"}, {"colour": "red"}, {"figure": "9-2"}, {}]
)
def test_a_decision_that_cannot_hold_is_refused_whole(own: Project, values: dict[str, str]) -> None:
    with pytest.raises(BadInput):
        own.decide("correct", [killed(own, 12).claim.id], values=values, who="A. B.")
    assert own.record().decisions == ()


def test_typed_figures() -> None:
    assert json.loads(figure("about 40")) == {"low": 40, "high": 40, "qualifier": "about"}
    assert json.loads(figure("1,200")) == {"low": 1200, "high": 1200, "qualifier": "exact"}
    assert json.loads(figure("0")) == {"low": 0, "high": 0, "qualifier": "exact"}
    with pytest.raises(BadInput):
        figure("-")


def test_export_since_tells_what_changed(own: Project, tmp_path: Path) -> None:
    own.export("jsonl", tmp_path / "before")
    claim = killed(own, 12).claim.id
    own.decide("correct", [claim], values={"speaker": "Dr. Velt"}, who="A. B.")
    files = own.export("jsonl", tmp_path / "after", since=tmp_path / "before")
    changes = [json.loads(line) for line in files[-1].read_text(encoding="utf-8").splitlines()]
    assert {"of": "decisions", "change": "added"}.items() <= next(c for c in changes if c["of"] == "decisions").items()
    assert any(c["id"] == claim and "voice" in c["fields"] for c in changes)


def test_new_metadata_is_read_anew_and_a_changed_file_is_a_later_capture(tmp_path: Path, gazetteer: Path) -> None:
    assert gazetteer.exists()
    folder = tmp_path / "reports"
    folder.mkdir()
    report = folder / "a.txt"
    report.write_text("Three people were killed in Eskadir on Wednesday, police said.", encoding="utf-8")
    found = project.new(tmp_path / "p")
    found.run([Source(str(folder))])
    assert found.record().readings[0].published is None
    (folder / "a.json").write_text('{"published": "2026-03-06", "outlet": "X"}', encoding="utf-8")
    found.run([Source(str(folder))])
    (reading,) = found.record().readings
    assert str(reading.published) == "2026-03-06"
    report.write_text("Five people were killed in Eskadir on Wednesday, police said.", encoding="utf-8")
    found.run([Source(str(folder))])
    (reading,) = found.record().readings
    assert reading.claim.count.low == 5
    assert len(list(found.originals.rglob("*"))) >= 3


def test_the_same_bytes_twice_are_one_document(tmp_path: Path, gazetteer: Path) -> None:
    assert gazetteer.exists()
    for name in ("a", "b"):
        (tmp_path / "r" / name).mkdir(parents=True)
        (tmp_path / "r" / name / "x.txt").write_text("Two people were killed in Eskadir.", encoding="utf-8")
    found = project.new(tmp_path / "p")
    summary = found.run([Source(str(tmp_path / "r"), Metadata(published="2026-03-04"))])
    assert sorted(states(summary).values()) == ["duplicate", "read"]
    assert summary.documents == 1


def test_reports_of_one_name_in_two_folders_are_two(tmp_path: Path, gazetteer: Path) -> None:
    assert gazetteer.exists()
    for folder, number in (("a", "Two"), ("b", "Nine")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "report.txt").write_text(f"{number} people were killed in Eskadir.", encoding="utf-8")
    found = project.new(tmp_path / "p")
    summary = found.run([Source(str(tmp_path / "a")), Source(str(tmp_path / "b"))])
    assert [i.state for i in summary.inputs] == ["read", "read"]
    assert {r.claim.count.low for r in found.record().readings} == {2, 9}


def test_hidden_files_are_listed_and_cost_nothing(tmp_path: Path, gazetteer: Path) -> None:
    assert gazetteer.exists()
    (tmp_path / "r").mkdir()
    (tmp_path / "r" / ".DS_Store").write_bytes(b"x")
    (tmp_path / "r" / "rows.jsonl").write_text('{"text": "Two people were killed."}\n{"tex\n', encoding="utf-8")
    summary = project.new(tmp_path / "p").run([Source(str(tmp_path / "r"))])
    assert sorted(states(summary).values()) == ["container", "read", "skipped", "unreadable"]


def test_bad_inputs_are_listed_with_the_reason(tmp_path: Path, gazetteer: Path) -> None:
    assert gazetteer.exists()
    folder = tmp_path / "r"
    folder.mkdir()
    (folder / "empty.txt").write_bytes(b"")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing")
    (folder / "image.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(20))
    (folder / "good.txt").write_text("Two people were killed in Eskadir.", encoding="utf-8")
    summary = project.new(tmp_path / "p").run([Source(str(folder))])
    found = states(summary)
    assert found == {"empty.txt": "empty", "broken.pdf": "unreadable", "image.png": "kept", "good.txt": "read"}
    assert {i.file for i in summary.failed} == {"empty.txt", "broken.pdf"}
    assert all(i.reason for i in summary.failed)


def test_projects_are_made_and_opened_with_clear_errors(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="not a Corrobora project"):
        project.open_project(tmp_path)
    (tmp_path / "file").write_text("x")
    with pytest.raises(BadInput, match="is a file"):
        project.new(tmp_path / "file")
    with pytest.raises(BadInput, match="holds other files"):
        project.new(tmp_path)
    made = project.new(tmp_path / "new")
    (made.path / "corrobora.toml").write_text("[reading]\nmodell = 1\n")
    with pytest.raises(BadInput, match="modell"):
        project.open_project(made.path)


def test_a_second_run_waits_or_says_so(own: Project) -> None:
    other = project.open_project(own.path)
    told: list[str] = []
    other.progress = lambda what, _done, _total: told.append(what)
    with own.alone(), pytest.raises(Busy), other.alone(wait=0.2):
        pass
    assert told == ["Waiting for another run on this project"]
    with other.alone(wait=0.2):
        pass


def _run_demo(folder: Path) -> None:
    project.demonstrate(folder)


def test_a_run_that_is_killed_goes_on_where_it_stopped(tmp_path: Path, made: tuple[Path, Summary]) -> None:
    folder = tmp_path / "killed"
    process = multiprocessing.get_context("spawn").Process(target=_run_demo, args=(folder,))
    process.start()
    while not (folder / "record.sqlite").exists():
        time.sleep(0.02)
    time.sleep(1.5)
    os.kill(process.pid or 0, signal.SIGKILL)
    process.join()
    found, summary = project.demonstrate(folder)
    assert states(summary) == states(made[1])
    assert found.verify() == ()


def test_a_tampered_original_or_text_is_named(own: Project) -> None:
    document = own.record().documents[0].document
    blob = next(p for p in own.originals.rglob("*") if p.is_file() and document.sha256.endswith(p.name[-20:]))
    blob.chmod(0o600)
    blob.write_bytes(b"something else")
    assert any(document.file in fault for fault in own.verify())


def test_filter_by_nothing_is_everything(demo: Project) -> None:
    assert demo.record(replace(Filter())) is demo.record()


def test_a_new_rule_of_the_project_is_applied_by_the_next_link(own: project.Project) -> None:
    """Figures follow the settings, and an unchanged project is not assessed again."""
    (own.path / "corrobora.toml").write_text(
        (own.path / "corrobora.toml").read_text(encoding="utf-8") + '\n[assessment]\nrules = [{name = "ours"}]\n',
        encoding="utf-8",
    )
    again = project.open_project(own.path)
    again.link()
    assert any(figure.rule == "ours" for a in again.record().assessments for figure in a.figures)
    before = again.store.version()
    again.link()
    assert again.store.version() == before
    again.store.close()
