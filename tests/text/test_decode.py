"""Encodings: what a file declares, shows or most likely has, and no byte lost without a word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corrobora.errors import BadInput
from corrobora.text.decode import decode

WORDS = "Zażółć: fourteen men were held in Đakovo, café “Naïve”."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_is_known_by_itself_or_by_its_mark(encoding: str) -> None:
    assert decode(WORDS.encode(encoding)) == (WORDS, ())


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark_is_known_by_its_zero_bytes(encoding: str) -> None:
    text, problems = decode("Fourteen men were held in the city.".encode(encoding))
    assert text == "Fourteen men were held in the city."
    assert "guess" in problems[0]


def test_a_declared_encoding_is_believed_where_it_works() -> None:
    assert decode("Сообщение полиции".encode("koi8-r"), "KOI8-R") == ("Сообщение полиции", ())


@pytest.mark.parametrize("declared", ["nonexistent-9", "idna", "unicode_escape", "rot13", "", "utf-7"])
def test_a_declared_encoding_that_is_none_is_passed_over(declared: str) -> None:
    assert decode(b"plain \\u0041 words", declared) == ("plain \\u0041 words", ())


def test_western_text_is_read_as_windows_1252_and_said_to_be_a_guess() -> None:
    text, problems = decode("Le maire, très ému, a parlé d’une «attaque»".encode("cp1252"))
    assert "très ému" in text
    assert "’" in text
    assert "windows-1252" in problems[0]


def test_a_line_in_another_encoding_does_not_spoil_the_rest() -> None:
    text, problems = decode("Zażółć gęślą one\n".encode() + "Un café très cher\n".encode("cp1252"))
    assert text == "Zażółć gęślą one\nUn café très cher\n"
    assert "1 of its lines" in problems[0]


def test_damaged_utf8_shows_what_was_lost_and_where() -> None:
    damaged = ("Đakovo žurnalisti čekaju vijesti šuteći".encode()) + b"\xff!"
    text, problems = decode(damaged)
    assert text.endswith("\ufffd!")
    assert "1 undecodable bytes" in problems[0]


def test_binary_is_refused() -> None:
    with pytest.raises(BadInput, match="not text"):
        decode(bytes(range(256)) * 4)


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\0\ufeff"), max_size=200))
def test_utf8_comes_back_unchanged(words: str) -> None:
    assert decode(words.encode())[0] == words
