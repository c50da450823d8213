"""Which documents repeat one text. A copy is evidence that a text was spread, not that anyone else saw anything."""

import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import cache
from hashlib import blake2b
from importlib import resources

from corrobora.model import CopyFamily, Text

# Words in a shingle. Reprints of one dispatch share few long runs once edited (Silcock et al. 2022: a mean Jaccard of
# .30 even for three words), so containment in the shorter text is asked for, not similarity of the whole.
SHINGLE = 4
CONTAINED = 0.5
FEWEST = 12  # shingles: below, texts are copies only when they read the same
COMMON = 60  # documents that hold a shingle: above, it is a stock phrase and says nothing
LONGER = 5.0  # a digest that holds a short dispatch is not a copy of it
HIDDEN = frozenset({"hidden", "deleted", "boilerplate"})


def copies(texts: Sequence[Text]) -> tuple[CopyFamily, ...]:
    """Group documents that repeat one text, earliest first; a text that nobody repeats is in no family.

    Two texts belong together when half of the shorter one's four-word sequences stand in the longer one. A text joins
    the family whose members it shares most with, so that a digest does not tie two dispatches to each other.
    Time grows with the words read, not with the pairs of documents.
    """
    unique = {text.document: text for text in texts}
    ordered = sorted(unique.values(), key=lambda text: (text.metadata.published or "9999", text.document))
    shingles = {text.document: _shingles(text) for text in ordered}
    near = _near(shingles)
    families: list[list[str]] = []
    member: dict[str, int] = {}
    for text in ordered:
        shared: dict[int, list[float]] = defaultdict(list)
        for other, contained in near[text.document].items():
            if other in member:
                shared[member[other]].append(contained)
        means = {at: sum(values) / len(families[at]) for at, values in shared.items()}
        best = max(means, key=lambda at: (means[at], -at), default=None)
        if best is not None and means[best] >= CONTAINED / 2 and max(shared[best]) >= CONTAINED:
            families[best].append(text.document)
            member[text.document] = best
        else:
            member[text.document] = len(families)
            families.append([text.document])
    found = [[unique[document] for document in family] for family in families if len(family) > 1]
    return tuple(CopyFamily(tuple(text.document for text in family), _agency(family)) for family in found)


def _body(text: Text) -> str:
    if not text.segments:
        return text.text
    kept = [s for s in text.segments if s.kind not in {"furniture", "date"} and not HIDDEN & set(s.flags)]
    return "\n".join(text.text[segment.start : segment.end] for segment in kept)


def _shingles(text: Text) -> frozenset[bytes]:
    words = re.findall(r"\w+", _body(text).casefold())
    width = min(SHINGLE, len(words))
    runs = (" ".join(words[at : at + width]) for at in range(len(words) - width + 1)) if words else ()
    found = frozenset(blake2b(run.encode("utf-8", "surrogatepass"), digest_size=8).digest() for run in runs)
    return found if len(found) >= FEWEST else frozenset({b" ".join(word.encode("utf-8", "replace") for word in words)})


def _near(shingles: dict[str, frozenset[bytes]]) -> dict[str, dict[str, float]]:
    """For each document the others that it repeats, with the share of the shorter one that both hold."""
    holders: dict[bytes, list[str]] = defaultdict(list)
    for document, found in shingles.items():
        for shingle in found:
            holders[shingle].append(document)
    near: dict[str, dict[str, float]] = {document: {} for document in shingles}
    for document, found in shingles.items():
        shared = Counter(o for s in found if len(holders[s]) <= COMMON or len(found) == 1 for o in holders[s])
        for other, number in shared.items():
            sizes = sorted((len(found), len(shingles[other])))
            if other != document and number / sizes[0] >= CONTAINED and sizes[1] <= LONGER * sizes[0]:
                near[document][other] = number / sizes[0]
    return near


def _agency(family: Sequence[Text]) -> str:
    """The agency that outlets, authors, bylines and credits of the family name most."""
    named = Counter(agency for text in family for agency in _credited(text))
    return max(sorted(named), key=lambda agency: named[agency], default="")


def _credited(text: Text) -> set[str]:
    bylines = [text.text[s.start : s.end] for s in text.segments if s.kind in {"byline", "dateline"}]
    where = [text.metadata.outlet, text.metadata.author, *bylines]
    where += re.findall(r"\(([^()\n]{2,60})\)", text.text[:300] + "\n" + text.text[-300:])
    credit = " | ".join(where)
    return {agency for agency, pattern in _patterns() if pattern.search(credit)}


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    raw = resources.files(__package__).joinpath("agencies.toml").read_text(encoding="utf-8")
    names: dict[str, list[str]] = tomllib.loads(raw)
    return tuple(
        (name, re.compile(r"\b(?:" + "|".join(map(re.escape, found)) + r")\b")) for name, found in names.items()
    )
