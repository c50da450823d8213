"""The project's records on disk: the only SQL on the record.

One SQLite file in WAL mode with `synchronous=FULL`; each public method is one transaction. Machine records may be
written again and again; decisions only once.
"""

from corrobora.store.connection import COPY
from corrobora.store.ledger import logged
from corrobora.store.records import Store, text_digest
from corrobora.store.sealing import encrypt

__all__ = ["COPY", "Store", "encrypt", "logged", "text_digest"]
