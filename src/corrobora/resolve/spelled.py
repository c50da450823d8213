"""Dates in words, as transcripts of broadcasts spell them: `nineteen ninety-one`, `March third`, `monday`."""

import re

from corrobora.resolve import time_tables as tables

_UNITS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = (
    "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth",
    "twentieth",
)  # fmt: skip
_SMALL = {word: n for n, word in enumerate((*_UNITS, *_TEENS), start=1)} | {
    word: 10 * n for n, word in enumerate(_TENS, start=2)
}
_FROM_TEN = rf"(?:(?:{'|'.join(_TENS)})(?:[ -](?:{'|'.join(_UNITS)}))?|{'|'.join(_TEENS)})"
_NUMBER = rf"(?:{_FROM_TEN}|{'|'.join(_UNITS)})"
_DECADE = "|".join(tens.removesuffix("y") + "ies" for tens in _TENS)
_YEAR = re.compile(
    rf"(?i)\b(?P<century>seventeen|eighteen|nineteen|twenty)[ -](?:(?P<decades>{_DECADE})"
    rf"|(?P<hundred>hundred)(?:[ -](?:and[ -])?(?P<after>{_NUMBER}))?"
    rf"|(?:oh|o)[ -](?P<oh>{'|'.join(_UNITS)})|(?P<rest>{_FROM_TEN}))\b"
    rf"|\btwo thousand(?:[ -](?:and[ -])?(?P<new>{_NUMBER}))?\b"
)
_DAYS = {word: n for n, word in enumerate(_ORDINALS, start=1)} | {
    f"{tens}{sep}{_ORDINALS[n - 1]}": base + n
    for tens, base in (("twenty", 20), ("thirty", 30))
    for sep in (" ", "-")
    for n in range(1, 10)
    if base + n <= 31
} | {"thirtieth": 30}  # fmt: skip
_DAY = "|".join(sorted(_DAYS, key=len, reverse=True))
_MONTH = "|".join(sorted(tables.MONTHS, key=len, reverse=True))
_MONTH_DAY = re.compile(rf"(?i)\b(?P<month>{_MONTH})\.? (?:the )?(?P<day>{_DAY})\b(?! quarter)")
_DAY_MONTH = re.compile(rf"(?i)\b(?:the )?(?P<day>{_DAY}) of (?P<month>{_MONTH})\b")
_NAME = re.compile(rf"(?i)\b(?:{_MONTH}|{'|'.join(sorted(tables.WEEKDAYS, key=len, reverse=True))})\b")


def in_figures(words: str) -> str:
    """Return words with the years and days that are spelled out in figures, and names of days and months capitalised.

    >>> in_figures("march third, nineteen ninety-one"), in_figures("the nineteen eighties")
    ('March 3, 1991', 'the 1980s')
    """
    words = _YEAR.sub(_year, words)
    words = _MONTH_DAY.sub(lambda m: f"{m['month']} {_DAYS[m['day'].lower()]}", words)
    words = _DAY_MONTH.sub(lambda m: f"{_DAYS[m['day'].lower()]} {m['month']}", words)
    return _NAME.sub(lambda m: m[0] if m[0][:1].isupper() else m[0].capitalize(), words)


def _year(match: re.Match[str]) -> str:
    if match["century"] is None:
        return str(2000 + _value(match["new"]))
    century = 100 * {"seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20}[match["century"].lower()]
    if decades := match["decades"]:
        return f"{century + _value(decades.lower().removesuffix('ies') + 'y')}s"
    return str(century + _value(match["after"] or match["oh"] or match["rest"]))


def _value(words: str | None) -> int:
    """Return a number below a hundred that is spelled out; 0 for none."""
    return sum(_SMALL[word] for word in re.split(r"[ -]", (words or "").lower()) if word)
