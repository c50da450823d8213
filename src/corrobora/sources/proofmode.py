"""ProofMode bundles: a medium, what a telephone noted of it, and OpenPGP signatures of both, by the telephone's key.

`HASH.proof.csv` and `.json` are about the file that has this SHA-256, `HASH.asc` is its signature, `HASH.proof.csv.asc`
that of what was noted, `pubkey.asc` the key (https://proofmode.org/verify). Everything is kept; what holds is told.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path, PurePosixPath

from corrobora.sources import openpgp
from corrobora.sources.archives import Member

KIND = "application/x-proofmode"
MOST_BYTES = 300_000_000
"""Of one bundle that is packed: what is beyond is not held, and so not checked."""
_PROOF = re.compile(r"([0-9a-f]{64})\.(proof\.(?:csv|json)|asc|ots|gst)(\..*)?")
_KEY = b"-----BEGIN PGP PUBLIC KEY BLOCK-----"
_MOST_KEY = 100_000  # bytes of a public key
Contents = Mapping[str, Callable[[], bytes]]


def is_proof(name: str) -> bool:
    """Say whether a file is named as one that proves another.

    >>> is_proof("ab" * 32 + ".proof.csv"), is_proof("report.csv")
    (True, False)
    """
    return bool(_PROOF.fullmatch(PurePosixPath(name).name))


def folder(path: Path, most: int) -> dict[str, Member]:
    """Return, by name, what each proof in a folder shows; files larger than `most` bytes are not read."""
    names = [p for p in sorted(path.iterdir()) if not p.is_symlink() and p.is_file() and p.stat().st_size <= most]
    return {told.name: told for told in _told({p.name: p.read_bytes for p in names})}


def packed(data: bytes, members: Iterable[Member]) -> Iterator[Member]:
    """Yield the members of an archive; where it holds proofs, then what each shows, under its name and `!/`."""
    if b".proof." not in data:  # names stand in an archive as they are
        yield from members
        return
    held: dict[PurePosixPath, dict[str, Callable[[], bytes]]] = {}
    left = MOST_BYTES
    for member in members:
        path, content = PurePosixPath(member.name), member.data
        if content is not None and (left := left - len(content)) >= 0:
            held.setdefault(path.parent, {})[path.name] = lambda content=content: content  # type: ignore[misc]
        proves = content is not None and is_proof(member.name)
        yield Member(member.name, content, member.problem, member.given, KIND) if proves else member
    for place, contents in held.items():
        for told in _told(contents):
            yield Member(f"{place / told.name}!/", None, told.problem, state=told.state)


def _told(contents: Contents) -> Iterator[Member]:
    """What each proof among some files shows; each other file is hashed once."""
    proofs = {name: found for name in contents if (found := _PROOF.fullmatch(name))}
    if not proofs:
        return
    digests = {sha256(load()).hexdigest(): name for name, load in contents.items() if name not in proofs}
    loaded = (load() for name, load in contents.items() if name.endswith(".asc") and name not in proofs)
    keys = [key for key in loaded if _KEY in key and len(key) < _MOST_KEY]
    for name, found in proofs.items():
        fault, shown = _one(name, found, digests, contents, keys)
        yield Member(name, None, fault or shown, state="unreadable" if fault else "metadata")


def _one(
    name: str, found: re.Match[str], digests: Mapping[str, str], contents: Contents, keys: list[bytes]
) -> tuple[str, str]:
    """What is wrong with a proof, '' where nothing is, and what it shows."""
    about = digests.get(found[1])
    if about is None:
        return "a proof, and no file beside it has the SHA-256 that it names", ""
    if not name.endswith(".asc"):
        what = "a time stamp, which was not checked" if found[2] in {"ots", "gst"} else "what was noted"
        return "", f"proof of {about}, whose SHA-256 it names: {what}"
    signed = about if found[2] == "asc" else name.removesuffix(".asc")
    if signed not in contents:
        return f"a signature of {signed}, which is not there", ""
    fault, shown = openpgp.told(contents[name](), contents[signed](), keys)
    return f"signature of {signed}: {fault}" * bool(fault), f"proof of {about}, whose SHA-256 it names: {shown}"
