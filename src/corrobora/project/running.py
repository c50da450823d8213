"""From reports to a record: add, read, link, run."""

import json
from collections.abc import Iterator, Sequence
from hashlib import file_digest
from pathlib import Path
from time import monotonic
from typing import Any

import msgspec

from corrobora import incidents, plugins, resolve, review, settings, text
from corrobora.errors import NotFound
from corrobora.model import CopyFamily, Decision, Findings, Input, Reading, Source, Summary, Text, content_id
from corrobora.project import deciding, intake, reading, versions
from corrobora.project.asking import Asking
from corrobora.project.folder import WEIGHTS, Progress, silent
from corrobora.project.telling import told

NOTE = {
    "em": "Weights of linking, learned without labels from the reports of this project (expectation maximisation).",
    "decisions": "Weights of linking, learned from the decisions `same` and `not_same` of this project.",
}


class Running(Asking):
    """The verbs that read reports."""

    def add(self, named: Sequence[Source]) -> tuple[Input, ...]:
        """Keep the bytes of everything that `named` leads to. Returns what became of each input."""
        with self.alone():
            return intake.add(self.store, self.originals, named, self.settings, self.progress)

    def read(self) -> int:
        """Read every document that is new, or was read by an earlier version. Returns how many were read."""
        with self.alone():
            words = self._digest(self.settings.words, self.settings.vague)
            places = self._corrected()
            known = self._with(places)
            parts = (resolve.added_version(self.path), resolve.learned_version(self.path))
            added = " ".join(filter(None, (*parts, self._digest(places) if places else "")))
            models = self._digest(self.settings.reading.model, self.settings.reading.names)
            reader = self.settings.reading.reader
            package = plugins.made_by(plugins.READERS, reader)
            names = (
                f"{reader} {package} {versions.version(versions.READING)} {models} {words}",
                f"{versions.version(versions.RESOLVING)} {resolve.default_path().stem} {words} {added}".strip(),
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
            reading.read(self.store, (index, self.path), todo, names, known, self.progress)
            return len(lacks)

    def _with(self, places: Sequence[settings.ProjectPlace]) -> settings.Settings:
        """The settings, with places that persons have put right among the project's own."""
        own = msgspec.structs.replace(self.settings.words, places=(*places, *self.settings.words.places))
        return msgspec.structs.replace(self.settings, words=own)

    def _pointed(self, name: str, claims: Sequence[str]) -> str:
        """A place that a person typed by its name alone, with its point; the name itself where nobody knows it.

        Raises BadInput, with the candidates, where it may be one of several.
        """
        index = resolve.default_path()
        if not name.strip() or name.lstrip()[:1] in '{"' or not index.exists():
            return name
        beside = next((r.place for r in self.store.readings() if r.claim.id in claims and r.place), None)
        known = self._with(self._corrected())
        return deciding.place(name, resolve.typed_place(name, known, index, self.path, beside))

    def _corrected(self) -> tuple[settings.ProjectPlace, ...]:
        """The places that persons have put right; readings are looked at only where there is such a decision."""
        decisions = self.store.decisions()
        if not any("place" in dict(decision.values) for decision in decisions):
            return ()
        return review.remembered(self.store.readings(), decisions)

    def add_places(self, file: Path) -> resolve.Added:
        """Add a file of place names to the project's own gazetteer; the next read resolves its reports anew.

        Raises BadInput or Refused, with nothing changed, where the file cannot be used.
        """
        with self.alone():
            shared = resolve.open_index(gazetteer(self.progress))
            try:
                added = resolve.add_places(self.path, file, shared, self._added)
            finally:
                shared.close()
            with file.open("rb") as given:
                digest = file_digest(given, "sha256").hexdigest()
            self.store.log(
                "gazetteer", [("sha256", digest), ("places", str(added.places)), ("names", str(added.names))]
            )
            return added

    def learn_places(self) -> resolve.Learned:
        """Learn from the reports that are read which countries and divisions each outlet writes about.

        The next read resolves all reports by it, until it is learned anew or taken back.
        """
        with self.alone():
            index = gazetteer(self.progress)
            made = resolve.learn_homes(self._read_so_far(), self._with(self._corrected()), index, self.path)
            self.store.log("gazetteer", [("learned", str(made.number)), ("outlets", str(len(made.outlets)))])
            return made

    def unlearn_places(self) -> resolve.Learned:
        """Take back what was last learned of outlets; what was learned before it is in force. Raises NotFound."""
        with self.alone():
            taken = resolve.take_back_homes(self.path)
            if taken is None:
                hint = f"Learn: corrobora gazetteer learn {self.path}"
                raise NotFound("nothing was learned of outlets here", hint=hint)
            self.store.log("gazetteer", [("taken_back", str(taken.number))])
            return taken

    def _read_so_far(self) -> Iterator[tuple[Text, Findings]]:
        documents = [document.id for document, _, _ in self.store.documents()]
        for start in range(0, len(documents), reading.BATCH):
            for words in self.store.texts(documents[start : start + reading.BATCH]):
                if found := self.store.findings(words.document):
                    yield words, found
            self.progress("Learning", min(start + reading.BATCH, len(documents)), len(documents))

    def _added(self, done: int, total: int) -> None:
        self.progress("Adding places (MB)", done >> 20, total >> 20)

    def link(self, learn: str = "") -> str:
        """Gather claims into incidents and tolls, and assess them. Does nothing where nothing has changed.

        `learn` first makes the project's own weights of linking, `linking.toml`: `em` from the reports alone,
        `decisions` from what people decided; `shipped` takes them away again. Nothing else changes them. Returns the
        version of the weights that are in force. Raises Refused, with nothing changed, where too little can be learned.
        """
        with self.alone():
            if learn:
                self._learn(learn)
            weights = self._weights()
            while not self.store.linked(self._rests_on(weights)):
                self._link_once(weights)
            return weights.version

    def _weights(self) -> incidents.Weights:
        path = self.path / WEIGHTS
        return incidents.parsed(path.read_text(encoding="utf-8")) if path.exists() else incidents.shipped()

    def _learn(self, how: str) -> None:
        path = self.path / WEIGHTS
        if how == "shipped":
            path.unlink(missing_ok=True)
        else:
            readings, families, decisions, texts = self._known()
            given = (readings, families, decisions, self.store.incidents(), texts)
            em = how == "em"
            learned = incidents.from_reports(readings, families, texts) if em else incidents.from_decisions(*given)
            part = path.with_suffix(".part")
            part.write_text(incidents.written(learned, NOTE[how]), encoding="utf-8")
            part.replace(path)
        self.store.log("learn", [("from", how), ("weights", self._weights().version)])

    def _known(self) -> tuple[Sequence[Reading], Sequence[CopyFamily], Sequence[Decision], Sequence[Text]]:
        """What linking rests on: readings as people corrected them, copies, standing decisions, texts."""
        decisions = self.store.decisions()
        texts = self.store.texts([document.id for document, _, _ in self.store.documents()])
        readings = review.correct(self.store.readings(), decisions)
        return readings, incidents.copies(texts), review.active(decisions), texts

    def _link_once(self, weights: incidents.Weights) -> bool:
        version = self.store.version()
        readings, families, decisions, texts = self._known()
        linked = incidents.link(readings, families, decisions, self.store.incidents(), texts, weights)
        by_claim = {r.claim.id: r for r in readings}
        assessments = [
            review.assess(incident, [by_claim[claim] for claim in incident.claims if claim in by_claim], self.settings)
            for incident in linked.incidents
        ]
        return self.store.put_derived(linked, assessments, families, version, self._rests_on(weights))

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

    def _rests_on(self, weights: incidents.Weights) -> str:
        """Name all that what is derived rests on, beside the record: settings, weights of linking, and the rules."""
        return f"{self._assessed_by()} {weights.version} {versions.version(versions.LINKING)}"

    def _assessed_by(self) -> str:
        """Name the project's own rules and ratings; '' for none."""
        own = self.settings.assessment
        return "" if own == settings.Settings().assessment else self._digest(own)

    def _extractor(self) -> str:
        return f"text {text.VERSION}"

    @staticmethod
    def _digest(*parts: object) -> str:
        return content_id("", *(json.dumps(settings.plain(part), sort_keys=True) for part in parts))[1:9]


def gazetteer(progress: Progress = silent) -> Path:
    """Return the index of place names, built at first use (half a minute, once for all projects)."""
    path = resolve.default_path()
    if not path.exists():
        progress("Building the index of place names, once", 0, 0)
        resolve.build(path)
    return path
