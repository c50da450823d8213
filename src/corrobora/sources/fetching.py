"""A page of the web, fetched because a person named its address, and kept as a WARC of all that was asked and answered.

Nothing else in Corrobora opens a connection. Each address, and each that an answer leads on to, is resolved once, must
be public, and is then spoken to by that number, so that a name cannot be one thing when it is checked and another when
it is used. A proxy named in the environment is honoured; what it may reach is then checked by name and number here.
"""

import contextlib
import http.client
import io
import ipaddress
import re
import socket
import ssl
from collections import deque
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import unescape
from time import monotonic
from types import SimpleNamespace
from typing import Any
from urllib.parse import SplitResult, urljoin, urlsplit
from urllib.request import getproxies, proxy_bypass

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from corrobora.errors import BadInput, Refused

AGENT = "corrobora"
MOST_BYTES = 32_000_000  # of one answer
MOST_ALL = 100_000_000  # of a page and all that it needs
MOST_ANSWERS = 80
MOST_REDIRECTS = 10
SECONDS = 20.0  # for one answer
SECONDS_ALL = 120.0
_NEEDED = re.compile(
    r"<(?:img|source|script)\b[^>]{0,2000}?\bsrc\s*=\s*[\"']?([^\"'\s>]{1,2000})"
    r"|<link\b(?=[^>]{0,2000}?stylesheet)[^>]{0,2000}?\bhref\s*=\s*[\"']?([^\"'\s>]{1,2000})",
    re.IGNORECASE,
)
_IN_STYLES = re.compile(
    r"\burl\(\s{0,20}[\"']?([^\"'()\s]{1,2000})|@import\s{1,20}[\"']([^\"']{1,2000})", re.IGNORECASE
)
_PAGES = frozenset(("text/html", "application/xhtml+xml"))


def is_public(address: str) -> bool:
    """Say whether a number is of the public internet: not this machine, not its network, not one set aside.

    >>> is_public("93.184.215.14"), is_public("127.0.0.1"), is_public("::ffff:10.0.0.1"), is_public("169.254.169.254")
    (True, False, False, False)
    """
    number = ipaddress.ip_address(address.partition("%")[0])
    for inner in (getattr(number, "ipv4_mapped", None), getattr(number, "sixtofour", None)):
        number = inner or number
    return number.is_global and not number.is_multicast and not number.is_reserved


class Writer(WARCWriter):  # type: ignore[misc]  # warcio has no types
    """Writes records, and holds what it must in memory: a locked project leaves nothing in a temporary file."""

    @classmethod
    def _create_temp_file(cls) -> io.BytesIO:
        return io.BytesIO()


