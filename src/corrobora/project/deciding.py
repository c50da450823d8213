"""Turns what a person typed into a Decision."""

import getpass
import json
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from corrobora.errors import BadInput
from corrobora.model import Decision, Incident, Place, Reading, content_id, written_out

_SHOWN = 5  # candidates that an error lists
FIGURE = re.compile(r"(?P<about>about |~)?(?P<low>\d{1,9})?\s*(?P<to>\+|(?:-|–|to)\s*(?P<high>\d{1,9})?)?")


def decision(
    verdict: str,
    subjects: Sequence[str],
    values: Mapping[str, str],
    reason: str,
    who: str,
    known: tuple[Sequence[Reading], Sequence[Incident]],
) -> Decision:
    """Return the decision of `who`, at this instant, with the words that it is about. Raises BadInput."""
    readings, incidents = known
    reason, who, subjects = written_out(reason), written_out(who), [written_out(subject) for subject in subjects]
    values = {name: written_out(value) for name, value in values.items()}
    at = datetime.now(UTC)
    members = {i.id: i.claims for i in incidents}
    quotes = {r.claim.id: r.claim.quote for r in readings}
    claims = [claim for subject in subjects for claim in members.get(subject, (subject,))]
    if verdict in ("same", "not_same"):  # incidents come and go: what each stood for at this time is kept
        values = {subject: " ".join(members[subject]) for subject in subjects if subject in members}
    undone = subjects[0] if verdict == "undo" and subjects else ""
    return Decision(
        id=content_id("x", at.isoformat(), who, verdict, *subjects),
        at=at,
        who=who or login(),
        verdict=verdict,
        subjects=tuple(subjects),
        values=tuple(sorted((k, figure(v) if k == "figure" else v.strip()) for k, v in values.items() if v.strip())),
        reason=reason,
        supersedes=undone,
        quotes=tuple(quotes.get(claim, "") for claim in claims),
    )


def login() -> str:
    """Return the login name, or 'unknown' where the machine tells none."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"


def figure(typed: str) -> str:
    """Return a typed figure as the JSON that a decision keeps.

    >>> figure("12-15")
    '{"low": 12, "high": 15, "qualifier": "exact"}'
    >>> figure("12+"), figure("-15")
    ('{"low": 12, "high": null, "qualifier": "at_least"}', '{"low": null, "high": 15, "qualifier": "at_most"}')
    >>> figure("not said")
    '{"low": null, "high": null, "qualifier": "none"}'
    """
    if typed.strip().startswith("{"):
        return typed
    typed = typed.strip().replace(",", "")
    if typed in ("not said", "none", "unknown"):
        return json.dumps({"low": None, "high": None, "qualifier": "none"})
    found = FIGURE.fullmatch(typed)
    if not found or not (found["low"] or found["high"]):
        raise BadInput(
            f"{typed!r} is not a figure", hint="Write 12, 12-15, 12+ (at least), -15 (at most) or 'not said'."
        )
    low = int(found["low"]) if found["low"] else None
    high = int(found["high"]) if found["high"] else low if not found["to"] else None
    if low is not None and high is not None and low > high:
        raise BadInput(f"{typed!r} begins above its end", hint=f"Write {high}-{low}, the lower figure first.")
    qualifier = "about" if found["about"] else "at_least" if high is None else "at_most" if low is None else "exact"
    return json.dumps({"low": low, "high": high, "qualifier": qualifier})


def place(typed: str, found: Sequence[Place]) -> str:
    """Return a typed place as the JSON that a decision keeps: with the point of the one place `found`, if there is one.

    Raises BadInput, which lists the likeliest, where several are found.

    >>> place("Zorvelat", ())
    'Zorvelat'
    """
    if not found:
        return typed
    if len(found) > 1:
        several = "; ".join(dict.fromkeys(_whole(each) for each in found[:_SHOWN]))
        raise BadInput(
            f"{len(found)} places are called {typed!r}", hint=f"Say which, with its division or country: {several}."
        )
    fields = ("name", "lat", "lon", "radius_km", "precision", "country", "admin1", "admin2", "id")
    value = {field: getattr(found[0], field) for field in fields}
    return json.dumps({field: each for field, each in value.items() if each not in ("", None)}, ensure_ascii=False)


def _whole(found: Place) -> str:
    """A place with what it lies in, as it may be typed to mean this one."""
    return ", ".join(part for part in (found.name, found.admin1, found.country) if part)
