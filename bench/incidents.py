#!/usr/bin/env python3
"""Reports in, incidents out, by the ordinary rooms: what `../shared/bench/incidents_score.py` scores.

    .venv/bin/python bench/incidents.py DOCUMENTS.jsonl OUT.jsonl [--cache DIR] [--sample N]
    .venv/bin/python bench/incidents.py DOCUMENTS.jsonl OUT.jsonl --groups INCIDENTS.jsonl

`--recall INCIDENTS.jsonl` tells which share of the true pairs of reports were compared at all: blocking recall.
`--groups` takes the grouping of documents from a file, and of it nothing else, so that reading alone is measured.
`--cache` keeps what was read of each report in a folder, under a hash of the report and of the rooms that read it;
`--decisions INCIDENTS.jsonl` takes half of the file's incidents, drawn by `--seed`, as a reviewer's decisions, learns
the weights of linking from them, and writes the other half to OUT.gold.jsonl, to score against.
`--stale` takes what an earlier version of these rooms read. `--sample N` takes the documents of N incidents, chosen by
`--seed`, of the file that `--groups` or `--of` names, and writes these incidents to OUT.gold.jsonl, to score against.

The registry that scores this counts all who were killed or hurt, attackers among them, and writes 0 where nothing is
reported; so does OUT, which is why its figures are not those of a project (there, what is not said is never 0). Its
range runs over two rules that stand side by side in a project: that of the lowest and highest figure, and `registry`.
"""

import argparse
import json
import random
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec

from corrobora import incidents, preserve, project, review, run, settings, sources, text
from corrobora.errors import CorroboraError
from corrobora.incidents import accounts, candidates
from corrobora.incidents.constraints import Constraints
from corrobora.model import Assessment, Decision, Document, Findings, Incident, Period, Place, Reading, Source, Text
from corrobora.project.reading import BATCH, ReadAndResolve, processes
from corrobora.project.versions import version
from corrobora.resolve import publication
from corrobora.resolve.atlas import holder, open_atlas
from corrobora.resolve.discourse import main_place
from corrobora.resolve.gazetteer import Gazetteer, open_index

ROOMS = ("corrobora.text", "corrobora.claims", "corrobora.resolve", "corrobora.model")
COLUMNS = (("outlet", "source"),)


@dataclass(frozen=True, slots=True)
class Report:
    """One report as the rooms read it; `name` is its id in the table."""

    name: str
    text: Text
    findings: Findings
    readings: tuple[Reading, ...]


class Cache:
    """What was read of each report, kept in a folder; without one, nothing is kept."""

    def __init__(self, folder: Path | None, stale: bool) -> None:
        self.folder = folder
        self.stale = stale
        self.code = version(ROOMS)
        if folder:
            folder.mkdir(parents=True, exist_ok=True)

    def _path(self, document: Document) -> Path | None:
        given = msgspec.json.encode((document.sha256, document.file, document.given))
        return self.folder / f"{sha256(given).hexdigest()[:32]}.msgpack" if self.folder else None

    def get(self, document: Document) -> Report | None:
        """Return what was read of a document by this version, or by any where stale readings will do."""
        path = self._path(document)
        if path is None or not path.exists():
            return None
        made, report = msgspec.msgpack.decode(path.read_bytes(), type=tuple[str, Report])
        return report if self.stale or made == self.code else None

    def put(self, document: Document, report: Report) -> None:
        """Keep what was read of a document."""
        path = self._path(document)
        if path is not None:
            path.write_bytes(msgspec.msgpack.encode((self.code, report)))


def documents(table: Path, originals: Path, wanted: frozenset[str]) -> Iterator[tuple[str, Document]]:
    """Yield the rows of a table as documents, with their ids; of `wanted` only, where it is not empty."""
    for reference in sources.find([Source(str(table), columns=COLUMNS)], settings.Settings().limits):
        name = reference.file.rpartition("#")[2] if "#" in reference.file else ""
        if name and reference.data is not None and (not wanted or name in wanted):
            yield name, preserve.keep(reference, originals)


