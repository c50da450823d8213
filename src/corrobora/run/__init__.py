"""Runs a room over records: here, or in worker processes that a bad record cannot take down with it.

A room is given as a factory, called once where it runs (so that a model is loaded once a process), which returns a
function from one item to one result, or to several. Nothing in a room knows where it runs.
"""

from corrobora.run.picture import photograph
from corrobora.run.sandbox import measures
from corrobora.run.workers import Limit, Opener, at_work, here, workers

__all__ = ["Limit", "Opener", "at_work", "here", "measures", "photograph", "workers"]
