"""Which words of place and time govern a claim."""

import pytest
from spacy.language import Language

from corrobora.claims import place_time

SAYING = frozenset({"say", "report", "announce"})


def governing(nlp: Language, words: str, trigger: str, kind: str) -> str | None:
    doc = nlp(words)
    token = next(t for t in doc if t.text == trigger)
    reporting = frozenset(t.i for t in doc if t.lemma_ in SAYING)
    if kind == "place":
        found = place_time.govern_place(doc, place_time.places(token.sent), token, reporting)
    else:
        found = place_time.govern(doc, place_time.times(token.sent), token, reporting)
    return None if found is None else words[found.start : found.end]


@pytest.mark.parametrize(
    ("words", "trigger", "place"),
    [
        ("Ten people were killed in Paris.", "killed", "Paris"),
        ("Ten people were killed in Paris, an official in London said.", "killed", "Paris"),
        ("Ten people were killed near Lyon in France.", "killed", "Lyon in France"),
        ("Ten people were killed, officials said.", "killed", None),
        ("Many fled to Paris, said the ministry, which registered 98 deaths in the province.", "deaths", None),
        ("Many fled to Paris, said the ministry, which counted 98 deaths in the province of Lyon.", "deaths", "Lyon"),
    ],
)
def test_the_place_of_the_event(nlp: Language, words: str, trigger: str, place: str | None) -> None:
    assert governing(nlp, words, trigger, "place") == place


@pytest.mark.parametrize(
    ("words", "trigger", "time"),
    [
        ("Ten people were killed on Monday.", "killed", "Monday"),
        ("Ten people were killed on Monday, police said on Friday.", "killed", "Monday"),
        ("The following day, ten people were killed.", "killed", "The following day"),
        ("Ten people were killed, police said on Friday.", "killed", None),
        ("A 20-year-old man was killed.", "killed", None),
        ("On Monday, police said, ten people were killed in the province.", "killed", "Monday"),
        ("Ten people were killed after three years of war.", "killed", None),
        ("Ten people were killed yesterday.", "killed", "yesterday"),
    ],
)
def test_the_time_of_the_event(nlp: Language, words: str, trigger: str, time: str | None) -> None:
    assert governing(nlp, words, trigger, "time") == time
