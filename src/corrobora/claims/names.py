"""The names that a text mentions, for the rooms that resolve places and search."""

from collections.abc import Iterator

from spacy.tokens import Doc

from corrobora.claims.lexicon import Lexicon
from corrobora.model import Mention, Text

KINDS = {
    "GPE": "place",
    "LOC": "place",
    "PERSON": "person",
    "ORG": "organisation",
    "NORP": "group",
    "FAC": "facility",
    "DATE": "date",
}


def mentions(doc: Doc, text: Text, words: Lexicon) -> tuple[Mention, ...]:
    """Give every name in text order; a name of a project's armed groups is a group whatever the model called it."""
    return tuple(_mentions(doc, text, words))


def _mentions(doc: Doc, text: Text, words: Lexicon) -> Iterator[Mention]:
    for entity in doc.ents:
        kind = "group" if entity.text.lower() in words.armed_groups else KINDS.get(entity.label_)
        if kind is not None:
            start, end = entity.start_char, entity.end_char
            yield Mention(start, end, text.text[start:end], kind)
