"""The command line: what it prints, with which status, and that errors say what to do."""

import ast
import json
import re
import subprocess
import sys
import unicodedata
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from corrobora import cli
from corrobora.cli import main, saying
from corrobora.model import Summary

CORROBORA = Path(sys.executable).parent / "corrobora"


def corrobora(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "a.txt").write_text(
        "Three people were killed in Eskadir on Wednesday when shells hit a school, police said.", encoding="utf-8"
    )
    return tmp_path


@pytest.mark.usefixtures("gazetteer")
def test_run_lists_what_was_found_and_ends_with_status_0(folder: Path) -> None:
    done = corrobora("run", folder / "p", folder / "reports", "--published", "2026-03-05", "--outlet", "Eskadir Post")
    assert done.exit_code == 0, done.output
    assert "1 documents  1 claims  1 incidents" in done.stdout
    assert "killed 3" in done.stdout
    assert "corrobora serve" in done.stdout
    told = json.loads(corrobora("run", folder / "p", folder / "reports", "--json").stdout)
    assert told["states"] == {"read": 1}
    assert told["inputs"][0]["file"] == "a.txt"


@pytest.mark.usefixtures("gazetteer")
def test_run_ends_with_status_1_and_the_reason_where_an_input_failed(folder: Path) -> None:
    (folder / "reports" / "b.pdf").write_bytes(b"%PDF-1.4 broken")
    done = corrobora("run", folder / "p", folder / "reports")
    assert done.exit_code == 1
    assert "b.pdf" in done.stdout
    assert "unreadable" in done.stdout


