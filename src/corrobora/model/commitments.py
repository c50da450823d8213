"""Salted commitments to each field of a row, so that a part can be withheld and the rest still be proved.

The idea is that of SD-JWT (RFC 9901): a field is disclosed as the JSON text `["salt","path",value]`, and committed to
by the SHA-256 of that text. A row's digest covers the sorted commitments of its fields. Whoever gets a row with some
fields as texts, and the others as commitments alone, can compute the digest, and cannot guess what is withheld: each
field has 16 random-looking bytes of salt of its own.
"""

import hmac
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256

import msgspec

SALT = 16  # bytes
_json = msgspec.json.Encoder().encode


def fields(row: Mapping[str, object], whole: frozenset[str] = frozenset()) -> Iterator[tuple[str, object]]:
    """Yield each value of `row` that has no parts, with its path; what `whole` names by path is not taken apart.

    >>> list(fields({"a": {"b": [1, "x"], "c": []}, "d": [{"e": None}]}, frozenset({"d"})))
    [('a/b/0', 1), ('a/b/1', 'x'), ('a/c', []), ('d', [{'e': None}])]
    """
    return _walk("", row, whole)


def _walk(path: str, value: object, whole: frozenset[str]) -> Iterator[tuple[str, object]]:
    if not value or not isinstance(value, (dict, list)) or path in whole:
        yield path, value
        return
    parts: Iterable[tuple[object, object]] = value.items() if isinstance(value, dict) else enumerate(value)
    for name, part in parts:
        yield from _walk(f"{path}/{name}" if path else str(name), part, whole)


def disclosures(
    row: Mapping[str, object], key: bytes, whole: frozenset[str] = frozenset(), *, once: bool = False
) -> tuple[str, ...]:
    """Return each field of `row` as the text that it is disclosed by. The salts come from `key`, 32 secret bytes.

    A salt depends on the value as well: else a field that was shown, and is withheld after it changed, could be
    guessed by whoever has the salt from before. `once` says that the row is never written anew, as an event is.

    >>> disclosures({"harm": "killed"}, bytes(32))
    ('["38fcf8bf25fc456b6094815f7c046688","harm","killed"]',)
    """
    found = []
    for path, value in fields(row, whole):
        salted = path.encode("utf-8", "surrogatepass") if once else _json((path, value))
        found.append(_json((hmac.digest(key, salted, "sha256")[:SALT].hex(), path, value)).decode())
    return tuple(found)


def commitment(disclosure: str) -> str:
    """Return the SHA-256, in hex, that commits to a field."""
    return sha256(disclosure.encode()).hexdigest()


def leaf(commitments: Iterable[str]) -> bytes:
    """Return the bytes that stand for a row as a whole: its commitments, sorted, a line each."""
    return "".join(f"{line}\n" for line in sorted(commitments)).encode()


def row_digest(row: Mapping[str, object], key: bytes, whole: frozenset[str] = frozenset()) -> str:
    """Return the SHA-256, in hex, of a row: the same for the same fields, whatever their order."""
    return sha256(leaf(commitment(text) for text in disclosures(row, key, whole))).hexdigest()


def row_key(secret: bytes, *name: str) -> bytes:
    """Return the key from which the salts of one row come: its own, from the project's `secret` and the row's name."""
    return hmac.digest(secret, "\x1f".join(name).encode("utf-8", "surrogatepass"), "sha256")


def log_leaf(body: Mapping[str, object], secret: bytes, position: int) -> str:
    """Return the RFC 9162 leaf hash, in hex, of the event that stands at `position` of the log."""
    texts = disclosures(body, row_key(secret, "event", str(position)), once=True)
    return sha256(b"\0" + leaf(commitment(text) for text in texts)).hexdigest()
