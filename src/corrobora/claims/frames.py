"""Finds the reporting frames of a sentence, and how neighbours share it.

A frame is a verb with its speaker (`the army said`), `according to X`, a noun (`reports of`), an adverb (`reportedly`).
Two frames side by side share a sentence at the clause boundary between them; one that another governs is nested in it.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace

from spacy.tokens import Token

from corrobora.claims.frame import Frame, Stretch, after
from corrobora.claims.phrases import phrase
from corrobora.claims.quotation import Quotation
from corrobora.claims.reporting import Words
from corrobora.claims.stance import called_false, tone
from corrobora.claims.verb_frames import ADDRESSING, VerbFrames

# `reportedly 90 people were hanged`: the parser hangs the adverb on the number.
WITHIN = frozenset({"nummod", "quantmod", "amod", "nsubj", "nsubjpass"})
CONTRAST = frozenset({"but", "while", "whereas", "although", "though", "yet", "whilst"})


class FrameFinder:
    """Finds the frames of one document, sentence by sentence. `starts` are the first tokens of its paragraphs."""

    def __init__(self, words: Words, quotes: Sequence[Quotation], starts: Collection[int]) -> None:
        self._words = words
        self._quotes = quotes
        self._starts = starts
        self._verbs = VerbFrames(words, quotes, starts)

    def frames(self, sentence: Stretch) -> list[Frame]:
        """Return the frames of a sentence, each with its reach: those that name a voice first, in text order."""
        found = [frame for token in sentence.doc[sentence.first : sentence.last] for frame in self._at(token, sentence)]
        aside = [f for f in found if f.weak or f.confined]
        strong = [self._after_asides(f, aside, sentence) for f in found if not f.weak and not f.confined]
        told = [*self._shared(sorted(strong, key=lambda f: f.left), sentence), *aside]
        return [self._to_contrast(frame, sentence) for frame in told]

    @staticmethod
    def _to_contrast(frame: Frame, sentence: Stretch) -> Frame:
        """Keep a doubt or denial from what is told after it.

        `could not confirm the toll but that four were held`, `denied the raid, saying that two had died`.
        """
        verb = sentence.doc[frame.cue]
        joined = (c for c in verb.children if c.dep_ == "conj" and c.i > verb.i)
        subjects = {"nsubj", "nsubjpass", "expl"}
        own = next((c for c in joined if any(t.dep_ in subjects for t in c.children)), None)
        but = next((c for c in verb.children if own is not None and c.dep_ == "cc" and c.lower_ == "but"), None)
        later = [c for c in verb.children if c.tag_ == "VBG" and c.i > verb.i]
        saying = (c for c in later if any(t.dep_ == "ccomp" for t in c.children))
        colon = (t for t in sentence.doc[verb.i : sentence.last] if t.text == ":" and verb in {*t.ancestors})
        ends = [t.idx for t in (but, next(saying, None), next(colon, None)) if t is not None]
        if frame.stance == "asserts" or not ends:
            return frame
        return replace(frame, end=min(frame.end, *ends)) if frame.start < min(ends) else frame

    def _at(self, token: Token, sentence: Stretch) -> list[Frame]:
        lemma = token.lemma_.lower()
        if silent := self._silent(token, sentence):
            return [*silent, *self._verbs.at(token, sentence)]
        per = token.lower_ == "per" and token.dep_ == "prep"
        if token.lower_ == "according" or (per and (token.head.pos_ == "VERB" or token.head.lower_ == "as")):
            return self._according(token, sentence)
        if token.lower_ == "for" and token.i == sentence.first:
            return self._in_the_eyes_of(token, sentence)
        if token.lower_ in self._words["impersonal_adverbs"]:
            whole = next((t for t in token.ancestors if t.dep_ not in WITHIN), token.head)
            start, end = sentence.subtree(whole)
            return [Frame(token.i, token.i, token.i, -1, token.text, "adverb", start, end, weak=True)]
        if lemma in self._words["citing"] and token.pos_ == "VERB":
            return self._citing(token, sentence)
        if lemma in self._words["account_of"] and token.dep_ == "pobj" and token.head.lower_ in {"by", "in"}:
            return self._account(token, sentence)
        if lemma in self._words["hearsay"] and token.pos_ in {"NOUN", "PROPN"} and not self._verbs.reports(token):
            return self._noun(token, sentence)
        return self._verbs.at(token, sentence)

    def _after_asides(self, frame: Frame, aside: Sequence[Frame], sentence: Stretch) -> Frame:
        """`The Front, which says it killed ten, denied ...`: what the relative clause tells is not denied."""
        cue = sentence.doc[frame.cue].idx
        inside = any(a.confined and not a.weak and frame.start <= a.start and a.end <= cue for a in aside)
        return replace(frame, start=cue) if inside and not frame.mid else frame

    def _according(self, token: Token, sentence: Stretch) -> list[Frame]:
        nouns = [t for t in token.subtree if t.dep_ == "pobj" and t.i > token.i]
        following = sentence.doc[token.i + 1 : min(sentence.last, token.i + 6)]
        head = next(iter(nouns or [t for t in following if t.pos_ in {"NOUN", "PROPN", "PRON"}]), None)
        if head is None:
            return []
        right = min(phrase(head, self._starts).end, sentence.last) - 1
        mid = any(t.is_alpha for t in sentence.doc[sentence.first : token.i])
        if (clause := self._within(token, sentence)) is not None:
            if head.lemma_.lower() in self._words["carriers"] and not any(
                c.dep_ in {"poss", "prep"} for c in head.children
            ):
                return []  # `said that, according to a first inquiry, ...`: the speaker's own
            start, end = sentence.subtree(clause)
            verb = sentence.doc[token.i : min(token.i + 2, sentence.last)].text
            return [Frame(token.i, token.i, right, head.i, verb, "according_to", start, end, confined=True)]
        verb = sentence.doc[token.i : min(token.i + 2, sentence.last)].text
        return [Frame(token.i, token.i, right, head.i, verb, "according_to", *sentence.characters, outer=True, mid=mid)]

    def _in_the_eyes_of(self, token: Token, sentence: Stretch) -> list[Frame]:
        """`For the deputy, Ana Sol, "it is 27 people who died"`: what stands between `for` and a quotation speaks."""
        quote = next(
            (q for q in self._quotes if q.speech and sentence.characters[0] < q.start < sentence.characters[1]), None
        )
        head = next((c for c in token.children if c.dep_ == "pobj"), None)
        if quote is None or head is None:
            return []
        right = phrase(head, self._starts).end - 1
        if sentence.doc.text[after(sentence.doc[right]) : quote.start].strip() != ",":
            return []
        return [Frame(token.i, token.i, right, head.i, token.text, "verb", quote.start, sentence.characters[1])]

    @staticmethod
    def _within(token: Token, sentence: Stretch) -> Token | None:
        """`She said that, according to partners, ten died`: the verb of the clause it opens, or None."""
        before = sentence.doc[max(sentence.first, token.i - 2) : token.i]
        mark = next((t for t in reversed(before) if t.is_alpha), None)
        if mark is None or mark.lower_ != "that" or mark.dep_ != "mark" or mark.head.i < token.i:
            return None
        return mark.head

    def _citing(self, token: Token, sentence: Stretch) -> list[Frame]:
        """`AFP reported, citing a doctor`; `the mayor was quoted as saying by AFP`; `AFP quoted him as saying that`."""
        passive = any(c.dep_ in {"auxpass", "nsubjpass"} for c in token.children)
        who = next((c for c in token.children if c.dep_ == ("nsubjpass" if passive else "dobj")), None)
        if who is None and passive:
            who = self._set_off_before(token, sentence)
        if who is None or (token.tag_ == "VBN" and not passive and not any(c.dep_ == "nsubj" for c in token.children)):
            return []
        if passive or token.tag_ == "VBG":
            kind = "verb" if passive else "citing"
            left = min(token.i, phrase(who, self._starts).start)
            whole = sentence.characters
            return [Frame(token.i, left, token.i, who.i, token.text, kind, *whole, mid=True, confined=True)]
        saying = next((t for c in token.children if c.lower_ == "as" for t in c.children if t.dep_ == "pcomp"), None)
        if saying is None:
            return []
        start, end = after(saying), sentence.characters[1]
        return [Frame(token.i, token.i, saying.i, who.i, token.text, "verb", start, end, confined=True)]

    @staticmethod
    def _set_off_before(token: Token, sentence: Stretch) -> Token | None:
        """`..., the minister, Ivo Radan, was quoted`: the name before a passive that the parser left alone."""
        first = min((c.i for c in token.children if c.dep_ in {"aux", "auxpass"}), default=token.i)
        before = sentence.doc[max(sentence.first, first - 2) : first]
        return next((t for t in reversed(before) if t.ent_type_ in {"PERSON", "ORG"}), None)

    def _account(self, token: Token, sentence: Stretch) -> list[Frame]:
        """`by this account`, `by its own count`: the voice before speaks on."""
        owner = next((c for c in token.children if c.dep_ == "poss" or c.lower_ in {"this", "that"}), None)
        belongs = [t for c in token.children if c.lower_ == "of" for t in c.children if t.dep_ == "pobj"]
        owner = owner or next((t for t in belongs if token.head.lower_ == "by"), None)
        if owner is None:
            return []
        verb = sentence.doc[token.head.i : token.i + 1].text
        return [
            Frame(token.i, token.head.i, token.i, owner.i, verb, "account", *sentence.characters, outer=True, mid=True)
        ]

    def _noun(self, token: Token, sentence: Stretch) -> list[Frame]:
        """`reports of a massacre`, `the army's claim that`, `a false report that`."""
        content = [
            c
            for c in token.children
            if c.i > token.i and (c.lower_ in {"of", "about"} or c.dep_ in {"acl", "ccomp", "relcl"})
        ]
        false = called_false(token, self._words)
        if not content and not false:
            return []
        owned = any(c.dep_ == "poss" or c.lower_ in {"by", "from"} for c in token.children)
        stance = "denies" if false else "asserts"
        who = token.i if owned and not false else -1
        return [
            Frame(
                token.i,
                token.i,
                token.i,
                who,
                token.text,
                "noun",
                *sentence.subtree(token),
                stance,
                weak=who < 0,
                confined=True,
            )
        ]

    def _silent(self, token: Token, sentence: Stretch) -> list[Frame]:
        """Frames that say how sure it is and not who says so: `the toll could rise`, `it is unclear how many`."""
        found = tone(token, self._words)
        if found is None:
            return []
        stance, content = found
        return [Frame(token.i, token.i, token.i, -1, "", "tone", *sentence.subtree(content), stance, weak=True)]

    # several frames in one sentence

    def _shared(self, frames: list[Frame], sentence: Stretch) -> list[Frame]:
        """Cut neighbouring frames at the clause boundary between them; leave nested ones as they are."""
        for place in range(len(frames) - 1):
            a, b = frames[place], frames[place + 1]
            if a.outer and not b.outer and not a.mid:
                continue
            if self._told_by(a, b, sentence):
                frames[place] = replace(a, end=min(a.end, sentence.doc[b.left].idx))
                continue
            if self._spliced(a, b, sentence):
                at = sentence.doc[b.left].idx
                frames[place], frames[place + 1] = replace(a, end=min(a.end, at)), replace(b, start=at, mid=False)
                continue
            if self._nested(a, b, sentence):
                frames[place + 1] = replace(b, start=max(b.start, sentence.doc[a.right].idx))
                continue
            cut = self._boundary(a, b, sentence)
            if cut is None and b.outer:
                continue
            by_order = sentence.doc[b.left].idx if not b.mid or a.mid else after(sentence.doc[a.right])
            at = by_order if cut is None else cut
            if not (a.outer and a.mid and b.mid and cut is None):
                frames[place] = replace(a, end=min(a.end, at))
            frames[place + 1] = replace(b, start=max(b.start, at))
        return frames

    @staticmethod
    def _spliced(a: Frame, b: Frame, sentence: Stretch) -> bool:
        """`Police said six died, the hospital put the toll at nine`: two sentences that a comma joins."""
        cue, teller = sentence.doc[a.cue], sentence.doc[b.cue]
        own = any(c.i > b.cue and c.dep_ in {"dobj", "ccomp"} for c in teller.children)
        joined = cue.dep_ in {"ccomp", "parataxis"} and cue.head == teller
        return joined and own and not a.mid and not a.outer and teller.lemma_ not in ADDRESSING

    @staticmethod
    def _told_by(a: Frame, b: Frame, sentence: Stretch) -> bool:
        """`The commander admitted that his men fired, the bishop said`: the first frame is what the second tells."""
        cue, teller = sentence.doc[a.cue], sentence.doc[b.cue]
        own = any(c.i > b.cue and c.dep_ in {"dobj", "ccomp", "prep", "dative"} for c in teller.children)
        tells = not own or teller.lemma_ in ADDRESSING
        return tells and b.mid and not a.mid and not a.outer and cue.dep_ == "ccomp" and cue.head == teller

    def _nested(self, a: Frame, b: Frame, sentence: Stretch) -> bool:
        """Tell whether frame b is part of what a governs: `says that Sharaa admits that`."""
        if b.mid or a.outer or b.outer:
            return False
        token = sentence.doc[b.cue]
        joint = sentence.doc[b.left - 1] if b.left > sentence.first else token
        if joint.lower_ in CONTRAST or any(c.dep_ == "mark" and c.lower_ in CONTRAST for c in token.children):
            return False
        if token.dep_ == "parataxis" or (a.mid and token.dep_ in {"advcl", "relcl", "acl"}):
            return False
        while token.head != token and token.i != a.cue:
            if token.dep_ == "conj" and token.head.i == a.cue:
                return False
            token = token.head
        return bool(token.i == a.cue)

    def _boundary(self, a: Frame, b: Frame, sentence: Stretch) -> int | None:
        """Return where the clause of b begins, after a's words: at `;`, at `but`, at `, and`."""
        best = None
        for token in sentence.doc[a.right + 1 : b.left + 1]:
            joins = token.lower_ == "and" and sentence.doc[token.i - 1].text == ","
            quoted = any(q.start < token.idx < q.end for q in self._quotes)
            if token.text == ";" or ((token.lower_ in CONTRAST or joins) and not quoted):
                best = int(token.idx)
        return best
