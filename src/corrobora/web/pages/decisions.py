"""What people decided: who, when, about what, why; and what later readings no longer find."""

from corrobora.project import Project
from corrobora.web.ask import Ask, paged
from corrobora.web.known import Known
from corrobora.web.view import View


def show(project: Project, ask: Ask) -> View:
    """Show every decision, the latest first."""
    known = Known(project.record())
    latest = sorted(known.record.decisions, key=lambda d: (d.at, d.id), reverse=True)
    page = paged(latest, ask)
    values = {"page": page, "known": known, "standing": known.standing, "orphans": project.orphans()}
    data = {
        "total": page.total,
        "decisions": page.rows,
        "standing": [d.id for d in known.standing],
        "orphaned": [d.id for d in project.orphans()],
    }
    return View("decisions.html", values, data)
