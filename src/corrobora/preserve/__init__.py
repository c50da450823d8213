"""The original bytes, kept under their hash, and the custody log: its tree, its signed heads, its time stamps."""

from corrobora.preserve import timestamps
from corrobora.preserve.archive import pack, unpack
from corrobora.preserve.audit import head_faults, last_words, log_faults, row_faults
from corrobora.preserve.blobs import data, keep, settle, survey
from corrobora.preserve.notary import Notary
from corrobora.preserve.notes import find_note, verifier_key
from corrobora.preserve.sweeping import interrupted, sweep, writing

__all__ = [
    "Notary",
    "data",
    "find_note",
    "head_faults",
    "interrupted",
    "keep",
    "last_words",
    "log_faults",
    "pack",
    "row_faults",
    "settle",
    "survey",
    "sweep",
    "timestamps",
    "unpack",
    "verifier_key",
    "writing",
]
