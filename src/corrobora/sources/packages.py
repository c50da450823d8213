"""Packages that list the hashes of what they hold: WACZ, BagIt, exports. The lists are checked.

A hash that fits shows that nothing was changed since the list was made; not who made it. That is told so.
"""

import codecs
import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from urllib.parse import unquote

from corrobora.sources import signatures
from corrobora.sources.archives import Member

BAG = "bagit.txt"
TAG = "application/x-bagit"
_MANIFEST = re.compile(r"(tag)?manifest-(md5|sha1|sha256|sha512)\.txt")
_TAGS = re.compile(r"bagit\.txt|bag-info\.txt|package-info\.txt|fetch\.txt|(tag)?manifest-\w+\.txt")
_HASHES = re.compile(rb"(SHA-256|SHA3-512):((?<=256:)[0-9a-f]{64}|(?<=512:)[0-9a-f]{128})(?![0-9a-f])", re.IGNORECASE)
_BARE = re.compile(rb"(?<![0-9a-zA-Z])[0-9a-fA-F]{64}(?![0-9a-zA-Z])")
MOST_BESIDE = 2_000
"""Files beside an export that are looked at."""
_LINE = re.compile(r"([0-9a-fA-F]{32,128})[ \t]+\*?(.+)")
_BEYOND = re.compile(r"^([/~\\]|[A-Za-z]:)|(^|/)\.\.(/|$)")


def wacz(members: Iterable[Member]) -> Iterator[Member]:
    """Yield the WARCs of a WACZ, and at last whether its files have the hashes that `datapackage.json` lists."""
    hashes: dict[str, str] = {}
    lists: dict[str, bytes] = {}
    faults: list[str] = []
    for member in members:
        if member.data is None:
            faults.append(f"{member.name}: {member.problem}")
            continue
        hashes[member.name] = sha256(member.data).hexdigest()
        if member.name in {"datapackage.json", "datapackage-digest.json"}:
            lists[member.name] = member.data
        elif member.name.startswith("archive/"):
            yield member
    listed = f"sha256:{hashes.get('datapackage.json', '')}"
    fault, shown = signatures.told(lists.get("datapackage-digest.json", b""), listed)
    faults += [*_package_faults(hashes, lists), *filter(None, [fault])]
    yield _verdict("datapackage.json", faults, len(hashes), shown)


def _has_no_digest(text: bytes) -> bool:
    """WACZ 1.0 had no hash of the list."""
    return b'"wacz_version": "1.0' in text or b'"wacz_version":"1.0' in text


def _package_faults(hashes: dict[str, str], lists: dict[str, bytes]) -> Iterator[str]:
    listed: dict[str, str] = {}
    try:
        for item in json.loads(lists.get("datapackage.json", b"{}")).get("resources", []):
            listed[str(item["path"])] = str(item.get("hash") or item["stats"]["hash"]).removeprefix("sha256:")
        digest = json.loads(lists.get("datapackage-digest.json", b"{}")).get("hash")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        yield f"its lists cannot be read ({type(error).__name__})"
        return
    if not listed:
        yield "it has no list of its files"
    if digest is None and not _has_no_digest(lists.get("datapackage.json", b"")):
        yield "it has no hash of its list (datapackage-digest.json)"
    elif digest is not None and str(digest).removeprefix("sha256:") != hashes.get("datapackage.json"):
        yield "its list does not have the hash in datapackage-digest.json"
    yield from (f"{name}: listed, and not there" for name in listed.keys() - hashes.keys())
    yield from (f"{n}: not the hash that is listed" for n, h in listed.items() if n in hashes and hashes[n] != h)
    yield from (f"{name}: not listed" for name in sorted(hashes.keys() - listed.keys() - lists.keys()))


def is_tag(name: str) -> bool:
    """Say whether a file of a bag is about the bag: a list, not a report."""
    return bool(_TAGS.fullmatch(name))


