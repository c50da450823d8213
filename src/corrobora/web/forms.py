"""What a person typed into a form: a decision, which `Project.decide` checks, or how pages should look."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import quote, unquote, urlsplit

from starlette.datastructures import FormData

from corrobora.errors import BadInput
from corrobora.web.ask import TERMS
from corrobora.web.known import Account

FIGURE = ("low", "high", "qualifier")
PLAIN = ("harm", "scope", "speaker", "place", "earliest", "latest", "victims", "perpetrator")
LONGEST = 2_000  # characters of one field: a reason is a sentence, not a file


class Field(NamedTuple):
    """One field of the form that corrects a claim: `kind` is text, number, day, or the fixed term to choose from."""

    name: str
    label: str
    value: str
    kind: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A decision as asked for by a form."""

    verdict: str
    subjects: tuple[str, ...]
    values: dict[str, str]
    reason: str


def fields(account: Account) -> list[Field]:
    """Return the fields of the form that corrects a claim, filled with what holds now."""
    reading = account.reading
    count, period = reading.claim.count, reading.period
    perpetrator = reading.claim.perpetrators[0] if reading.claim.perpetrators else None
    return [
        Field("low", "Figure, at least", _text(count.low), "number"),
        Field("high", "Figure, at most", _text(count.high), "number"),
        Field("qualifier", "The words say", count.qualifier, "qualifier"),
        Field("harm", "What was done", reading.claim.harm, "harm"),
        Field("scope", "It counts", reading.claim.scope, "scope"),
        Field("speaker", "Speaker", next((name for name in reading.speakers if name), reading.voice), "text"),
        Field("place", "Place", reading.place.name if reading.place else "", "text"),
        Field("earliest", "Earliest day", _text(period.earliest if period else None), "day"),
        Field("latest", "Latest day", _text(period.latest if period else None), "day"),
        Field("victims", "Whom", reading.claim.victims.text if reading.claim.victims else "", "text"),
        Field("perpetrator", "By whom", (perpetrator.name or perpetrator.text) if perpetrator else "", "text"),
    ]


def _text(value: object) -> str:
    return "" if value is None else str(value)


def asked(form: FormData) -> Asked:
    """Read a decision from a form. Raises BadInput for one without a verdict, or with a field beyond measure.

    A corrected field is one that differs from its `was_` twin: what was not touched is not decided.
    """
    given = {name: value for name, value in form.multi_items() if isinstance(value, str)}
    if any(len(value) > LONGEST for value in given.values()):
        raise BadInput(f"A field holds more than {LONGEST} characters.", hint="Put it more briefly.")
    verdict = given.get("verdict", "")
    if verdict not in TERMS["verdict"]:
        raise BadInput(f"'{verdict}' is no verdict.", hint=f"A verdict is one of {', '.join(TERMS['verdict'])}.")
    named = [given.get("standing", "")] if verdict == "undo" else form.getlist("subject")
    subjects = tuple(dict.fromkeys(s.strip() for s in named if isinstance(s, str) and s.strip()))
    values = corrections(given) if verdict == "correct" else {}
    return Asked(verdict, subjects, values, given.get("reason", ""))


def corrections(given: Mapping[str, str]) -> dict[str, str]:
    """Return the fields that a form changed, the three parts of a figure as one.

    >>> corrections({"low": "12", "was_low": "20", "high": "12", "was_high": "20", "speaker": "A", "was_speaker": "A"})
    {'figure': '{"low": 12, "high": 12, "qualifier": "exact"}'}
    """
    now = {name: given.get(name, "").strip() for name in (*FIGURE, *PLAIN)}
    changed = {name for name, value in now.items() if value != given.get(f"was_{name}", value)}
    values = {name: now[name] for name in PLAIN if name in changed}
    return values | ({"figure": _figure(now)} if changed & set(FIGURE) else {})


def _figure(now: Mapping[str, str]) -> str:
    low, high, chosen = _whole(now["low"]), _whole(now["high"]), now["qualifier"]
    if low is None and high is None:
        qualifier = "vague" if chosen == "vague" else "none"
    elif high is None or low is None:
        qualifier = "at_least" if high is None else "at_most"
    else:
        qualifier = chosen if chosen in ("exact", "about", "vague") else "exact"
    return json.dumps({"low": low, "high": high, "qualifier": qualifier})


def _whole(typed: str) -> int | None:
    if not typed:
        return None
    if not typed.isascii() or not typed.isdigit():
        raise BadInput(f"'{typed}' is not a whole number.", hint="Write digits alone, or leave it empty: not said.")
    return int(typed)


@dataclass(frozen=True, slots=True)
class Preferences:
    """How a person wants the pages: `theme` is '', light or dark; `keys` on or off; `who` signs the decisions."""

    theme: str = ""
    keys: str = "on"
    who: str = ""


def read_preferences(given: Mapping[str, str]) -> Preferences:
    """Read preferences from cookies; what is not understood counts as not set."""
    theme, keys = given.get("corrobora_theme", ""), given.get("corrobora_keys", "")
    who = unquote(given.get("corrobora_who", ""))[:100]
    return Preferences(theme if theme in ("light", "dark") else "", "off" if keys == "off" else "on", who)


def preference_cookies(form: FormData) -> dict[str, str]:
    """Return the cookies that keep the preferences of a form."""
    values = {name: form.get(name, "") for name in ("theme", "keys", "who")}
    return {f"corrobora_{name}": quote(v.strip()[:100]) for name, v in values.items() if isinstance(v, str)}


def safe_back(form: FormData) -> str:
    r"""Return the address of ours that a form names to go back to; anything else leads to the overview.

    >>> safe_back(FormData({"back": "//evil.test/"})), safe_back(FormData({"back": "/claims/c_1#x"}))
    ('/', '/claims/c_1#x')
    """
    back = form.get("back", "")
    if not isinstance(back, str) or not back.startswith("/") or back.startswith(("//", "/\\")) or "\\" in back:
        return "/"
    parts = urlsplit(back)
    clean = not parts.scheme and not parts.netloc and back.isprintable()
    return back if clean else "/"
