"""Linear models with names for their features: trained elsewhere, read from a small file, explained by their weights.

A model scores each of its classes by the sum of the weights of the cues that hold. Rooms that have a trained part share
this form, so that nothing but the standard library runs when a report is read.
"""

import gzip
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from math import exp
from pathlib import Path

from corrobora.errors import BadInput


@dataclass(frozen=True, slots=True)
class Linear:
    """One model: `weights` by cue, a number for each class; `exclusive` where a thing belongs to exactly one class.

    >>> one = Linear(("a", "b"), (0.0, 0.0), {"x": (2.0, 0.0)}, exclusive=True)
    >>> one.best({"x"})
    ('a', 0.8807970779778823)
    """

    classes: tuple[str, ...]
    bias: tuple[float, ...]
    weights: Mapping[str, tuple[float, ...]]
    exclusive: bool

    def scores(self, cues: Collection[str]) -> dict[str, float]:
        """Return the log-odds of each class (against its absence, or before normalising where they exclude)."""
        sums = list(self.bias)
        for cue in cues:
            for place, weight in enumerate(self.weights.get(cue, ())):
                sums[place] += weight
        return dict(zip(self.classes, sums, strict=True))

    def probabilities(self, cues: Collection[str]) -> dict[str, float]:
        """Return the probability of each class, 0 to 1; they add up to 1 where classes exclude each other."""
        scores = self.scores(cues)
        if not self.exclusive:
            return {name: 1 / (1 + exp(-_within(score))) for name, score in scores.items()}
        most = max(scores.values())
        raised = {name: exp(score - most) for name, score in scores.items()}
        return {name: value / sum(raised.values()) for name, value in raised.items()}

    def best(self, cues: Collection[str]) -> tuple[str, float]:
        """Return the most probable class and its probability; of equal ones the first."""
        return max(self.probabilities(cues).items(), key=lambda item: item[1])


def _within(score: float) -> float:
    return max(-30.0, min(30.0, score))


@dataclass(frozen=True, slots=True)
class Weights:
    """The models of one file, with the version that a record is marked by, and numbers that go with them."""

    version: str
    models: Mapping[str, Linear]
    numbers: Mapping[str, float]


def read(path: Path | Traversable) -> Weights:
    """Read the models of a gzipped JSON file.

    Raises BadInput where the file is not one: a damaged or foreign file must not read as a model that knows nothing.
    """
    try:
        raw = json.loads(gzip.decompress(path.read_bytes()))
        models = {
            name: Linear(
                tuple(model["classes"]),
                tuple(model["bias"]),
                {cue: tuple(w) for cue, w in model["weights"].items()},
                bool(model["exclusive"]),
            )
            for name, model in raw["models"].items()
        }
        return Weights(str(raw["version"]), models, {k: float(v) for k, v in raw["numbers"].items()})
    except (OSError, ValueError, KeyError, TypeError, AttributeError, EOFError) as error:
        raise BadInput(
            f"{path.name} holds no weights that can be read: {error}", hint="Install the package again."
        ) from error


def write(path: Path, weights: Weights) -> None:
    """Write the models of `weights`, so that the same weights give the same bytes."""
    models = {
        name: {
            "classes": model.classes,
            "bias": [round(b, 3) for b in model.bias],
            "weights": {cue: [round(w, 3) for w in model.weights[cue]] for cue in sorted(model.weights)},
            "exclusive": model.exclusive,
        }
        for name, model in sorted(weights.models.items())
    }
    raw = {"version": weights.version, "models": models, "numbers": dict(sorted(weights.numbers.items()))}
    path.write_bytes(gzip.compress(json.dumps(raw, separators=(",", ":"), ensure_ascii=False).encode(), mtime=0))


def top(model: Linear, name: str, cues: Iterable[str], most: int = 5) -> list[tuple[str, float]]:
    """Return the cues that speak most for or against a class, strongest first: why a model decided as it did."""
    at = model.classes.index(name)
    found = [(cue, model.weights[cue][at]) for cue in set(cues) if cue in model.weights]
    return sorted(found, key=lambda item: (-abs(item[1]), item[0]))[:most]
