"""PDF to text by two readers that check each other: pypdfium2 gives the text, pypdf a second opinion.

Each of them fails, or loses half of the words, on files that the other reads; so both run, and a disagreement is
recorded. `pages.py` puts the lines of the pages together.
"""

import ctypes
import io
import logging
import re
import time
from collections import Counter
from contextlib import closing
from typing import Any

from corrobora.errors import BadInput, Refused
from corrobora.model import Metadata
from corrobora.text import pages
from corrobora.text.draft import Draft
from corrobora.text.pages import Line

SECONDS_FOR_SECOND = 12.0
"""The second reader is the slower one: after so long it stops, and the pages it has read are compared."""
MOST_PAGES = 5_000
_ACTIVE = re.compile(rb"/(JavaScript|JS|Launch|SubmitForm|ImportData|RichMedia)[\s/(<\[]")
_WORD = re.compile(r"\w{2,}")
_HINT = "Open it in a PDF program, save it anew, and add that."


def read(data: bytes) -> Draft:
    """Return the text of a PDF. Raises Refused where it is encrypted, BadInput where it is damaged or has no words."""
    if b"%PDF-" not in data[:200_000]:
        raise BadInput("not a PDF, though it is named as one", hint=_HINT)
    draft = Draft()
    first, fault = _first(data, draft)
    second, second_fault, complete = _second(data)
    first = _unseen(first, draft)
    taken = first if _size(first) or not _size(second) else second
    if not _size(taken):
        _nothing(fault, second_fault, len(first) or len(second))
    if taken is second:
        draft.problems.append(f"pypdfium2 could not read it ({fault or 'no words'}): the text is pypdf's alone")
    elif second_fault:
        draft.problems.append(f"pypdf could not read it ({second_fault}): the text is pypdfium2's alone")
    else:
        draft.problems.extend(_disagreement(first[: len(second)], second, complete))
    if _ACTIVE.search(data):
        draft.problems.append("holds active content (scripts or actions), which was not run")
    if b"/EmbeddedFile" in data:
        draft.problems.append("holds files inside it, which were not read")
    pages.write(taken, draft)
    return draft


def _nothing(fault: str, second_fault: str, count: int) -> None:
    if any(word in fault.lower() + second_fault.lower() for word in ("password", "encrypt", "decrypt", "security")):
        raise Refused("encrypted: it opens only with a password", hint="Save it without the password, and add that.")
    if fault and second_fault:
        raise BadInput(f"damaged: no reader can open it ({fault}; {second_fault})", hint=_HINT)
    number = "1 page" if count == 1 else f"{count} pages"
    raise BadInput(f"no words in it: {number} of pictures, or empty", hint="Run text recognition (OCR) on it first.")


def _size(read: list[list[Line]]) -> int:
    return sum(len(line.words.split()) for page in read for line in page)


def _first(data: bytes, draft: Draft) -> tuple[list[list[Line]], str]:
    """Pages by pypdfium2, and why it could not read them; a page that fails is left to the second reader."""
    from pypdfium2 import PdfDocument, PdfiumError  # noqa: PLC0415  a native library, loaded only for a PDF

    found: list[list[Line]] = []
    try:
        with closing(PdfDocument(data)) as document:
            if len(document) > MOST_PAGES:
                raise Refused(f"{len(document)} pages, more than {MOST_PAGES}", hint="Split it into reports.")
            about = document.get_metadata_dict(skip_empty=True)
            draft.metadata = Metadata(title=_useful(about.get("Title", "")), author=about.get("Author", "").strip())
            for number in range(len(document)):
                try:
                    with closing(document[number]) as page, closing(page.get_textpage()) as words:
                        found.append(_lines(words))
                except (PdfiumError, UnicodeError) as error:
                    found.append([])
                    draft.problems.append(f"page {number + 1} could not be read: {_reason(error)}")
    except (PdfiumError, ValueError, OSError) as error:
        return found, _reason(error)
    return found, ""


