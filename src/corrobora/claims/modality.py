"""Whether what a word tells happened: actual, or one of the reasons why it must not be counted as if it had.

`no casualties` is a figure (0, 0) of something actual; 'did not kill' is negated. A pluperfect ('had been killed') is
the ordinary tense of a report, hence actual; only words that point to another time make it historical.
"""

import re
import tomllib
from collections.abc import Iterator
from datetime import date
from importlib.resources import files
from itertools import pairwise

from spacy.tokens import Doc, Token

from corrobora.claims.counted import noun_kind

_WORDS: dict[str, frozenset[str]] = {
    name: frozenset(words)
    for name, words in tomllib.loads(
        files("corrobora.claims").joinpath("modality.toml").read_text(encoding="utf-8")
    ).items()
}
_MONTHS = {"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", ","}
_SPRING = 3  # until March, last year may be last month
YEAR = "corrobora.latest_year"
_YEAR = re.compile(r"1[6-9]\d\d|20\d\d")
# From a noun or adjective to the verb that carries its tense, and from an infinitive to what governs it.
_ARGUMENTS = {"dobj", "nsubj", "nsubjpass", "pobj"}
_CARRIED = _ARGUMENTS | {"attr", "acomp", "oprd", "xcomp", "pcomp", "dative", "prep", "agent", "compound", "amod"}


def modality(doc: Doc, trigger: int, published: date | None = None) -> tuple[str, str]:
    """Return the modality of the event told at token `trigger`, and the name of the rule that says so.

    `published` dates the report; without it the latest year that the text names stands in for it.
    """
    token = doc[trigger]
    for name, rule in _rules(token, published):
        if rule:
            return name, rule
    return "actual", "default"


def _rules(token: Token, published: date | None) -> Iterator[tuple[str, str]]:
    chain = tuple(_chain(token))
    yield "negated", _negated(chain)
    yield "attempted", _attempted(chain)
    yield "hypothetical", _fiction(token)
    yield "hypothetical", _conditional(chain)
    yield "hypothetical", _might(chain)
    yield "planned", _planned(chain)
    yield "future", _future(chain)
    yield "historical", _historical(token, chain, published)
    yield "alleged", _alleged(chain)


def _chain(token: Token) -> Iterator[Token]:
    """Yield the trigger, then the words that govern it within its clause: noun, verb, governing verb.

    A verb that only speaks about the event ('condemned the killing') ends the chain: what is said of the condemning
    is not said of the killing.
    """
    yield token
    for _ in range(6):  # deeper governors are other clauses
        if token.head == token or not _carried(token):
            return
        head, by = token.head, token.dep_
        yield head
        if head.pos_ == "VERB" and by in _ARGUMENTS and not _tells(head, by):
            return
        token = head


def _carried(token: Token) -> bool:
    """Say whether a word's governor also governs whether the event happened."""
    if token.dep_ == "conj":
        own_subject = any(c.dep_ in {"nsubj", "nsubjpass"} for c in token.children)
        return token.pos_ == token.head.pos_ and not own_subject
    if token.dep_ == "acl":
        return token.tag_ == "VB"
    if token.dep_ == "prep" and token.lower_ in {"after", "before", "since", "while"}:
        return False  # 'is expected to live after shooting himself'
    if token.dep_ in {"nsubj", "nsubjpass"}:
        return token.pos_ != "VERB"
    return token.dep_ in _CARRIED


def _tells(verb: Token, by: str) -> bool:
    """Say whether a verb tells that its argument took place: `carried out the attack`, `a massacre occurred`."""
    lemmas = _lemmas(verb)
    return bool(lemmas & _WORDS["occurring"]) if by == "nsubj" else bool(lemmas & _WORDS["performing"])


def _kids(token: Token, *deps: str) -> list[Token]:
    return [c for c in token.children if c.dep_ in deps]


def _lemmas(token: Token) -> set[str]:
    return {token.lemma_.lower(), token.lower_}


def _verbs(chain: tuple[Token, ...]) -> Iterator[Token]:
    """Yield the verbs of the chain that tell the event itself, with their tense, negation and modals."""
    for n, token in enumerate(chain):
        by = chain[n - 1].dep_ if n else ""
        if by in {"prep", "pcomp", "agent"} or (by in _ARGUMENTS and not _tells(token, by)):
            return
        if token.pos_ in {"VERB", "AUX"} or token.tag_.startswith("V"):
            yield token


