"""Mailboxes and messages: each message of an mbox, and each attachment, is a document of its own."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from email import policy
from email.header import decode_header
from email.message import Message
from email.parser import BytesParser
from email.utils import parseaddr
from pathlib import PurePosixPath

from corrobora.model import Metadata
from corrobora.sources.archives import Member

MOST_PARTS = 1_000
"""Parts of one message that are looked at."""
_BEGIN = re.compile(rb"(?:\A|(?<=\n)\r?\n)(?=From \S[^\n]*\d[^\n]*\n)")
_ESCAPED = re.compile(rb"(?m)^>(?=>*From )")
_NAMED = {"text/plain": ".txt", "text/html": ".html", "message/rfc822": ".eml", "application/pdf": ".pdf"}


def messages(data: bytes) -> Iterator[Member]:
    """Yield the messages of an mbox file as 1.eml, 2.eml and so on, `>From ` at a line's start unescaped (mboxrd)."""
    starts = [match.end() for match in _BEGIN.finditer(data)]
    for number, (start, end) in enumerate(zip(starts, [*starts[1:], len(data)], strict=False), 1):
        message = data[start:end].partition(b"\n")[2]
        yield Member(f"{number}.eml", _ESCAPED.sub(b"", message.rstrip(b"\r\n")) + b"\n")
    if not starts and data.strip():
        yield Member("", None, "no message found: no line begins with 'From '")


def attachments(data: bytes) -> Iterator[Member]:
    """Yield the attachments of a message: every part that has a name, is marked as attached, or is no text.

    A note in plain text, which cannot say whose it is, is the sender's.
    """
    used: Counter[str] = Counter()
    whole = BytesParser(policy=policy.compat32).parsebytes(data)
    stack, seen = [whole], 0
    while stack:
        part, seen = stack.pop(), seen + 1
        if seen > MOST_PARTS:
            yield Member("", None, f"more than {MOST_PARTS:,} parts: the rest was not opened")
            return
        kind, inner = part.get_content_type(), part.get_payload() if part.is_multipart() else None
        if kind == "message/rfc822" and isinstance(inner, list):
            yield from _attachment(part, _message(inner), kind, used)
        elif isinstance(inner, list):
            stack.extend(item for item in reversed(inner) if isinstance(item, Message))
        elif _is_attached(part, kind):
            content = part.get_payload(decode=True)
            given = _sender(whole) if kind == "text/plain" else Metadata()
            for member in _attachment(part, content if isinstance(content, bytes) else b"", kind, used):
                yield replace(member, given=given)


def _sender(message: Message) -> Metadata:
    """Who sent a message, as what is known of its notes: the name, and where the address is."""
    name, address = parseaddr(str(message.get("From") or ""))
    try:
        words = " ".join(_decoded(name).split())
    except (ValueError, LookupError):
        words = ""
    return Metadata(author=words or address, outlet=address.rpartition("@")[2].lower())


def _is_attached(part: Message, kind: str) -> bool:
    named = bool(part.get_filename()) or part.get_content_disposition() == "attachment"
    return named or not kind.startswith(("text/", "multipart/"))


def _message(inner: Sequence[object]) -> bytes:
    try:
        return inner[0].as_bytes() if inner and isinstance(inner[0], Message) else b""
    except (ValueError, LookupError, TypeError, AttributeError):
        return b""


def _attachment(part: Message, content: bytes, kind: str, used: Counter[str]) -> Iterator[Member]:
    given = _name(part)
    name = (
        PurePosixPath(given.replace("\\", "/")).name.strip(". ")
        or f"part{sum(used.values()) + 1}{_NAMED.get(kind, '')}"
    )
    used[name] += 1
    shown = name if used[name] == 1 else f"{PurePosixPath(name).stem}~{used[name]}{PurePosixPath(name).suffix}"
    doubt = "" if given in {name, ""} else f"named {given!r} in the message"
    yield Member(shown, content or None, doubt if content else "an attachment without bytes")


def _name(part: Message) -> str:
    """The attachment's name as words, without control characters or what would divide a path of ours."""
    try:
        words = _decoded(part.get_filename() or "")
    except (ValueError, LookupError, TypeError):
        words = "unnamed"
    return re.sub(r"[\x00-\x1f#!]+", "_", words)[:200]


def _decoded(raw: str) -> str:
    """The words of a header. Raises ValueError or LookupError for one that cannot be decoded."""
    pieces = decode_header(raw)
    return "".join(p if isinstance(p, str) else p.decode(charset or "utf-8", "replace") for p, charset in pieces)
