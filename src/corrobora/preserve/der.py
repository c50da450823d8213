"""Puts the parts of a time-stamp response that are sets into the order of DER, which not every authority keeps.

No signature covers the order of certificates in a response (RFC 5652, 5.1); openssl and a large commercial authority
write them as they come, and a strict decoder then refuses a good token.
"""

from typing import NamedTuple

SEQUENCE, SET, CONTEXT_0 = 0x30, 0x31, 0xA0


class Part(NamedTuple):
    """A value in DER: its tag, where it begins, where its content begins, and where it ends."""

    tag: int
    start: int
    content: int
    end: int


def ordered(response: bytes) -> bytes:
    """Return a TimeStampResp with the sets of its SignedData in order; what cannot be read so is returned as it is."""
    try:
        outer = _part(response, 0)
        token = _parts(response, outer)[1]
        signed = _parts(response, _parts(response, token)[1])[0]
        if (outer.tag, token.tag, signed.tag) != (SEQUENCE, SEQUENCE, SEQUENCE):
            return response
        found = response
        for part in _parts(response, signed):
            if part.tag in (SET, CONTEXT_0):
                inner = sorted(response[p.start : p.end] for p in _parts(response, part))
                found = found[: part.content] + b"".join(inner) + found[part.end :]
    except (IndexError, ValueError):
        return response
    return found


def _parts(data: bytes, outer: Part) -> list[Part]:
    """Return the values inside another. Raises ValueError where they do not fill it."""
    found, at = [], outer.content
    while at < outer.end:
        found.append(_part(data, at))
        at = found[-1].end
    if at != outer.end:
        raise ValueError("a value reaches beyond the one that holds it")
    return found


def _part(data: bytes, start: int) -> Part:
    """Return the value at `start`. Raises IndexError or ValueError where there is none of a definite length."""
    tag, length, content = data[start], data[start + 1], start + 2
    if length == 0x80 or tag & 0x1F == 0x1F:
        raise ValueError("not DER")
    if length & 0x80:
        count = length & 0x7F
        length = int.from_bytes(data[content : content + count], "big")
        content += count
    if content + length > len(data):
        raise ValueError("a value reaches beyond the end")
    return Part(tag, start, content, content + length)
