"""How likely two accounts of different reports tell of the same event, and why.

Evidence is added as log-odds, as in record linkage (Fellegi and Sunter 1969). The weights are judgements, set by hand
on general grounds and checked on coded reports; each is named in the reasons that a user sees. Disagreeing figures,
perpetrators and acts weaken a link and never forbid it: accounts of one event do disagree.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from math import exp, log, log2, sqrt

from corrobora.incidents import periods, places
from corrobora.incidents.accounts import Account, compatible
from corrobora.model import CopyFamily, Period, Place

# Log-odds that two accounts which were worth comparing are about one event, before anything is known.
PRIOR = -3.5
SAME_PLACE = {0: 4.0, 1: 3.5, 2: 3.0, 3: 2.0, 4: 1.0, 5: 0.3}
NAMED = 3.5  # the same village, or a spot that only these reports name
CITY_KM = 10.0  # in a place that reaches this far, much happens on one day
CITY = 2.0
WITHIN = {1: 2.5, 2: 2.5, 3: 1.5, 4: 0.8, 5: 0.3}
PLACE = {"near": 0.5, "far": -5.0, "unknown": 0.0}
PERIOD = {"same": 3.0, "overlap": 1.5, "loose": 0.5, "next": 0.5, "close": -3.0, "apart": -7.0, "unknown": 0.0}
REPORTED = {"loose": 0.5, "close": -1.0, "apart": -6.0}
# Below this, nothing that is left to compare could bring the sum above 0: words, figures and voices add 10 at most.
HOPELESS = -9.0
PRECISION = ("exact", "neighbourhood", "town", "district", "province", "country")

Evidence = tuple[float, str]


def probability(log_odds: float) -> float:
    """The probability that these log-odds stand for.

    >>> probability(0.0)
    0.5
    """
    return 1 / (1 + exp(-max(-30.0, min(30.0, log_odds))))


class Comparison:
    """Compares accounts of one record: how rare each of their words is, and which reports are copies, is known here."""

    def __init__(self, accounts: Iterable[Account], families: Mapping[str, CopyFamily]) -> None:
        told = [account.words for account in accounts]
        self.counts = Counter(word for words in told for word in words)
        self.origin = {document: family.documents[0] for document, family in families.items()}
        self._rarity = {word: log(1 + (len(told) + 8) / (0.5 + count)) for word, count in self.counts.items()}

    def evidence(self, a: Account, b: Account) -> list[Evidence]:
        """Everything that speaks for or against: (log-odds, reason), the prior first."""
        copied = a.document in self.origin and self.origin[a.document] == self.origin.get(b.document)
        return _evidence(a, b, self._rarity, copied)


def _evidence(a: Account, b: Account, rarity: Mapping[str, float], copied: bool) -> list[Evidence]:
    first, second = sorted((a, b), key=lambda account: account.id)
    found = [(PRIOR, "before any comparison"), _place(first, second), _period(first, second), _names(first, second)]
    if copied:
        found.append((3.0, "one report repeats the other's text"))
    if sum(weight for weight, _ in found) > HOPELESS:
        found += [_act(first, second), _figures(first, second), _actors(first, second), _voices(first, second)]
        found.append(_words(first, second, rarity))
    return [item for item in found if item[0]]


def total(found: list[Evidence]) -> float:
    """The log-odds of all evidence; without agreement on a place or a day never above 0."""
    sums = sum(weight for weight, _ in found)
    grounded = any(weight > 0 and reason.startswith(("place:", "days:", "name:")) for weight, reason in found)
    return sums if grounded else min(sums, -0.5)


def _place(a: Account, b: Account) -> Evidence:
    rated = [_rate_place(x, y) for x in a.places for y in b.places]
    return max(rated, default=(0.0, ""))


def _rate_place(a: Place, b: Place) -> Evidence:
    relation = places.relate(a, b)
    coarse = max(places.rank(a), places.rank(b))
    city = coarse <= places.RANK["town"] and min(a.radius_km or 0.0, b.radius_km or 0.0) >= CITY_KM
    if relation == "named" and not city:
        return NAMED, f"place: both name {min(a.name, b.name)}"
    if relation in {"same", "named"}:
        return CITY if city else SAME_PLACE[coarse], f"place: the same {PRECISION[coarse]}"
    if relation == "within":
        return WITHIN[coarse], f"place: one lies in the other's {PRECISION[coarse]}"
    return PLACE[relation], f"place: {relation}" if relation != "unknown" else ""


def _period(a: Account, b: Account) -> Evidence:
    rated = [_rate_period(x, y) for x in a.periods for y in b.periods]
    if rated:
        return max(rated)
    known = [(x, other) for one, other in ((a, b), (b, a)) for x in one.periods]
    reported = [periods.reported_by(x, other.readings[0].published) for x, other in known]
    weights = [REPORTED[relation] for relation in reported if relation in REPORTED]
    published = [account.readings[0].published for account in (a, b)]
    if not known and published[0] and published[1] and abs((published[0] - published[1]).days) <= 3:
        weights = [0.5]
    return (
        (max(weights), "reported about the same time" if max(weights) > 0 else "days: reported at other times")
        if (weights)
        else (0.0, "")
    )


def _rate_period(a: Period, b: Period) -> Evidence:
    relation = periods.relate(a, b)
    said = {
        "same": "days: the same",
        "overlap": "days: overlap",
        "loose": "days: may overlap",
        "next": "days: one apart",
        "close": "days: two or three apart",
        "apart": "days: apart",
    }
    return PERIOD[relation], said.get(relation, "")


def _act(a: Account, b: Account) -> Evidence:
    if a.acts & b.acts - {"other", "threat"}:
        return 1.0, "the same act"
    return {True: (0.5, "acts that may be one"), False: (-2.0, "other acts"), None: (0.0, "")}[
        compatible(a.acts, b.acts)
    ]


def _figures(a: Account, b: Account) -> Evidence:
    shared = sorted(a.figures & b.figures, key=lambda item: (-item[1], item[0]))
    if shared:
        weight = sum(0.4 + 0.3 * log2(1 + number) for _, number in shared[:3])
        return min(4.0, weight), "figures: " + ", ".join(f"{number} {harm or 'hit'}" for harm, number in shared[:3])
    ratios = []
    for harm in sorted({harm for harm, _ in a.figures} & {harm for harm, _ in b.figures}):
        most = [max(number for kind, number in account.figures if kind == harm) for account in (a, b)]
        ratios.append(max(most) / min(most))
    if not ratios:
        return 0.0, ""
    strongest = min(ratios)
    return (0.3, "figures: alike") if strongest <= 1.5 else (max(-1.5, -0.5 * log2(strongest)), "figures: far apart")


def _actors(a: Account, b: Account) -> Evidence:
    if a.actors & b.actors:
        return 1.0, "the same perpetrator named"
    return (-0.5, "other perpetrators named") if a.actors and b.actors else (0.0, "")


def _names(a: Account, b: Account) -> Evidence:
    shared = sorted(a.victims & b.victims)
    return (7.0, f"name: {shared[0]}") if shared else (0.0, "")


def _voices(a: Account, b: Account) -> Evidence:
    shared = sorted(a.voices & b.voices)
    return (0.7, f"the same voice: {shared[0]}") if shared else (0.0, "")


def _words(a: Account, b: Account, rarity: Mapping[str, float]) -> Evidence:
    shared = sorted(a.words & b.words, key=lambda word: (-rarity[word], word))
    if not shared:
        return 0.0, ""
    norms = [sqrt(sum(rarity[word] ** 2 for word in sorted(account.words))) for account in (a, b)]
    cosine = sum(rarity[word] ** 2 for word in shared) / max(1e-9, norms[0] * norms[1])
    return round(4.0 * cosine * min(1.0, len(shared) / 5), 6), "words: " + ", ".join(shared[:3])
