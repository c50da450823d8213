from collections.abc import Callable
from dataclasses import replace

from corrobora.incidents.voices import voices
from corrobora.model import CopyFamily, Reading

Told = Callable[..., Reading]


def test_a_named_speaker_is_one_voice_in_all_outlets(told: Told) -> None:
    found = voices([told("c_1", speaker="Ada Lorn"), told("c_2", "b", speaker="Ada Lorn, mayor of Varnow")], {})
    assert [(voice.claims, voice.outlets) for voice in found] == [(("c_1", "c_2"), ("The A Post", "The B Post"))]


def test_residents_of_two_reports_are_two_voices(told: Told) -> None:
    assert len(voices([told("c_1", speaker="a resident"), told("c_2", "b", speaker="a resident")], {})) == 2


def test_residents_of_a_copied_report_are_one_voice(told: Told) -> None:
    family = CopyFamily(("a", "b"), "")
    found = voices(
        [told("c_1", speaker="a resident"), told("c_2", "b", speaker="a resident")], {"a": family, "b": family}
    )
    assert [voice.claims for voice in found] == [("c_1", "c_2")]


def test_outlets_that_assert_by_themselves_are_voices(told: Told) -> None:
    assert {voice.speaker for voice in voices([told("c_1"), told("c_2", "b")], {})} == {"The A Post", "The B Post"}


def test_copies_are_one_voice_named_after_the_agency_or_the_earliest_outlet(told: Told) -> None:
    claims = [told("c_1"), told("c_2", "b")]
    for agency, name in (("AFP", "AFP"), ("", "The B Post")):
        family = CopyFamily(("b", "a"), agency)
        (voice,) = voices(claims, {"a": family, "b": family})
        assert (voice.speaker, voice.claims, voice.outlets) == (name, ("c_1", "c_2"), ("The A Post", "The B Post"))


def test_a_short_name_goes_with_the_only_longer_one(told: Told) -> None:
    found = voices([told("c_1", speaker="Ada Lorn"), told("c_2", "b", speaker="Ada Maria Lorn")], {})
    assert [voice.speaker for voice in found] == ["Ada Maria Lorn"]
    unsure = [told("c_1", speaker="Health Office"), told("c_2", speaker="Osk Health Office")]
    assert len(voices([*unsure, told("c_3", speaker="Kelm Health Office")], {})) == 3


def test_a_name_turned_round_is_the_same_voice(told: Told) -> None:
    assert len(voices([told("c_1", speaker="Ada Lorn"), told("c_2", "b", speaker="Lorn Ada")], {})) == 1


def test_an_office_is_not_taken_for_one_of_another_province(told: Told) -> None:
    claims = told("c_1", speaker="Health Office"), told("c_2", "b", speaker="Health Office of Osk")
    assert len(voices(claims, {})) == 2


def test_a_described_voice_labelled_with_its_outlet_is_one_in_copies(told: Told) -> None:
    claims = [told("c_1", speaker="a resident"), told("c_2", "b", speaker="a resident")]
    labelled = [replace(reading, voice=f"a resident ({reading.outlet})") for reading in claims]
    family = CopyFamily(("a", "b"), "")
    assert len(voices(labelled, {})) == 2
    assert len(voices(labelled, {"a": family, "b": family})) == 1


def test_unnamed_outlets_are_not_one_voice(told: Told) -> None:
    assert len(voices([told("c_1", outlet=""), told("c_2", "b", outlet="")], {})) == 2
