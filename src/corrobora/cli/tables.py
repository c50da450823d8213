"""What lies outside any project: the index of place names, the public form."""

import json
from pathlib import Path

import click

from corrobora import project
from corrobora.cli.saying import say
from corrobora.cli.shared import PROJECT, Bars, opened


@click.group("gazetteer", invoke_without_command=True)
@click.pass_context
def gazetteer(context: click.Context) -> None:
    """Build the index of place names, once for all projects, and say where it lies; `add` fills a project's own."""
    if context.invoked_subcommand is None:
        say(project.gazetteer(Bars()))


@gazetteer.command("add")
@PROJECT
@click.argument("file", type=click.Path(path_type=Path))
def add(path: Path, file: Path) -> None:
    """Add a file of place names to a project: its villages, camps and spellings.

    FILE is a GeoNames dump (allCountries.zip, SY.zip, alternateNamesV2.zip), a table (CSV) with columns such as name,
    latitude, longitude, aliases, admin1, country, pcode, or GeoJSON. The next run resolves the project's reports anew.
    """
    told = opened(path, new=True).add_places(file)
    say(f"{told.places:,} places, {told.names:,} names added. Next: corrobora read {path}")
    for reason, count in told.left_out:
        say(f"  left out {count:,}: {reason}")


@gazetteer.command("learn")
@PROJECT
@click.option("--undo", is_flag=True, help="Take back what was learned last.")
def learn(path: Path, undo: bool) -> None:
    """Learn from a project's reports which countries and provinces each outlet writes about.

    A paper of Paris, Texas then means that Paris. Nothing is learned unless this is run, and what was learned stays as
    it is until it is run again. The next run resolves the project's reports anew.
    """
    known = opened(path)
    told = known.unlearn_places() if undo else known.learn_places()
    done = "taken back" if undo else f"learned from {told.reports:,} reports"
    say(f"Version {told.number}, {len(told.outlets):,} outlets: {done}. Next: corrobora read {path}")


@click.command()
def schema() -> None:
    """Print the JSON Schema of the public form."""
    say(json.dumps(project.schema(), indent=1))
