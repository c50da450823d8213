"""How to use the pages: keys, words, and what the record never says."""

from corrobora.project import Project
from corrobora.web.ask import Ask
from corrobora.web.view import View

KEYS = (
    ("j", "next claim"),
    ("k", "previous claim"),
    ("a", "accept the claim as it was read"),
    ("x", "reject it: it does not say that"),
    ("e", "edit: correct its figure, speaker, place, days, victims or perpetrator"),
    ("u", "undo the decision on it"),
    ("/", "search"),
    ("?", "this help"),
)


def show(_project: Project, _ask: Ask) -> View:
    """Show the help page."""
    return View("help.html", {"keys": KEYS}, {"keys": dict(KEYS)})
