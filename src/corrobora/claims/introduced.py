"""What a document introduces: full personal names with the roles told beside them, and abbreviations."""

import re
from collections.abc import Sequence

from spacy.tokens import Doc, Span, Token

from corrobora.claims.phrases import NAME_CONNECTORS, capital_runs, is_name_like, phrase, written
from corrobora.claims.reporting import Words

INNER = frozenset({"of", "the", "for", "and", "on", "in", "de", "against", "to", "by"})
JOINING = frozenset({"of", "for", "and", "on", "de", "against"})
OWNER = frozenset({"'s", "’s"})
SHORT = re.compile(r"\((?:the |or )?([A-Z][A-Za-z&-]{0,9}[A-Z]s?)\)")
NAMING = frozenset({"PROPN", "NOUN", "ADJ"})
BEFORE = 140


def abbreviations(text: str) -> dict[str, str]:
    """Return the abbreviations that a text introduces in brackets, with what they stand for.

    >>> abbreviations("the Syrian Observatory for Human Rights (SOHR) said")
    {'SOHR': 'Syrian Observatory for Human Rights'}
    """
    found: dict[str, str] = {}
    for match in SHORT.finditer(text):
        full = _expansion(text[max(0, match.start() - BEFORE) : match.start()].split(), match.group(1))
        if full:
            found.setdefault(match.group(1), full)
    return found


def introductions(doc: Doc, words: Words) -> dict[str, frozenset[str]]:
    """Return the personal names of a document, each with the titles and roles told beside it."""
    roles: dict[str, set[str]] = {}
    wanted = words["person"] | words["titles"]
    for entity in doc.ents:
        if entity.label_ != "PERSON" or is_body(entity, words):
            continue
        whole = _grown(entity)
        name = without_title(words, whole)
        if not name or any(part.lower() in words["body"] for part in name.split()):
            continue
        near = doc[max(whole[0].i - 4, entity.sent.start) : whole[0].i]
        told = {token.lemma_.lower() for token in (*phrase(entity.root), *near, *whole)}
        roles.setdefault(name, set()).update(told & wanted)
    return {name: frozenset(told) for name, told in roles.items()}


def longer_names(doc: Doc, words: Words) -> frozenset[str]:
    """Return what may be full personal names: two to four capitals in a row that are no place, date or body."""
    runs = [run for run in capital_runs(list(doc)) if not is_body(run, words)]
    runs = [run for run in runs if not any(t.ent_type_ in {"GPE", "LOC", "DATE", "FAC"} for t in run[-2:])]
    return frozenset(name for run in runs if 2 <= len((name := without_title(words, run)).split()) <= 4)


def body_names(doc: Doc, words: Words) -> tuple[tuple[str, int], ...]:
    """Return the full names of bodies in a document, in order: capitals, joined by `of` or `for`, with a body's word.

    With each comes the index of the token after it. `Norran Observatory for Detainees`, `Kelva's Ministry of Health`.
    """
    found: list[tuple[str, int]] = []
    run: list[Token] = []
    for token in (*doc, None):
        if token is not None and (is_name_like(token) or token.text == "-" or _joins(token, run)):
            run.append(token)
            continue
        while run and not is_name_like(run[-1]):
            run.pop()
        while run and (not is_name_like(run[0]) or (run[0].is_sent_start and run[0].pos_ not in NAMING)):
            run.pop(0)
        if len(run) > 1 and is_body(run, words):
            found.append((written(run), run[-1].i + 1))
        run = []
    return tuple(found)


def _joins(token: Token, run: Sequence[Token]) -> bool:
    """`Observatory for Detainees`, `Ministry of the Interior`, `Kelva's Ministry`: small words inside a body's name."""
    after_joint = token.lower_ == "the" and bool(run) and run[-1].lower_ in JOINING
    return bool(run) and (token.lower_ in JOINING | OWNER or after_joint)


def _grown(entity: Span) -> list[Token]:
    """Take in the capitals on either side, which the small model often leaves out of a foreign name."""
    doc, first, last = entity.doc, entity.start, entity.end
    while first > entity.sent.start and (is_name_like(doc[first - 1]) or doc[first - 1].lower_ in NAME_CONNECTORS):
        first -= 1
    while first < entity.start and not is_name_like(doc[first]):
        first += 1
    if first > 0 and doc[first - 1].lower_ == "of":  # `Minister of Internal Affairs Ihor Klymenko`
        first = max(first, min(entity.start, entity.end - 2))
    return list(doc[first:last])


def is_body(tokens: Span | Sequence[Token], words: Words) -> bool:
    """Tell whether a name is that of a body: it has a word such as Ministry or Command in it."""
    return any(token.lemma_.lower() in words["body"] or token.lower_ in words["body"] for token in tokens)


def without_title(words: Words, tokens: Span | Sequence[Token]) -> str:
    """Return a name without what stands before its last title or role word, and without that word."""
    kept = list(tokens)
    drop = words["titles"] | words["person"]
    for place in range(len(kept) - 2, -1, -1):
        if kept[place].lower_.rstrip(".") in drop or kept[place].lower_ in drop:
            kept = kept[place + 1 :]
            break
    runs = capital_runs(kept)
    return written(runs[-1]) if runs else ""


def same_person(part: str, full: str) -> bool:
    """Tell whether `part` is a shorter way to write the personal name `full`: its first or last name among its words.

    >>> same_person("Isa", "Gambo Isa"), same_person("Sharaa", "Ahmed al-Sharaa"), same_person("Ahmed", "Ahmed")
    (True, True, False)
    """
    some, every = _parts(part), _parts(full)
    return bool(some) and set(some) < set(every) and bool({every[0], every[-1]} & set(some))


def _parts(name: str) -> list[str]:
    plain = [word for word in re.split(r"\s+", re.sub(r"\b[Aa]l[- ]", "", name)) if word]
    return [word for word in plain if word.lower() not in NAME_CONNECTORS]


def _expansion(before: Sequence[str], short: str) -> str:
    """Return the words before `(SHORT)` whose initials it is: `Syrian Observatory for Human Rights` for SOHR."""
    letters = [letter.lower() for letter in short if letter.isupper()]
    words = [word.strip(",;:.'’\"“”") for word in before]
    for size in range(max(2, len(letters) - 1), min(len(words), len(letters) + 5) + 1):
        taken = words[-size:]
        initials = [part[0].lower() for word in taken for part in word.split("-") if part[:1].isupper()]
        if initials == letters and taken[0][:1].isupper():
            return " ".join(taken)
    capital: list[str] = []
    for word in reversed(words):
        if word[:1].isupper() or (capital and word in INNER):
            capital.insert(0, word)
        else:
            break
    while capital and (not capital[0][:1].isupper() or capital[0] == "The"):
        capital.pop(0)
    close = capital and capital[0][:1].lower() == letters[0]
    return " ".join(capital) if close and len(capital) >= 2 else ""
