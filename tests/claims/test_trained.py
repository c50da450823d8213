"""The trained reader: which mentions a text holds, what is known of each, and the claims told from their roles."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from corrobora import linear
from corrobora.claims import Reader, lexicon
from corrobora.claims.trained.candidates import Entity, Mention, content, entities, mentions
from corrobora.claims.trained.cues import Cues, sentence_cues, told_by
from corrobora.claims.trained.reader import Roles, shipped
from corrobora.claims.trained.telling import RULE
from corrobora.linear import Linear, Weights
from corrobora.model import Claim, Text
from corrobora.settings import Settings

Written = Callable[..., Text]
WORDS = lexicon.load(Settings())
# Weights by hand: who the words call a civilian suffers, a hooded man does it, a bank is hit, dynamite is the weapon.
ROLES = Linear(
    ("victim", "doer", "org", "target", "weapon"),
    (-4.0, -4.0, -4.0, -4.0, -4.0),
    {
        "k=v:civilian": (8.0, 0.0, 0.0, 0.0, 0.0),
        "e=PERSON": (7.0, 0.0, 0.0, 0.0, 0.0),
        "w=hooded": (0.0, 8.0, 0.0, 0.0, 0.0),
        "h=column": (0.0, 0.0, 8.0, 0.0, 0.0),
        "k=t:financial": (0.0, 0.0, 0.0, 8.0, 0.0),
        "k=i:bomb": (0.0, 0.0, 0.0, 0.0, 8.0),
    },
    exclusive=False,
)
KILLED = Linear(("", "killed"), (1.0, 0.0), {"s=killed": (0.0, 3.0)}, exclusive=True)
DAMAGED = Linear(("", "damaged"), (1.0, 0.0), {"s=bombing": (0.0, 3.0)}, exclusive=True)
ACT = Linear(("bombing", "raid"), (0.0, 1.0), {"s=bombing": (5.0, 0.0)}, exclusive=True)
HAND_MADE = Weights("hand", {"roles": ROLES, "harm": KILLED, "effect": DAMAGED, "act": ACT}, {})


@pytest.fixture(scope="module")
def trained(nlp: Language) -> Reader:
    return Reader(nlp, Settings(), Roles(HAND_MADE), "test")


@pytest.fixture
def told(trained: Reader, written: Written) -> Callable[[str], list[Claim]]:
    """The claims that the models told of a text, not those of the grammar alone."""

    def read(words: str) -> list[Claim]:
        found = next(iter(trained.read([written(words)])))
        return [c for c in found.claims if ("roles", "trained:roles") in c.made_by]

    return read


@pytest.fixture
def named(nlp: Language) -> Callable[[str], list[str]]:
    def read(words: str) -> list[str]:
        doc = nlp(words)
        return [doc[m.start : m.end].text for m in mentions(doc)]

    return read


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("The two bakers saw a mill.", {"bakers", "mill"}),
        ("At least 40 shepherds fled.", {"shepherds"}),
        ("The judge Raul Quinto arrived.", {"judge", "Raul Quinto"}),
        ("The Red Dawn Column [RDC] met.", {"Red Dawn Column", "RDC"}),
    ],
)
def test_mentions_leave_out_how_many_and_which(
    named: Callable[[str], list[str]], words: str, expected: set[str]
) -> None:
    assert expected <= set(named(words))


def test_a_title_is_tied_to_its_name(nlp: Language) -> None:
    doc = nlp("The village schoolteacher Tomas Reynoso was killed on Tuesday.")
    found = mentions(doc)
    titles = [m for m in found if m.title_of >= 0]
    assert [doc[m.start : m.end].text for m in titles] == ["village schoolteacher"]
    name = found[titles[0].title_of]
    assert (doc[name.start : name.end].text, name.named) == ("Tomas Reynoso", True)


def test_an_explanation_in_commas_is_tied_too(nlp: Language) -> None:
    doc = nlp("Tomas Reynoso, the owner of the mill, was killed.")
    found = mentions(doc)
    tied = [doc[m.start : m.whole].text for m in found if m.title_of >= 0]
    assert tied == ["owner of the mill"]


def test_the_whole_of_a_phrase_takes_in_its_short_of_part(nlp: Language) -> None:
    doc = nlp("Gunmen shot the owner of a mill.")
    whole = [doc[m.start : m.whole].text for m in mentions(doc)]
    assert "owner of a mill" in whole


def test_one_thing_is_one_entity_by_its_words_a_part_of_its_name_or_its_letters(nlp: Language) -> None:
    words = "Ana Barrientos of the Red Dawn Column (RDC) spoke. Barrientos left. The RDC denied it. The bakers slept."
    doc = nlp(f"{words} Three bakers woke.")
    found = mentions(doc)
    groups = [{doc[found[i].start : found[i].end].text for i in g.mentions} for g in entities(doc, found)]
    assert {"Ana Barrientos", "Barrientos"} in groups
    assert any({"Red Dawn Column", "RDC"} <= g for g in groups)
    assert sum("bakers" in g for g in groups) == 1


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "the",
                "two",
                "judges",
                "Raul",
                "Quinto",
                "of",
                "Arena",
                "[",
                "RDC",
                "]",
                "were",
                "shot",
                ",",
                ".",
                "and",
                "mill",
            ]
        ),
        max_size=14,
    )
)
def test_mentions_lie_in_the_text_and_each_is_of_one_entity(nlp: Language, words: list[str]) -> None:
    doc = nlp(" ".join(words))
    found = mentions(doc)
    assert all(0 <= m.start < m.end <= m.whole <= len(doc) and m.start <= m.head < m.end for m in found)
    held = [i for g in entities(doc, found) for i in g.mentions]
    assert len(held) == len(set(held))
    assert set(held) == {i for i, m in enumerate(found) if content(doc, m)}


def test_cues_tell_words_classes_syntax_and_surroundings(nlp: Language) -> None:
    doc = nlp("Hooded men killed two civilians with dynamite.")
    found = mentions(doc)
    cues = Cues(doc, found, [], WORDS)
    at = {doc[m.head].text: cues.entity(Entity((i,), named=False)) for i, m in enumerate(found)}
    assert {"h=civilians", "k=v:civilian", "numbered", "dep=dobj", "gv=dobj:killed", "s=killed"} <= at["civilians"]
    assert {"w=hooded", "dep=nsubj", "g1=kill"} <= at["men"]
    assert "k=i:bomb" in at["dynamite"]


def test_cues_hold_what_the_grammar_read(nlp: Language, reader: Reader, written: Written) -> None:
    words = "Gunmen killed two civilians."
    claims = next(iter(reader.read([written(words)]))).claims
    doc = nlp(words)
    found = mentions(doc)
    cues = Cues(doc, found, claims, WORDS)
    place = next(i for i, m in enumerate(found) if doc[m.head].text == "civilians")
    assert any(c.startswith("r=victim:killed") for c in cues.entity(Entity((place,), named=False)))


def test_sentences_are_known_by_their_words_and_what_they_tell(nlp: Language) -> None:
    sentence = next(nlp("A bomb exploded near the bank.").sents)
    assert {"w=bomb", "i=bomb", "s=bombing"} <= sentence_cues(sentence, WORDS)
    assert set(told_by("kidnapped", WORDS)) >= {"abducted", "abduction"}
    assert not list(told_by("baker", WORDS))


def test_roles_become_claims_with_their_parts(told: Callable[[str], list[Claim]]) -> None:
    (claim,) = told("Two hooded men killed three civilians with dynamite outside a bank in Arena.")
    assert claim.victims is not None
    assert (claim.victims.text, claim.harm, claim.count.low) == ("civilians", "killed", 3)
    assert [(p.text, p.name) for p in claim.perpetrators] == [("hooded men", "")]
    assert [(t.text, t.class_) for t in claim.targets] == [("bank", "financial")]
    assert [(i.text, i.class_) for i in claim.instruments] == [("dynamite", "bomb")]


def test_each_group_of_victims_has_a_claim_of_its_own(told: Callable[[str], list[Claim]]) -> None:
    found = told("Hooded men killed a villager and two nurses.")
    assert sorted(c.victims.text for c in found if c.victims) == ["nurses", "villager"]
    assert all([p.text for p in c.perpetrators] == ["Hooded men"] for c in found)


def test_a_name_and_its_title_are_one_victim_and_later_mentions_know_the_name(
    told: Callable[[str], list[Claim]],
) -> None:
    found = told("The village priest Tomas Reynoso was killed yesterday. Reynoso was killed with a machete.")
    assert [c.victims.names for c in found if c.victims] == [("Tomas Reynoso",), ("Tomas Reynoso",)]
    assert found[0].victims is not None
    assert found[0].victims.text == "village priest Tomas Reynoso"
    assert (found[0].count.low, found[0].count.high) == (1, 1)


def test_an_act_without_victims_is_a_claim_too(told: Callable[[str], list[Claim]]) -> None:
    (claim,) = told("A bomb exploded inside a bank.")
    assert claim.victims is None
    assert (claim.act, [t.effect for t in claim.targets]) == ("bombing", ["damaged"])


def test_an_organisation_keeps_its_name_and_is_no_person(told: Callable[[str], list[Claim]]) -> None:
    (claim,) = told("The rebel column killed a villager.")
    assert [(p.name, p.class_) for p in claim.perpetrators] == [("rebel column", "armed_group")]


def test_quiet_text_gives_no_claim(told: Callable[[str], list[Claim]]) -> None:
    assert told("The mill opens at nine.") == []


def test_a_claim_says_how_sure_the_models_are_of_each_part(told: Callable[[str], list[Claim]]) -> None:
    (claim,) = told("Hooded men killed three civilians.")
    made = dict(claim.made_by)
    assert made["victims"] == "trained 0.98"
    assert made["perpetrators"] == "trained 0.98"
    assert claim.confidence == 0.98


def test_what_the_grammar_read_stays_and_is_doubted_where_the_models_do(trained: Reader, written: Written) -> None:
    words = "The storm in the play killed two shopkeepers. Four soldiers were killed."
    found = next(iter(trained.read([written(words)])))
    soldiers = [c for c in found.claims if c.victims and "soldiers" in c.victims.text]
    assert [c.confidence < 0.1 for c in soldiers] == [True]


@settings(max_examples=15, deadline=None)
@given(
    st.lists(
        st.sampled_from(["Hooded men", "killed", "two civilians", "a bank", "with dynamite", "in Arena", ".", "said"]),
        max_size=9,
    )
)
def test_every_part_is_cut_from_the_text(trained: Reader, written: Written, words: list[str]) -> None:
    text = written(" ".join(words) or "x")
    for claim in next(iter(trained.read([text]))).claims:
        assert claim.quote == text.text[claim.start : claim.end]
        for part in (claim.victims, *claim.perpetrators, *claim.targets, *claim.instruments):
            assert part is None or part.text == text.text[part.start : part.end]


def test_a_part_of_little_weight_stands_beside_a_sure_one_and_founds_no_claim(nlp: Language, written: Written) -> None:
    faint = {"least.victim": 0.5, "beside.victim": 0.01, "least.doer": 0.5, "beside.doer": 0.5}
    reader = Reader(nlp, Settings(), Roles(Weights("hand", HAND_MADE.models, faint)), "test")

    def victims(words: str) -> list[tuple[str, float]]:
        claims = next(iter(reader.read([written(words)]))).claims
        return sorted((c.victims.text, c.confidence) for c in claims if c.victims and ("roles", RULE) in c.made_by)

    assert victims("Hooded men shot the harpist.") == [("harpist", 0.02)]
    assert victims("Storms shot the harpist.") == []
    assert victims("Two civilians and the harpist were shot.") == [("civilians", 0.98), ("harpist", 0.02)]


def test_the_shipped_weights_hold_every_model_and_name_their_version() -> None:
    weights = shipped()
    assert set(weights.models) == {"roles", "harm", "effect", "act"}
    assert set(weights.models["roles"].classes) == set(ROLES.classes)
    least, beside = (
        {role: weights.numbers[f"{name}.{role}"] for role in ROLES.classes} for name in ("least", "beside")
    )
    assert all(0 < beside[role] <= least[role] < 1 for role in ROLES.classes)
    assert weights.version
    assert all(isinstance(m, linear.Linear) for m in weights.models.values())


def test_the_shipped_weights_cast_a_plain_sentence(nlp: Language, written: Written) -> None:
    reader = Reader(nlp, Settings(), Roles(shipped()), "test")
    words = "Unidentified gunmen shot and killed a union leader in Arena, and a bomb damaged the bank."
    claims = [c for c in next(iter(reader.read([written(words)]))).claims if ("roles", "trained:roles") in c.made_by]
    assert any(c.victims and "union leader" in c.victims.text for c in claims)
    assert any(p.text.endswith("gunmen") for c in claims for p in c.perpetrators)


def test_mentions_of_nothing() -> None:
    assert Mention(0, 1, 0, 1, named=False, title_of=-1, number=-1).title_of == -1
