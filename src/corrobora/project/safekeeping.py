"""Copies of a project for the worst day: backup, restore."""

import tempfile
from pathlib import Path

from corrobora import preserve
from corrobora.errors import BadInput
from corrobora.project.folder import Folder


class Safekeeping(Folder):
    """The verbs that keep a project safe."""

    def backup(self, output: Path) -> tuple[str, ...]:
        """Write the whole project into one new file, while it may be in use.

        Returns the originals that the record names and that are not there, so that they could not be backed up.

        The copy is of one instant: originals never change and are there before the record names them, so that the
        copy of the record is taken first, and then every original that it names.
        """
        output.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".backup-", dir=output.parent) as aside:
            record = Path(aside) / "record.sqlite"
            self.store.copy(record)
            files = [("record.sqlite", record), ("corrobora.toml", self.path / "corrobora.toml")]
            for name in sorted(self.store.blobs()):
                digest = name.removeprefix("sha256:")
                files.append((f"originals/{digest[:2]}/{digest[2:]}", self.originals / digest[:2] / digest[2:]))
            preserve.pack(output, [(name, path) for name, path in files if path.exists()])
        return tuple(name for name, path in files if not path.exists() and name.startswith("originals/"))


def restore(backup: Path, path: Path) -> int:
    """Write the project that `backup` holds into the new folder `path`; return how many files it has.

    Raises BadInput where the backup is damaged or changed: then there is no folder.
    """
    if not backup.is_file():
        raise BadInput(f"{backup}: there is no such file", hint="Name a file that 'corrobora backup' wrote.")
    count = preserve.unpack(backup, path)
    (path / "originals").mkdir(exist_ok=True)
    return count
