"""A project: one folder with its record, its originals and its settings; each verb is a method.

Verbs stand in families, one module each (`running`, `asking`, `custody` …), as the commands do.
"""

from collections.abc import Mapping, Sequence
from importlib import resources
from pathlib import Path
from typing import Any

from corrobora import preserve, publish, review, run
from corrobora.errors import BadInput, NotFound, Refused
from corrobora.model import Decision, Source, Summary
from corrobora.project import deciding, vault
from corrobora.project.folder import Progress, open_store, silent
from corrobora.project.publishing import Publishing, Redact
from corrobora.project.running import Running, gazetteer
from corrobora.project.safekeeping import Safekeeping, forget, restore, unlock
from corrobora.project.vault import is_locked

__all__ = [
    "Project",
    "Redact",
    "demonstrate",
    "forget",
    "gazetteer",
    "is_locked",
    "new",
    "open_project",
    "restore",
    "schema",
    "unlock",
]

SETTINGS = """\
# Settings of this project. Everything is optional; docs/how_it_works.md lists all of it.

# title = "…"

[words.speakers]
# "Name in full" = ["other name", "abbreviation"]

[words.armed_groups]
# "Name in full" = ["other name", "abbreviation"]

# [[words.places]]
# name = "…"
# lat = 0.0
# lon = 0.0
# radius_km = 1.0
"""


def new(path: Path) -> "Project":
    """Make a project folder; one that is there already is opened.

    Raises BadInput where `path` is a file, or a folder that holds something else.
    """
    if path.exists() and not path.is_dir():
        raise BadInput(f"{path} is a file", hint="Name a folder for the project.")
    if path.is_dir() and any(path.iterdir()) and not vault.exists(path):
        raise BadInput(f"{path} holds other files", hint="Name a new folder: a project keeps its own files apart.")
    if not vault.exists(path) and not (path / "originals").is_dir():
        (path / "originals").mkdir(parents=True, exist_ok=True)
        preserve.settle(path.parent)
    if not vault.is_locked(path) and not (path / "corrobora.toml").exists():
        (path / "corrobora.toml").write_text(SETTINGS, encoding="utf-8")
    return Project(path)


def open_project(path: Path) -> "Project":
    """Open a project folder. Raises NotFound where there is none."""
    if not vault.exists(path):
        raise NotFound(f"{path} is not a Corrobora project", hint=f"Make one: corrobora run {path} FOLDER_OF_REPORTS")
    return Project(path)


class Project(Running, Publishing, Safekeeping):
    """One project: every verb that a user knows."""

    def decide(
        self,
        verdict: str,
        subjects: Sequence[str],
        *,
        values: Mapping[str, str] | None = None,
        reason: str = "",
        who: str = "",
    ) -> Decision:
        """Write down a person's decision and bring figures up to date. Raises BadInput or NotFound.

        Raises Refused to a room at work: no reader, plugin or model behind one can decide.
        A corrected place that is given by name is looked up among the project's places and in the gazetteer.
        """
        if run.at_work():
            raise Refused(
                "a reader cannot decide", hint="Only a person does: corrobora decide, or the page of a claim."
            )
        known = (self.store.readings(), self.store.incidents())
        pointed = {"place": self._pointed(values["place"], subjects)} if values and "place" in values else {}
        made = deciding.decision(verdict, subjects, {**(values or {}), **pointed}, reason.strip(), who.strip(), known)
        review.check(made, *known, self.store.decisions())
        self.store.add_decision(made)
        self.link()
        return made


def demonstrate(path: Path, progress: Progress = silent) -> tuple[Project, Summary]:
    """Run the packaged project of fictional reports in a folder, and return it with what it found."""
    packaged = resources.files("corrobora") / "demo"
    if not path.exists():
        path.mkdir(parents=True)
        (path / "originals").mkdir()
        (path / "corrobora.toml").write_bytes((packaged / "corrobora.toml").read_bytes())
        open_store(path).close()
    found = open_project(path)
    found.progress = progress
    with resources.as_file(packaged / "reports") as reports:
        return found, found.run([Source(str(reports))])


def schema() -> dict[str, Any]:
    """Return the JSON Schema of each file of the public form."""
    return publish.schema()
