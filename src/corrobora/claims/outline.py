"""How a document's text is laid out for reading who speaks: its paragraphs, sentences and quotations."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Doc, Token

from corrobora.claims.frame import Stretch, after
from corrobora.claims.quotation import quotations
from corrobora.model import Text

HEADINGS = frozenset({"title", "heading"})


@dataclass(frozen=True, slots=True)
class Sentence:
    """Tokens `first` to `last` (exclusive) and characters `start` to `end` of one paragraph."""

    first: int
    last: int
    start: int
    end: int
    paragraph: int


class Outline:
    """The paragraphs of a Text with the sentences of its parse: none crosses a paragraph or cuts a quotation off."""

    def __init__(self, doc: Doc, text: Text) -> None:
        self.doc = doc
        self.text = text.text
        lines = [match.span() for match in re.finditer(r"[^\n]+", text.text)]
        self.paragraphs = [(s.start, s.end) for s in text.segments] or lines
        self.headings = frozenset(s.start for s in text.segments if s.kind in HEADINGS)
        self.quotes = quotations(text.text, self.paragraphs)
        self.sentences = tuple(self._split())

    @cached_property
    def starts(self) -> frozenset[int]:
        """The first token of each paragraph."""
        first: dict[int, int] = {}
        for sentence in self.sentences:
            first.setdefault(sentence.paragraph, sentence.first)
        return frozenset(first.values())

    def stretch(self, sentence: Sentence) -> Stretch:
        """Return a sentence as tokens."""
        return Stretch(self.doc, sentence.first, sentence.last)

    def place(self, character: int) -> int:
        """Return the index of the sentence that holds a character, -1 for none."""
        return next((i for i, s in enumerate(self.sentences) if s.start <= character < s.end), -1)

    def lemmas(self, start: int, end: int) -> set[str]:
        """Return the lemmas of the tokens that the characters touch."""
        span = self.doc.char_span(start, end, alignment_mode="expand")
        return {token.lemma_.lower() for token in span} if span is not None else set()

    def _split(self) -> Iterator[Sentence]:
        paragraph, first = -1, 0
        for token in self.doc:
            moved = paragraph
            while moved + 1 < len(self.paragraphs) and self.paragraphs[moved + 1][0] <= token.idx:
                moved += 1
            if token.i > first and (moved != paragraph or (token.is_sent_start and not self._goes_on(token))):
                yield self._sentence(first, token.i, paragraph)
                first = token.i
            paragraph = moved
        if len(self.doc) > first:
            yield self._sentence(first, len(self.doc), paragraph)

    def _goes_on(self, token: Token) -> bool:
        """A sentence that begins in the middle of words, with a closing mark or with `she said` after one, is none."""
        if token.i > 0 and (self.doc[token.i - 1].is_alpha or self._after_aside(token)):
            return True
        closing = any(q.start < token.idx == q.end - 1 for q in self.quotes)
        return closing or (token.text[:1].islower() and token.i > 0 and self.doc[token.i - 1].text in '"”')

    def _after_aside(self, token: Token) -> bool:
        """`Inspector General of Police (North Range) Ivo Radan said`: a title with an aside goes on with a name."""
        before = self.doc[max(0, token.i - 12) : token.i].text
        return re.search(r"[A-Z]\w+ \([A-Z][^().!?]*\)$", before) is not None and token.ent_type_ in {"PERSON", "ORG"}

    def _sentence(self, first: int, last: int, paragraph: int) -> Sentence:
        return Sentence(first, last, self.doc[first].idx, after(self.doc[last - 1]), paragraph)
