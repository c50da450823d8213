"""Which language a text is in, or '' where it is too short to say."""

FEWEST_LETTERS = 60
"""Below this py3langid is often wrong on headlines and lists of names, so that '' is the honest answer."""
_LOOKED_AT = 5_000  # characters; more text does not change the answer


def detect(body: str) -> str:
    """Return the ISO 639-1 code of the body's language, '' where it has too few letters.

    >>> detect("Two hurt")
    ''
    """
    sample = body[:_LOOKED_AT]
    if sum(character.isalpha() for character in sample) < FEWEST_LETTERS:
        return ""
    from py3langid import classify  # noqa: PLC0415  its model takes 0.7 s and 100 MB: only where it is used

    code, _ = classify(sample)
    return str(code)
