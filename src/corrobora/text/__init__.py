"""The words of a document: its canonical text with offsets, its parts, its metadata and its language."""

from corrobora.text.extractor import VERSION, extract, prepare, readable

__all__ = ["VERSION", "extract", "prepare", "readable"]
