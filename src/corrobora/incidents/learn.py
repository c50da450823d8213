"""Weights of linking learned for one project, by an explicit command: without labels, or from what people decided.

Without labels: expectation maximisation over the pairs that linking compares (Fellegi and Sunter 1969; Winkler 1988).
Text likeness takes no part in it, for it makes the classes 'one story' and 'another' rather than 'one event'; it is
weighed afterwards. Where the share of pairs held to be one event comes out as no record has it, nothing is learned.

From decisions: logistic regression that stays near the shipped weights where decisions say little. How common words
are in the project's reports is counted with it (`usual`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from corrobora.errors import Refused
from corrobora.incidents.columns import Numbers, Reals
from corrobora.incidents.compare import FIELDS, LEVELS, Comparison
from corrobora.incidents.link import Compared, compared
from corrobora.incidents.usual import counted
from corrobora.incidents.weights import Weights, learned, shipped
from corrobora.model import CopyFamily, Decision, Incident, Reading, Text

Fields = dict[str, dict[str, float]]

# Fields by which the classes are found, and those that are weighed once they are. A war's armies and acts stand in
# most pairs: these, and what copies tell, keep their shipped weights.
FOUND_BY = ("place", "days", "names", "ages", "streets", "figures")
AFTERWARDS = ("words", "called")
ROUNDS, STEADY = 60, 1e-5
# Fewer pairs, or a larger share of pairs that are one event, and the two classes are something else.
FEWEST_PAIRS, FEWEST_ONE, MOST_SHARE = 300, 20, 0.12
# How many decided pairs of either kind are asked for; how strongly the shipped weights hold.
FEWEST_DECIDED, HOLD = 20, 1.0
# A level that fewer pairs have keeps its shipped weight.
SMOOTH, FEWEST_SEEN = 1.0, 10


def from_reports(readings: Sequence[Reading], families: Sequence[CopyFamily], texts: Sequence[Text]) -> Weights:
    """Learn weights without labels. Raises Refused where the record is too small, or shows no two classes of pairs."""
    family = {document: member for member in families for document in member.documents}
    found = compared(readings, family, (), (), texts, shipped())
    levels = found.comparison.levels(found.a, found.b)
    if len(found.a) < FEWEST_PAIRS:
        raise Refused(
            f"there are {len(found.a)} pairs of reports to compare, too few to learn from",
            hint="The shipped weights stay in force; learn again with more reports.",
        )
    one = _classes(levels, found)
    share = float(one.mean())
    if one.sum() < FEWEST_ONE or share > MOST_SHARE:
        raise Refused(
            f"of the pairs compared, {share:.0%} came out as one event, which cannot be",
            hint="The shipped weights stay in force. Decide on some incidents, then: corrobora link --learn decisions",
        )
    fields = {field: dict(weights) for field, weights in shipped().fields.items()}
    for field in (*FOUND_BY, *AFTERWARDS):
        fields[field] = _named(field, _log_ratio(field, levels[field], one))
    return learned("em", round(float(np.log(share / (1 - share))), 2), fields, shipped())


def _classes(levels: Mapping[str, Numbers], found: Compared) -> Reals:
    """The probability of each pair that it is one event; from the shipped weights on, until it stays."""
    scores = np.clip(found.comparison.weighed(levels)[0], -30, 30)
    one = 1 / (1 + np.exp(-scores))
    for _ in range(ROUNDS):
        share = min(1 - 1e-9, max(1e-9, float(one.mean())))
        odds = np.full(len(one), np.log(share / (1 - share)))
        for field in FOUND_BY:
            odds += _log_ratio(field, levels[field], one)[levels[field]]
        before, one = one, 1 / (1 + np.exp(-np.clip(odds, -30, 30)))
        if abs(one - before).max() < STEADY:
            break
    return one


def _log_ratio(field: str, level: Numbers, one: Reals) -> Reals:
    """The log of how much oftener each level is among pairs that are one event than among all that are compared.

    What one of the two does not say keeps its shipped weight: else 'says little' becomes a class of its own.
    """
    many, names = len(LEVELS[field]), LEVELS[field]
    said = np.array([not name.startswith("unknown") for name in names])
    same = (np.bincount(level, one, minlength=many) + SMOOTH) * said
    every = (np.bincount(level, minlength=many) + SMOOTH) * said
    kept = np.array([shipped().of(field, name) for name in names])
    ratio: Reals = np.log(np.maximum(same, 1e-9) / same.sum()) - np.log(np.maximum(every, 1e-9) / every.sum())
    return np.where(said & (np.bincount(level, minlength=many) >= FEWEST_SEEN), ratio, kept)


def _named(field: str, weights: Reals) -> dict[str, float]:
    return {level: round(float(weight), 2) for level, weight in zip(LEVELS[field], weights, strict=True)}


def from_decisions(
    readings: Sequence[Reading],
    families: Sequence[CopyFamily],
    decisions: Sequence[Decision],
    previous: Sequence[Incident],
    texts: Sequence[Text],
) -> Weights:
    """Learn weights from `same` and `not_same` decisions. Raises Refused where there are too few of either."""
    family = {document: member for member in families for document in member.documents}
    found = compared(readings, family, decisions, previous, texts, shipped())
    at, one = _decided(found)
    if min(one.sum(), len(one) - one.sum()) < FEWEST_DECIDED:
        raise Refused(
            f"decisions tell of {int(one.sum())} pairs of reports that they are one event, and of "
            f"{int(len(one) - one.sum())} that they are not; {FEWEST_DECIDED} of either are needed",
            hint="corrobora decide PROJECT same ID ID, corrobora decide PROJECT not_same ID ID",
        )
    base = replace(shipped(), usual=counted(found.accounts, found.comparison.origin))
    told = [base.usual.weigh(account) for account in found.accounts]
    levels = Comparison(told, family, base).levels(found.a[at], found.b[at])
    return learned("decisions", base.prior, fitted(levels, one, base), base)


def _decided(found: Compared) -> tuple[Numbers, Reals]:
    """The pairs that people decided, by their places among those compared, and 1 where they are one event."""
    groups = [account.groups for account in found.accounts]
    known = np.array([bool(group) for group in groups], dtype=np.bool_)
    at, one = [], []
    for pair in np.flatnonzero(known[found.a] & known[found.b]).tolist():
        a, b = groups[found.a[pair]], groups[found.b[pair]]
        if a & b or found.rules.forbid(a, b):
            at.append(pair)
            one.append(float(bool(a & b)))
    return np.array(at, dtype=np.int64), np.array(one)


def fitted(levels: Mapping[str, Numbers], one: Reals, base: Weights) -> Fields:
    """Log-odds that tell pairs that are one event from others, no further from `base` than the pairs ask for.

    Penalised logistic regression, by Newton's method. `levels` are those of each pair by field, `one` is 1 or 0.
    """
    names = [(field, level) for field in FIELDS for level in LEVELS[field]]
    start = {field: names.index((field, LEVELS[field][0])) for field in FIELDS}
    held = np.array([base.of(field, level) for field, level in names])
    at = np.stack([levels[field] + start[field] for field in FIELDS], axis=1)
    rows: NDArray[np.float32] = np.zeros((len(one), len(names)), dtype=np.float32)
    np.put_along_axis(rows, at, 1.0, axis=1)

    def fit(weights: Reals) -> float:
        score = base.prior + weights[at].sum(axis=1)
        return float((one * score - np.logaddexp(0, score)).sum() - HOLD / 2 * ((weights - held) ** 2).sum())

    weights = held.copy()
    for _ in range(ROUNDS):
        chance = 1 / (1 + np.exp(-np.clip(base.prior + weights[at].sum(axis=1), -30, 30)))
        slope = rows.T @ (one - chance) - HOLD * (weights - held)
        curve = (rows.T * (chance * (1 - chance))) @ rows + HOLD * np.eye(len(names))
        step = np.linalg.solve(curve, slope)
        while abs(step).max() > STEADY and fit(weights + step) < fit(weights):
            step /= 2
        weights += step
        if abs(step).max() < STEADY:
            break
    return {field: _named(field, weights[start[field] : start[field] + len(LEVELS[field])]) for field in FIELDS}