def read(table: Path, cache: Cache, wanted: frozenset[str]) -> list[Report]:
    """Read the reports of a table, or take what was read of them before."""
    with tempfile.TemporaryDirectory() as folder:
        originals = Path(folder)
        found: dict[str, Report] = {}
        todo: list[tuple[str, Document, Text]] = []
        for name, document in documents(table, originals, wanted):
            report = cache.get(document)
            if report is not None:
                found[name] = report
            else:
                todo.append((name, document, text.extract(document, preserve.data(document.sha256, originals))))
        for name, document, report in _read(todo):
            cache.put(document, report)
            found[name] = report
    return [found[name] for name in sorted(found)]


def _read(todo: Sequence[tuple[str, Document, Text]]) -> Iterator[tuple[str, Document, Report]]:
    chosen = settings.Settings()
    room = ReadAndResolve(chosen, project.gazetteer())
    batches = [tuple((words, None) for _, _, words in todo[at : at + BATCH]) for at in range(0, len(todo), BATCH)]
    named = {words.document: (name, document, words) for name, document, words in todo}
    results = run.workers(room, batches, processes(chosen)) if len(batches) > 3 else run.here(room, batches)
    started = time.monotonic()
    for done, (batch, result) in enumerate(results, 1):
        outcomes = (result,) * len(batch) if isinstance(result, CorroboraError) else result
        for (words, _), outcome in zip(batch, outcomes, strict=True):
            name, document, _ = named[words.document]
            if isinstance(outcome, CorroboraError):
                print(f"{name}: {outcome}", file=sys.stderr)
            else:
                yield name, document, Report(name, words, *outcome)
        if not done % 20:
            print(f"read {done * BATCH} of {len(todo)}, {time.monotonic() - started:.0f} s", file=sys.stderr)


# ---------------------------------------------------------------- linking


def linked(
    reports: Sequence[Report], decisions: Sequence[Decision] = (), *, learn: bool = False
) -> tuple[Incident, ...]:
    """Link the readings of all reports, as a project does; with `learn`, by weights learned from the decisions."""
    readings = [reading for report in reports for reading in report.readings]
    texts = [report.text for report in reports]
    families = incidents.copies(texts)
    weights = incidents.from_decisions(readings, families, decisions, (), texts) if learn else None
    return incidents.link(readings, families, decisions, (), texts, weights).incidents


def reviewed(reports: Sequence[Report], groups: Sequence[Sequence[str]]) -> list[Decision]:
    """The decisions of a reviewer who saw these incidents: what each report of one is about is the same, no two are."""
    by_name = {report.name: report for report in reports}
    leads = [[c for name in group if name in by_name for c in _first(by_name[name])] for group in groups]
    leads = [claims for claims in leads if claims]
    apart = decided("not_same", [claims[0] for claims in leads])
    return [apart, *(decided("same", claims, 1) for claims in leads if len(claims) > 1)]


def lead(report: Report, homes: Mapping[str, str]) -> str:
    """The incident that a report is about: the one that most of its claims tell, of several the one told first."""
    told = Counter(homes[reading.claim.id] for reading in report.readings if reading.claim.id in homes)
    first = {home: at for at, r in reversed(list(enumerate(report.readings))) if (home := homes.get(r.claim.id))}
    return max(told, key=lambda home: (told[home], -first[home]), default="")


def grouped(
    reports: Sequence[Report], groups: Sequence[Sequence[str]]
) -> Iterator[tuple[Sequence[str], Incident | None]]:
    """Yield each given group of documents with the incident that its reports tell, linked by a reviewer's decision.

    None stands for a group in whose reports no claim was found.
    """
    by_name = {report.name: report for report in reports}
    for members in groups:
        mine = [by_name[name] for name in members if name in by_name]
        leads = [claim for report in mine for claim in _first(report)]
        found = linked(mine, [decided("same", leads)] if len(leads) > 1 else [])
        about = [incident for incident in found if set(leads) & set(incident.claims)] or list(found)
        yield members, max(about, key=lambda incident: incident.id, default=None)


