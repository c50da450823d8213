"""Where sentences begin and end, within the segments of a Text: enough to tell which words of time go together."""

import re
import tomllib
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from corrobora.model import Text

_TABLE = tomllib.loads(Path(__file__).with_name("periods.toml").read_text(encoding="utf-8"))["sentences"]
_ABBREVIATIONS = frozenset(_TABLE["abbreviations"])
_BEFORE_DATES = frozenset(_TABLE["before_dates"])
_DATE_FOLLOWS = re.compile(rf"\s+(?:\d|{'|'.join(_TABLE['dates'])})")
_END = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s+[\"'“‘«(\[]*[A-ZÀ-Þ\d…])|\n[ \t]*\n")
# A sentence that so begins turns to another event, or to an earlier one.
_TURNS = re.compile(
    r"(?i)\W*(?:\d{1,2}/\s*)?(?:background\b|for context|context\s*:|as a reminder"
    r"|as (?:was |we )?(?:earlier |previously )?(?:reported|noted)|earlier (?:this|in) |previously\b|separately\b"
    r"|elsewhere\b|in (?:a|another) (?:separate|similar|related|different|second)\b|in another"
    r"|it (?:will|should|may) be recalled|recall that|last (?:week|month|year)\b)"
)
_LAST_WORD = re.compile(r"[\w.]+$")
Bounds = tuple[int, int]


def paragraphs(text: Text) -> tuple[Bounds, ...]:
    """Return the stretches of text that no sentence crosses: its segments, or its lines where it has none."""
    if text.segments:
        return tuple((s.start, s.end) for s in text.segments)
    pattern = r"\n[ \t]*\n" if re.search(r"\n[ \t]*\n", text.text) else r"\n"
    edges = [0, *(m.end() for m in re.finditer(pattern, text.text)), len(text.text)]
    return tuple((a, b) for a, b in pairwise(edges) if a < b)


def sentences(text: Text) -> tuple[Bounds, ...]:
    """Return the sentences, in order: each within one paragraph. Blank ones are left out."""
    return tuple(s for p in paragraphs(text) for s in _split(text.text, *p) if text.text[s[0] : s[1]].strip())


def turns(text: str, at: int) -> bool:
    """Tell whether the sentence that begins at a character turns to another event, or to an earlier one.

    >>> turns("Separately, two men were shot.", 0), turns("Two men were shot separately.", 0)
    (True, False)
    """
    return _TURNS.match(text, at) is not None


def current(before: str) -> str:
    """Return the beginning of the sentence that `before` breaks off in.

    >>> current("Shells fell on Oct. 3. The army said ")
    'The army said '
    """
    *_, (start, end) = _split(before, 0, len(before))
    return before[start:end].lstrip()


def _split(text: str, start: int, end: int) -> Iterator[Bounds]:
    begin = start
    for match in _END.finditer(text, start, end):
        if match[0].startswith(".") and _abbreviates(text, begin, match):
            continue
        yield begin, match.end()
        begin = match.end()
    yield begin, end


def _abbreviates(text: str, begin: int, stop: re.Match[str]) -> bool:
    """Tell a full stop that shortens a word from one that ends a sentence."""
    word = _LAST_WORD.search(text, max(begin, stop.start() - 12), stop.start())
    if word is None:
        return False
    short = word[0].lower()
    if short in _BEFORE_DATES:  # 'Feb. 1', '10 p.m. Friday', but '... at 10 p.m. Police said'
        return _DATE_FOLLOWS.match(text, stop.end()) is not None
    if short == "x" and text[: stop.start()].endswith((" on X", " to X")):
        return False  # '... he wrote on X. An hour later'
    return short in _ABBREVIATIONS or (len(short) == 1 and short.isalpha())