@dataclass(slots=True)
class Capture:
    """A WARC in the making, and what is left of the limits."""

    buffer: io.BytesIO = field(default_factory=io.BytesIO)
    size: int = 0
    answers: int = 0
    until: float = field(default_factory=lambda: monotonic() + SECONDS_ALL)
    failed: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said: the request and the answer byte for byte, and what to make of it."""

    url: str
    number: str
    asked: bytes
    answered: bytes
    status: int
    location: str
    media_type: str
    body: bytes


def is_address(name: str) -> bool:
    """Say whether what a user named is an address of the web."""
    return name.lower().startswith(("http://", "https://"))


def joined(base: str, named: str) -> str:
    """Return the address that a page at `base` means by `named`; '' where it is none.

    >>> joined("http://example.org/a/b", "../c"), joined("http://example.org/", "http://[")
    ('http://example.org/c', '')
    """
    try:
        return urljoin(base, named)
    except ValueError:
        return ""


def fetch(url: str) -> tuple[bytes, tuple[str, ...]]:
    """Return the WARC of a page and of what it needs, and what of that could not be had.

    Raises Refused where the address, or one that it leads to, is not public or an answer is beyond the limits; BadInput
    where it cannot be reached.
    """
    capture = Capture()
    writer = Writer(capture.buffer, gzip=True)
    writer.write_record(writer.create_warcinfo_record("capture.warc.gz", {"software": AGENT, "format": "WARC/1.1"}))
    page = _following(url, capture, writer)
    needed, seen = deque(_needed(page)), {url}
    while needed and len(seen) < MOST_ANSWERS:
        if (address := needed.popleft()) in seen:
            continue
        seen.add(address)
        try:
            needed.extend(_needed(_following(address, capture, writer), page=False))
        except (BadInput, OSError) as error:
            capture.failed.append(f"{address[:200]}: {error}")
    return capture.buffer.getvalue(), tuple(capture.failed)


def _needed(answer: Answer, *, page: bool = True) -> list[str]:
    """The pictures, styles and scripts that a page, or a style sheet of it, names: one pass over its words."""
    text = answer.body[:2_000_000].decode("utf-8", "replace")
    patterns = [_NEEDED, _IN_STYLES] if page and answer.media_type in _PAGES else []
    patterns += [_IN_STYLES] * (answer.media_type == "text/css")
    found = (joined(answer.url, unescape(m[1] or m[2])) for pattern in patterns for m in pattern.finditer(text))
    return list(dict.fromkeys(u.partition("#")[0] for u in found if is_address(u)))[: MOST_ANSWERS - 1]


def _following(url: str, capture: Capture, writer: WARCWriter) -> Answer:
    """Fetch an address and what it leads on to; each answer is written, each address checked."""
    for _ in range(MOST_REDIRECTS):
        if capture.answers >= MOST_ANSWERS or monotonic() > capture.until or capture.size > MOST_ALL:
            raise Refused(f"{url}: beyond the limits of one capture", hint="Save the page in a browser, and add that.")
        answer = _ask(url, min(MOST_BYTES, MOST_ALL - capture.size), min(SECONDS, capture.until - monotonic()))
        capture.answers, capture.size = capture.answers + 1, capture.size + len(answer.answered)
        _write(answer, writer)
        if not (300 <= answer.status < 400 and answer.location):
            if answer.status != 200:
                raise BadInput(f"{url}: the server answered {answer.status}", hint="Look at it in a browser.")
            return answer
        url = joined(url, answer.location)
    raise Refused(f"{url}: led on more than {MOST_REDIRECTS} times", hint="Look at it in a browser.")


def _ask(url: str, most: int, seconds: float) -> Answer:
    parts = _checked(url)
    proxy = _proxy(parts)
    number = "" if proxy else _number(parts)
    until = monotonic() + seconds
    target = url.partition("#")[0] if proxy and parts.scheme == "http" else _path(parts)
    lines = (f"GET {target} HTTP/1.1", f"Host: {parts.netloc.rpartition('@')[2]}", f"User-Agent: {AGENT}")
    asked = "\r\n".join((*lines, "Accept: */*", "Accept-Encoding: identity", "Connection: close", "", "")).encode()
    try:
        with contextlib.closing(_connected(parts, number, proxy, seconds)) as line:
            line.sendall(asked)
            raw = _received(line, url, most, until)
    except TimeoutError as error:
        raise Refused(f"{url}: took longer than {seconds:.0f} s", hint="Save it in a browser, and add that.") from error
    except (OSError, ValueError) as error:
        raise BadInput(f"{url} cannot be reached: {error}", hint="Check the address and the connection.") from error
    return _understood(url, number, asked, raw)


def _received(line: socket.socket, url: str, most: int, until: float) -> bytes:
    """All that the other side says. Raises TimeoutError where it goes on for too long, Refused where it is too much."""
    raw = bytearray()
    while True:
        left = until - monotonic()
        if left <= 0:
            raise TimeoutError
        line.settimeout(left)
        part = line.recv(65536)
        if not part:
            return bytes(raw)
        raw += part
        if len(raw) > most:
            raise Refused(f"{url}: more than {most // 1_000_000} MB", hint="Save it by hand, and add that.")


def _understood(url: str, number: str, asked: bytes, raw: bytes) -> Answer:
    line: Any = SimpleNamespace(makefile=lambda *_: io.BytesIO(raw))  # all that it uses of a socket
    response = http.client.HTTPResponse(line)
    try:
        response.begin()
        body = response.read()
    except (http.client.HTTPException, ValueError, OSError) as error:
        raise BadInput(f"{url}: no whole answer ({type(error).__name__})", hint="Try again.") from error
    media = (response.getheader("Content-Type") or "").partition(";")[0].strip().lower()
    return Answer(url, number, asked, raw, response.status, response.getheader("Location") or "", media, body)


def _checked(url: str) -> SplitResult:
    """The parts of an address that may be asked. Raises Refused for one that names no public server by itself."""
    hint = "An address begins with http:// or https://, and names a public server."
    try:
        parts = urlsplit(url)
        port = parts.port or 443
    except ValueError as error:
        raise Refused(f"{url[:200]}: {error}", hint=hint) from error
    if parts.scheme not in {"http", "https"} or not parts.hostname or re.search(r"[\s\x00-\x1f\x7f]", url) or not port:
        raise Refused(f"{url[:200]!r} is no address of the web", hint=hint)
    if parts.username or parts.password:
        raise Refused("an address with a password in it", hint="Leave the password out: addresses are recorded.")
    return parts


def _number(parts: SplitResult) -> str:
    """The number that a name stands for now, every one of which is public. Raises Refused where one is not."""
    host = str(parts.hostname)
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise BadInput(f"{host} is not known: {error}", hint="Check the address and the connection.") from error
    numbers = [str(info[4][0]) for info in found]
    for number in numbers:
        if not is_public(number):
            raise Refused(f"{host} is {number}: not a public server", hint="Save the page in a browser, and add that.")
    return numbers[0]


def _proxy(parts: SplitResult) -> SplitResult | None:
    """The proxy that the environment names for an address; what it is to reach must be public as far as is known."""
    named = getproxies().get(parts.scheme, "")
    if not named or proxy_bypass(str(parts.hostname)):
        return None
    try:
        _number(parts)
    except Refused:
        raise
    except BadInput:
        pass  # behind a proxy names may not be known here: then the proxy alone decides
    return urlsplit(named if "//" in named else f"//{named}")


def _connected(parts: SplitResult, number: str, proxy: SplitResult | None, seconds: float) -> socket.socket:
    port = parts.port or (443 if parts.scheme == "https" else 80)
    if not proxy:
        line = socket.create_connection((number, port), timeout=seconds)
    else:
        line = socket.create_connection((str(proxy.hostname), proxy.port or 3128), timeout=seconds)
        if parts.scheme == "https":
            line.sendall(f"CONNECT {parts.hostname}:{port} HTTP/1.1\r\nHost: {parts.hostname}:{port}\r\n\r\n".encode())
            _opened(line)
    if parts.scheme == "https":
        return ssl.create_default_context().wrap_socket(line, server_hostname=parts.hostname)
    return line


def _opened(line: socket.socket) -> None:
    """Read a proxy's word on a tunnel, and not a byte more."""
    said = bytearray()
    while not said.endswith(b"\r\n\r\n") and len(said) < 20_000 and (part := line.recv(1)):
        said += part
    if said.split(b" ")[1:2] != [b"200"]:
        raise OSError(f"the proxy said {bytes(said[:60])!r}")


