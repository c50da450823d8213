"""The statistical parser under the reader: one model's syntax, and, where the settings say so, another's names."""

import warnings
from functools import cache

import spacy
from spacy.language import Language

from corrobora.errors import BadInput
from corrobora.settings import Reading

_SYNTAX = ("tagger", "parser", "attribute_ruler", "lemmatizer", "tok2vec", "senter")
# The names' model was released for the spaCy before this one; bench/measure.py shows that it reads here as it should.
_OLDER = r"\[W095\]"


def load(reading: Reading) -> Language:
    """Return the pipeline of `reading.model`; `reading.names`, if not '', replaces its recogniser of names.

    Both have their own encoder, so that two models together take no more time than one. Nobody changes a pipeline, so
    that a process loads it once, whatever projects it reads for.

    Raises BadInput where a model is not installed.
    """
    return _joined(reading.model, reading.names)


@cache
def _joined(model: str, names_of: str) -> Language:
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", _OLDER)
        if names_of in {"", model}:
            return _loaded(model, (), "model")
        nlp = _loaded(model, ("ner",), "model")
        names = _loaded(names_of, _SYNTAX, "names")
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
