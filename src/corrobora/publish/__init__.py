"""Carries the record out of the house: JSON lines, tables, maps, in the public form of `schema.py`."""

from corrobora.publish.changes import changes
from corrobora.publish.export import FORMATS, export
from corrobora.publish.rows import rows
from corrobora.publish.schema import schema

__all__ = ["FORMATS", "changes", "export", "rows", "schema"]