def test_no_name_or_word_of_a_file_moves_the_cursor_or_makes_lines(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name in ("a\x1b[2K\x1b[1A.txt", "b\nread           c.txt", "d\u202etxt.exe.txt", "e\x9b2J.txt"):
        (tmp_path / "in" / name).write_text(f"words of {name[0]}")
    done = corrobora("add", tmp_path / "p", tmp_path / "in")
    assert done.exit_code == 0, done.output
    assert done.stdout.splitlines() == [
        r"waiting        a\u001b[2K\u001b[1A.txt",
        r"waiting        b\nread           c.txt",
        r"waiting        d\u202etxt.exe.txt",
        r"waiting        e\u009b2J.txt",
    ]
    log = corrobora("log", tmp_path / "p", "--json").stdout.splitlines()
    assert all(json.loads(line)["what"] for line in log)


@given(st.text())
def test_what_is_printed_is_the_text_but_for_what_a_terminal_obeys(text: str) -> None:
    said = saying.plain(text)
    assert not any(unicodedata.category(c) in {"Cc", "Cs"} and c not in "\n\t" for c in said)
    if text.isprintable():
        assert said == text
    assert json.loads(f'"{saying.plain(json.dumps(text, ensure_ascii=False)[1:-1])}"') == text
    assert "\n" not in saying.flat(text)


def test_every_command_says_what_it_says_by_one_function() -> None:
    folder = Path(cli.__file__).parent
    used = [p.name for p in sorted(folder.glob("*.py")) if re.search(r"click\.echo|\bprint\(", p.read_text())]
    assert used == ["custody.py", "saying.py"], "custody draws the QR code, which is made here"


@pytest.mark.usefixtures("gazetteer")
def test_run_reads_standard_input(tmp_path: Path) -> None:
    words: list[str | Path] = [CORROBORA, "run", tmp_path / "p", "-", "--json"]
    done = subprocess.run(words, input=b"Two soldiers were killed in an ambush.", capture_output=True, check=False)
    assert json.loads(done.stdout)["claims"] == 1, done.stderr


def test_errors_say_what_happened_and_what_to_do(tmp_path: Path) -> None:
    done = corrobora("read", tmp_path / "nothing")
    assert done.exit_code == 1
    assert "is not a Corrobora project" in done.stderr
    assert "Hint:" in done.stderr
    assert "Traceback" not in done.output
    assert corrobora("run", tmp_path / "p", tmp_path / "missing").exit_code == 1
    assert corrobora("run", tmp_path / "p", tmp_path, "--published", "soon").exit_code == 2


def test_each_question_has_its_answer(made: tuple[Path, Summary], tmp_path: Path) -> None:
    demo, _ = made
    assert "clinic" in corrobora("search", demo, "clinic").stdout.lower()
    assert corrobora("verify", demo).exit_code == 0
    told = corrobora("assess", demo).stdout
    assert "by rule range" in told
    incident = next(line.split()[0] for line in told.splitlines() if line.startswith("i_"))
    assert "sha256:" in corrobora("explain", demo, incident).stdout
    assert "Hint" in corrobora("explain", demo, "i_none").stderr
    claim = next(
        line.split()[0] for line in corrobora("search", demo, "killed").stdout.splitlines() if line[:2] == "c_"
    )
    told = corrobora("explain-claim", demo, claim).stdout
    assert "by rule" in told
    assert "confidence" in told
    assert "Hint" in corrobora("explain-claim", demo, "c_none").stderr
    done = corrobora("export", demo, "--to", "csv", "--output", tmp_path / "out", "--harm", "killed")
    assert done.exit_code == 0
    assert (tmp_path / "out" / "claims.csv").exists()
    assert corrobora("export", demo, "--to", "xml", "--output", tmp_path / "out").exit_code == 1
    assert set(json.loads(corrobora("schema").stdout)) == {"documents", "claims", "incidents", "tolls", "decisions"}


def test_decide_and_undo(made: tuple[Path, Summary], tmp_path: Path) -> None:
    from shutil import copytree  # noqa: PLC0415

    demo = copytree(made[0], tmp_path / "demo")
    claims = json.loads((_export(demo, tmp_path) / "claims.jsonl").read_text(encoding="utf-8").splitlines()[0])
    done = corrobora("decide", demo, "correct", claims["claim"], "--set", "figure=12-15", "--who", "A. B.")
    assert done.exit_code == 0, done.output
    decision = done.stdout.split()[0]
    again = json.loads((_export(demo, tmp_path) / "claims.jsonl").read_text(encoding="utf-8").splitlines()[0])
    assert (again["count"]["low"], again["count"]["high"]) == (12, 15)
    assert again["machine"]["count"] == claims["count"]
    assert corrobora("decide", demo, "undo", decision, "--who", "A. B.").exit_code == 0
    assert corrobora("decide", demo, "correct", claims["claim"], "--set", "figure=x", "--who", "A").exit_code == 1


def _export(demo: Path, folder: Path) -> Path:
    assert corrobora("export", demo, "--output", folder / "out").exit_code == 0
    return folder / "out"


def test_serve_prints_one_address_at_once_and_ends(made: tuple[Path, Summary]) -> None:
    process = subprocess.Popen([CORROBORA, "serve", made[0]], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    line = process.stdout.readline()
    process.terminate()
    process.wait(20)
    process.stdout.close()
    assert line.startswith("http://127.0.0.1:")
    assert "token=" in line


@pytest.mark.parametrize("family", sorted(Path(cli.__file__).parent.glob("*.py")), ids=lambda path: path.stem)
def test_commands_only_parse_call_and_print(family: Path) -> None:
    tree = ast.parse(family.read_text(encoding="utf-8"))
    for function in (n for n in tree.body if isinstance(n, ast.FunctionDef)):
        if any("click.command" in ast.unparse(d) for d in function.decorator_list):
            body = [n for n in function.body if not (isinstance(n, ast.Expr) and isinstance(n.value, ast.Constant))]
            assert sum((n.end_lineno or 0) - n.lineno + 1 for n in body) <= 15, function.name


def test_every_family_gives_its_commands() -> None:
    found = main.list_commands(click.Context(main))
    assert {"new", "run", "search", "decide", "verify", "gazetteer"} <= set(found)
    assert "main" not in found
    assert main.get_command(click.Context(main), "nothing") is None
    assert "No such command" in corrobora("nothing").output


def test_the_module_is_the_command() -> None:
    done = subprocess.run([sys.executable, "-m", "corrobora.cli", "--version"], capture_output=True, check=True)
    assert b"corrobora, version" in done.stdout
