"""Events of harm: whose heads are kept where a list holds nobody, one, or who says it."""

from spacy.language import Language

from corrobora.claims.events import _unless_speaking


def test_a_list_of_nobody_or_of_one_stays_as_it_is(nlp: Language) -> None:
    doc = nlp("Two men died, police said.")
    assert _unless_speaking(()) == ()
    assert _unless_speaking([doc[1]]) == (doc[1],)


def test_who_says_it_at_the_end_of_a_list_is_no_victim(nlp: Language) -> None:
    doc = nlp("killing 13 people, witnesses and an official said")
    people = [t for t in doc if t.text in {"people", "witnesses", "official"}]
    assert [t.text for t in _unless_speaking(people)] == ["people"]
    assert [t.text for t in _unless_speaking(people[:2])] == ["people", "witnesses"]
