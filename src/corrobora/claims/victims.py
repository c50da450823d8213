"""Who suffered it: the people behind a phrase, with the class, roles and names that its words give, and how many.

Only what the words say: `civilians`, `a nurse`, `her aunt`. Nothing is inferred from a name.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from spacy.tokens import Doc, Token

from corrobora.claims.figures import Figure
from corrobora.claims.lexicon import Lexicon
from corrobora.claims.reference import referent
from corrobora.claims.syntax import between, compact, phrase
from corrobora.claims.wordlists import wordlist
from corrobora.model import Count, Victims

SINGULAR = wordlist("victims.singular")
PLURAL = wordlist("victims.plural")
NOTHING = Count(None, None, "none")
# What a state, a de facto authority or an armed side is called, when its members are the victims.
SIDE = {
    "state_forces": "security_force",
    "police": "security_force",
    "armed_group": "armed_group",
    "militia": "armed_group",
    "gang": "armed_group",
}
SERVICES = wordlist("victims.services")
TITLES = wordlist("victims.titles")


# Kinds of name that are no person's.
NOT_NAMES = frozenset({"NORP", "GPE", "LOC"})


@dataclass(frozen=True, slots=True)
class Party:
    """People behind one phrase. `kind`: figure (a number is said), name, kin, one (a person), pair, many (not said)."""

    head: int
    start: int
    end: int
    count: Count
    kind: str
    class_: str
    roles: tuple[str, ...]
    names: tuple[str, ...]
    figure: Figure | None


def party(
    doc: Doc, head: int, figure: Figure | None, words: Lexicon, *, animate: bool = False, noun: Token | None = None
) -> Party | None:
    """Read the phrase headed by token `head`; None where it names no people.

    `animate` says that the verb is one that only living beings undergo, so that an unknown noun names a person. `noun`
    says who they are, where it stands apart from the figure.
    """
    token = doc[head]
    if figure is not None and figure.about not in {"people", "unknown"}:
        if doc[head].lower_ not in words.groups:
            return None
        figure = None  # '400 families': people, but the figure does not count them
    apart = noun
    noun = apart or _noun(doc, token, figure)
    if noun.lower_ in NOT_PEOPLE:
        return None
    meant = referent(noun)
    if figure is None and not (_people(noun, words) or (animate and _animate(noun, words))):
        return None
    start, end = _extent(doc, token, noun, figure) if apart is None else phrase(noun)
    kind, count = _count(doc, noun, figure, words, start, end, animate=animate)
    names = _names(doc, start, end) if kind == "name" else ()
    char_start, char_end = between(doc, start, end)
    inside = [t.lower_ for t in doc[start:end]]
    if meant.i != noun.i:
        inside = [t.lower_ for t in doc[slice(*phrase(meant))]]
    class_ = victim_class(meant.lower_, inside, words)
    return Party(
        head,
        char_start,
        char_end,
        count,
        kind,
        class_,
        _roles(doc, start, end, words),
        names,
        figure,
    )


def as_victims(parties: Iterable[Party], harm: str) -> Victims | None:
    """Join the parties of one claim: one phrase from the first to the last."""
    group = sorted(parties, key=lambda p: p.start)
    if not group:
        return None
    start, end = group[0].start, max(p.end for p in group)
    classes = {p.class_ for p in group} - {"unknown"}
    if harm == "displaced" and not classes:
        classes = {"civilian"}
    class_ = "unknown" if not classes else classes.pop() if len(classes) == 1 else "mixed"
    roles = tuple(dict.fromkeys(r for p in group for r in p.roles))
    return Victims("", class_, roles, tuple(n for p in group for n in p.names), start, end)


def _noun(doc: Doc, token: Token, figure: Figure | None) -> Token:
    """Give the word that says what they are: 'soldiers' of 'two of the soldiers'."""
    if figure is not None and figure.unit is not None and doc[figure.unit].pos_ != "ADJ":
        return doc[figure.unit]
    for prep in token.children:
        if (
            prep.dep_ == "prep"
            and prep.lower_ == "of"
            and (token.like_num or token.pos_ in {"DET", "PRON", "ADJ", "NUM"} or token.lower_ in GROUPING)
        ):
            inner = next((c for c in prep.children if c.dep_ == "pobj"), None)
            if inner is not None:
                return inner
    return token


ORDINALS = frozenset({"second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"})
GROUPING = wordlist("victims.grouping")


def _animate(noun: Token, words: Lexicon) -> bool:
    low = noun.lower_
    thing = (
        low in words.target_class or low in words.act_nouns or low in words.instrument_class or low in words.triggers
    )
    return (
        noun.pos_ == "NOUN" and not thing and low not in NOT_PEOPLE and noun.ent_type_ not in {"DATE", "TIME", "MONEY"}
    )


NOT_PEOPLE = wordlist("victims.not_people")


def _people(noun: Token, words: Lexicon) -> bool:
    """Say whether a noun without a figure can be people: a known word, a pronoun, a name, or no known thing."""
    low = noun.lower_
    if _aged(noun):
        return True
    if words.is_person(low) or low in words.kin or low in SINGULAR or low in PLURAL or low in words.perpetrator_class:
        return True
    if noun.ent_type_ in {"PERSON", "NORP"}:
        return True
    if noun.pos_ == "PROPN":
        return noun.ent_type_ in {"", "ORG", "GPE"} and noun.tag_ in {"NNPS", "NNP"}
    if noun.pos_ != "NOUN" or low in words.target_class or low in words.act_nouns or low in words.instrument_class:
        return False
    return low.endswith(
        (
            "er",
            "ers",
            "ist",
            "ists",
            "man",
            "men",
            "ee",
            "ees",
            "ian",
            "ians",
            "ant",
            "ants",
            "or",
            "ors",
            "ite",
            "ites",
            "lings",
            "folk",
        )
    )


def _extent(doc: Doc, token: Token, noun: Token, figure: Figure | None) -> tuple[int, int]:
    start, end = phrase(token)
    if noun.lower_ == "old" and _aged(noun):
        start = min(start, noun.left_edge.i)
    if figure is not None:
        start, end = min(start, figure.start), max(end, figure.end)
        if figure.unit is not None:
            end = max(end, phrase(noun)[1])
            start = min(start, max(figure.start, 0))
            if doc[start].i < figure.start - 3:
                start = figure.start
    return compact(doc, start, end)


def _count(
    doc: Doc, noun: Token, figure: Figure | None, words: Lexicon, start: int, end: int, *, animate: bool
) -> tuple[str, Count]:
    if figure is not None:
        return (
            "kin" if noun.lower_ in words.kin and any(t.dep_ == "poss" for t in doc[start:end]) else "figure"
        ), figure.count
    if any(t.lower_ == "neither" for t in doc[start : noun.i + 1]):
        return "figure", Count(0, 0, "exact", "", *between(doc, start, end))
    span = _one_word(doc, noun, start, end)
    one = Count(1, 1, "exact", "", *span)
    low = noun.lower_
    if noun.tag_ in {"NNP", "NN"} and low not in words.people and _is_name(noun, animate=animate):
        return "name", _at(doc, start, end)
    if _aged(noun) or _one_more(noun) or (low == "other" and any(t.lower_ == "the" for t in doc[start:end])):
        return "one", one
    if low in words.pairs and low in {"couple", "pair"}:
        return "pair", Count(2, 2, "exact", "", *span)
    if low in SINGULAR:
        return "one", one
    if low in words.groups or noun.tag_ in {"NNS", "NNPS"} or low in PLURAL or noun.tag_ not in {"NN", "NNP"}:
        return "many", NOTHING
    if low in words.kin:
        return "kin", one
    known = words.is_person(low) and low not in words.triggers and noun.pos_ != "PRON"
    if (noun.tag_ == "NNP" and not known) or not (animate or words.is_person(low) or low in words.perpetrator_class):
        return "many", NOTHING
    # One is meant where no article stands: 'teen killed'.
    single = known or any(
        t.lower_ in {"a", "an", "one", "another", "the", "his", "her", "my", "this", "that"} for t in doc[start:end]
    )
    return ("one", one) if single else ("many", NOTHING)


def _one_more(noun: Token) -> bool:
    """'a third soldier', 'a fifth': one beside those told of."""
    first = noun.left_edge
    after = first.nbor(1) if first.i < noun.i else noun
    return first.lower_ == "a" and after.tag_ == "JJ" and after.lower_ in ORDINALS


def _aged(noun: Token) -> bool:
    """'the 2-year-old', 'a 19-year-old man': an age tells one person."""
    old = noun if noun.lower_ == "old" else next((c for c in noun.children if c.lower_ == "old"), None)
    return old is not None and old.i > 1 and any(t.lower_ in {"year", "month"} for t in noun.doc[old.i - 2 : old.i])


def _is_name(noun: Token, *, animate: bool) -> bool:
    """Say whether a word names one person: the model says so, an age stands by, or only a person can undergo it."""
    if noun.ent_type_ == "PERSON" or (noun.text[:1].isupper() and _aged(noun)):
        return noun.tag_ == "NNP" or noun.text[:1].isupper()
    if not animate or not noun.text[:1].isupper():
        return False
    if noun.tag_ == "NNP" and noun.ent_type_ not in {"ORG", "NORP", "GPE", "LOC"}:
        return True
    follows = noun.doc[noun.i + 1 : noun.i + 3]
    age = len(follows) == 2 and follows[0].text == "," and follows[1].text.isdigit()
    return age or _surname(noun)


def _surname(noun: Token) -> bool:
    """Say whether a word is the last of a person's full name that the text gave before."""
    before = noun.doc[: noun.i]
    return any(
        t.lower_ == noun.lower_ and t.i > 0 and t.nbor(-1).tag_ == "NNP" and t.nbor(-1).head.i == t.i and _person(t)
        for t in before
        if t.lower == noun.lower
    )


