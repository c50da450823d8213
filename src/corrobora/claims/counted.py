"""What a number counts: people, or why it must never be read as people.

Two kinds of guard. `masks` works on characters, before any grammar: dates, clock times, money, telephone numbers and
the like have their own shapes. `about` works on words: the noun that is counted, and the words around it. A number
that passes every guard and has no noun is 'unknown': only the verb that governs it can say.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from importlib.resources import files

from spacy.tokens import Doc, Token

from corrobora.claims import lexicon

_TABLE = tomllib.loads(files("corrobora.claims").joinpath("units.toml").read_text(encoding="utf-8"))
_WHO = tomllib.loads(files("corrobora.claims").joinpath("people.toml").read_text(encoding="utf-8"))
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_DAYS = rf"{_DAY}(?:\s*(?:,|-|–|to|and|or|through|until)\s*{_DAY})*(?!\d|,\d{{3}}\b)"  # noqa: RUF001
_YEAR = r"(?:1[6-9]|20)\d\d"
_CURRENCY = r"(?:[$€£¥₦₹₽₪]|\b(?:USD|EUR|GBP|NGN|KES|PKR|INR|US\$|Rs|Ksh|Sh|HTG|SDG|UAH|N(?=\d)))\.?\s?"  # noqa: RUF001
# Shapes of characters that no count of people has, in the order in which they are looked for.
_SHAPES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (why, re.compile(pattern, flags))
    for why, pattern, flags in (
        ("other", r"https?://\S+|www\.\S+|\S+@\S+\.\w+", re.I),
        ("date", rf"\b{_YEAR}[-/.]\d{{1,2}}[-/.]\d{{1,2}}(?:T[\d:.+Z-]+)?\b", 0),
        ("date", rf"\b\d{{1,2}}[-/.]\d{{1,2}}[-/.](?:{_YEAR}|\d\d)\b", 0),
        ("date", rf"\b{_DAY}(?:\s*(?:-|–|to|and|or)\s*{_DAY})?(?:\s+of)?\s+{_MONTH},?(?:\s+(?:{_YEAR}\b|'?\d\d\b(?!\s+(?!--)[a-z])))?", re.I),  # noqa: E501, RUF001
        ("date", rf"(?<!\bin\s)(?<!\bduring\s)(?<!\blast\s)\b{_MONTH}\s+{_DAYS}(?:st|nd|rd|th)?\b(?:,?\s+{_YEAR}\b)?", re.I),
        ("date", rf"\b{_MONTH},?\s+(?:of\s+)?{_YEAR}\b", re.I),
        ("date", rf"\b{_YEAR}(?:s\b|['’]s?\b|\s?[-–/]\s?(?:{_YEAR}|\d\d)\b)|['’]\d0s\b", 0),  # noqa: RUF001
        ("time", r"\b\d{1,2}(?:[:.]\d{2}){1,2}\s?(?:[ap]\.?\s?m\b\.?|hrs?\b|hours\b|GMT\b|UTC\b|o['’]clock)", re.I),  # noqa: RUF001
        ("time", r"\b(?:between\s+)?\d{1,2}(?:\s?(?:-|–|to|and|or)\s?\d{1,2})?\s?(?:[ap]\.\s?m\.?|[ap]m\b|o['’]clock)", re.I),  # noqa: RUF001
        ("time", r"\b\d{1,2}:\d{2}(?::\d{2})?\b|\b(?:as of|at|around|by|from|until)\s\d{1,2}\.\d{2}\b(?!\s*(?:%|million|billion|per))", re.I),
        ("time", r"\b[012]\d[0-5]\d\s?(?:hours|hrs|h\b|GMT|UTC|local time)", re.I),
        ("other", r"(?:\+\d{1,3}[\s-]?)?(?:\(\d{2,4}\)\s?|\b\d{3,4}[-.\s])\d{3,4}[-.\s]\w{3,5}(?=\b)(?<=[-.\s]\d{4})|\b\d{3}-\d{4}\b|\b\d{3}-\d{3}-[A-Z]+\b", 0),
        ("other", r"\b(?:call|dial|phone|text|texted|calling|called|dialed|dialled)\s\d{3,7}\b", re.I),
        ("money", rf"{_CURRENCY}\d[\d,.]*(?:\s?(?:thousand|million|billion|trillion|lakh|crore|[mk]n?|bn)\b)?", 0),
        ("money", r"\b\d[\d,.]*\s?(?:thousand|million|billion|trillion|lakh|crore)?\s?(?:[$€£¥₦₹])", re.I),
        ("percent", r"\b\d[\d,.]*\s?(?:-\s?\d[\d,.]*\s?)?(?:%|per\s?cent\b|percent|pct\b)", re.I),
        ("weapon", r"(?<![\w.])\.\d+\b|\b\d+(?:\.\d+)?\s?-?\s?(?:mm|caliber|calibre|cal|gauge)\b|\b(?:AK|M|F|MiG|Mi|Su|T|C|B|RPG|UH|AH|MK|G|PK|R|S|Tu|A|V)-\d+\w*", 0),
        ("section", r"\bCOVID-19\b|\bNos?\.\s?\d+\b|#\s?\d+", re.I),
        ("other", r"\b(?:one|two|three|four|five|six|seven|eight|nine|\d+)[\s-]+(?:halves|thirds?|quarters?|fifths?|sixths?|eighths?|tenths?)\b", re.I),
        ("distance", r"\b\d+(?:\.\d+)?\s?(?:km|kms|cm|ft|mph|kph|kg|m2|km2)\b", re.I),
        ("other", r"\b\d+(?:\.\d+)?\s?°|\b\d+\.\d+\b(?!\s?(?:thousand|million|billion|lakh|crore|mn|bn))", re.I),
    )
)  # fmt: skip


def masks(text: str) -> list[tuple[int, int, str]]:
    """Return the character spans that look like no count of people, with the reason, in order.

    >>> masks("At 10:17 am on March 10 police found $5,000")
    [(3, 11, 'time'), (15, 23, 'date'), (37, 43, 'money')]
    """
    found: list[tuple[int, int, str]] = []
    taken = bytearray(len(text))
    for why, pattern in _SHAPES:
        for match in pattern.finditer(text):
            start, end = match.span()
            if end > start and not any(taken[start:end]):
                taken[start:end] = b"\x01" * (end - start)
                found.append((start, end, why))
    return sorted(found)


def _forms(nouns: Iterable[str]) -> frozenset[str]:
    return frozenset(form for noun in nouns for form in (noun, lexicon.plural(noun)))


_UNITS: Mapping[str, str] = {form: why for why, nouns in reversed(_TABLE["units"].items()) for form in _forms(nouns)}
# Words for people: this room's own, and those that the casualty lexicon classes.
_GROUPS = _forms(_WHO["people"]["groups"]) - _forms(["people", "personnel", "staff", "police", "youth"])
_PEOPLE = (
    _forms(
        [
            *_TABLE["people"]["nouns"],
            *_WHO["kin"]["words"],
            *(n for t in ("victim_class", "victim_role") for ns in _WHO[t].values() for n in ns),
        ]
    )
    - _GROUPS
)
_HARM = _forms(_TABLE["harm"]["nouns"])
_FIGHTERS = _forms(_TABLE["strength"]["nouns"])
_TROOPS = _forms(_TABLE["strength"]["groups"])
_ENDINGS = tuple(_TABLE["people"]["endings"])
_BEFORE = _forms(_TABLE["before"]["section"])
_STREETS = frozenset(_TABLE["before"]["street"])
_HAVE = frozenset(_TABLE["strength"]["verbs"])
_ACTS = frozenset(_TABLE["strength"]["acts"])
_AGED = frozenset(_TABLE["ages"]["before"])
_AGED_OF = frozenset(_TABLE["ages"]["of"])


def noun_kind(token: Token) -> str:
    """Say what a noun counts: 'people', one of the reasons of `units.toml`, or 'unknown'."""
    for form in (token.lower_, token.lemma_.lower()):
        if form in _HARM or form in _PEOPLE:
            return "people"
        if form in _UNITS:
            return _UNITS[form]
    if token.lower_.endswith(_ENDINGS) and len(token.lower_) > 4:  # noqa: PLR2004
        return "people"
    # 'three Uighurs': a plural name is a name of people, where it is not a name of things.
    plural = token.text[:1].isupper() and token.lower_.endswith("s") and token.ent_type_ in {"NORP", "PERSON"}
    return "people" if plural else "unknown"


def about(doc: Doc, start: int, end: int, unit: int | None) -> str:
    """Say what the figure in tokens `start` to `end` counts: people, unknown, or why it must not be counted."""
    for guard in _guards(doc, start, end, unit):
        if guard:
            return guard
    if unit is None:
        return "unknown"
    kind = noun_kind(doc[unit])
    return kind if kind != "people" else _strength(doc, start, unit) or "people"


def _guards(doc: Doc, start: int, end: int, unit: int | None) -> Iterator[str]:
    before = _step(doc, start, -1)
    after = _step(doc, end - 1, 1)
    yield _compound(doc, end)
    yield _age(doc, start, end, before, after)
    yield _numbered(doc, start, end, before, unit)
    yield _address(doc, start, end)
    yield _year(doc, start, end, before, unit)
    yield _one(doc, start, end, before, after)


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


def _compound(doc: Doc, end: int) -> str:
    """`20-year-old`, `48-hour`, `12-member`, `500-strong`: the number is part of a modifier."""
    if end + 1 >= len(doc) or doc[end].text not in {"-", "–"}:  # noqa: RUF001
        return _old(doc, end)
    word = doc[end + 1]
    rest = doc[end + 1 : end + 4].text.lower()
    if rest.startswith(("year-old", "month-old", "week-old", "day-old", "years-old", "yr-old", "year old")):
        return "age"
    if word.lower_ in {"strong", "member", "man", "person", "woman", "men"}:
        return "strength"
    if re.match(r"(?:\w*\d)?(?:st|nd|rd|th|first|second|third|\w+th)\b", word.lower_) and word.lower_ != "month":
        return "ordinal"
    if word.is_alpha:
        kind = noun_kind(word)
        return kind if kind not in {"people", "unknown"} else "other"
    return ""


def _old(doc: Doc, end: int) -> str:
    """`20 year old`, `34 years old`, `three months of age`."""
    said = doc[end : end + 3].text.lower()
    return "age" if re.match(r"(?:year|yr|month|week|day)s?[\s-](?:old|of age)", said) else ""


def _age(doc: Doc, start: int, end: int, before: Token | None, after: Token | None) -> str:
    """`aged 5 and 7`, `Smith, 34,`, `a boy of 12`, `children under five`, `Smith (34)`."""
    if _word(before) in _AGED or doc[start].lower_ in _AGED:
        return "age"
    chain = [t.lower_ for t in doc[max(0, start - 5) : start]]
    if chain and chain[-1] in {"and", "or", ",", "to"} and _AGED & set(chain):
        return "age"
    if doc[start].lower_ in {"under", "over", "above"} and _word(before) in _AGED_OF:
        return "age"
    if "age" in chain or ("ages" in chain and "between" in chain):
        return "age"
    if end - start > 1 or not doc[start].like_num:
        return ""
    if before is not None and before.text == "of" and (who := _step(doc, before.i, -1)) is not None:
        alone = after is None or not (after.pos_ in {"NOUN", "PROPN", "ADJ", "NUM"} or after.text == "-")
        return "age" if alone and who.tag_ == "NN" and noun_kind(who) == "people" and _digit_age(doc, start) else ""
    if before is None or before.text not in {",", "("}:
        return ""
    closes = (
        after is None
        or after.text in {",", ")", ".", ";", "and"}
        or after.lower_ in {"who", "of", "from", "was", "were"}
    )
    who = _step(doc, before.i, -1)
    return "age" if closes and who is not None and _digit_age(doc, start) and _named(who) else ""


def _digit_age(doc: Doc, at: int) -> bool:
    return doc[at].text.isdigit() and int(doc[at].text) <= 110  # noqa: PLR2004  (years of a life)


def _named(token: Token) -> bool:
    """Say whether a token ends the name, or singular description, of one person."""
    if token.ent_type_ in {"GPE", "LOC", "FAC", "DATE", "TIME", "ORG", "CARDINAL"}:
        return token.ent_type_ == "ORG" and token.pos_ == "PROPN"
    if token.pos_ == "PROPN" or token.ent_type_ == "PERSON":
        return True
    return token.tag_ == "NN" and noun_kind(token) == "people"


def _numbered(doc: Doc, start: int, end: int, before: Token | None, unit: int | None) -> str:
    """`Route 12`, `grade 10`, `Flight 103`, `205 Brigade`: the number is a name."""
    if unit is not None and noun_kind(doc[unit]) == "strength" and doc[unit].tag_ in {"NN", "NNP"}:
        return "section" if doc[start].lower_ not in {"one", "a", "no"} else "strength"
    if before is None or not doc[start].text[:1].isdigit() and before.text[:1].islower():
        return ""
    counted = unit is not None and noun_kind(doc[unit]) == "people"
    single = before.lower_ in _BEFORE and before.tag_ not in {"NNS", "NNPS"} and end - start <= 3  # noqa: PLR2004
    return "section" if single and not counted and not before.is_punct else ""


def _address(doc: Doc, start: int, end: int) -> str:
    """`1200 block of Main Street`, `23 Oak Avenue`."""
    names = [t for t in doc[end : end + 4]]
    for i, token in enumerate(names):
        if token.lower_ in _STREETS and (i or token.lower_ == "block") and doc[start].text.isdigit():
            return "place"
        if not (token.text[:1].isupper() or token.lower_.endswith(("st", "nd", "rd", "th"))):
            break
    return ""


def _year(doc: Doc, start: int, end: int, before: Token | None, unit: int | None) -> str:
    """`in 2014`, `the 1982 massacre`, `Finance Bill 2024`."""
    if end - start > 1 or not re.fullmatch(r"1[6-9]\d\d|20\d\d", doc[start].text):
        return ""
    dated = _word(before) in {
        "in",
        "since",
        "of",
        "until",
        "till",
        "from",
        "by",
        "during",
        "late",
        "early",
        "mid",
        "before",
        "after",
        "year",
    }
    people = unit is not None and noun_kind(doc[unit]) == "people"
    return "" if people and not (dated and _word(before) in {"since", "in", "during"}) else "date"


def _one(doc: Doc, start: int, end: int, before: Token | None, after: Token | None) -> str:
    """`the one who`, `one another`, `one of the deadliest`, `at one point`: pronouns, not figures."""
    if end - start > 1 or doc[start].lower_ != "one":
        return ""
    if _word(before) in {"the", "this", "that", "which", "every", "any", "such", "-", "each", "another"}:
        return "other"
    if _word(after) in {"another", "by", "'s", "’s", "must", "should", "can", "could", "has", "day", "time"}:  # noqa: RUF001
        return "other"
    if _word(after) == "of":
        return _one_of(doc, end)
    return ""


def _one_of(doc: Doc, end: int) -> str:
    """`one of the deadliest attacks`, `one of the country's largest towns`: of people only, and no superlative."""
    for token in doc[end + 1 : end + 9]:
        if token.tag_ in {"JJS", "RBS"} or token.lower_ in {"most", "least"}:
            return "other"
        if token.tag_ in {"NNS", "NNPS", "PRP", "DT"} and token.lower_ not in {"the", "its", "his", "her", "their"}:
            return "" if noun_kind(token) == "people" or token.tag_ in {"PRP", "DT"} else "other"
    return "other"


def _strength(doc: Doc, start: int, unit: int) -> str:
    """Say whether people are counted as a force, a crew or a crowd of a given size, not as those who were harmed."""
    noun = doc[unit]
    if noun.i + 1 < len(doc) and (
        _word(_step(doc, unit, 1)) == "aboard" or doc[unit + 1 : unit + 3].text.lower() == "on board"
    ):
        return "strength"
    before = _step(doc, start, -1)
    if _word(before) == "of" and before is not None and (group := _step(doc, before.i, -1)) is not None:
        if group.tag_ == "NNS" and group.lower_ in _GROUPS:
            return "strength"  # 'families of 12 people': the size of each
        if group.lower_ in _TROOPS and noun.lower_ in _FIGHTERS:
            return "strength"
    return _force(noun) if noun.lower_ in _FIGHTERS or noun.lower_ in _PASSENGERS else ""


_PASSENGERS = _forms(["passenger", "crew member", "occupant"])
_LINKS = {"conj", "appos", "nummod", "compound"}


def _force(noun: Token) -> str:
    """Say whether the words that govern a noun for armed people tell its strength or what it did."""
    head = noun
    while head.dep_ in _LINKS and head.head is not head:
        head = head.head
    verb = head.head
    if head.dep_ == "attr" and any(child.dep_ == "expl" for child in verb.children):
        return "strength"
    if head.dep_ == "dobj" and verb.lower_ in _HAVE and not _harmed(head):
        return "strength"
    if head.dep_ == "nsubj" and verb.lower_ in _ACTS and verb.pos_ in {"VERB", "AUX"}:
        return "strength"
    if head.dep_ != "pobj":
        return ""
    if verb.lower_ == "by" and verb.dep_ == "agent":
        return "strength"
    return "strength" if verb.lower_ in {"with", "of"} and verb.head.lower_ in _HAVE | {"train"} else ""


def _harmed(noun: Token) -> bool:
    """Say whether a participle behind the noun tells what was done to it: `had five members killed`."""
    return any(child.dep_ in {"acl", "relcl", "oprd", "ccomp"} for child in noun.children) or any(
        child.dep_ in {"oprd", "ccomp", "acomp"} for child in noun.head.children
    )


def is_group(token: Token) -> bool:
    """Say whether a singular noun stands for several people: `a family`, `a patrol`."""
    return token.lower_ in _GROUPS or token.lower_ in _TROOPS
