"""What lies outside any project: the index of place names, the public form."""

import json

import click

from corrobora import project
from corrobora.cli.shared import Bars


@click.command("gazetteer")
def gazetteer() -> None:
    """Build the index of place names, once for all projects, and say where it lies."""
    click.echo(project.gazetteer(Bars()))


@click.command()
def schema() -> None:
    """Print the JSON Schema of the public form."""
    click.echo(json.dumps(project.schema(), indent=1))
