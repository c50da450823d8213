"""What the words of a report say that tells one event from another: names, ages, streets, and its rarest words.

How rare a word is comes from general English, never from the project, so that what two reports have in common does not
change with the reports beside them. Source of the frequencies: the English list of `pyspellchecker`.
"""

import gzip
import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from math import log

from corrobora.model import Text

# Words that are kept, those that say most about the report first; measured, more bring more pairs than truth.
KEPT, KEPT_PROPER = 60, 20
# Natural log of one in so many words: below it, a word ('police') says too little. A word on no list is taken for one
# in ten million.
PLAIN = 7.0
UNSEEN = 1e-7
LEFT_OUT = frozenset({"furniture", "date"})
HIDDEN = frozenset({"hidden", "deleted", "boilerplate"})


Weighed = tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Gist:
    """`names` and `streets` in lower case, `ages` in years as written, `words` and `proper` the rarest.

    By `words`, and by those of them that are `proper` names, reports find each other. `said` are all words that are not
    common, each with what it says of the report, and `called` the capitalised ones among them; neither holds the words
    that name a group or a speaker.
    """

    names: frozenset[str]
    ages: frozenset[str]
    streets: frozenset[str]
    words: tuple[str, ...]
    proper: tuple[str, ...]
    said: Weighed
    called: Weighed


def gist(words: str, known: frozenset[str] = frozenset(), placed: frozenset[str] = frozenset()) -> Gist:
    """Gather what tells the event of these words from another.

    `known` are words of groups and speakers, which are compared by themselves: that two reports name one army must not
    count twice. `placed` are words of places: no persons' names, but words like others: many are on no map.

    >>> sorted(gist("Mira Tal, 34, was shot near Harbour Street.").names | gist("Tal, 34, died").ages)
    ['34', 'mira tal']
    """
    said = _weighed(re.findall(r"\w+", words.casefold()))
    called = _weighed(word.casefold() for word in _forms()["proper"].findall(words))
    return Gist(
        names=frozenset(name for name in persons(words) if not (known | placed) & set(name.split())),
        ages=frozenset(age for found in _forms()["age"].findall(words) for age in found if age),
        streets=frozenset(_streets(words)),
        words=_rarest(said, KEPT),
        proper=_rarest(called, KEPT_PROPER),
        said=tuple(item for item in said if item[0] not in known),
        called=tuple(item for item in called if item[0] not in known),
    )


def _weighed(words: Iterable[str]) -> Weighed:
    """What each word says: the more, the rarer it is in general, and the more often the report has it."""
    counted = Counter(words)
    return tuple(_said(word, counted[word]) for word in sorted(counted) if rarity(word) > 0)


@lru_cache(maxsize=1_000_000)
def _said(word: str, times: int) -> tuple[str, float]:
    """A word with what it says; the same one for all reports, of which a large record holds very many."""
    return word, (1 + log(times)) * rarity(word)


def _rarest(words: Weighed, kept: int) -> tuple[str, ...]:
    return tuple(sorted(word for _, word in sorted((weight, word) for word, weight in words)[-kept:]))


@lru_cache(maxsize=1_000_000)
def rarity(word: str) -> float:
    """How much rarer a word is in general English than one that anybody would use; 0 for common words."""
    known, total = _frequencies()
    return max(0.0, log(total / (known.get(word, 0) + UNSEEN * total)) - PLAIN)


def body(text: Text) -> list[tuple[int, str]]:
    """The paragraphs of a report's own words, each with where it starts."""
    spans = [(s.start, s.end) for s in text.segments if s.kind not in LEFT_OUT and not HIDDEN & set(s.flags)]
    found = []
    for start, end in spans or [(0, len(text.text))]:
        found += [(start + line.start(), line.group()) for line in re.finditer(r"[^\n]+", text.text[start:end])]
    return sorted(found)


def shares(text: Text, starts: Sequence[Sequence[int]]) -> list[str]:
    """Deal a report's words out to the events it tells, each given by where its claims start.

    A paragraph belongs to the event of its first claim. What has no claim, and the title, belong to the event that most
    claims are about, of several the one told first; where more than half of them are, it has all words of the report,
    for what else it tells then serves this story.
    """
    owners = sorted((start, at) for at, mine in enumerate(starts) for start in mine)
    main = max(range(len(starts)), key=lambda at: (len(starts[at]), -min(starts[at])))
    dealt: list[list[str]] = [[] for _ in starts]
    dealt[main].append(text.metadata.title)
    for start, words in body(text):
        at = next((owner for first, owner in owners if start <= first < start + len(words)), main)
        dealt[at].append(words)
    if 2 * len(starts[main]) > len(owners):
        dealt[main] = [text.metadata.title, *(words for _, words in body(text))]
    return ["\n".join(mine) for mine in dealt]


def persons(words: str) -> set[str]:
    """The names of persons in these words, in lower case: two capitalised words that begin or end nothing else.

    >>> persons("Mira Tal of the Osk Hospital")
    {'mira tal'}
    """
    passed = {*_lists()["not_names"], *(kind.casefold() for kind in _lists()["streets"])}
    found = ((first.casefold(), last.casefold()) for first, last in _forms()["name"].findall(words))
    return {f"{first} {last}" for first, last in found if not {first, last} & passed}


def _streets(words: str) -> set[str]:
    named = {name.casefold().split()[-1] for name in _forms()["street"].findall(words)}
    return named | {name.casefold() for name in _forms()["block"].findall(words)}


@cache
def _lists() -> dict[str, list[str]]:
    return tomllib.loads(resources.files(__package__).joinpath("gist.toml").read_text(encoding="utf-8"))


@cache
def _forms() -> dict[str, re.Pattern[str]]:
    kinds = "|".join(map(re.escape, sorted(_lists()["streets"], key=len, reverse=True)))
    point = r"(?:(?:North|South|East|West|[NSEW]\.?) )?"
    return {
        "proper": re.compile(r"\b[A-Z][a-z]+\b"),
        "name": re.compile(r"\b([A-Z][a-z'’]+(?:-[A-Z][a-z]+)?)(?: [A-Z]\.?)? ([A-Z][a-zA-Z'’-]*[a-z])\b"),
        "age": re.compile(r"\b(\d{1,2})[- ]years?[- ]old|\b[A-Z][a-z]+, (\d{1,2})\b(?![:,]?\d)|\baged? (\d{1,2})\b"),
        "street": re.compile(rf"\b{point}((?:[A-Z][a-z]+|\d+(?:st|nd|rd|th))(?: [A-Z][a-z]+)?) (?:{kinds})\b"),
        "block": re.compile(rf"\b\d{{2,5}}[- ]block of {point}([A-Z][a-z]+|\d+(?:st|nd|rd|th))"),
    }


@cache
def _frequencies() -> tuple[dict[str, int], int]:
    packed = resources.files("spellchecker").joinpath("resources/en.json.gz").read_bytes()
    known: dict[str, int] = json.loads(gzip.decompress(packed))
    return known, sum(known.values())
