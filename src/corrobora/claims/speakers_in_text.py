"""Who the words name: from the noun phrase that speaks to a name, through pronouns, roles and abbreviations.

`the police spokesman, Gambo Isa` is Gambo Isa; `the spokesman`, `Isa`, `he` after it are too; `the Observatory` is the
body whose name has that word in it. Descriptions are kept (`a resident`). Nothing is inferred about a person.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Doc, Span, Token

from corrobora.claims.introduced import (
    abbreviations,
    body_names,
    introductions,
    is_body,
    longer_names,
    same_person,
    without_title,
)
from corrobora.claims.phrases import capital_runs, is_name_like, phrase, written
from corrobora.claims.reporting import Words

# `named` is a name that may be a person's or a body's: `Hamas`, `Okello`.
Kind = Literal["person", "body", "described", "named", "unnamed"]

PERSONAL = frozenset({"he", "she", "his", "her", "him"})
THING = frozenset({"it", "its", "they", "their", "them", "this", "that", "these", "those", "which", "who"})
POSSESSIVE = frozenset({"its", "his", "her", "their", "our", "my"})
WHEN = frozenset({"earlier", "later", "meanwhile", "today", "yesterday", "now", "also"})
OF_A_PLACE = frozenset({"based", "backed", "led", "linked", "run", "funded"})
PEOPLE = frozenset({"person", "described", "named"})
BODIES = frozenset({"body", "named"})
LONGEST_NAME = 14


@dataclass(frozen=True, slots=True)
class Named:
    """A voice as one phrase names it: tokens `start` to `end` (exclusive), its name, and what kind of voice it is."""

    start: int
    end: int
    name: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Voice:
    """A voice heard in the document so far: its name, kind, and the words that introduced it."""

    name: str
    kind: Kind
    words: frozenset[str]
    plural: bool


class Naming:
    """Names the voices of one document. Phrases are asked about in reading order, so that pronouns look back.

    `heard` are the voices named so far, oldest first; `persons` the full personal names of the whole document.
    """

    def __init__(self, doc: Doc, words: Words, starts: Collection[int] = ()) -> None:
        self.doc = doc
        self.words = words
        self.starts = starts
        self.heard: list[Voice] = []
        self.abbreviations = abbreviations(doc.text)
        self.roles = introductions(doc, words)
        self._longer = longer_names(doc, words)
        self._bodies = body_names(doc, words)

    # from a phrase to a name

    def named(self, head: Token) -> Named:
        """Name the voice of the noun phrase around `head`, and remember it."""
        span = phrase(head, self.starts)
        lemma = head.lemma_.lower()
        if head.pos_ == "PRON" or head.lower_ in PERSONAL | THING:
            return Named(head.i, head.i + 1, *self._pronoun(head))
        if lemma in self.words["carriers"] | self.words["hearsay"] and head.pos_ != "PROPN":
            return self._owner(head, span)
        person = self._person(span, head) or self._of_office(head) or self._cut_off(span) or self._called(head)
        if person:
            full = self._fullest(person)
            self._hear(full, "person", span)
            return Named(span.start, span.end, full, "person")
        return self._body_or_described(head, span)

    def _cut_off(self, span: Span) -> str:
        """`said Lt. Jane Roe`: where the parser ends a sentence after `Lt.`, the name stands in the next."""
        last = self.doc[span.end - 1]
        if last.lower_.rstrip(".") not in self.words["titles"]:
            return ""
        at = span.end
        while at < len(self.doc) and self.doc[at].text == ".":
            at += 1
        after: list[Token] = []
        while at < len(self.doc) and at not in self.starts and is_name_like(self.doc[at]):
            after.append(self.doc[at])
            at += 1
        return without_title(self.words, after) if after else ""

    def _of_office(self, head: Token) -> str:
        """`Commissioner of Police Naziru Lamba`: the parser takes the name for part of the office."""
        if head.lower_ not in self.words["titles"] | self.words["person"]:
            return ""
        office = [t for c in head.children if c.lower_ == "of" for t in c.subtree if t != c]
        name = [t for t in office if t.ent_type_ == "PERSON"]
        ends = len(name) > 1 and office[-len(name) :] == name and len(office) > len(name)
        return written(name) if ends and not is_body(name, self.words) else ""

    def _called(self, head: Token) -> str:
        """`a farmer who gave his name as Musa`, `a woman identified only as Grace`: the name told beside them."""
        for clause in (c for c in head.children if c.dep_ in {"relcl", "acl"}):
            naming = clause.lemma_ in {"identify", "name", "call"} or any(c.lemma_ == "name" for c in clause.children)
            names = [t for t in clause.subtree if t.dep_ == "pobj" and t.head.lower_ == "as" and is_name_like(t)]
            names += [t for t in clause.children if t.dep_ == "oprd" and is_name_like(t)]
            if naming and names:
                return written(capital_runs(list(phrase(names[0], self.starts)))[-1])
        return ""

    def _body_or_described(self, head: Token, span: Span) -> Named:
        lemma = head.lemma_.lower()
        first = self.doc[span.start]
        definite = first.lower_ in {"the", "this", "that", "these", "those"} or first.lower_ in POSSESSIVE
        core = self._core(head, span)
        capitals = any(is_name_like(token) for token in core[1:]) or (
            bool(core) and is_name_like(core[0]) and (not core[0].is_sent_start or core[0].pos_ == "PROPN")
        )
        if definite and (earlier := self._earlier(head, core)):
            self.heard.append(earlier)
            return Named(span.start, span.end, earlier.name, earlier.kind)
        name = written(core)
        name = self.abbreviations.get(name, name)
        if capitals and not is_body(core, self.words) and (full := self._fullest(name)) != name:
            self._hear(full, "person", span)
            return Named(span.start, span.end, full, "person")
        described = lemma in self.words["person"] or lemma in {"people", "man", "woman"}
        named = len(core) <= 2 and all(is_name_like(token) for token in core) and not is_body(core, self.words)
        kind: Kind = "described" if described else "named" if named else "body"
        name = self._lowered(name, core)
        self._hear(name, kind, span, plural=head.tag_ in {"NNS", "NNPS"})
        return Named(span.start, span.end, name, kind)

    def _lowered(self, name: str, core: Sequence[Token]) -> str:
        """Take the capital of a sentence's first word away where it is no name: `Police` and `police` are one voice."""
        if not core or not core[0].text[:1].isupper() or any(is_name_like(token) for token in core[1:]):
            return name
        known = {lemma for kind in ("person", "body", "carriers") for lemma in self.words[kind]}
        plain = core[0].pos_ in {"DET", "ADJ", "NOUN", "ADV"} or core[0].lemma_.lower() in known
        plain = plain or (len(core) > 1 and core[-1].lemma_.lower() in known and not core[0].ent_type_)
        opens = core[0].is_sent_start or core[0].i in self.starts or self.doc[core[0].i - 1].is_space
        return name[:1].lower() + name[1:] if plain and opens and not core[0].text.isupper() else name

    def _core(self, head: Token, span: Span) -> list[Token]:
        """Return the phrase's own words: no article `the`, brackets, apposition or second speaker."""
        start, end = span.start, span.end
        if self.doc[start].lower_ == "the" and (self.doc[start].is_sent_start or self.doc[start].text == "the"):
            start += 1
        for token in span:
            if token.i <= head.i:
                continue
            joined = token.dep_ == "cc" and token.head == head and not self._one_name(token)
            if token.text in {",", "(", "[", "—", "–", ";", ":"} or joined:
                end = token.i
                break
        core = [token for token in self.doc[start : min(end, start + LONGEST_NAME)] if not token.is_space]
        return self._bare_name(core, head)

    def _bare_name(self, core: list[Token], head: Token) -> list[Token]:
        """Leave out what stands before a body's own name: `UK-based`, `the paramilitary`, `Earlier`; not its owner."""
        while len(core) > 1 and (core[0].pos_ == "ADV" or core[0].lower_ in WHEN):
            core = core[1:]
        run = next((run for run in capital_runs(core) if head in run), None)
        if run is None or (len(run) == 1 and not (head.text.isupper() and len(head) > 1)):
            return core
        hyphen = max((place for place, t in enumerate(run) if t.lower_ in OF_A_PLACE), default=-1)
        first = core.index(run[min(hyphen + 1, len(run) - 1)])
        owned = first > 0 and core[first - 1].tag_ == "POS"
        return core if owned else core[first:]

    def _one_name(self, conjunction: Token) -> bool:
        after = self.doc[conjunction.i + 1] if conjunction.i + 1 < len(self.doc) else None
        return is_name_like(conjunction.head) and after is not None and is_name_like(after)

    def _person(self, span: Span, head: Token) -> str:
        """Return the personal name in the phrase, '' if there is none: the head, a title's bearer or an apposition."""
        roles = self.words["person"]
        pieces = self._pieces(span, head)
        told = [any(token.lemma_.lower() in roles for token in piece) for piece in pieces]
        for place, piece in enumerate(pieces):
            runs = capital_runs(piece)
            if not runs:
                continue
            run = runs[-1]
            name = without_title(self.words, run)
            kept = run[-len(name.split()) :]
            last = name.split()[-1].lower() if name else ""
            if (
                not name
                or last in roles | self.words["titles"]
                or is_body(kept, self.words)
                or self._before_noun(run, span)
            ):
                continue
            before = piece[: piece.index(run[0])]
            role = bool(before) and before[-1].lemma_.lower() in roles
            apposed = len(run) > 1 and any(told[:place] + told[place + 1 :])
            if role or apposed or len(kept) < len(run) or any(token.ent_type_ == "PERSON" for token in run[-2:]):
                return name
        return ""

    @staticmethod
    def _before_noun(run: Sequence[Token], span: Span) -> bool:
        """`Law enforcement authorities`: capitals that belong to a noun after them name no person."""
        owner = run[-1].head
        return (
            run[-1].dep_ in {"compound", "amod", "nmod"}
            and owner.i > run[-1].i
            and owner.i < span.end
            and not is_name_like(owner)
        )

    def _pieces(self, span: Span, head: Token) -> list[list[Token]]:
        """Split a phrase at its commas; leave out possessors and what hangs on a preposition (`of Benue State`)."""
        skipped = {t.i for child in head.subtree if child.dep_ == "poss" for t in child.subtree}
        pieces: list[list[Token]] = [[]]
        inside = False
        for token in span:
            if token.text in {"(", "["}:
                inside = True
            if token.text in {",", ";", "(", ")", "[", "]"}:
                inside = inside and token.text not in {")", "]"}
                pieces.append([])
            elif token.dep_ == "cc" and token.head == head and not self._one_name(token):
                break
            elif not inside and token.i not in skipped and not self._below_preposition(token, head):
                pieces[-1].append(token)
        return [piece for piece in pieces if piece]

    @staticmethod
    def _below_preposition(token: Token, head: Token) -> bool:
        while token not in (head, token.head):
            if token.dep_ == "prep":
                return True
            if token.dep_ == "appos" and token.ent_type_ == "PERSON":
                return False  # `governor of Selm, Ivo Radan`: the parser hangs the name on the place
            token = token.head
        return False

    def _owner(self, head: Token, span: Span) -> Named:
        """Name whose statement, report or toll it is; the last voice where only `the statement` stands."""
        for child in head.children:
            if child.dep_ == "poss":
                return self.named(child)
            if child.dep_ in {"prep", "agent"} and child.lower_ in {"by", "from", "of"}:
                owners = [t for t in child.children if t.dep_ == "pobj" and self._can_speak(t)]
                if owners:
                    return self.named(owners[0])
            if child.dep_ == "acl":
                owners = [t for c in child.children if c.dep_ == "agent" for t in c.children if t.dep_ == "pobj"]
                if (
                    owners
                    and child.lower_ not in self.words["handing_on"]
                    and child.lemma_ not in self.words["handing_on"]
                ):
                    return self.named(owners[0])
        before = [
            token
            for token in self.doc[span.start : head.i]
            if token.dep_ in {"compound", "nmod", "amod"} and token.lemma_.lower() not in self.words["carriers"]
        ]
        proper = [
            token
            for token in before
            if (is_name_like(token) and not token.is_sent_start)
            or token.lemma_.lower() in self.words["body"]
            or token.text.isupper()
        ]
        if proper:
            owner = before[before.index(proper[0]) :]
            name = written(owner)
            name = self.abbreviations.get(name, name)
            self._hear(name, "body", span)
            return Named(span.start, span.end, name, "body")
        bare = self.doc[span.start].dep_ not in {"det", "poss"} and self.doc[span.start].lower_ not in {
            "the",
            "a",
            "an",
        }
        indefinite = self.doc[span.start].lower_ in {"a", "an"}
        plain = not before and head.lemma_.lower() in self.words["papers"]
        if not bare and (plain or not indefinite) and self.heard:
            return Named(span.start, span.end, self.heard[-1].name, self.heard[-1].kind)
        core = self._core(head, span)
        name = self._lowered(written(core), core)
        return Named(
            span.start,
            span.end,
            "" if len(core) == 1 and head.lemma_.lower() in self.words["hearsay"] else name,
            "unnamed",
        )

    def _can_speak(self, token: Token) -> bool:
        lemma = token.lemma_.lower()
        return is_name_like(token) or lemma in self.words["person"] or lemma in self.words["body"]

    # looking back

    def _pronoun(self, token: Token) -> tuple[str, Kind]:
        low = token.lower_
        if low in {"who", "which", "that"}:
            clause = next((a for a in token.ancestors if a.dep_ in {"relcl", "acl"}), None)
            if clause is not None and clause.head != token:
                found = self.named(clause.head)
                return found.name, found.kind
        wanted = PEOPLE if low in PERSONAL else BODIES if low in {"it", "its"} else PEOPLE | BODIES
        plural = low in {"they", "their", "them"}
        for voice in reversed(self.heard):
            if voice.kind in wanted and (not plural or voice.plural or voice.kind in BODIES):
                return voice.name, voice.kind
        if low in PERSONAL:
            names = [e for e in self.doc.ents if e.label_ == "PERSON" and e.end <= token.i]
            if names and (name := without_title(self.words, names[-1])):
                return self._fullest(name), "person"
        if low in {"it", "its"} and (name := self._body_before(token)):
            return name, "body"
        return "", "unnamed"

    def _body_before(self, token: Token) -> str:
        """Return the last body named before a token, heard or not."""
        name = next((name for name, end in reversed(self._bodies) if end <= token.i), "")
        return self.abbreviations.get(name, name)

    def _earlier(self, head: Token, core: Sequence[Token]) -> Voice | None:
        """Find whom `the spokesman`, `the Observatory`, `the group` stands for: heard before, or introduced."""
        lemma = head.lemma_.lower()
        said = {token.lower_ for token in core if is_name_like(token)} | {head.lower_}
        if lemma in self.words["person"]:
            return self._bearer(head, core)
        if lemma in self.words["of_state"] and not any(is_name_like(token) for token in core):
            return None
        names = [voice.name for voice in reversed(self.heard) if voice.kind in BODIES]
        names += [
            self.abbreviations.get(e.text, e.text)
            for e in reversed(self.doc.ents)
            if e.label_ == "ORG" and e.end <= head.i
        ]
        names += [*self.abbreviations.values(), *(name for name, _ in self._bodies)]
        for name in names:
            if said < set(name.lower().replace("(", " ").split()):
                return Voice(name.removeprefix("the ").removeprefix("The "), "body", frozenset(), plural=False)
        if lemma not in self.words["any_body"] or len(said) > 1 or head.tag_ != "NN":
            return None
        last = next((voice for voice in reversed(self.heard) if voice.kind in BODIES), None)
        return last or (Voice(name, "body", frozenset(), plural=False) if (name := self._body_before(head)) else None)

    def _bearer(self, head: Token, core: Sequence[Token]) -> Voice | None:
        """Find the person of a role: `the mayor`, `its acting mayor`; `the official` is whoever spoke last."""
        if head.tag_ in {"NNS", "NNPS"}:
            return None
        lemma = head.lemma_.lower()
        beside = {t.lemma_.lower() for t in core if t.head == head and t.dep_ in {"amod", "compound", "nmod"}}
        for voice in reversed(self.heard):
            if voice.kind in PEOPLE and not voice.plural and {lemma, *beside} <= voice.words:
                return voice
        beside &= self.words["person"] | self.words["titles"]
        bearers = [name for name, told in self.roles.items() if {lemma, *beside} <= told]
        if len(bearers) == 1:
            return Voice(self._fullest(bearers[0]), "person", self.roles[bearers[0]], plural=False)
        if lemma not in self.words["any_person"] or len(core) > 1:
            return None
        return next((v for v in reversed(self.heard) if v.kind in PEOPLE and not v.plural), None)

    def _fullest(self, name: str) -> str:
        """Return the one longest name of the document that holds these words: `Isa` is `Gambo Isa`."""
        longer = {full for full in self.roles if same_person(name, full)}
        longest = {full for full in longer if not any(same_person(full, other) for other in longer)}
        if len(longest) == 1:
            return longest.pop()
        return self._only_longer(name) if not longest and " " not in name else name

    def _only_longer(self, name: str) -> str:
        """Return the one run of two to four capitals in the document that ends with this name, if there is one."""
        found = {full for full in self._longer if full.split()[-1] == name}
        return found.pop() if len(found) == 1 else name

    def _hear(self, name: str, kind: Kind, span: Span, *, plural: bool = False) -> None:
        told = frozenset(token.lemma_.lower() for token in span) | frozenset(name.lower().split())
        earlier = next((voice.words for voice in self.heard if voice.name == name), frozenset())
        self.heard.append(Voice(name, kind, told | earlier | self.roles.get(name, frozenset()), plural))