def _path(parts: SplitResult) -> str:
    path = re.sub(r"[^\x21-\x7e]", lambda m: "".join(f"%{b:02X}" for b in m[0].encode()), parts.path or "/")
    query = re.sub(r"[^\x21-\x7e]", lambda m: "".join(f"%{b:02X}" for b in m[0].encode()), parts.query)
    return f"{path}?{query}" if query else path


def _write(answer: Answer, writer: WARCWriter) -> None:
    """Write request and answer, byte for byte, with the number that answered and the instant."""
    about = {"WARC-Date": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")}
    if answer.number:
        about["WARC-IP-Address"] = answer.number
    for kind, content in (("response", answer.answered), ("request", answer.asked)):
        head, body = _divided(content)
        record = writer.create_warc_record(
            answer.url, kind, io.BytesIO(body), len(body), http_headers=head, warc_headers_dict=dict(about)
        )
        writer.write_record(record)


def _divided(content: bytes) -> tuple[StatusAndHeaders, bytes]:
    head, _, body = content.partition(b"\r\n\r\n")
    first, *lines = head.decode("iso-8859-1").split("\r\n")
    protocol, _, status = first.partition(" ")
    pairs = [(n, v.strip()) for n, _, v in (line.partition(":") for line in lines)]
    return StatusAndHeaders(status, pairs, protocol), body
