"""How likely two accounts of different reports tell of the same event, and why.

Each field of two accounts agrees on a level; the weights of the levels, which are log-odds, are added up, as in record
linkage (Fellegi and Sunter 1969). The weights are a file (`weights.toml`, or one that a project learned). Disagreeing
figures, perpetrators and acts weaken a link and never forbid it: accounts of one event do disagree.

Pairs are compared by columns: what many pairs have alike (places, days, acts, figures) is rated once.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from math import exp, log2
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corrobora.incidents import periods, places
from corrobora.incidents.accounts import Account, compatible
from corrobora.incidents.columns import CHUNK, Column, Distinct, Numbers, Reals, numbered, shared, weighed
from corrobora.incidents.weights import Weights
from corrobora.model import CopyFamily, Period, Place

CITY_KM = 10.0  # in a place that reaches this far, much happens on one day
PRECISION = ("spot", "neighbourhood", "town", "district", "province", "country")
# In more accounts than this a name (of an officer, a hospital, an agency) or a street says nothing.
FEW_NAMES, FEW_STREETS = 20, 40
# Likeness of words: their cosine, each word by how rare it is, in steps of a twenty-fifth.
STEP, STEPS = 25, 15
FEWEST = {"words": 3, "called": 2}  # of fewer words, what they share says little
GAPS = ((1, "1"), (3, "3"), (7, "7"), (30, "30"), (120, "120"))
LATER, UNDATED = "later", "undated"
DAYS = ("same", "overlap", "loose", "next", "close", "unknown", "apart", "long")
BYSTANDER = 1.0  # log-odds against a report that makes no claim: it is listed only where its words leave little doubt
LONG = 60  # days between what two reports tell: no slip of a pen
PLACES = ("spot", "named", "neighbourhood", "town", "within_town", "city", "district",
          "within_district", "province", "near", "within_province", "country", "within_country", "unknown",
          "far")  # fmt: skip
_LAGS = (*(name for _, name in GAPS), LATER, UNDATED)
_COSINES = tuple(str(step) for step in range(STEPS))

# The levels on which each field of two accounts can agree.
LEVELS: Mapping[str, tuple[str, ...]] = {
    "place": PLACES,
    "days": (*(f"{relation} {lag}" for relation in DAYS for lag in _LAGS), "before"),
    "act": ("same", "alike", "unknown", "other"),
    "figures": ("many", "some", "few", "one", "near", "unknown", "apart", "far"),
    "actors": ("same", "unknown", "other"),
    "victims": ("same", "unknown"),
    "voices": ("same", "unknown"),
    "copy": ("copied", "unknown"),
    "names": ("none", "1", "2", "3", "unknown"),
    "ages": ("none", "1", "2", "unknown"),
    "streets": ("none", "1", "2", "unknown"),
    "words": (*_COSINES, "unknown"),
    "called": (*_COSINES, "unknown"),
}
FIELDS = tuple(LEVELS)
COUNTED = ("names", "ages", "streets")
# All fields, in the order in which they rule pairs out: what costs most to look at comes last.
TELLING = ("days", "streets", "names", "ages", "victims", "copy", "voices", "act", "actors", "called", "words",
           "figures", "place")  # fmt: skip
ROUNDING = 1e-6
# A pair is likely only where one of these speaks for it; the second are those that the reports' words alone give.
GROUNDS = ("place", "days", "victims", "copy", "names", "streets", "words", "called")
WORDS = ("victims", "names", "ages", "streets", "words", "called")
# No ground by themselves: that two reports are close in time, or that one of them does not say.
UNSAID = frozenset({"unknown", "none", *(f"unknown {lag}" for lag in _LAGS)})

Evidence = tuple[float, str]


def probability(log_odds: float) -> float:
    """The probability that these log-odds stand for.

    >>> probability(0.0)
    0.5
    """
    return 1 / (1 + exp(-max(-30.0, min(30.0, log_odds))))


class Comparison:
    """Compares accounts of one record: it knows in how many a name stands, and which reports are copies."""

    def __init__(self, accounts: Sequence[Account], families: Mapping[str, CopyFamily], weights: Weights) -> None:
        self.weights = weights
        self.accounts = list(accounts)
        self.origin = {document: family.documents[0] for document, family in families.items()}
        told = self.accounts
        self._distinct = {
            "place": Distinct(tuple(dict.fromkeys(map(places.bare, account.places))) for account in told),
            "days": Distinct(tuple(dict.fromkeys(map(_dates, account.periods))) for account in told),
            "act": Distinct(account.acts for account in told),
            "figures": Distinct(account.figures for account in told),
            "actors": Distinct(account.actors for account in told),
        }
        self._published = np.array([a.published.toordinal() if a.published else 0 for a in told], dtype=np.int64)
        self._silent = np.array([not account.readings for account in told], dtype=np.bool_)
        self._first = np.array([_first(account) for account in told], dtype=np.int64)
        self._sets = {
            "victims": numbered([account.victims for account in told]),
            "voices": numbered([account.voices for account in told]),
            "copy": numbered([[self.origin[a.document]] if a.document in self.origin else [] for a in told]),
            "names": numbered([account.gist.names for account in told]).rare(FEW_NAMES),
            "ages": numbered([account.gist.ages for account in told]),
            "streets": numbered([account.gist.streets for account in told]).rare(FEW_STREETS),
            "words": numbered([[word for word, _ in account.gist.said] for account in told]),
            "called": numbered([[word for word, _ in account.gist.called] for account in told]),
        }
        self._weighed = {
            "words": weighed(self._sets["words"], (w for account in told for _, w in account.gist.said)),
            "called": weighed(self._sets["called"], (w for account in told for _, w in account.gist.called)),
        }
        self._log_odds = {
            field: np.array([weights.of(field, level) for level in levels]) for field, levels in LEVELS.items()
        }

    def levels(self, a: Numbers, b: Numbers) -> dict[str, Numbers]:
        """On which level each field of each pair agrees, as its place in `LEVELS`; the same both ways."""
        return {field: self._level(field, a, b) for field in FIELDS}

    def _level(self, field: str, a: Numbers, b: Numbers) -> Numbers:
        if field in RATES:
            found = self._distinct[field].rated(a, b, RATES[field])
            return self._when(found, a, b) if field == "days" else found
        held = self._sets[field]
        if field in FEWEST:
            step = np.minimum(STEPS - 1, (shared(held, a, b, self._weighed[field]) * STEP + 1e-9).astype(np.int64))
            return np.where(np.minimum(held.sizes[a], held.sizes[b]) >= FEWEST[field], step, STEPS)
        if field in COUNTED:
            return _counted(held, a, b, len(LEVELS[field]) - 1)
        return np.where(shared(held, a, b) > 0, 0, 1)

    def hopeful(self, a: Numbers, b: Numbers) -> Numbers:
        """The places of the pairs whose log-odds may be above the cut: the others fall short, whatever they agree on.

        Fields are looked at in turn, those that tell most pairs apart first, so that few pairs are looked at whole.
        """
        found = []
        for at in range(0, len(a), CHUNK):
            x, y = a[at : at + CHUNK], b[at : at + CHUNK]
            kept = np.arange(len(x))
            most = self.weights.prior + sum(float(weights.max()) for weights in self._log_odds.values())
            bound = most - BYSTANDER * (self._silent[x] | self._silent[y])
            for field in TELLING:
                weights = self._log_odds[field]
                bound = bound + weights[self._level(field, x[kept], y[kept])] - weights.max()
                fits = bound > self.weights.cut - ROUNDING
                kept, bound = kept[fits], bound[fits]
            found.append(at + kept)
        return np.concatenate([np.zeros(0, dtype=np.int64), *found])

    def _when(self, relation: Numbers, a: Numbers, b: Numbers) -> Numbers:
        """How the days said, and those of the reports, stand to each other: 'same 1', 'apart 30', 'unknown undated'."""
        one, two = self._published[a], self._published[b]
        lag = np.searchsorted(np.array([most for most, _ in GAPS]), abs(one - two))
        lag = np.where((one == 0) | (two == 0), _LAGS.index(UNDATED), lag)
        early = ((self._first[a] > two + 1) & (two > 0)) | ((self._first[b] > one + 1) & (one > 0))
        before = len(LEVELS["days"]) - 1
        return np.where((relation == DAYS.index("unknown")) & early, before, relation * len(_LAGS) + lag)

    def scored(self, a: Numbers, b: Numbers) -> tuple[Reals, Reals]:
        """The log-odds of each pair, and the part of it that the reports' words give where they speak for it.

        Without agreement on a place, a day, a name or words the log-odds are never above -1.
        """
        scores, words = np.zeros(len(a)), np.zeros(len(a))
        for at in range(0, len(a), CHUNK):
            part = slice(at, at + CHUNK)
            scores[part], words[part] = self.weighed(self.levels(a[part], b[part]))
        scores -= BYSTANDER * (self._silent[a] | self._silent[b])
        return scores, words

    def weighed(self, levels: Mapping[str, Numbers]) -> tuple[Reals, Reals]:
        """The log-odds of pairs whose levels are known; see `scored`."""
        score = np.full(len(levels["place"]), self.weights.prior)
        words, grounds = np.zeros(len(score)), np.zeros(len(score), dtype=np.bool_)
        for field, level in levels.items():
            weight = self._log_odds[field][level]
            score += weight
            if field in WORDS:
                words += np.where(_unsaid(field)[level], 0, np.maximum(weight, 0))
            if field in GROUNDS:
                grounds |= (weight > 0) & ~_unsaid(field)[level]
        return np.where(grounds, score, np.minimum(score, -1.0)), words

    def explained(self, a: Numbers, b: Numbers) -> list[list[Evidence]]:
        """Everything that speaks for or against each pair: (log-odds, reason), strongest first."""
        pairs = [(self.accounts[x], self.accounts[y]) for x, y in zip(a.tolist(), b.tolist(), strict=True)]
        found: list[list[Evidence]] = [[] for _ in pairs]
        for field, levels in self.levels(a, b).items():
            weights = self._log_odds[field]
            for at in np.flatnonzero(weights[levels]).tolist():
                level = int(levels[at])
                found[at].append((float(weights[level]), reason(field, LEVELS[field][level], *pairs[at])))
        return [sorted(evidence, key=lambda item: (-abs(item[0]), item[1])) for evidence in found]


def _unsaid(field: str) -> NDArray[np.bool_]:
    return np.array([level in UNSAID for level in LEVELS[field]])


def _counted(words: Column, a: Numbers, b: Numbers, unknown: int) -> Numbers:
    """How many values both hold; or none, though each has some; or unknown."""
    found = np.minimum(unknown - 1, shared(words, a, b).astype(np.int64))
    return np.where((words.sizes[a] > 0) & (words.sizes[b] > 0), found, unknown)


def _dates(period: Period) -> tuple[date | None, date | None]:
    return period.earliest, period.latest


def _first(account: Account) -> int:
    """The latest day before which some claim of an account cannot have been told."""
    return max((period.earliest.toordinal() for period in account.periods if period.earliest), default=0)


def _place(a: tuple[Place, ...], b: tuple[Place, ...]) -> int:
    return min((PLACES.index(_rate_place(x, y)) for x in a for y in b), default=PLACES.index("unknown"))


def _rate_place(a: Place, b: Place) -> str:
    relation = places.relate(a, b)
    coarse = max(places.rank(a), places.rank(b))
    city = coarse <= places.RANK["town"] and min(a.radius_km or 0.0, b.radius_km or 0.0) >= CITY_KM
    if relation in {"same", "named"}:
        if city:
            return "city"
        return "named" if relation == "named" and coarse <= places.RANK["town"] else PRECISION[coarse]
    if relation == "within":
        return f"within_{PRECISION[max(2, coarse)]}"
    return relation


Dates = tuple[tuple[date | None, date | None], ...]


def _days(a: Dates, b: Dates) -> int:
    one, two = ([Period("", "", first, last, "", "", -1, -1) for first, last in told] for told in (a, b))
    found = min((DAYS.index(periods.relate(x, y)) for x in one for y in two), default=DAYS.index("unknown"))
    if DAYS[found] == "apart" and min(periods.gap(x, y) for x in one for y in two) > LONG:
        return DAYS.index("long")
    return found


def _act(a: frozenset[str], b: frozenset[str]) -> int:
    if a & b - {"other", "threat"}:
        return 0
    return {True: 1, None: 2, False: 3}[compatible(a, b)]


def _figures(a: frozenset[tuple[str, int]], b: frozenset[tuple[str, int]]) -> int:
    """A shared figure by its size (large ones are seldom shared by chance), else how far the nearest are apart."""
    names = LEVELS["figures"]
    both = sorted((number for _, number in a & b), reverse=True)
    if both:
        most = sum(log2(1 + number) for number in both[:3])
        return names.index(
            next((name for bound, name in ((1.5, "one"), (3, "few"), (5, "some")) if most < bound), "many")
        )
    ratios = []
    for harm in {harm for harm, _ in a} & {harm for harm, _ in b}:
        largest = [max(number for kind, number in told if kind == harm) for told in (a, b)]
        ratios.append(max(largest) / min(largest))
    near = min(ratios, default=None)
    if near is None:
        return names.index("unknown")
    return names.index("near" if near <= 1.5 else "apart" if near <= 4 else "far")


def _actors(a: frozenset[str], b: frozenset[str]) -> int:
    return 0 if a & b else 2 if a and b else 1


RATES: Mapping[str, Callable[[Any, Any], int]] = {
    "place": _place,
    "days": _days,
    "act": _act,
    "figures": _figures,
    "actors": _actors,
}

SAID = {
    "same": "the same",
    "overlap": "overlap",
    "loose": "may overlap",
    "next": "one apart",
    "close": "two or three apart",
    "apart": "apart",
    "long": "months apart",
    "before": "one was reported before the other happened",
}
WHY = {
    ("act", "same"): "the same act",
    ("act", "alike"): "acts that may be one",
    ("act", "other"): "other acts",
    ("figures", "near"): "figures: alike",
    ("figures", "apart"): "figures: apart",
    ("figures", "far"): "figures: far apart",
    ("actors", "same"): "the same perpetrator named",
    ("actors", "other"): "other perpetrators named",
    ("copy", "copied"): "one report repeats the other's text",
}


def reason(field: str, level: str, a: Account, b: Account) -> str:
    """What a level says of two accounts, in words for a user."""
    if (field, level) in WHY:
        return WHY[field, level]
    if field == "place":
        return f"place: {_place_said(level, a, b)}"
    if field == "days":
        relation = level.partition(" ")[0]
        return f"days: {SAID[relation]}" if relation in SAID else "reported at about these times"
    if field == "figures":
        both = sorted(a.figures & b.figures, key=lambda item: (-item[1], item[0]))[:3]
        return "figures: " + (", ".join(f"{number} {harm or 'hit'}" for harm, number in both) or "none to compare")
    if field in {"words", "called"}:
        return _words_said(field, a, b)
    held = [_held(field, account) for account in (a, b)]
    told = ", ".join(sorted(held[0] & held[1])[:3])
    what = {"victims": "name", "voices": "the same voice"}.get(field, field)
    return f"{what}: {told}" if told else f"other {what}" if all(held) else f"no {what} in one of them"


def _words_said(field: str, a: Account, b: Account) -> str:
    one, two = (dict(account.gist.said if field == "words" else account.gist.called) for account in (a, b))
    both = sorted(one.keys() & two.keys(), key=lambda word: (-one[word] * two[word], word))[:3]
    return f"{'words' if field == 'words' else 'proper names'}: {', '.join(both) or 'none shared'}"


def _held(field: str, account: Account) -> frozenset[str]:
    """What an account holds of a field whose values are compared one by one."""
    own = {"victims": account.victims, "voices": account.voices, "actors": account.actors}
    told = {"names": account.gist.names, "ages": account.gist.ages, "streets": account.gist.streets}
    return (own | told).get(field, frozenset())


def _place_said(level: str, a: Account, b: Account) -> str:
    if level == "named":
        both = [x.name for x in a.places for y in b.places if places.fold(x.name) == places.fold(y.name)]
        return f"both name {min(both)}" if both else "names spelt alike"
    if level.startswith("within_"):
        return f"one lies in the other's {level.removeprefix('within_')}"
    return f"the same {level}" if level in PRECISION or level == "city" else level
