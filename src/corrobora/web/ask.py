"""What was asked: one query string for list, map, timeline, tolls and export alike."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from importlib.resources import files
from typing import Any
from urllib.parse import urlencode

from corrobora.errors import BadInput
from corrobora.model import Filter

PAGE_ROWS = 100
DECIDED = ("undecided", "accepted", "corrected", "rejected")
LABELS = {
    "words": "Words",
    "harm": "Harm",
    "act": "Act",
    "scope": "Scope",
    "place": "Place",
    "country": "Country",
    "speaker": "Speaker",
    "outlet": "Outlet",
    "document": "Document",
    "earliest": "From",
    "latest": "To",
    "decided": "Decided",
}


def _terms() -> dict[str, tuple[str, ...]]:
    """Return the fixed terms that a question or a form may name, from the vocabulary's own table."""
    table: dict[str, Any] = tomllib.loads(files("corrobora.model").joinpath("terms.toml").read_text(encoding="utf-8"))
    acts = tuple(table.get("act", ()))
    plain = {name: tuple(table[name]) for name in ("harm", "scope", "verdict", "qualifier")}
    return plain | {"act": acts, "decided": DECIDED, "failed": tuple(table["state"]["failed"])}


TERMS = _terms()


@dataclass(frozen=True, slots=True)
class Ask:
    """One request: the ids in its path, the question, the page of a list, and other parameters (`q`, `to`)."""

    ids: Mapping[str, str] = field(default_factory=dict)
    question: Filter = field(default_factory=Filter)
    page: int = 1
    more: Mapping[str, str] = field(default_factory=dict)

    @property
    def query(self) -> str:
        """The question as a query string, with a leading '?', or '' where nothing is asked."""
        return query_of(self.question)


def query_of(question: Filter, **changes: str) -> str:
    """Write a question as a query string; `changes` replace or, when empty, drop a part, or add `page`.

    >>> query_of(Filter(harm="killed", earliest=date(2025, 3, 6)), page="2")
    '?harm=killed&earliest=2025-03-06&page=2'
    >>> query_of(Filter(harm="killed"), harm="")
    ''
    """
    parts = {name: str(value) for name, value in asdict(question).items() if value} | changes
    return "?" + urlencode({k: v for k, v in parts.items() if v}) if any(parts.values()) else ""


def read_question(given: Mapping[str, str]) -> Filter:
    """Read the parts of a question. Unknown names are left alone: they may be another page's own.

    Raises BadInput for a day that is none, a term that is not of the vocabulary, a country that is no code.

    >>> read_question({"harm": "killed", "earliest": "2025-03-06"}).earliest
    datetime.date(2025, 3, 6)
    """
    parts: dict[str, Any] = {name: given.get(name, "").strip() for name in LABELS}
    for name in ("harm", "act", "scope", "decided"):
        allowed = TERMS[name]
        if parts[name] and allowed and parts[name] not in allowed:
            raise BadInput(
                f"{LABELS[name]} '{parts[name]}' is not a term of this record.", hint=f"Use {', '.join(allowed)}."
            )
    if parts["country"] and not re.fullmatch("[A-Za-z]{2}", parts["country"]):
        raise BadInput(f"Country '{parts['country']}' is not a country code.", hint="Use two letters: SY, NG, UA.")
    parts["country"] = parts["country"].upper()
    parts["earliest"], parts["latest"] = _day(parts["earliest"], "From"), _day(parts["latest"], "To")
    if parts["earliest"] and parts["latest"] and parts["earliest"] > parts["latest"]:
        raise BadInput(f"'From' ({parts['earliest']}) is after 'To' ({parts['latest']}).", hint="Swap the two days.")
    return Filter(**parts)


def read_ask(given: Mapping[str, str], ids: Mapping[str, str]) -> Ask:
    """Read a whole request. Raises BadInput as `read_question`, and for a page number that is none."""
    page = given.get("page") or "1"
    if not re.fullmatch("[1-9][0-9]{0,6}", page):
        raise BadInput(f"Page '{page}' is not a page number.", hint="Pages are counted from 1.")
    more = {name: value for name, value in given.items() if name not in LABELS and name != "page"}
    return Ask(ids=ids, question=read_question(given), page=int(page), more=more)


def _day(given: str, label: str) -> date | None:
    if not given:
        return None
    try:
        return date.fromisoformat(given)
    except ValueError as error:
        raise BadInput(f"{label} '{given}' is not a day.", hint="Write a day as 2025-03-06.") from error


@dataclass(frozen=True, slots=True)
class Paged:
    """One page of a list: its rows, how many there are in all, and the query strings of its neighbours."""

    rows: tuple[Any, ...]
    total: int
    first: int
    previous: str
    next: str

    @property
    def last(self) -> int:
        """The number of the last row shown, counted from 1."""
        return self.first + len(self.rows) - 1


def paged(rows: "tuple[Any, ...] | list[Any]", ask: Ask, **more: str) -> Paged:
    """Cut out the page that was asked for; `more` are parameters to keep in the neighbours' addresses.

    >>> paged(tuple(range(250)), Ask(page=3)).first
    201
    """
    start = (ask.page - 1) * PAGE_ROWS
    back = query_of(ask.question, **more, page=str(ask.page - 1)) if ask.page > 1 else ""
    onward = query_of(ask.question, **more, page=str(ask.page + 1)) if start + PAGE_ROWS < len(rows) else ""
    return Paged(tuple(rows[start : start + PAGE_ROWS]), len(rows), start + 1, back, onward)
