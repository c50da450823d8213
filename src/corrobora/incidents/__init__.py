"""Which claims are about the same event, which are running totals, and which documents are copies of one text."""

from corrobora.incidents.copies import copies
from corrobora.incidents.link import link

__all__ = ["copies", "link"]
