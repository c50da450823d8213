"""Texts to claims: who says that what was done to whom, each part with the words that say it."""

from corrobora.claims.reader import Reader, open_reader

__all__ = ["Reader", "open_reader"]
