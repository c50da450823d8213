"""What there is to read: files, folders, archives, tables, mailboxes, standard input."""

from corrobora.sources.finder import Opened, Pictured, find, inside

__all__ = ["Opened", "Pictured", "find", "inside"]
