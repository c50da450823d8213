"""Taking the record away: the same question, the public form, one zip."""

import io
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

from corrobora.errors import BadInput
from corrobora.project import Project
from corrobora.web.ask import Ask
from corrobora.web.known import Known
from corrobora.web.view import View

FORMATS = {
    "jsonl": "JSON lines: every record with every part; for programs and for the archive",
    "csv": "CSV tables: for a spreadsheet, with cells made safe to open",
    "geojson": "GeoJSON: incidents with a place, for a map program",
    "parquet": "Parquet: columns, for analysis",
}


def show(project: Project, ask: Ask) -> View:
    """Show what would be taken away, in which form."""
    record = project.record(ask.question)
    counts = {
        "documents": len(record.documents),
        "claims": len(record.readings),
        "incidents": len(record.incidents),
        "tolls": len(record.tolls),
        "decisions": len(record.decisions),
    }
    return View("export.html", {"counts": counts, "formats": FORMATS, "known": Known(record)}, counts)


def pack(project: Project, ask: Ask) -> tuple[str, bytes]:
    """Return the name and the bytes of a zip of the export. Raises BadInput for a format that there is not.

    It is written below the project's own folder and removed at once: what was read stays where the record is kept.
    """
    to = ask.more.get("to", "")
    if to not in FORMATS:
        raise BadInput(f"'{to}' is not a form of export.", hint=f"Choose one of {', '.join(FORMATS)}.")
    packed = io.BytesIO()
    with (
        TemporaryDirectory(dir=project.path, prefix=".export-") as folder,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for path in project.export(to, Path(folder), ask.question):
            archive.write(path, path.name)
    return f"corrobora-{to}.zip", packed.getvalue()
