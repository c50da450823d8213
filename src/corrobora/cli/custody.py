"""Whether the record still stands as it was made: log, anchor, verify."""

import json
import sys
from pathlib import Path

import click

from corrobora.cli.saying import flat, say
from corrobora.cli.shared import FILE, FOLDER, PROJECT, SHOWN, opened


@click.command(options_metavar="[OPTIONS]")
@click.argument("head", metavar="[head]")
@click.argument("path", metavar="PROJECT", type=FOLDER, required=False)
@click.option("--json", "as_json", is_flag=True, help="Print the whole log for machines, an event a line.")
def log(head: str, path: Path | None, as_json: bool) -> None:
    """Show the custody log: what was done to the record, when, by whom, with what.

    `corrobora log head PROJECT` prints its signed head, with a QR code to photograph. Give it to a second person, or
    keep it elsewhere: `corrobora verify PROJECT --head FILE` then shows whether anything before it was changed since.
    """
    if path is not None and head != "head":
        raise click.UsageError("write: corrobora log PROJECT, or: corrobora log head PROJECT")
    if path is not None:
        note = opened(path).head().note
        say(note, end="")
        click.echo(drawn(note), err=True)
        return
    found = opened(Path(head)).log()
    if as_json:
        say("\n".join(event.body for event in found.events))
        return
    say("\n".join(told(event.position, event.body) for event in found.events[-SHOWN:]))
    stamps = [f"{a.state} by {a.authority} at {a.size} events {a.stamped}".rstrip() for a in found.anchors]
    say(f"{len(found.events)} events. Time stamps: {'; '.join(stamps) or 'none'}")


def told(position: int, body: str) -> str:
    """Return an event in a line."""
    event = json.loads(body)
    about = event["about"] or f"{len(event['rows'])} rows" * bool(event["rows"])
    details = " ".join(f"{name}={value}" for name, value in event["details"] if value)
    return flat(f"{position:6}  {event['at'][:19]}  {event['what']:9} {about:20} by {event['who']}  {details}".rstrip())


def drawn(note: str) -> str:
    """Return a text as a QR code that a terminal can show."""
    import io  # noqa: PLC0415

    import segno  # noqa: PLC0415  needed here alone

    shown = io.StringIO()
    segno.make(note, error="l", micro=False).terminal(shown, compact=True)
    return shown.getvalue()


@click.command()
@PROJECT
def anchor(path: Path) -> None:
    """Have the head of the log time-stamped by the authorities and calendars that corrobora.toml names.

    Off unless [anchor] names some. States: none (nobody was asked), pending (no answer yet; promised by a calendar),
    failed (the same command asks again), anchored (a token is kept), verified (and its chain holds).
    """
    said = opened(path).anchor()
    for one in said:
        say(f"{one.state:9} {one.authority}  {one.stamped}  {one.reason}".rstrip())
    sys.exit(1 if any(one.state == "failed" for one in said) else 0)


@click.command()
@PROJECT
@click.option("--head", type=FILE, help="A head that `corrobora log head` printed earlier, kept elsewhere.")
def verify(path: Path, head: Path | None) -> None:
    """Check every original, text, row, event and checkpoint; name each that is not as it was recorded."""
    found = opened(path)
    faults = found.verify(head)
    say("\n".join(map(flat, faults)) or "Everything is as it was recorded." + (" The head holds." if head else ""))
    if pace := found.pace.told():
        say(f"{pace}.", err=True)
    sys.exit(1 if faults else 0)
