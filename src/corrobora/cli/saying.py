"""What a terminal is given. Words of a file may hold what moves the cursor, hides a line or turns its order about."""

import re

import click

_MOVES = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def plain(text: object) -> str:
    r"""Return a text with each character that a terminal would obey, and not show, written out as JSON writes it.

    >>> print(plain("a\x1b[2Jb \u202ec"))
    a\u001b[2Jb \u202ec
    """
    return _MOVES.sub(lambda found: f"\\u{ord(found[0]):04x}", str(text))


def flat(text: object) -> str:
    r"""Return a name or a reason that stands in a line of a list: it makes no lines of its own.

    >>> print(flat("a\nread  b.txt"))
    a\nread  b.txt
    """
    return plain(text).replace("\n", "\\n").replace("\t", "\\t")


def say(text: object, *, err: bool = False, end: str = "\n") -> None:
    """Print a text for a person; `err` for what is no result."""
    click.echo(plain(text) + end, err=err, nl=False)
