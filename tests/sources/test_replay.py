"""A capture becomes one file that a browser draws without asking anybody: it holds what the capture holds."""

import email
import gzip
from email import policy
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corrobora.settings import Limits
from corrobora.sources import replay

AT = "https://example.org"


def record(url: str, http: bytes, kind: str = "response") -> bytes:
    head = f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nContent-Length: {len(http)}\r\n\r\n"
    return head.encode() + http + b"\r\n\r\n"


def http(body: bytes, kind: str = "text/html", status: str = "200 OK", more: str = "") -> bytes:
    return f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{more}\r\n".encode() + body


def parts(found: bytes) -> dict[str, tuple[str, bytes]]:
    message = email.message_from_bytes(found, policy=policy.default)
    assert isinstance(message, EmailMessage)
    whole = {str(part["Content-Location"]): part for part in message.iter_parts()}
    return {url: (part.get_content_type(), part.get_payload(decode=True)) for url, part in whole.items()}  # type: ignore[misc]


def test_the_page_comes_first_with_what_it_needs() -> None:
    warc = record(f"{AT}/a", http(b"<p>Words", "text/html; charset=windows-1252")) + record(
        f"{AT}/s", http(b"p{}", "text/css")
    )
    found = replay.mhtml(gzip.compress(record(f"{AT}/a", b"GET / HTTP/1.1\r\n\r\n", "request") + warc), Limits())
    assert parts(found) == {f"{AT}/a": ("text/html", b"<p>Words"), f"{AT}/s": ("text/css", b"p{}")}
    assert b"charset=windows-1252" in found
    assert f"Snapshot-Content-Location: {AT}/a\r\n".encode() in found


def test_an_address_stands_for_what_it_led_on_to() -> None:
    onward = http(b"", "text/html", "302 Found", "Location: /b\r\n")
    picture = http(b"\x89PNG", "image/png", more="Content-Encoding: identity\r\n")
    warc = b"".join(
        (
            record(f"{AT}/a", onward), record(f"{AT}/b", http(b"<img src=c>")),
            record(f"{AT}/c", http(b"", "image/png", "301 Moved", "Location: d\r\n")), record(f"{AT}/d", picture),
        )
    )  # fmt: skip
    found = parts(replay.mhtml(warc, Limits()))
    assert found[f"{AT}/b"] == ("text/html", b"<img src=c>")
    assert found[f"{AT}/c"] == found[f"{AT}/d"] == ("image/png", b"\x89PNG")
    assert f"{AT}/a" not in found or found[f"{AT}/a"][1] == b"<img src=c>"


@pytest.mark.parametrize(
    "warc",
    [
        b"",
        record(f"{AT}/a", http(b"%PDF-1.7", "application/pdf")),
        record(f"{AT}/a", http(b"", status="302 Found", more=f"Location: {AT}/a\r\n")),  # in a circle
        record(f"{AT}/a", http(b"", status="302 Found", more="Location: http://[\r\n")),
        record(f"{AT}/a", b"HTTP/1.1 200"),
        record(f"{AT}/a", http(b"<p>w"))[:-20],  # cut
        gzip.compress(record(f"{AT}/a", http(bytes(40_000_000)))),  # a bomb
    ],
)
def test_what_is_no_page_gives_none(warc: bytes) -> None:
    assert replay.mhtml(warc, Limits()) == b""


@given(st.text(max_size=60), st.text(max_size=40))
@settings(max_examples=30)
def test_no_server_ends_a_line_or_a_part(name: str, kind: str) -> None:
    """What a server calls a file, and its type, cannot put a header or a file of its own into the page."""
    hostile = [f"x/y\r\nContent-Location: {AT}/a", "a/b; charset=u\n\nc", kind]
    body = f"\r\n--{replay._BOUNDARY}\r\n\r\n".encode()
    made = [replay._part(f"{AT}/{name}\r\nX: y", told, body) for told in hostile]
    page = replay.mhtml(record(f"{AT}/a", http(b"<p>w")), Limits())
    end = page.rindex(f"--{replay._BOUNDARY}--".encode())
    message = email.message_from_bytes(page[:end] + b"".join(made) + page[end:], policy=policy.compat32)
    inner = message.get_payload()
    assert isinstance(inner, list)
    assert len(inner) == 1 + len(hostile)
    for part in inner[1:]:
        assert isinstance(part, email.message.Message)
        assert set(part.keys()) == {"Content-Type", "Content-Transfer-Encoding", "Content-Location"}
        assert part.get_payload(decode=True) == body
