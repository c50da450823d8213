"""The list of incidents, and one incident with its accounts side by side, disagreements first."""

from datetime import timedelta
from typing import Any

from corrobora.model import CopyFamily, Incident, Period
from corrobora.project import Project
from corrobora.web import words
from corrobora.web.ask import Ask, paged
from corrobora.web.known import Account, Known
from corrobora.web.view import View

NEAR_DAYS = timedelta(days=3)
MOST_NEAR = 12


def show(project: Project, ask: Ask) -> View:
    """Show the incidents that answer the question."""
    record = project.record(ask.question)
    page = paged(record.incidents, ask)
    ids = {i.id for i in page.rows}
    rows = [row for row in project.rows(ask.question)["incidents"] if row["incident"] in ids]
    values = {"page": page, "known": Known(record)}
    return View("incidents.html", values, {"total": page.total, "first": page.first, "incidents": rows})


def one(project: Project, ask: Ask) -> View:
    """Show one incident; an id that it had before leads to it."""
    known = Known(project.record())
    incident = known.incident(ask.ids["id"])
    assessment = known.assessment(incident.id)
    accounts = by_dispute(known, incident)
    values = {
        "incident": incident,
        "assessment": assessment,
        "accounts": accounts,
        "figures": sorted(assessment.figures, key=lambda f: (words.rank(f.harm), f.harm)),
        "voices_of": {account.id: words.voice(account.reading) for account in accounts},
        "number": {account.id: n for n, account in enumerate(accounts, 1)},
        "disputed": {claim for c in assessment.contradictions for claim in c.claims},
        "copies": copies(known, incident),
        "outlets": {known.documents[d].metadata.outlet for d in incident.documents if d in known.documents} - {""},
        "near": near(known, incident),
        "history": known.history(incident.id, *incident.claims, *incident.previous_ids),
        "standing": known.standing,
        "known": known,
    }
    moved = f"/incidents/{incident.id}" if incident.id != ask.ids["id"] else ""
    return View("incident.html", values, _data(project, incident), moved)


def by_dispute(known: Known, incident: Incident) -> list[Account]:
    """Return an incident's accounts: those in a contradiction first, then those with a figure, by harm and day."""
    disputed = {claim for c in known.assessment(incident.id).contradictions for claim in c.claims}

    def key(account: Account) -> tuple[bool, bool, int, str, str, str]:
        reading = account.reading
        claim = reading.claim
        vague = claim.count.low is None and claim.count.high is None
        day = str(reading.published or "9999")
        return (account.id not in disputed, vague, words.rank(claim.harm), claim.harm, day, account.id)

    return sorted(known.accounts(incident.claims), key=key)


def copies(known: Known, incident: Incident) -> list[CopyFamily]:
    """Return the families of copied reports that an incident's documents belong to."""
    found = {id(f): f for d in incident.documents if (f := known.families.get(d)) and len(f.documents) > 1}
    return list(found.values())


def near(known: Known, incident: Incident) -> list[Incident]:
    """Return other incidents that may be the same one: days that touch, and no other country."""

    def country(other: Incident) -> str:
        return other.place.country if other.place else ""

    others = [i for i in known.record.incidents if i.id != incident.id and touch(i.date, incident.date)]
    return [i for i in others if {country(i), country(incident)} - {""} == {country(i) or country(incident)} - {""}][
        :MOST_NEAR
    ]


def touch(one_: Period | None, other: Period | None) -> bool:
    """Tell whether two periods overlap or lie within three days of each other; an unknown one touches none."""
    if one_ is None or other is None:
        return False
    starts = [p.earliest - NEAR_DAYS for p in (one_, other) if p.earliest]
    ends = [p.latest for p in (one_, other) if p.latest]
    return not starts or not ends or max(starts) <= min(ends)


def _data(project: Project, incident: Incident) -> dict[str, Any]:
    every = project.rows()
    return {
        "incident": next((r for r in every["incidents"] if r["incident"] == incident.id), None),
        "claims": [r for r in every["claims"] if r["incident"] == incident.id],
        "links": incident.links,
    }
