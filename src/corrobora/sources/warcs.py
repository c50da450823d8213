"""Web archives (WARC 1.0 and 1.1, ISO 28500): each page in one is a document, and how whole it is, is told.

Common readers pass a cut file in silence. Here lengths are counted: what a record declares against the bytes that are
there, and each gzip member against its trailer. Digests are those that the capture wrote down.
"""

import base64
import binascii
import hashlib
import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from warcio.bufferedreaders import ChunkedDataReader

from corrobora.model import Metadata
from corrobora.settings import Limits
from corrobora.sources.archives import RATIO_FROM, Budget, Member

MOST_HEADERS = 64_000  # bytes of the headers of one record
_VERSION = re.compile(rb"WARC/[01]\.\d+\r?\n")
_HEADERS_END = re.compile(rb"\r?\n\r?\n")
_LENGTHS = {"md5": 16, "sha1": 20, "sha256": 32, "sha512": 64}
_READ = ("text/", "application/pdf", "application/xhtml", "application/msword", "application/vnd.openxml", "message/")
_MARKUP = ("text/css", "text/javascript")


@dataclass(frozen=True, slots=True)
class Record:
    """One record: its headers by lower-case name, its block, and what is wrong with it."""

    headers: dict[str, str]
    block: bytes
    problem: str = ""


class Cut(Exception):
    """The file ends, or is beyond a limit, in the middle."""


def members(data: bytes, limits: Limits, left: Budget) -> Iterator[Member]:
    """Yield the pages of a WARC; the last Member, without a name, says whether it is whole."""
    count, wrong, problem = 0, 0, ""
    try:
        for record in records(unpacked(data, limits, left)):
            count, wrong = count + 1, wrong + bool(record.problem)
            left.entries -= 1
            if left.entries < 0:
                raise Cut("refused: beyond the limit of entries")  # noqa: TRY301  told below with the others
            if member := _member(record, count, limits):
                yield member
    except Cut as error:
        problem = str(error)
    if not count and not problem:
        problem = "damaged: there is no WARC record in it"
    if problem or wrong:
        told = "; ".join(filter(None, (problem, f"{wrong} of its records are damaged" if wrong else "")))
        yield Member("", None, f"{told}: {count} records were read", state="unreadable")
    else:
        yield Member("", None, f"complete: {count} records of the length, and with the digests, they declare",
                     state="metadata")  # fmt: skip


def unpacked(data: bytes, limits: Limits, left: Budget) -> Iterator[bytes]:
    """Yield the bytes of a WARC, gzip members unpacked. Raises Cut where one does not end, or unpacks to too much."""
    if not data.startswith(b"\x1f\x8b"):
        yield data
        return
    total, rest = 0, data
    while rest:
        unpacker = zlib.decompressobj(31)
        while not unpacker.eof:
            try:
                part = unpacker.decompress(rest, 1 << 20)
            except zlib.error as error:
                raise Cut(f"damaged: a gzip member cannot be unpacked ({error})") from error
            total, left.size = total + len(part), left.size - len(part)
            if left.size < 0 or (total > RATIO_FROM and total > limits.archive_ratio * len(data)):
                raise Cut("refused: it unpacks to more than the limits allow")
            yield part
            rest = unpacker.unconsumed_tail
            if not rest and not unpacker.eof and not part:
                raise Cut("truncated: its last gzip member does not end")
        rest = unpacker.unused_data.lstrip(b"\0")


def records(parts: Iterator[bytes]) -> Iterator[Record]:
    """Yield the records of a stream. Raises Cut where it ends, or stops being a WARC, in the middle."""
    stream = _Stream(parts)
    while not stream.ended():
        if not _VERSION.match(stream.peek(16)):
            raise Cut("damaged: what follows is no WARC record")
        head = stream.until(_HEADERS_END)
        headers = _headers(head.partition(b"\n")[2])
        declared = headers.get("content-length", "")
        if not re.fullmatch("[0-9]{1,15}", declared):
            raise Cut(f"damaged: a record declares no length ({declared[:40]!r})")
        block = stream.take(int(declared))
        if len(block) < int(declared):
            raise Cut(f"truncated: its last record declares {int(declared):,} bytes, and {len(block):,} are there")
        if stream.take(4).strip(b"\r\n"):
            raise Cut("damaged: a record is longer than it declares")
        revisit = headers.get("warc-type", "") == "revisit"  # whose digest, in many captures, is of what it refers to
        yield Record(headers, block, "" if revisit else _digest_fault(headers.get("warc-block-digest", ""), block))