def _useful(title: str) -> str:
    """Titles that a program made up ('Microsoft Word - draft3.doc', 'untitled') say nothing."""
    made_up = re.search(
        r"^(microsoft|untitled|document\d*$|.*\.(docx?|pdf|indd|qxd|tex|html?)$)", title.strip(), re.IGNORECASE
    )
    return "" if made_up else " ".join(title.split())


def _reason(error: Exception) -> str:
    return (" ".join(str(error).split()) or type(error).__name__)[:160]


def _lines(words: Any) -> list[Line]:  # noqa: ANN401  pypdfium2 has no types
    """The lines of a page, with their place on it where characters and offsets agree."""
    text, lines, position = words.get_text_range(), [], 0
    placed = len(text) == words.count_chars()
    for raw in text.split("\n"):
        shown = raw.rstrip("\r")
        if shown.strip():
            at = position + len(shown) - len(shown.lstrip())
            left, bottom, _, top = words.get_charbox(at, loose=True) if placed else (0.0, 0.0, 0.0, 0.0)
            lines.append(Line(shown.strip(), left, bottom, top, placed and _is_unseen(words, at)))
        position += len(raw) + 1
    return lines


def _is_unseen(words: Any, at: int) -> bool:  # noqa: ANN401
    """Whether a character is drawn in no colour: neither filled nor stroked (ISO 32000-2, 9.3.6), or transparent."""
    from pypdfium2 import raw  # noqa: PLC0415  loaded already where there is a page

    letter = raw.FPDFText_GetTextObject(words, at)
    if letter and raw.FPDFTextObj_GetTextRenderMode(letter) in {3, 7}:
        return True
    colours = [ctypes.c_uint() for _ in range(4)]
    return bool(raw.FPDFText_GetFillColor(words, at, *colours)) and colours[3].value == 0


def _unseen(pages_: list[list[Line]], draft: Draft) -> list[list[Line]]:
    """Say of lines that are not seen that they are there; where none is seen, they are words under a picture."""
    lines = [line for page in pages_ for line in page]
    count = sum(line.hidden for line in lines)
    if count == len(lines):
        draft.problems.extend(["its words are not shown: text recognition puts them under a picture so"] * bool(count))
        return [[line._replace(hidden=False) for line in page] for page in pages_]
    draft.problems.extend([f"holds text that a reader would not see ({count} lines)"] * bool(count))
    return pages_


def _second(data: bytes) -> tuple[list[list[Line]], str, bool]:
    """Pages by pypdf, why it could not read them, and whether it got through them all."""
    from pypdf import PdfReader  # noqa: PLC0415  slow to import, and only a PDF needs it

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # its warnings on damaged files are our problems, not output
    found: list[list[Line]] = []
    until = time.monotonic() + SECONDS_FOR_SECOND
    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        for page in reader.pages:
            if time.monotonic() > until:
                return found, "", False
            found.append([Line(line.strip()) for line in page.extract_text().split("\n") if line.strip()])
    except Exception as error:  # noqa: BLE001  a foreign parser may raise anything on a hostile file
        return found, _reason(error), False
    return found, "", True


def _disagreement(first: list[list[Line]], second: list[list[Line]], complete: bool) -> list[str]:
    """What the two readers see differently, in words."""
    problems = [] if complete else [f"the second reader was stopped after {len(second)} pages"]
    a, b = (Counter(_WORD.findall(" ".join(line.words for page in read for line in page))) for read in (first, second))
    most, least = max(a.total(), b.total()), min(a.total(), b.total())
    if most < 20:
        return problems
    if least < most / 2:
        less = "pypdf" if b.total() < a.total() else "pypdfium2"
        problems.append(f"two readers disagree: {less} finds {least} words, the other {most}")
    elif (a & b).total() < 0.7 * most:
        share = round(100 * (a & b).total() / most)
        problems.append(f"two readers disagree: only {share} % of the words are the same")
    return problems
