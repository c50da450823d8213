"""The timeline: when incidents are said to have been, each as a bar as long as the days are uncertain."""

from datetime import date

from corrobora.model import Incident
from corrobora.project import Project
from corrobora.web.ask import Ask, paged
from corrobora.web.charts import axis, bar, days_of
from corrobora.web.known import Known
from corrobora.web.view import View


def show(project: Project, ask: Ask) -> View:
    """Show the incidents that answer the question in the order of their days."""
    record = project.record(ask.question)
    dated = sorted((i for i in record.incidents if i.date), key=_order)
    page = paged(dated, ask)
    days = axis(days_of([i.date for i in page.rows]))
    lines = [(i, bar(i.date, days)) for i in page.rows if i.date and days]
    undated = [i for i in record.incidents if not i.date]
    values = {"page": page, "axis": days, "lines": lines, "undated": undated, "known": Known(record)}
    data = {
        "total": page.total,
        "incidents": [{"incident": i.id, "act": i.act, "date": i.date, "place": i.place} for i in page.rows],
        "without_a_day": [i.id for i in undated],
    }
    return View("timeline.html", values, data)


def _order(incident: Incident) -> tuple[date, date, str]:
    period = incident.date
    earliest = (period.earliest or period.latest) if period else None
    latest = (period.latest or period.earliest) if period else None
    return (earliest or date.min, latest or date.min, incident.id)
