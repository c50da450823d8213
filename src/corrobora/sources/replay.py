"""A captured page as MHTML (RFC 2557): what a browser needs to draw it, taken from the WARC and from nowhere else."""

import base64
import re
from urllib.parse import quote

from corrobora.settings import Limits
from corrobora.sources import archives, fetching, warcs

MOST_BYTES = 60_000_000  # of a page with its pictures
_PAGES = {"text/html", "application/xhtml+xml"}
_BOUNDARY = "----a-page-as-it-was-kept----"
_KIND = re.compile(r"[\w.+-]{1,60}/[\w.+-]{1,80}(\s*;\s*charset=[\"']?[\w.:-]{1,40}[\"']?)?", re.ASCII)


def mhtml(capture: bytes, limits: Limits) -> bytes:
    """Return the page that a capture begins with, and what it needs, as one file; b'' where that is no page.

    An address that led on to another stands for what it led to, as it does for a browser.
    """
    try:
        answers = _answers(capture, limits)
    except warcs.Cut:  # it unpacks to more than the limits allow: its pages are not read either, and say so
        return b""
    first = next(iter(answers), "")
    kind, body, last = _reached(first, answers)
    if kind.partition(";")[0].strip().lower() not in _PAGES:
        return b""
    head = f"From: <kept>\r\nSnapshot-Content-Location: {_plain(last)}\r\nSubject: page\r\nMIME-Version: 1.0\r\n"
    head += f'Content-Type: multipart/related; type="text/html"; boundary="{_BOUNDARY}"\r\n\r\n'
    parts, size = [head.encode(), _part(last, kind, body)], len(body)
    for url in answers:
        kind, body, _ = _reached(url, answers)
        if url != last and body and (size := size + len(body)) <= MOST_BYTES:
            parts.append(_part(url, kind, body))
    return b"".join([*parts, f"--{_BOUNDARY}--\r\n".encode()])


def _answers(capture: bytes, limits: Limits) -> dict[str, tuple[str, bytes, str]]:
    """By address in the order they came: the media type, the body, and where it led on to."""
    found: dict[str, tuple[str, bytes, str]] = {}
    for record in warcs.records(warcs.unpacked(capture, limits, archives.budget(limits))):
        url = record.headers.get("warc-target-uri", "").strip("<> ")
        if record.headers.get("warc-type") != "response":
            continue
        status, headers, body = warcs.answer(record.block, limits)
        if status == "200":
            found.setdefault(url, (headers.get("content-type", ""), body, ""))
        elif status.startswith("3") and headers.get("location"):
            found.setdefault(url, ("", b"", fetching.joined(url, headers["location"])))
    return found


def _reached(url: str, answers: dict[str, tuple[str, bytes, str]]) -> tuple[str, bytes, str]:
    """What an address stands for in the end, and the address of that."""
    seen: set[str] = set()
    while url in answers and url not in seen:
        seen.add(url)
        kind, body, onward = answers[url]
        if not onward:
            return kind, body, url
        url = onward
    return "", b"", url


def _part(url: str, kind: str, body: bytes) -> bytes:
    """One file: nothing that a server wrote can end a line of its headers."""
    told = found[0] if (found := _KIND.match(kind)) else "application/octet-stream"
    head = f"--{_BOUNDARY}\r\nContent-Type: {told}\r\nContent-Transfer-Encoding: base64\r\n"
    head += f"Content-Location: {_plain(url)}\r\n\r\n"
    return head.encode() + base64.encodebytes(body).replace(b"\n", b"\r\n") + b"\r\n"


def _plain(url: str) -> str:
    return quote(url, safe=":/?#[]@!$&'()*+,;=%~")
