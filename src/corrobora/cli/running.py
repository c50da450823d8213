"""From reports to a record: new, add, read, link, run, demo."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from corrobora import plugins, project
from corrobora.cli.saying import flat, say
from corrobora.cli.shared import FOLDER, PROJECT, SHOWN, Bars, named, opened, sources
from corrobora.model import Summary

if TYPE_CHECKING:
    from corrobora.project import Project

QUIET = frozenset({"read", "no_claims", "metadata", "container", "skipped"})


@click.command("new")
@click.argument("path", type=FOLDER)
def new(path: Path) -> None:
    """Make an empty project."""
    say(f"Made {project.new(path).path}. Next: corrobora add {path} FOLDER_OF_REPORTS")


@click.command()
@PROJECT
@named
def add(path: Path, paths: Sequence[str], columns: Sequence[str], **options: str) -> None:
    """Keep reports: their bytes, where they were found and what is known of them."""
    inputs = opened(path, new=True).add(sources(paths, columns=columns, **options))
    for given in inputs:
        say(f"{given.state:14} {flat(given.file)}" + (f"  ({flat(given.reason)})" if given.reason else ""))


@click.command()
@PROJECT
def read(path: Path) -> None:
    """Read what is kept and not yet read: words, claims, places, periods, speakers."""
    say(f"Read {opened(path).read()} documents. Next: corrobora link {path}")


@click.command()
@PROJECT
@click.option(
    "--learn", type=click.Choice(["em", "decisions", "shipped"]), help="Make the project's own weights first."
)
def link(path: Path, learn: str | None) -> None:
    """Gather claims into incidents and running totals, and work out figures and contradictions.

    --learn em makes weights of linking from the reports alone, --learn decisions from what people decided is the same
    or not; they are kept in linking.toml of the project, until --learn shipped takes them away.
    """
    found = opened(path)
    weights = found.link(learn or "")
    record = found.record()
    say(f"{len(record.incidents)} incidents, {len(record.tolls)} running totals, by the weights '{weights}'.")
    say(f"Next: corrobora serve {path}")


@click.command()
@PROJECT
@named
@click.option("--json", "as_json", is_flag=True, help="Print the summary for machines.")
def run(path: Path, paths: Sequence[str], columns: Sequence[str], as_json: bool, **options: str) -> None:
    """Add, read and link, in one go; the same command again does only what is new.

    PATHS are reports (.txt .md .html .pdf .docx .eml), tables (.csv .jsonl .json), mailboxes, web archives (.warc
    .wacz), folders, bags or a zip of these, or - for standard input. Of an address (https://…) the page is fetched,
    and kept as a web archive; nothing else opens a connection. NAME.json beside NAME.txt says its url, title, outlet,
    published, language. Ends with status 1 if an input could not be read.
    """
    found = opened(path, new=True)
    summary = found.run(sources(paths, columns=columns, **options))
    say(json.dumps(found.told(summary), ensure_ascii=False, indent=1) if as_json else summary_text(found, summary))
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
    lines += [f"  {given.state:14} {flat(given.file)}: {flat(given.reason)}" for given in noted[:SHOWN]]
    lines += [f"  … and {len(noted) - SHOWN} more: the documents page, or --json, lists all"] * (len(noted) > SHOWN)
    return "\n".join([*lines, "", f"Look at it:  corrobora serve {found.path}"])


@click.command()
@click.argument("path", default="demo", type=FOLDER)
@click.option("--serve", "serving", is_flag=True, help="Show it in a browser at once.")
def demo(path: Path, serving: bool) -> None:
    """Run a packaged project of fictional reports, and print what was found."""
    found, summary = project.demonstrate(path, Bars())
    say(summary_text(found, summary))
    if serving:
        plugins.load(plugins.DOORS, "web")(found, 0)
