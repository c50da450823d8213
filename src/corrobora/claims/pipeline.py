"""The statistical parser under the reader: one model's syntax, and, where the settings say so, another's names."""

import warnings

import spacy
from spacy.language import Language

from corrobora.errors import BadInput
from corrobora.settings import Reading

_SYNTAX = ("tagger", "parser", "attribute_ruler", "lemmatizer", "tok2vec", "senter")
# The names' model was released for the spaCy before this one; bench/measure.py shows that it reads here as it should.
_OLDER = r"\[W095\]"


def load(reading: Reading) -> Language:
    """Return the pipeline of `reading.model`; `reading.names`, if not '', replaces its recogniser of names.

    Both have their own encoder, so that two models together take no more time than one.

    Raises BadInput where a model is not installed.
    """
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", _OLDER)
        if reading.names in {"", reading.model}:
            return _loaded(reading.model, (), "model")
        nlp = _loaded(reading.model, ("ner",), "model")
        names = _loaded(reading.names, _SYNTAX, "names")
        nlp.vocab.vectors = names.vocab.vectors
        nlp.add_pipe("ner", source=names)
        return nlp


def _loaded(name: str, without: tuple[str, ...], setting: str) -> Language:
    try:
        return spacy.load(name, exclude=without)
    except OSError as error:
        raise BadInput(
            f"The reading model {name!r} is not installed.",
            hint=f"Install it, or remove reading.{setting} from corrobora.toml to use the default.",
        ) from error
