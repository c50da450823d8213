"""The corrected values that a decision may carry, read from its texts and checked."""

import json
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from corrobora.errors import BadInput
from corrobora.model import Count

HARMS = frozenset(
    {
        "killed",
        "injured",
        "casualties",
        "abducted",
        "missing",
        "detained",
        "tortured",
        "sexual_violence",
        "displaced",
        "freed",
        "property_damaged",
    }
)
SCOPES = frozenset({"incident", "total", "rate"})
QUALIFIERS = frozenset({"exact", "at_least", "at_most", "about", "vague", "none"})
VICTIM_CLASSES = frozenset({"civilian", "security_force", "armed_group", "mixed", "unknown"})
PRECISIONS = frozenset({"exact", "neighbourhood", "town", "district", "province", "country"})


def parsed(values: Mapping[str, str]) -> dict[str, Any]:
    """Read the values of a `correct` decision. Raises BadInput, with what to write instead, for any that cannot hold.

    >>> parsed({"harm": "injured", "figure": '{"low": 3, "high": null, "qualifier": "at_least"}'})["figure"].low
    3
    """
    unknown = sorted(set(values) - set(READERS))
    if unknown:
        raise BadInput(f"a claim has no field {unknown[0]!r}", hint=f"Correct one of: {', '.join(sorted(READERS))}.")
    found = {field: READERS[field](text) for field, text in sorted(values.items())}
    earliest, latest = found.get("earliest"), found.get("latest")
    if earliest and latest and earliest > latest:
        raise BadInput(f"it cannot begin on {earliest} and end on {latest}", hint="Give the earlier day as earliest.")
    return found


def _figure(text: str) -> Count:
    raw = _object(text, "figure", {"low", "high", "qualifier", "text"})
    low, high = (_number(raw.get(side)) for side in ("low", "high"))
    if low is not None and high is not None and low > high:
        raise BadInput(f"the figure {low} to {high} runs downwards", hint="Give the smaller number as low.")
    usual = (
        "none"
        if low is None and high is None
        else "at_least"
        if high is None
        else "at_most"
        if low is None
        else "exact"
    )
    qualifier = raw.get("qualifier") or usual
    return Count(low, high, _one_of(qualifier, QUALIFIERS, "qualifier"))


def _number(value: object) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int):
        raise BadInput(f"{value!r} is not a whole number", hint="Write 12, or null where a side is not said.")
    if value < 0:
        raise BadInput(f"{value} is below zero", hint="People are counted from 0; null means not said.")
    return value


def _object(text: str, field: str, keys: set[str]) -> dict[str, Any]:
    try:
        raw = json.loads(text)
    except ValueError as error:
        raise BadInput(
            f"{field} is not JSON: {text!r}", hint=f"Write an object of {', '.join(sorted(keys))}."
        ) from error
    if not isinstance(raw, dict) or set(raw) - keys:
        raise BadInput(f"{field} is not an object of its parts: {text!r}", hint=f"It has {', '.join(sorted(keys))}.")
    return raw


def _one_of(value: object, allowed: frozenset[str], what: str) -> str:
    if value not in allowed:
        raise BadInput(f"{value!r} is no {what}", hint=f"Choose one of: {', '.join(sorted(allowed))}.")
    return str(value)


def _text(text: str) -> str:
    plain = _unquoted(text)
    if not plain:
        raise BadInput("a corrected value cannot be empty", hint="Write the words, or reject the claim.")
    return plain


def _unquoted(text: str) -> str:
    """A JSON string's words, or the text itself where it is no JSON string."""
    if text[:1] == '"':
        try:
            return str(json.loads(text)).strip()
        except ValueError:
            return text.strip()
    return text.strip()


def _place(text: str) -> dict[str, Any]:
    if text[:1] != "{":
        return {"name": _text(text)}
    raw = _object(text, "place", {"name", "lat", "lon", "radius_km", "precision", "country", "admin1", "admin2", "id"})
    for side, most in (("lat", 90.0), ("lon", 180.0)):
        value = raw.get(side)
        if value is not None and (isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > most):
            raise BadInput(f"{value!r} is no {side}", hint=f"Degrees between -{most:.0f} and {most:.0f}.")
    if (raw.get("lat") is None) != (raw.get("lon") is None):
        raise BadInput("a point needs both lat and lon", hint="Give both, or the name alone.")
    radius = raw.get("radius_km")
    if radius is not None and (isinstance(radius, bool) or not isinstance(radius, int | float) or radius < 0):
        raise BadInput(f"{radius!r} is no radius", hint="Kilometres, 0 or more.")
    if raw.get("precision") is not None:
        _one_of(raw["precision"], PRECISIONS, "precision")
    return {**raw, "name": _text(str(raw.get("name") or ""))}


def _day(text: str) -> date:
    try:
        return date.fromisoformat(_unquoted(text))
    except ValueError as error:
        raise BadInput(f"{text!r} is not a day", hint="Write it as 2025-03-13.") from error


def _victims(text: str) -> dict[str, str]:
    if text[:1] != "{":
        return {"class": text} if text in VICTIM_CLASSES else {"text": _text(text)}
    raw = _object(text, "victims", {"text", "class"})
    if raw.get("class") is not None:
        _one_of(raw["class"], VICTIM_CLASSES, "class of victims")
    if not any(raw.values()):
        raise BadInput("victims without words or class", hint="Give text, class, or both.")
    return {key: str(value) for key, value in raw.items() if value}


READERS: Mapping[str, Callable[[str], Any]] = {
    "figure": _figure,
    "harm": lambda text: _one_of(_unquoted(text), HARMS, "harm"),
    "speaker": _text,
    "place": _place,
    "earliest": _day,
    "latest": _day,
    "victims": _victims,
    "perpetrator": _text,
    "scope": lambda text: _one_of(_unquoted(text), SCOPES, "scope"),
}