def bag(folder: Path) -> Member:
    """Return whether the bag in `folder` (RFC 8493, drafts from 0.93) holds what its lists say, all and only that."""
    present = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file() and not p.is_symlink()}
    faults: list[str] = []
    listed, count = set[str](), 0
    for name in sorted(filter(_MANIFEST.fullmatch, present)):
        algorithm, payload = name.rpartition("-")[2].removesuffix(".txt"), not name.startswith("tag")
        for given, wanted in _manifest(folder / name, _encoding(folder), faults):
            count += 1
            path = _named(given, present)
            listed.update([path] * payload)
            if _BEYOND.search(given) or _BEYOND.search(path):
                faults.append(f"{given}: points outside the bag")
            elif path not in present:
                faults.append(f"{given}: listed, and not there")
            elif _hash(folder / path, algorithm) != wanted:
                faults.append(f"{given}: not the hash that is listed")
    if not count:
        faults.append("it has no list of its files")
    faults += [f"{name}: not listed" for name in sorted(present) if name.startswith("data/") and name not in listed]
    if "fetch.txt" in present:
        faults += ["it names files to be fetched, which was not done"] * any("not there" in fault for fault in faults)
    return _verdict("its manifests", list(dict.fromkeys(faults)), count)


def _named(given: str, present: set[str]) -> str:
    """The file that a manifest means: as it writes it, with %0A and the like decoded, or in another Unicode form."""
    path = given.removeprefix("./")
    for form in (path, unquote(path), *(unicodedata.normalize(f, path) for f in ("NFC", "NFD"))):
        if form in present:
            return form
    return path


def _encoding(folder: Path) -> str:
    """What `bagit.txt` says that the lists are written in; UTF-8 where it says nothing that is known."""
    found = re.search(rb"Tag-File-Character-Encoding:\s*([\w-]{1,40})", (folder / BAG).read_bytes()[:2000])
    try:
        return codecs.lookup(found[1].decode()).name if found else "utf-8"
    except LookupError:
        return "utf-8"


def _manifest(path: Path, encoding: str, faults: list[str]) -> Iterator[tuple[str, str]]:
    text = path.read_bytes().decode(encoding, "replace").lstrip("\ufeff")
    for line in re.split(r"\r\n|\r|\n", text):  # RFC 8493, 2.1.3; a name may hold other marks that divide lines
        found = _LINE.fullmatch(line.strip())
        if found:
            yield found[2].strip(), found[1].lower()
        elif line.strip():
            faults.append(f"{path.name}: a line that is no hash and name")


def _hash(path: Path, name: str) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.new(name, usedforsecurity=False)).hexdigest()


def listed(name: str, data: bytes, folder: Path) -> Member | None:
    """Return what an export of auto-archiver (CSV, HTML) or Tella (CSV) says of the files beside it; None for others.

    auto-archiver writes `SHA-256:` or `SHA3-512:` before a hash; Tella has a column that is called a hash.
    """
    if not name.lower().endswith((".csv", ".html", ".htm")):
        return None
    head = data[:2_000_000]
    named = {(m[1].decode().lower(), m[2].decode().lower()) for m in _HASHES.finditer(head)}
    if name.lower().endswith(".csv") and b"hash" in head.partition(b"\n")[0].lower():
        named |= {("sha-256", m[0].decode().lower()) for m in _BARE.finditer(head)}
    if not named:
        return None
    beside = [p for p in sorted(folder.rglob("*"))[:MOST_BESIDE] if p.is_file() and not p.is_symlink()]
    names = {kind: kind.replace("sha-", "sha").replace("sha3-", "sha3_") for kind, _ in named}
    there = {(kind, _hash(path, name)) for kind, name in names.items() for path in beside}
    here = len(named & there)
    told = f"names {len(named)} hashes, {here} of them of files beside it; who made it is not proven"
    return Member("", None, told, state="metadata" if here in {0, len(named)} else "unreadable")


def _verdict(source: str, faults: list[str], count: int, shown: str = "who made it is not proven") -> Member:
    if not faults:
        return Member("", None, f"complete: {count} files with the hashes of {source}; {shown}", state="metadata")
    more = f" (and {len(faults) - 5} more)" if len(faults) > 5 else ""
    return Member("", None, f"not as {source} says: {'; '.join(faults[:5])}{more}", state="unreadable")
