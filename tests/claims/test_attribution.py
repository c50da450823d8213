import itertools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language

from corrobora.claims.attribution import Attributed, Attributor
from corrobora.model import Metadata, Segment, Text
from corrobora.settings import Settings, Words

VOICES = (
    "the army",
    "Captain Luka Marov",
    "a medic",
    "Relief Norra",
    "residents",
    "the Kelvan Red Star (KRS)",
    "he",
    "it",
)
TELLING = ("said", "denied that", "could not confirm that", "fears that", "wrote on Telegram:", "according to")
TOLD = (
    "ten villagers died.",
    "“ten villagers died”.",
    "the toll could rise, and 12 were hurt.",
    "reportedly ten died.",
)


def a_text(words: str, *, kind: str = "paragraph") -> Text:
    segments, start = [], 0
    for line in words.split("\n"):
        segments.append(Segment(start, start + len(line), kind))
        start += len(line) + 1
    return Text("d_1", "sha256:0", "a.txt", words, Metadata(outlet="The Herald"), tuple(segments), "test")


def attribute(
    nlp: Language, words: str, claim: str, project: Settings | None = None, kind: str = "paragraph"
) -> Attributed:
    start = words.index(claim)
    attributor = Attributor(nlp(words), a_text(words, kind=kind), project or Settings())
    return attributor.of(start, start + len(claim))


def names(found: Attributed) -> list[str]:
    return [speaker.speaker for speaker in found.chain]


def test_a_text_without_words_has_no_voices(nlp: Language) -> None:
    found = Attributor(nlp(""), a_text(""), Settings()).of(0, 0)
    assert (found.chain, found.stance, found.rule) == ((), "asserts", "outlet")


def test_a_claim_beyond_the_text_is_the_outlets(nlp: Language) -> None:
    assert Attributor(nlp("Police said ten died."), a_text("Police said ten died."), Settings()).of(90, 95).chain == ()


def test_a_text_without_segments_is_split_at_its_lines(nlp: Language) -> None:
    words = "13 killed in blast - police\nThe blast came at noon."
    bare = Text("d_1", "sha256:0", "a.txt", words, Metadata(), (), "test")
    assert names(Attributor(nlp(words), bare, Settings()).of(0, 18)) == ["police"]


def test_the_rule_says_how_the_voice_was_found(nlp: Language) -> None:
    assert attribute(nlp, "According to a medic, ten died.", "ten died").rule == "according_to"
    assert attribute(nlp, "A medic said that ten died.", "ten died").rule == "verb"
    assert attribute(nlp, "Ten were reportedly killed.", "Ten were reportedly killed").rule == "adverb"
    assert attribute(nlp, "Ten villagers died.", "Ten villagers died").rule == "outlet"


def test_the_words_of_a_speaker_keep_the_title_that_the_name_drops(nlp: Language) -> None:
    (speaker,) = attribute(nlp, "The police spokesman, Gambo Isa, said ten died.", "ten died").chain
    assert speaker.speaker == "Gambo Isa"
    assert speaker.text == "The police spokesman, Gambo Isa"
    assert speaker.verb == "said"


def test_two_voices_are_one_link_with_both_in_its_words(nlp: Language) -> None:
    (speaker,) = attribute(nlp, "Ten people died, a nurse and a medical source said.", "Ten people died").chain
    assert speaker.speaker == "a nurse"
    assert speaker.text == "a nurse and a medical source"


def test_all_of_a_long_title_can_name_its_source(nlp: Language) -> None:
    words = (
        "Gunmen kill 13 villagers in a night raid on two hamlets, burn the granary and the school, "
        "and leave with the herd - police"
    )
    assert names(attribute(nlp, words, "kill 13 villagers", kind="title")) == ["police"]
    assert names(attribute(nlp, words, "kill 13 villagers", kind="paragraph")) == []


def test_a_project_adds_its_own_words(nlp: Language) -> None:
    words = "Griots chant that ten villagers died."
    assert names(attribute(nlp, words, "ten villagers died")) == []
    ours = Settings(words=Words(lexicon={"reporting_speech": ("chant",), "reporting_person": ("griot",)}))
    assert names(attribute(nlp, words, "ten villagers died", ours)) == ["griots"]


def test_a_carrier_is_passed_on_to_the_next_sentence_alone(nlp: Language) -> None:
    words = "Ten died, director Ruben Sato told Reuters. Five were shot, he added. Two drowned, he said."
    assert names(attribute(nlp, words, "Five were shot")) == ["Ruben Sato", "Reuters"]
    assert names(attribute(nlp, words, "Two drowned")) == ["Ruben Sato"]


def test_what_is_denied_is_nobodys_claim_inside(nlp: Language) -> None:
    found = attribute(
        nlp, "The army denied reports by residents that 20 herders were killed.", "20 herders were killed"
    )
    assert names(found) == ["army"]
    assert found.stance == "denies"


def test_a_medium_carries_whom_it_cites(nlp: Language) -> None:
    assert names(attribute(nlp, "Ten people died, AFP reported, citing a nurse.", "Ten people died")) == [
        "a nurse",
        "AFP",
    ]


@pytest.mark.parametrize(
    "words", ["He said so.", '"', "“", "said", "according to", "- police", "X: Y", "’s said ’", "\n\n"]
)
def test_scraps_are_no_failure(words: str, nlp: Language) -> None:
    Attributor(nlp(words), a_text(words), Settings()).of(0, len(words))


@pytest.mark.parametrize(("voice", "telling", "told"), list(itertools.product(VOICES, TELLING, TOLD)))
def test_every_speakers_words_stand_where_it_says(voice: str, telling: str, told: str, nlp: Language) -> None:
    words = f"Zora Benik, mayor of Selm, spoke.\n{voice} {telling} {told} {told.capitalize()}"
    attributor = Attributor(nlp(words), a_text(words), Settings())
    for start in range(0, len(words), 7):
        for speaker in attributor.of(start, min(start + 12, len(words))).chain:
            assert speaker.text == words[speaker.start : speaker.end]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.sampled_from([*VOICES, *TELLING, *TOLD, "\n", ", ", "“", "” ", '"', " but ", "; ", " - "]), max_size=14
    ),
    st.data(),
)
def test_any_mixture_keeps_its_spans(nlp: Language, parts: list[str], data: st.DataObject) -> None:
    words = " ".join(parts)
    attributor = Attributor(nlp(words), a_text(words), Settings())
    start = data.draw(st.integers(0, len(words)))
    end = data.draw(st.integers(start, len(words)))
    found = attributor.of(start, end)
    assert found.stance in {"asserts", "denies", "cannot_confirm", "predicts", "justifies"}
    assert all(speaker.text == words[speaker.start : speaker.end] for speaker in found.chain)
    assert len({speaker.speaker for speaker in found.chain}) == len(found.chain)
