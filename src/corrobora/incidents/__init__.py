"""Which claims are about the same event, which are running totals, and which documents are copies of one text."""

from corrobora.incidents.copies import copies
from corrobora.incidents.learn import from_decisions, from_reports
from corrobora.incidents.link import link
from corrobora.incidents.weights import Weights, parsed, shipped, written

__all__ = ["Weights", "copies", "from_decisions", "from_reports", "link", "parsed", "shipped", "written"]
