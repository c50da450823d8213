"""Carries the record out of the house: export."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from corrobora import publish
from corrobora.errors import BadInput, StorageFailed
from corrobora.model import Filter
from corrobora.project import bundling
from corrobora.project.asking import Asking
from corrobora.store import COPY


@dataclass(frozen=True, slots=True)
class Redact:
    """How a bundle is redacted: only open fields and the classes in `reveal` are shown; `never` may stand nowhere."""

    reveal: Sequence[str] = ()
    never: Sequence[str] = ()


class Publishing(Asking):
    """The verbs that write the record for others."""

    def export(
        self,
        to: str,
        output: Path,
        question: Filter = Filter(),
        since: Path | None = None,
        redact: Redact | None = None,
    ) -> tuple[Path, ...]:
        """Write what answers `question` in format `to`; with `since`, also what changed since that earlier export.

        `bundle` writes a bag with originals, rows and the proofs of both; with `redact`, it withholds fields. Raises
        Refused, with nothing written, where a withheld name would stand in it.
        """
        if to == "bundle":
            return self._bundle(output, question, redact)
        if redact:
            raise BadInput("only a bundle can be redacted and still be proved", hint="Write: --to bundle --redact")
        rows = self.rows(question)
        files = publish.export(rows, to, output)
        self.store.log("export", [("to", to), ("files", str(len(files)))])
        return (*files, publish.changes(rows, since, output)) if since else files

    def _bundle(self, output: Path, question: Filter, redact: Redact | None) -> tuple[Path, ...]:
        if self.store.fixed:
            raise StorageFailed("a bundle begins with its own event, which cannot be written here", hint=COPY)
        with self.alone():
            record = None if question == Filter() else self.record(question)
            public = {} if redact else publish.FORMATS["jsonl"](self.rows(question))
            named = [(f"public/{name}", sha256(content).hexdigest()) for name, content in public.items()]
            rows, whole = bundling.rows_of(self.store, record), "" if redact or record else "yes"
            told = [("to", "bundle"), ("whole", whole), ("redacted", "yes" if redact else "")]
            told += [("rows", bundling.digest(self.store, rows)), ("public", str(len(named)))]
            self.store.log("export", [*told, *named])
            hiding = self._hiding(redact) if redact else publish.Redaction(everything=True)
            bundle = bundling.gather(self.store, self.originals, rows, hiding, public, whole=bool(whole))
            files = bundle.files()
            if redact:
                publish.scan(files, hiding.terms, bundle.values())
            return publish.write_bag(bundle, files, output, datetime.now(UTC).date().isoformat())

    def _hiding(self, redact: Redact) -> publish.Redaction:
        rows = {table: list(found.values()) for table, found in bundling.disclosed(self.store).items()}
        rows["event"] = [self.store.event_disclosures(event) for event in self.store.events()]
        return publish.redaction(redact.reveal, rows, redact.never)
