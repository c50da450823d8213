"""The first page: what the record holds, what could not be read and why, what is left to decide."""

from corrobora.model import Incident, Input
from corrobora.project import Project
from corrobora.web.ask import TERMS, Ask
from corrobora.web.known import Known
from corrobora.web.view import View

SHOWN = 10


def show(project: Project, _ask: Ask) -> View:
    """Show the whole record at a glance."""
    record = project.record()
    known = Known(record)
    inputs = project.inputs()
    unread = [i for i in inputs if needs_eyes(i)]
    open_claims = [r for r in record.readings if not r.decided]
    contested = [i for i in record.incidents if known.assessment(i.id).contradictions]
    values = {
        "known": known,
        "inputs": inputs,
        "unread": unread,
        "open_claims": open_claims,
        "contested": contested,
        "orphans": project.orphans(),
        "incidents": sorted(record.incidents, key=lambda i: _weight(known, i))[:SHOWN],
    }
    data = {
        "title": project.title,
        "documents": len(record.documents),
        "claims": len(record.readings),
        "incidents": len(record.incidents),
        "tolls": len(record.tolls),
        "undecided": len(open_claims),
        "contested": [i.id for i in contested],
        "not_read": unread,
        "orphaned_decisions": [d.id for d in project.orphans()],
    }
    return View("overview.html", values, data)


def needs_eyes(given: Input) -> bool:
    """Tell whether an input was not read, for whatever reason: a person should see it."""
    return given.state in TERMS["failed"] or given.state == "other_language"


def _weight(known: Known, incident: Incident) -> tuple[int, int, str]:
    """Sort incidents whose accounts disagree first, then those with most accounts."""
    return (-len(known.assessment(incident.id).contradictions), -len(incident.claims), incident.id)