def _first(report: Report) -> list[str]:
    """The first claim of what a report is about."""
    homes = {claim: incident.id for incident in linked([report]) for claim in incident.claims}
    home = lead(report, homes)
    return [r.claim.id for r in report.readings if homes.get(r.claim.id) == home][:1] if home else []


def decided(verdict: str, claims: Sequence[str], hour: int = 0) -> Decision:
    """Return a reviewer's decision about claims, taken in this hour."""
    name, at = f"r_{verdict}_{claims[0]}", datetime(2031, 1, 1, hour, tzinfo=UTC)
    return Decision(name, at, "a reviewer", verdict, tuple(claims), (), "", "", ())


def recalled(reports: Sequence[Report], groups: Sequence[Sequence[str]]) -> str:
    """Say how many of the true pairs of reports are among those that linking compares, by what each report is about."""
    told, leads = [], {}
    for report in reports:
        mine = [reading for reading in report.readings if accounts.joins(reading)]
        found = accounts.accounts(mine, Constraints(), report.text) if mine else [accounts.bystander(report.text)]
        leads[report.name] = max(found, key=_weight).id
        told += found
    told.sort(key=lambda account: account.id)
    pairs = [(told[a].id, told[b].id) for a, b in zip(*map(list, candidates.candidates(told, {})), strict=True)]
    share = candidates.recall(pairs, [[leads[name] for name in members if name in leads] for members in groups])
    return f"{len(told)} accounts, {len(pairs)} pairs compared, blocking recall {share:.4f}"


def _weight(account: accounts.Account) -> tuple[int, int]:
    """How much of a report an account is: the most claims, of several the one told first."""
    return len(account.readings), -min((reading.claim.start for reading in account.readings), default=0)


# ---------------------------------------------------------------- output


def row(name: str, members: Sequence[str], incident: Incident, readings: Mapping[str, Reading]) -> dict[str, Any]:
    """Return an incident as the scorer takes it."""
    mine = [readings[claim] for claim in incident.claims if claim in readings]
    assessment = review.assess(incident, mine, settings.Settings())
    place = incident.place
    return {
        "incident_id": name,
        "documents": list(members),
        "date": _date(incident.date),
        "place": _town(place) if place else None,
        "killed": _count(assessment, "killed"),
        "injured": _count(assessment, "injured"),
    }


def _town(place: Place) -> dict[str, Any]:
    """The registry places incidents by towns: a street that no gazetteer knows is in the town that holds it."""
    return {"name": holder(place) or place.name, "admin1": place.admin1, "lat": place.lat, "lon": place.lon}


def unread(name: str, members: Sequence[str], reports: Sequence[Report]) -> dict[str, Any]:
    """Return a group without a claim: its reports' main place, the first one's day; nothing is counted."""
    days = [day for report in reports if report.name in members and (day := publication.published(report.text))]
    date = {side: min(days).isoformat() for side in ("earliest", "latest")} if days else None
    zero = {"low": 0, "high": 0}
    places = [place for report in reports if report.name in members and (place := _main(report))]
    return {
        "incident_id": name,
        "documents": list(members),
        "date": date,
        "place": _town(places[0]) if places else None,
        "killed": zero,
        "injured": zero,
    }


def _main(report: Report) -> Place | None:
    """The main place of a report."""
    gazetteer = _gazetteer()
    main = main_place(open_atlas(report.text, report.findings, gazetteer, settings.Settings()))
    return main.place if main else None


@cache
def _gazetteer() -> Gazetteer:
    return open_index(project.gazetteer())


