"""What people decide."""

from collections.abc import Sequence
from pathlib import Path

import click

from corrobora.cli.saying import say
from corrobora.cli.shared import PROJECT, opened


@click.command()
@PROJECT
@click.argument("verdict", type=click.Choice(["accept", "correct", "reject", "same", "not_same", "undo"]))
@click.argument("subjects", metavar="ID...", nargs=-1, required=True)
@click.option("--set", "changes", metavar="FIELD=VALUE", multiple=True, help="With correct; see below.")
@click.option("--reason", default="", help="Why.")
@click.option("--who", default="", help="Who decides; your login name if left out.")
def decide(path: Path, verdict: str, subjects: Sequence[str], changes: Sequence[str], reason: str, who: str) -> None:
    """Decide about claims or incidents; what the machine read stays beside it.

    accept, correct or reject a claim; same or not_same of two claims or incidents; undo a decision. With correct:
    --set figure=12-15 (or 12, 12+, -15), speaker=NAME, place=NAME, earliest=DAY, latest=DAY, victims=WORDS,
    perpetrator=NAME. A place is looked up: of namesakes, say which (place="NAME, PROVINCE" or "NAME, COUNTRY"); the
    next read gives it to that name in all reports.
    """
    values = {field: value for field, _, value in (change.partition("=") for change in changes)}
    made = opened(path).decide(verdict, subjects, values=values, reason=reason, who=who)
    say(f"{made.id}  {made.verdict} {' '.join(made.subjects)}\nTo take it back: corrobora decide {path} undo {made.id}")
