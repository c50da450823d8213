"""The weights of linking: a versioned file, shipped or learned by an explicit command. Nothing else changes them."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from corrobora.errors import BadInput
from corrobora.incidents.usual import GENERAL, Usual
from corrobora.model import content_id

# Learned log-odds are those of the pairs; the pairs of one event agree with each other more than their sum tells, so
# that a mean well below even odds still speaks for one event. Measured on a registry of shootings.
LEARNED_CUT, LEARNED_MISSING = -1.0, -2.3
NUMBERS = ("prior", "cut", "missing", "sure")


@dataclass(frozen=True, slots=True)
class Weights:
    """Log-odds by field and level, and the `prior` of two accounts that are worth comparing.

    `version` names the file: under one version, the result depends on claims and decisions alone. Two groups of
    accounts become one while the average over their pairs is above `cut`, and where their places or days differ, only
    while what their words share weighs `sure` or more. `missing` is what a pair that was never compared counts as.
    `usual` says how common words were in the reports of the project that learned them; the shipped weights have none.
    """

    version: str
    prior: float
    cut: float
    missing: float
    sure: float
    fields: Mapping[str, Mapping[str, float]]
    usual: Usual = GENERAL

    def of(self, field: str, level: str) -> float:
        """The weight of a level, or of the part of its name before a blank; 0 where the file has none."""
        levels = self.fields.get(field, {})
        return levels.get(level, levels.get(level.partition(" ")[0], 0.0))


def parsed(text: str) -> Weights:
    """Read a file of weights. Raises BadInput where it is not one."""
    try:
        raw = tomllib.loads(text)
        head, usual = raw.pop("linking"), _usual(raw.pop("usual", {}))
        fields = {field: {level: float(weight) for level, weight in levels.items()} for field, levels in raw.items()}
        prior, cut, missing, sure = (float(head[name]) for name in NUMBERS)
        return Weights(str(head["version"]), prior, cut, missing, sure, fields, usual)
    except (tomllib.TOMLDecodeError, ArithmeticError, KeyError, ValueError, TypeError, AttributeError) as error:
        raise BadInput(
            f"these are no weights of linking: {error}",
            hint="Remove the file, or write it anew: corrobora link --learn em",
        ) from error


def _usual(raw: Mapping[str, Any]) -> Usual:
    return Usual(int(raw.get("reports", 0)), {word: int(many) for word, many in raw.get("words", {}).items()})


def written(weights: Weights, note: str) -> str:
    """A file of weights, as `parsed` reads it; `note` says where they come from."""
    lines = [f"# {line}" for line in note.splitlines()]
    named = [("version", f'"{weights.version}"')]
    named += [(name, f"{getattr(weights, name):.2f}") for name in NUMBERS]
    lines += ["", "[linking]", *(f"{name} = {value}" for name, value in named)]
    for field, levels in weights.fields.items():
        lines += ["", f"[{field}]", *(f'"{level}" = {weight:.2f}' for level, weight in levels.items())]
    if weights.usual.reports:
        lines += ["", "[usual]", f"reports = {weights.usual.reports}", "", "[usual.words]"]
        lines += [f'"{word}" = {many}' for word, many in weights.usual.words.items()]
    return "\n".join(lines) + "\n"


def learned(kind: str, prior: float, fields: Mapping[str, Mapping[str, float]], base: Weights) -> Weights:
    """Weights that were learned, with a version that is a hash of them, and the `usual` words of `base`."""
    values = [f"{field} {level} {weight:.2f}" for field, levels in fields.items() for level, weight in levels.items()]
    values += [f"{word} {many} of {base.usual.reports}" for word, many in base.usual.words.items()]
    version = f"{kind} {content_id('w', f'{prior:.2f}', *values)}"
    return Weights(version, prior, LEARNED_CUT, LEARNED_MISSING, base.sure, fields, base.usual)


@cache
def shipped() -> Weights:
    """The weights that come with this version."""
    return parsed(resources.files(__package__).joinpath("weights.toml").read_text(encoding="utf-8"))
