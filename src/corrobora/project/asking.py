"""Questions to a record: what it says, and what that rests on."""

from functools import cached_property
from typing import Any

from corrobora import plugins, publish, review
from corrobora.errors import NotFound
from corrobora.model import Decision, Filter, Hit, Input, Reading, Record, Text, Word
from corrobora.project.explaining import claim_explanation
from corrobora.project.folder import Folder
from corrobora.project.telling import explanation


class Asking(Folder):
    """The verbs that change nothing."""

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

    def explain_claim(self, claim: str) -> str:
        """Return as text how a claim was made: the words and rule of each part, its confidence, its sentence."""
        reading = self._reading(claim)
        sha256 = next(
            (d.document.sha256 for d in self.record().documents if d.document.id == reading.claim.document), ""
        )
        return claim_explanation(reading, sha256, self.parsed(claim))

    def parsed(self, claim: str) -> tuple[Word, ...]:
        """Return a claim's sentence as the project's reader parses it; () where that reader shows no parse."""
        said = self._reading(claim).claim
        parse = getattr(self._reader, "parse", None)
        words: tuple[Word, ...] = parse(self.text(said.document), said.start, said.end) if parse is not None else ()
        return words

    def _reading(self, claim: str) -> Reading:
        record = self.record()
        found = next((r for r in (*record.readings, *record.machine) if r.claim.id == claim), None)
        if found is None:
            raise NotFound(f"there is no claim {claim}", hint="`corrobora search` and the claims page list them.")
        return found

    @cached_property
    def _reader(self) -> object:
        return plugins.load(plugins.READERS, self.settings.reading.reader)(self.settings)

    def version(self) -> str:
        """Return a word that changes whenever the record does."""
        return str(self.store.version())

    def orphans(self) -> tuple[Decision, ...]:
        """Return the decisions about claims that the reader no longer finds: kept, and to be looked at."""
        return review.orphans(self.store.readings(), self.store.decisions())
