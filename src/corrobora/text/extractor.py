"""Bytes to a Text: the right reader for the media type, the report's parts, its metadata and its language."""

from collections.abc import Callable
from dataclasses import replace

from corrobora.errors import BadInput
from corrobora.model import Document, Metadata, Text, written_out
from corrobora.text import article, dates, docx, language, mail, markdown, parts, pdf, plain, webpage
from corrobora.text.draft import Draft

VERSION = "2"
_READERS: dict[str, Callable[[bytes], Draft]] = {
    "text/plain": plain.read,
    "text/markdown": markdown.read,
    "text/html": webpage.read,
    "application/xhtml+xml": webpage.read,
    "application/pdf": pdf.read,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": docx.read,
    "message/rfc822": mail.read,
}


def readable(media_type: str) -> bool:
    """Say whether there is a reader for `media_type`.

    >>> readable("application/pdf"), readable("image/png")
    (True, False)
    """
    return media_type in _READERS


def prepare() -> None:
    """Load what writes files while it is loaded (the language model does), before a process is shut in."""
    language.detect("a" * language.FEWEST_LETTERS)


def extract(document: Document, data: bytes) -> Text:
    """Return the canonical text of `document` with its parts, metadata and language. Pure: no file, no network.

    Raises BadInput where the bytes are damaged, of another kind or hold no words, Refused where they are encrypted or
    beyond a limit; the reason is in words.
    """
    if not readable(document.media_type):
        raise BadInput(f"no reader for {document.media_type}", hint="Save it as text, HTML, PDF or DOCX, and add that.")
    if not data:
        raise BadInput("no words in it: the file is empty", hint="Leave it out, or add its text.")
    draft = _READERS[document.media_type](data)
    given = replace(document.given, published=_day(document.given.published, draft))
    text = draft.text
    found = parts.recognise(text, draft.segments, given.title or draft.metadata.title)
    reference = given.published or document.defaults.published
    own = Metadata(
        title=found.title,
        outlet=found.source,
        author=found.author,
        published=found.published or _dateline_day(found, reference) or article.url_date(given.url),
        modified=found.modified,
        language=language.detect(_body(text, found)),
    )
    return Text(
        document=document.id,
        sha256=document.sha256,
        file=document.file,
        text=text,
        metadata=given.filled(
            replace(draft.metadata, language=""), own, draft.metadata, document.defaults
        ).written_out(),
        segments=tuple(found.segments),
        extractor=f"text {VERSION}",
        dateline_place=found.dateline_place,
        dateline_date=found.dateline_date,
        problems=tuple(map(written_out, draft.problems)),
    )


def _day(published: str, draft: Draft) -> str:
    """A given date as ISO 8601; one that cannot be read is left out, and said."""
    found = dates.instant(published)
    if published and not found:
        draft.problems.append(f"the given publication date {published!r} is not a date that can be read")
    return found


def _dateline_day(found: parts.Parts, reference: str) -> str:
    day = dates.find(found.dateline_date.text) if found.dateline_date else None
    return day.iso(reference) if day else ""


def _body(text: str, found: parts.Parts) -> str:
    """The words that tell the language: the report's own, or all where it has none."""
    own = [text[s.start : s.end] for s in found.segments if s.kind in {"paragraph", "quote"} and not s.flags]
    return "\n".join(own) or text
