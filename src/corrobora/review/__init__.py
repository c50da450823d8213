"""What people decided about claims, and what an incident's claims come to by named rules."""

from corrobora.review.assess import assess
from corrobora.review.correct import correct, orphans
from corrobora.review.decisions import active, check
from corrobora.review.remembered import remembered
from corrobora.review.tolls import check_tolls

__all__ = ["active", "assess", "check", "check_tolls", "correct", "orphans", "remembered"]
