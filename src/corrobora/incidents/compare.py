"""How likely two accounts of different reports tell of the same event, and why.

Each field of two accounts agrees on a level; the weights of the levels, which are log-odds, are added up, as in record
linkage (Fellegi and Sunter 1969). The weights are a file (`weights.toml`, or one that a project learned). Disagreeing
figures, perpetrators and acts weaken a link and never forbid it: accounts of one event do disagree.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import exp, log2

from corrobora.incidents import periods, places
from corrobora.incidents.accounts import Account, compatible
from corrobora.incidents.gist import rarity
from corrobora.incidents.weights import Weights
from corrobora.model import CopyFamily, Period, Place

CITY_KM = 10.0  # in a place that reaches this far, much happens on one day
PRECISION = ("spot", "neighbourhood", "town", "district", "province", "country")
# In more accounts than this a name (of an officer, a hospital, an agency) or a street says nothing.
FEW_NAMES, FEW_STREETS, FEW_WORDS = 20, 40, 200
# Shares of the rarest words of two reports: the cosine of their rarities, in twentieths.
STEPS = 10
GAPS = ((1, "1"), (3, "3"), (7, "7"), (30, "30"), (120, "120"))

GROUNDS = ("place:", "days:", "name", "streets:", "words:", "one report")
WORDS = ("name", "ages:", "streets:", "words:")

Level = tuple[str, str, str]  # field, level, and what to tell a user
Evidence = tuple[float, str]


def probability(log_odds: float) -> float:
    """The probability that these log-odds stand for.

    >>> probability(0.0)
    0.5
    """
    return 1 / (1 + exp(-max(-30.0, min(30.0, log_odds))))


@dataclass(frozen=True, slots=True)
class _Known:
    """An account as it is compared: what is common is left out, and equal places, days and acts have one number."""

    account: Account
    where: int
    when: int
    how: int
    names: frozenset[str]
    streets: frozenset[str]
    words: frozenset[str]


class Comparison:
    """Compares accounts of one record: it knows in how many a name or word stands, and which reports are copies."""

    def __init__(self, accounts: Iterable[Account], families: Mapping[str, CopyFamily], weights: Weights) -> None:
        self.weights = weights
        self.origin = {document: family.documents[0] for document, family in families.items()}
        told = list(accounts)
        names = Counter(name for account in told for name in account.gist.names)
        streets = Counter(street for account in told for street in account.gist.streets)
        words = Counter(word for account in told for word in account.gist.own)
        self._numbers: dict[object, int] = {}
        self._memory: dict[tuple[int, int], tuple[str, str]] = {}
        self._known = {
            account.id: _Known(
                account,
                self._number(account.places),
                self._number(account.periods),
                self._number(account.acts),
                frozenset(name for name in account.gist.names if names[name] <= FEW_NAMES),
                frozenset(street for street in account.gist.streets if streets[street] <= FEW_STREETS),
                frozenset(word for word in account.gist.own if words[word] <= FEW_WORDS),
            )
            for account in told
        }

    def _number(self, value: object) -> int:
        return self._numbers.setdefault(value, len(self._numbers))

    def levels(self, a: Account, b: Account) -> list[Level]:
        """On which level each field of two accounts agrees; the same both ways."""
        one, other = sorted((self._known[a.id], self._known[b.id]), key=lambda known: known.account.id)
        return [*self._said(one, other), *self._told(one, other)]

    def _once(
        self, a: int, b: int, rate: Callable[[Account, Account], tuple[str, str]], x: _Known, y: _Known
    ) -> tuple[str, str]:
        """Rate two values, and remember: the same places and days come together again and again."""
        found = self._memory.get((a, b))
        if found is None:
            found = self._memory[a, b] = rate(x.account, y.account)
        return found

    def _said(self, x: _Known, y: _Known) -> Iterator[Level]:
        """Levels of what the claims say: place, days, act, figures, perpetrators, victims' names, voices."""
        a, b = x.account, y.account
        yield "place", *self._once(x.where, y.where, _place, x, y)
        yield "days", *_when(self._once(x.when, y.when, _days, x, y)[0], a, b)
        yield "act", *self._once(x.how, y.how, _act, x, y)
        yield "figures", *_figures(a, b)
        if a.actors and b.actors:
            same = bool(a.actors & b.actors)
            yield (
                "actors",
                "same" if same else "other",
                f"{'the same perpetrator' if same else 'other perpetrators'} named",
            )
        if a.victims & b.victims:
            yield "victims", "same", f"name: {min(a.victims & b.victims)}"
        if a.voices & b.voices:
            yield "voices", "same", f"the same voice: {min(a.voices & b.voices)}"

    def _told(self, x: _Known, y: _Known) -> Iterator[Level]:
        """Levels of the reports' words: copied text, names, ages, streets, rare words."""
        a, b = x.account, y.account
        if a.document in self.origin and self.origin[a.document] == self.origin.get(b.document):
            yield "copy", "copied", "one report repeats the other's text"
        yield "names", *_shared(x.names, y.names, 3, "names")
        yield "ages", *_shared(a.gist.ages, b.gist.ages, 2, "ages")
        yield "streets", *_shared(x.streets, y.streets, 2, "streets")
        shared = sorted(x.words & y.words, key=lambda word: (-rarity(word), word))
        cosine = sum(rarity(word) ** 2 for word in shared) / max(1e-9, a.gist.norm * b.gist.norm)
        yield "words", str(min(STEPS - 1, int(2 * STEPS * cosine))), "words: " + ", ".join(shared[:3])

    def evidence(self, a: Account, b: Account) -> list[Evidence]:
        """Everything that speaks for or against: (log-odds, reason), the prior first."""
        weighed = [(self.weights.of(field, level), reason) for field, level, reason in self.levels(a, b)]
        return [(self.weights.prior, "before any comparison"), *(found for found in weighed if found[0])]


