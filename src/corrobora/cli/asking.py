"""Questions to a record: search, explain, assess, serve, export."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from corrobora import plugins, project
from corrobora.cli.saying import flat, say
from corrobora.cli.shared import FILE, FOLDER, PROJECT, asked, opened, question


@click.command()
@PROJECT
@click.argument("words", nargs=-1, required=True)
def search(path: Path, words: Sequence[str]) -> None:
    """Find words in texts and claims; "a phrase" as it stands."""
    hits = opened(path).search(" ".join(words))
    for hit in hits:
        quote = " ".join(hit.quote.replace("\u2068", "[").replace("\u2069", "]").split())
        say(f"{hit.claim or hit.document}  {flat(hit.file)}\n    {quote}")
    say(f"{len(hits)} found")


@click.command()
@PROJECT
@click.argument("incident")
def explain(path: Path, incident: str) -> None:
    """Print the chain from each figure of an incident to the sentence, the file and its hash."""
    say(opened(path).explain(incident))


@click.command("explain-claim")
@PROJECT
@click.argument("claim")
def explain_claim(path: Path, claim: str) -> None:
    """Print how a claim was made: the rule and words of each part, its confidence, its sentence as it was parsed."""
    say(opened(path).explain_claim(claim))


@click.command()
@PROJECT
@click.argument("incident", required=False)
def assess(path: Path, incident: str | None) -> None:
    """Print figures by every rule, grade and contradictions of an incident, or of all."""
    found = opened(path)
    found.link()
    wanted = [incident] if incident else [i.id for i in found.record().incidents]
    say("\n\n".join(found.explain(i) for i in wanted))


@click.command()
@PROJECT
@click.option("--port", default=0, help="Port on 127.0.0.1; a free one if left out.")
def serve(path: Path, port: int) -> None:
    """Show the project in a browser on this machine. Prints the address to open; Ctrl-C ends it."""
    plugins.load(plugins.DOORS, "web")(opened(path), port)


@click.command()
@PROJECT
@click.option("--to", "form", default="jsonl", help="jsonl, csv, geojson, parquet or bundle.")
@click.option("--output", type=FOLDER, required=True, help="Folder to write into.")
@click.option("--since", type=FOLDER, help="An earlier export to jsonl: also write what changed since.")
@click.option("--redact", is_flag=True, help="With bundle: withhold all that may say who, where or from whom.")
@click.option("--reveal", multiple=True, help="With --redact: witness, victim, accused, staff, place, source or words.")
@click.option("--never", type=FILE, help="With --redact: a file of further names, a line each, that may stand nowhere.")
@asked
def export(path: Path, form: str, output: Path, since: Path | None, redact: bool, **options: Any) -> None:  # noqa: ANN401
    """Write the record, or the part that options ask for, in the public form.

    bundle: a bag with originals, texts, claims, decisions and the proofs of all, and one file that checks it offline.
    """
    reveal, never = options.pop("reveal"), options.pop("never")
    names = never.read_text(encoding="utf-8").splitlines() if never else ()
    hiding = project.Redact(reveal, names) if redact or reveal or never else None
    for file in opened(path).export(form, output, question(options), since, hiding):
        say(file)
