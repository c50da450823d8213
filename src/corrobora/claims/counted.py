"""What a number counts: people, or why it must never be read as people.

The noun that is counted decides first, then the words around the figure. A figure that passes every guard and has no
noun is 'unknown': only the verb that governs it can say. `units.toml` holds the words.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from importlib.resources import files
from typing import Any

from spacy.tokens import Doc, Token

from corrobora.claims import lexicon


def _read(name: str) -> Mapping[str, Any]:
    return tomllib.loads(files("corrobora.claims").joinpath(f"{name}.toml").read_text(encoding="utf-8"))


def _forms(nouns: Iterable[str]) -> frozenset[str]:
    return frozenset(form for noun in nouns for form in (noun, lexicon.plural(noun)))


_TABLE, _WHO = _read("units"), _read("people")
_UNITS: Mapping[str, str] = {form: why for why, nouns in reversed(_TABLE["units"].items()) for form in _forms(nouns)}
_HARM = _forms(_TABLE["harm"]["nouns"])
_GROUPS = _forms(_WHO["people"]["groups"]) - _forms(_TABLE["people"]["collective"])
# Words for people: this room's own, and those that the casualty lexicon classes.
_PEOPLE = _forms(_TABLE["people"]["nouns"] + _TABLE["people"]["collective"] + _WHO["kin"]["words"]) | _forms(
    noun for table in ("victim_class", "victim_role") for nouns in _WHO[table].values() for noun in nouns
)
_PEOPLE -= _GROUPS
_ENDINGS = tuple(_TABLE["people"]["endings"])
_ARMED, _CARRIED = _forms(_TABLE["strength"]["armed"]), _forms(_TABLE["strength"]["carried"])
_TROOPS = _forms(_TABLE["strength"]["groups"])
_HAVE, _ACTS = frozenset(_TABLE["strength"]["verbs"]), frozenset(_TABLE["strength"]["acts"])
_NAMED_BEFORE = _forms(_TABLE["named"]["before"])
_STREETS = frozenset(_TABLE["named"]["street"])
_DATING = frozenset(_TABLE["named"]["year_after"])
_AGED, _AGED_OF = frozenset(_TABLE["age"]["before"]), frozenset(_TABLE["age"]["of"])
# What befalls people on board: 'killing all six passengers on board'.
_BEFELL = frozenset(
    {"kill", "wound", "injure", "hurt", "abduct", "kidnap", "seize", "rescue", "free", "shoot", "execute"}
)
_OLDEST = 115  # years of a life


def noun_kind(token: Token) -> str:
    """Say what a noun counts: 'people', one of the reasons of `units.toml`, or 'unknown'."""
    for form in (token.lower_, token.lemma_.lower()):
        if form in _HARM or form in _PEOPLE:
            return "people"
        if form in _UNITS:
            return _UNITS[form]
    if len(token.lower_) > max(map(len, _ENDINGS)) and token.lower_.endswith(_ENDINGS):
        return "people"
    # 'three Uighurs': a plural name of people, where the model takes it for one.
    plural = token.text[:1].isupper() and token.lower_.endswith("s") and token.ent_type_ in {"NORP", "PERSON"}
    return "people" if plural else "unknown"


def is_group(token: Token) -> bool:
    """Say whether a singular noun stands for several people: `a family`, `a patrol`."""
    return token.lower_ in _GROUPS or token.lower_ in _TROOPS


def is_harm(token: Token) -> bool:
    """Say whether a word stands for those who were harmed: `the wounded`, `deaths`."""
    return token.lower_ in _HARM


def about(doc: Doc, start: int, end: int, unit: int | None) -> str:
    """Say what the number in tokens `start` to `end` counts: people, unknown, or why it must not be counted."""
    for guard in _guards(doc, start, end, unit):
        if guard:
            return guard
    kind = "unknown" if unit is None else noun_kind(doc[unit])
    return _strength(doc, start, doc[unit]) or kind if unit is not None and kind == "people" else kind


def _guards(doc: Doc, start: int, end: int, unit: int | None) -> Iterator[str]:
    before, after = _step(doc, start, -1), _step(doc, end - 1, 1)
    yield _compound(doc, start, end)
    yield _old(doc, end)
    yield _aged(doc, start, before)
    if end - start == 1 and doc[start].like_num:
        yield _age_of_one(doc, start, before, after)
        yield _age_is(doc[start], after)
    yield _named(doc, start, before, unit)
    yield _address(doc, start, end)
    yield _year(doc, start, end, before, unit)
    if unit is None or noun_kind(doc[unit]) == "people":
        yield _population(doc, before)
    if end - start == 1 and doc[start].lower_ == "one":
        yield _pronoun(doc, end, before, after)


def _step(doc: Doc, at: int, by: int) -> Token | None:
    """Return the next token that is not white space, None at a blank line or an end."""
    at += by
    while 0 <= at < len(doc):
        if not doc[at].is_space:
            return doc[at]
        if doc[at].text.count("\n") > 1:
            return None
        at += by
    return None


def _word(token: Token | None) -> str:
    return token.lower_ if token is not None else ""


def _compound(doc: Doc, start: int, end: int) -> str:
    """`20-year-old`, `48-hour`, `12-member`, `500-strong`, `mid-20`: the number is part of a compound."""
    if start > 1 and doc[start - 1].text == "-" and not doc[start - 2].whitespace_ and doc[start - 2].is_alpha:
        return "other"
    if end + 1 >= len(doc) or doc[end].text not in {"-", "–"} or doc[end - 1].whitespace_ or doc[end].whitespace_:
        return ""
    said, word = doc[end + 1 : end + 4].text.lower(), doc[end + 1]
    if re.match(r"(?:year|yr|month|week|day)s?[\s-]old", said):
        return "age"
    if word.lower_ in _TABLE["strength"]["compound"]:
        return "strength"
    if re.fullmatch(r"\d*(?:1st|2nd|3rd|\dth)|first|second|third|\w+(?:rth|fth|xth|nth|hth|ieth|elfth)", word.lower_):
        return (
            "duration"
            if word.lower_ == "month" or (word.lower_ == "second" and doc[start].text.isdigit())
            else "ordinal"
        )
    if not word.is_alpha:
        return ""
    kind = noun_kind(word)
    return kind if kind not in {"people", "unknown"} else "other"


def _old(doc: Doc, end: int) -> str:
    """`20 year old`, `34 years old`, `9 -year -old`, `three months of age`."""
    if end < len(doc) and doc[end].lower_ in {"'s", "’s"} and re.fullmatch(r"[1-9]0", doc[end - 1].text):
        return "age"  # 'in his 20's'
    said = doc[end : end + 5].text.lower()
    return "age" if re.match(r"(?:[-–]\s?)?(?:year|yr|month|week|day)s?[\s-]+(?:old|of age)", said) else ""


def _aged(doc: Doc, start: int, before: Token | None) -> str:
    """`aged 5 and 7`, `ages 15, 10 and 6`, `children under five`, `under the age of 14`, `both 15`."""
    chain = [t.lower_ for t in doc[max(0, start - 6) : start] if not t.is_space]
    word = _word(before)
    if word in _AGED or "age" in chain[-3:]:
        return "age"
    if word in {"and", "or", ",", "to", "between", "under", "over"} and _AGED & set(chain):
        return "age"
    if word in {"under", "over", "above", "below"} and chain[-2:-1] and chain[-2] in _AGED_OF:
        return "age"
    return "age" if word in {"both", "each"} and doc[start].text.isdigit() else ""


def _age_of_one(doc: Doc, at: int, before: Token | None, after: Token | None) -> str:
    """`Smith, 34,`, `Smith (34)`, `her son, 3`, `a boy of 12`."""
    if not _years(doc[at]) or before is None or before.text not in {",", "(", "of"}:
        return ""
    who = _step(doc, before.i, -1)
    if who is None:
        return ""
    if before.text == "of":
        alone = after is None or not (
            after.pos_ in {"NOUN", "PROPN", "ADJ", "NUM"} or after.is_quote or after.text == "-"
        )
        return "age" if alone and who.tag_ == "NN" and noun_kind(who) == "people" and not is_group(who) else ""
    return "age" if _closes(after) and _one_person(who) else ""


def _years(token: Token) -> bool:
    return token.text.isdigit() and int(token.text) <= _OLDEST


def _closes(after: Token | None) -> bool:
    if after is None or after.text in {",", ")", ".", ";"}:
        return True
    return after.lower_ in {"and", "who", "of", "from", "was", "were", "is"}


def _one_person(token: Token) -> bool:
    """Say whether a token ends the name, or singular description, of one person; a place is none."""
    if token.ent_type_ in {"GPE", "LOC", "FAC", "DATE", "TIME", "CARDINAL"}:
        return False
    if token.pos_ == "PROPN" or token.ent_type_ == "PERSON" or token.lower_ in {"jr", "jr.", "sr", "sr."}:
        return True
    return token.tag_ == "NN" and noun_kind(token) == "people"


def _age_is(token: Token, after: Token | None) -> str:
    """`he's 17,`, `she was only 9 when`."""
    verb = token.head
    if not _years(token) or verb.lemma_ not in {"be", "’s", "'s"} or token.dep_ not in {"attr", "acomp"}:
        return ""
    one = any(c.dep_ == "nsubj" and c.lower_ in {"he", "she", "i", "who"} for c in verb.children)
    ends = after is None or after.is_punct or after.lower_ in {"when", "and", "at", "now", "but"}
    return "age" if one and ends else ""


def _names_one(doc: Doc, start: int, before: Token | None, unit: int | None) -> bool:
    """`Rescue 1122 spokesman`: digits between a capital and a single person belong to the name before them."""
    if before is None or unit != start + 1 or not doc[start].text.isdigit() or doc[start].text == "1":
        return False
    person = doc[unit]
    single = person.tag_ == "NN" and noun_kind(person) == "people" and not is_group(person) and not is_harm(person)
    return before.text[:1].isupper() and single and person.lemma_.lower() == person.lower_


def _broadcaster(doc: Doc, start: int, before: Token | None, unit: int | None) -> bool:
    """`11 News has confirmed`, `CBS 58`: a number in the name of a station, at the beginning of what it says."""
    if not doc[start].text.isdigit() or start > doc[start].sent.start + 1:
        return False
    letters = before is not None and before.i == start - 1 and re.fullmatch(r"[A-Z]{3,5}", before.text) is not None
    return letters or (unit == start + 1 and doc[unit].text == "News")


def _named(doc: Doc, start: int, before: Token | None, unit: int | None) -> str:
    """`Route 12`, `grade 10`, `Flight 103`, `205 Brigade`: the number is a name."""
    if _broadcaster(doc, start, before, unit):
        return "section"
    if unit is not None and noun_kind(doc[unit]) == "strength" and doc[unit].tag_ in {"NN", "NNP"}:
        return "section" if doc[start].text.isdigit() else "strength"
    if before is not None and unit is None and before.tag_ == "NNP" and before.i > before.sent.start:
        name = (
            before.ent_type_ in {"", "FAC", "ORG", "PRODUCT"} and doc[start].text.isdigit() and doc[start - 1] == before
        )
        if name and before.lower_ not in {"kills", "kill"}:
            return "section"  # 'at Club 21'
    if _names_one(doc, start, before, unit):
        return "section"
    if before is None or before.is_punct or before.tag_ in {"NNS", "NNPS"} or before.lower_ not in _NAMED_BEFORE:
        return ""
    if not doc[start].text[:1].isdigit() and before.text[:1].islower() and before.lower_ != "number":
        return ""
    counted = unit is not None and noun_kind(doc[unit]) != "unknown"
    return "" if counted or (before.lower_ == "no" and not doc[start].text.isdigit()) else "section"


def _address(doc: Doc, start: int, end: int) -> str:
    """`1200 block of Main Street`, `23 Oak Avenue`, `at 16411 Oakbrook`, `Lorn, TX 79830`."""
    before, word = _step(doc, start, -1), doc[min(end, len(doc) - 1)]
    if re.fullmatch(r"\d{5}", doc[start].text) and before is not None and re.fullmatch(r"[A-Z]{2}", before.text):
        return "place"  # a postal code
    noun = word.pos_ in {"NOUN", "PROPN"} and noun_kind(word) == "unknown"
    named = noun and (len(doc[start]) > 2 or (word.text[:1].isupper() and word.tag_ == "NNP"))  # titles lose capitals
    if doc[start].text.isdigit() and named and _word(before) in {"at", "inside", "outside", "near"}:
        return "place"
    house = re.fullmatch(r"\d{4,5}", doc[start].text) and word.text[:1].isupper() and word.tag_ not in {"NNS", "NNPS"}
    if house and _word(before) in {"at", "inside", "outside", "near", "on"}:
        return "place"  # four digits and no comma
    for i, token in enumerate(doc[end : end + 4]):
        if token.lower_ in _STREETS and (i or token.lower_ == "block") and doc[start].text.isdigit():
            return "place"
        if not (token.text[:1].isupper() or re.fullmatch(r"\d+(?:st|nd|rd|th)", token.lower_)):
            break
    return ""


def _year(doc: Doc, start: int, end: int, before: Token | None, unit: int | None) -> str:
    """`in 2014`, `the 1982 massacre`, `from 2008 to 2013`; not `2,014` nor `1900 people`."""
    numbers = [t.text for t in doc[start:end] if t.like_num]
    if not numbers or not all(re.fullmatch(r"1[6-9]\d\d|20\d\d", n) for n in numbers):
        return ""
    # 'a 2013 double homicide': of that year
    people = unit is not None and noun_kind(doc[unit]) == "people" and doc[unit].tag_ not in {"NN", "NNP"}
    return "" if people and _word(before) not in _DATING else "date"


def _population(doc: Doc, before: Token | None) -> str:
    """`a town of 4,500`: the size of a place."""
    if before is None or before.text != "of" or (place := _step(doc, before.i, -1)) is None:
        return ""
    return "strength" if place.lower_ == "population" or noun_kind(place) == "place" else ""


def _pronoun(doc: Doc, end: int, before: Token | None, after: Token | None) -> str:
    """`the one who`, `one another`, `one of the deadliest attacks`: no figures. `one of the guards` is one."""
    if _word(before) == "only" and after is not None and noun_kind(after) == "people":
        return ""  # 'only one person died'
    that = before is not None and before.lower_ == "that" and before.tag_ in {"DT", "WDT"} and before.head.i >= end - 1
    if that or _word(before) in {"the", "this", "which", "every", "any", "such", "each", "another", "only", "no"}:
        return "other"
    if _word(after) in {"another", "by", "'s", "’s", "must", "should", "can", "could"}:
        return "other"
    if _word(after) != "of":
        return ""
    for token in doc[end + 1 : end + 9]:
        if token.tag_ in {"JJS", "RBS"} or token.lower_ in {"most", "least"}:
            return "other"
        if token.tag_ in {"PRP", "WP", "WDT"} or token.lower_ in {"these", "those"}:
            return ""
        if is_harm(token):
            return ""  # 'one of the wounded'
        if token.tag_ in {"NNS", "NNPS"} and _word(_step(doc, token.i, 1)) not in {"'", "’", "'s", "’s"}:
            return "" if noun_kind(token) in {"people", "unknown"} else "other"
    return "other"


def _strength(doc: Doc, start: int, noun: Token) -> str:
    """Say whether people are counted as a force, a crew or a crowd of a given size, not as those who were harmed."""
    aboard = doc[noun.i + 1 : noun.i + 3].text.lower().startswith(("aboard", "on board"))
    if aboard and not (noun.dep_ in {"dobj", "nsubjpass"} and noun.head.lemma_ in _BEFELL):
        return "strength"
    before = _step(doc, start, -1)
    if before is not None and before.text == "of" and (group := _step(doc, before.i, -1)) is not None:
        if group.tag_ == "NNS" and group.lower_ in _GROUPS:
            return "strength"  # 'families of 12 people': the size of each
        if group.lower_ in _TROOPS and noun.lower_ in _ARMED:
            return "strength"
    return _force(noun) if noun.lower_ in _ARMED | _CARRIED else ""


def _force(noun: Token) -> str:
    """Say whether the words that govern a noun for armed people, or a crew, tell its size or what it did."""
    head = noun
    while head.dep_ in {"conj", "appos", "nummod", "compound"} and head.head != head:
        head = head.head
    verb = head.head
    if head.dep_ == "attr" and any(c.dep_ == "expl" for c in verb.children) and not _harmed(head):
        return "strength"
    if head.dep_ == "dobj" and verb.lower_ in _HAVE and not _harmed(head):
        return "strength"
    if head.dep_ == "nsubj" and verb.lower_ in _ACTS and verb.pos_ in {"VERB", "AUX"}:
        return "strength"
    if head.dep_ != "pobj":
        return ""
    if verb.lower_ == "by" and verb.dep_ == "agent":
        return "strength"
    if verb.lower_ == "with" and noun.lower_ in _CARRIED:
        return "" if head != noun or _harmed(head) else "strength"
    has = verb.lower_ in {"with", "of"} and verb.head.lower_ in _HAVE and verb.head.pos_ == "VERB"
    return "strength" if has else ""


def _harmed(noun: Token) -> bool:
    """Say whether words behind the noun tell what was done to it: `had five members killed`."""
    told = {"acl", "relcl", "oprd", "ccomp", "acomp"}
    return any(c.dep_ in told for c in noun.children) or any(c.dep_ in told - {"relcl"} for c in noun.head.children)
