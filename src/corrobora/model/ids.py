"""Ids that are hashes of content: the same content gives the same id, on every machine."""

from hashlib import sha256


def content_id(prefix: str, *parts: object) -> str:
    """Return an id that is a hash of `parts`: the same content gives the same id, on every machine.

    >>> content_id("c", "sha256:ab", 10, 20) == content_id("c", "sha256:ab", 10, 20)
    True
    """
    joined = "\x1f".join("" if part is None else str(part) for part in parts)
    return f"{prefix}_{sha256(joined.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"
