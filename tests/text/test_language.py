"""The language of a body, and silence where it is too short to say."""

import pytest

from corrobora.text.language import detect


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("en", "At least six people were killed and twelve were injured when a bomb exploded in the market."),
        ("en", "AT LEAST SIX PEOPLE WERE KILLED AND TWELVE WERE INJURED WHEN A BOMB EXPLODED IN THE MARKET."),
        ("fr", "Au moins six personnes ont été tuées et douze blessées dans l'explosion d'une bombe au marché."),
        ("ar", "قتل ستة أشخاص على الأقل وأصيب اثنا عشر آخرون عندما انفجرت قنبلة في سوق المدينة يوم الجمعة"),
        ("zh", "警方周五表示，该市中心市场发生爆炸，造成至少六人死亡，十二人受伤，其中包括三名儿童。"),
        ("", "San Kartov"),
        ("", "12 34 56"),
        ("", ""),
    ],
)
def test_language(code: str, words: str) -> None:
    assert detect(words) == code


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("ar", "قتل ستة أشخاص في قصف على المدينة"),
        ("ru", "Убиты трое военных, сообщает штаб"),
        ("el", "Έξι νεκροί σε επίθεση"),
        ("zh", "六人在袭击中丧生。警方说"),
    ],
)
def test_a_few_words_of_another_script_are_never_taken_for_english(code: str, words: str) -> None:
    assert detect(words) == code


def test_a_foreign_name_in_a_short_english_text_decides_nothing() -> None:
    assert not detect("Latakia (اللاذقية) reports six dead")
