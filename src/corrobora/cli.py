"""The command line: each command parses its words, calls one verb of a project, and prints what came of it."""

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from corrobora import __version__, plugins, project
from corrobora.errors import CorroboraError
from corrobora.model import Filter, Metadata, Source, Summary

if TYPE_CHECKING:
    from corrobora.project import Project

F = TypeVar("F", bound=Callable[..., object])
SHOWN = 40  # lines of a list that a terminal is given; the pages and --json have all
QUIET = frozenset({"read", "no_claims", "metadata", "container", "skipped"})
FOLDER = click.Path(path_type=Path, file_okay=False)


class Bars:
    """Progress on a terminal: a bar with rate and time left for each thing that takes longer than two seconds."""

    def __init__(self) -> None:
        self.bars: dict[str, Any] = {}

    def __call__(self, what: str, done: int, total: int) -> None:
        """Show that `done` of `total` (0: not known) is done of `what`."""
        if not done and not total:
            click.echo(f"{what} …", err=True)
            return
        from tqdm import tqdm  # noqa: PLC0415  50 ms that --help need not wait for

        if what not in self.bars:
            self.bars[what] = tqdm(
                desc=what, total=total or None, delay=2, disable=None, unit=" reports", file=sys.stderr
            )
        self.bars[what].update(done - self.bars[what].n)
        if done == total:
            self.bars.pop(what).close()


class Commands(click.Group):
    """Turns an error that a user can meet into words and a status, without a traceback."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; an error says what happened and what to do."""
        try:
            return super().invoke(ctx)
        except CorroboraError as error:
            click.echo(f"Error: {error}", err=True)
            if error.hint:
                click.echo(f"Hint: {error.hint}", err=True)
            sys.exit(1)
        except KeyboardInterrupt:
            click.echo("Stopped. What was kept stays; the same command goes on from here.", err=True)
            sys.exit(130)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="corrobora")
def main() -> None:
    """Read reports of violence and build a record that can be checked.

    Who says what happened, to whom, where, when and how many; where the accounts disagree; each figure tied to the
    words that say it. Everything stays on this machine.

    Start with:  corrobora run PROJECT FOLDER_OF_REPORTS   then:  corrobora serve PROJECT
    """


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


@main.command("new")
@click.argument("path", type=FOLDER)
def new(path: Path) -> None:
    """Make an empty project."""
    click.echo(f"Made {project.new(path).path}. Next: corrobora add {path} FOLDER_OF_REPORTS")


@main.command()
@click.argument("path", metavar="PROJECT", type=FOLDER)
@named
def add(path: Path, paths: Sequence[str], columns: Sequence[str], **options: str) -> None:
    """Keep reports: their bytes, where they were found and what is known of them."""
    inputs = opened(path, new=True).add(sources(paths, columns=columns, **options))
    for given in inputs:
        click.echo(f"{given.state:14} {given.file}" + (f"  ({given.reason})" if given.reason else ""))


@main.command()
@click.argument("path", metavar="PROJECT", type=FOLDER)
def read(path: Path) -> None:
    """Read what is kept and not yet read: words, claims, places, periods, speakers."""
    click.echo(f"Read {opened(path).read()} documents. Next: corrobora link {path}")


@main.command()
@click.argument("path", metavar="PROJECT", type=FOLDER)
def link(path: Path) -> None:
    """Gather claims into incidents and running totals, and work out figures and contradictions."""
    found = opened(path)
    found.link()
    record = found.record()
    click.echo(f"{len(record.incidents)} incidents, {len(record.tolls)} running totals. Next: corrobora serve {path}")


@main.command()
@click.argument("path", metavar="PROJECT", type=FOLDER)
@named
@click.option("--json", "as_json", is_flag=True, help="Print the summary for machines.")
def run(path: Path, paths: Sequence[str], columns: Sequence[str], as_json: bool, **options: str) -> None:
    """Add, read and link, in one go; the same command again does only what is new.

    PATHS are reports (.txt .md .html .pdf .docx .eml), tables (.csv .jsonl .json), mailboxes, folders or a zip of
    these, or - for standard input. NAME.json beside NAME.txt says its url, title, outlet, published, language.
    Ends with status 1 if an input could not be read.
    """
    found = opened(path, new=True)
    summary = found.run(sources(paths, columns=columns, **options))
    click.echo(
        json.dumps(found.told(summary), ensure_ascii=False, indent=1) if as_json else summary_text(found, summary)
    )
    sys.exit(1 if summary.failed else 0)


def summary_text(found: "Project", summary: Summary) -> str:
    """Return what a run found as text, with the next step."""
    told = found.told(summary)
    counts = "  ".join(f"{told[name]} {name}" for name in ("documents", "claims", "incidents", "tolls"))
    lines = [f"{found.path}: {counts}  ({summary.seconds:.1f} s)", ""]
    rows = told["incidents_by_date"]
    width = min(60, max((len(row["what"]) for row in rows[:SHOWN]), default=0))
    lines += [
        f"  {r['incident']}  {r['what']:{width}.{width}}  killed {r['killed']}, injured {r['injured']}"
        for r in rows[:SHOWN]
    ]
    lines += [f"  … and {len(rows) - SHOWN} more incidents"] * (len(rows) > SHOWN)
    lines += ["", "Inputs: " + ", ".join(f"{count} {state}" for state, count in told["states"].items())]
    noted = [given for given in summary.inputs if given.state not in QUIET]
    lines += [f"  {given.state:14} {given.file}: {given.reason}" for given in noted[:SHOWN]]
    lines += [f"  … and {len(noted) - SHOWN} more: the documents page, or --json, lists all"] * (len(noted) > SHOWN)
    return "\n".join([*lines, "", f"Look at it:  corrobora serve {found.path}"])


