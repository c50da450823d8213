"""Which language a text is in, or '' where it is too short to say."""

FEWEST_LETTERS = 60
"""Below this py3langid is often wrong on headlines and lists of names, so that '' is the honest answer."""
_LOOKED_AT = 1_500  # characters; more text hardly changes the answer, and costs time


def detect(body: str) -> str:
    """Return the ISO 639-1 code of the body's language, '' where it has too few letters.

    >>> detect("Two hurt")
    ''
    """
    sample = body[:_LOOKED_AT]
    letters = (3 if character >= "\u3040" else 1 for character in sample[:300] if character.isalpha())
    if sum(letters) < FEWEST_LETTERS:  # a letter of Chinese, Japanese or Korean says as much as three of another script
        return ""
    from py3langid import classify  # noqa: PLC0415  its model takes 0.7 s and 100 MB: only where it is used

    code, _ = classify(sample)
    return str(code)
