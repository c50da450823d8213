"""Reporting frames: the words that say who says so, and how far they reach.

A frame is a verb with its speaker (`the army said`), `according to X`, a noun (`reports of`), an adverb (`reportedly`), a
heading's mark (`13 killed - police`). Its reach are the characters that it governs. Two frames side by side share a
sentence at the clause boundary between them; a frame inside another's reach is nested in it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from corrobora.claims.quotation import Quotation
from corrobora.claims.speakers_in_text import Words, is_name_like, phrase
from corrobora.claims.stance import called_false, negated, predicts_rise, verb_stance

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
COMPLEMENTS = frozenset({"ccomp", "xcomp", "dobj", "oprd", "acomp", "pobj", "attr", "obj"})
OPENING = '"“«„‘'
CLOSING = '"”»“’'
TIMES = frozenset({"DATE", "TIME"})


@dataclass(frozen=True, slots=True)
class Frame:
    """Tokens `left` to `right` (inclusive) report; characters `start` to `end` are what they govern.

    `who` is the index of the speaker's head word, -1 for none; `weak` frames name nobody; `outer` ones carry others'
    words (`according to AFP`); `mid` is True where the frame stands inside or after what it governs.
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
    carriers: tuple[int, ...] = ()


def after(token: Token) -> int:
    """Return the character after a token."""
    return token.idx + len(token.text)


