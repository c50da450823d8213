"""Signed notes (C2SP signed-note) and checkpoints (C2SP tlog-checkpoint), with Ed25519.

A note is text that ends in a newline, an empty line, and a line `— NAME BASE64` for each signature, where the base64
holds four bytes that name the key and the signature of the text. A checkpoint's text is the log's name, how many
leaves it has, and the base64 of the root of their Merkle tree.
"""

import re
from base64 import b64decode, b64encode
from binascii import Error
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from corrobora.errors import BadInput

ED25519 = b"\x01"
SIGNATURE = re.compile(r"— (?P<name>[^\s+]+) (?P<signature>[A-Za-z0-9+/]+={0,2})")
LIMIT = 1 << 20  # bytes of a note that is read from outside
ASK = "Is it the head that `corrobora log head` printed, whole, with its empty line?"


@dataclass(frozen=True, slots=True)
class Head:
    """What a checkpoint says: the log's name (its origin), how many leaves, and their root."""

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        """Return the text that is signed."""
        return f"{self.origin}\n{self.size}\n{b64encode(self.root).decode()}\n"


def new_key() -> str:
    """Return a new Ed25519 private key: its 32-byte seed in hex."""
    return Ed25519PrivateKey.generate().private_bytes_raw().hex()


def verifier_key(key: str) -> str:
    """Return the public key that belongs to a private one, as a C2SP verifier key: `NAME+KEYID+BASE64`."""
    public = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(key)).public_key().public_bytes_raw()
    name = origin(public)
    return f"{name}+{_key_id(name, public).hex()}+{b64encode(ED25519 + public).decode()}"


def origin(public: bytes) -> str:
    """Return the name of the log that this public key signs. It tells nothing of the project."""
    return f"corrobora/{sha256(public).hexdigest()[:16]}"


def sign(head: Head, key: str) -> str:
    """Return the checkpoint of `head`, signed with the private `key`."""
    private = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(key))
    public = private.public_key().public_bytes_raw()
    text = head.text()
    signature = _key_id(head.origin, public) + private.sign(text.encode())
    return f"{text}\n— {head.origin} {b64encode(signature).decode()}\n"


def open_note(note: str, verifier: str) -> str:
    """Return the text of a note that `verifier` signed. Raises BadInput where it is none, or was not signed by it.

    As the specification says: signatures of other keys are ignored, one by this key that fails refuses the note.
    """
    name, _, rest = verifier.partition("+")
    identity, _, encoded = rest.partition("+")
    public = _decoded(encoded)
    if public[:1] != ED25519 or _key_id(name, public[1:]).hex() != identity:
        raise BadInput(f"{verifier!r} is not an Ed25519 verifier key")
    text, separator, signatures = note.rpartition("\n\n")
    if not separator or len(note) > LIMIT or not signatures.endswith("\n"):
        raise BadInput("it is not a signed note", hint=ASK)
    for line in signatures.splitlines():
        found = SIGNATURE.fullmatch(line)
        if not found:
            raise BadInput(f"its signature line cannot be read: {line[:80]!r}", hint=ASK)
        signature = _decoded(found["signature"])
        if found["name"] == name and signature[:4].hex() == identity:
            try:
                Ed25519PublicKey.from_public_bytes(public[1:]).verify(signature[4:], f"{text}\n".encode())
            except InvalidSignature:
                raise BadInput("its signature does not hold: it was changed after it was signed") from None
            return text + "\n"
    raise BadInput("it was not signed by this project's key", hint="Is it the head of another project?")


def find_note(text: str) -> str:
    """Return the checkpoint that stands in a text, such as a mail or what a terminal showed; else the text itself."""
    found = re.search(r"(corrobora/[0-9a-f]{16}\n[0-9]+\n[A-Za-z0-9+/=]+\n\n— [^\n]+)(?:\n|\Z)", text)
    return found[1] + "\n" if found else text


def open_checkpoint(note: str, verifier: str) -> Head:
    """Return what a checkpoint says, after checking its signature and its form. Raises BadInput."""
    lines = open_note(note, verifier).split("\n")
    if len(lines) < 4 or lines[0] != verifier.partition("+")[0] or not re.fullmatch(r"0|[1-9][0-9]{0,15}", lines[1]):
        raise BadInput("it is a signed note, but not a checkpoint of this log", hint=ASK)
    root = _decoded(lines[2])
    if len(root) != 32:
        raise BadInput("its root is not a SHA-256", hint=ASK)
    return Head(lines[0], int(lines[1]), root)


def _key_id(name: str, public: bytes) -> bytes:
    return sha256(name.encode() + b"\n" + ED25519 + public).digest()[:4]


def _decoded(text: str) -> bytes:
    try:
        return b64decode(text, validate=True)
    except (Error, ValueError):
        raise BadInput(f"{text[:80]!r} is not base64", hint=ASK) from None