def _date(period: Period | None) -> dict[str, str] | None:
    if period is None or (period.earliest is None and period.latest is None):
        return None
    days = {"earliest": period.earliest or period.latest, "latest": period.latest or period.earliest}
    return {side: day.isoformat() for side, day in days.items() if day}


def _count(assessment: Assessment, harm: str) -> dict[str, int | None]:
    figures = {figure.rule: figure for figure in assessment.figures if figure.harm == harm}
    found = figures.get("ucdp") or figures.get("range")
    if found is None:
        return {"low": 0, "high": 0}
    best = figures.get("registry")
    if best is None or best.low is None:
        return {"low": found.low, "high": found.high}
    low = best.low if found.low is None else min(found.low, best.low)
    return {"low": low, "high": None if found.high is None else max(found.high, best.low), "best": best.low}


def rows(
    reports: Sequence[Report], groups: Sequence[Sequence[str]] | None, decisions: Sequence[Decision] = ()
) -> Iterator[dict[str, Any]]:
    """Yield the incidents of all reports; a report that tells of none is left out."""
    readings = {reading.claim.id: reading for report in reports for reading in report.readings}
    if groups is not None:
        for at, (members, incident) in enumerate(grouped(reports, groups)):
            yield row(f"g{at}", members, incident, readings) if incident else unread(f"g{at}", members, reports)
        return
    found = linked(reports, decisions, learn=bool(decisions))
    homes = {claim: incident.id for incident in found for claim in incident.claims}
    members_of: dict[str, list[str]] = defaultdict(list)
    about = {document: incident.id for incident in found for document in incident.documents}
    for report in reports:
        members_of[lead(report, homes) or about.get(report.text.document, "")].append(report.name)
    for incident in found:
        if members_of[incident.id]:
            yield row(incident.id, members_of[incident.id], incident, readings)


def lines(path: Path) -> list[dict[str, Any]]:
    """Read a file of JSON lines."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def write(path: Path, found: Sequence[dict[str, Any]]) -> None:
    """Write a file of JSON lines."""
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in found), encoding="utf-8")


def main() -> None:
    """Read, link, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("documents", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--groups", type=Path, help="Take the grouping of documents from this file.")
    parser.add_argument("--cache", type=Path, help="Keep what was read in this folder.")
    parser.add_argument("--recall", type=Path, help="Tell the blocking recall, by the incidents of this file.")
    parser.add_argument("--stale", action="store_true", help="Take what an earlier version read.")
    parser.add_argument("--of", type=Path, help="The file of incidents that --sample chooses from.")
    parser.add_argument("--sample", type=int, default=0, help="Only the documents of so many incidents.")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--decisions", type=Path, help="Learn from half of this file's incidents.")
    args = parser.parse_args()
    named = args.groups or args.of or args.decisions
    given = lines(named) if named else []
    wanted: frozenset[str] = frozenset()
    if args.sample and given:
        given = random.Random(args.seed).sample(given, min(args.sample, len(given)))  # noqa: S311  not a secret
        wanted = frozenset(name for line in given for name in line["documents"])
        write(args.out.with_suffix(".gold.jsonl"), given)
    groups = [line["documents"] for line in given] if args.groups else None
    started = time.monotonic()
    reports = read(args.documents, Cache(args.cache, args.stale), wanted)
    middle = time.monotonic()
    if args.recall:
        print(recalled(reports, [line["documents"] for line in lines(args.recall)]))
    decisions: list[Decision] = []
    if args.decisions:
        seen = random.Random(args.seed).sample(given, len(given) // 2)  # noqa: S311  not a secret
        write(args.out.with_suffix(".gold.jsonl"), [line for line in given if line not in seen])
        decisions = reviewed(reports, [line["documents"] for line in seen])
    found = list(rows(reports, groups, decisions))
    write(args.out, found)
    print(
        f"{len(reports)} reports read in {middle - started:.1f} s, {len(found)} incidents in "
        f"{time.monotonic() - middle:.1f} s",
        file=sys.stderr,
    )


if __name__ == "__main__":
    main()
