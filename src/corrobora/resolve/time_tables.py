"""The words of `periods.toml`, as patterns and look-ups for the grammar of time."""

import re
import tomllib
from collections.abc import Iterable
from pathlib import Path

from corrobora.resolve.hijri import FEASTS

_TOML = tomllib.loads(Path(__file__).with_name("periods.toml").read_text(encoding="utf-8"))
LANGUAGES = ("en", "fr", "es")


def plain(words: str) -> str:
    """Return words in lower case, with single spaces and a straight apostrophe."""
    return " ".join(words.lower().replace("’", "'").split())


def _alternatives(words: Iterable[str]) -> str:
    """Return a pattern for any of `words`, longest first; a space stands for any white space."""
    ordered = sorted(set(words), key=lambda w: (-len(w), w))
    return "|".join(re.escape(w).replace(r"\ ", r"\s+").replace("'", "['’]") for w in ordered)


def _cases(words: Iterable[str], capital: bool) -> list[str]:
    """Return each word capitalised and in capitals; also in lower case where the language writes it so."""
    return [form for w in words for form in ([w.capitalize(), w.upper()] + ([] if capital else [w.lower()]))]


MONTHS: dict[str, int] = {
    plain(name): number
    for language in LANGUAGES
    for number, names in enumerate(_TOML["months"][language], start=1)
    for name in names
}
WEEKDAYS: dict[str, int] = {
    plain(name): number for names in _TOML["weekdays"].values() for number, name in enumerate(names)
}
_NUMBERS: dict[str, int] = {w: n for key in ("words", "fr") for n, w in enumerate(_TOML["numbers"][key])}
_UNITS: dict[str, str] = {w: unit for unit, words in _TOML["units"].items() for w in words}
_DAY_PARTS: dict[str, str] = {w: part for part, words in _TOML["parts"].items() for w in words}
_SIDES = {w: side for side in ("early", "mid", "late") for w in _TOML["before"][side]}

PHRASES: dict[str, tuple[str, str, int, str]] = {plain(w): tuple(m) for w, m in _TOML["phrases"].items()}
BEFORE: dict[str, str] = {plain(w): kind for kind, words in _TOML["before"].items() for w in words}
FIXED: dict[str, tuple[int, int]] = {plain(w): tuple(d) for w, d in _TOML["holidays"]["fixed"].items()}
FROM_EASTER: dict[str, int] = {plain(w): n for w, n in _TOML["holidays"]["easter"].items()}
NTH: dict[str, tuple[int, int, int]] = {plain(w): tuple(d) for w, d in _TOML["holidays"]["weekday"].items()}
HIJRI: dict[str, int] = {plain(w): n for n, names in enumerate(_TOML["hijri"]["months"], start=1) for w in names}
SEASONS: dict[str, int] = _TOML["seasons"]
WORDS: dict[str, dict[str, list[str]]] = {k: _TOML[k] for k in ("verbs", "nouns", "background", "future")}
# Feasts whose bare name is also a name for a season, a meal or a present.
NEED_CUE = frozenset({"christmas", "easter", "thanksgiving", "halloween", "noël", "navidad", "pâques", "epiphany"})


def _months(languages: Iterable[str]) -> str:
    forms: list[str] = []
    for language in languages:
        for names in _TOML["months"][language]:
            forms += _cases(names, capital=language == "en")
    short = {f for f in forms if len(f) <= 4 and f.lower() in MONTHS}
    return "|".join(
        re.escape(f) + (r"(?:\.(?=\s*\d))?" if f in short else "")
        for f in sorted(set(forms), key=lambda f: (-len(f), f))
    )


def _weekdays(keys: Iterable[str]) -> str:
    return _alternatives(f for key in keys for f in _cases(_TOML["weekdays"][key], capital=key in {"en", "short"}))


_SPACE = r"\s+"
_YEAR = r"(?:1[89]|20)\d\d"
NUMBER = rf"\d{{1,3}}|{_alternatives([*_NUMBERS, *_TOML['numbers']['one'], *_TOML['numbers']['vague']])}"
_DAY_PART = _alternatives(_DAY_PARTS)
_UNIT_ONE = "week|weekend|month|year|day|fortnight"
_ANY_WEEKDAY = _weekdays(LANGUAGES)


def _cues(names: Iterable[str]) -> tuple[str, ...]:
    """The longest word of each name: where none of these stands, in small letters, no name does."""
    return tuple(sorted({max(re.findall(r"[^\W\d_]+", name.lower()), key=len) for name in names}))


