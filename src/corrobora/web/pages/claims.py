"""The list of claims, and one claim: its words, what they were read as, by which rule, what a person decided."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from corrobora.errors import NotFound
from corrobora.model import Claim, Period, Place, Reading
from corrobora.project import Project
from corrobora.web import words
from corrobora.web.ask import Ask, paged
from corrobora.web.forms import fields
from corrobora.web.known import Account, Known
from corrobora.web.marks import Block, Mark, blocks
from corrobora.web.view import View

AROUND = 320  # characters of the text shown before and after a claim


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a claim: its words, what the machine read them as, what holds now, and the rule that made it."""

    name: str
    words: tuple[str, ...]
    machine: str
    now: str
    rule: str

    @property
    def differs(self) -> bool:
        """Whether a person decided otherwise than the machine read."""
        return self.machine != self.now

    @property
    def told(self) -> bool:
        """Whether anything is said of it at all."""
        return bool(self.words) or {self.machine, self.now} != {words.NOT_SAID}


def show(project: Project, ask: Ask) -> View:
    """Show the claims that answer the question."""
    record = project.record(ask.question)
    known = Known(record)
    rejected = [r for r in record.machine if r.claim.id not in {x.claim.id for x in record.readings}]
    page = paged((*record.readings, *rejected), ask)
    ids = {r.claim.id for r in page.rows}
    rows = [row for row in project.rows(ask.question)["claims"] if row["claim"] in ids]
    values = {"page": page, "accounts": known.accounts(r.claim.id for r in page.rows), "known": known}
    return View("claims.html", values, {"total": page.total, "first": page.first, "claims": rows})


def one(project: Project, ask: Ask) -> View:
    """Show one claim in full."""
    known = Known(project.record())
    account = known.account(ask.ids["id"])
    claim = account.reading.claim
    beside = [a.id for a in known.in_document(claim.document)]
    at = beside.index(account.id)
    history = known.history(account.id)
    values = {
        "account": account,
        "parts": parts(account),
        "context": context(project, claim, account.machine or account.reading),
        "including": known.accounts([claim.part_of]) if claim.part_of else [],
        "included": known.accounts(r.claim.id for r in known.record.readings if r.claim.part_of == claim.id),
        "history": history,
        "fields": fields(account),
        "standing": known.standing,
        "previous": beside[at - 1] if at else "",
        "next": beside[at + 1] if at + 1 < len(beside) else "",
        "known": known,
    }
    row = next((r for r in project.rows()["claims"] if r["claim"] == account.id), None)
    return View("claim.html", values, {"claim": row, "decided": account.decided, "decisions": history})


def parse(project: Project, ask: Ask) -> View:
    """Show how a claim's sentence was parsed: each word with its tag, its label and the word it hangs on."""
    known = Known(project.record())
    account = known.account(ask.ids["id"])
    parsed = project.parsed(account.id)
    rows = [{"word": w.text, "tag": w.tag, "label": w.label, "head": parsed[w.head].text} for w in parsed]
    return View("parse.html", {"account": account, "rows": rows, "known": known}, {"claim": account.id, "words": rows})


def parts(account: Account) -> list[Part]:
    """Return a claim's parts in the order in which a person checks them."""
    now = account.reading
    machine = account.machine or now
    rules = dict(machine.claim.made_by)
    claim, was = now.claim, machine.claim
    table = (
        ("harm", (), words.term(was.harm), words.term(claim.harm)),
        ("act", (), words.term(was.act), words.term(claim.act)),
        ("count", (was.count.text,), words.figure(was.count), words.figure(claim.count)),
        ("victims", (was.victims.text if was.victims else "",), victims(was), victims(claim)),
        ("perpetrator", [p.text for p in was.perpetrators], perpetrators(machine), perpetrators(now)),
        ("target", [t.text for t in was.targets], targets(was), targets(claim)),
        ("instrument", [i.text for i in was.instruments], _join(i.class_ for i in was.instruments), None),
        ("place", (was.place.text if was.place else "",), placed(machine.place), placed(now.place)),
        ("period", (was.time.text if was.time else "",), dated(machine.period), dated(now.period)),
        ("attribution", [f"{s.verb} {s.text}".strip() for s in was.attribution], voiced(machine), voiced(now)),
        ("stance", (), words.term(was.stance), words.term(claim.stance)),
        ("modality", (), words.term(was.modality), words.term(claim.modality)),
        ("scope", (), words.term(was.scope), words.term(claim.scope)),
        ("evidence", (), _join(was.evidence), _join(claim.evidence)),
    )
    return [
        Part(name, tuple(w for w in said if w), was_, was_ if now_ is None else now_, _rule(name, machine, rules))
        for name, said, was_, now_ in table
    ]


