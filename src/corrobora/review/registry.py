"""How many were harmed as a registry of incidents counts them: everyone, attackers too, the dead never as wounded.

Source: the Gun Violence Archive's standard definition, 'the numerical count of injured or killed, not including or
excluding any one group of victims and perpetrators'; a person who dies of wounds is moved from injured to killed.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corrobora.model import Figure
from corrobora.review.statements import Statement

RULE = "registry"
HARMS = ("injured", "killed")


@dataclass
class _Report:
    """The largest figures of one report: killed others, killed attackers, survivors, and those whose fate is open."""

    victims: int = 0
    attackers: int = 0
    survivors: int = 0
    open: int = 0

    @property
    def killed(self) -> int:
        return self.victims + self.attackers


def registered(found: Sequence[Statement]) -> tuple[Figure, ...]:
    """'registry': killed and injured as most reports give them; of equals the larger.

    A report's killed are its largest figure and, beside it, that for attackers. Its injured are those told to live; who
    is told only to have been shot, and not that he lived, counts once the dead are taken away.
    """
    told = [s for s in found if s.current and not s.part and not s.vague and s.harm in {"killed", "injured"}]
    if not told:
        return ()
    reports = _reports(told)
    killed = _most(n for r in reports if (n := r.killed))
    injured = _most(max(r.survivors, r.open - killed) for r in reports)
    used = {harm: tuple(dict.fromkeys(c for s in told if s.harm == harm for c in s.claims)) for harm in HARMS}
    values = (("injured", injured), ("killed", killed))
    return tuple(Figure(harm, number, number, RULE, used[harm]) for harm, number in values if used[harm])


def _reports(told: Iterable[Statement]) -> list[_Report]:
    reports: dict[str, _Report] = defaultdict(_Report)
    for s in told:
        report = reports[s.document]
        if s.harm == "killed" and s.side == "attackers":
            report.attackers = max(report.attackers, s.named)
        elif s.harm == "killed":
            report.victims = max(report.victims, s.named)
        elif s.open:
            report.open = max(report.open, s.named)
        else:
            report.survivors = max(report.survivors, s.named)
    return list(reports.values())


def _most(numbers: Iterable[int]) -> int:
    counted = Counter(numbers)
    return max(counted, key=lambda number: (counted[number], number), default=0)
