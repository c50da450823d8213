"""A project: one folder with its record, its originals and its settings; each verb is a method."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import resources
from pathlib import Path
from time import monotonic
from typing import Any

from filelock import FileLock, Timeout

from corrobora import __version__, incidents, publish, resolve, review, settings, text
from corrobora.errors import BadInput, Busy, NotFound
from corrobora.model import Decision, Filter, Hit, Input, Record, Source, Summary, Text, content_id
from corrobora.project import check, deciding, intake, reading
from corrobora.project.telling import explanation, told
from corrobora.project.view import View
from corrobora.store import Store

Progress = Callable[[str, int, int], None]
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


def silent(_what: str, _done: int, _total: int) -> None:
    """Show no progress."""


def new(path: Path) -> "Project":
    """Make a project folder; one that is there already is opened.

    Raises BadInput where `path` is a file, or a folder that holds something else.
    """
    if path.exists() and not path.is_dir():
        raise BadInput(f"{path} is a file", hint="Name a folder for the project.")
    if path.is_dir() and any(path.iterdir()) and not (path / "record.sqlite").exists():
        raise BadInput(f"{path} holds other files", hint="Name a new folder: a project keeps its own files apart.")
    (path / "originals").mkdir(parents=True, exist_ok=True)
    if not (path / "corrobora.toml").exists():
        (path / "corrobora.toml").write_text(SETTINGS, encoding="utf-8")
    return Project(path)


def open_project(path: Path) -> "Project":
    """Open a project folder. Raises NotFound where there is none."""
    if not (path / "record.sqlite").exists():
        raise NotFound(f"{path} is not a Corrobora project", hint=f"Make one: corrobora run {path} FOLDER_OF_REPORTS")
    return Project(path)


class Project:
    """One project. `progress` is told what is done: its name, how much, and of how much (0: not known)."""

    def __init__(self, path: Path, progress: Progress = silent) -> None:
        self.path = path
        self.progress = progress
        self.settings = settings.load(path / "corrobora.toml")
        self.title = self.settings.title or path.resolve().name
        self.originals = path / "originals"
        self.store = Store(path / "record.sqlite")
        self.view = View(self.store)

    @contextmanager
    def alone(self, wait: float = 600) -> Iterator[None]:
        """Hold the project for writing; a second run waits up to `wait` seconds, and then raises Busy."""
        lock = FileLock(self.path / ".lock")
        try:
            lock.acquire(timeout=0)
        except Timeout:
            self.progress("Waiting for another run on this project", 0, 0)
            try:
                lock.acquire(timeout=wait)
            except Timeout:
                raise Busy(
                    "another run is still writing to this project", hint="Try again when it has ended."
                ) from None
        try:
            yield
        finally:
            lock.release()

    # ------------------------------------------------------------ from reports to a record

    def add(self, named: Sequence[Source]) -> tuple[Input, ...]:
        """Keep the bytes of everything that `named` leads to. Returns what became of each input."""
        with self.alone():
            return intake.add(self.store, self.originals, named, self.settings, self.progress)

    def read(self) -> int:
        """Read every document that is new, or was read by an earlier version. Returns how many were read."""
        with self.alone():
            words = self._digest(self.settings.words, self.settings.vague)
            names = (
                f"{self.settings.reading.reader} {__version__} {self._digest(self.settings.reading.model)} {words}",
                f"{__version__} {words}",
            )
            lacks = self.store.unread(self._extractor(), *names)
            if not lacks:
                return 0
            documents = {document.id: document for document, _, _ in self.store.documents()}
            wordless = [documents[document] for document, lack in lacks if lack == "text"]
            reading.extract(self.store, self.originals, wordless, self.settings, self.progress)
            index = gazetteer(self.progress)
            todo = [
                (document, lack == "readings")
                for document, lack in self.store.unread(self._extractor(), *names)
                if lack != "text"
            ]
            reading.read(self.store, index, todo, names, self.settings, self.progress)
            return len(lacks)

    def link(self) -> None:
        """Gather claims into incidents and tolls, and assess them. Does nothing where nothing has changed."""
        with self.alone():
            while not self.store.linked():
                self._link_once()

    def _link_once(self) -> bool:
        version = self.store.version()
        decisions = self.store.decisions()
        readings = review.correct(self.store.readings(), decisions)
        texts = self.store.texts([document.id for document, _, _ in self.store.documents()])
        families = incidents.copies(texts)
        linked = incidents.link(readings, families, review.active(decisions), self.store.incidents())
        by_claim = {r.claim.id: r for r in readings}
        assessments = [
            review.assess(incident, [by_claim[claim] for claim in incident.claims if claim in by_claim], self.settings)
            for incident in linked.incidents
        ]
        return self.store.put_derived(linked, assessments, families, version)

    def run(self, named: Sequence[Source]) -> Summary:
        """Add, read and link. Returns what became of each input, and what the record holds now."""
        started = monotonic()
        inputs = self.add(named)
        self.read()
        self.link()
        states = {given.address: given for given in self.store.inputs()}
        now = tuple(states.get(given.address, given) for given in inputs)
        record = self.record()
        counts = (len(record.documents), len(record.readings), len(record.incidents), len(record.tolls))
        return Summary(now, *counts, seconds=monotonic() - started)

    def told(self, summary: Summary) -> dict[str, Any]:
        """Return what a run found as plain values: counts, states, each input, each incident with its figures."""
        return told(summary, self.record())

    # ------------------------------------------------------------ questions

    def record(self, question: Filter = Filter()) -> Record:
        """Return what answers `question`, with decisions applied."""
        return self.view.record(question)

    def text(self, document: str) -> Text:
        """Return the words of a document. Raises NotFound."""
        found = self.store.texts([document])
        if not found:
            raise NotFound(f"there is no text of document {document}", hint="Its state says why: see the documents.")
        return found[0]

    def inputs(self) -> tuple[Input, ...]:
        """Return what became of every input ever named."""
        return self.store.inputs()

    def search(self, words: str, limit: int = 50) -> tuple[Hit, ...]:
        """Find words in titles, texts and claims, best first."""
        return self.store.search(words, limit)

    def rows(self, question: Filter = Filter()) -> dict[str, list[dict[str, Any]]]:
        """Return what answers `question` in the public form."""
        return publish.rows(self.record(question))

    def explain(self, incident: str) -> str:
        """Return the chain from each figure of an incident to the sentence, the file and its hash, as text."""
        return explanation(self.record(), incident)

    def version(self) -> str:
        """Return a word that changes whenever the record does."""
        return str(self.store.version())

    def orphans(self) -> tuple[Decision, ...]:
        """Return the decisions about claims that the reader no longer finds: kept, and to be looked at."""
        return review.orphans(self.store.readings(), self.store.decisions())

    # ------------------------------------------------------------ decisions

    def decide(
        self,
        verdict: str,
        subjects: Sequence[str],
        *,
        values: Mapping[str, str] | None = None,
        reason: str = "",
        who: str = "",
    ) -> Decision:
        """Write down a person's decision and bring figures up to date. Raises BadInput or NotFound."""
        known = (self.store.readings(), self.store.incidents())
        made = deciding.decision(verdict, subjects, values or {}, reason.strip(), who.strip(), known)
        review.check(made, *known, self.store.decisions())
        self.store.add_decision(made)
        self.link()
        return made

    # ------------------------------------------------------------ out of the house

    def export(self, to: str, output: Path, question: Filter = Filter(), since: Path | None = None) -> tuple[Path, ...]:
        """Write what answers `question` in format `to`; with `since`, also what changed since that earlier export."""
        rows = self.rows(question)
        files = publish.export(rows, to, output)
        return (*files, publish.changes(rows, since, output)) if since else files

    def verify(self) -> tuple[str, ...]:
        """Check every original, text and claim against its hash and its words. Returns what is wrong, in words."""
        return tuple(check.faults(self.store, self.originals))

    def _extractor(self) -> str:
        return f"text {text.VERSION}"

    @staticmethod
    def _digest(*parts: object) -> str:
        return content_id("", *(json.dumps(settings.plain(part), sort_keys=True) for part in parts))[1:9]


def demonstrate(path: Path, progress: Progress = silent) -> tuple[Project, Summary]:
    """Run the packaged project of fictional reports in a folder, and return it with what it found."""
    packaged = resources.files("corrobora") / "demo"
    if not path.exists():
        path.mkdir(parents=True)
        (path / "originals").mkdir()
        (path / "corrobora.toml").write_bytes((packaged / "corrobora.toml").read_bytes())
        Store(path / "record.sqlite").close()
    found = open_project(path)
    found.progress = progress
    with resources.as_file(packaged / "reports") as reports:
        return found, found.run([Source(str(reports))])


def gazetteer(progress: Progress = silent) -> Path:
    """Return the index of place names, built at first use (half a minute, once for all projects)."""
    path = resolve.default_path()
    if not path.exists():
        progress("Building the index of place names, once", 0, 0)
        resolve.build(path)
    return path


def schema() -> dict[str, Any]:
    """Return the JSON Schema of each file of the public form."""
    return publish.schema()
