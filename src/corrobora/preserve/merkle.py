"""The Merkle tree of RFC 9162, section 2.1: roots, inclusion proofs and consistency proofs, with SHA-256.

A leaf's hash is SHA-256(0x00 || leaf), a node's SHA-256(0x01 || left || right); a tree of n leaves is split at the
largest power of two below n. Hashes are bytes; lists of them go from the leaf to the root, as in the RFC.
"""

from collections.abc import Iterable, Sequence
from hashlib import sha256

EMPTY = sha256(b"").digest()


def leaf_hash(leaf: bytes) -> bytes:
    """Return the hash of a leaf.

    >>> leaf_hash(b"").hex()[:16]
    '6e340b9cffb37a98'
    """
    return sha256(b"\0" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of an inner node."""
    return sha256(b"\1" + left + right).digest()


def grow(size: int, frontier: Sequence[bytes], leaves: Iterable[bytes]) -> tuple[bytes, ...]:
    """Return the frontier of a tree of `size` leaves after more leaf hashes: the roots of its full subtrees.

    Their sizes are the powers of two that add up to the tree's, largest first; no other hash is needed to go on.
    """
    roots = list(frontier)
    for count, leaf in enumerate(leaves, size):
        node, full = leaf, count
        while full & 1:
            node, full = node_hash(roots.pop(), node), full >> 1
        roots.append(node)
    return tuple(roots)


def root_of(frontier: Sequence[bytes]) -> bytes:
    """Return the root of the tree that has this frontier."""
    if not frontier:
        return EMPTY
    found = frontier[-1]
    for left in reversed(frontier[:-1]):
        found = node_hash(left, found)
    return found


class Tree:
    """A tree over leaf hashes, from which proofs are cut. Every full subtree is hashed once."""

    def __init__(self, leaves: Sequence[bytes]) -> None:
        self.size = len(leaves)
        self._levels = [list(leaves)]
        while len(below := self._levels[-1]) > 1:
            self._levels.append([node_hash(below[i], below[i + 1]) for i in range(0, len(below) - 1, 2)])

    def root(self, size: int | None = None) -> bytes:
        """Return the root of the first `size` leaves, of all where it is left out."""
        size = self.size if size is None else size
        return self._hash(0, size) if size else EMPTY

    def inclusion(self, index: int, size: int) -> tuple[bytes, ...]:
        """Return the proof that leaf `index` is in the tree of the first `size` leaves (RFC 9162, 2.1.3.1)."""
        return tuple(self._path(index, 0, size))

    def consistency(self, first: int, size: int) -> tuple[bytes, ...]:
        """Return the proof that the tree of `first` leaves is the start of that of `size` (RFC 9162, 2.1.4.1)."""
        return tuple(self._subproof(first, 0, size, whole=True)) if 0 < first < size else ()

    def _hash(self, start: int, size: int) -> bytes:
        if size & (size - 1) == 0:  # every range that a proof asks for begins at a multiple of its power of two
            level = size.bit_length() - 1
            return self._levels[level][start >> level]
        left = _split(size)
        return node_hash(self._hash(start, left), self._hash(start + left, size - left))

    def _path(self, index: int, start: int, size: int) -> list[bytes]:
        if size == 1:
            return []
        left = _split(size)
        if index < left:
            return [*self._path(index, start, left), self._hash(start + left, size - left)]
        return [*self._path(index - left, start + left, size - left), self._hash(start, left)]

    def _subproof(self, first: int, start: int, size: int, *, whole: bool) -> list[bytes]:
        if first == size:
            return [] if whole else [self._hash(start, size)]
        left = _split(size)
        if first <= left:
            return [*self._subproof(first, start, left, whole=whole), self._hash(start + left, size - left)]
        return [
            *self._subproof(first - left, start + left, size - left, whole=False),
            self._hash(start, left),
        ]


def _split(size: int) -> int:
    """Return the largest power of two below `size`."""
    return 1 << ((size - 1).bit_length() - 1)


def included(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Say whether the proof leads from leaf hash number `index` to the root of `size` leaves (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    at, last, node = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if at & 1 or at == last:
            node = node_hash(sibling, node)
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            node = node_hash(node, sibling)
        at, last = at >> 1, last >> 1
    return last == 0 and node == root


def consistent(first: int, size: int, proof: Sequence[bytes], first_root: bytes, root: bytes) -> bool:
    """Say whether the proof shows that the first tree is the start of the second (RFC 9162, 2.1.4.2)."""
    if first == size:
        return not proof and first_root == root
    if first == 0 or first > size or not proof:
        return first == 0 and not proof and first_root == EMPTY
    path = [first_root, *proof] if first & (first - 1) == 0 else list(proof)
    at, last = first - 1, size - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    old = new = path[0]
    for node in path[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            old, new = node_hash(node, old), node_hash(node, new)
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            new = node_hash(new, node)
        at, last = at >> 1, last >> 1
    return last == 0 and old == first_root and new == root
