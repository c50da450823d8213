"""Who says so: the chain of voices behind a claim, innermost first, and their stance.

The index of a document is built once: its quotations, its reporting frames, the voices they name. A claim is then
looked up by its characters. In order: the frames that govern it; the quotation it stands in; speech that goes on from the
sentence before. Where none holds, the outlet itself asserts, and the chain is empty.

Two voices joined by `and` share one link: it is named by the first, and its text keeps both.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from corrobora.claims.frame import Frame, Stretch, after
from corrobora.claims.frames import FrameFinder
from corrobora.claims.quotation import Quotation, quotations
from corrobora.claims.phrases import is_name_like, phrase
from corrobora.claims.reporting import reporting_words
from corrobora.claims.speakers_in_text import Named, Naming
from corrobora.model import Speaker, Text
from corrobora.settings import Settings

HEADINGS = frozenset({"title", "heading"})
SILENT = frozenset({"refusal", "prediction", "no_word"})
DISTANCING = frozenset({"claim", "claims", "claimed", "claiming", "allege", "alleges", "alleged", "alleging"})
HEADING_END = re.compile(r"^(?P<told>.{8,}?)\s+[-–—]\s+(?P<who>[^-–—:.]{2,60})$")
HEADING_START = re.compile(r"^(?P<who>[^:.,;\d]{2,50}):\s+(?P<told>.{8,})$")
STATEMENT = re.compile(r"\b(?:statement|press release|communiqu[eé])\b", re.IGNORECASE)
# `Footage of the attack was broadcast.` after the claim.
PICTURES = frozenset({"video", "footage", "photo", "photograph", "image", "picture"})
SANDWICH = 3
COVERED = 0.5


@dataclass(frozen=True, slots=True)
class Attributed:
    """Who answers for a claim: `chain` innermost first (empty: the outlet), stance, evidence, and the rule that found it."""

    chain: tuple[Speaker, ...]
    stance: str
    evidence: tuple[str, ...]
    scare_quotes: bool
    rule: str


@dataclass(frozen=True, slots=True)
class Told:
    """A frame with the voices it names: its speaker, then what carried the words."""

    frame: Frame
    speakers: tuple[Speaker, ...]
    kind: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """Tokens `first` to `last` (exclusive) of one paragraph, with its frames."""

    first: int
    last: int
    start: int
    end: int
    paragraph: int


class Attributor:
    """Attributes the claims of one document.

    `doc` must be the parse of `text.text` with the same character offsets.

    Example: `Attributor(nlp(text.text), text, Settings()).of(0, 20).chain`.
    """

    def __init__(self, doc: Doc, text: Text, settings: Settings) -> None:
        self._doc = doc
        self._text = text.text
        self._words = reporting_words(settings)
        self._paragraphs = _paragraphs(text)
        self._headings = {s.start for s in text.segments if s.kind in HEADINGS}
        self._quotes = quotations(self._text, self._paragraphs)
        self._sentences = list(self._split())
        starts = _first_tokens(self._sentences)
        self._naming = Naming(doc, self._words, starts)
        self._told: list[list[Told]] = []
        self._index()

    def of(self, start: int, end: int) -> Attributed:
        """Attribute the claim whose words are the characters `start` to `end` (exclusive)."""
        covering = [told for sentence in self._told for told in sentence if _covers(told.frame, start, end)]
        strong = sorted((t for t in covering if not t.frame.weak), key=_inner_first)
        weak = sorted((t for t in covering if t.frame.weak), key=_inner_first)
        rule = strong[0].frame.kind if strong else ""
        if not strong and (going_on := self._going_on(start, end)):
            strong, rule = [going_on], "continued"
        stance = next(
            (t.frame.stance for t in sorted(covering, key=_inner_first) if t.frame.stance != "asserts"), "asserts"
        )
        chain = _chain(strong)
        hearsay = [t for t in weak if t.frame.kind not in SILENT]
        if not chain and hearsay:
            chain, rule = hearsay[0].speakers, hearsay[0].frame.kind
        return Attributed(
            chain, stance, self._evidence(start, end, strong), self._distance(start, end, covering), rule or "outlet"
        )

    # the index

    def _split(self) -> Iterator[Sentence]:
        starts = [start for start, _ in self._paragraphs]
        number = -1
        first = 0
        for token in self._doc:
            moved = number
            while moved + 1 < len(starts) and starts[moved + 1] <= token.idx:
                moved += 1
            if token.i > first and (moved != number or (token.is_sent_start and not self._splits_quote(token))):
                yield self._sentence(first, token.i, number)
                first = token.i
            number = moved
        if len(self._doc) > first:
            yield self._sentence(first, len(self._doc), number)

    def _splits_quote(self, token: Token) -> bool:
        """A sentence that begins with a closing mark, or with `she said` after one, goes on the one before."""
        closing = any(q.start < token.idx < q.end and token.idx == q.end - 1 for q in self._quotes)
        return closing or (token.text[:1].islower() and token.i > 0 and self._doc[token.i - 1].text in '"”')

    def _sentence(self, first: int, last: int, paragraph: int) -> Sentence:
        return Sentence(first, last, self._doc[first].idx, after(self._doc[last - 1]), paragraph)

    def _index(self) -> None:
        finder = FrameFinder(self._words, self._quotes, self._naming.starts)
        for place, sentence in enumerate(self._sentences):
            frames = finder.frames(Stretch(self._doc, sentence.first, sentence.last)) or list(self._heading(sentence))
            frames = [self._quoting(frame) for frame in frames]
            told = [self._name(frame, sentence) for frame in sorted(frames, key=lambda f: f.left)]
            told = self._passed_on([t for t in told if t is not None], sentence, place)
            told += self._open_quotes(told, sentence, place)
            self._told.append(told)

    def _quoting(self, frame: Frame) -> Frame:
        """Let a frame beside a quotation reach over all of it; keep a frame inside one within it."""
        if frame.weak:
            return frame
        start, end = frame.start, frame.end
        left, right = self._doc[frame.left].idx, after(self._doc[frame.right])
        for quote in self._quotes:
            if quote.start < left < quote.end:
                start, end = max(start, quote.start), min(end, quote.end)
            elif quote.end <= left and not self._text[quote.end : left].strip(" ,") and frame.mid:
                start = min(start, quote.start)
            elif quote.start >= right and quote.start < end:
                end = max(end, quote.end)
        return replace(frame, start=start, end=end)

    def _name(self, frame: Frame, sentence: Sentence) -> Told | None:
        verb = frame.verb
        if frame.who < 0:
            at = self._doc[frame.cue]
            return Told(frame, (Speaker("", self._text[at.idx : after(at)], verb, at.idx, after(at)),), "unnamed")
        named = self._naming.named(self._doc[frame.who])
        speaker = self._speaker(named, verb)
        weak = frame.weak or (named.kind == "unnamed" and not named.name)
        carriers = tuple(self._speaker(self._naming_of(token), "") for token in self._carriers(frame, sentence))
        return Told(
            replace(frame, weak=weak), (speaker, *(c for c in carriers if c.speaker != speaker.speaker)), named.kind
        )

    def _naming_of(self, token: Token) -> Named:
        span = phrase(token, self._naming.starts)
        words = [t for t in span if t.i <= token.i or is_name_like(t)]
        name = self._text[words[0].idx : after(words[-1])]
        name = name.removeprefix("the ")
        return Named(span.start, words[-1].i + 1, self._naming.abbreviations.get(name, name), "body")

    def _speaker(self, named: Named, verb: str) -> Speaker:
        start, end = self._doc[named.start].idx, after(self._doc[named.end - 1])
        return Speaker(named.name, self._text[start:end], verb, start, end)

    def _carriers(self, frame: Frame, sentence: Sentence) -> Iterator[Token]:
        cue = self._doc[frame.cue]
        for child in cue.children:
            if (
                child.dep_ in {"dobj", "dative", "iobj"}
                and cue.lemma_.lower() in {"tell", "inform"}
                and self._carries(child)
            ):
                yield child
            if (
                child.dep_ in {"prep", "dative"}
                and child.lower_ == "to"
                and cue.lemma_.lower() in {"speak", "say", "confirm", "write"}
            ):
                yield from (t for t in child.children if t.dep_ == "pobj" and self._carries(t))
        for token in self._doc[sentence.first : sentence.last]:
            handing = token.lemma_.lower() in self._words["handing_on"] and token.tag_ == "VBN"
            talk = token.lemma_.lower() in self._words["talks"]
            if handing or talk:
                wanted = {"by", "in", "on"} if handing else {"with", "to"}
                for preposition in token.children:
                    if preposition.lower_ in wanted:
                        yield from (t for t in preposition.children if t.dep_ == "pobj" and self._carries(t))

    def _carries(self, token: Token) -> bool:
        return (
            is_name_like(token)
            and token.ent_type_ not in {"DATE", "TIME", "GPE", "LOC", "CARDINAL"}
            and token.lemma_.lower() not in self._words["hearers"]
        )

    def _passed_on(self, told: list[Told], sentence: Sentence, place: int) -> list[Told]:
        """`told Reuters.` — and in the next sentence `he added`: to Reuters still."""
        if place == 0 or not self._told[place - 1]:
            return told
        before = [t for t in self._told[place - 1] if len(t.speakers) > 1 and self._own(t, place - 1)]
        result = []
        for one in told:
            same = next((b for b in before if b.speakers[0].speaker == one.speakers[0].speaker), None)
            result.append(
                replace(one, speakers=one.speakers + same.speakers[1:])
                if same and len(one.speakers) == 1 and not one.frame.outer
                else one
            )
        return result

    def _own(self, told: Told, place: int) -> bool:
        sentence = self._sentences[place]
        return all(sentence.start <= s.start < sentence.end for s in told.speakers[1:])

    def _open_quotes(self, told: list[Told], sentence: Sentence, place: int) -> list[Told]:
        """Give a quotation that no frame governs to whoever spoke just before."""
        found = []
        for quote in self._quotes:
            if not quote.speech or not sentence.start <= quote.start < sentence.end:
                continue
            if any(t.frame.start <= quote.start and t.frame.end >= quote.end and not t.frame.weak for t in told):
                continue
            source = self._source(quote, place)
            if source is not None:
                frame = replace(
                    source.frame, start=quote.start, end=quote.end, kind="quotation", mid=False, stance="asserts"
                )
                found.append(replace(source, frame=frame))
        return found

    def _source(self, quote: Quotation, place: int) -> Told | None:
        paragraph = self._sentences[place].paragraph
        opens = not self._text[self._paragraphs[paragraph][0] : quote.start].strip() if paragraph >= 0 else True
        for back in range(place - 1, max(-1, place - 4), -1):
            strong = [t for t in self._told[back] if not t.frame.weak]
            if strong and (self._sentences[back].paragraph == paragraph or opens):
                return max((t for t in strong if not t.frame.outer), key=lambda t: t.frame.left, default=strong[-1])
            if self._sentences[back].paragraph < paragraph - 1:
                return None
        return None

    def _heading(self, sentence: Sentence) -> Iterator[Frame]:
        line = self._text[sentence.start : sentence.end]
        short = sentence.last - sentence.first <= 24 and not line.rstrip().endswith((".", "!", "?"))
        if not short and sentence.start not in self._headings:
            return
        for pattern in (HEADING_START, HEADING_END):
            match = pattern.match(line)
            if match is None:
                continue
            tokens = [
                t
                for t in self._doc[sentence.first : sentence.last]
                if match.start("who") <= t.idx - sentence.start < match.end("who")
            ]
            if not tokens or not self._voice(tokens):
                continue
            head = next((t for t in reversed(tokens) if self._voice([t])), tokens[-1])
            a, b = match.span("told")
            yield Frame(
                head.i,
                tokens[0].i,
                tokens[-1].i,
                head.i,
                "",
                "heading",
                sentence.start + a,
                sentence.start + b,
                mid=True,
            )
            return

    def _voice(self, tokens: Iterable[Token]) -> bool:
        """Tell whether a heading's few words name someone who speaks, and not the place it is about."""
        tokens = list(tokens)
        spoken = any(t.lemma_.lower() in self._words["person"] | self._words["body"] for t in tokens)
        return (
            spoken
            or all(t.ent_type_ in {"PERSON", "ORG"} for t in tokens)
            or (len(tokens) == 1 and tokens[0].text in self._naming.abbreviations)
        )

    # one claim

    def _going_on(self, start: int, end: int) -> Told | None:
        """Return the voice that still speaks in a sentence without a frame of its own."""
        place = self._place(start)
        if place < 0:
            return None
        before, after_ = self._nearest(place, -1), self._nearest(place, 1)
        if before is None:
            return None
        near = self._sentences[place - 1]
        if before[0] == place - 1 and near.paragraph == self._sentences[place].paragraph and self._backshifted(place):
            return before[1]
        if (
            after_ is not None
            and before[1].speakers[0].speaker == after_[1].speakers[0].speaker
            and after_[0] - before[0] - 1 <= SANDWICH
        ):
            return before[1]
        return None

    def _nearest(self, place: int, step: int) -> tuple[int, Told] | None:
        at = place + step
        while 0 <= at < len(self._sentences) and abs(at - place) <= SANDWICH:
            strong = [t for t in self._told[at] if not t.frame.weak]
            if strong:
                return at, (strong[-1] if step < 0 else strong[0])
            at += step
        return None

    def _backshifted(self, place: int) -> bool:
        """`He said X. Y had been hit.`: the past of the past, or `would`, goes on with what was said."""
        sentence = self._sentences[place]
        main = [t for t in self._doc[sentence.first : sentence.last] if t.dep_ == "ROOT"]
        return any(c.lower_ in {"had", "would"} and c.dep_ in {"aux", "auxpass"} for t in main for c in t.children)

    def _distance(self, start: int, end: int, covering: list[Told]) -> bool:
        quoted = any(not q.speech and q.start < end and start < q.end for q in self._quotes)
        near = self._text[max(0, start - 12) : end].lower()
        called = "so-called" in near or "alleged" in near
        return (
            quoted
            or called
            or any(t.frame.verb.lower() in DISTANCING for t in covering)
            or any(t.frame.kind == "adverb" for t in covering)
        )

    def _evidence(self, start: int, end: int, strong: list[Told]) -> tuple[str, ...]:
        """Name what the claim is said to rest on: pictures beside it, or who and what its voices are."""
        place = self._place(start)
        if place < 0:
            return ()
        around = self._lemmas(self._sentences[place])
        if place + 1 < len(self._sentences):
            around |= self._lemmas(self._sentences[place + 1], first=2) & PICTURES
        voices = {lemma for told in strong for s in told.speakers for lemma in self._lemmas_between(s.start, s.end)}
        found = [kind for kind in ("video", "photo", "satellite") if around & self._words[f"evidence.{kind}"]]
        found += [kind for kind in ("document", "eyewitness", "medical") if voices & self._words[f"evidence.{kind}"]]
        said = self._text[self._sentences[place].start : self._sentences[place].end]
        if strong and strong[0].kind in {"person", "body", "named"} and STATEMENT.search(said):
            found.append("official_statement")
        return tuple(found)

    def _place(self, start: int) -> int:
        """Return the index of the sentence that holds a character, -1 for none."""
        return next((i for i, s in enumerate(self._sentences) if s.start <= start < s.end), -1)

    def _lemmas(self, sentence: Sentence, first: int | None = None) -> set[str]:
        last = sentence.last if first is None else min(sentence.last, sentence.first + first)
        return {token.lemma_.lower() for token in self._doc[sentence.first : last]}

    def _lemmas_between(self, start: int, end: int) -> set[str]:
        span = self._doc.char_span(start, end, alignment_mode="expand")
        return {token.lemma_.lower() for token in span} if span is not None else set()


