"""Running totals: what each voice said the toll was, day by day, as steps and as a table."""

from itertools import groupby

from corrobora.model import Toll
from corrobora.project import Project
from corrobora.web import words
from corrobora.web.ask import Ask, paged
from corrobora.web.charts import step_chart
from corrobora.web.known import Known
from corrobora.web.view import View


def show(project: Project, ask: Ask) -> View:
    """Show the tolls that answer the question: those on one harm in one region together, each voice apart."""
    record = project.record(ask.question)
    ordered = sorted(record.tolls, key=lambda t: (subject(t), t.since is None, str(t.since), t.voice, t.id))
    groups = [(name, tuple(some)) for name, some in groupby(ordered, key=subject)]
    page = paged(groups, ask)
    charts = [(name, some, step_chart(some)) for name, some in page.rows]
    ids = {toll.id for _, some in page.rows for toll in some}
    rows = [row for row in project.rows(ask.question)["tolls"] if row["toll"] in ids]
    values = {"page": page, "charts": charts, "known": Known(project.record())}
    values["checks"] = {check.toll: check for check in record.checks}
    return View("tolls.html", values, {"total": page.total, "tolls": rows})


def subject(toll: Toll) -> str:
    """Name what a toll counts and where, so that voices on the same thing stand together."""
    region = words.where(toll.region) if toll.region else "region not said"
    return f"{words.term(toll.harm).capitalize()}, {region}"