def _person(name: Token) -> bool:
    return name.ent_type_ == "PERSON" or _aged(name)


def _full_name(noun: Token) -> bool:
    """Two names in a row: the model takes many a surname for a place."""
    return noun.i > 0 and noun.nbor(-1).tag_ == "NNP" and noun.nbor(-1).head.i == noun.i


def _at(doc: Doc, start: int, end: int) -> Count:
    return Count(1, 1, "exact", "", *between(doc, start, end))


def _one_word(doc: Doc, noun: Token, start: int, end: int) -> tuple[int, int]:
    """Give the words that make it one: 'a' of 'a 20-year-old man', the noun where nothing else does."""
    article = next((t for t in doc[start:end] if t.lower_ in {"a", "an", "one", "another"} and t.i < noun.i), noun)
    return between(doc, article.i, article.i + 1)


def victim_class(noun: str, inside: Iterable[str], words: Lexicon) -> str:
    """Give the class that the words name: the counted noun's own, else one of its describing words'."""
    inside = list(inside)
    own = words.victim_class.get(noun)
    if own is not None and not (own == "civilian" and noun in {"driver", "employee"}):
        return _side(own, inside, words)
    for word in reversed(inside):
        if word in SERVICES:
            return "security_force"
        found = words.victim_class.get(word) or SIDE.get(words.perpetrator_class.get(word, ""))
        if found is not None:
            return _side(found, inside, words)
    return "civilian" if noun in words.kin else "unknown"