def _negated(chain: tuple[Token, ...]) -> str:
    for token in _verbs(chain):
        for neg in _kids(token, "neg"):
            after = token.doc[neg.i + 1].lower_ if neg.i + 1 < len(token.doc) else ""
            if after not in _WORDS["not_negating"] and not _regretted(token) and not _less_grave(token):
                return neg.lower_
    for below, token in pairwise(chain):
        if below.dep_ in {"xcomp", "pcomp"} and _lemmas(token) & _WORDS["negating_verbs"]:
            return token.lower_
        if below.dep_ == "pcomp" and token.lower_ in _WORDS["negating_prepositions"]:
            return token.lower_
    return ""


def _less_grave(verb: Token) -> bool:
    """'did not suffer life-threatening injuries': injuries they were."""
    return any("threatening" in t.lower_ and t.i > verb.i for o in _kids(verb, "dobj") for t in o.subtree)


def _regretted(verb: Token) -> bool:
    """`he should not have been killed`: he was."""
    modals = {a.lower_ for a in _kids(verb, "aux")}
    return bool(modals & {"should", "ought", "need"}) and "have" in modals


def _attempted(chain: tuple[Token, ...]) -> str:
    for child in _kids(chain[0], "amod", "compound"):
        if child.lower_ in _WORDS["attempted_modifiers"]:
            return child.lower_
    for below, token in pairwise(chain):
        by, lemmas = below.dep_, _lemmas(token)
        if token.pos_ in {"VERB", "AUX"} and by in {"xcomp", "dobj", "nsubjpass", "pcomp"}:
            if lemmas & _WORDS["attempted"] and not (by == "dobj" and lemmas & _WORDS["attempted_not_objects"]):
                return token.lower_
        elif by in {"acl", "compound", "prep"} and token.lemma_.lower() in _WORDS["attempted_nouns"]:
            return token.lower_
        if (
            token.lemma_.lower() == "survive"
            and by == "dobj"
            and any(d.lower_ in {"a", "an"} for d in _kids(below, "det"))
        ):
            return "survived"
    return ""


def _fiction(token: Token) -> str:
    if any(c.lower_ in _WORDS["pretended"] for c in _kids(token, "amod", "compound")):
        return "pretended"
    words = {t.lower_ for t in token.sent}
    if words & {"drill", "drills", "exercise", "exercises"} and words & _WORDS["pretended"]:
        return "drill"
    told_in = (a for a in (*token.ancestors, *_kids(token.sent.root, "nsubj")) if a.pos_ == "NOUN")
    if any(a.lower_ in _WORDS["fiction"] and _is_told(a) for a in told_in):
        return "fiction"
    for prep in token.sent:
        if prep.lower_ in {"in", "of"} and prep.dep_ == "prep" and prep.head in {token, *token.ancestors}:
            for noun in _kids(prep, "pobj"):
                if noun.lower_ in _WORDS["fiction"] and noun.lower_ not in {"series", "play"}:
                    return "fiction"
    return ""


def _is_told(work: Token) -> bool:
    """`The novel tells of a massacre`, `the film, in which he kills nine, won`; not what a film of an attack shows."""
    if work.lower_ in {"scenario", "play", "series", "simulation", "episode"}:
        return False
    return work.head.lemma_ in _WORDS["telling"] or any(c.dep_ == "relcl" for c in work.children)


def _conditional(chain: tuple[Token, ...]) -> str:
    for token in _verbs(chain):
        for mark in _kids(token, "mark", "advmod"):
            if mark.lower_ in _WORDS["if"] and mark.i < token.i and mark.lower_ not in {"until", "till"}:
                return mark.lower_
    return ""


def _might(chain: tuple[Token, ...]) -> str:
    for token in _verbs(chain):
        modals = {a.lower_ for a in _kids(token, "aux") if not _is_month(a)}
        if found := modals & _WORDS["may"]:
            return "" if _regretted(token) and _kids(token, "neg") else min(found)
        if modals & _WORDS["would"] and "have" in modals:
            return "would have"
    return ""


def _is_month(token: Token) -> bool:
    """`24 May` is no modal."""
    near = token.doc[max(0, token.i - 1) : token.i + 2]
    return token.lower_ == "may" and any(t.like_num for t in near)


