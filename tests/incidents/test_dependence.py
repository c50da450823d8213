from collections.abc import Callable
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from corrobora.incidents.dependence import leads, odd_values, passages, repeated
from corrobora.incidents.voices import voices
from corrobora.model import Metadata, Reading, Text

Told = Callable[..., Reading]
SENTENCE = "Eleven passengers were killed on Saturday when armed men set fire to a ferry at the old landing of Varnow."


def text(document: str, words: str) -> Text:
    return Text(document, "", f"{document}.txt", words, Metadata(), (), "test")


def own(*readings: Reading) -> dict[str, str]:
    """Return each claim with its outlet as its voice."""
    return {reading.claim.id: reading.voice for reading in readings}


def test_a_sentence_taken_over_ties_the_later_report_to_the_earlier(told: Told) -> None:
    early, late = told("c_1", "a", published="2031-05-05"), told("c_2", "b", published="2031-05-06")
    longer = SENTENCE[:-1] + ", one of the busiest of the region. Nobody knows why."
    (tie,) = passages([late, early], {"a": text("a", SENTENCE), "b": text("b", longer)})
    assert (tie.origin, tie.other) == ("c_1", "c_2")
    assert tie.why == "The B Post takes over a passage of The A Post"


def test_other_words_for_it_tie_nobody(told: Told) -> None:
    words = {
        "a": text("a", SENTENCE),
        "b": text("b", "In Varnow a ferry burned on Saturday, and 11 people died in it."),
    }
    assert passages([told("c_1"), told("c_2", "b")], words) == []
    assert passages([told("c_1"), told("c_2", "b")], {}) == []
    assert passages([told("c_1"), told("c_2")], {"a": text("a", SENTENCE)}) == []  # one report


def test_an_odd_number_ties_the_two_that_share_it(told: Told) -> None:
    said = [told(f"c_{n}", name, low=17, published="2031-05-07") for n, name in enumerate("abc")]
    odd = [told(f"c_{n}", name, low=71) for n, name in enumerate("de", 3)]
    (tie,) = odd_values(own(*said, *odd), [*said, *odd], own(*said, *odd), {})
    assert {tie.origin, tie.other} == {"c_3", "c_4"}
    assert "71" in tie.why


def test_a_number_that_only_later_reports_give_is_an_update(told: Told) -> None:
    said = [told(f"c_{n}", name, low=17, published="2031-05-05") for n, name in enumerate("abc")]
    late = [told(f"c_{n}", name, low=23, published="2031-05-08") for n, name in enumerate("de", 3)]
    assert odd_values(own(*said, *late), [*said, *late], own(*said, *late), {}) == []


def test_what_speakers_say_is_no_copied_error(told: Told) -> None:
    said = [told(f"c_{n}", name, low=17, published="2031-05-07") for n, name in enumerate("abc")]
    odd = [told("c_3", "d", low=71, speaker="Ada Lorn"), told("c_4", "e", low=71)]
    assert odd_values(own(*said, *odd), [*said, *odd], {"c_0", "c_1", "c_2", "c_4"}, {}) == []


def test_two_against_two_are_no_odd_value(told: Told) -> None:
    said = [told("c_0", "a", low=17), told("c_1", "b", low=17), told("c_2", "c", low=71), told("c_3", "d", low=71)]
    assert odd_values(own(*said), said, own(*said), {}) == []


def test_a_misspelled_name_ties_those_who_share_it(told: Told) -> None:
    right, wrong = "Joren Malik was shot dead.", "Joran Malick was shot dead."
    said = [told(f"c_{n}", name, low=1) for n, name in enumerate("abcde")]
    words = {name: text(name, right if name in "abc" else wrong) for name in "abcde"}
    (tie,) = odd_values(own(*said), said, own(*said), words)
    assert {tie.origin, tie.other} == {"c_3", "c_4"}
    assert "Joran Malick" in tie.why


def test_a_description_is_named_further_down(told: Told) -> None:
    lead = [
        told("c_1", low=45, speaker="a volunteer group"),
        told("c_2", low=82, harm="injured", speaker="a volunteer group"),
    ]
    body = [told("c_3", low=45, speaker="Osk Committee", start=300)]
    body += [told("c_4", low=82, harm="injured", speaker="Osk Committee", start=400)]
    (tie,) = leads(own(*lead, *body), [*lead, *body])
    assert tie.why == "a volunteer group is Osk Committee, by the same figures in one report"
    assert leads(own(*lead, *body[:1]), [*lead, *body[:1]]) == []  # who does not give the wounded is another
    other = [replace(r, claim=replace(r.claim, document="b")) for r in body]
    assert leads(own(*lead, *other), [*lead, *other]) == []


def test_residents_are_nobody_who_is_named_later(told: Told) -> None:
    said = [told("c_1", low=45, speaker="residents"), told("c_2", low=45, speaker="Ada Lorn", start=300)]
    assert leads(own(*said), said) == []


def test_an_outlet_repeats_a_speakers_number(told: Told) -> None:
    said = [told("c_1", low=200, speaker="Ada Lorn"), told("c_2", "b", low=200)]
    assert repeated(own(*said), said) == {"The B Post": "Ada Lorn"}
    assert repeated(own(*said), [said[1]]) == {}
    more = [*said, told("c_3", "b", low=90)]
    assert repeated(own(*more), more) == {}  # it also gives a number that nobody else gives


def test_an_outlet_without_a_number_tells_what_its_speakers_told(told: Told) -> None:
    said = [told("c_1", low=9, speaker="Ada Lorn"), told("c_2", low=None, high=None, qualifier="vague", start=200)]
    assert repeated(own(*said), said) == {"The A Post": "Ada Lorn"}


def test_voices_say_whom_they_repeat_and_why_they_are_one(told: Told) -> None:
    said = [told("c_1", low=200, speaker="Ada Lorn"), told("c_2", "b", low=200), told("c_3", "c", speaker="Lorn")]
    found = {voice.speaker: voice for voice in voices(said, {})}
    assert found["The B Post"].repeats == "Ada Lorn"
    assert found["Ada Lorn"].because == ("Lorn is short for Ada Lorn",)


@given(st.permutations(range(6)))
def test_the_order_of_claims_changes_no_voice(told: Told, order: list[int]) -> None:
    said = [told(f"c_{n}", "abcdef"[n], low=17 if n < 4 else 71, published=f"2031-05-0{6 - n // 4}") for n in range(6)]
    assert voices([said[n] for n in order], {}) == voices(said, {})
