"""The default reader: one small statistical parser, and rules that can be read."""

from collections.abc import Container, Iterable, Iterator
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Token
from spacy.tokens import Span as SpacySpan

from corrobora.claims import casing, lexicon, pieces, pipeline
from corrobora.claims.merge import merge
from corrobora.claims.reading import Further, findings
from corrobora.claims.reporting import reporting_words
from corrobora.model import Findings, Text, Word
from corrobora.settings import Settings

VERSION = "grammar 0.1.0"
# Words in a row without a mark that may be one sentence: what is longer is no prose.
LONGEST_RUN = 40
# Characters parsed in one batch: more gains nothing, and memory grows with it.
BATCH = 40_000


class Reader:
    """Reads texts into claims; `name` is the reader's name and version, as it stands in every claim."""

    name = VERSION

    def __init__(self, nlp: Language, settings: Settings, further: Further | None = None, name: str = VERSION) -> None:
        self.name = name
        self._further = further
        self._nlp = nlp
        self._settings = settings
        self._words = lexicon.load(settings)
        reporting = reporting_words(settings)
        self._saying = reporting["speech"]
        self._shortened = frozenset(title for title in reporting["titles"] if title.endswith("."))
        self._ordinary = _ordinary(nlp)

    def read(self, texts: Iterable[Text]) -> Iterator[Findings]:
        """Read texts in order, one Findings for each. A text in another language, or without words, gives no claims.

        >>> reader = open_reader(Settings())  # doctest: +SKIP
        >>> [claim.count.low for found in reader.read([text]) for claim in found.claims]  # doctest: +SKIP
        [9]
        """
        batch: list[Text] = []
        size = 0
        for text in texts:
            batch.append(text)
            size += len(text.text)
            if size >= BATCH:
                yield from self._batch(batch)
                batch, size = [], 0
        yield from self._batch(batch)

    def parse(self, text: Text, start: int, end: int) -> tuple[Word, ...]:
        """Return the sentences that hold characters `start` to `end` (exclusive), word by word, as parsed here.

        () where the text has no such characters or is not read.
        """
        for piece in pieces.split(text) if _readable(text) else ():
            if piece.offset <= start < piece.offset + len(piece.text.text):
                doc = self._nlp(self._doc(piece.text))
                span = doc.char_span(start - piece.offset, end - piece.offset, alignment_mode="expand")
                return () if span is None else _words(doc[span[0].sent.start : span[-1].sent.end], piece.text.text)
        return ()

    def _batch(self, texts: Iterable[Text]) -> Iterator[Findings]:
        work = [(text, tuple(pieces.split(text)) if _readable(text) else ()) for text in texts]
        docs = self._nlp.pipe(self._doc(piece.text) for _, parts in work for piece in parts)
        for text, parts in work:
            found = [piece.placed(self._findings(next(docs), piece.text)) for piece in parts]
            claims = merge([c for part in found for c in part.claims], text.segments)
            yield Findings(text.document, self.name, claims, tuple(m for part in found for m in part.mentions))

    def _findings(self, doc: Doc, text: Text) -> Findings:
        return findings(doc, text, self._words, self._settings, self._saying, self.name, self._further)

    def _doc(self, text: Text) -> Doc:
        """Tokenise, with a sentence beginning where a segment or a paragraph does, and none after `Rev.` or `Lt.`."""
        doc = self._nlp.make_doc(casing.prepare(text, self._ordinary))
        starts = {s.start for s in text.segments}
        fresh, marked = True, 0
        for token in doc:
            if token.idx in starts or fresh:
                token.is_sent_start = True
            elif self._after_title(token) or (token.i - marked < LONGEST_RUN and _mid_words(token)):
                token.is_sent_start = False
            marked = marked if token.is_alpha else token.i
            fresh = token.is_space and token.text.count("\n") > 1
        return doc

    def _after_title(self, token: Token) -> bool:
        """Say whether a capital follows a shortened title: `Rev.`, or `Fr` and its point."""
        if token.i < 2 or not token.text[:1].isupper():
            return False
        before, last = token.nbor(-2), token.nbor(-1)
        return last.lower_ in self._shortened or (last.text == "." and f"{before.lower_}." in self._shortened)


def open_reader(settings: Settings, further: Further | None = None, name: str = VERSION) -> Reader:
    """Load the parser that the settings name, once.

    Raises BadInput where a model that they name is not installed.
    """
    return Reader(pipeline.load(settings.reading), settings, further, name)


def _mid_words(token: Token) -> bool:
    """No sentence begins right after a word, nor in small letters after a quotation that ends in one."""
    before = token.doc[token.i - 1] if token.i else token
    if token.i > 1 and before.is_quote and token.text[:1].islower():
        before = token.nbor(-2)
    return before.is_alpha and before.i < token.i and not token.is_space


def _words(span: SpacySpan, text: str) -> tuple[Word, ...]:
    """Give the words of parsed sentences as they stand in the text; heads outside of them are the word itself."""
    tokens = [t for t in span if not t.is_space]
    at = {t.i: n for n, t in enumerate(tokens)}
    return tuple(
        Word(text[t.idx : t.idx + len(t.text)], t.tag_, t.dep_, at.get(t.head.i, n)) for n, t in enumerate(tokens)
    )


def _readable(text: Text) -> bool:
    return text.metadata.language in {"", "en"} and bool(text.text.strip())


def _ordinary(nlp: Language) -> Container[str]:
    """Give the common words that the model's own dictionary lists, for texts that came in capitals."""
    lemmatizer: Any = nlp.get_pipe("lemmatizer") if nlp.has_pipe("lemmatizer") else None
    if lemmatizer is None or not lemmatizer.lookups.has_table("lemma_index"):
        return frozenset()
    index, exceptions = lemmatizer.lookups.get_table("lemma_index"), lemmatizer.lookups.get_table("lemma_exc")
    return casing.Spelled(
        frozenset(word for words in index.values() for word in words),
        frozenset(form for forms in exceptions.values() for form in forms),
    )
