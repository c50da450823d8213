"""Whole reports of many kinds, read and resolved: every claim with its voice, place and days, and no other figure."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from corrobora.model import Reading, Text

REPORTS: list[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("reports.toml").read_text(encoding="utf-8"))[
    "report"
]
Read = dict[str, tuple[list[Reading], Text]]
PEOPLE = {"killed", "injured", "casualties", "abducted", "missing", "detained", "displaced", "freed"}


def agrees(reading: Reading, wanted: dict[str, Any]) -> list[str]:
    """Return what a reading says otherwise than wanted; the harm and the figure themselves are compared before."""
    claim = reading.claim
    faults: list[str] = []
    voice = reading.speakers[0] if reading.speakers else "-"
    if "speaker" in wanted and wanted["speaker"].casefold() not in voice.casefold():
        faults.append(f"speaker {voice!r}")
    links = zip(wanted.get("chain", ()), (*reading.speakers, "", ""), strict=False)
    faults += [f"chain {reading.speakers}" for name, link in links if name.casefold() not in link.casefold()]
    place = reading.place.name if reading.place else ""
    if "place" in wanted and not any(name in place for name in wanted["place"].split("|")):
        faults.append(f"place {place!r}")
    period = reading.period
    for side in ("earliest", "latest"):
        day = getattr(period, side) if period else None
        if side in wanted and str(day) != wanted[side]:
            faults.append(f"{side} {day}")
    for part in ("scope", "stance"):
        if part in wanted and getattr(claim, part) != wanted[part]:
            faults.append(f"{part} {getattr(claim, part)}")
    if wanted.get("part") and not claim.part_of:
        faults.append("no part of the whole")
    return faults


def figures(reading: Reading, wanted: dict[str, Any]) -> bool:
    count = reading.claim.count
    harms = wanted["harm"].split("|")
    return reading.claim.harm in harms and (count.low, count.high) == (wanted.get("low"), wanted.get("high"))


def shown(readings: list[Reading]) -> str:
    return "\n".join(
        f"  {r.claim.harm} {r.claim.count.low}-{r.claim.count.high} {r.speakers} {r.claim.scope}"
        f" @{r.place.name if r.place else '-'} {r.period.edtf if r.period else '-'}: {r.claim.quote!r}"
        for r in readings
    )


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report["name"])
def test_the_claims_of_a_report(report: dict[str, Any], read: Read) -> None:
    found, _ = read[report["name"]]
    for wanted in report["claims"]:
        alike = [reading for reading in found if figures(reading, wanted)]
        assert alike, f"not read: {wanted}\n{shown(found)}"
        faults = min((agrees(reading, wanted) for reading in alike), key=len)
        assert not faults, f"{wanted}: {faults}\n{shown(found)}"


@pytest.mark.parametrize(
    "report", [report for report in REPORTS if not report["claims"]], ids=lambda report: report["name"]
)
def test_no_figure_is_read_where_no_violence_is_told(report: dict[str, Any], read: Read) -> None:
    told = [
        r
        for r in read[report["name"]][0]
        if r.claim.harm in PEOPLE and r.claim.modality in {"actual", "alleged"} and r.claim.count.high != 0
    ]
    assert not told, shown(told)
