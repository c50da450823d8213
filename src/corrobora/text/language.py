"""Which language a text is in, or '' where it is too short to say."""

from collections.abc import Sequence

FEWEST_LETTERS = 60
"""Below this py3langid is often wrong on headlines and lists of names, so that '' is the honest answer."""
FEWEST_OF_A_SCRIPT = 12
"""Of a script other than the Latin one: fewer already tell that no reader of English reads them."""
LATIN = "\u02ff"  # the last letter of the blocks of Latin
CJK = "\u3040"  # the first letter of Japanese; Chinese and Korean follow
_LOOKED_AT = 1_500  # characters; more text hardly changes the answer, and costs time


def detect(body: str) -> str:
    """Return the ISO 639-1 code of the body's language, '' where it has too few letters.

    >>> detect("Two hurt")
    ''
    """
    sample = body[:_LOOKED_AT]
    if not _enough([character for character in sample[:300] if character.isalpha()]):
        return ""
    from py3langid import classify  # noqa: PLC0415  its model takes 0.7 s and 100 MB: only where it is used

    code, _ = classify(sample)
    return str(code)


def _enough(letters: Sequence[str]) -> bool:
    """Whether letters are enough to tell a language by.

    A letter of Chinese, Japanese or Korean says as much as three of another script.
    """
    foreign = sum(letter > LATIN for letter in letters)
    fewest = FEWEST_OF_A_SCRIPT if 2 * foreign > len(letters) else FEWEST_LETTERS
    return sum(3 if letter >= CJK else 1 for letter in letters) >= fewest
