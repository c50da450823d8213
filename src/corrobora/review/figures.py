"""How many were harmed, by named rules side by side. None of them is the truth; each says how it was reached.

Every rule is a pure function of what the voices state (`statements`). Unknown is never 0: a rule without a figure gives
nothing. Attackers are counted apart, except where a rule's own definition counts all deaths.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from corrobora.model import Figure
from corrobora.review.registry import registered
from corrobora.review.statements import Statement, accounts

Rule = Callable[[Sequence[Statement]], tuple[int | None, int | None, Sequence[Statement]] | None]


def figures(found: Sequence[Statement]) -> tuple[Figure, ...]:
    """Apply every rule to every harm that someone gave a figure for."""
    results = []
    for harm in sorted({s.harm for s in found}):
        of_harm = [s for s in found if s.harm == harm]
        for name, (rule, harms) in RULES.items():
            result = rule(of_harm) if not harms or harm in harms else None
            if result is not None:
                low, high, used = result
                claims = tuple(dict.fromkeys(claim for s in used for claim in s.claims))
                results.append(Figure(harm, low, high, name, claims, _or_more(high, used)))
    return (*results, *registered(found))


def _or_more(high: int | None, used: Sequence[Statement]) -> bool:
    """Whether the highest number named was said to be at least that: 'more than 20' is 20, or more."""
    return high is not None and any(s.high is None and s.low is not None and s.low >= high for s in used)


def _range(found: Sequence[Statement], add: bool) -> tuple[int | None, int | None, Sequence[Statement]] | None:
    side = [s for s in found if s.side == "victims"] or list(found)
    wholes = [s for s in accounts([s for s in side if s.current], add) if not s.part]
    wholes = wholes or list(accounts(side, add))
    precise = [s for s in wholes if not s.vague]
    used = precise or wholes
    lows = [s.low for s in used if s.low is not None]
    highs = [s.high for s in used if s.high is not None]
    named = [] if not precise else [s.low for s in used if s.high is None and s.low is not None]
    if not lows and not highs:
        return None
    return min(lows, default=None), max([*highs, *named], default=None), used


def stated_and_added(found: Sequence[Statement]) -> tuple[int | None, int | None, Sequence[Statement]] | None:
    """'range', the headline: from the lowest to the highest figure that a voice stands by, over independent voices.

    The low end is the smallest 'at least', the high end the largest number that anyone named ('at least 200' names
    200, and leaves open that it was more). A voice's later figure replaces its earlier one. Where a voice gives no
    total but figures for civilians and for security forces in one report, these two are added; nothing else is. Vague
    words count only where nobody gave a number. Deaths of attackers are left out unless they are all that is told.
    Source: Airwars and Iraq Body Count publish such a minimum and maximum; the low and high of UCDP GED are alike.
    """
    return _range(found, add=True)


def stated(found: Sequence[Statement]) -> tuple[int | None, int | None, Sequence[Statement]] | None:
    """'range_stated': as 'range', from totals that voices state in so many words; nothing is added at all."""
    return _range(found, add=False)


def attackers(found: Sequence[Statement]) -> tuple[int | None, int | None, Sequence[Statement]] | None:
    """'attackers': as 'range', for those said to be of an armed group, where others were harmed as well."""
    mine = [s for s in found if s.side == "attackers"]
    return _range(mine, add=False) if mine and len(mine) < len(found) else None


def _both_sides(
    found: Sequence[Statement], failing: Callable[[Iterable[int]], int] = min
) -> list[tuple[int, Statement]]:
    """Each account of the victims, with the attackers' deaths that its voice states, `failing` that another's."""
    told = [s for s in accounts([s for s in found if s.current], add=True) if not s.part and not s.vague]
    other = [s for s in told if s.side == "attackers"]
    mine = [s for s in told if s.side == "victims"]
    extra = {s.voice: s.named for s in other}
    usual = failing(extra.values()) if extra else 0
    return [(s.named + extra.get(s.voice, usual), s) for s in mine] or [(s.named, s) for s in other]


def ucdp(found: Sequence[Statement]) -> tuple[int | None, int | None, Sequence[Statement]] | None:
    """'ucdp': the lowest and highest estimate of all deaths, both sides.

    Source: UCDP GED codebook, `low` and `high`: 'the lowest / highest reliable estimate'; `deaths_a`, `deaths_b`,
    `deaths_civilians` and `deaths_unknown` together. Reliability is for a person to judge: every estimate enters here.
    """
    rated, highest = _both_sides(found), _both_sides(found, max)
    return (min(n for n, _ in rated), max(n for n, _ in highest), [s for _, s in rated]) if rated else None


def ucdp_best(found: Sequence[Statement]) -> tuple[int | None, int | None, Sequence[Statement]] | None:
    """'ucdp_best': the estimate of all deaths that most voices give; of several, the most recent, then the lower.

    Source: UCDP GED codebook, `best`: 'the best (most likely) estimate', which its coders choose; this stands in for
    their judgement and should be reviewed as such.
    """
    rated = _both_sides(found)
    if not rated:
        return None
    voices: dict[int, set[str]] = defaultdict(set)
    latest: dict[int, str] = defaultdict(str)
    for number, s in rated:
        voices[number].add(s.voice)
        latest[number] = max(latest[number], s.order)
    best = max(voices, key=lambda number: (len(voices[number]), latest[number], -number))
    return best, best, [s for number, s in rated if number == best]


ACLED_VAGUE = {10: 10, 24: 12, 40: 20, 200: 100, 2000: 1000}


def acled(found: Sequence[Statement]) -> tuple[int | None, int | None, Sequence[Statement]] | None:
    """'acled': the most conservative estimate, one number, both sides.

    Source: ACLED codebook, fatalities: 'the most conservative estimate available'; vague words become tens 10, dozens
    12, hundreds 100 (and, in step with these, scores 20 and thousands 1000). Where nobody gives any number it says
    nothing: ACLED's own default for that case is not applied.
    """
    rated = _both_sides(found)
    if rated:
        least = min(n for n, _ in rated)
        return least, least, [s for n, s in rated if n == least]
    vague = [s for s in found if s.current and s.vague and s.low is not None]
    if not vague:
        return None
    least = min(ACLED_VAGUE.get(s.named, s.named) for s in vague)
    return least, least, vague


def _civilians(found: Sequence[Statement]) -> tuple[list[Statement], bool]:
    """Accounts of those not said to be fighters, and whether another voice says the same number were fighters."""
    plain = [s for s in found if s.current and s.status in {"civilian", "unknown", "mixed"}]
    told = [s for s in accounts(plain, add=False) if not s.part and not s.vague]
    fighters = {(s.named, s.voice) for s in found if s.side == "attackers"}
    contested = any(number == s.named and voice != s.voice for number, voice in fighters for s in told)
    return told, contested


def ibc(found: Sequence[Statement]) -> tuple[int | None, int | None, Sequence[Statement]] | None:
    """'ibc': minimum and maximum of civilian deaths or injuries.

    Source: Iraq Body Count, methods: a minimum and a maximum 'where reports differ on the numbers killed, or where the
    civilian status of the dead is uncertain'. So figures for a mixed group count for the maximum only, and a minimum is
    0 where nobody calls any of them civilians and someone says they were fighters.
    """
    told, contested = _civilians(found)
    if not told:
        return None
    sure = [s for s in told if s.status == "civilian" or (s.status == "unknown" and not contested)]
    lows = [s.low for s in sure if s.low is not None]
    least = min(lows, default=None) if sure else 0
    return least, max(s.high if s.high is not None else s.named for s in told), told


def airwars(found: Sequence[Statement]) -> tuple[int | None, int | None, Sequence[Statement]] | None:
    """'airwars': minimum and maximum of civilians harmed.

    Source: Airwars methodology: those harmed are civilians unless there is evidence to the contrary; where their status
    is contested the minimum is 0 for civilians and for fighters alike.
    """
    told, contested = _civilians(found)
    if not told:
        return None
    lows = [s.low for s in told if s.low is not None]
    return 0 if contested else min(lows, default=None), max(s.named if s.high is None else s.high for s in told), told


def highest_independent(found: Sequence[Statement]) -> tuple[int | None, int | None, Sequence[Statement]] | None:
    """'highest_independent': the highest number that at least two independent voices reach.

    Source: the two-source rule of casualty recording (Iraq Body Count; Airwars 'fair'), applied to a number: two voices
    that say 45 and 54 both bear out 45. Copies of one text are one voice.
    """
    told = [s for s in accounts([s for s in found if s.current], add=True) if s.side == "victims" and not s.part]
    best = Counter[str]()
    for s in told:
        if not s.vague and s.low is not None:
            best[s.voice] = max(best[s.voice], s.low)
    if len(best) < 2:
        return None
    second = sorted(best.values())[-2]
    return second, second, [s for s in told if not s.vague and (s.low or 0) >= second]


DEATHS = frozenset({"killed"})
PEOPLE = frozenset({"killed", "injured"})
RULES: Mapping[str, tuple[Rule, frozenset[str]]] = {
    "range": (stated_and_added, frozenset()),
    "range_stated": (stated, frozenset()),
    "attackers": (attackers, frozenset()),
    "highest_independent": (highest_independent, frozenset()),
    "ucdp": (ucdp, DEATHS),
    "ucdp_best": (ucdp_best, DEATHS),
    "acled": (acled, DEATHS),
    "ibc": (ibc, PEOPLE),
    "airwars": (airwars, PEOPLE),
}
