"""A text in the making: clean words appended in reading order, each run with its kind and flags.

Every extractor of this room gives a `Draft`; `extractor.py` recognises its parts and makes the `Text` of it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from corrobora.errors import Refused
from corrobora.model import Metadata, Segment

MOST_CHARACTERS = 10_000_000
"""No report is longer than this many code points: beyond it memory, not reading, would be spent."""

_BREAKS = str.maketrans({"\x0b": "\n", "\x0c": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n"})
# Shown as nothing: soft hyphen, zero-width space and no-break space, word joiner, tag characters.
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff\U000e0000-\U000e007f]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")


@dataclass(slots=True)
class Draft:
    r"""Canonical text, its segments in order, what the file says about itself, and facts that a person should see.

    >>> draft = Draft()
    >>> draft.add("Two hurt", "title")
    >>> draft.add("Two people were hurt.", "paragraph")
    >>> draft.text
    'Two hurt\n\nTwo people were hurt.'
    """

    segments: list[Segment] = field(default_factory=list)
    metadata: Metadata = field(default_factory=Metadata)
    problems: list[str] = field(default_factory=list)
    _parts: list[str] = field(default_factory=list)
    _length: int = 0

    @property
    def text(self) -> str:
        """The canonical text so far."""
        return "".join(self._parts)

    def put(self, words: str) -> int:
        """Append words that are no segment (spaces, or the whole text at once); return where they start."""
        start = self._length
        self._parts.append(words)
        self._length += len(words)
        if self._length > MOST_CHARACTERS:
            raise Refused(f"more than {MOST_CHARACTERS:,} characters of text", hint="Split it into reports.")
        return start

    def add(self, words: str, kind: str, flags: tuple[str, ...] = (), gap: str = "\n\n") -> None:
        """Append `words`, cleaned, as one segment after `gap`; words of spaces alone add nothing."""
        words, noticed = clean(words.strip())
        self.problems.extend(problem for problem in noticed if problem not in self.problems)
        words = words.strip()
        if not words:
            return
        if self._length:
            self.put(gap)
        start = self.put(words)
        self.segments.append(Segment(start, start + len(words), kind, flags))


def clean(text: str) -> tuple[str, tuple[str, ...]]:
    r"""Return `text` with line ends as \n, plain spaces and no control characters, and what was noticed on the way.

    >>> clean("one\r\ntwo\x00")
    ('one\ntwo ', ('1 control character was replaced by a space',))
    """
    problems = []
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_BREAKS)
    text = _SPACES.sub(" ", text).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    text, invisible = _INVISIBLE.subn("", text)
    text, controls = _CONTROLS.subn(" ", text)
    if controls:
        problems.append(f"{_many(controls, 'control character')} replaced by a space")
    if invisible:
        problems.append(f"{_many(invisible, 'invisible character')} left out")
    if found := len(_BIDI.findall(text)):
        problems.append(f"{_many(found, 'bidirectional control')} kept: the words may not stand in the order shown")
    return text, tuple(problems)


def _many(number: int, noun: str) -> str:
    return f"{number} {noun} was" if number == 1 else f"{number} {noun}s were"


def covers(text: str, segments: Iterable[Segment]) -> bool:
    """Say whether the segments hold all words of `text`, in order and without overlap.

    >>> covers("a b", [Segment(0, 1, "title"), Segment(2, 3, "paragraph")])
    True
    """
    bounds = [0, *(edge for segment in segments for edge in (segment.start, segment.end)), len(text)]
    ordered = all(a <= b for a, b in pairwise(bounds))
    return ordered and not any(text[a:b].strip() for a, b in zip(bounds[::2], bounds[1::2], strict=True))
