"""OpenPGP signatures (RFC 9580): whether one holds by a key that lies beside it. Needs pysequoia, the extra `openpgp`.

A key that comes with a signature shows that nothing was changed since; whose key it is, is not in the file.
"""

from collections.abc import Sequence
from importlib import import_module
from types import ModuleType

UNCHECKED = "its signature was not checked"


def told(signature: bytes, signed: bytes, keys: Sequence[bytes]) -> tuple[str, str]:
    """Return what is wrong with a detached signature of `signed`, '' where nothing is; and what it shows."""
    if not keys:
        return "", f"{UNCHECKED}: there is no key beside it"
    library = _library()
    if library is None:
        return "", f"{UNCHECKED}: that needs pysequoia (pip install 'corrobora[openpgp]')"
    try:
        made = library.Sig.from_bytes(signature)
        certificates = [found for key in keys for found in library.Cert.split_bytes(key)]
    except (RuntimeError, ValueError) as error:
        return f"it, or a key beside it, cannot be read ({_short(error)})", ""
    by = str(made.issuer_fingerprint or made.issuer_key_id or "a key that it does not name").lower()
    try:
        found = library.verify(bytes=signed, store=lambda _: certificates, signature=made)
    except (RuntimeError, ValueError):
        return (
            f"it does not hold by any key beside it (it names {by}): one of the three was changed, or is not here",
            "",
        )
    when = made.created.isoformat() if made.created else "at a time that it does not name"
    key = found.valid_sigs[0].certificate
    return "", f"signed by the key {key} beside it, as it says on {when}; whose key it is, is not proven"


def _short(error: Exception) -> str:
    return str(error).partition("\n")[0][:120] or type(error).__name__


def _library() -> ModuleType | None:
    try:
        return import_module("pysequoia")
    except ImportError:
        return None