@main.command()
@click.argument("path", metavar="PROJECT", type=FOLDER)
@click.argument("words", nargs=-1, required=True)
def search(path: Path, words: Sequence[str]) -> None:
    """Find words in texts and claims; "a phrase" as it stands."""
    hits = opened(path).search(" ".join(words))
    for hit in hits:
        quote = " ".join(hit.quote.replace("\u2068", "[").replace("\u2069", "]").split())
        click.echo(f"{hit.claim or hit.document}  {hit.file}\n    {quote}")
    click.echo(f"{len(hits)} found")


@main.command()
@click.argument("path", metavar="PROJECT", type=FOLDER)
@click.argument("incident")
def explain(path: Path, incident: str) -> None:
    """Print the chain from each figure of an incident to the sentence, the file and its hash."""
    click.echo(opened(path).explain(incident))


@main.command()
@click.argument("path", metavar="PROJECT", type=FOLDER)
@click.argument("verdict", type=click.Choice(["accept", "correct", "reject", "same", "not_same", "undo"]))
@click.argument("subjects", metavar="ID...", nargs=-1, required=True)
@click.option("--set", "changes", metavar="FIELD=VALUE", multiple=True, help="With correct; see below.")
@click.option("--reason", default="", help="Why.")
@click.option("--who", default="", help="Who decides; your login name if left out.")
def decide(path: Path, verdict: str, subjects: Sequence[str], changes: Sequence[str], reason: str, who: str) -> None:
    """Decide about claims or incidents; what the machine read stays beside it.

    accept, correct or reject a claim; same or not_same of two claims or incidents; undo a decision. With correct:
    --set figure=12-15 (or 12, 12+, -15), speaker=NAME, place=NAME, earliest=DAY, latest=DAY, victims=WORDS,
    perpetrator=NAME.
    """
    values = {field: value for field, _, value in (change.partition("=") for change in changes)}
    made = opened(path).decide(verdict, subjects, values=values, reason=reason, who=who)
    click.echo(
        f"{made.id}  {made.verdict} {' '.join(made.subjects)}\nTo take it back: corrobora decide {path} undo {made.id}"
    )


@main.command()
@click.argument("path", metavar="PROJECT", type=FOLDER)
@click.argument("incident", required=False)
def assess(path: Path, incident: str | None) -> None:
    """Print figures by every rule, grade and contradictions of an incident, or of all."""
    found = opened(path)
    found.link()
    wanted = [incident] if incident else [i.id for i in found.record().incidents]
    click.echo("\n\n".join(found.explain(i) for i in wanted))


@main.command()
@click.argument("path", metavar="PROJECT", type=FOLDER)
@click.option("--port", default=0, help="Port on 127.0.0.1; a free one if left out.")
def serve(path: Path, port: int) -> None:
    """Show the project in a browser on this machine. Prints the address to open; Ctrl-C ends it."""
    plugins.load(plugins.DOORS, "web")(opened(path), port)


@main.command()
@click.argument("path", metavar="PROJECT", type=FOLDER)
def verify(path: Path) -> None:
    """Check every original, text and claim against its hash and its words."""
    faults = opened(path).verify()
    click.echo("\n".join(faults) or "Every original, text and claim is as it was recorded.")
    sys.exit(1 if faults else 0)


@main.command()
@click.argument("path", metavar="PROJECT", type=FOLDER)
@click.option("--to", "form", default="jsonl", help="jsonl, csv, geojson or parquet.")
@click.option("--output", type=FOLDER, required=True, help="Folder to write into.")
@click.option("--since", type=FOLDER, help="An earlier export to jsonl: also write what changed since.")
@asked
def export(path: Path, form: str, output: Path, since: Path | None, **asked: str) -> None:
    """Write the record, or the part that options ask for, in the public form."""
    for file in opened(path).export(form, output, question(asked), since):
        click.echo(file)


@main.command("gazetteer")
def gazetteer() -> None:
    """Build the index of place names, once for all projects, and say where it lies."""
    click.echo(project.gazetteer(Bars()))


@main.command()
def schema() -> None:
    """Print the JSON Schema of the public form."""
    click.echo(json.dumps(project.schema(), indent=1))


@main.command()
@click.argument("path", default="demo", type=FOLDER)
@click.option("--serve", "serving", is_flag=True, help="Show it in a browser at once.")
def demo(path: Path, serving: bool) -> None:
    """Run a packaged project of fictional reports, and print what was found."""
    found, summary = project.demonstrate(path, Bars())
    click.echo(summary_text(found, summary))
    if serving:
        plugins.load(plugins.DOORS, "web")(found, 0)


if __name__ == "__main__":
    main()
