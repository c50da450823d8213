"""The voices heard so far in a document, and whom `he`, `the spokesman`, `the group` or a bare surname means.

A pronoun or a definite phrase is the nearest earlier voice that fits: a person for `he`, a body for `it`, somebody of
that role for `the mayor`. Nothing is inferred about a person.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Doc, Span, Token

from corrobora.claims.introduced import (
    JOINING,
    abbreviations,
    body_names,
    introductions,
    longer_names,
    same_person,
    without_title,
)
from corrobora.claims.phrases import is_name_like, phrase, written
from corrobora.claims.reporting import Words

# `named` is a name that may be a person's or a body's: `Hamas`, `Okello`.
Kind = Literal["person", "body", "described", "named", "unnamed"]

PERSONAL = frozenset({"he", "she", "his", "her", "him"})
NEUTRAL = frozenset({"it", "its"})
PLURAL = frozenset({"they", "their", "them"})
PEOPLE = frozenset({"person", "described", "named"})
BODIES = frozenset({"body", "named"})


@dataclass(frozen=True, slots=True)
class Voice:
    """A voice heard in the document so far: its name, kind, and the words that introduced it."""

    name: str
    kind: Kind
    words: frozenset[str]
    plural: bool


class Voices:
    """The voices of one document, oldest first.

    `abbreviations` are those that the text introduces, `roles` its full personal names with the roles told beside them.
    """

    def __init__(self, doc: Doc, words: Words) -> None:
        self.doc = doc
        self.words = words
        self.abbreviations = abbreviations(doc.text)
        self.roles = introductions(doc, words)
        self._heard: list[Voice] = []
        self._carriers: list[Voice] = []
        self._longer = longer_names(doc, words)
        self._bodies = body_names(doc, words)

    @property
    def last(self) -> Voice | None:
        """The voice that spoke last, None before any has."""
        return self._heard[-1] if self._heard else None

    def hear(self, name: str, kind: Kind, span: Span, *, plural: bool = False) -> None:
        """Remember a voice by its name and the words of the phrase that named it."""
        told = frozenset(token.lemma_.lower() for token in span) | frozenset(name.lower().split())
        earlier = next((voice.words for voice in self._heard if voice.name == name), frozenset())
        self._heard.append(Voice(name, kind, told | earlier | self.roles.get(name, frozenset()), plural))

    def again(self, voice: Voice) -> None:
        """Remember that a voice heard before speaks again."""
        self._heard.append(voice)

    def carried(self, name: str, span: Span) -> None:
        """Remember who carried words: `the agency` may be it later, `it` and `he` are not."""
        told = frozenset(token.lemma_.lower() for token in span) | frozenset(name.lower().split())
        self._carriers.append(Voice(name, "body", told, plural=False))

    def carrier(self, noun: str) -> str:
        """Return the last carrier that a noun like `newspaper` may mean, '' where there is none.

        One that the text calls so itself comes first.
        """
        so_called = [voice.name for voice in self._carriers if noun in voice.words]
        return next(reversed(so_called or [voice.name for voice in self._carriers]), "")

    # whom a word means

    def pronoun(self, token: Token) -> tuple[str, Kind]:
        """Name the nearest voice that a pronoun fits, ('', 'unnamed') where there is none."""
        low = token.lower_
        personal, neutral, plural = low in PERSONAL, low in NEUTRAL, low in PLURAL
        if (personal or plural) and (found := self._subject_before(token, plural=plural)):
            return found
        if neutral and (name := self._body_of_the_sentence(token)):
            return name, "body"
        wanted = PEOPLE if personal else BODIES if neutral else PEOPLE | BODIES
        for voice in reversed(self._heard):
            many = not plural or voice.plural or voice.kind in BODIES
            many = many and not (personal and voice.plural)
            if voice.kind in wanted and many and not (personal and self._other_sex(low, voice)):
                return voice.name, voice.kind
        if personal and (names := [e for e in self.doc.ents if e.label_ == "PERSON" and e.end <= token.i]):
            name = without_title(self.words, names[-1])
            return (self.fullest(name), "person") if name else ("", "unnamed")
        if neutral and (name := self._body_before(token)):
            return name, "body"
        return "", "unnamed"

    def earlier(self, head: Token, core: Sequence[Token]) -> Voice | None:
        """Find whom `the spokesman`, `the Observatory`, `the group` stands for: heard before, or introduced."""
        lemma = head.lemma_.lower()
        said = {token.lower_ for token in core if is_name_like(token)} | {head.lower_}
        own_name = lemma in self.words["any_body"] and any(is_name_like(t) for t in core if t != head)
        if lemma in self.words["person"] and not own_name:  # `the Selm Monitor` is no monitor of before
            bearer = self._bearer(head, core)
            if bearer is not None or lemma not in self.words["any_body"]:
                return bearer
        if lemma in self.words["of_state"] and not any(is_name_like(token) for token in core):
            return None
        names = [voice.name for voice in reversed(self._heard) if voice.kind in BODIES]
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
        heard = [voice for voice in reversed(self._heard) if voice.kind in BODIES]
        so_called = next((voice for voice in (*heard, *reversed(self._carriers)) if lemma in voice.words), None)
        if so_called is not None or heard:
            return so_called or heard[0]
        name = self._called(head) or self._body_before(head)
        return Voice(name, "body", frozenset(), plural=False) if name else None

    def _called(self, head: Token) -> str:
        """The last name that stood right after this noun: `the charity Water for Norra` is `the charity` later."""
        for token in reversed(self.doc[: head.i]):
            if token.lower_ == head.lower_ and is_name_like(self.doc[token.i + 1]):
                end = token.i + 2
                while end < head.i and (is_name_like(self.doc[end]) or self.doc[end].lower_ in JOINING):
                    end += 1
                run = list(self.doc[token.i + 1 : end])
                while not is_name_like(run[-1]):
                    run.pop()
                return written(run)
        return ""

    def fullest(self, name: str) -> str:
        """Return the one longest name of the document that holds these words: `Isa` is `Gambo Isa`."""
        longer = {full for full in self.roles if same_person(name, full)}
        longest = {full for full in longer if not any(same_person(full, other) for other in longer)}
        if len(longest) == 1:
            return longest.pop()
        return self._only_longer(name) if not longest and " " not in name else name

    def _bearer(self, head: Token, core: Sequence[Token]) -> Voice | None:
        """Find the person of a role: `the mayor`, `its acting mayor`; `the official` is whoever spoke last."""
        if head.tag_ in {"NNS", "NNPS"}:
            return None
        if any(t.dep_ == "poss" and t.lower_ in {"his", "her"} for t in head.children):
            return None  # `the minister is away; his spokesman says`: not the spokesman heard before
        lemma = head.lemma_.lower()
        beside = {t.lemma_.lower() for t in core if t.head == head and t.dep_ in {"amod", "compound", "nmod"}}
        for voice in reversed(self._heard):
            if voice.kind in PEOPLE and not voice.plural and {lemma, *beside} <= voice.words:
                return voice
        beside &= self.words["person"] | self.words["titles"]
        bearers = [name for name, told in self.roles.items() if {lemma, *beside} <= told]
        if len(bearers) == 1:
            return Voice(self.fullest(bearers[0]), "person", self.roles[bearers[0]], plural=False)
        if lemma not in self.words["any_person"] or len(core) > 1:
            return None
        return next((v for v in reversed(self._heard) if v.kind in PEOPLE and not v.plural), None)

    def _other_sex(self, pronoun: str, voice: Voice) -> bool:
        """`she` is no policeman, `he` no mother: by the words that the text uses of them, and no others."""
        return bool(voice.words & self.words["male" if pronoun in {"she", "her"} else "female"])

    def _subject_before(self, token: Token, *, plural: bool) -> tuple[str, Kind] | None:
        """Return whom the sentence before is about, None where it is about nobody that fits or reports itself."""
        start = token.sent.start
        before = self.doc[start - 1].sent if start else None
        if before is None or before.root.lemma_.lower() in self.words["speech"]:
            return None
        subjects = [t for t in before.root.children if t.dep_ in {"nsubj", "nsubjpass"}]
        about = next((t for t in subjects if t.ent_type_ == "PERSON"), None)
        if about is not None and not plural and self.last is not None:
            entity = next(e for e in self.doc.ents if e.start <= about.i < e.end)
            name = without_title(self.words, entity)
            return (self.fullest(name), "person") if name else None
        people = self.words["person"] | self.words["kin"]
        tag = "NNS" if plural else "NN"
        silent = before.root.lemma_.lower() in self.words["suffered"] or '"' in before.text or "”" in before.text
        if silent or any(t.dep_ == "nsubjpass" for t in subjects):
            return None
        noun = next((t for t in subjects if t.tag_ == tag and t.lemma_.lower() in people), None)
        if noun is None or any(is_name_like(t) for t in phrase(noun) if t.i > phrase(noun).start):
            return None
        name = written(list(phrase(noun)))
        name = name[:1].lower() + name[1:]
        return name.removeprefix("the "), "described"

    def _body_of_the_sentence(self, token: Token) -> str:
        """`The Network's head, Ivo Radan, said it had counted ten`: it is whose head speaks."""
        owners = (e for e in token.sent.ents if e.label_ == "ORG" and e.end <= token.i and e.root.dep_ == "poss")
        owner = next((e for e in owners if e.root.head.dep_ in {"nsubj", "appos", "compound"}), None)
        name = "" if owner is None else written(list(owner)).removeprefix("the ").removeprefix("The ")
        return self.abbreviations.get(name, name)

    def _body_before(self, token: Token) -> str:
        """Return the last body named before a token, heard or not."""
        name = next((name for name, end in reversed(self._bodies) if end <= token.i), "")
        return self.abbreviations.get(name, name)

    def _only_longer(self, name: str) -> str:
        """Return the one run of two to four capitals in the document that ends with this name, if there is one."""
        found = {full for full in self._longer if full.split()[-1] == name}
        return found.pop() if len(found) == 1 else name
