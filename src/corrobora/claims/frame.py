"""A reporting frame: the words that say who says so, and how far they reach."""

from dataclasses import dataclass

from spacy.tokens import Doc, Token


@dataclass(frozen=True, slots=True)
class Frame:
    """Tokens `left` to `right` (inclusive) report; characters `start` to `end` are what they govern.

    `who` is the index of the speaker's head word, -1 for none. `weak` frames name nobody; `outer` ones carry others'
    words (`according to AFP`); `mid` ones stand inside or after what they govern; `confined` ones govern their own
    relative clause alone.
    """

    cue: int
    left: int
    right: int
    who: int
    verb: str
    kind: str
    start: int
    end: int
    stance: str = "asserts"
    weak: bool = False
    outer: bool = False
    mid: bool = False
    confined: bool = False


@dataclass(frozen=True, slots=True)
class Stretch:
    """Tokens `first` to `last` (exclusive) of a document: one sentence of one paragraph."""

    doc: Doc
    first: int
    last: int

    @property
    def characters(self) -> tuple[int, int]:
        """The characters of the sentence, end exclusive."""
        return self.doc[self.first].idx, after(self.doc[self.last - 1])

    def subtree(self, token: Token) -> tuple[int, int]:
        """Return the characters of a token with all that hangs on it, within the sentence."""
        start, end = max(token.left_edge.i, self.first), min(token.right_edge.i, self.last - 1)
        return self.doc[start].idx, after(self.doc[end])

    def holds(self, token: Token) -> bool:
        """Tell whether a token stands in the sentence."""
        return self.first <= token.i < self.last


def after(token: Token) -> int:
    """Return the character after a token."""
    return int(token.idx + len(token.text))
