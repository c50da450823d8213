"""Copies of a project for the worst day, and its encryption: backup, restore, lock, unlock."""

import sys
from pathlib import Path

import click

from corrobora import project
from corrobora.cli.saying import flat, say
from corrobora.cli.shared import FOLDER, PROJECT, opened

FILE = click.Path(path_type=Path, dir_okay=False)


@click.command()
@PROJECT
@click.option("--output", type=FILE, required=True, help="New file to write, best on another disk.")
def backup(path: Path, output: Path) -> None:
    """Write the whole project into one file, while it may be in use."""
    missing = opened(path).backup(output)
    say(f"{output}  ({output.stat().st_size / 1e6:,.1f} MB). Next: corrobora restore {output} NEW_FOLDER")
    for name in missing:
        say(f"missing: {flat(name)}", err=True)
    sys.exit(1 if missing else 0)


@click.command()
@click.argument("backup_file", metavar="BACKUP", type=FILE)
@click.argument("path", metavar="PROJECT", type=FOLDER)
def restore(backup_file: Path, path: Path) -> None:
    """Write the project that a backup holds into a new folder, each file checked; then check the whole record."""
    count = project.restore(backup_file, path)
    say(f"{path}: {count} files, each as it was backed up.")
    if project.is_locked(path):
        say(f"Next: corrobora unlock {path}; corrobora verify {path}")
        return
    faults = opened(path).verify()
    for fault in faults:
        say(f"WRONG {flat(fault)}")
    say(f"{len(faults)} faults" if faults else "Everything in it is as it was recorded.")
    sys.exit(1 if faults else 0)


def passphrase(file: Path | None, *, new: bool) -> str:
    """Return the first line of a file, or what a person types, twice for a new one; it is never shown."""
    if file:
        return file.read_text(encoding="utf-8").partition("\n")[0]
    return str(click.prompt("Passphrase", hide_input=True, confirmation_prompt=new))


SECRET = click.option("--passphrase-file", type=FILE, help="File whose first line is the passphrase.")


@click.command()
@PROJECT
@SECRET
def lock(path: Path, passphrase_file: Path | None) -> None:
    """Encrypt a project with a passphrase; of one that is encrypted, forget the key now.

    Without the passphrase nobody can open it again. Copies that you made before, exports, and what the disk still holds
    of deleted files are not encrypted: see SECURITY.md.
    """
    if project.is_locked(path):
        known = project.forget(path)
        say(f"{path}: locked." if known else f"{path}: it was locked already.")
        return
    opened(path).lock(passphrase(passphrase_file, new=True))
    say(f"{path}: encrypted and locked. Next: corrobora unlock {path}")
    if (path / "gazetteer.sqlite").exists():
        say("Not encrypted: gazetteer.sqlite, the places that were added. Remove it if they tell too much.")


@click.command()
@PROJECT
@SECRET
@click.option("--minutes", default=15.0, show_default=True, help="Lock it again after so long without use.")
def unlock(path: Path, passphrase_file: Path | None, minutes: float) -> None:
    """Open a locked project for a while: its key stays in memory, and its files stay encrypted."""
    project.unlock(path, passphrase(passphrase_file, new=False), minutes)
    say(f"{path}: open, until it has not been used for {minutes:g} minutes. Lock it: corrobora lock {path}")
