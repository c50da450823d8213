"""Carries the record out of the house: JSON lines, tables, maps, in the public form of `schema.py`."""

from corrobora.publish.bundle import Bundle, ShownEvent, ShownRow, write_bag
from corrobora.publish.changes import changes
from corrobora.publish.export import FORMATS, export
from corrobora.publish.redaction import Redaction, redaction, scan
from corrobora.publish.rows import rows
from corrobora.publish.schema import schema

__all__ = [
    "FORMATS",
    "Bundle",
    "Redaction",
    "ShownEvent",
    "ShownRow",
    "changes",
    "export",
    "redaction",
    "rows",
    "scan",
    "schema",
    "write_bag",
]
