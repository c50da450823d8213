"""How many were harmed as a registry of incidents counts them: everyone, attackers too, the dead never as wounded.

Source: the Gun Violence Archive's standard definition, 'the numerical count of injured or killed, not including or
excluding any one group of victims and perpetrators'; a person who dies of wounds is moved from injured to killed.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from corrobora.model import Figure
from corrobora.review.persons import Person, alike, differ, distinct
from corrobora.review.statements import DISJOINT, Statement

RULE = "registry"
HARMS = ("injured", "killed")
PRONOUNS = frozenset({"he", "she", "him", "himself", "herself"})


@dataclass
class _Report:
    """What one report tells: figures of the killed, of survivors, of those whose fate is open, and single people."""

    all_dead: int = 0
    other_dead: int = 0
    civil_dead: int = 0
    suffered: int = 0
    attackers: int = 0
    fighters: int = 0
    open: int = 0
    hurt: list[tuple[int, int]] = field(default_factory=list)
    day: str = ""
    dead: list[Person] = field(default_factory=list)
    slain: list[Person] = field(default_factory=list)  # those told to have been killed by somebody
    own_hand: list[Person] = field(default_factory=list)
    after_others: list[Person] = field(default_factory=list)  # who killed others before
    alive: list[Person] = field(default_factory=list)
    shot: list[Person] = field(default_factory=list)

    @property
    def killed(self) -> int:
        """The largest figure; attackers are beside it where it counts those whom somebody killed."""
        dead, by_own = [*self.dead, *self.slain], [*self.own_hand, *self.after_others]
        known = [a for a in by_own if any(alike(a, p) or p.doer or p.noun in PRONOUNS for p in dead)]
        known += [a for a in self.own_hand if any(not differ(a, p) for p in self.dead)]
        apart = [a for a in by_own if a not in known]
        attackers = max(self.attackers, len(distinct(apart)))
        people = max(len(distinct([*dead, *by_own])), len(distinct(dead)) + len(distinct(apart)))
        # 'three officers were killed; the suspect is dead'
        others = self.suffered and self.suffered + any(p.doer for p in dead)
        return max(self.all_dead, self.other_dead + attackers, self.civil_dead + self.fighters, others, people)

    @property
    def wounded(self) -> int:
        """Those told to live; who was shot and is none of the dead whom the report describes lived too."""
        dead = [*self.dead, *self.slain, *self.own_hand, *self.after_others]
        lived = [p for p in self.shot if dead and all(differ(p, other) for other in dead)]
        alive = [p for p in self.alive if not any(p.name & other.name and alike(p, other) for other in dead)]
        return max(_told_most(self.hurt), len(distinct([*alive, *lived])))

    @property
    def tells_of_injured(self) -> bool:
        """Whether it says anything of people who were hurt: a report that does not has no number, and not 0."""
        return bool(self.hurt or self.alive or self.shot or self.open)

    @property
    def struck(self) -> int:
        return max(self.open, len(distinct(self.shot)))


def registered(found: Sequence[Statement]) -> tuple[Figure, ...]:
    """'registry': killed and injured as most reports that tell of them do; of equals the fewer killed, more injured.

    A report's killed are its largest figure, or the people that it tells apart, where they are more; who died by his
    own hand is beside those whom he killed. Reports of wounded alone stand against one that told of a death by then.
    A report's injured are those told to live, by the number that it says most often; who is told only to have been
    shot, and not that he lived, counts once the dead are taken away.
    """
    told = [s for s in found if not s.part and not s.vague and s.harm in {"killed", "injured"}]
    people = [s for s in found if s.who is not None and s.harm in {"killed", "injured"}]
    if not told:
        return ()
    reports = _reports(told, people)
    for report in reports:
        report.alive = [p for p in report.alive if not _died(p, report, reports)]
    killed = _dead(reports)
    injured = _most(max(r.wounded, r.struck - killed) for r in reports if r.tells_of_injured)
    used = {harm: tuple(dict.fromkeys(c for s in told if s.harm == harm for c in s.claims)) for harm in HARMS}
    values = (("injured", injured), ("killed", killed))
    return tuple(Figure(harm, number, number, RULE, used[harm]) for harm, number in values if used[harm])


def _reports(told: Iterable[Statement], people: Iterable[Statement]) -> list[_Report]:
    reports: dict[str, _Report] = defaultdict(_Report)
    for s in told:
        report = reports[s.document]
        report.day = s.order
        if s.harm == "killed" and s.side == "victims" and (s.suffered or s.besides) and not (s.who and s.who.doer):
            report.suffered = max(report.suffered, s.named)
        if s.harm == "killed" and s.side == "attackers":
            report.attackers = max(report.attackers, s.named)
            report.fighters = max(report.fighters, s.named if s.status == "armed_group" else 0)
        elif s.harm == "killed" and s.besides:
            report.other_dead = max(report.other_dead, s.named)
        elif s.harm == "killed":
            report.all_dead = max(report.all_dead, s.named)
            report.civil_dead = max(report.civil_dead, s.named if s.status in DISJOINT else 0)
        elif s.open:
            report.open = max(report.open, s.named)
        elif s.who is None:  # one person is among `alive`
            report.hurt.append((s.start, s.named))
    for s in people:
        report = reports[s.document]
        if s.who is not None:
            _kind(report, s).append(s.who)
    return list(reports.values())


def _died(someone: Person, report: _Report, reports: Sequence[_Report]) -> bool:
    """Whether a later report tells by age or name that one who was alive in this one has died."""
    later = (r for r in reports if r is not report and r.day >= report.day)
    dead = [p for r in later for p in (*r.dead, *r.slain, *r.own_hand, *r.after_others)]
    same = (p for p in dead if p.name & someone.name or (p.age is not None and p.age == someone.age))
    return any(not differ(p, someone) for p in same)


def _dead(reports: Sequence[_Report]) -> int:
    """The killed that most reports tell of; 0 where more of them tell of wounded alone, none before the first death."""
    numbers = Counter(r.killed for r in reports if r.killed)
    if not numbers:
        return 0
    first = min(r.day for r in reports if r.killed)
    none = sum(not r.killed and r.tells_of_injured and r.day >= first for r in reports)
    return 0 if none > max(numbers.values()) else -_most(-n for n in numbers.elements())


def _kind(report: _Report, s: Statement) -> list[Person]:
    if s.harm == "killed" and s.side == "attackers":
        return report.after_others if s.besides else report.own_hand
    if s.harm == "killed":
        return report.slain if s.besides else report.dead
    return report.shot if s.open else report.alive


def _told_most(figures: Sequence[tuple[int, int]]) -> int:
    """The number that a report says most often, of equals the one told first; `figures` are (place, number)."""
    some = [told for told in figures if told[1]] or figures  # 'no one inside was hurt' where two others were
    times = Counter(number for _, number in some)
    return min(some, key=lambda told: (-times[told[1]], told[0], -told[1]), default=(0, 0))[1]


def _most(numbers: Iterable[int]) -> int:
    """The commonest number, of equals the largest; 0 where there is none."""
    counted = Counter(numbers)
    return max(counted, key=lambda number: (counted[number], number), default=0)