_HIJRI_NAMES = tuple(name for names in _TOML["hijri"]["months"] for name in names)
_FEAST_NAMES = (*FEASTS, "Eid al-Fitr", "Eid al-Adha")
_HOLIDAY_NAMES = tuple(name for kind in ("fixed", "easter", "weekday") for name in _TOML["holidays"][kind])
HIJRI_CUES, FEAST_CUES = _cues(_HIJRI_NAMES), _cues(_FEAST_NAMES)
HOLIDAY_CUES, SEASON_CUES = _cues(_HOLIDAY_NAMES), _cues(SEASONS)
_PATTERNS = {
    "S": _SPACE,
    "YEAR": _YEAR,
    "DAY": r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th|ST|ND|RD|TH|er|º)?(?![\d:]|[.,]\d|\s*(?:%|percent))",
    "MONTH": _months(LANGUAGES),
    "MONTH_EN": _months(("en",)),
    "WEEKDAY": _ANY_WEEKDAY,
    "TO": r"(?:-|–|—|(?i:to|through|until|and|au|al|et|y)\b)",
    "OF_YEAR": rf"(?:(?:,|{_SPACE}(?:of|de|OF|DE|del))?\s*(?<!\d)"
    rf"(?P<year>{_YEAR}|['’]\d\d|(?<=[A-Z][A-Z] )\d\d)(?![\d:]|[.,]\d))?",
    "TIME": rf"(?i:,?{_SPACE}(?:in{_SPACE}the{_SPACE})?(?P<time>{_DAY_PART})\b)?",
    "BEFORE_DATE": rf"(?:\b(?P<weekday>{_ANY_WEEKDAY}|{_weekdays(['short'])})\.?(?i:{_SPACE}(?:{_DAY_PART}))?"
    rf"(?:,\s*|{_SPACE})(?i:(?:the|le|el){_SPACE})?|\b)",
    "BEFORE_WEEKDAY": rf"(?i:\b(?P<which>last|next|this|past|coming){_SPACE})?\b",
    "DAY_PART": _DAY_PART,
    "PART": _alternatives(_SIDES),
    "SEASON": _alternatives(SEASONS),
    "PHRASE": _alternatives(_TOML["phrases"]),
    "HOLIDAY": _alternatives(_HOLIDAY_NAMES),
    "NUMBER": NUMBER,
    "HIJRI": _alternatives(_HIJRI_NAMES),
    "FEAST": _alternatives(_FEAST_NAMES),
    "UNIT": _alternatives(_UNITS),
    "UNIT_ONE": _UNIT_ONE,
    "BEFORE_WORD": _alternatives(BEFORE),
    "DEED": _alternatives(_TOML["nouns"]["deed"]),
}


def fill(pattern: str) -> str:
    """Put the word lists into a pattern: `{MONTH}` stands for every name of a month."""
    return re.sub(r"\{([A-Z_]+)\}", lambda m: f"(?:{_PATTERNS[m[1]]})" if m[1] != "S" else _SPACE, pattern)


def year(word: str | None) -> int | None:
    """Return a year of two or four figures: 50 to 99 are of the 1900s, 00 to 49 of the 2000s."""
    if not word:
        return None
    figures = int(word.lstrip("'’"))
    return figures if figures > 99 else figures + (1900 if figures >= 50 else 2000)


def month(word: str | None) -> int | None:
    """Return the number of a month, from its name or figures; None where it is neither."""
    if not word:
        return None
    key = plain(word).rstrip(".")
    return int(key) if key.isdigit() else MONTHS.get(key)


def number(word: str | None) -> int | None:
    """Return the figures at the head of a word ('6th')."""
    match = re.match(r"\d+", word or "")
    return int(match[0]) if match else None


def weekday(word: str | None) -> int | None:
    """Return the number of a weekday, Monday 0."""
    return WEEKDAYS.get(plain(word)) if word else None


def part(word: str | None) -> str:
    """Return early, mid or late, for the words that say so; '' else."""
    key = plain(word or "").rstrip("-")
    return {"earlier": "early", "later": "late"}.get(key) or _SIDES.get(key, "")


def day_part(word: str | None) -> str:
    """Return morning, afternoon, evening or night; '' else."""
    key = plain(word or "")
    return "morning" if key == "early hours" else _DAY_PARTS.get(key, "")


def direction(word: str | None) -> str:
    """Return last, this or next."""
    return {"past": "last", "coming": "next"}.get(plain(word or ""), plain(word or ""))


def unit(word: str | None) -> str:
    """Return the unit that a word names: hour, day, week, fortnight, weekend, month, year, decade."""
    return _UNITS.get(plain(word or ""), "")


def amount(word: str) -> tuple[int, bool]:
    """Return a number of units, and whether the word leaves it open ('a few' is read as two to seven)."""
    key = plain(word)
    if key in _TOML["numbers"]["vague"]:
        return 7, True
    if key in _TOML["numbers"]["one"]:
        return 1, False
    return int(key) if key.isdigit() else _NUMBERS[key], False
