"""Who says so: the chain of voices behind a claim, innermost first, and their stance.

The index of a document is built once: its quotations, its reporting frames, the voices they name. A claim is then
looked up by its characters. In order: the frames that govern it; the quotation it stands in; speech that goes on from
the sentence before. Where none holds, the outlet itself asserts, and the chain is empty.

Two voices joined by `and` share one link: it is named by the first, and its text keeps both. Of nested voices a news
medium is the outermost: it carries what others say.
"""

import re
from dataclasses import dataclass

from spacy.tokens import Doc

from corrobora.claims.frame import Frame
from corrobora.claims.outline import Outline
from corrobora.claims.reporting import Words, reporting_words
from corrobora.claims.told import Index, Told
from corrobora.model import Speaker, Text
from corrobora.settings import Settings

# Frames that tell how sure it is, and not who says so.
SILENT = frozenset({"tone"})
DISTANCING = frozenset({"claim", "claims", "claimed", "claiming", "allege", "alleges", "alleged", "alleging"})
STATEMENT = re.compile(r"\b(?:statement|press release|communiqu[eé])\b", re.IGNORECASE)
# Who recalls a figure, `according to` somebody, hands on what that one counted.
RECALLING = frozenset(
    {"recalls", "recalled", "recalling", "notes", "noted", "noting", "reminds", "reminded", "reminding"}
)
# `Footage of the attack was broadcast.` right after the claim.
PICTURES = frozenset({"video", "footage", "photo", "photograph", "image", "picture"})
COVERED = 0.5
NEAR = 12


@dataclass(frozen=True, slots=True)
class Attributed:
    """Who answers for a claim: `chain` innermost first (empty: the outlet), and the `rule` that found it.

    `scare_quotes` is True where the words keep a distance: `so-called`, `claimed`, a word in marks.
    """

    chain: tuple[Speaker, ...]
    stance: str
    evidence: tuple[str, ...]
    scare_quotes: bool
    rule: str


class Attributor:
    """Attributes the claims of one document.

    `doc` must be the parse of `text.text` with the same character offsets.

    Example: `Attributor(nlp(text.text), text, Settings()).of(0, 20).chain`.
    """

    def __init__(self, doc: Doc, text: Text, settings: Settings) -> None:
        self._words = reporting_words(settings)
        self._outline = Outline(doc, text)
        self._index = Index(self._outline, self._words)

    def of(self, start: int, end: int) -> Attributed:
        """Attribute the claim whose words are the characters `start` to `end` (exclusive)."""
        covering = sorted(
            (told for sentence in self._index.told for told in sentence if _covers(told.frame, start, end)),
            key=_inner_first,
        )
        strong = [told for told in covering if not told.frame.weak]
        place = self._outline.place(start)
        going_on = self._index.going_on(place) if place >= 0 and not strong else None
        rule = "continued" if going_on else strong[0].frame.kind if strong else "outlet"
        strong = [going_on] if going_on else strong
        chain = _chain(strong, self._words)
        hearsay = next((t for t in covering if t.frame.weak and t.frame.kind not in SILENT), None)
        if not chain and hearsay is not None:
            chain, rule = hearsay.speakers, hearsay.frame.kind
        stance = next((t.frame.stance for t in covering if t.frame.stance != "asserts"), "asserts")
        evidence = self._evidence(place, strong) if place >= 0 else ()
        return Attributed(chain, stance, evidence, self._distance(start, end, covering), rule)

    def _distance(self, start: int, end: int, covering: list[Told]) -> bool:
        near = self._outline.text[max(0, start - NEAR) : end].lower()
        return (
            "so-called" in near
            or "alleged" in near
            or any(not q.speech and q.start < end and start < q.end for q in self._outline.quotes)
            or any(t.frame.kind == "adverb" or t.frame.verb.lower() in DISTANCING for t in covering)
        )

    def _evidence(self, place: int, strong: list[Told]) -> tuple[str, ...]:
        """Name what the claim is said to rest on: pictures beside it, or who and what its voices are."""
        sentences = self._outline.sentences
        here = sentences[place]
        around = self._outline.lemmas(here.start, here.end)
        if place + 1 < len(sentences):
            opening = self._outline.doc[sentences[place + 1].first : sentences[place + 1].first + 2]
            around |= {token.lemma_.lower() for token in opening} & PICTURES
        voices = {lemma for told in strong for s in told.speakers for lemma in self._outline.lemmas(s.start, s.end)}
        found = [kind for kind in ("video", "photo", "satellite") if around & self._words[f"evidence.{kind}"]]
        found += [kind for kind in ("document", "eyewitness", "medical") if voices & self._words[f"evidence.{kind}"]]
        in_statement = STATEMENT.search(self._outline.text[here.start : here.end]) is not None
        if in_statement and strong and strong[0].kind in {"person", "body", "named"}:
            found.append("official_statement")
        return tuple(found)


def _covers(frame: Frame, start: int, end: int) -> bool:
    shared = min(end, frame.end) - max(start, frame.start)
    return shared > 0 and shared >= COVERED * (end - start)


def _inner_first(told: Told) -> tuple[bool, bool, int, int]:
    return told.frame.outer, told.frame.kind != "citing", told.frame.end - told.frame.start, -told.frame.cue


def _chain(strong: list[Told], words: Words) -> tuple[Speaker, ...]:
    """Join the voices of nested frames.

    Who denies, or cannot confirm, is the voice: nobody inside says what they deny. A person citing somebody stays the
    voice; a medium citing somebody carries.
    """
    refusing = [i for i, told in enumerate(strong) if told.frame.stance in {"denies", "cannot_confirm"}]
    governing = strong[refusing[0] if refusing else 0 :]
    if any(told.kind == "person" and told.frame.kind != "citing" for told in governing):
        governing = [told for told in governing if told.frame.kind != "citing"]
    if any(told.kind != "unnamed" for told in governing):
        # `A first inquiry found ten dead, the prosecutor said`: a paper without an owner is the speaker's own.
        governing = [told for told in governing if told.kind != "unnamed"]
    if governing and governing[0].frame.kind == "relative":
        # `accused the Front, which says it ...`: an aside is nobody's words but its own speaker's.
        governing = [governing[0], *(told for told in governing[1:] if told.frame.outer)]
    if len(governing) > 1 and governing[0].frame.verb.lower() in RECALLING and governing[1].frame.outer:
        governing = [*governing[1:], governing[0]]
    links: dict[str, Speaker] = {}
    for told in governing:
        for speaker in told.speakers:
            links.setdefault(speaker.speaker, speaker)
    return tuple(sorted(links.values(), key=lambda speaker: _is_medium(speaker.speaker, words)))


def _is_medium(name: str, words: Words) -> bool:
    """Tell whether a name is that of a news medium: an agency, a paper, a station."""
    return (
        name[:1].isupper()
        and bool(set(name.lower().replace("'s", "").split()) & words["press"])
        and " journalist" not in name
    )