def _planned(chain: tuple[Token, ...]) -> str:
    for child in _kids(chain[0], "amod"):
        if child.lower_ in _WORDS["planned_modifiers"] and not _kids(child, "advmod"):
            return child.lower_
    for below, token in pairwise(chain):
        if _plans(below, token) or _plan_of(below, token):
            return token.lower_
    return _plot_before(chain[0])


def _plot_before(trigger: Token) -> str:
    """`foiled a plot to kill the governor`: the parser may hang 'to kill' on the verb, and not on the plot."""
    to = next((c for c in _kids(trigger, "aux") if c.lower_ == "to" and c.i), None)
    if to is None:
        return ""
    noun = to.nbor(-1)
    planned = noun.pos_ == "NOUN" and noun.lemma_.lower() in _WORDS["planned_nouns"] - {"order"}
    return noun.lower_ if planned else ""


def _plans(below: Token, verb: Token) -> bool:
    """`planned to kill`, `demanded the release of`, `warned of attacks`."""
    lemmas = _lemmas(verb)
    if verb.pos_ != "VERB":
        return False
    if below.dep_ == "xcomp":
        return bool(lemmas & _WORDS["planned"])
    if below.dep_ == "dobj":
        return below.pos_ == "NOUN" and bool(lemmas & _WORDS["planned_objects"])
    return below.dep_ == "prep" and below.lower_ in {"of", "for"} and bool(lemmas & _WORDS["planned_prepositional"])


def _plan_of(below: Token, noun: Token) -> bool:
    """`a plot to kill`, `the deadline for the release`, `fears of a massacre`."""
    if noun.pos_ != "NOUN" or noun.lemma_.lower() not in _WORDS["planned_nouns"]:
        return False
    if noun.lower_ == "order" and noun.i and noun.doc[noun.i - 1].lower_ == "in":
        return False  # 'in order to'
    return below.dep_ == "acl" or (below.dep_ == "prep" and below.lower_ in _WORDS["planned_prepositions"])


def _future(chain: tuple[Token, ...]) -> str:
    for token in _verbs(chain):
        modals = {a.lower_ for a in _kids(token, "aux")}
        if modals & _WORDS["will"]:
            return "will"
        later = {a.lower_ for a in _kids(token, "advmod")} & _WORDS["would_actual"]
        if modals & _WORDS["would"] and not later:
            return "would"
    for below, token in pairwise(chain):
        if below.dep_ == "xcomp" and _lemmas(token) & (_WORDS["future"] | _WORDS["future_adjectives"]):
            return token.lower_
    return ""


def _alleged(chain: tuple[Token, ...]) -> str:
    for token in (*_verbs(chain), chain[0]):
        if adverbs := {c.lower_ for c in _kids(token, "advmod")} & _WORDS["alleged_adverbs"]:
            return min(adverbs)
    if {c.lower_ for c in _kids(chain[0], "amod")} & _WORDS["alleged_modifiers"]:
        return "alleged"
    for below, token in pairwise(chain):
        if below.dep_ in {"xcomp", "oprd", "acomp"} and token.lemma_.lower() in _WORDS["alleged_verbs"]:
            return token.lower_
    return ""


def _historical(token: Token, chain: tuple[Token, ...], published: date | None) -> str:
    scope = _words_of(token, chain)
    reference = published.year if published else _latest_year(token.doc)
    for rule in (_old_year(scope, reference, published), _years_ago(scope), _of_anniversary(token), _in_court(token)):
        if rule:
            return rule
    if any(c.lower_ == "year" for c in _kids(token, "poss")):
        return "of a year"  # 'this year's massacre' looks back, whichever year it is
    past = [c for t in (chain[0], *_described(token)) for c in _kids(t, "amod") if c.lower_ in _WORDS["past_modifiers"]]
    if past and (past[0].lower_ not in {"similar", "infamous", "notorious", "former"} or _pluperfect(chain)):
        return past[0].lower_
    return ""


def _pluperfect(chain: tuple[Token, ...]) -> bool:
    return any(a.lower_ == "had" for t in chain for a in _kids(t, "aux"))


def _described(token: Token) -> Iterator[Token]:
    """Yield the noun that the trigger's relative clause describes: `the attack that killed 67`."""
    for word in (token, *token.ancestors):
        if word.dep_ == "relcl":
            yield word.head
            return
        if word.dep_ in {"ccomp", "advcl", "ROOT"}:
            return


