"""The default reader: one small statistical parser, and rules that can be read."""

from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import replace
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from corrobora.claims import casing, pieces
from corrobora.claims.act_claims import act_claims
from corrobora.claims.acts import acts
from corrobora.claims.assemble import harm_claims
from corrobora.claims.attribution import Attributor
from corrobora.claims.causes import violent
from corrobora.claims.ellipsis import elliptic
from corrobora.claims.events import Event, Figured, harms
from corrobora.claims.figures import find
from corrobora.claims.groups import gather
from corrobora.claims.idioms import idioms
from corrobora.claims.lexicon import Lexicon, load
from corrobora.claims.merge import merge
from corrobora.claims.names import mentions
from corrobora.claims.page import Page
from corrobora.claims.reporting import reporting_words
from corrobora.errors import BadInput
from corrobora.model import Claim, Findings, Text
from corrobora.settings import Settings

VERSION = "grammar 0.1.0"
UNREAD = frozenset({"furniture", "dateline", "byline", "date"})
BATCH = 8


class Reader:
    """Reads texts into claims; `name` is the reader's name and version, as it stands in every claim."""

    name = VERSION

    def __init__(self, nlp: Language, settings: Settings) -> None:
        self._nlp = nlp
        self._settings = settings
        self._words: Lexicon = load(settings)
        self._saying = reporting_words(settings)["speech"]
        self._ordinary = _ordinary(nlp)

    def read(self, texts: Iterable[Text]) -> Iterator[Findings]:
        """Read texts in order, one Findings for each. A text in another language, or without words, gives no claims.

        >>> reader = open_reader(Settings())  # doctest: +SKIP
        >>> [claim.count.low for found in reader.read([text]) for claim in found.claims]  # doctest: +SKIP
        [9]
        """
        for text in texts:
            yield self._findings(text)

    def _findings(self, text: Text) -> Findings:
        if text.metadata.language not in {"", "en"} or not text.text.strip():
            return Findings(text.document, self.name, (), ())
        found = [piece.placed(self._piece(piece.text)) for piece in pieces.split(text)]
        claims = merge([c for part in found for c in part.claims], text.segments)
        return Findings(text.document, self.name, claims, tuple(m for part in found for m in part.mentions))

    def _piece(self, text: Text) -> Findings:
        doc = self._parse(text)
        readable = _readable(doc, text)
        figures = find(doc, self._settings.vague)
        figured = Figured(
            frozenset(f.unit for f in figures if f.unit is not None and f.about in {"people", "unknown"}),
            frozenset(i for f in figures if f.about in {"people", "unknown"} for i in range(f.start, f.end)),
        )
        events: list[Event] = [*harms(doc, self._words, figured), *idioms(doc, self._words, figured)]
        events += list(elliptic(doc, self._words, figures, events))
        events = [e for e in events if readable(e.trigger)]
        groups = gather(doc, events, figures, self._words)
        saying = frozenset(t.i for t in doc if t.pos_ == "VERB" and t.lemma_ in self._saying)
        page = Page(
            doc,
            text,
            self._words,
            tuple(a for a in acts(doc, self._words) if readable(a.trigger)),
            figures,
            Attributor(doc, text, self._settings),
            saying,
            self.name,
        )
        groups = violent(page, groups)
        claims = [*harm_claims(page, groups), *act_claims(page, groups)]
        return Findings(text.document, self.name, tuple(_flagged(c, text) for c in claims), mentions(doc, self._words))

    def _parse(self, text: Text) -> Doc:
        doc = self._nlp.make_doc(casing.prepare(text, self._ordinary))
        starts = {s.start for s in text.segments}
        fresh = True
        for token in doc:
            if token.idx in starts or fresh:
                token.is_sent_start = True
            fresh = token.is_space and token.text.count("\n") > 1
        for _, pipe in self._nlp.pipeline:
            doc = pipe(doc)
        return doc


def open_reader(settings: Settings) -> Reader:
    """Load the parser that the settings name, once.

    Raises BadInput where that model is not installed.
    """
    try:
        nlp = spacy.load(settings.reading.model)
    except OSError as error:
        raise BadInput(
            f"The reading model {settings.reading.model!r} is not installed.",
            hint="Install it, or remove reading.model from corrobora.toml to use the default.",
        ) from error
    return Reader(nlp, settings)


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


def _readable(doc: Doc, text: Text) -> Callable[[int], bool]:
    """Give the test whether a token stands where claims are read: not in menus, datelines, bylines."""
    spans = [(s.start, s.end) for s in text.segments if s.kind not in UNREAD and "boilerplate" not in s.flags]
    allowed: set[int] = set()
    at = 0
    for token in doc:
        while at < len(spans) and spans[at][1] <= token.idx:
            at += 1
        if at < len(spans) and spans[at][0] <= token.idx:
            allowed.add(token.i)
    return allowed.__contains__


def _flagged(claim: Claim, text: Text) -> Claim:
    flags = tuple(
        f for s in text.segments if s.start <= claim.start < s.end for f in s.flags if f in {"hidden", "deleted"}
    )
    return replace(claim, flags=(*claim.flags, *flags)) if flags else claim