def _rule(name: str, machine: Reading, rules: dict[str, str]) -> str:
    """Return the rule that made a part; a period carries its own."""
    if name == "period" and machine.period:
        return machine.period.rule
    return rules.get(name) or rules.get(name + "s") or rules.get({"period": "time"}.get(name, ""), "")


def victims(claim: Claim) -> str:
    """Write whom a claim says it was done to."""
    if claim.victims is None:
        return words.NOT_SAID
    said = claim.victims
    class_ = "" if said.class_ == "unknown" else words.term(said.class_)
    return (
        "; ".join(
            p
            for p in (said.text, class_, words.listed(list(map(words.term, said.roles))), words.listed(said.names))
            if p
        )
        or words.NOT_SAID
    )


def perpetrators(reading: Reading) -> str:
    """Write whom a claim says did it, and how surely it says so."""
    said = [f"{p.name or p.text} ({words.term(p.status)})" for p in reading.claim.perpetrators]
    return "; ".join(said) or words.NOT_SAID


def targets(claim: Claim) -> str:
    """Write what a claim says was hit, and what became of it."""
    said = [" ".join(p for p in (t.text, f"({t.effect})" if t.effect else "") if p) for t in claim.targets]
    return "; ".join(said) or words.NOT_SAID


def placed(place: Place | None) -> str:
    """Write a place and how precisely it is known."""
    return f"{words.where(place)} ({words.reach(place)})" if place else words.NOT_SAID


def dated(period: Period | None) -> str:
    """Write a period."""
    return words.days(period)


def voiced(reading: Reading) -> str:
    """Write who said it, and who carries it."""
    return ", according to ".join((words.voice(reading), *words.carriers(reading)))


def _join(values: Iterable[str]) -> str:
    return words.listed([words.term(v) for v in values]) or words.NOT_SAID


def context(project: Project, claim: Claim, machine: Reading) -> tuple[Block, ...]:
    """Return the words around a claim, in the segments of its text, cut at each of the claim's parts."""
    try:
        text = project.text(claim.document)
    except NotFound:
        return ()
    start, end = max(0, claim.start - AROUND), min(len(text.text), claim.end + AROUND)
    inside = [s for s in text.segments if s.start < end and s.end > start]
    moved = [replace(s, start=max(s.start, start) - start, end=min(s.end, end) - start) for s in inside]
    return blocks(text.text[start:end], moved, [Mark(m.start - start, m.end - start, m.label) for m in spans(machine)])


def spans(reading: Reading) -> list[Mark]:
    """Return where a claim and its parts stand. The whole comes first, under the label `quote`."""
    claim = reading.claim
    named = (
        ("count", [claim.count]),
        ("victims", [claim.victims]),
        ("perpetrator", claim.perpetrators),
        ("target", claim.targets),
        ("instrument", claim.instruments),
        ("place", [claim.place]),
        ("period", [claim.time]),
        ("attribution", claim.attribution),
    )
    found = [Mark(p.start, p.end, name) for name, said in named for p in said if p is not None and p.start >= 0]
    return [Mark(claim.start, claim.end, "quote"), *found]
