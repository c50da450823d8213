"""Whether the record still stands as it was made: verify."""

import sys
from pathlib import Path

import click

from corrobora.cli.shared import PROJECT, opened


@click.command()
@PROJECT
def verify(path: Path) -> None:
    """Check every original, text and claim against its hash and its words."""
    faults = opened(path).verify()
    click.echo("\n".join(faults) or "Every original, text and claim is as it was recorded.")
    sys.exit(1 if faults else 0)
