"""Copies of a project for the worst day, and its encryption: backup, restore, lock, unlock."""

import tempfile
from pathlib import Path

from corrobora import preserve
from corrobora.errors import BadInput, NotFound
from corrobora.project import vault
from corrobora.project.custody import Custody
from corrobora.project.folder import RESTORED, WEIGHTS, Folder

MINUTES = 15.0
"""After so long without use an unlocked project locks itself."""


class Safekeeping(Custody):
    """The verbs that keep a project safe."""

    def backup(self, output: Path) -> tuple[str, ...]:
        """Write the whole project into one new file, while it may be in use. What is locked stays encrypted in it.

        The copy is of one instant: originals never change and are there before the record names them, so that the
        copy of the record is taken first, and then every original that it names.
        The places that a user added to a locked project are not encrypted, and so stay out of it.
        Returns the originals that the record names and that are not there, so that they could not be backed up.
        """
        output.parent.mkdir(parents=True, exist_ok=True)
        plain = ("record.sqlite", "corrobora.toml", "gazetteer.sqlite")
        names = (vault.RECORD, vault.SETTINGS, vault.VAULT) if self.seal else plain
        with tempfile.TemporaryDirectory(prefix=".backup-", dir=output.parent) as aside:
            record = Path(aside) / "record"
            blobs = self.store.copy(record)
            files = [(names[0], record), *((name, self.path / name) for name in (*names[1:], WEIGHTS))]
            for blob in sorted(blobs):
                file = Path(preserve.place(blob, self.originals))
                files.append((str(file.relative_to(self.path)), file))
            preserve.pack(output, [(name, path) for name, path in files if path.exists()])
        self.store.log("backup", [("files", str(len(files)))])
        return tuple(name for name, path in files if not path.exists() and "/" in name)

    def awake(self, *, peek: bool = False) -> bool:
        """Say whether a locked project is still open; unless `peek`, that puts off its end."""
        return self.seal is None or bool(preserve.ask_agent(self.path, peek=peek))

    def lock(self, passphrase: str) -> None:
        """Encrypt the project with a passphrase, for good; this object can not be used afterwards.

        Raises BadInput where it is locked already, the passphrase is too short, or an original was changed; Busy where
        the project is open elsewhere, as by `serve`.
        """
        if self.seal:
            raise BadInput(f"{self.path} is encrypted already", hint="'corrobora lock' without more forgets its key.")
        about, seal = preserve.make_seal(passphrase)
        if faults := self.verify():
            raise BadInput(f"{self.path} is not as it was recorded: {faults[0]}", hint="See 'corrobora verify'.")
        with self.alone():
            self.store.log("lock")
            self.store.close_last()
            vault.encrypt(self.path, about, seal)


def unlock(path: Path, passphrase: str, minutes: float = MINUTES) -> None:
    """Keep the key of a locked project in memory until nobody has used it for `minutes`.

    Raises NotFound where there is no locked project, BadInput for another passphrase than it was locked with.
    """
    if not vault.is_locked(path):
        raise NotFound(f"{path} is not a locked project", hint=f"Lock it first: corrobora lock {path}")
    preserve.hold_key(path, preserve.open_seal((path / vault.VAULT).read_bytes(), passphrase).key, minutes)


def forget(path: Path) -> bool:
    """Have nobody hold the key of a locked project any more; say whether somebody did."""
    return preserve.forget_key(path)


def restore(backup: Path, path: Path) -> int:
    """Write the project that `backup` holds into the new folder `path`; return how many files it has.

    The project's log tells of it, with the SHA-256 of the backup; that of a locked one when it is next unlocked.
    Raises BadInput where the backup is damaged or changed: then there is no folder.
    """
    if not backup.is_file():
        raise BadInput(f"{backup}: there is no such file", hint="Name a file that 'corrobora backup' wrote.")
    count = preserve.unpack(backup, path, RESTORED)
    if not vault.is_locked(path):
        (path / "originals").mkdir(exist_ok=True)
        Folder(path).store.close()
    return count
