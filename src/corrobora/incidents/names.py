"""Whether two names of voices are one, whatever their order, accents, spelling and the language of common words."""

import re
import tomllib
import unicodedata
from functools import cache, lru_cache
from importlib import resources

# Consonants: two spellings of a shorter name may well be two people.
LONGEST_ALIKE = 6
NATION = re.compile(r"\w+(?:ian|an|ese|ish|i|ine)$")


@lru_cache(maxsize=100_000)
def words(name: str) -> frozenset[str]:
    """The words by which a name is told from others, without what follows its first comma ('the mayor', an office).

    >>> sorted(words("the Ministère de la Santé")), sorted(words("Lorn, Ada")), sorted(words("Ministry of Defense"))
    (['health', 'ministry'], ['lorn'], ['defence', 'ministry'])
    """
    plain = re.findall(r"\w+", _folded(name.split(",", maxsplit=1)[0]))
    kept = [_same().get(word, word) for word in plain if word not in listed("small")]
    return frozenset(kept or plain)


@cache
def listed(name: str) -> frozenset[str]:
    """A word list of `voices.toml`."""
    table = _tables()
    return frozenset(table["small"] if name == "small" else table["lists"][name])


def spelled_alike(a: frozenset[str], b: frozenset[str]) -> bool:
    """Whether two names differ by how their vowels and double letters are written, as transliterations do.

    >>> spelled_alike(words("Rami Abdul Rahman"), words("Rami Abdelrahman")), spelled_alike(words("Ada"), words("Ida"))
    (True, False)
    """
    first, second = bones(a), bones(b)
    return len(first) >= LONGEST_ALIKE and first == second


def only_longer(name: frozenset[str], others: frozenset[frozenset[str]]) -> frozenset[str] | None:
    """The one of `others` that is a fuller form of a name; None where there are several, or it may be another's.

    'Health Office' and 'Health Office of Osk' may be two; 'Health Office' and 'Ardian Health Office' are one.
    """
    fuller = {other for other in others if name < other and len(other) <= len(name) + 4}
    fullest = {other for other in fuller if not any(other < more for more in fuller)}
    if len(fullest) != 1:
        return None
    found = next(iter(fullest))
    more = found - name
    apart = name & listed("several") or name <= listed("own")
    if more & listed("beside") or (apart and not all(NATION.match(word) for word in more)):
        return None
    return found


@lru_cache(maxsize=100_000)
def bones(name: frozenset[str]) -> str:
    """The consonants of a name, doubled ones once, in alphabetical order: words may be joined or turned round."""
    plain = (re.sub(r"[aeiouyw']|h$", "", word).translate(str.maketrans("qc", "kk")) for word in name)
    return "".join(sorted("".join(re.sub(r"(.)\1+", r"\1", word) for word in plain)))


def _folded(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.casefold().replace("'s", "").replace("’s", ""))
    return "".join(char for char in plain if not unicodedata.combining(char))


@cache
def _tables() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(resources.files(__package__).joinpath("voices.toml").read_text(encoding="utf-8"))


@cache
def _same() -> dict[str, str]:
    return {_folded(other): main for main, others in _tables()["same"].items() for other in others}
