"""Questions to a record: what it says, and what that rests on."""

from typing import Any

from corrobora import publish, review
from corrobora.errors import NotFound
from corrobora.model import Decision, Filter, Hit, Input, Record, Text
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

    def version(self) -> str:
        """Return a word that changes whenever the record does."""
        return str(self.store.version())

    def orphans(self) -> tuple[Decision, ...]:
        """Return the decisions about claims that the reader no longer finds: kept, and to be looked at."""
        return review.orphans(self.store.readings(), self.store.decisions())
