"""Custody: the signed head of the log, what stamped it, when the record was last verified, and the latest events."""

import msgspec

from corrobora.model import Event
from corrobora.project import Project
from corrobora.web.ask import Ask, paged
from corrobora.web.view import View


def show(project: Project, ask: Ask) -> View:
    """Show the log, the latest event first; nothing is verified by looking at it."""
    log = project.log()
    page = paged(log.events[::-1], ask)
    rows = [(kept.position, msgspec.json.decode(kept.body, type=Event)) for kept in page.rows]
    verified = next((kept for kept in reversed(log.events) if kept.what == "verify"), None)
    head = log.checkpoints[-1] if log.checkpoints else None
    values = {"page": page, "rows": rows, "head": head, "log": log, "verified": verified}
    data = {
        "head": head.note if head else None,
        "key": log.key,
        "events": [_row(position, event) for position, event in rows],
        "total": page.total,
        "checkpoints": len(log.checkpoints),
        "anchors": [{"size": a.size, "authority": a.authority, "state": a.state, "at": a.stamped} for a in log.anchors],
        "verified": verified.at if verified else None,
    }
    return View("custody.html", values, data)


def _row(position: int, event: Event) -> dict[str, object]:
    """Return an event as plain values; which rows it wrote is for `corrobora log --json`."""
    return {
        "position": position,
        "what": event.what,
        "at": event.at,
        "who": event.who,
        "software": event.software,
        "about": event.about,
        "rows": len(event.rows),
    }
