"""Train linear models over named cues with scikit-learn, into the form that the rooms read."""

from collections import Counter
from collections.abc import Collection, Sequence

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from corrobora.linear import Linear

Cues = Collection[str]
SMALLEST = 0.005  # weights nearer to 0 than this are left out


def vocabulary(cues: Sequence[Cues], least: int) -> dict[str, int]:
    """The cues that hold of at least `least` things, numbered."""
    counts = Counter(cue for held in cues for cue in held)
    return {cue: i for i, cue in enumerate(sorted(cue for cue, n in counts.items() if n >= least))}


def matrix(cues: Sequence[Cues], known: dict[str, int]) -> csr_matrix:
    """One row for each thing, a 1 for each known cue that holds."""
    columns: list[int] = []
    ends = [0]
    for held in cues:
        columns += [known[cue] for cue in held if cue in known]
        ends.append(len(columns))
    return csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(cues), len(known)))


def yes_or_no(
    cues: Sequence[Cues],
    labels: dict[str, Sequence[float]],
    strength: float,
    least: int = 3,
    shares: Sequence[float] | None = None,
) -> Linear:
    """One logistic model for each class; a label of .5 leaves the thing out of that class's training.

    `shares` say how much each thing weighs, the same for all by default.
    """
    weigh = np.ones(len(cues)) if shares is None else np.array(shares)
    known = vocabulary(cues, least)
    rows = matrix(cues, known)
    weights, bias = [], []
    for values in labels.values():
        told = np.array(values)
        used = told != 0.5
        model = LogisticRegression(C=strength, solver="liblinear", random_state=0)
        model.fit(rows[used], told[used] == 1.0, sample_weight=weigh[used])
        weights.append(model.coef_[0])
        bias.append(float(model.intercept_[0]))
    return _linear(tuple(labels), bias, np.array(weights), known, exclusive=False)


def one_of(cues: Sequence[Cues], labels: Sequence[str], strength: float, least: int = 3) -> Linear:
    """One model of classes that exclude each other."""
    known = vocabulary(cues, least)
    classes = sorted(set(labels))
    if len(classes) == 1:
        return Linear((classes[0],), (0.0,), {}, exclusive=True)
    model = LogisticRegression(C=strength, solver="lbfgs", max_iter=400, random_state=0)
    model.fit(matrix(cues, known), np.array(labels))
    weights, bias = model.coef_, model.intercept_
    if len(classes) == 2:
        weights, bias = np.vstack([-weights[0] / 2, weights[0] / 2]), np.array([-bias[0] / 2, bias[0] / 2])
    return _linear(tuple(map(str, model.classes_)), list(map(float, bias)), weights, known, exclusive=True)


def _linear(
    classes: tuple[str, ...], bias: Sequence[float], weights: np.ndarray, known: dict[str, int], *, exclusive: bool
) -> Linear:
    kept = {
        cue: tuple(round(float(w), 3) for w in weights[:, i])
        for cue, i in known.items()
        if float(np.abs(weights[:, i]).max()) >= SMALLEST
    }
    return Linear(classes, tuple(bias), kept, exclusive)


def best_cut(scores: Sequence[float], truth: Sequence[bool], weight: float = 1.0) -> float:
    """The probability from which on saying yes gives the best F (`weight` > 1 favours recall)."""
    order = np.argsort(-np.array(scores))
    right = np.cumsum(np.array(truth)[order])
    said = np.arange(1, len(order) + 1)
    squared = weight * weight
    f = (1 + squared) * right / (said + squared * max(1, int(right[-1])))
    return float(np.array(scores)[order][int(np.argmax(f))])
