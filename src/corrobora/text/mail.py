"""E-mail to text: subject, sender and date as the parts they are, and the text part, else the HTML one.

Attachments are documents of their own (see the sources room). Faulty character sets and encodings are survived.
"""

import re
from collections import Counter
from collections.abc import Sequence
from email import policy
from email.header import decode_header
from email.message import Message
from email.parser import BytesParser
from email.utils import parseaddr

from corrobora.errors import BadInput
from corrobora.model import Metadata
from corrobora.text import dates, webpage
from corrobora.text.decode import decode
from corrobora.text.draft import Draft, clean
from corrobora.text.plain import paragraphs, quoted

MOST_PARTS = 1_000
_INTRODUCTION = re.compile(
    r"(on .{6,120} wrote:|-+ ?(original|forwarded) message ?-+|le .{6,120} a écrit ?:)", re.IGNORECASE
)

_WORD = re.compile(r"\w+")
_ADDRESS = re.compile(r"\b(?:https?|mailto):[^\s<>]*|\S+@\S+")


def read(data: bytes) -> Draft:
    """Return the text of a message; BadInput where it has neither headers nor words."""
    message = BytesParser(policy=policy.compat32).parsebytes(data)
    subject, sender, sent = (header(message, name) for name in ("Subject", "From", "Date"))
    draft = Draft()
    name, address = parseaddr(sender)
    draft.metadata = Metadata(
        title=subject,
        author=name or address,
        outlet=address.rpartition("@")[2].lower(),
        published=dates.instant(sent),
    )
    for words, kind in (
        (subject, "title"),
        (sender and f"From: {sender}", "byline"),
        (sent and f"Date: {sent}", "date"),
    ):
        draft.add(words, kind, gap="\n")
    plain, html = _bodies(message)
    if sum(len(part[0].split()) for part in plain) >= 3 or not html:
        for content, charset in plain:
            _plain(content, charset, draft)
        _compare(html, draft)
    else:
        for content, charset in html:
            _html(content, charset, draft)
    if not draft.segments:
        raise BadInput("no words in it", hint="It may not be an e-mail, or have attachments alone.")
    return draft


def header(message: Message, name: str) -> str:
    """Return a header as one line of words, whatever its encoding claims to be.

    >>> message = Message()
    >>> message["Subject"] = "=?utf-8?q?caf=C3=A9?="
    >>> header(message, "Subject")
    'café'
    """
    raw = message.get(name)
    if raw is None:
        return ""
    try:
        pieces = decode_header(raw)
    except (ValueError, IndexError, AssertionError):  # email.errors.HeaderParseError is a ValueError in effect
        pieces = [(str(raw), None)]
    words = "".join(piece if isinstance(piece, str) else _word(piece, charset) for piece, charset in pieces)
    return " ".join(clean(words)[0].split())


def _word(piece: bytes, charset: str | None) -> str:
    try:
        return decode(piece, charset or "")[0] if piece else ""
    except BadInput:
        return piece.decode("latin-1")


def _bodies(message: Message) -> tuple[list[tuple[bytes, str]], list[tuple[bytes, str]]]:
    """The plain and the HTML parts that are the message itself: bytes and declared character set."""
    plain: list[tuple[bytes, str]] = []
    html: list[tuple[bytes, str]] = []
    stack, seen = [message], 0
    while stack and seen < MOST_PARTS:
        part, seen = stack.pop(), seen + 1
        kind = part.get_content_type()
        if kind == "message/rfc822" or part.get_filename() or part.get_content_disposition() == "attachment":
            continue
        if part.is_multipart():
            stack.extend(inner for inner in reversed(_inner(part)) if isinstance(inner, Message))
        elif kind in {"text/plain", "text/html"}:
            (html if kind == "text/html" else plain).append((_payload(part), _charset(part)))
    return plain, html


def _inner(part: Message) -> Sequence[object]:
    payload = part.get_payload()
    return payload if isinstance(payload, list) else ()


def _charset(part: Message) -> str:
    found = part.get_param("charset", "")
    return found if isinstance(found, str) else ""


def _payload(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _plain(content: bytes, charset: str, draft: Draft) -> None:
    if not content.strip():
        return
    try:
        words, problems = decode(content, charset)
    except BadInput as error:
        draft.problems.append(f"a part of it is {error}")
        return
    text, noticed = clean(words)
    draft.problems.extend((*problems, *noticed))
    for stretch, marked in quoted(text):
        for start, end in paragraphs(stretch):
            block = stretch[start:end]
            introduces = not marked and _INTRODUCTION.fullmatch(" ".join(block.split()))
            draft.add(
                block, "quote" if marked else "note" if introduces else "paragraph", ("quoted",) if marked else ()
            )


def _compare(html: Sequence[tuple[bytes, str]], draft: Draft) -> None:
    """Say where the HTML form of a message, which most programs show, has other words or figures than the plain one."""
    shown = Draft()
    for content, charset in html:
        _html(content, charset, shown)
    told = Counter(_words(draft.text))
    words = [word for s in shown.segments if "hidden" not in s.flags for word in _words(shown.text[s.start : s.end])]
    other = Counter(words) - told
    if other.total() > max(5, len(words) // 5) or any(word.isdecimal() for word in other):
        some = " ".join(word[:30] for word in dict.fromkeys(words) if word in other)[:120]
        draft.problems.append(f"its HTML form, which was not read, has other words than its plain form ({some} …)")


def _words(text: str) -> list[str]:
    return _WORD.findall(_ADDRESS.sub(" ", text))


def _html(content: bytes, charset: str, draft: Draft) -> None:
    try:
        page = webpage.read(content, charset)
    except BadInput as error:
        draft.problems.append(f"its HTML part: {error}")
        return
    draft.problems.extend(page.problems)
    text = page.text
    for segment in page.segments:
        draft.add(text[segment.start : segment.end], segment.kind, segment.flags)
