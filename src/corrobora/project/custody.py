"""Whether the record still stands as it was made: log, verify."""

from collections.abc import Iterator
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
        """Ask the authorities and calendars that the settings name to time-stamp the head; return what each said.

        A calendar that has promised something is asked what became of it, and for nothing new until it is known.
        Raises BadInput where nobody is named. One that does not answer, or whose answer does not hold, ends as failed,
        with the reason; the same command asks again. Each step is logged before the next is taken.
        """
        named = self.settings.anchor
        if not named.authorities and not named.calendars:
            raise BadInput(
                "no time-stamping authority is named in corrobora.toml",
                hint='Name two: [anchor] authorities = [{url = "https://…", roots = "root.pem"}, …].',
            )
        head, headers = self.head(), self._beside(named.headers)
        try:
            preserve.calendars.heights(headers)
        except ValueError as error:
            raise BadInput(f"{named.headers}: {error}", hint="A line is a height and a header in hex.") from None
        said: list[Anchor] = []
        with self.alone():
            for authority in named.authorities:
                asked = preserve.timestamps.pending(head.size, head.note, authority.url, self._beside(authority.roots))
                self.store.put_anchor(asked)
                self.progress(f"Asking {authority.url}", 0, 0)
                said.append(preserve.timestamps.stamp(asked, named.seconds))
                self.store.put_anchor(said[-1])
            for calendar in named.calendars:
                self.progress(f"Asking {calendar}", 0, 0)
                for found in self._asked(calendar, head, headers):
                    said.append(found)
                    self.store.put_anchor(found)
        return tuple(said)

    def _asked(self, calendar: str, head: Checkpoint, headers: str) -> Iterator[Anchor]:
        """What became of a calendar's promises; where it owes none, what it says of the head."""
        own = [a for a in self.store.anchors() if a.authority == calendar and preserve.calendars.is_proof(a)]
        owed = [a for a in own if a.response and (a.state == "pending" or (a.state == "anchored" and headers))]
        told = [preserve.calendars.again(promise, headers, self.settings.anchor.seconds) for promise in owed]
        yield from told
        if not any(a.state == "pending" for a in told):
            yield preserve.calendars.stamp(head.size, head.note, calendar, headers, self.settings.anchor.seconds)

    def _beside(self, name: str) -> str:
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
