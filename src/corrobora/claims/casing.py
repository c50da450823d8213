"""Prepare a text for the parser without moving a single character.

Line breaks inside a paragraph become spaces, capitals of old wire copy and of headlines become small letters where the
word is an ordinary one. The parser reads this; every span is cut from the original text.
"""

from collections.abc import Container, Iterable
from itertools import pairwise

from corrobora.claims.wordlists import wordlist
from corrobora.model import Segment, Text

# Days, months and ordinary abbreviations keep a capital although dictionaries list them as common words too.
NAMES = wordlist("casing.names") | wordlist("casing.countries")
OPENINGS = wordlist("casing.openings")
SMALL = wordlist("casing.small")


def prepare(text: Text, ordinary: Container[str]) -> str:
    """Return the text to parse: same length as `text.text`, same offsets. `ordinary` holds lower-case common words."""
    whole = text.text
    known = _names(whole, text.segments)
    parts, at = [], 0
    for segment in text.segments:
        parts += [
            whole[at : segment.start],
            _segment(whole[segment.start : segment.end], segment.kind, ordinary, known),
        ]
        at = segment.end
    return "".join([*parts, whole[at:]])


def _segment(words: str, kind: str, ordinary: Container[str], known: Container[str]) -> str:
    flat = words if kind == "table" else words.replace("\n", " ").replace("\r", " ").replace("\t", " ")
    if shouted(flat):
        return _recase(flat, ordinary, known, title=True)
    if kind in {"title", "heading", "list_item", "caption"} and _titled(flat):
        return _recase(flat, ordinary, known, title=False)
    return flat


def shouted(words: str) -> bool:
    """Say whether a stretch of text is written in capitals.

    >>> shouted("GUERRILLAS KILLED TEN"), shouted("Ten killed in US raid")
    (True, False)
    """
    letters = [c for c in words if c.isalpha()]
    return len(letters) > 12 and sum(c.isupper() for c in letters) > 0.85 * len(letters)


def _titled(words: str) -> bool:
    """Headlines In Title Case: most words that could be small are not."""
    longer = [w for w in words.split() if len(w) > 3 and w[0].isalpha()]
    return len(longer) > 2 and sum(w[0].isupper() for w in longer) >= 0.7 * len(longer)


def _names(whole: str, segments: Iterable[Segment]) -> set[str]:
    """Words that running text writes with a capital inside a sentence: names, for the headline above it."""
    found: set[str] = set()
    for segment in segments:
        words = whole[segment.start : segment.end].split()
        if segment.kind != "paragraph" or shouted(whole[segment.start : segment.end]):
            continue
        for before, word in pairwise(words):
            if word[0].isupper() and before[-1].isalnum():
                found.add(word.strip(".,;:!?\"'()[]“”‘’").removesuffix("’s").removesuffix("'s").lower())
    return found


def _recase(words: str, ordinary: Container[str], known: Container[str], *, title: bool) -> str:
    """Make ordinary words small; `title` gives the others a capital (in capitals throughout, all look like names)."""
    out, at, starts, named = list(words), 0, True, False
    for word in words.split():
        start = words.index(word, at)
        at = start + len(word)
        for piece_start, piece in _pieces(word):
            first, last = start + piece_start, start + piece_start + len(piece)
            if len(piece) == 1 and words[last : last + 1] == ".":  # an initial, or the letters of 'U.S.'
                starts = False
                continue
            small = _word(piece, ordinary, known, title=title, starts=starts)
            out[first:last] = piece[0] + piece[1:].lower() if named and title and piece.lower() not in SMALL else small
            starts = False
            named = piece.lower() in OPENINGS
        starts = (word[-1] in ".!?:" and len(word) > len("U.S.")) or word.endswith("--")
    return "".join(out)


def _pieces(word: str) -> Iterable[tuple[int, str]]:
    """Split a word at hyphens, brackets and apostrophes, keeping offsets."""
    start = None
    for i, c in enumerate(word):
        if c.isalnum() and start is None:
            start = i
        elif not c.isalnum() and start is not None:
            yield start, word[start:i]
            start = None
    if start is not None:
        yield start, word[start:]


def _word(word: str, ordinary: Container[str], known: Container[str], *, title: bool, starts: bool) -> str:
    low = word.lower()
    if len(low) != len(word):  # a letter whose small form is longer would move every offset
        return word
    if low in SMALL or (low in ordinary and low not in NAMES and low not in known):
        return low[0].upper() + low[1:] if starts and len(word) > 1 and low[0].upper() != low[0] else low
    if not title or _acronym(low):
        return word
    return word[0] + low[1:]


def _acronym(low: str) -> bool:
    return (len(low) <= 5 and not any(c in "aeiou" for c in low)) or (
        len(low) <= 4
        and sum(c in "aeiou" for c in low) <= 1
        and low[-1] in "lnprsd"
        and len(low) == 4
        and not low.isalpha()
    )


class Spelled:
    """The ordinary words of a language: those of a lemmatizer's dictionary, and their regular inflections."""

    def __init__(self, bases: Container[str], irregular: Container[str]) -> None:
        self._bases = bases
        self._irregular = irregular

    def __contains__(self, word: object) -> bool:
        """Say whether a lower-case word is an ordinary one."""
        return isinstance(word, str) and (
            word in self._bases or word in self._irregular or any(b in self._bases for b in _bases(word))
        )


def _bases(word: str) -> Iterable[str]:
    """Undo regular endings: `villages`, `wounded`, `stopped`, `dying`, `cities`, `heavily`."""
    for end, instead in (
        ("s", ""),
        ("es", ""),
        ("ies", "y"),
        ("ed", ""),
        ("d", ""),
        ("ing", ""),
        ("ing", "e"),
        ("ly", ""),
        ("ily", "y"),
        ("er", ""),
        ("ers", ""),
    ):
        if word.endswith(end) and len(word) > len(end) + 2:
            base = word[: -len(end)] + instead
            yield base
            if end in {"ed", "ing"} and base[-1] == base[-2]:
                yield base[:-1]
