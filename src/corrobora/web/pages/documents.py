"""The list of documents, and one document with its claims marked in the text."""

from typing import Any

from corrobora.errors import NotFound
from corrobora.model import Text
from corrobora.project import Project
from corrobora.web.ask import Ask, paged
from corrobora.web.known import Account, Known
from corrobora.web.marks import Mark, blocks
from corrobora.web.view import View


def show(project: Project, ask: Ask) -> View:
    """Show the documents that answer the question."""
    record = project.record(ask.question)
    page = paged(record.documents, ask)
    ids = {line.document.id for line in page.rows}
    rows = [row for row in project.rows(ask.question)["documents"] if row["id"] in ids]
    values = {"page": page, "known": Known(record), "inputs": [i for i in project.inputs() if not i.document]}
    return View("documents.html", values, {"total": page.total, "first": page.first, "documents": rows})


def one(project: Project, ask: Ask) -> View:
    """Show one document, its claims marked in the text and listed beside it."""
    known = Known(project.record())
    line = known.document(ask.ids["id"])
    accounts = known.in_document(line.document.id)
    text = _text(project, line.document.id)
    values = {
        "line": line,
        "text": text,
        "accounts": accounts,
        "by_id": {account.id: account for account in accounts},
        "blocks": blocks(text.text, text.segments, marks(accounts)) if text else (),
        "copies": known.families.get(line.document.id),
        "known": known,
    }
    return View("document.html", values, {**_row(project, line.document.id), "text": text})


def marks(accounts: list[Account]) -> list[Mark]:
    """Return where the claims stand in their document, with the places that say the same again."""
    found = [Mark(a.reading.claim.start, a.reading.claim.end, a.id) for a in accounts]
    again = [Mark(start, end, a.id) for a in accounts for start, end in a.reading.claim.mentions]
    return found + again


def _text(project: Project, document: str) -> Text | None:
    """Return a document's words, or None where it was kept but none could be read."""
    try:
        return project.text(document)
    except NotFound:
        return None


def _row(project: Project, document: str) -> dict[str, Any]:
    every = project.rows()
    row = next((r for r in every["documents"] if r["id"] == document), {})
    here = {r.claim.id for r in project.record().readings if r.claim.document == document}
    return {"document": row, "claims": [r for r in every["claims"] if r["claim"] in here]}