def _side(own: str, inside: Iterable[str], words: Lexicon) -> str:
    """'rebel troops' are no security force."""
    if own == "security_force" and any(
        words.perpetrator_modifiers.get(w) in {"armed_group", "militia"} for w in inside
    ):
        return "armed_group"
    return own


def _roles(doc: Doc, start: int, end: int, words: Lexicon) -> tuple[str, ...]:
    inside = ["" if t.i > 0 and t.nbor(-1).text == "-" else t.lower_ for t in doc[start:end]]
    found = [role for word in inside for role in words.victim_role.get(word, ())]
    pairs = pairwise(inside)
    found += [
        role for a, b in pairs if (role := words.victim_role_pairs.get((a, words.lemmas.get(b, b.removesuffix("s")))))
    ]
    return tuple(dict.fromkeys(found))


def _names(doc: Doc, start: int, end: int) -> tuple[str, ...]:
    found = [e for e in doc[start:end].ents if e.label_ == "PERSON"]
    names = [_plain(e.text) for e in found] or [
        _plain(" ".join(t.text for t in doc[start:end] if t.text[:1].isupper()))
    ]
    return tuple(name for name in names if name)


def _plain(name: str) -> str:
    words = name.replace("\n", " ").split()
    while len(words) > 1 and words[0].lower().strip(".") in TITLES:
        words = words[1:]
    return " ".join(words).removesuffix("’s").removesuffix("'s")
