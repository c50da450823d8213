"""Whether the record still stands as it was made: verify."""

from corrobora.project import check
from corrobora.project.folder import Folder


class Custody(Folder):
    """The verbs that prove what a record rests on."""

    def verify(self) -> tuple[str, ...]:
        """Check every original, text and claim against its hash and its words. Returns what is wrong, in words."""
        return tuple(check.faults(self.store, self.originals))
