"""Linking of hand-coded reports, with their reading taken as given: what linking alone gets right."""

import json
from collections import defaultdict
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from corrobora.incidents import link
from corrobora.model import Period, Place, Reading

pytestmark = pytest.mark.corpora
Told = Callable[..., Reading]


def day(text: str | None) -> date | None:
    return date.fromisoformat(text[:10]) if text else None


def coded(told: Told, name: str, claim: dict[str, Any], sidecar: dict[str, Any]) -> Reading:
    speaker = claim["attribution"][0] if claim["attribution"] else ""
    reading = told(
        claim["id"],
        name,
        low=claim["count"]["low"],
        high=claim["count"]["high"],
        harm=claim["kind"],
        act="",
        place=None,
        day=None,
        published=(sidecar.get("published") or "")[:10] or None,
        outlet=sidecar["outlet"],
        speaker=speaker,
        victims=claim["victim_class"],
        actor=claim["perpetrator"] or "",
        quote=claim["anchor"],
        start=claim["start"],
        stance=claim["stance"],
    )
    return reading.__class__(
        **{name: getattr(reading, name) for name in reading.__slots__}
        | {"place": place(claim), "period": period(claim)}
    )


def place(claim: dict[str, Any]) -> Place | None:
    name, country = claim["place_name"], (claim["place"] or "").split(",")[-1].strip()
    if not name:
        return None
    precision = "country" if name == country else "town"
    return Place(name, name, "", claim["lat"], claim["lon"], None, precision, "", "", country, 0, 1)


def period(claim: dict[str, Any]) -> Period | None:
    first, last = day(claim["date_from"]), day(claim["date_to"])
    return Period("", "", first, last, "day" if first == last else "days", "coded", 0, 1) if first else None


def bcubed(gold: dict[str, str], found: dict[str, str]) -> float:
    sums = [0.0, 0.0]
    members = [defaultdict(set), defaultdict(set)]  # type: ignore[var-annotated]
    for claim in gold:
        members[0][gold[claim]].add(claim)
        members[1][found.get(claim, claim)].add(claim)
    for claim in gold:
        ours, theirs = members[1][found.get(claim, claim)], members[0][gold[claim]]
        sums = [sums[0] + len(ours & theirs) / len(ours), sums[1] + len(ours & theirs) / len(theirs)]
    precision, recall = (total / len(gold) for total in sums)
    return 2 * precision * recall / (precision + recall)


def test_coded_reports_are_gathered_as_a_person_gathered_them(told: Told, shared: Path) -> None:
    case = shared / "cases" / "reports"
    documents = json.loads((case / "gold.json").read_text(encoding="utf-8"))["documents"]
    gold = {claim["id"]: claim["incident"] for document in documents.values() for claim in document["claims"]}
    readings = []
    for name, document in documents.items():
        sidecar = json.loads((case / "docs" / f"{name}.json").read_text(encoding="utf-8"))
        readings += [coded(told, name, claim, sidecar) for claim in document["claims"]]
    found = {claim: incident.id for incident in link(readings, ()).incidents for claim in incident.claims}
    assert bcubed(gold, found) >= 0.95
