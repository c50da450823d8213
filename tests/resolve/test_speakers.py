import pytest
from hypothesis import given
from hypothesis import strategies as st

from corrobora.model import Claim, Count, Findings, Mention, Metadata, Speaker, Text
from corrobora.resolve.folding import fold
from corrobora.resolve.speakers import canonical, resolve, voice
from corrobora.settings import Settings, Words


def a_claim(identity: str, *names: str) -> Claim:
    speakers = tuple(Speaker(name, name, "said", 0, len(name)) for name in names)
    return Claim(
        identity, "d_1", 0, 1, "x", "other", "killed", Count(1, 1, "exact"), None, (), (), (), None, None, speakers,
        "asserts", "actual", "incident", (), (), "", 1.0, (), "test",
    )  # fmt: skip


def resolved(
    words: str, *names: str, persons: tuple[str, ...] = (), settings: Settings | None = None
) -> tuple[str, ...]:
    text = Text("d_1", "sha256:0", "a.txt", words, Metadata(), (), "test")
    mentions = tuple(Mention(0, 1, name, "person") for name in persons)
    findings = Findings("d_1", "test", (a_claim("c_1", *names),), mentions)
    return resolve(text, findings, settings or Settings())["c_1"]


def test_an_abbreviation_of_the_document_is_what_its_brackets_say() -> None:
    words = "the Kelvan Observatory for Detainees (KOD) said. KOD added"
    assert resolved(words, "KOD") == ("Kelvan Observatory for Detainees",)


def test_the_document_wins_over_general_knowledge() -> None:
    assert resolved("the Regional Survey Fund (RSF) said", "RSF") == ("Regional Survey Fund",)
    assert resolved("the RSF said", "RSF") == ("Rapid Support Forces",)


def test_the_field_knows_its_agencies() -> None:
    assert resolved("", "a medic", "AFP") == ("a medic", "Agence France-Presse")
    assert resolved("", "the United Nations") == ("UN",)


def test_a_surname_becomes_the_name_in_full() -> None:
    assert resolved("", "Isa", persons=("Gambo Isa",)) == ("Gambo Isa",)
    assert resolved("", "Col. Gambo Isa") == ("Gambo Isa",)


@pytest.mark.parametrize(
    "name",
    ["the mayor of Kelva", "Governor of Selm", "spokesman for the army", "minister  of health", "Lt. Col. of Selm"],
)
def test_an_office_is_no_title_before_a_name(name: str) -> None:
    """`of Kelva` would be nobody's name."""
    (found,) = resolved("", name)
    assert not found.startswith(("of", "for"))
    assert found.split()[-1] in name


def test_a_surname_of_two_people_stays() -> None:
    assert resolved("", "Isa", persons=("Gambo Isa", "Musa Isa")) == ("Isa",)


def test_a_project_names_its_own_voices() -> None:
    ours = Settings(words=Words(speakers={"Selm Watch": ("SW", "the Watch")}, armed_groups={"Red Hill": ("RH",)}))
    assert resolved("", "SW", "RH", "the Watch", settings=ours) == ("Selm Watch", "Red Hill", "Selm Watch")


def test_descriptions_and_unnamed_voices_stay() -> None:
    assert resolved("", "", "a resident") == ("", "a resident")
    assert resolved("") == ()


@pytest.mark.parametrize(
    ("speakers", "outlet", "expected"),
    [
        ((), "The Herald", "The Herald"),
        (("",), "The Herald", "The Herald"),
        (("", "Reuters"), "The Herald", "Reuters"),
        (("Gambo Isa", "Reuters"), "The Herald", "Gambo Isa"),
        (("a resident",), "The Herald", "a resident (The Herald)"),
        (("a resident",), "", "a resident"),
        (("Tedros Adhanom Ghebreyesus",), "The Herald", "World Health Organization"),
    ],
)
def test_who_answers(speakers: tuple[str, ...], outlet: str, expected: str) -> None:
    assert voice(speakers, outlet) == expected


def test_a_name_and_its_other_names_are_one_voice() -> None:
    names = ("OHCHR", "UN Human Rights Office", "United Nations Human Rights Office", "UN rights office")
    assert len({resolved("", name) for name in names}) == 1


@given(st.text(max_size=40))
def test_a_canonical_name_is_its_own(name: str) -> None:
    once = canonical(name, {}, {})
    assert canonical(once, {}, {}) == once


@given(st.text(alphabet="abcXYZ '’.-", max_size=20), st.text(alphabet="abcXYZ '’.-", max_size=20))
def test_a_table_maps_whatever_folds_alike(name: str, meant: str) -> None:
    if (
        fold(name)
        and name == name.strip()
        and not name.endswith(("'", "’", "'s", "’s"))
        and not name.lower().startswith("the")
    ):
        assert canonical(name, {fold(name): meant}, {}) == meant


def test_what_one_project_calls_a_voice_is_nothing_to_the_next() -> None:
    own = Settings(words=Words(speakers={"Kelvan Observatory": ("KOD",), "Own Name": ("AFP",)}))
    assert resolved("AFP and KOD said so.", "AFP", "KOD", settings=own) == ("Own Name", "Kelvan Observatory")
    assert resolved("AFP and KOD said so.", "AFP", "KOD") == ("Agence France-Presse", "KOD")
