"""Which words of place and time govern a claim."""

import pytest
from spacy.language import Language

from corrobora.claims import place_time

SAYING = frozenset({"say", "report", "announce"})


def governing(nlp: Language, words: str, trigger: str, kind: str) -> str | None:
    doc = nlp(words)
    token = next(t for t in doc if t.text == trigger)
    ranges = place_time.places(token.sent) if kind == "place" else place_time.times(token.sent)
    reporting = frozenset(t.i for t in doc if t.lemma_ in SAYING)
    found = place_time.govern(doc, ranges, token, reporting)
    return None if found is None else words[found.start : found.end]


@pytest.mark.parametrize(
    ("words", "trigger", "place"),
    [
        ("Ten people were killed in Paris.", "killed", "Paris"),
        ("Ten people were killed in Paris, an official in London said.", "killed", "Paris"),
        ("Ten people were killed near Lyon in France.", "killed", "Lyon in France"),
        ("Ten people were killed, officials said.", "killed", None),
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
        ("Ten people were killed after three years of war.", "killed", None),
        ("Ten people were killed yesterday.", "killed", "yesterday"),
    ],
)
def test_the_time_of_the_event(nlp: Language, words: str, trigger: str, time: str | None) -> None:
    assert governing(nlp, words, trigger, "time") == time
