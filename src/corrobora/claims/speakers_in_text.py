"""Who the words name: from the noun phrase that speaks to a name, through pronouns, roles and abbreviations.

`the police spokesman, Gambo Isa` is Gambo Isa; `the spokesman`, `Isa`, `he` after it are too; `the Observatory` is the
body whose name has that word in it. Descriptions are kept (`a resident`). Nothing is inferred about a person.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from corrobora.claims.introduced import is_body, without_title
from corrobora.claims.phrases import capital_runs, is_name_like, phrase, written
from corrobora.claims.reporting import Words
from corrobora.claims.voices import NEUTRAL, PERSONAL, PLURAL, Kind, Voices

POINTING = frozenset({"this", "that", "these", "those", "which", "who"})
POSSESSIVE = frozenset({"its", "his", "her", "their", "our", "my"})
WHEN = frozenset({"earlier", "later", "meanwhile", "today", "yesterday", "now", "also"})
OF_A_PLACE = frozenset({"based", "backed", "led", "linked", "run", "funded"})
LONGEST_NAME = 14


@dataclass(frozen=True, slots=True)
class Named:
    """A voice as one phrase names it: tokens `start` to `end` (exclusive), its name, and what kind of voice it is."""

    start: int
    end: int
    name: str
    kind: Kind


class Naming:
    """Names the voices of one document. Phrases are asked about in reading order, so that pronouns look back.

    `voices` remembers those named so far.
    """

    def __init__(self, doc: Doc, words: Words, starts: Collection[int] = ()) -> None:
        self.doc = doc
        self.words = words
        self.starts = starts
        self.voices = Voices(doc, words)
        self._issued: dict[str, Named] = {}

    def named(self, head: Token) -> Named:
        """Name the voice of the noun phrase around `head`, and remember it."""
        span = phrase(head, self.starts)
        lemma = head.lemma_.lower()
        shouted = len(head) > 1 and head.text.isupper() and not head.sent.text.isupper()  # `WHO said` is a body
        if not shouted and (head.pos_ == "PRON" or head.lower_ in PERSONAL | NEUTRAL | PLURAL | POINTING):
            return Named(head.i, head.i + 1, *self._pronoun(head))
        if lemma in self.words["carriers"] | self.words["hearsay"] and head.pos_ != "PROPN":
            return self._issuer(head, span)
        person = self._person(span, head) or self._of_office(head) or self._cut_off(span) or self._called(head)
        person = person or self._set_off(head, span)
        if person:
            full = self.voices.fullest(person)
            self.voices.hear(full, "person", span)
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

    def _set_off(self, head: Token, span: Span) -> str:
        """`According to the head of the union, Ivo Radan, the men ...`: a name that the parser gave to what follows."""
        rest = self.doc[span.end : head.sent.end]
        if len(rest) < 4 or rest[0].text != "," or head.lemma_.lower() not in self.words["person"]:
            return ""
        close = next((n for n, t in enumerate(rest[1:6], 1) if t.text == ","), 0)
        name = list(rest[1:close])
        full = len(name) > 1 and capital_runs(name) == [name] and any(t.ent_type_ == "PERSON" for t in name)
        return without_title(self.words, name) if full and not rest[close + 1].like_num else ""

    def _of_office(self, head: Token) -> str:
        """`Commissioner of Police Naziru Lamba`: the parser takes the name for part of the office."""
        if head.lower_ not in self.words["titles"] | self.words["person"]:
            return ""
        office = [t for c in head.children if c.lower_ == "of" for t in c.subtree if t != c]
        last = max((n for n, t in enumerate(office) if t.lower_ in self.words["body"]), default=len(office))
        name = [t for n, t in enumerate(office) if t.ent_type_ == "PERSON" or (n > last and is_name_like(t))]
        ends = len(name) > 1 and office[-len(name) :] == name and len(office) > len(name)
        return written(name) if ends and not is_body(name, self.words) else ""

    def _called(self, head: Token) -> str:
        """`a farmer who gave his name as Musa`, `a woman identified only as Grace`: the name told beside them."""
        ofs = (c for c in head.children if c.lower_ in {"of", "in", "at"})
        about = (head, *(t for c in ofs for t in c.children))  # `one of the residents, who gave his name as ...`
        for clause in (c for t in about for c in t.children if c.dep_ in {"relcl", "acl"}):
            naming = clause.lemma_ in {"identify", "name", "call"} or any(c.lemma_ == "name" for c in clause.children)
            names = [t for t in clause.subtree if t.dep_ == "pobj" and t.head.lower_ == "as" and is_name_like(t)]
            names += [t for t in clause.children if t.dep_ == "oprd" and is_name_like(t)]
            names += [t for t in clause.subtree if t.dep_ == "appos" and t.head.lemma_ == "name" and is_name_like(t)]
            if naming and names:
                return written(capital_runs(list(phrase(names[0], self.starts)))[-1])
        return ""

    def _body_or_described(self, head: Token, span: Span) -> Named:
        lemma = head.lemma_.lower()
        first = next((t for t in span if t.pos_ != "ADV" and t.lower_ not in WHEN), head)
        definite = first.lower_ in {"the", "this", "that", "these", "those"} or first.lower_ in POSSESSIVE
        core = self._core(head, span)
        capitals = any(is_name_like(token) for token in core[1:]) or (
            bool(core) and is_name_like(core[0]) and (not core[0].is_sent_start or core[0].pos_ == "PROPN")
        )
        if definite and (earlier := self.voices.earlier(head, core)):
            self.voices.again(earlier)
            return Named(span.start, span.end, earlier.name, earlier.kind)
        name = written(core)
        name = self.voices.abbreviations.get(name, name)
        if capitals and not is_body(core, self.words) and (full := self.voices.fullest(name)) != name:
            self.voices.hear(full, "person", span)
            return Named(span.start, span.end, full, "person")
        described = lemma in self.words["person"] | self.words["kin"]
        named = len(core) <= 2 and all(is_name_like(token) for token in core) and not is_body(core, self.words)
        kind: Kind = "described" if described else "named" if named else "body"
        name = self._lowered(name, core)
        self.voices.hear(name, kind, span, plural=head.tag_ in {"NNS", "NNPS"})
        return Named(span.start, span.end, name, kind)

    def _lowered(self, name: str, core: Sequence[Token]) -> str:
        """Take the capital of a sentence's first word away where it is no name: `Police` and `police` are one voice."""
        if not core or not core[0].text[:1].isupper() or any(is_name_like(token) for token in core[1:]):
            return name
        known = {lemma for kind in ("person", "body", "carriers") for lemma in self.words[kind]}
        plain = core[0].pos_ in {"DET", "ADJ", "NOUN", "ADV", "NUM", "PRON"} or core[0].lemma_.lower() in known
        plain = plain or (len(core) > 1 and core[-1].lemma_.lower() in known and not core[0].ent_type_)
        opens = core[0].is_sent_start or core[0].i in self.starts or self.doc[core[0].i - 1].is_space
        return name[:1].lower() + name[1:] if plain and opens and not core[0].text[1:].isupper() else name

    def _core(self, head: Token, span: Span) -> list[Token]:
        """Return the phrase's own words: no article `the`, brackets, apposition or second speaker."""
        start, end = span.start, span.end
        if self.doc[start].lower_ == "the" and (self.doc[start].is_sent_start or self.doc[start].text == "the"):
            start += 1
        for token in span:
            if token.i <= head.i:
                continue
            joined = token.dep_ == "cc" and token.head == head and not self._one_name(token)
            dated = token.dep_ == "prep" and any(c.ent_type_ in {"DATE", "TIME"} for c in token.children)
            if token.text in {",", "(", "[", "—", "–", ";", ":"} or joined or dated:
                end = token.i
                break
        core = [token for token in self.doc[start : min(end, start + LONGEST_NAME)] if not token.is_space]
        return self._bare_name(core, head)

    def _bare_name(self, core: list[Token], head: Token) -> list[Token]:
        """Leave out what stands before a body's own name: `UK-based`, `the paramilitary`, `Earlier`; not its owner."""
        while len(core) > 1 and (core[0].pos_ == "ADV" or core[0].lower_ in WHEN):
            core = core[1:]
        called = core[core.index(head) + 1 :] if head in core else []
        if called and not is_name_like(head) and capital_runs(called) == [called] and self._says_a_name_follows(head):
            return called
        run = next((run for run in capital_runs(core) if head in run), None)
        if run is None or (len(run) == 1 and not (head.text.isupper() and len(head) > 1)):
            return core
        hyphen = max((place for place, t in enumerate(run) if t.lower_ in OF_A_PLACE), default=-1)
        first = core.index(run[min(hyphen + 1, len(run) - 1)])
        owned = first > 0 and core[first - 1].tag_ == "POS"
        return core if owned else core[first:]

    def _says_a_name_follows(self, head: Token) -> bool:
        """`the charity Medics Without Limits`, `the news agency Belpress`."""
        return head.lemma_.lower() in self.words["any_body"] | self.words["outlets"] | self.words["body"]

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
            if token.dep_ == "appos" and (token.ent_type_ == "PERSON" or _two_capitals(token)):
                return False  # `governor of Selm, Ivo Radan`: the parser hangs the name on the place
            token = token.head
        return False

    def _issuer(self, head: Token, span: Span) -> Named:
        """Name whose a statement or a report is, and remember it: `the statement` later is that voice's."""
        lemma, before = head.lemma_.lower(), self._issued.get(head.lemma_.lower())
        bare = all(t.dep_ == "det" and t.lower_ in {"the", "this", "that"} for t in head.children if t.i < head.i)
        if before is not None and self.doc[span.start].dep_ == "det" and bare and len(span) == 2:
            return Named(span.start, span.end, before.name, before.kind)
        named = self._owner(head, span)
        if lemma in self.words["papers"] and named.kind != "unnamed":
            self._issued[lemma] = named
        return named

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
            name = self.voices.abbreviations.get(name, name)
            self.voices.hear(name, "body", span)
            return Named(span.start, span.end, name, "body")
        bare = self.doc[span.start].dep_ not in {"det", "poss"} and self.doc[span.start].lower_ not in {
            "the",
            "a",
            "an",
        }
        indefinite = self.doc[span.start].lower_ in {"a", "an"}
        plain = not before and head.lemma_.lower() in self.words["papers"]
        last = self.voices.last
        if not bare and (plain or not indefinite) and last is not None:
            return Named(span.start, span.end, last.name, last.kind)
        core = self._core(head, span)
        name = self._lowered(written(core), core)
        doubt = self.words["unclear"] | self.words["early"]
        plain_hearsay = head.lemma_.lower() in self.words["hearsay"] and all(t.lower_ in doubt for t in core[:-1])
        return Named(
            span.start,
            span.end,
            "" if plain_hearsay else name,
            "unnamed",
        )

    def _can_speak(self, token: Token) -> bool:
        lemma = token.lemma_.lower()
        return is_name_like(token) or lemma in self.words["person"] or lemma in self.words["body"]

    def _pronoun(self, token: Token) -> tuple[str, Kind]:
        if token.lower_ in {"who", "which", "that"}:
            clause = next((a for a in token.ancestors if a.dep_ in {"relcl", "acl"}), None)
            if clause is not None and clause.head != token:
                found = self.named(clause.head)
                return found.name, found.kind
        return self.voices.pronoun(token)


def _two_capitals(token: Token) -> bool:
    """Tell whether a word ends two or more capitals that the parser takes for no name of its own kinds."""
    return not token.ent_type_ and is_name_like(token) and any(is_name_like(c) for c in token.children)
