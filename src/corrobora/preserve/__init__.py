"""The original bytes, kept under their hash, and the custody log: its tree, its signed heads, its time stamps."""

from corrobora.preserve import calendars, timestamps
from corrobora.preserve.agent import ask as ask_agent
from corrobora.preserve.agent import forget as forget_key
from corrobora.preserve.agent import hold as hold_key
from corrobora.preserve.archive import pack, unpack
from corrobora.preserve.audit import head_faults, last_words, log_faults, row_faults
from corrobora.preserve.blobs import data, keep, place, put, settle, survey
from corrobora.preserve.merkle import Tree
from corrobora.preserve.notary import Notary
from corrobora.preserve.notes import find_note, verifier_key
from corrobora.preserve.pace import Pace, weigh
from corrobora.preserve.seal import Seal, Sealed, make_seal, open_seal
from corrobora.preserve.sweeping import interrupted, strays, sweep, writing

__all__ = [
    "Notary",
    "Pace",
    "Seal",
    "Sealed",
    "Tree",
    "ask_agent",
    "calendars",
    "data",
    "find_note",
    "forget_key",
    "head_faults",
    "hold_key",
    "interrupted",
    "keep",
    "last_words",
    "log_faults",
    "make_seal",
    "open_seal",
    "pack",
    "place",
    "put",
    "row_faults",
    "settle",
    "strays",
    "survey",
    "sweep",
    "timestamps",
    "unpack",
    "verifier_key",
    "weigh",
    "writing",
]
