"""A parsed text with everything that was found in it, from which claims are made."""

from dataclasses import dataclass

from spacy.tokens import Doc

from corrobora.claims.acts import Act
from corrobora.claims.attribution import Attributor
from corrobora.claims.figures import Figure
from corrobora.claims.lexicon import Lexicon
from corrobora.model import Text


@dataclass(frozen=True, slots=True)
class Page:
    """What the rules see: `reporting` are the indexes of verbs of saying, `reader` the name that claims carry."""

    doc: Doc
    text: Text
    words: Lexicon
    acts: tuple[Act, ...]
    figures: tuple[Figure, ...]
    attributor: Attributor
    reporting: frozenset[int]
    reader: str