class _Stream:
    """Bytes that come in parts, taken from the front."""

    def __init__(self, parts: Iterator[bytes]) -> None:
        self.parts = parts
        self.held = bytearray()

    def fill(self, size: int) -> bool:
        """Hold `size` bytes, if there are so many; say whether there are."""
        while len(self.held) < size:
            part = next(self.parts, None)
            if part is None:
                return False
            self.held += part
        return True

    def ended(self) -> bool:
        while self.fill(1):
            stripped = len(self.held) - len(self.held.lstrip(b"\r\n"))
            del self.held[:stripped]
            if self.held:
                return False
        return True

    def peek(self, size: int) -> bytes:
        self.fill(size)
        return bytes(self.held[:size])

    def take(self, size: int) -> bytes:
        self.fill(size)
        taken = bytes(self.held[:size])
        del self.held[:size]
        return taken

    def until(self, end: re.Pattern[bytes]) -> bytes:
        while not (found := end.search(self.held)):
            if len(self.held) > MOST_HEADERS or not self.fill(len(self.held) + 1):
                raise Cut("truncated: it ends in the headers of a record")
        return self.take(found.end())


def _headers(lines: bytes) -> dict[str, str]:
    pairs = (line.partition(":") for line in lines.decode("utf-8", "replace").split("\n") if ":" in line)
    return {name.strip().lower(): value.strip() for name, _, value in pairs}


def _digest_fault(declared: str, *contents: bytes) -> str:
    """What is wrong where a declared digest (`sha1:BASE32`, or hexadecimal) is that of none of the contents."""
    name, _, value = declared.partition(":")
    name = name.strip().lower().replace("-", "")
    if name not in _LENGTHS:
        return ""
    try:
        size = _LENGTHS[name]
        wanted = (
            bytes.fromhex(value)
            if len(value) == 2 * size
            else base64.b32decode(value.upper() + "=" * (-len(value) % 8))
        )
    except (ValueError, binascii.Error):
        return f"its digest cannot be read ({declared[:60]!r})"
    found = any(hashlib.new(name, content, usedforsecurity=False).digest() == wanted for content in contents)
    return "" if found else "its bytes do not have the digest that the capture wrote down"


def _member(record: Record, number: int, limits: Limits) -> Member | None:
    """The page in a record, None where there is none: requests, redirects, pictures, scripts stay in the WARC."""
    kind = record.headers.get("warc-type", "").lower()
    url = record.headers.get("warc-target-uri", "").strip("<> ")
    if kind not in {"response", "resource", "conversion"} or url.startswith("dns:"):
        return None
    media, body, problem = record.headers.get("content-type", ""), record.block, record.problem
    if kind == "response" and body.startswith(b"HTTP/"):
        status, headers, raw = _understood(body)
        if status != "200":
            return None
        media = headers.get("content-type", "")
        body, plain = _decoded(raw, headers, limits)
        problem = problem or _digest_fault(record.headers.get("warc-payload-digest", ""), raw, plain)
        if record.headers.get("warc-truncated"):
            problem = problem or f"the capture was cut short: {record.headers['warc-truncated'][:40]}"
    media = media.partition(";")[0].strip().lower()
    if not media.startswith(_READ) or media.startswith(_MARKUP) or not body:
        return None
    name = re.sub(r"[^\w./~-]+", "_", re.sub(r"^[a-z]+://", "", url))[:150].strip("/") or "page"
    return Member(f"{number}/{name}", body, problem, Metadata(url=url if url.startswith("http") else ""), media)


def answer(block: bytes, limits: Limits) -> tuple[str, dict[str, str], bytes]:
    r"""Return the status of an HTTP answer, its headers by lower-case name, and its body as a browser has it.

    >>> answer(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nwords", Limits())
    ('200', {'content-type': 'text/plain'}, b'words')
    """
    status, headers, raw = _understood(block)
    return status, headers, _decoded(raw, headers, limits)[0]


def _understood(block: bytes) -> tuple[str, dict[str, str], bytes]:
    """The status of an answer ('' where its headers do not end), its headers, and its body as it was sent."""
    found = _HEADERS_END.search(block, 0, MOST_HEADERS)
    if not found:
        return "", {}, b""
    first, _, lines = block[: found.start()].partition(b"\n")
    status = first.split()[1:2] or [b""]
    return status[0].decode("ascii", "replace"), _headers(lines), block[found.end() :]


def _decoded(raw: bytes, headers: dict[str, str], limits: Limits) -> tuple[bytes, bytes]:
    """The body as a browser would have it, and as it was before transfer: the two that a digest may be of."""
    plain = raw
    if "chunked" in headers.get("transfer-encoding", "").lower():
        reader = ChunkedDataReader(io.BytesIO(raw), decomp_type=None)
        plain = b"".join(iter(lambda: reader.read(1 << 16), b""))
    return _inflated(plain, headers, limits), plain


def _inflated(body: bytes, headers: dict[str, str], limits: Limits) -> bytes:
    if headers.get("content-encoding", "").lower() not in {"gzip", "x-gzip", "deflate"}:
        return body
    try:
        unpacker = zlib.decompressobj(47)
        found = unpacker.decompress(body, limits.file_mb * 1_000_000)
    except zlib.error:
        return body
    return found if len(found) <= max(RATIO_FROM, limits.archive_ratio * len(body)) else b""
