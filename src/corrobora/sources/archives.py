"""ZIP archives: each member is a document of its own, and no member can cost more than it may.

Limits are counted on what is really unpacked, never on what the archive declares: entries, bytes in all, the ratio of
unpacked to packed, bytes of one member. Names that point elsewhere are refused, not mended in silence.
"""

import io
import lzma
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from corrobora.model import Metadata
from corrobora.settings import Limits

CHUNK = 1 << 20
RATIO_FROM = 10_000_000
"""Bytes below which a high ratio is no bomb: a page of spaces packs well."""
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    OSError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)
_END = b"PK\x05\x06"  # end of central directory record (PKWARE APPNOTE 4.3.16)
_HOSTILE = re.compile(r"^([/\\]|[A-Za-z]:)|(^|[/\\])\.\.([/\\]|$)|\\")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(slots=True)
class Budget:
    """What may still be unpacked from one archive and all archives inside it."""

    entries: int
    size: int


@dataclass(frozen=True, slots=True)
class Member:
    """A member's name, and its bytes or why there are none; what is known of it, its media type, and its state."""

    name: str
    data: bytes | None
    problem: str = ""
    given: Metadata = Metadata()
    kind: str = ""
    state: str = "refused"


def budget(limits: Limits) -> Budget:
    """Return the whole budget of an archive."""
    return Budget(limits.archive_entries, limits.archive_mb * 1_000_000)


def members(data: bytes, limits: Limits, left: Budget) -> Iterator[Member]:
    """Yield the files of a ZIP archive by name, .json first, taking what they cost from `left`.

    An archive that cannot be opened gives one Member without a name, whose problem says why.
    """
    if (declared := _declared(data)) > left.entries:
        yield Member("", None, f"{declared:,} entries, and the limit is {limits.archive_entries:,}")
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            seen: set[str] = set()
            for item in sorted(
                archive.infolist(), key=lambda item: (not item.filename.endswith(".json"), item.filename)
            ):
                if item.filename.endswith("/"):
                    continue
                left.entries -= 1
                name = shown(item.filename)
                doubt = "the same name twice in the archive" if item.filename in seen else _doubt(item, left)
                seen.add(item.filename)
                if doubt:
                    yield Member(name, None, doubt)
                else:
                    yield _unpacked(archive, item, name, limits, left)
    except _BROKEN as error:
        yield Member("", None, f"damaged: the archive cannot be opened ({_short(error)})")


def _declared(data: bytes) -> int:
    """How many entries there are by the archive's own count, or by its directory's size at 400 bytes an entry."""
    at = data.rfind(_END, max(0, len(data) - 66_000))
    if at < 0 or len(data) < at + 22:
        return 0
    count, size = struct.unpack_from("<HI", data, at + 10)
    return max(int(count), int(size) // 400)


def _doubt(item: zipfile.ZipInfo, left: Budget) -> str:
    """Why a member is not even opened, '' where it may be."""
    if left.entries < 0:
        return "beyond the limit of entries"
    if doubt := doubtful(item.filename) or doubtful(item.orig_filename):
        return doubt
    if item.flag_bits & 0x1:
        return "encrypted: it opens only with a password"
    if stat.S_ISLNK(item.external_attr >> 16):
        return "a symbolic link: not followed"
    return ""


def doubtful(name: str) -> str:
    """Return why a member of this name is not opened, '' where nothing speaks against it.

    >>> doubtful("../x"), doubtful("a/b.txt")
    ('its name points outside the archive: refused', '')
    """
    if _HOSTILE.search(name):
        return "its name points outside the archive: refused"
    return "its name holds control characters: refused" if _CONTROL.search(name) else ""


def _unpacked(archive: zipfile.ZipFile, item: zipfile.ZipInfo, name: str, limits: Limits, left: Budget) -> Member:
    most = min(limits.file_mb * 1_000_000, left.size)
    found = bytearray()
    try:
        with archive.open(item) as file:
            while chunk := file.read(CHUNK):
                found += chunk
                left.size -= len(chunk)
                if len(found) > RATIO_FROM and len(found) > limits.archive_ratio * max(1, item.compress_size):
                    return Member(name, None, f"unpacks to more than {limits.archive_ratio} times its size: refused")
                if len(found) > most:
                    return Member(name, None, "unpacks to more than the limits allow: refused")
    except _BROKEN as error:
        return Member(name, None, f"damaged: it cannot be unpacked ({_short(error)})")
    return Member(name, bytes(found))


def shown(name: str) -> str:
    """Return the name of a member as it is told."""
    return re.sub(r"[\x00-\x1f]", "_", name)[:500] or "(no name)"


def _short(error: Exception) -> str:
    return " ".join(str(error).split())[:120] or type(error).__name__
