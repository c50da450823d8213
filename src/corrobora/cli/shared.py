"""What the commands share: options, progress on a terminal, and how a project is opened."""

import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from corrobora import project
from corrobora.cli.saying import say
from corrobora.model import Filter, Metadata, Source

if TYPE_CHECKING:
    from corrobora.project import Project

F = TypeVar("F", bound=Callable[..., object])
SHOWN = 40  # lines of a list that a terminal is given; the pages and --json have all
FOLDER = click.Path(path_type=Path, file_okay=False)
FILE = click.Path(path_type=Path, dir_okay=False, exists=True)
PROJECT = click.argument("path", metavar="PROJECT", type=FOLDER)


class Bars:
    """Progress on a terminal: a bar with rate and time left for each thing that takes longer than two seconds."""

    def __init__(self) -> None:
        self.bars: dict[str, Any] = {}

    def __call__(self, what: str, done: int, total: int) -> None:
        """Show that `done` of `total` (0: not known) is done of `what`."""
        if not done and not total:
            say(f"{what} …", err=True)
            return
        from tqdm import tqdm  # noqa: PLC0415  50 ms that --help need not wait for

        if what not in self.bars:
            self.bars[what] = tqdm(desc=what, total=total or None, delay=2, disable=None, unit="", file=sys.stderr)
        self.bars[what].update(done - self.bars[what].n)
        if done == total:
            self.bars.pop(what).close()


def named(command: F) -> F:
    """Give a command the options that say what is known of the reports beside their words."""
    options = (
        click.option("--published", metavar="DATE", default="", help="Day of reports that carry no date (2025-03-13)."),
        click.option("--outlet", metavar="NAME", default="", help="Publisher of reports that name none."),
        click.option("--timezone", metavar="TZ", default="", help="Time zone of publication (Asia/Damascus)."),
        click.option("--column", "columns", metavar="FIELD=NAME", multiple=True, help="Column of a table: text=Body."),
        click.argument("paths", nargs=-1, required=True),
    )
    for option in options:
        command = option(command)
    return command


def asked(command: F) -> F:
    """Give a command the options that select a part of the record."""
    fields = {
        "words": "Words in the text.", "harm": "killed, injured, abducted …", "act": "shelling, shooting …",
        "scope": "incident, total or rate.", "place": "Part of a place name.", "country": "ISO code, such as SY.",
        "speaker": "Part of a speaker's name.", "outlet": "Part of an outlet's name.", "document": "A document's id.",
        "earliest": "First day (2025-03-01).", "latest": "Last day.",
        "decided": "accepted, corrected, rejected or undecided.",
    }  # fmt: skip
    for name, text in reversed(fields.items()):
        command = click.option(f"--{name}", default="", help=text)(command)
    return command


def question(values: Mapping[str, str]) -> Filter:
    """Return the filter that options name. Raises click.BadParameter for what is not a day."""
    texts = {name: value for name, value in values.items() if name not in ("earliest", "latest")}
    return Filter(earliest=day("earliest", values["earliest"]), latest=day("latest", values["latest"]), **texts)


def day(name: str, text: str) -> date | None:
    """Return an ISO day, None for ''."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise click.BadParameter(f"--{name}: {text!r} is not a day such as 2025-03-13") from None


def sources(paths: Sequence[str], published: str, outlet: str, timezone: str, columns: Sequence[str]) -> list[Source]:
    """Return what the paths name, with what the options say of them."""
    day("published", published[:10])
    defaults = Metadata(published=published, outlet=outlet, timezone=timezone)
    pairs = tuple((field, name) for field, _, name in (column.partition("=") for column in columns))
    return [Source(path, defaults, pairs) for path in paths]


def opened(path: Path, *, new: bool = False) -> "Project":
    """Open a project with progress bars; with `new`, make it where there is none."""
    found = project.new(path) if new else project.open_project(path)
    found.progress = Bars()
    return found
