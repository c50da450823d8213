"""Small questions to a parsed sentence."""

import pytest
from spacy.language import Language
from spacy.tokens import Token

from corrobora.claims import syntax
from corrobora.claims.reference import earlier, referent


def token(nlp: Language, words: str, text: str) -> Token:
    return next(t for t in nlp(words) if t.text == text)


def test_a_participle_takes_the_subject_of_its_verb(nlp: Language) -> None:
    found = syntax.subject(token(nlp, "The rebels attacked the town, killing ten people.", "killing"))
    assert found is not None
    assert found.text == "rebels"


def test_a_relative_pronoun_stands_for_its_noun(nlp: Language) -> None:
    found = syntax.subject(token(nlp, "The soldiers who died were young.", "died"))
    assert found is not None
    assert found.text == "soldiers"


def test_who_suffers_a_passive_is_no_actor(nlp: Language) -> None:
    words = "The patrol was attacked, leaving ten dead."
    assert syntax.actor(token(nlp, words, "leaving")) is None


def test_the_doer_of_a_passive(nlp: Language) -> None:
    found = syntax.doer(token(nlp, "Ten people were killed by rebels.", "killed"))
    assert found is not None
    assert found.text == "rebels"


def test_a_list_has_all_its_members(nlp: Language) -> None:
    head = token(nlp, "Two officers, three nurses and a driver were killed.", "officers")
    assert [t.text for t in syntax.conjuncts(head)] == ["officers", "nurses", "driver"]


def test_companions_share_the_harm(nlp: Language) -> None:
    verb = token(nlp, "Her aunt was killed along with her husband and two children.", "killed")
    assert [t.text for t in syntax.companions(verb)] == ["husband", "children"]


@pytest.mark.parametrize(
    ("words", "head", "expected"),
    [
        ("The two members of the army died.", "members", "The two members of the army"),
        ("Ten young nurses, who worked there, died.", "nurses", "Ten young nurses"),
    ],
)
def test_a_phrase_ends_before_its_clauses(nlp: Language, words: str, head: str, expected: str) -> None:
    noun = token(nlp, words, head)
    assert noun.doc[slice(*syntax.phrase(noun))].text == expected


def test_a_verb_reaches_to_what_completes_it(nlp: Language) -> None:
    verb = token(nlp, "Eight men lost their lives.", "lost")
    assert verb.doc[slice(*syntax.reach(verb))].text == "lost their lives"


def test_a_pronoun_stands_for_the_subject_before(nlp: Language) -> None:
    assert referent(token(nlp, "The forces were ambushed, leaving 13 of them dead.", "them")).text == "forces"


def test_a_pronoun_with_nothing_before_it_stands_for_itself(nlp: Language) -> None:
    assert referent(token(nlp, "They fled.", "They")).text == "They"


def test_a_definite_noun_takes_up_the_same_noun(nlp: Language) -> None:
    doc = nlp("Soldiers held a student. His family begged. The student was taken away.")
    last = [t for t in doc if t.text == "student"][-1]
    found = earlier(doc, last, 5)
    assert found is not None
    assert found.i < last.i
