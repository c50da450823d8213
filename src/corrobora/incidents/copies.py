"""Which documents repeat one text. A copy is evidence that a text was spread, not that anyone else saw anything.

Two steps, as reprints are often edited (Silcock et al. 2022: true reprints share but .30 of their three-word runs):
pairs that may be copies are found by MinHash of the whole and by sampled runs of words, then judged by the passages
that they share.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import combinations

from rensa import RMinHash, RMinHashLSH

from corrobora.incidents.credits import agency, origin
from corrobora.incidents.names import words
from corrobora.model import CopyFamily, Text

RUN = 4  # words in a run
CONTAINED = 0.5  # of the shorter text's runs that stand in the longer one: a copy
FEWEST = 12  # shared runs: below, texts are copies only when they read the same
# A rewrite keeps a quarter of the runs, in three passages or more: a statement that both quote is but one.
REWRITTEN, PASSAGES, PASSAGE = 0.25, 3, 10
LONGER = 5.0  # a digest that holds a short dispatch is not a copy of it
HASHES, BANDS = 64, 32  # two hashes to a band: finds nineteen of twenty pairs that share .3 of all their runs
SAMPLED, STOCK = 8, 40  # one run of eight is looked up by itself; one that more texts hold is a stock phrase
HIDDEN = frozenset({"hidden", "deleted", "boilerplate"})


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text in order, and its runs of four."""

    plain: tuple[str, ...]
    runs: frozenset[int]


def copies(texts: Sequence[Text]) -> tuple[CopyFamily, ...]:
    """Group documents that repeat one text, earliest first; a text that nobody repeats is in no family.

    Two texts belong together when half of the shorter one's runs of four words stand in the longer one, or a quarter of
    them in three passages. A text joins the family whose members it shares most with, so that a digest does not tie two
    dispatches to each other. `copied_from` says for each member which earlier one it is nearest to.
    """
    unique = {text.document: text for text in texts}
    told = {document: _words(text) for document, text in unique.items()}
    credited_to = {document: origin(text) for document, text in unique.items()}
    carried = Counter(words(credit) for document, credit in credited_to.items() if credit)
    ordered = sorted(unique.values(), key=lambda text: _age(text, carried))
    alike = _alike(told)
    near = _near({name: told[name] for name in set(alike.values())})
    families: list[list[str]] = []
    forms: list[Counter[str]] = []  # how many members of a family read the same, by the one that stands for them
    member: dict[str, int] = {}
    for text in ordered:
        form = alike[text.document]
        known = {other: share for other, share in near[form].items() if other in member}
        means = {
            at: sum(forms[at][other] * share for other, share in known.items() if member[other] == at)
            / len(families[at])
            for at in {member[other] for other in known}
        }
        best = max(means, key=lambda at: (means[at], -at), default=None)
        if best is None or means[best] < REWRITTEN:
            best = len(families)
            families.append([])
            forms.append(Counter())
        families[best].append(text.document)
        forms[best][form] += 1
        member.setdefault(form, best)
    return tuple(
        CopyFamily(tuple(f), _agency([unique[d] for d in f], credited_to), _parents(f, alike, near))
        for f in families
        if len(f) > 1
    )


def _alike(told: Mapping[str, Words]) -> dict[str, str]:
    """For each document the one that stands for all that read the same; one without words stands for itself."""
    first: dict[frozenset[int], str] = {}
    return {name: first.setdefault(told[name].runs, name) if told[name].runs else name for name in sorted(told)}


def _age(text: Text, carried: Mapping[frozenset[str], int]) -> tuple[str, bool, str, str]:
    """Earliest first; of one day, the outlet that others credit first."""
    published = text.metadata.published or "9999"
    return published[:10], not carried.get(words(text.metadata.outlet)), published, text.document


def _parents(
    family: Sequence[str], alike: Mapping[str, str], near: Mapping[str, Mapping[str, float]]
) -> tuple[str, ...]:
    """For each document the earlier one that it shares most with, of several the earliest; '' for the first."""
    found, first = [""], {alike[family[0]]: family[0]}  # the earliest of each form
    for document in family[1:]:
        shares = near[alike[document]]
        found.append(max(first, key=lambda form: shares.get(form, 0.0)) if first else "")
        found[-1] = first[found[-1]]
        first.setdefault(alike[document], document)
    return tuple(found)


