"""Whether the record still stands as it was made: log, verify."""

from pathlib import Path

from corrobora import preserve
from corrobora.errors import BadInput, NotFound
from corrobora.model import Anchor, Checkpoint, Log
from corrobora.project import check
from corrobora.project.folder import Folder


class Custody(Folder):
    """The verbs that prove what a record rests on."""

    pace = preserve.Pace()

    def log(self) -> Log:
        """Return the custody log: events, signed checkpoints, what authorities said, and the public key."""
        key = preserve.verifier_key(self.store.signing_key())
        return Log(self.store.events(), self.store.checkpoints(), self.store.anchors(), key)

    def head(self) -> Checkpoint:
        """Return the signed state of the whole log. Keep it elsewhere: it shows any later change of what came before.

        Raises NotFound where nothing has been logged.
        """
        found = self.store.checkpoints()
        if not found:
            raise NotFound("nothing has been logged yet", hint="Add reports first: corrobora add PROJECT PATH...")
        return found[-1]

    def anchor(self) -> tuple[Anchor, ...]:
        """Ask the authorities that the settings name to time-stamp the head of the log. Returns what each said.

        Raises BadInput where none is named. One that does not answer, or whose answer does not hold, ends as failed,
        with the reason; the same command asks again. Each step is logged before the next is taken.
        """
        named = self.settings.anchor
        if not named.authorities:
            raise BadInput(
                "no time-stamping authority is named in corrobora.toml",
                hint='Name two: [anchor] authorities = [{url = "https://…", roots = "root.pem"}, …].',
            )
        head = self.head()
        with self.alone():
            for authority in named.authorities:
                asked = preserve.timestamps.pending(head.size, head.note, authority.url, self._roots(authority.roots))
                self.store.put_anchor(asked)
                self.progress(f"Asking {authority.url}", 0, 0)
                self.store.put_anchor(preserve.timestamps.stamp(asked, named.seconds))
        return tuple(anchor for anchor in self.store.anchors() if anchor.size == head.size)

    def _roots(self, name: str) -> str:
        if not name:
            return ""
        try:
            return (self.path / name).read_text(encoding="utf-8")
        except OSError as error:
            raise BadInput(
                f"{self.path / name} cannot be read: {error.strerror}", hint="Mend [anchor] in corrobora.toml."
            ) from None

    def verify(self, head: Path | None = None) -> tuple[str, ...]:
        """Check everything: originals, texts, rows, events, checkpoints, tokens. Returns what is wrong, in words.

        `head` is a file with a head that `corrobora log head` printed earlier, and that was kept elsewhere. `pace` says
        afterwards how fast the originals were read.
        """
        self.pace = preserve.Pace()
        note = preserve.find_note(head.read_text(encoding="utf-8", errors="replace")) if head else None
        with self.alone():
            found = tuple(check.faults(self.store, self.originals, note, self.pace))
            if not found:  # a log that does not hold is not signed again
                self.store.log("verify", (("head", "given" if note is not None else ""),))
        return found
