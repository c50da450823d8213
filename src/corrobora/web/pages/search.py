"""Search: where words stand, in texts and claims."""

import re

from corrobora.project import Project
from corrobora.web.ask import Ask
from corrobora.web.known import Known
from corrobora.web.view import View

LIMIT = 100


def show(project: Project, ask: Ask) -> View:
    """Show where the words of `q` stand."""
    words = ask.more.get("q", "").strip()
    hits = project.search(words, LIMIT) if words else ()
    values = {"q": words, "hits": hits, "limit": LIMIT, "known": Known(project.record())}
    return View("search.html", values, {"q": words, "hits": hits})


def marked(quote: str) -> list[tuple[str, bool]]:
    r"""Split a hit's quote at the isolates that stand around the words found.

    >>> marked("in \u2068Karvel\u2069 town")
    [('in ', False), ('Karvel', True), (' town', False)]
    """
    pieces = re.split("\u2068(.*?)\u2069", quote, flags=re.DOTALL)
    return [(piece, bool(n % 2)) for n, piece in enumerate(pieces) if piece]
