"""Signs the custody log as it grows: one checkpoint for each transaction."""

from collections.abc import Sequence

from corrobora.preserve import merkle, notes


class Notary:
    """What the store asks to sign what it has logged; it keeps nothing itself."""

    def new_key(self) -> str:
        """Return a new signing key."""
        return notes.new_key()

    def sign(self, key: str, size: int, frontier: Sequence[str], leaves: Sequence[str]) -> tuple[tuple[str, ...], str]:
        """Return the frontier after `leaves` (hex) are added to a log of `size`, and the checkpoint that covers all."""
        grown = merkle.grow(size, [bytes.fromhex(r) for r in frontier], [bytes.fromhex(leaf) for leaf in leaves])
        name = notes.verifier_key(key).partition("+")[0]
        return tuple(r.hex() for r in grown), notes.sign(
            notes.Head(name, size + len(leaves), merkle.root_of(grown)), key
        )
