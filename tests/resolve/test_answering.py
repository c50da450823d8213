"""In whose name people and offices speak: descriptions, and what a report says beside a name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corrobora.model import Claim, Count, Findings, Mention, Metadata, Speaker, Text
from corrobora.resolve import speakers
from corrobora.resolve.answering import body_of, introduced, is_body, is_definite, is_outlet, is_own, titled
from corrobora.settings import Settings


@pytest.mark.parametrize(
    ("words", "body"),
    [
        ("A spokesman for the National Dawn Front", "National Dawn Front"),
        ("Press Office of the National Dawn Front", "National Dawn Front"),
        ("the Front's press office", "Front"),
        ("army spokeswoman", "army"),
        ("an army spokesman", "army"),
        ("chief of police", "police"),
        ("the head of Amnesty Selmia", "Amnesty Selmia"),
        ("the director of the clinic", "clinic"),
        ("hospital officials", "hospital"),
        ("officials of the Selm Election Commission", "Selm Election Commission"),
        ("the governor's spokesman", "governor"),
        ("a resident", ""),
        ("an army general", ""),
        ("a high-ranking army officer", ""),
        ("a medical source at Varnow Hospital", ""),
        ("head of state", ""),
        ("village head", ""),
        ("community leader", ""),
        ("local officials", ""),
        ("officials", ""),
        ("the spokesman", ""),
        ("", ""),
    ],
)
def test_a_description_speaks_for_a_body_or_for_none(words: str, body: str) -> None:
    assert body_of(words) == body


def test_the_head_of_a_place_speaks_for_no_body() -> None:
    assert body_of("the head of Varnow", places={"varnow"}) == ""
    assert body_of("the head of Varnow") == "Varnow"


@pytest.mark.parametrize(
    ("text", "name", "body"),
    [
        ("Ada Lorn, the director of the Selm Monitor, said", "Ada Lorn", "Selm Monitor"),
        ("Army spokesman Colonel Petar Lund denied it", "Petar Lund", "Army"),
        ("An army spokesman, Colonel Petar Lund, denied it", "Petar Lund", "army"),
        ("The head of the Selm Monitor, Jo Bell, said", "Jo Bell", "Selm Monitor"),
        ("Tim Asher, who heads the charity Water for Norra, said", "Tim Asher", "Water for Norra"),
        ("Amnesty Selmia's executive director Ira Hough told us", "Ira Hough", "Amnesty Selmia"),
        ("Kal Amir, Minister of Culture and government spokesperson, said", "Kal Amir", "government"),
        ("Rami Ulm of the Observatory said", "Rami Ulm", "Observatory"),
        (
            "The police command of Osk State has said so. Its spokesman, Mr Abu Sadi, added",
            "Abu Sadi",
            "command of Osk",
        ),
        ("UN human rights office spokesperson Ada Lorn said", "Ada Lorn", "UN human rights office"),
        ("The Selm Monitor, a small group, spoke. Its director Ada Lorn added", "Ada Lorn", "Selm Monitor"),
        ("Ada Lorn, mayor of Varnow, said", "Ada Lorn", ""),
        ("Ada Lorn, a farmer, said", "Ada Lorn", ""),
        ("The Selm Monitor spoke. Ada Lorn left.", "Ada Lorn", ""),
        ("Prime Minister Olu Bo of Selmia said", "Olu Bo", ""),
    ],
)
def test_a_report_says_for_whom_a_person_speaks(text: str, name: str, body: str) -> None:
    found = introduced(text, [name]).get(name.lower(), "")
    assert body in found if body else found == ""


def test_a_person_with_two_bodies_speaks_for_neither() -> None:
    text = "Ada Lorn, director of the Selm Monitor, said. Ada Lorn, director of the Kelm Hospital, left."
    assert introduced(text, ["Ada Lorn"]) == {}


def test_words_that_name_a_body() -> None:
    assert is_body("Norran Rights Commission")
    assert is_body("KND", {"knd"})
    assert not is_body("Ada Lorn")
    assert is_definite("police")
    assert is_definite("ministry of health")
    assert not is_definite("a clinic")
    assert not is_definite("a volunteer group")
    assert is_outlet("our correspondent")
    assert is_outlet("this newspaper")
    assert not is_outlet("a reporter")
    assert is_own("our office")
    assert not is_own("our brother")
    assert titled("ministry of health") == "Ministry of Health"


@given(st.text(max_size=60))
def test_any_words_are_borne(words: str) -> None:
    assert isinstance(body_of(words), str)
    assert introduced(words, [words, "Ada"]) == introduced(words, ["Ada", words])


def voices(text: str, outlet: str, *names: str, author: str = "", places: tuple[str, ...] = ()) -> list[str]:
    """Return who answers for each of these speakers of a text."""
    claims = tuple(
        Claim(
            f"c_{at}", "d_1", 0, 1, "x", "other", "killed", Count(1, 1, "exact"), None, (), (), (), None, None,
            (Speaker(name, name, "said", 0, 1),) if name else (), "asserts", "actual", "incident", (), (), "", 1.0, (),
            "test",
        )
        for at, name in enumerate(names)
    )  # fmt: skip
    mentions = tuple(Mention(0, 1, name, "place") for name in places)
    whole = Text("d_1", "sha256:0", "a.txt", text, Metadata(outlet=outlet, author=author), (), "test")
    findings = Findings("d_1", "test", claims, mentions)
    chains = speakers.resolve(whole, findings, Settings())
    answers = speakers.bodies(whole, findings, Settings(), chains.values())
    return [speakers.voice(chains[claim.id], outlet, answers) for claim in claims]


def test_a_director_and_a_short_name_answer_as_the_body() -> None:
    text = "The Kelvan Observatory for Detainees (KOD) said. Ada Lorn, the director of KOD, said."
    assert set(voices(text, "The Herald", "KOD", "Ada Lorn")) == {"Kelvan Observatory for Detainees"}


def test_the_army_is_no_army_of_another_name() -> None:
    text = "Army spokesman Petar Lund said. The Osk Liberation Army denied it."
    assert voices(text, "The Herald", "Petar Lund", "Osk Liberation Army") == ["Army", "Osk Liberation Army"]


def test_a_national_branch_answers_as_the_body() -> None:
    assert voices("", "The Herald", "Amnesty Selmia", places=("Selmia",)) == ["Amnesty International"]
    assert voices("", "The Herald", "Amnesty Selmia") == ["Amnesty Selmia"]


def test_a_press_office_answers_as_its_body() -> None:
    assert voices("", "front.example", "", author="Press Office of the National Dawn Front") == ["National Dawn Front"]
    assert voices("", "The Herald", "our correspondent", author="Jo Bell") == ["The Herald"]


def test_the_police_are_one_voice_and_a_resident_of_each_outlet_another() -> None:
    assert voices("", "The Herald", "police", "a resident") == ["Police", "a resident (The Herald)"]
