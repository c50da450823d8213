"""Reporting verbs with their speakers: which verb reports, who speaks, and what it governs."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from spacy.tokens import Token

from corrobora.claims.frame import Frame, Stretch
from corrobora.claims.phrases import is_name_like, phrase
from corrobora.claims.quotation import Quotation
from corrobora.claims.reporting import Words
from corrobora.claims.speaking import CLOSING, SUBJECTS, is_a_name, pair_before, teller, voice_of
from corrobora.claims.stance import verb_stance

# Whose object is who is told, not what.
ADDRESSING = frozenset({"tell", "inform", "notify", "brief", "assure", "remind", "text"})
CLAUSES = frozenset({"ccomp", "xcomp", "parataxis"})
OBJECTS = frozenset({"dobj", "oprd", "acomp", "attr"})
OPENING = '"“«„‘:'
# Verbs that report with this particle only: `he went on`, `she pointed out`.
PARTICLES = {"go": "on", "point": "out", "spell": "out"}
RELATIVES = frozenset({"who", "which", "that"})
TIMES = frozenset({"DATE", "TIME"})
KNOWN = (
    "speech",
    "figures",
    "continuing",
    "denies",
    "predicts",
    "justifies",
    "refused",
    "saw",
    "moves",
    "labels",
    "praises",
)
WITH_OBJECT = ("object", "figures", "denies", "predicts", "justifies", "refused", "saw", "moves", "labels", "praises")
# `spoke of 20 deaths`, `warned of more`, `wrote about`, `put at 12`
WITH_PREPOSITION = {
    "speak": {"of", "about"},
    "warn": {"of", "about"},
    "tell": {"of", "about"},
    "write": {"of", "about"},
    "testify": {"to", "about"},
    "comment": {"on"},
    "admit": {"to"},
    "put": {"at"},
    "respond": {"to"},
    "answer": {"to"},
}
# Who says `we counted ten` is told by the frame around it; `this shows` names nobody.
NO_VOICE = frozenset({"i", "we", "you", "this", "that", "these", "those", "there", "what", "us", "me"})
QUOTE_WITHIN = 12


class VerbFrames:
    """Finds the frames that verbs make in the sentences of one document."""

    def __init__(self, words: Words, quotes: Sequence[Quotation], starts: Collection[int]) -> None:
        self._words = words
        self._quotes = quotes
        self._starts = starts
        self._known = frozenset().union(*(words[name] for name in KNOWN))
        plain_speech = words["speech"] | words["figures"]
        self._only_with_stance = (words["refused"] | words["labels"] | words["praises"]) - plain_speech
        self._needs_voice = words["clause_only"] | words["figures"] | words["shows"] | words["moves"]
        self._needs_voice |= self._only_with_stance | frozenset({"continue", "go"})  # `the search goes on`
        self._with_object = frozenset().union(*(words[name] for name in WITH_OBJECT))

    def reports(self, token: Token) -> bool:
        """Tell whether a token is a verb that may report; `Officials count 54 dead` makes a root noun of the verb."""
        if token.lemma_.lower() not in self._known:
            return False
        root_noun = token.pos_ == "NOUN" and token.dep_ == "ROOT" and any(c.dep_ in SUBJECTS for c in token.children)
        return token.pos_ in {"VERB", "AUX"} or root_noun

    def at(self, verb: Token, sentence: Stretch) -> list[Frame]:
        """Return the frame of a verb, if it makes one."""
        if not self.reports(verb):
            return []
        stance = verb_stance(verb, self._words)
        lemma = verb.lemma_.lower()
        if lemma in self._only_with_stance and stance == "asserts":
            return []
        if (source := teller(verb)) is not None:
            before = any(c.dep_ == "ccomp" and c.i < verb.i for c in verb.children)
            start, end = sentence.characters if before else (verb.idx, sentence.characters[1])
            return [Frame(verb.i, verb.i, verb.i, source.i, verb.text, "verb", start, end, stance, mid=before)]
        perfect = any(c.lemma_ == "have" and c.dep_ == "aux" for c in verb.children)
        passive = any(c.dep_ in {"auxpass", "nsubjpass"} and not is_a_name(c) for c in verb.children)
        if passive or (verb.tag_ == "VBN" and verb.dep_ in {"acl", "advcl", "prep"} and not perfect):
            return self._passive(verb, stance, sentence)
        return self._active(verb, stance, sentence)

    def _active(self, verb: Token, stance: str, sentence: Stretch) -> list[Frame]:
        subject = voice_of(verb, sentence, self._words)
        if subject is not None and subject.lower_ in {"i", "we"} and stance != "asserts":
            return [Frame(verb.i, verb.i, verb.i, -1, "", "tone", *sentence.subtree(verb), stance, weak=True)]
        if subject is not None and any(c.lower_ in self._words["unclear"] for c in subject.children):
            stance = "cannot_confirm"  # `unconfirmed reports say`
        if subject is None or not self._may_speak(subject, verb.lemma_.lower()):
            return []
        left, right = self._extent(verb, subject, sentence)
        subject, left = pair_before(verb, left, sentence, self._words) or (subject, left)
        kind = "verb" if subject.head == verb else "participle"
        frame = Frame(
            verb.i, left, right, subject.i, self._written(verb), kind, *sentence.characters, stance
        )  # fmt: skip
        if self._says_so(verb):
            return [replace(frame, kind="said_so")]
        if verb.dep_ == "advcl" and any(c.lower_ == "as" and c.i < verb.i for c in verb.children):
            return [replace(frame, mid=True)]
        set_apart = self._set_apart(verb, left, sentence)
        complement = self._complement(verb, subject, sentence)
        if not self._governs(verb, subject, complement=complement, set_apart=set_apart):
            return []
        if subject.lower_ in RELATIVES and subject.head == verb:
            frame = replace(frame, kind="relative")
        relative = next((t for t in (verb, *verb.ancestors) if t.dep_ == "relcl" and sentence.holds(t)), None)
        if relative is not None:
            frame = replace(frame, confined=True)
        if relative is not None and complement:
            start, end = sentence.subtree(relative)
            return [replace(frame, start=max(start, verb.doc[left].idx), end=end)]
        before = any(c.dep_ in CLAUSES and c.i < left for c in verb.children)
        whole = set_apart and (not complement or (kind == "verb" and (before or verb.dep_ == "parataxis")))
        return [replace(frame, mid=True) if whole else replace(frame, start=verb.doc[left].idx)]

    def _governs(self, verb: Token, subject: Token, *, complement: bool, set_apart: bool) -> bool:
        """Tell whether a verb with its subject governs anything that is told."""
        lemma = verb.lemma_.lower()
        particle = PARTICLES.get(lemma)
        if particle is not None and not any(c.lower_ == particle for c in verb.children):
            return False
        if not self._of_its_kind(verb, subject):
            return False
        if lemma in self._words["continuing"] - self._words["speech"] and complement:
            return False
        to_be = any(c.dep_ == "xcomp" and any(m.lower_ == "to" for m in c.children) for c in verb.children)
        if lemma in self._words["opinion"] and to_be:
            return False  # `gunmen believed to be raiders` are believed so by others
        if verb.tag_ == "VB" and subject.head != verb and lemma in self._words["figures"]:
            return False
        if set_apart:
            return complement or subject.head == verb or verb.tag_ != "VBG"
        bare_object = lemma in self._words["clause_only"] and not self._clause(verb, subject)
        return complement and not bare_object

    def _passive(self, verb: Token, stance: str, sentence: Stretch) -> list[Frame]:
        lemma = verb.lemma_.lower()
        by = [t for c in verb.children if c.lower_ == "by" for t in c.children if t.dep_ == "pobj"]
        agent = next((t for t in by if t.ent_type_ not in TIMES and self._may_speak(t, lemma)), None)
        subjects = [c for c in verb.children if c.dep_ == "nsubjpass" and sentence.holds(c)]
        bare = verb.dep_ in {"conj", "advcl"} and not any(c.dep_ in SUBJECTS for c in verb.children)
        own = verb.dep_ == "conj" and any(c.dep_ == "xcomp" for c in verb.children)  # `and is stated to be well`
        upper = (bare and not own) or verb.dep_ in {"acl", "xcomp"}
        start, end = sentence.subtree(verb.head if upper else verb)
        if any(t.lower_ == "as" and t.i < verb.i for t in verb.children) or verb.doc[max(0, verb.i - 1)].lower_ == "as":
            start, end = sentence.characters
        text = self._written(verb)
        of_toll = any(s.lemma_.lower() in self._words["tolls"] or s.like_num for s in subjects)
        if agent is not None and self._made_known(verb, subjects):
            return [Frame(verb.i, verb.i, verb.i, agent.i, text, "said_so", start, end, stance)]
        if lemma in self._words["no_passive"] or (lemma in self._words["of_tolls"] and not of_toll):
            return []
        if agent is not None and lemma not in self._words["handing_on"]:
            aside = next((c.left_edge.idx for c in agent.children if c.dep_ == "relcl"), end)
            end = min(end, aside)  # `disputed by the army, which said ...`: what it says is not disputed
            frame = Frame(verb.i, verb.i, verb.i, agent.i, text, "passive", start, end, stance, confined=True)
            if not subjects or any(t.dep_ == "relcl" for t in (verb, *verb.ancestors)):
                return [frame]
            left = max(subjects[0].left_edge.i, sentence.first)
            return [replace(frame, left=left, start=verb.doc[left].idx, confined=False)]
        if stance == "cannot_confirm":
            return [Frame(verb.i, verb.i, verb.i, -1, "", "tone", start, end, stance, weak=True)]
        if verb.dep_ in {"acl", "advcl", "prep"} or lemma in {"tell", "inform", "notify"}:
            return []
        wanted = CLAUSES if lemma in self._words["opinion"] else CLAUSES | OBJECTS | {"nsubjpass"}
        told = any(c.dep_ in wanted and c.lower_ != "it" for c in verb.children)
        if lemma not in self._words["impersonal_verbs"] or not told:
            return []
        return [Frame(verb.i, verb.i, verb.i, -1, text, "impersonal", start, end, stance, weak=True)]

    def _made_known(self, verb: Token, subjects: Sequence[Token]) -> bool:
        """`This was disclosed by X`, `The figures were given by X`, `It was contained in a statement by X`."""
        known = self._words["speech"] | self._words["figures"] | {"contain"}
        pointing = [s for s in subjects if s.lower_ in {"this", "that"} or (s.lemma_.lower() in self._words["tolls"])]
        bare = all(c.dep_ in {"det", "amod", "compound"} for s in pointing for c in s.children)
        return bool(pointing) and bare and verb.lemma_.lower() in known and verb.dep_ == "ROOT"

    # who speaks

    def _may_speak(self, subject: Token, lemma: str) -> bool:
        """A number counts people and says nothing; things speak only through words that are somebody's."""
        one_of_them = any(c.lower_ == "of" or c.dep_ == "relcl" for c in subject.children)
        if ((subject.like_num or subject.tag_ == "CD") and not one_of_them) or subject.ent_type_ in TIMES:
            return False
        if subject.lower_ in NO_VOICE:
            return False
        if (
            (is_name_like(subject) and subject.pos_ != "NOUN")
            or subject.pos_ == "PRON"
            or subject.lower_ in {"who", "which"}
        ):
            return True
        noun = subject.lemma_.lower()
        if any(noun in self._words[name] for name in ("person", "body", "carriers", "hearsay")):
            return True
        if noun in self._words["kin"]:
            return lemma not in self._words["figures"] - self._words["speech"]
        return (
            lemma not in self._needs_voice
            and subject.pos_ in {"NOUN", "PROPN", "DET", "NUM", "ADJ"}
            and noun not in self._words["things"]
        )

    def _extent(self, verb: Token, subject: Token, sentence: Stretch) -> tuple[int, int]:
        if not sentence.holds(subject):
            return verb.i, verb.i
        span = phrase(subject, self._starts)
        if subject.head != verb and not verb.i - 2 <= span.end <= verb.i:
            return verb.i, verb.i
        return max(min(verb.i, span.start), sentence.first), min(max(verb.i, span.end - 1), sentence.last - 1)

    # what it governs

    def _complement(self, verb: Token, subject: Token, sentence: Stretch) -> bool:
        lemma = verb.lemma_.lower()
        for child in verb.children:
            if child.i < verb.i or child == subject or not sentence.holds(child) or child.is_ancestor(subject):
                continue
            if child.dep_ in CLAUSES or _through(child) is not None:
                return True
            told = lemma in self._with_object and lemma not in ADDRESSING and child.ent_type_ not in TIMES
            if child.dep_ in OBJECTS and told:
                return True
            inner = [child, *(t for t in child.subtree if lemma == "speak" and t.dep_ == "prep")]
            if child.dep_ == "prep" and any(t.lower_ in WITH_PREPOSITION.get(lemma, ()) for t in inner):
                return True
        opening = next((t for t in verb.doc[verb.i + 1 : sentence.last] if t.text in OPENING), None)
        return opening is not None and opening.i - verb.i <= QUOTE_WITHIN and not self._closes(opening)

    def _of_its_kind(self, verb: Token, subject: Token) -> bool:
        """Tell whether a verb of many meanings has the company that makes it report.

        A reporter `saw` bodies; somebody `raised the toll`, `put the dead at` ten, `gave a figure`; a list `includes`.
        """
        lemma, noun = verb.lemma_.lower(), subject.lemma_.lower()
        objects = [c for c in verb.children if c.dep_ in OBJECTS]
        tolls = [c for c in objects if c.lemma_.lower() in self._words["tolls"] or c.like_num]
        if lemma in self._words["saw"] - self._words["speech"] - self._words["figures"]:
            return noun in self._words["seers"]
        moves = verb.tag_ == "VBG" and lemma in self._words["moves"]
        if moves and verb.head.lemma_.lower() not in self._words["speech"]:
            return False  # `The state hanged six men, bringing the number to nine`
        if lemma == "claim" and any(c.lemma_ in {"life", "victim"} for c in objects):
            return False  # `strife has claimed 240 lives`
        if lemma in {"put", "place"}:
            return any(t.lower_ in {"at", "lower", "higher", "forward"} for t in verb.subtree if t.i > verb.i)
        if lemma == "include":
            return noun in self._words["carriers"]
        if lemma in {"respond", "answer"}:
            return verb_stance(verb, self._words) == "cannot_confirm" or any(c.dep_ in CLAUSES for c in verb.children)
        return bool(tolls) if lemma == "give" or lemma in self._words["moves"] else True

    def _says_so(self, verb: Token) -> bool:
        """`said so in a statement`, `disclosed this to reporters`, `made this known`."""
        pointing = [c for c in verb.children if c.i == verb.i + 1 and c.lower_ in self._words["pointing"]]
        so = any(c.dep_ in {"dobj", "advmod", "nsubj"} and not list(c.children) for c in pointing)
        return so and verb.lemma_.lower() in self._words["speech"] and not any(c.dep_ in CLAUSES for c in verb.children)

    def _clause(self, verb: Token, subject: Token) -> bool:
        through = (_through(c) for c in verb.children)
        clauses = [c for c in verb.children if c.dep_ in CLAUSES] + [t for t in through if t is not None]
        written = subject.lemma_.lower() in self._words["carriers"] | self._words["hearsay"]
        if verb.lemma_.lower() not in self._words["that_only"] or written:
            return bool(clauses)
        return any(m.lower_ in {"that", "how"} for c in clauses for m in c.children)

    def _closes(self, mark: Token) -> bool:
        return any(q.start < mark.idx < q.end for q in self._quotes)

    def _set_apart(self, verb: Token, left: int, sentence: Stretch) -> bool:
        """Tell whether speaker and verb stand after, or inside, what they report: `..., he explained, ...`."""
        if left <= sentence.first:
            return False
        before = verb.doc[left - 1]
        titles = self._words["titles"]
        while before.i > sentence.first and (before.text == "." or {before.lower_, f"{before.lower_}."} & titles):
            before = verb.doc[before.i - 1]
        if before.lower_ == "as" and before.i > sentence.first:
            before = verb.doc[before.i - 1]
        if before.text == ")":
            before = _before_aside(before, sentence)
        return before.text in {",", "—", "–", "-", ";"} or before.text in CLOSING

    @staticmethod
    def _written(verb: Token) -> str:
        particle = next((c for c in verb.children if c.dep_ == "prt"), None)
        return f"{verb.text} {particle.text}" if particle is not None else str(verb.text)


def _before_aside(close: Token, sentence: Stretch) -> Token:
    """What stands before a title with an aside: `..., Inspector General of Police (North Range) Ivo Radan said`."""
    doc, at = close.doc, close.i
    while at > sentence.first and doc[at].text != "(":
        at -= 1
    while at > sentence.first and (doc[at].text == "(" or is_name_like(doc[at]) or doc[at].lower_ in {"of", "for"}):
        at -= 1
    return doc[at]


def _through(preposition: Token) -> Token | None:
    """What is told through a medium: `claimed in a statement that its men had fired` hangs on 'statement'."""
    if preposition.dep_ != "prep" or preposition.lower_ not in {"in", "on", "through", "via"}:
        return None
    media = (t for t in preposition.children if t.dep_ == "pobj")
    clauses = (c for t in media for c in t.children if c.dep_ in {"acl", "relcl"})
    marks = {("that", "mark"), ("have", "aux")}  # `... to have killed ten`
    return next((c for c in clauses if any((m.lower_, m.dep_) in marks for m in c.children)), None)
