"""A project's own rule for figures, from `corrobora.toml`, beside the published ones."""

from collections.abc import Mapping, Sequence

from corrobora.model import Figure
from corrobora.review.statements import Statement, accounts
from corrobora.settings import Assessing, FigureRule

RELIABLE = frozenset({"highly reliable", "likely reliable"})


def own_figures(found: Sequence[Statement], settings: Assessing, names: Mapping[str, str]) -> tuple[Figure, ...]:
    """Apply each of the project's rules to each harm; a rule that no voice answers to gives nothing, and never 0.

    `names` tells the name of each statement's voice.
    """
    results = []
    for rule in settings.rules:
        for harm in sorted({s.harm for s in found}):
            told = [s for s in found if s.harm == harm and _counts(s, rule, settings, names)]
            if figure := _figure(harm, told, rule):
                results.append(figure)
    return tuple(results)


def _counts(s: Statement, rule: FigureRule, settings: Assessing, names: Mapping[str, str]) -> bool:
    name = names.get(s.voice, "").casefold()
    grades = {voice.casefold(): grade for voice, grade in settings.reliability.items()}
    whose = s.status in rule.victims if rule.victims else s.side == "victims"
    trusted = not rule.reliable or grades.get(name, "unknown") in RELIABLE
    return s.current and whose and trusted and name not in {voice.casefold() for voice in rule.without}


def _figure(harm: str, told: Sequence[Statement], rule: FigureRule) -> Figure | None:
    """From the lowest number that a voice names to the highest that enough voices reach."""
    wholes = [s for s in accounts(told, add=False) if not s.part and not s.vague]
    highest: dict[str, int] = {}
    lows: dict[str, int] = {}
    for s in wholes:
        highest[s.voice] = max(highest.get(s.voice, 0), s.high if s.high is not None else s.named)
        if s.low is not None:
            lows[s.voice] = min(lows.get(s.voice, s.low), s.low)
    if len(highest) < rule.voices:
        return None
    high = sorted(highest.values(), reverse=True)[rule.voices - 1]
    low = min(high, *lows.values()) if lows else None
    used = tuple(dict.fromkeys(claim for s in wholes for claim in s.claims))
    return Figure(harm, low, high, rule.name, used)