def _paragraphs(text: Text) -> list[tuple[int, int]]:
    if text.segments:
        return [(s.start, s.end) for s in text.segments]
    return [m.span() for m in re.finditer(r"[^\n]+", text.text)]


def _first_tokens(sentences: Iterable[Sentence]) -> frozenset[int]:
    first: dict[int, int] = {}
    for sentence in sentences:
        first.setdefault(sentence.paragraph, sentence.first)
    return frozenset(first.values())


def _covers(frame: Frame, start: int, end: int) -> bool:
    shared = min(end, frame.end) - max(start, frame.start)
    return shared > 0 and shared >= COVERED * (end - start)


def _inner_first(told: Told) -> tuple[bool, int, int]:
    return told.frame.outer, told.frame.end - told.frame.start, -told.frame.cue


def _chain(strong: list[Told]) -> tuple[Speaker, ...]:
    """Join the voices of nested frames. Who denies, or cannot confirm, is the voice: what they deny is not said by them."""
    refusing = [i for i, t in enumerate(strong) if t.frame.stance in {"denies", "cannot_confirm"}]
    links: list[Speaker] = []
    for told in strong[refusing[0] if refusing else 0 :]:
        links += [s for s in told.speakers if s.speaker not in {link.speaker for link in links}]
    return tuple(links)
