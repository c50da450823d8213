import pytest
from hypothesis import given
from hypothesis import strategies as st

from corrobora.incidents.names import only_longer, spelled_alike, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("the Ministry of Health", "Health Ministry"),
        ("Ministère de la Santé", "Ministry of Health"),
        ("Ministry of Defense", "defence ministry"),
        ("Ada Lorn, mayor of Varnow", "Lorn Ada"),
        ("Mohammed al-Haddad", "Mohammed Haddad"),
        ("Cruz Roja", "Red Cross"),
    ],
)
def test_two_forms_of_one_name(one: str, other: str) -> None:
    assert words(one) == words(other)


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Rami Abdul Rahman", "Rami Abdel Rahman", True),
        ("Rami Abdul Rahman", "Rami Abdulrahman", True),
        ("Mohammed Haddad", "Muhammad Hadad", True),
        ("Karim Hassan", "Karam Essen", False),
        ("Ada", "Ida", False),
        ("Gambo Isa", "Musa Isa", False),
    ],
)
def test_spellings(one: str, other: str, *, alike: bool) -> None:
    assert spelled_alike(words(one), words(other)) is alike
    assert spelled_alike(words(other), words(one)) is alike


@pytest.mark.parametrize(
    ("name", "others", "longer"),
    [
        ("Tamarin", ["Ilse Tamarin"], "Ilse Tamarin"),
        ("hospital", ["Varnow General Hospital"], "Varnow General Hospital"),
        ("police", ["Osk State Police Command"], "Osk State Police Command"),
        ("army", ["Ardian Army"], "Ardian Army"),
        ("Health Ministry", ["Ardian Health Ministry"], "Ardian Health Ministry"),
        ("Isa", ["Gambo Isa", "Musa Isa"], None),
        ("Isa", ["Gambo Isa", "Gambo Musa Isa"], "Gambo Musa Isa"),
        ("army", ["Osk Liberation Army"], None),
        ("police", ["Independent Police Oversight Authority"], None),
        ("Health Ministry", ["Health Ministry of Osk"], None),
        ("Ada Lorn", ["Ada Lorn"], None),
        ("front", ["National Dawn Front"], None),
    ],
)
def test_the_only_fuller_name(name: str, others: list[str], longer: str | None) -> None:
    found = only_longer(words(name), frozenset(words(other) for other in others))
    assert found == (words(longer) if longer else None)


@given(st.text(max_size=40))
def test_any_name_has_words_and_is_spelled_like_itself_or_too_short(name: str) -> None:
    assert isinstance(words(name), frozenset)
    assert words(name) == words(name.upper().lower()) or not name.isascii()
    assert only_longer(words(name), frozenset({words(name)})) is None
