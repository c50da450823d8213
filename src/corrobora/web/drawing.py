"""Draws views as HTML: one Jinja2 environment, in which everything is escaped and nothing may be missing."""

import json
from collections.abc import Sequence

import jinja2

from corrobora.web import words
from corrobora.web.ask import LABELS, TERMS
from corrobora.web.pages.search import marked

# Address, name, and whether the question goes along.
MENU = (
    ("/", "Overview", False),
    ("/documents", "Documents", True),
    ("/claims", "Claims", True),
    ("/incidents", "Incidents", True),
    ("/map", "Map", True),
    ("/timeline", "Timeline", True),
    ("/tolls", "Tolls", True),
    ("/decisions", "Decisions", False),
    ("/custody", "Custody", False),
    ("/export", "Export", True),
    ("/help", "Help", False),
)


def environment() -> jinja2.Environment:
    """Return the environment of all templates: autoescaped, and strict about what a template names."""
    made = jinja2.Environment(
        loader=jinja2.PackageLoader("corrobora.web"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    written = (
        words.event,
        words.figure,
        words.headline,
        words.day,
        words.days,
        words.moment,
        words.where,
        words.reach,
        words.term,
        words.harm,
        words.voice,
        words.carriers,
        words.verdict,
        words.listed,
        words.plural,
        words.number,
    )
    made.filters |= {function.__name__: function for function in written}
    made.filters |= {"marked": marked, "state": state, "unnamed": unnamed, "shortened": shortened, "value": value}
    made.globals |= {"menu": MENU, "labels": LABELS, "terms": TERMS, "rules": words.RULES}
    return made


def state(term: str) -> str:
    """Write the state of an input as words."""
    return words.STATES.get(term, words.term(term))


def unnamed(name: str) -> str:
    """Write a voice that has no name."""
    return name or "someone unnamed"


def shortened(names: Sequence[str], most: int = 3) -> str:
    """Write the first names of a list, and how many more there are.

    >>> shortened(["a", "b", "c", "d", "e"])
    'a, b, c and 2 more'
    """
    more = len(names) - most
    return f"{', '.join(names[:most])} and {more} more" if more > 0 else words.listed(names)


def value(corrected: str) -> str:
    r"""Write a corrected value, which is a text or the JSON of a figure.

    >>> value('{"low": 12, "high": null, "qualifier": "at_least"}'), value("Karvel")
    ('≥\xa012', 'Karvel')
    """
    if not corrected.startswith("{"):
        return corrected
    figure = json.loads(corrected)
    return words.span(figure.get("low"), figure.get("high"))
