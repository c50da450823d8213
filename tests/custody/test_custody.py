"""The log as a user meets it: its head on paper, its words on a terminal, what `verify` says of a head."""

import json
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from click.testing import CliRunner, Result

from corrobora import project
from corrobora.cli import main
from corrobora.errors import BadInput, NotFound
from corrobora.preserve import Notary, agent, find_note
from corrobora.preserve.notes import open_checkpoint
from corrobora.project import Project
from corrobora.project.folder import RESTORED
from corrobora.publish import verify_bundle


def corrobora(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def test_the_log_tells_what_was_done_in_order(held: Project) -> None:
    log = held.log()
    assert [event.position for event in log.events] == list(range(len(log.events)))
    kinds = [event.what for event in log.events]
    assert kinds[0] == "intake"
    assert kinds.index("intake") < kinds.index("extract") < kinds.index("read") < kinds.index("decide")
    assert {"link", "anchor"} <= set(kinds)
    assert log.checkpoints[-1].size == len(log.events)
    body = json.loads(log.events[-1].body)
    assert body["software"].startswith("corrobora ")
    assert "Python" in body["software"]
    assert body["who"]


def test_a_decision_is_an_event_and_every_export_too(held: Project, tmp_path: Path) -> None:
    claim = held.record().readings[-1].claim.id
    before = len(held.log().events)
    made = held.decide("accept", [claim], who="Mira Tolen")
    events = [json.loads(event.body) for event in held.log().events[before:]]
    assert any(json.dumps([made.id]) == json.dumps(json.loads(r["key"])) for e in events for r in e["rows"])
    held.export("jsonl", tmp_path / "out")
    assert held.log().events[-1].what == "export"
    assert ["to", "jsonl"] in json.loads(held.log().events[-1].body)["details"]


def test_the_head_is_signed_by_the_projects_key(held: Project) -> None:
    head = held.head()
    assert open_checkpoint(head.note, held.log().key).size == head.size == len(held.log().events)


def test_a_new_project_has_no_head_yet(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="nothing has been logged"):
        project.new(tmp_path / "p").head()


def test_two_projects_have_two_keys(held: Project, tmp_path: Path) -> None:
    other = project.new(tmp_path / "p")
    other.store.log("verify")
    assert other.log().key != held.log().key
    (tmp_path / "head").write_text(other.head().note, encoding="utf-8")
    assert held.verify(tmp_path / "head") == (
        "the head that was given: it was not signed by this project's key. Is it the head of another project?",
    )


@pytest.mark.parametrize("text", ["", "hello", "\ufffd\x00", "corrobora/0000000000000000\n1\n"])
def test_a_file_that_is_no_head_is_told(held: Project, tmp_path: Path, text: str) -> None:
    (tmp_path / "head").write_text(text, encoding="utf-8")
    faults = held.verify(tmp_path / "head")
    assert len(faults) == 1
    assert "the head that was given: " in faults[0]
    assert corrobora("verify", held.path, "--head", tmp_path / "head").exit_code == 1
    assert verify_bundle.verify(tmp_path, text)[0]


def test_a_head_stands_after_more_was_done(held: Project, tmp_path: Path) -> None:
    (tmp_path / "head").write_text(held.head().note, encoding="utf-8")
    held.store.log("export", [("to", "csv")])
    assert held.verify(tmp_path / "head") == ()
    assert held.log().events[-1].what == "verify"


def test_a_verification_that_finds_faults_is_not_signed(held: Project) -> None:
    held.store._db.execute("UPDATE document SET reason = 'x'")
    before = len(held.log().events)
    assert held.verify()
    assert len(held.log().events) == before


def test_the_same_run_again_writes_no_event(held: Project) -> None:
    before = held.log().events
    held.link()
    assert held.log().events == before


def test_a_head_goes_through_a_mail_and_back(held: Project, tmp_path: Path) -> None:
    done = corrobora("log", "head", held.path)
    assert done.exit_code == 0
    assert find_note(done.stdout) == held.head().note == done.stdout
    assert "█" in done.stderr
    mail = tmp_path / "mail.txt"
    mail.write_text(f"Dear B.,\r\nplease keep:\r\n\r\n{done.output}\r\n-- \r\nM.", encoding="utf-8")
    checked = corrobora("verify", held.path, "--head", mail)
    assert checked.exit_code == 0, checked.output
    assert "The head holds." in checked.stdout


def test_the_log_is_printed_in_lines_and_for_machines(held: Project) -> None:
    told = corrobora("log", held.path).stdout
    assert "decide" in told
    assert f"{len(held.log().events)} events. Time stamps: failed by https://a.example" in told
    lines = corrobora("log", held.path, "--json").stdout.splitlines()
    assert [json.loads(line)["what"] for line in lines] == [event.what for event in held.log().events]


def test_commands_say_what_is_wrong(held: Project, tmp_path: Path) -> None:
    assert corrobora("log", "tail", held.path).exit_code == 2
    assert "Hint" in corrobora("anchor", held.path).stderr
    held.store._db.execute("UPDATE document SET reason = 'x' WHERE file = 'market.txt'")
    done = corrobora("verify", held.path)
    assert done.exit_code == 1
    assert "market.txt) is not as it was written" in done.stdout
    assert "document d_" in done.stdout
    assert corrobora("verify", held.path, "--head", tmp_path / "none").exit_code == 2


def test_a_bundle_is_exported_and_redacted_by_command(held: Project, tmp_path: Path) -> None:
    done = corrobora("export", held.path, "--to", "bundle", "--output", tmp_path / "bag")
    assert done.exit_code == 0, done.output
    assert "verify_bundle.py" in done.stdout
    (tmp_path / "never").write_text("Eskadir\n")
    words = ("--redact", "--reveal", "place", "--never", tmp_path / "never")
    done = corrobora("export", held.path, "--to", "bundle", "--output", tmp_path / "red", *words)
    assert done.exit_code == 0, done.output
    assert "Eskadir" not in (tmp_path / "red/data/record.jsonl").read_text(encoding="utf-8")
    assert "Dorvan" in (tmp_path / "red/data/record.jsonl").read_text(encoding="utf-8")
    again = corrobora("export", held.path, "--to", "bundle", "--output", tmp_path / "bag")
    assert again.exit_code == 1
    assert "Hint" in again.stderr
    assert corrobora("export", held.path, "--redact", "--output", tmp_path / "csv").exit_code == 1


def test_a_log_with_events_gone_is_not_written_to(held: Project) -> None:
    for statement in ("DROP TRIGGER event_is_never_removed", "DELETE FROM event WHERE position = 3"):
        held.store._db.execute(statement)
    with pytest.raises(BadInput, match="events are missing"):
        held.decide("accept", [held.record().readings[-1].claim.id])
    assert "event 3: it is missing from the log" in held.verify()


def test_a_notary_goes_on_where_it_stopped() -> None:
    key, leaves = Notary().new_key(), [f"{n:064x}" for n in range(9)]
    at_once = Notary().sign(key, 0, (), leaves)
    frontier, _ = Notary().sign(key, 0, (), leaves[:5])
    assert Notary().sign(key, 5, frontier, leaves[5:]) == at_once


def test_a_backup_is_an_event_and_a_restored_project_goes_on_from_the_same_log(held: Project, tmp_path: Path) -> None:
    head = tmp_path / "head"
    head.write_text(held.head().note, encoding="utf-8")
    held.backup(tmp_path / "b.zip")
    assert held.log().events[-1].what == "backup"
    project.restore(tmp_path / "b.zip", tmp_path / "again")
    again = project.open_project(tmp_path / "again")
    kinds = [event.what for event in again.log().events]
    assert kinds == [*(event.what for event in held.log().events[:-1]), "restore"], "the copy is of before it was told"
    digest = sha256((tmp_path / "b.zip").read_bytes()).hexdigest()
    assert json.loads(again.log().events[-1].body)["details"] == [["backup", digest]]
    assert not (tmp_path / "again" / RESTORED).exists()
    assert again.verify(head) == ()
    assert again.log().key == held.log().key
    again.store.close()


def test_a_locked_project_keeps_its_log_and_exports_what_proves_itself(
    held: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("sqlcipher3")
    with TemporaryDirectory(dir="/tmp") as folder:  # a socket's name must be short
        monkeypatch.setattr(agent, "user_runtime_path", lambda *_, **__: Path(folder))
        _locked(held, tmp_path)


def _locked(held: Project, tmp_path: Path) -> None:
    head = tmp_path / "head"
    head.write_text(held.head().note, encoding="utf-8")
    held.lock("a long enough passphrase")
    project.unlock(held.path, "a long enough passphrase")
    try:
        found = project.open_project(held.path)
        assert "lock" in [event.what for event in found.log().events]
        assert found.verify(head) == ()
        found.export("bundle", tmp_path / "bag")
        assert verify_bundle.verify(tmp_path / "bag", head.read_text(encoding="utf-8"))[0] == []
        found.store._db.execute("UPDATE reading SET body = replace(body, 'Eskadir', 'Dorvan')")
        assert any("is not as it was written" in fault for fault in found.verify())
        found.store.close()
    finally:
        project.forget(held.path)


def test_each_kind_of_act_has_its_own_event(held: Project, tmp_path: Path) -> None:
    before = len(held.log().events)
    held.export("csv", tmp_path / "csv")
    held.export("bundle", tmp_path / "bag")
    assert held.verify() == ()
    assert [event.what for event in held.log().events[before:]] == ["export", "export", "verify"]
    details = dict(json.loads(held.log().events[-2].body)["details"])
    assert details["to"] == "bundle"
    assert details["whole"] == "yes"
    assert {"public/claims.jsonl", "public/decisions.jsonl"} <= set(details)


def test_an_export_that_fails_changes_no_file(held: Project, tmp_path: Path) -> None:
    original = next(p for p in held.originals.rglob("*") if p.is_file())
    original.chmod(0o600)
    original.write_bytes(b"changed")
    with pytest.raises(BadInput, match="was changed"):
        held.export("bundle", tmp_path / "bag")
    assert not (tmp_path / "bag").exists()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["held"]
