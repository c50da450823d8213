"""What is known of a report, as it can be kept."""

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from corrobora.model import Metadata, written_out

ANY = st.text(st.characters() | st.characters(categories=["Cs"]), max_size=8)


@given(ANY, ANY)
def test_any_text_can_be_kept_and_each_part_stays_where_it_stood(first: str, second: str) -> None:
    said = written_out(first + second)
    assert said == written_out(first) + written_out(second)
    said.encode("utf-8")
    assert written_out(said) == said
    assert (said == first + second) == (not any("\ud800" <= c <= "\udfff" for c in first + second))


@given(st.binary(max_size=12))
def test_bytes_of_a_name_are_spelled_as_bytes(name: bytes) -> None:
    assert written_out(name.decode("utf-8", "surrogateescape")) == name.decode("utf-8", "backslashreplace")


@given(st.lists(ANY, min_size=8, max_size=8))
def test_metadata_of_any_words_can_be_kept(words: list[str]) -> None:
    kept = Metadata(*words).written_out()
    assert msgspec.json.decode(msgspec.json.encode(kept), type=Metadata) == kept
    assert kept.title == written_out(words[1])
