"""Number words to values: how English says how many, as a grammar over words alone.

`amounts` finds every quantity in a list of lower-case words: digits (`1,200`), words (`two hundred and five`), mixed
forms (`1.2 million`, `half a dozen`), ranges (`between 5 and 7`), hedges (`at least`, `up to`, `nearly`), vague
quantities (`dozens`, `several`) and none (`no one`). What is counted is not decided here.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files

_TABLE = tomllib.loads(files("corrobora.claims").joinpath("numbers.toml").read_text(encoding="utf-8"))
_VALUES: Mapping[str, int] = _TABLE["values"]
_SCALES: Mapping[str, int] = _TABLE["scales"]
VAGUE: Mapping[str, int] = _TABLE["vague"]
_PHRASES: Mapping[str, tuple[tuple[str, ...], ...]] = {
    name: tuple(sorted((tuple(phrase.split()) for phrase in phrases), key=len, reverse=True))
    for name, phrases in _TABLE["phrases"].items()
}
_MULTIPLIERS = {"hundred": 100, "dozen": 12, **_SCALES}
_SINGULAR = {"dozens": "dozen", "hundreds": "hundred", "thousands": "thousand", "millions": "million"}
_ROUND = {"dozen": "dozens", "hundred": "hundreds", "thousand": "thousands", "million": "millions"}
_DIGITS = re.compile(r"\d{1,3}(?:,\d{3})+|\d{1,2}(?:,\d{2})*,\d{3}|\d+")
_DECIMAL = re.compile(r"\d{1,4}\.\d{1,3}")
_JOINED = re.compile(r"([\d,]+)[–—−/]([\d,]+)")
_DASHES = frozenset({"-", "–", "—", "−"})
_BOUNDS = ("at_least", "at_most", "about")
# What a quantity that is not written in digits may begin with.
_OPENINGS = frozenset(phrase[0] for name in ("whole", "unsaid", "none") for phrase in _PHRASES[name]) | {
    *_VALUES, "a", "an", "one", "half", "between", "from", "both"
}  # fmt: skip
# Longer runs of digits are identifiers, never quantities of people.
_MOST_DIGITS = 10


@dataclass(frozen=True, slots=True)
class Amount:
    """Words `start` to `end` (exclusive) say `low` to `high`; None is not said. `core` is where the number begins.

    `kind`: number, vague (`dozens`, `several`), none (`no one`), whole (`all of them`), score (`5-4`: no quantity).
    """

    start: int
    end: int
    core: int
    low: int | None
    high: int | None
    qualifier: str
    kind: str


def value(words: Sequence[str]) -> int | None:
    """Return the whole number that `words` say, and None where they say none or more than one.

    >>> value("two hundred and five".split()), value(["1,200"]), value("half a dozen".split()), value(["7th"])
    (205, 1200, 6, None)
    """
    found = _cardinal(words, 0)
    return found[1] if found and found[0] == len(words) else None


def amounts(words: Sequence[str], vague: Mapping[str, int] | None = None) -> Iterator[Amount]:
    """Yield the quantities in `words` (lower case, tokenized) in order, without overlap.

    >>> [(a.low, a.high, a.qualifier) for a in amounts("at least 973 died , five or six fled , dozens stayed".split())]
    [(973, None, 'at_least'), (5, 6, 'exact'), (24, None, 'vague')]
    """
    table = {**VAGUE, **(vague or {})}
    openings = _OPENINGS | {phrase.split()[0] for phrase in table}
    at, floor = 0, 0
    while at < len(words):
        found = _core(words, at, table) if words[at] in openings or words[at][:1].isdigit() else None
        if found is None:
            at += 1
            continue
        hedged = _hedged(words, _twice(words, found), floor)
        yield hedged
        at = floor = hedged.end


def _twice(words: Sequence[str], found: Amount) -> Amount:
    """Take `fourteen (14)` for one number: it is written twice, in words and in digits."""
    again = words[found.end : found.end + 3]
    same = len(again) == 3 and again[0] == "(" and again[2] == ")" and found.low is not None
    return replace(found, end=found.end + 3) if same and value(again[1:2]) == found.low == found.high else found


def _core(words: Sequence[str], at: int, table: Mapping[str, int]) -> Amount | None:
    """Read the quantity that begins at `at`, ranges included, hedges not."""
    return _whole(words, at) or _range(words, at) or _vague(words, at, table) or _plain(words, at) or _none(words, at)


def _phrase(words: Sequence[str], at: int, name: str) -> int:
    """Return the length of the longest phrase of the list `name` that begins at `at`; 0 where none does."""
    return next((len(p) for p in _PHRASES[name] if tuple(words[at : at + len(p)]) == p), 0)


def _phrase_before(words: Sequence[str], at: int, name: str, floor: int) -> int:
    """Return the length of the longest phrase of the list `name` that ends before `at`; 0 where none does."""
    return next((len(p) for p in _PHRASES[name] if at - len(p) >= floor and tuple(words[at - len(p) : at]) == p), 0)


def _digits(words: Sequence[str], at: int) -> tuple[int, int] | None:
    """Read digits, with comma or space between thousands: `1,200`, `1 200`, `1,20,000`."""
    word = words[at]
    if not _DIGITS.fullmatch(word) or len(word.replace(",", "")) > _MOST_DIGITS:
        return None
    end, digits = at + 1, word.replace(",", "")
    if "," not in word and len(word) <= 3 and word[0] != "0":
        while end < len(words) and re.fullmatch(r"\d{3}", words[end]) and len(digits) < _MOST_DIGITS - 3:
            digits, end = digits + words[end], end + 1
    return end, int(digits)


def _small(words: Sequence[str], at: int) -> tuple[int, int] | None:
    """Read a number below a hundred in words: `seven`, `twenty-one`, `twenty one`."""
    if at >= len(words) or words[at] not in _VALUES:
        return None
    number = _VALUES[words[at]]
    if number < 20 or number % 10:
        return at + 1, number
    unit = at + 2 if at + 1 < len(words) and words[at + 1] == "-" else at + 1
    if unit < len(words) and 0 < _VALUES.get(words[unit], 0) < 10:
        return unit + 1, number + _VALUES[words[unit]]
    return at + 1, number


def _group(words: Sequence[str], at: int) -> tuple[int, int] | None:
    """Read what may stand before a scale: digits, a number below a hundred, or hundreds (`two hundred and five`)."""
    if at >= len(words):
        return None
    article = words[at] in {"a", "an", "one"} and words[at + 1 : at + 2] == ["hundred"]
    begun = (at + 1, 1) if article else _digits(words, at) or _small(words, at)
    if begun is None or words[begun[0] : begun[0] + 1] != ["hundred"]:
        return begun
    end, number = begun[0] + 1, begun[1] * 100
    rest = _small(words, end + 1 if words[end : end + 1] == ["and"] else end)
    # 'two hundred and three hundred' are two numbers.
    if rest and rest[1] > 0 and not (rest[0] < len(words) and words[rest[0]] in {"hundred", "dozen"}):
        return rest[0], number + rest[1]
    return end, number


def _cardinal(words: Sequence[str], at: int) -> tuple[int, int] | None:
    """Read one whole number: its end and its value."""
    return _special(words, at) or _decimal(words, at) or _scaled(words, at)


def _special(words: Sequence[str], at: int) -> tuple[int, int] | None:
    """Read dozens and halves: `a dozen`, `half a dozen`, `a half dozen`, `two dozen`, `half a million`."""
    here = list(words[at : at + 3])
    if here in (["half", "a", "dozen"], ["a", "half", "dozen"]):
        return at + 3, 6
    if here[:2] == ["half", "a"] and here[2:] and here[2] in _SCALES:
        return at + 3, _SCALES[here[2]] // 2
    if here[:1] in (["a"], ["one"]) and here[1:2] == ["dozen"]:
        return at + 2, 12
    if here[:2] == ["a", "score"] and here[2:] == ["of"]:
        return at + 2, 20
    few = _small(words, at) or (_digits(words, at) if at < len(words) else None)
    return (few[0] + 1, few[1] * 12) if few and words[few[0] : few[0] + 1] == ["dozen"] else None


def _decimal(words: Sequence[str], at: int) -> tuple[int, int] | None:
    """Read a decimal before a scale (`1.2 million`); alone it is a measure, not a number of people."""
    if _DECIMAL.fullmatch(words[at]) and at + 1 < len(words) and words[at + 1] in _SCALES:
        return at + 2, round(float(words[at]) * _SCALES[words[at + 1]])
    return None


def _scaled(words: Sequence[str], at: int) -> tuple[int, int] | None:
    """Read groups with falling scales: `two million three hundred thousand and five`."""
    article = words[at] in {"a", "an"} and words[at + 1 : at + 2] and words[at + 1] in _SCALES
    group = (at + 1, 1) if article else _group(words, at)
    if group is None:
        return None
    end, total, ceiling = group[0], 0, None
    number = group[1]
    while True:
        scale = _SCALES.get(words[end]) if end < len(words) else None
        if scale is None or (ceiling is not None and scale >= ceiling):
            break
        total, end, ceiling = total + number * scale, end + 1, scale
        more = _group(words, end + 1 if words[end : end + 1] == ["and"] else end)
        if more is None or more[1] == 0 or _is_another(words, more, scale):
            return end, total
        number, last = more[1], end
        end = more[0]
        if end >= len(words) or words[end] not in _SCALES:
            return (end, total + number) if number < scale else (last, total)
    return end, total + number


def _is_another(words: Sequence[str], group: tuple[int, int], scale: int) -> bool:
    """Say whether the group after a scale begins a number of its own: `two thousand and three thousand`."""
    after = _SCALES.get(words[group[0]], 0) if group[0] < len(words) else 0
    return after >= scale or (group[0] < len(words) and words[group[0]] == "dozen")


def _plain(words: Sequence[str], at: int) -> Amount | None:
    if words[at : at + 2] == ["a", "couple"]:
        return Amount(at, at + 2, at, 2, 2, "about", "number")
    if words[at : at + 3] == ["a", "pair", "of"]:
        return Amount(at, at + 2, at, 2, 2, "exact", "number")
    if words[at] == "both":
        return Amount(at, at + 1, at, 2, 2, "exact", "number")
    found = _cardinal(words, at)
    return Amount(at, found[0], at, found[1], found[1], "exact", "number") if found else None


def _range(words: Sequence[str], at: int) -> Amount | None:
    """Read two numbers as the ends of one range: `5-7`, `10 to 12`, `five or six`, `between 5 and 7`."""
    between = words[at] in {"between", "from"}
    begin = at + 1 if between else at
    while between and (n := _phrase(words, begin, "about")):
        begin += n
    joined = _JOINED.fullmatch(words[begin]) if begin < len(words) else None
    if joined and (pair := (value([joined[1]]), value([joined[2]]))) and None not in pair:
        return _ends(words, at, begin, begin + 1, (pair[0] or 0, pair[1] or 0), "-")
    first = _cardinal(words, begin) if begin < len(words) else None
    if first is None or first[0] + 1 >= len(words):
        return None
    link, after = words[first[0]], first[0] + 1
    while n := _phrase(words, after, "about"):
        after += n
    second = _cardinal(words, after) if after < len(words) else None
    if second is None or not _links(words, at, link):
        return None
    low = first[1]
    scale = _MULTIPLIERS.get(words[second[0] - 1], 1)
    # 'two to three hundred': the scale belongs to both ends.
    if scale > 1 and low < 100 and low < second[1] // scale:
        low *= scale
    return _ends(words, at, begin, second[0], (low, second[1]), link)


def _links(words: Sequence[str], at: int, link: str) -> bool:
    """Say whether `link` joins two ends here; 'rose from 12 to 15' tells a change, and two numbers."""
    if words[at] == "between":
        return link in {"and", *_DASHES}
    changed = (tuple(words[i : i + 1]) in _PHRASES["change"] for i in range(max(0, at - 8), at))
    if words[at] == "from":
        return link in {"to", *_DASHES} and not any(changed)
    return link in {"to", "or", *_DASHES} and words[at - 1 : at] != ["from"]


def _ends(words: Sequence[str], at: int, begin: int, end: int, ends: tuple[int, int], link: str) -> Amount | None:
    about = any(_phrase(words, i, "about") for i in range(at + 1, end))
    if ends[0] < ends[1]:
        return Amount(at, end, begin, *ends, "about" if about else "exact", "number")
    return Amount(at, end, begin, *ends[::-1], "exact", "score") if link in {*_DASHES, "to"} else None


def _vague(words: Sequence[str], at: int, table: Mapping[str, int]) -> Amount | None:
    """Read vague quantities with a floor (`dozens`, `several hundred`) or without one (`several`)."""
    for size in (3, 1):
        if at + size > len(words):
            continue
        phrase = " ".join(words[at : at + size])
        if phrase in table:
            return Amount(at, at + size, at, table[phrase], None, "vague", "vague")
    size = _phrase(words, at, "unsaid")
    if not size or any(_phrase(words, at - 1, name) > 1 for name in ("at_most", "at_least") if at):
        return None  # 'as many as 30'
    if words[at - 1 : at] and words[at - 1] in {"how", "so", "too", "as", "that"} and words[at] in {"many", "few"}:
        return None  # 'how many died'
    following = words[at + size] if at + size < len(words) else ""
    if following in _ROUND or following in table:  # 'several hundred', 'many thousands'
        floor = table[_ROUND.get(following, following)]
        return Amount(at, at + size + 1, at, floor, None, "vague", "vague")
    if words[at] == "some" and following and (_cardinal(words, at + size) or following in table):
        return None  # 'some 200': the hedge of a number
    return Amount(at, at + size, at, None, None, "vague", "vague")


def _whole(words: Sequence[str], at: int) -> Amount | None:
    size = _phrase(words, at, "whole")
    return Amount(at, at + size, at, None, None, "vague", "whole") if size else None


def _none(words: Sequence[str], at: int) -> Amount | None:
    size = _phrase(words, at, "none")
    if not size or any(_phrase(words, at, name) > size for name in ("at_least", "at_most")):
        return None  # 'no fewer than 20'
    return Amount(at, at + size, at, 0, 0, "exact", "none")


def _hedged(words: Sequence[str], found: Amount, floor: int) -> Amount:
    """Add the hedges before and behind: a bound (`at least`) says more than an estimate (`about`)."""
    if found.kind not in {"number", "vague"} or (found.kind == "vague" and found.low is None):
        return found
    names = set()
    start = found.start
    # Before 'hundreds', 'over' and 'about' are prepositions: 'a standoff over hundreds of hostages'.
    while (step := _step_before(words, start, floor)) and not (found.kind == "vague" and step[1] == 1):
        start -= step[1]
        names.add(step[0])
    end = found.end
    for name in ("at_least", "at_most", "about"):
        size = _phrase(words, end, f"{name}_after")
        if size and not (end + size < len(words) and _cardinal(words, end + size)):
            names.add(name)
            end += size
            break
    return _bounded(replace(found, start=start, end=end), names)


def _step_before(words: Sequence[str], start: int, floor: int) -> tuple[str, int] | None:
    """Find one hedge that ends before `start`, over a neutral word if need be: its name and its length."""
    for skip in dict.fromkeys((0, _phrase_before(words, start, "neutral", floor))):
        sizes = {name: _phrase_before(words, start - skip, name, floor) for name in _BOUNDS}
        name = max(_BOUNDS, key=sizes.__getitem__)  # 'not less than' before 'less than'
        if sizes[name]:
            return name, sizes[name] + skip
    return None


def _bounded(found: Amount, names: set[str]) -> Amount:
    if found.kind == "vague" and not names & {"at_least", "at_most"}:
        return found
    if "at_least" in names:
        return replace(found, high=None if found.low == found.high else found.high, qualifier="at_least")
    if "at_most" in names:
        return replace(found, low=None, high=found.high if found.high is not None else found.low, qualifier="at_most")
    return replace(found, qualifier="about") if "about" in names else found
