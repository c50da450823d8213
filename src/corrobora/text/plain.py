"""Plain text to paragraphs: offsets are those of the decoded file, line ends apart."""

import re
from collections.abc import Iterator
from itertools import groupby, pairwise

from corrobora.errors import BadInput
from corrobora.model import Segment
from corrobora.text.decode import decode
from corrobora.text.draft import Draft, clean

WIDEST = 110
"""Lines of hard-wrapped text are at most so long; wire copy is wrapped at 60 to 80, e-mail at 72 to 78."""
_LINE = re.compile(r"[^\n]+")
_QUOTE = re.compile(r"^\s*(?:> ?)+")
_ENDED = re.compile(r"[.!?:…][\"'”’»)\]]*$")


def read(data: bytes, declared: str = "") -> Draft:
    """Return the text of a plain file; BadInput where it is no text or holds no words."""
    words, problems = decode(data, declared)
    text, noticed = clean(words)
    if not text.strip():
        raise BadInput("no words in it", hint="Leave the file out, or add its text.")
    return lay_out(text, (*problems, *noticed))


def lay_out(text: str, problems: tuple[str, ...] = ()) -> Draft:
    """Return `text` as it is, with its paragraphs as segments."""
    draft = Draft(problems=list(problems))
    draft.put(text)
    draft.segments = [Segment(start, end, "paragraph") for start, end in paragraphs(text)]
    return draft


def paragraphs(text: str) -> list[tuple[int, int]]:
    r"""Return start and end of each paragraph: divided by blank lines, or by line ends where lines are not wrapped.

    >>> paragraphs("One.\nTwo.\n\nThree\nmore.")
    [(0, 4), (5, 9), (11, 22)]
    """
    found: list[tuple[int, int]] = []
    for block in _blocks(text):
        found.extend(_within(text, block))
    return found


def quoted(text: str) -> Iterator[tuple[str, bool]]:
    r"""Yield the stretches of `text` that are quoted with `>` at each line's start, unquoted, and those that are not.

    >>> list(quoted("Yes.\n> Is it\n> so?"))
    [('Yes.', False), ('Is it\nso?', True)]
    """
    for marked, group in groupby(text.split("\n"), key=lambda line: line.lstrip().startswith(">")):
        lines = list(group)
        yield "\n".join(_QUOTE.sub("", line) if marked else line for line in lines), marked


def _blocks(text: str) -> list[list[tuple[int, int]]]:
    """Lines (trimmed) between blank lines; an indented line after one that is not begins a new block."""
    blocks: list[list[tuple[int, int]]] = [[]]
    last_end, last_indent = 0, 0
    for match in _LINE.finditer(text):
        words = match[0]
        indent = len(words) - len(words.lstrip())
        if indent == len(words):
            continue
        blank = text[last_end : match.start() + indent].count("\n") > 1
        if blank or (blocks[-1] and indent >= 2 and last_indent == 0):
            blocks.append([])
        blocks[-1].append((match.start() + indent, match.start() + len(words.rstrip())))
        last_end, last_indent = match.end(), indent
    return [block for block in blocks if block]


def _within(text: str, lines: list[tuple[int, int]]) -> list[tuple[int, int]]:
    if _wrapped(text, lines):
        return [(lines[0][0], lines[-1][1])]
    found = [lines[0]]
    for start, end in lines[1:]:
        before = text[max(found[-1][0], found[-1][1] - 40) : found[-1][1]]  # its end alone: it may be long
        if text[start].islower() and not _ENDED.search(before):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def _wrapped(text: str, lines: list[tuple[int, int]]) -> bool:
    """Lines are broken because they were full: the next line's first word would not have fitted."""
    width = max(end - start for start, end in lines)
    if len(lines) < 2 or width > WIDEST or width < 40:
        return False
    full = ended = 0
    for (start, end), (next_start, next_end) in pairwise(lines):
        first_word = text[next_start:next_end].split(maxsplit=1)[0]
        full += end - start + 1 + len(first_word) > width - 8
        ended += bool(_ENDED.search(text[start:end]))
    pairs = len(lines) - 1
    return full >= 0.7 * pairs and ended <= 0.5 * pairs