def _words_of(token: Token, chain: tuple[Token, ...]) -> list[Token]:
    """Return the words that may date the trigger: its clause's, and those of the noun its clause describes."""
    verb = next((t for t in chain if t.pos_ in {"VERB", "AUX"}), token)
    words = [w for top in {verb, token} for w in _own(top)]
    for noun in _described(token):
        words += [w for w in _own(noun) if w.i < token.i]
        words += [w for w in noun.sent if w.i < noun.i and noun.i - w.i <= 8 and noun in w.subtree]
        if noun.head.pos_ == "ADP":
            words += list(_kids(noun.head, "npadvmod")) + [w for c in _kids(noun.head, "npadvmod") for w in c.subtree]
            words.append(noun.head)
    return sorted(set(words), key=lambda w: w.i)


def _own(top: Token) -> Iterator[Token]:
    """Yield a word and what hangs on it, but not what dates another event: `arrested for a shooting last year`."""
    yield top
    for child in top.children:
        if child.dep_ in {"relcl", "ccomp", "advcl", "conj", "parataxis", "acl"}:
            continue
        if child.dep_ == "prep" and child.lower_ in {
            "since",
            "than",
            "like",
            "unlike",
            "as",
            "after",
            "before",
            "until",
        }:
            continue  # 'the deadliest since the attack of 2013'
        if top.dep_ == "pobj" and child.dep_ in {"prep", "npadvmod", "appos", "advmod"}:
            continue
        yield from _own(child)


def _latest_year(doc: Doc) -> int | None:
    if YEAR not in doc.user_data:  # asked for each claim of the text
        named = [t for t in doc if _YEAR.fullmatch(t.text)]
        years = [int(t.text) for t in named if t.i == 0 or t.nbor(-1).lower_ not in {"by", "until"}]
        doc.user_data[YEAR] = max(years) if years else None
    year: int | None = doc.user_data[YEAR]
    return year


def _old_year(words: list[Token], reference: int | None, published: date | None) -> str:
    for token in words:
        text = token.text[:4]
        if reference is None or not _YEAR.fullmatch(text) or token.text not in {text, f"{text}s"} or not _dates(token):
            continue
        age = reference - int(text)
        before = token.doc[token.i - 1].lower_ if token.i else ""
        recent = published.month <= _SPRING if published else before[:3] in _MONTHS
        if age >= 2 or (age == 1 and not recent):
            return f"year {text}"
    return ""


def _dates(token: Token) -> bool:
    """Say whether a four-digit number is the year of an event: not `since 2013`, nor `1600 block`."""
    before = token.doc[token.i - 1].lower_ if token.i else ""
    after = token.doc[token.i + 1].lower_ if token.i + 1 < len(token.doc) else ""
    if "since" in {before, token.head.lower_} or after in {"block", "hours", "hrs", "gmt", "people"}:
        return False
    return noun_kind(token.head) not in {"people", "place", "distance", "money"} or before in {"in", "of", ","}


def _years_ago(words: list[Token]) -> str:
    lower = [t.lower_ for t in words]
    for n, word in enumerate(lower):
        two = lower[n : n + 2]
        if word in {"years", "year", "decades", "decade", "centuries"} and lower[n + 1 : n + 2] in (
            ["ago"],
            ["earlier"],
            ["before"],
            ["after"],
        ):
            return f"years {lower[n + 1]}"
        if two in (["last", "year"], ["previous", "year"], ["last", "century"], ["last", "decade"]) and lower[
            max(0, n - 1) : n
        ] != ["the"]:
            return "last year"
        if word == "previously" or (lower[n : n + 3] == ["in", "the", "past"] and len(lower) == n + 3):
            return "previously"
    return ""


def _of_anniversary(token: Token) -> str:
    return next((a.lower_ for a in token.ancestors if a.lower_ in _WORDS["anniversary"] and a.sent == token.sent), "")


def _in_court(token: Token) -> str:
    """`convicted of killing three`, `sentenced for the murder of`, `found guilty of`: an old case comes to its end."""
    for word in token.ancestors:
        if (word.lemma_.lower() in _WORDS["court"] and word.pos_ == "VERB") or word.lemma_.lower() in _WORDS[
            "court_nouns"
        ]:
            return word.lower_
        if word.lower_ == "guilty":
            return "guilty"
    return ""
