"""The original bytes, kept under their hash: written once, never rewritten, checked whenever they are read."""

from corrobora.preserve.blobs import data, keep

__all__ = ["data", "keep"]
