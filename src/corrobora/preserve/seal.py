"""The keys of a locked project: from a passphrase to the record's key, the originals' key, and the names of originals.

Argon2id (RFC 9106, its second recommended choice: 64 MiB, three passes, four lanes) makes one key of the passphrase.
That key opens the record (SQLCipher) and, by AES-GCM, the age identity that originals and settings are encrypted to.
What is wrong with a passphrase shows there. An original's name is an HMAC of its SHA-256: who has a copy of a file
cannot see whether it is in the project.
"""

import hmac
import json
import os
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PosixPath
from types import ModuleType
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from corrobora.errors import BadInput, MissingExtra

FORM = "corrobora vault 1"
SHORTEST = 8  # characters of a passphrase: fewer are guessed, whatever is done to slow it
_INSTALL = "Install it: pip install 'corrobora[encryption]'"


@dataclass(frozen=True, slots=True)
class Seal:
    """The keys of one project, in memory alone."""

    key: bytes
    identity: str

    def close(self, content: bytes) -> bytes:
        """Return the content encrypted by age (https://age-encryption.org/v1)."""
        age = optional("pyrage")
        recipient = age.x25519.Identity.from_str(self.identity).to_public()
        return bytes(age.encrypt(content, [recipient]))

    def open(self, content: bytes, name: str) -> bytes:
        """Return what `close` was given. Raises BadInput where a bit was changed; `name` tells of what."""
        age = optional("pyrage")
        try:
            return bytes(age.decrypt(content, [age.x25519.Identity.from_str(self.identity)]))
        except age.DecryptError as error:
            raise BadInput(f"{name} was changed: it cannot be decrypted", hint="Restore it from a backup.") from error

    def name(self, digest: str) -> str:
        """Return the name that an original with this SHA-256 has."""
        return hmac.new(self.key, b"original " + digest.encode(), sha256).hexdigest()


class Sealed(PosixPath):
    """A folder of originals that are encrypted, with the seal that opens them: what is kept below it is sealed."""

    seal: Seal

    @classmethod
    def at(cls, path: Path, seal: Seal) -> "Sealed":
        """Return the folder `path`, sealed."""
        folder = cls(path)
        folder.seal = seal
        return folder


def seal_of(originals: Path) -> Seal | None:
    """Return the seal of a folder of originals, None where they are not encrypted."""
    return originals.seal if isinstance(originals, Sealed) and hasattr(originals, "seal") else None


def optional(name: str) -> ModuleType:
    """Return a module of the extra `encryption`. Raises MissingExtra with what to do where it is not installed."""
    try:
        return __import__(name, fromlist=["*"])
    except ImportError as error:
        raise MissingExtra(f"a locked project needs {name}", hint=_INSTALL) from error


def make_seal(passphrase: str) -> tuple[bytes, Seal]:
    """Return what to keep beside a project, and its seal. Raises BadInput for a passphrase that is too short."""
    if len(passphrase) < SHORTEST:
        raise BadInput(f"a passphrase of fewer than {SHORTEST} characters", hint="Take four or five random words.")
    optional("sqlcipher3")
    about: dict[str, Any] = {"form": FORM, "salt": os.urandom(16).hex(), "passes": 3, "memory_kib": 65536, "lanes": 4}
    key, nonce = _key(about, passphrase), os.urandom(12)
    identity = str(optional("pyrage").x25519.Identity.generate())
    about |= {"nonce": nonce.hex(), "identity": AESGCM(key).encrypt(nonce, identity.encode(), _fixed(about)).hex()}
    return json.dumps(about, indent=1).encode(), Seal(key, identity)


def open_seal(about: bytes, passphrase: str = "", key: bytes = b"") -> Seal:
    """Return the seal that `make_seal` made, by passphrase or by key. Raises BadInput where it does not open."""
    try:
        found = json.loads(about)
        if found["form"] != FORM or not 1 <= found["passes"] <= 100 or not 8 <= found["memory_kib"] <= 1 << 21:
            raise ValueError(found["form"])  # noqa: TRY301  told with the others below
        key = key or _key(found, passphrase)
        text = AESGCM(key).decrypt(bytes.fromhex(found["nonce"]), bytes.fromhex(found["identity"]), _fixed(found))
    except InvalidTag:
        raise BadInput(
            "that is not the passphrase", hint="Try again. Without it nobody can open the project."
        ) from None
    except (ValueError, KeyError, TypeError) as error:
        raise BadInput(f"vault.json is damaged: {error}", hint="Restore it from a backup.") from error
    return Seal(key, text.decode())


def _key(about: dict[str, Any], passphrase: str) -> bytes:
    argon2 = optional("argon2.low_level")
    salt, costs = bytes.fromhex(about["salt"]), (about["passes"], about["memory_kib"], about["lanes"])
    return bytes(argon2.hash_secret_raw(passphrase.encode(), salt, *costs, 32, argon2.Type.ID))


def _fixed(about: dict[str, Any]) -> bytes:
    """What the encrypted identity vouches for: nobody can lower the costs unseen."""
    return json.dumps([about[name] for name in ("form", "salt", "passes", "memory_kib", "lanes")]).encode()
