"""Copies of a project for the worst day: backup, restore."""

import sys
from pathlib import Path

import click

from corrobora import project
from corrobora.cli.shared import FOLDER, PROJECT, opened

FILE = click.Path(path_type=Path, dir_okay=False)


@click.command()
@PROJECT
@click.option("--output", type=FILE, required=True, help="New file to write, best on another disk.")
def backup(path: Path, output: Path) -> None:
    """Write the whole project into one file, while it may be in use."""
    missing = opened(path).backup(output)
    click.echo(f"{output}  ({output.stat().st_size / 1e6:,.1f} MB). Next: corrobora restore {output} NEW_FOLDER")
    for name in missing:
        click.echo(f"missing: {name}", err=True)
    sys.exit(1 if missing else 0)


@click.command()
@click.argument("backup_file", metavar="BACKUP", type=FILE)
@click.argument("path", metavar="PROJECT", type=FOLDER)
def restore(backup_file: Path, path: Path) -> None:
    """Write the project that a backup holds into a new folder, each file checked against its hash."""
    count = project.restore(backup_file, path)
    click.echo(f"{path}: {count} files, each as it was backed up. Next: corrobora verify {path}")
