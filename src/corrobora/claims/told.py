"""What a document tells by whom: the frames of each sentence with their voices, and where speech goes on."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Token

from corrobora.claims.carriers import carriers
from corrobora.claims.frame import Frame, after
from corrobora.claims.frames import FrameFinder
from corrobora.claims.headline import heading_frames
from corrobora.claims.outline import Outline, Sentence
from corrobora.claims.phrases import capital_runs, is_name_like, phrase
from corrobora.claims.quotation import Quotation
from corrobora.claims.reporting import Words
from corrobora.claims.speakers_in_text import Named, Naming
from corrobora.claims.voices import Kind
from corrobora.model import Speaker

# How many sentences without a frame may stand between two of one voice, and be its words too.
BETWEEN = 3
PARAGRAPHS_BACK = 3
# Characters between a closing mark and the sentence of its speaker: `"...," ` and a space or line end.
FRAME_AFTER = 3


@dataclass(frozen=True, slots=True)
class Told:
    """A frame with the voices it names: its speaker, then what carried the words. `kind` is that of the speaker."""

    frame: Frame
    speakers: tuple[Speaker, ...]
    kind: Kind


class Index:
    """The frames of a document, named in reading order, so that pronouns look back."""

    def __init__(self, outline: Outline, words: Words) -> None:
        self._outline = outline
        self._words = words
        self._naming = Naming(outline.doc, words, outline.starts)
        self.told: list[list[Told]] = []
        finder = FrameFinder(words, outline.quotes, outline.starts)
        for sentence in outline.sentences:
            frames = finder.frames(outline.stretch(sentence))
            frames = frames or heading_frames(outline, sentence, words, self._naming.voices.abbreviations)
            self.told.append(self._tell(frames, sentence))
        for place, sentence in enumerate(outline.sentences):
            self.told[place] += self._open_quotes(place, sentence)

    def _tell(self, frames: Sequence[Frame], sentence: Sentence) -> list[Told]:
        reaching = [self._quoting(self._said_so(frame)) for frame in frames]
        told = [self._name(frame, sentence) for frame in sorted(reaching, key=lambda f: f.left)]
        return [self._passed_on(one) for one in told]

    # reach

    def _said_so(self, frame: Frame) -> Frame:
        """`He said so in a statement`, `disclosed this`: the sentence before is what is told."""
        if frame.kind != "said_so" or not self.told:
            return frame
        before = self._outline.sentences[len(self.told) - 1]
        spoken = any(not one.frame.weak for one in self.told[-1])
        return frame if spoken else replace(frame, start=before.start, end=before.end)

    def _quoting(self, frame: Frame) -> Frame:
        """Let a frame beside a quotation reach over all of it; keep a frame inside one within it."""
        if frame.weak:
            return frame
        doc, text = self._outline.doc, self._outline.text
        start, end = frame.start, frame.end
        left, right = doc[frame.left].idx, after(doc[frame.right])
        for quote in self._outline.quotes:
            if quote.start < left < quote.end:
                start, end = max(start, quote.start), min(end, quote.end)
            elif quote.end <= left and frame.mid and not text[quote.end : left].strip(" ,"):
                start = min(start, quote.start)
            elif right <= quote.start < end:
                end = max(end, quote.end)
        return replace(frame, start=start, end=end)

    # names

    def _name(self, frame: Frame, sentence: Sentence) -> Told:
        if frame.who < 0:
            at = self._outline.doc[frame.cue]
            words = self._outline.text[at.idx : after(at)]
            return Told(frame, (Speaker("", words, frame.verb, at.idx, after(at)),), "unnamed")
        named = self._naming.named(self._outline.doc[frame.who])
        speaker = self._speaker(named, frame.verb)
        weak = frame.weak or (named.kind == "unnamed" and not named.name)
        links = {speaker.speaker: speaker}
        for token in carriers(frame, self._outline.stretch(sentence), self._words):
            carrier = self._carrier(token)
            if carrier is not None:
                link = self._speaker(carrier, "")
                links.setdefault(link.speaker, link)
        return Told(replace(frame, weak=weak), tuple(links.values()), named.kind)

    def _carrier(self, head: Token) -> Named | None:
        """Name what carried the words; `the newspaper` only where one was named before."""
        span = phrase(head, self._outline.starts)
        if not any(is_name_like(token) for token in span if token.text != "The"):
            before = self._naming.voices.carrier(head.lemma_.lower())
            return Named(span.start, span.end, before, "body") if before else None
        last = max(token.i for token in span if token.i <= head.i or is_name_like(token)) + 1
        run = next((run for run in capital_runs(list(span)) if head in run), None)
        owned = any(token.tag_ == "POS" for token in span)
        called = run is not None and run[0].i > span.start and self._outline.doc[run[0].i - 1].text == "The"
        first = span.start + (span[0].text == "the") if run is None or owned else run[0].i - called
        name = self._outline.text[self._outline.doc[first].idx : after(self._outline.doc[last - 1])]
        name = self._naming.voices.abbreviations.get(name, name)
        self._naming.voices.carried(name, span)
        return Named(first, last, name, "body")

    def _speaker(self, named: Named, verb: str) -> Speaker:
        start, end = self._outline.doc[named.start].idx, after(self._outline.doc[named.end - 1])
        return Speaker(named.name, self._outline.text[start:end], verb, start, end)

    # speech that goes on

    def _passed_on(self, one: Told) -> Told:
        """`told Reuters.` and in the next sentence `he added`: to Reuters still."""
        if not self.told or len(one.speakers) > 1 or one.frame.outer:
            return one
        sentence = self._outline.sentences[len(self.told) - 1]
        for before in self.told[-1]:
            own = all(sentence.start <= speaker.start < sentence.end for speaker in before.speakers[1:])
            if own and before.speakers[0].speaker == one.speakers[0].speaker:
                return replace(one, speakers=one.speakers + before.speakers[1:])
        return one

    def _open_quotes(self, place: int, sentence: Sentence) -> list[Told]:
        """Give a quotation that no frame governs, of its own sentence or a later one, to whoever spoke just before."""
        found = []
        for quote in self._outline.quotes:
            here = quote.speech and sentence.start <= quote.start < sentence.end
            source = self._source(quote, place) if here and not self._governed(quote, place) else None
            if source is not None:
                frame = replace(
                    source.frame, start=quote.start, end=quote.end, kind="quotation", mid=False, stance="asserts"
                )
                found.append(replace(source, frame=frame))
        return found

    def _governed(self, quote: Quotation, place: int) -> bool:
        """`"They came. We lost two," said Ruben.`: the frame stands where the quotation ends."""
        while place < len(self.told) and self._outline.sentences[place].start < quote.end + FRAME_AFTER:
            frames = (told.frame for told in self.told[place])
            if any(f.start <= quote.start and quote.end <= f.end and not f.weak for f in frames):
                return True
            place += 1
        return False

    def _source(self, quote: Quotation, place: int) -> Told | None:
        """Who speaks: the last voice of the paragraph; of the one before, where the quotation opens one."""
        paragraph = self._outline.sentences[place].paragraph
        start = self._outline.paragraphs[paragraph][0] if paragraph >= 0 else 0
        opens = not self._outline.text[start : quote.start].strip()
        for back in range(place - 1, max(-1, place - 1 - PARAGRAPHS_BACK), -1):
            strong = [t for t in self.told[back] if not t.frame.weak]
            at = self._outline.sentences[back].paragraph
            if strong and (at == paragraph or opens):
                return max((t for t in strong if not t.frame.outer), key=lambda t: t.frame.left, default=strong[-1])
            if at < paragraph - 1:
                return None
        return None

    def going_on(self, place: int) -> Told | None:
        """Return the voice that still speaks in a sentence without a frame of its own.

        It does in the past of the past (`Y had been hit`), after two sentences of one voice in a paragraph, and between
        two sentences of one voice.
        """
        before, behind = self._nearest(place, -1), self._nearest(place, 1)
        if before is None:
            return None
        sentences = self._outline.sentences
        paragraph = sentences[place].paragraph
        follows = before[0] == place - 1 and sentences[place - 1].paragraph == paragraph
        if follows and (self._backshifted(sentences[place]) or self._same_voice(place - 2, paragraph, before[1])):
            return before[1]
        same = behind is not None and behind[1].speakers[0].speaker == before[1].speakers[0].speaker
        return before[1] if same and behind is not None and behind[0] - before[0] - 1 <= BETWEEN else None

    def _same_voice(self, place: int, paragraph: int, told: Told) -> bool:
        if place < 0 or self._outline.sentences[place].paragraph != paragraph or told.frame.outer:
            return False
        strong = [t for t in self.told[place] if not t.frame.weak]
        return bool(strong) and strong[-1].speakers[0].speaker == told.speakers[0].speaker

    def _nearest(self, place: int, step: int) -> tuple[int, Told] | None:
        at = place + step
        while 0 <= at < len(self.told) and abs(at - place) <= BETWEEN:
            strong = [t for t in self.told[at] if not t.frame.weak]
            if strong:
                return at, (strong[-1] if step < 0 else strong[0])
            at += step
        return None

    def _backshifted(self, sentence: Sentence) -> bool:
        main = [t for t in self._outline.doc[sentence.first : sentence.last] if t.dep_ == "ROOT"]
        return any(c.lower_ in {"had", "would"} and c.dep_ in {"aux", "auxpass"} for t in main for c in t.children)
