"""What there is to read: files, folders, archives, tables, mailboxes, standard input."""

from corrobora.sources.finder import find

__all__ = ["find"]