def total(found: Sequence[Evidence]) -> float:
    """The log-odds of all evidence; without agreement on a place, a day, a name or words never above 0."""
    sums = sum(weight for weight, _ in found)
    return sums if any(weight > 0 and reason.startswith(GROUNDS) for weight, reason in found) else min(sums, -1.0)


def shared(found: Sequence[Evidence]) -> float:
    """The log-odds of what the words of two reports share: names, ages, streets, rare words."""
    return sum(weight for weight, reason in found if weight > 0 and reason.startswith(WORDS))


PLACES = ("spot", "named", "neighbourhood", "town", "within_town", "city", "district", "within_district", "province",
          "near", "within_province", "country", "within_country", "unknown", "far")  # fmt: skip


def _place(a: Account, b: Account) -> tuple[str, str]:
    rated = [_rate_place(x, y) for x in a.places for y in b.places]
    level, named = min(rated, key=lambda found: (PLACES.index(found[0]), found[1]), default=("unknown", ""))
    return level, f"place: {named or str(level).replace('_', ' a ')}"


def _rate_place(a: Place, b: Place) -> tuple[str, str]:
    relation = places.relate(a, b)
    coarse = max(places.rank(a), places.rank(b))
    city = coarse <= places.RANK["town"] and min(a.radius_km or 0.0, b.radius_km or 0.0) >= CITY_KM
    if relation in {"same", "named"}:
        if city:
            return "city", "the same city"
        if relation == "named" and coarse <= places.RANK["town"]:
            return "named", f"both name {min(a.name, b.name)}"
        return PRECISION[coarse], f"the same {PRECISION[coarse]}"
    if relation == "within":
        return f"within_{PRECISION[max(2, coarse)]}", f"one lies in the other's {PRECISION[coarse]}"
    return relation, relation


DAYS = ("same", "overlap", "loose", "next", "close", "unknown", "apart")
SAID = {
    "same": "the same",
    "overlap": "overlap",
    "loose": "may overlap",
    "next": "one apart",
    "close": "two or three apart",
    "apart": "apart",
}


def _days(a: Account, b: Account) -> tuple[str, str]:
    rated = [periods.relate(x, y) for x in a.periods for y in b.periods]
    return min(rated, key=DAYS.index, default="unknown"), ""


def _when(relation: str, a: Account, b: Account) -> tuple[str, str]:
    """How the days said, and those of the reports, stand to each other: 'same 1', 'apart 30', 'unknown undated'."""
    if relation == "unknown" and any(_early(x, other) for one, other in ((a, b), (b, a)) for x in one.periods):
        return "before", "days: one was reported before the other happened"
    level = f"{relation} {_gap(a.published, b.published)}"
    return level, f"days: {SAID[relation]}" if relation in SAID else "reported at about these times"


def _gap(a: date | None, b: date | None) -> str:
    if a is None or b is None:
        return "undated"
    return next((name for most, name in GAPS if abs((a - b).days) <= most), "later")


def _early(period: Period, other: Account) -> bool:
    return periods.reported_by(period, other.published) == "apart"


def _act(a: Account, b: Account) -> tuple[str, str]:
    if a.acts & b.acts - {"other", "threat"}:
        return "same", "the same act"
    agree = compatible(a.acts, b.acts)
    return {True: ("alike", "acts that may be one"), False: ("other", "other acts"), None: ("unknown", "")}[agree]


def _figures(a: Account, b: Account) -> tuple[str, str]:
    """A shared figure by its size (large ones are seldom shared by chance), else how far the nearest are apart."""
    shared = sorted(a.figures & b.figures, key=lambda item: (-item[1], item[0]))
    if shared:
        most = sum(log2(1 + number) for _, number in shared[:3])
        level = next((name for bound, name in ((1.5, "one"), (3, "few"), (5, "some")) if most < bound), "many")
        return level, "figures: " + ", ".join(f"{number} {harm or 'hit'}" for harm, number in shared[:3])
    ratios = []
    for harm in sorted({harm for harm, _ in a.figures} & {harm for harm, _ in b.figures}):
        largest = [max(number for kind, number in account.figures if kind == harm) for account in (a, b)]
        ratios.append(max(largest) / min(largest))
    if not ratios:
        return "unknown", ""
    near = min(ratios)
    return ("near", "figures: alike") if near <= 1.5 else ("apart" if near <= 4 else "far", "figures: far apart")


def _shared(a: frozenset[str], b: frozenset[str], most: int, what: str) -> tuple[str, str]:
    """How many things two accounts share: a number, 'none', or 'unknown' where one of them has none."""
    shared = sorted(a & b)
    if shared:
        return str(min(most, len(shared))), f"{what}: {', '.join(shared[:3])}"
    return ("none", f"other {what}") if a and b else ("unknown", "")