def _body(text: Text) -> str:
    if not text.segments:
        return text.text
    kept = [s for s in text.segments if s.kind not in {"furniture", "date"} and not HIDDEN & set(s.flags)]
    return "\n".join(text.text[segment.start : segment.end] for segment in kept)


def _words(text: Text) -> Words:
    plain = tuple(re.findall(r"\w+", _body(text).casefold()))
    return Words(plain, frozenset(_hashed(plain)))


def _hashed(plain: Sequence[str]) -> list[int]:
    """A number for each run of words, in order; one for the whole of a shorter text."""
    width = min(RUN, len(plain))
    runs = (" ".join(plain[at : at + width]) for at in range(len(plain) - width + 1)) if width else ()
    digests = (blake2b(run.encode("utf-8", "surrogatepass"), digest_size=8).digest() for run in runs)
    return [int.from_bytes(digest, "big") for digest in digests]


def _near(told: Mapping[str, Words]) -> dict[str, dict[str, float]]:
    """For each document itself and the others that it repeats, with the share of the shorter one that both hold."""
    near: dict[str, dict[str, float]] = {document: {document: 1.0} for document in told}
    for a, b in _candidates(told):
        contained = _contained(told[a], told[b])
        if contained:
            near[a][b] = near[b][a] = contained
    return near


def _candidates(told: Mapping[str, Words]) -> set[tuple[str, str]]:
    """Pairs that may be copies: alike as wholes (MinHash), or sharing two of the sampled runs."""
    firsts = sorted(document for document, each in told.items() if each.runs)
    index, found = RMinHashLSH(0.3, HASHES, BANDS), set()
    for at, name in enumerate(firsts):
        hashed = RMinHash(num_perm=HASHES, seed=1)
        hashed.update([str(run) for run in sorted(told[name].runs)])
        found |= {_pair(firsts[other], name) for other in index.query(hashed)}
        index.insert(at, hashed)
    holders: dict[int, list[str]] = defaultdict(list)
    for name in firsts:
        for run in told[name].runs:
            if run % SAMPLED == 0:
                holders[run].append(name)
    shared = Counter(pair for held in holders.values() if len(held) <= STOCK for pair in combinations(held, 2))
    found |= {_pair(*pair) for pair, number in shared.items() if number > 1}
    return {pair for pair in found if pair[0] != pair[1]}


def _pair(a: str, b: str) -> tuple[str, str]:
    return (a, b) if a < b else (b, a)


def _contained(a: Words, b: Words) -> float:
    """The share of the shorter text that both hold; 0 where that does not make the one a copy of the other."""
    if a.runs == b.runs:
        return 1.0
    fewer, more = sorted((len(a.runs), len(b.runs)))
    both = len(a.runs & b.runs)
    if both < FEWEST or more > LONGER * fewer or both < REWRITTEN * fewer:
        return 0.0
    return both / fewer if both >= CONTAINED * fewer or _passages(a, b) >= PASSAGES else 0.0


def _passages(a: Words, b: Words) -> int:
    """How many stretches of ten words or more of the one stand in the other."""
    lengths, run = [], 0
    for hashed in (*_hashed(a.plain), None):
        if hashed in b.runs:
            run += 1
        elif run:
            lengths.append(run + RUN - 1)
            run = 0
    return sum(length >= PASSAGE for length in lengths)


def _agency(family: Sequence[Text], credited_to: Mapping[str, str]) -> str:
    """The agency that outlets, authors and bylines of the family name most, else the outlet that they credit."""
    named = Counter(agency_ for text in family for agency_ in _credited(text))
    named = named or Counter(credited_to[text.document] for text in family if credited_to[text.document])
    return max(sorted(named), key=lambda name: named[name], default="")


def _credited(text: Text) -> set[str]:
    bylines = [text.text[s.start : s.end] for s in text.segments if s.kind in {"byline", "dateline"}]
    where: Iterable[str] = (text.metadata.outlet, text.metadata.author, *bylines)
    brackets = re.findall(r"\(([^()\n]{2,60})\)", text.text[:300] + "\n" + text.text[-300:])
    return {found for line in (*where, *brackets) if (found := agency(line))}