class FrameFinder:
    """Finds the frames of one document, sentence by sentence (tokens `first` to `last`, exclusive)."""

    def __init__(self, doc: Doc, words: Words, quotes: Sequence[Quotation]) -> None:
        self.doc = doc
        self.words = words
        self.quotes = quotes

    def frames(self, first: int, last: int) -> list[Frame]:
        """Return the sentence's frames in text order, each with its reach."""
        found: list[Frame] = []
        for token in self.doc[first:last]:
            frame = self._at(token, first, last)
            if frame is not None:
                found.append(frame)
        strong = sorted((f for f in found if not f.weak), key=lambda f: f.left)
        return [*self._shared(strong, first), *(f for f in found if f.weak)]

    def _at(self, token: Token, first: int, last: int) -> Frame | None:
        lemma = token.lemma_.lower()
        if token.lower_ in {"according", "accordance"}:
            return self._according(token, first, last)
        if token.lower_ == "per" and token.dep_ == "prep" and token.i == first:
            return self._according(token, first, last)
        if token.lower_ in self.words["impersonal_adverbs"]:
            return self._adverb(token, first, last)
        if lemma in self.words["hearsay"] and token.pos_ in {"NOUN", "PROPN"}:
            return self._noun(token, first, last)
        if token.pos_ in {"VERB", "AUX", "NOUN"} and self._reports(token, lemma):
            return self._verb(token, first, last)
        if lemma in self.words["account_of"] and token.dep_ == "pobj" and token.head.lower_ == "by":
            return self._account(token, first, last)
        return None

    def _reports(self, token: Token, lemma: str) -> bool:
        known = any(
            lemma in self.words[name]
            for name in ("speech", "figures", "continuing", "denies", "predicts", "justifies", "refused")
        )
        if token.pos_ == "NOUN":
            return known and token.dep_ == "ROOT" and token.tag_ in {"NN", "NNS"} and lemma in self.words["figures"]
        return known

    # kinds of frames

    def _according(self, token: Token, first: int, last: int) -> Frame | None:
        nouns = [t for t in token.subtree if t.dep_ == "pobj" and t.i > token.i]
        if not nouns:
            nouns = [t for t in self.doc[token.i + 1 : min(last, token.i + 6)] if t.pos_ in {"NOUN", "PROPN"}][:1]
        if not nouns:
            return None
        head = nouns[0]
        span = phrase(head)
        right = min(span.end, last) - 1
        opening = not any(t.is_alpha for t in self.doc[first : token.i])
        words = self.doc[token.i : min(token.i + 2, last)].text
        return Frame(
            token.i,
            token.i,
            right,
            head.i,
            words,
            "according_to",
            self.doc[first].idx,
            after(self.doc[last - 1]),
            outer=True,
            mid=not opening,
        )

    def _account(self, token: Token, first: int, last: int) -> Frame | None:
        owner = next(
            (
                c
                for c in token.children
                if c.dep_ in {"poss", "det"} and c.lower_ not in {"the", "a", "an", "all", "some", "any"}
            ),
            None,
        )
        if owner is None:
            return None
        return Frame(
            token.i,
            token.head.i,
            token.i,
            owner.i,
            self.doc[token.head.i : token.i + 1].text,
            "account",
            self.doc[first].idx,
            after(self.doc[last - 1]),
            outer=True,
            mid=True,
        )

    def _adverb(self, token: Token, first: int, last: int) -> Frame:
        start, end = self._subtree(token.head, first, last)
        return Frame(token.i, token.i, token.i, -1, token.text, "adverb", start, end, weak=True)

    def _noun(self, token: Token, first: int, last: int) -> Frame | None:
        content = [
            c
            for c in token.children
            if (c.dep_ == "prep" and c.lower_ in {"of", "about"}) or c.dep_ in {"acl", "ccomp", "relcl"}
        ]
        content = [c for c in content if c.i > token.i and (c.dep_ != "relcl" or c.subtree)]
        false = called_false(token, self.words)
        if not content:
            return None
        owner = any(c.dep_ == "poss" for c in token.children) or any(c.lower_ in {"by", "from"} for c in token.children)
        start, end = self._subtree(token, first, last)
        stance = "denies" if false else "asserts"
        return Frame(
            token.i,
            token.i,
            token.i,
            token.i if owner else -1,
            token.text,
            "noun",
            start,
            end,
            stance,
            weak=not owner or false,
        )

    def _verb(self, verb: Token, first: int, last: int) -> Frame | None:
        lemma = verb.lemma_.lower()
        stance = verb_stance(verb, self.words)
        if lemma in self.words["refused"] - self.words["speech"] - self.words["figures"] and stance == "asserts":
            return None
        passive = any(c.dep_ in {"auxpass", "nsubjpass"} for c in verb.children) or (
            verb.tag_ == "VBN" and verb.dep_ == "acl"
        )
        if passive:
            return self._passive(verb, lemma, stance, first, last)
        subject = self._subject(verb)
        if subject is None:
            return None
        if lemma in self.words["figures"] - self.words["speech"] and not self._speaks(subject):
            return None
        complement = self._complement(verb, subject, lemma, last)
        own = subject.head == verb
        span = phrase(subject) if own and first <= subject.i < last else None
        left = min(verb.i, span.start) if span else verb.i
        right = max(verb.i, span.end - 1) if span else verb.i
        left, right = max(left, first), min(right, last - 1)
        set_apart = self._set_apart(verb, left, right, first, last)
        if not complement and not set_apart:
            return None
        if lemma in self.words["continuing"] - self.words["speech"] and not set_apart:
            return None
        if lemma in self.words["clause_only"] and complement and not self._clause(verb):
            return None
        start, end = self._reach(verb, left, first, last, complement=complement, set_apart=set_apart, subject=subject)
        kind = "verb" if own else "participle"
        return Frame(verb.i, left, right, subject.i, self._verb_text(verb), kind, start, end, stance, mid=set_apart)

    def _passive(self, verb: Token, lemma: str, stance: str, first: int, last: int) -> Frame | None:
        agent = next(
            (
                t
                for c in verb.children
                if c.dep_ in {"agent", "prep"} and c.lower_ == "by"
                for t in c.children
                if t.dep_ == "pobj" and t.ent_type_ not in TIMES
            ),
            None,
        )
        start, end = self._subtree(verb, first, last)
        if verb.dep_ == "acl":
            if (
                agent is None
                or lemma in self.words["handing_on"]
                or lemma not in self.words["speech"] | self.words["figures"]
            ):
                return None
            start = self._subtree(verb.head, first, last)[0]
        if lemma in {"tell", "inform", "notify"} and agent is None:
            return None
        if agent is not None:
            return Frame(
                verb.i, verb.i, agent.i, agent.i, self._verb_text(verb), "passive", start, end, stance, mid=True
            )
        if stance == "cannot_confirm":
            return Frame(verb.i, verb.i, verb.i, -1, "", "refusal", start, end, stance, weak=True)
        if lemma not in self.words["impersonal_verbs"]:
            return None
        has_content = any(c.dep_ in {"ccomp", "xcomp", "oprd", "advcl"} for c in verb.children) or any(
            c.dep_ == "nsubjpass" and c.lower_ != "it" for c in verb.children
        )
        return (
            Frame(verb.i, verb.i, verb.i, -1, self._verb_text(verb), "impersonal", start, end, stance, weak=True)
            if has_content
            else None
        )

    # parts of a verb's frame

    def _subject(self, verb: Token) -> Token | None:
        """Return the verb's subject; for `saying`, `and added`, `declined to say` that of the verb above."""
        for _ in range(4):
            own = next((c for c in verb.children if c.dep_ in SUBJECTS and c.dep_ != "csubj"), None)
            if own is not None:
                return own
            if verb.dep_ in {"advcl", "conj", "xcomp", "ccomp", "pcomp"} and verb.head != verb:
                verb = verb.head
            elif verb.dep_ == "acl" and verb.head.pos_ in {"NOUN", "PROPN"}:
                return verb.head
            else:
                return None
        return None

    def _speaks(self, subject: Token) -> bool:
        lemma = subject.lemma_.lower()
        return (
            is_name_like(subject)
            or subject.pos_ == "PRON"
            or lemma in self.words["person"]
            or lemma in self.words["body"]
            or lemma in self.words["carriers"]
        )

    def _complement(self, verb: Token, subject: Token, lemma: str, last: int) -> bool:
        objects = (
            lemma
            in self.words["object"]
            | self.words["figures"]
            | self.words["denies"]
            | self.words["predicts"]
            | self.words["justifies"]
            | self.words["refused"]
        )
        for child in verb.children:
            if child.i < verb.i or child == subject or child.i >= last:
                continue
            if child.dep_ in {"ccomp", "xcomp", "parataxis"} and child.dep_ in COMPLEMENTS:
                return True
            if child.dep_ in {"dobj", "oprd", "acomp", "attr"} and objects and child.ent_type_ not in TIMES:
                return True
            if (
                child.dep_ == "prep"
                and child.lower_ in {"of", "about", "on", "to", "at"}
                and lemma in {"speak", "warn", "tell", "write", "testify", "comment", "admit", "point", "put"}
            ):
                return child.lower_ in {"of", "about", "at"} or lemma in {"comment", "admit"}
        beyond = self.doc[verb.i + 1 : last]
        opening = next((t for t in beyond if t.text in OPENING or t.text == ":"), None)
        return opening is not None and opening.i - verb.i <= 12 and not self._inside_quote(verb, opening)

    def _inside_quote(self, verb: Token, mark: Token) -> bool:
        return any(q.start < mark.idx < q.end for q in self.quotes)

    @staticmethod
    def _clause(verb: Token) -> bool:
        return any(c.dep_ in {"ccomp", "parataxis"} for c in verb.children)

    def _set_apart(self, verb: Token, left: int, right: int, first: int, last: int) -> bool:
        """Tell whether speaker and verb stand after, or inside, what they report: `..., he explained, ...`."""
        if left <= first:
            return False
        before = self.doc[left - 1]
        while before.i > first and before.lower_ in {"as", "and"} and False:
            before = self.doc[before.i - 1]
        return (
            before.text in {",", "—", "–", "-", ";"}
            or before.text in CLOSING
            or (before.lower_ == "as" and before.i > first and self.doc[before.i - 1].text == ",")
        )

    def _verb_text(self, verb: Token) -> str:
        particle = next((c for c in verb.children if c.dep_ == "prt"), None)
        return f"{verb.text} {particle.text}" if particle is not None else verb.text

    def _reach(
        self, verb: Token, left: int, first: int, last: int, *, complement: bool, set_apart: bool, subject: Token
    ) -> tuple[int, int]:
        sentence = self.doc[first].idx, after(self.doc[last - 1])
        if verb.dep_ == "relcl" or any(a.dep_ == "relcl" and a.i >= first for a in verb.ancestors):
            relative = verb if verb.dep_ == "relcl" else next(a for a in verb.ancestors if a.dep_ == "relcl")
            start, end = self._subtree(relative, first, last)
            if complement or subject.lower_ in {"who", "which", "that"}:
                return max(start, self.doc[left].idx), end
        content = any(c.dep_ in {"ccomp", "parataxis"} and c.i < left for c in verb.children)
        if set_apart and (not complement or content or verb.dep_ == "parataxis"):
            return sentence
        return self.doc[left].idx, sentence[1]

    def _subtree(self, token: Token, first: int, last: int) -> tuple[int, int]:
        start, end = max(token.left_edge.i, first), min(token.right_edge.i, last - 1)
        return self.doc[start].idx, after(self.doc[end])

    # several frames in one sentence

    def _shared(self, frames: list[Frame], first: int) -> list[Frame]:
        """Cut neighbouring frames at the clause boundary between them; leave nested ones as they are."""
        for place in range(len(frames) - 1):
            a, b = frames[place], frames[place + 1]
            if a.outer or self._nested(a, b):
                if not a.outer and not b.outer:
                    frames[place + 1] = replace(
                        b, start=max(b.start, self.doc[a.right].idx if not b.mid else self.doc[a.right].idx)
                    )
                continue
            cut = self._boundary(a, b, first)
            if b.outer and cut is None:
                continue
            at = cut if cut is not None else (self.doc[b.left].idx if not b.mid or a.mid else after(self.doc[a.right]))
            if not b.outer:
                frames[place] = replace(a, end=min(a.end, at))
            elif not a.mid:
                frames[place] = replace(a, end=min(a.end, at))
            frames[place + 1] = replace(b, start=max(b.start, at))
        return frames

    def _nested(self, a: Frame, b: Frame) -> bool:
        """Tell whether frame b is part of what a governs."""
        if a.mid and not b.mid and self.doc[b.cue].dep_ in {"advcl", "relcl", "acl"}:
            return False
        token = self.doc[b.cue]
        while token.head != token and token.i != a.cue:
            if token.dep_ == "conj" and token.head.i == a.cue:
                return False
            token = token.head
        return token.i == a.cue and self.doc[b.cue].dep_ not in {"parataxis"} and not b.mid

    def _boundary(self, a: Frame, b: Frame, first: int) -> int | None:
        """Return where the clause of b begins, after a's words: at `;`, at `, but`, at `, while`."""
        best = None
        for token in self.doc[a.right + 1 : b.left + 1]:
            before = self.doc[token.i - 1]
            if token.text == ";":
                best = token.idx
            elif token.lower_ in {"but", "while", "whereas", "although", "though", "yet"} and not any(
                q.start < token.idx < q.end for q in self.quotes
            ):
                best = token.idx
            elif token.lower_ == "and" and before.text == ",":
                best = token.idx
        return best
