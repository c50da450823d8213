"""Exports: the public form, its schema, tables without formulas, maps, columns, and what changed since."""

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet

from corrobora import publish
from corrobora.errors import BadInput
from corrobora.model import (
    Assessment,
    Claim,
    Contradiction,
    CopyFamily,
    Count,
    Decision,
    Document,
    DocumentLine,
    Figure,
    Incident,
    Metadata,
    Period,
    Perpetrator,
    Place,
    Reading,
    Record,
    Speaker,
    Target,
    Toll,
    TollStep,
    Victims,
    Voice,
)
from corrobora.publish.export import FORMULA, _cell
from corrobora.publish.schema import SCHEMA

QUOTE = "killing 12 civilians"


def record() -> Record:
    at = datetime(2026, 3, 4, tzinfo=UTC)
    document = Document("d_1", "sha256:aa", "a.txt", "/x/a.txt", "text/plain", 20, at, Metadata(), Metadata())
    place = Place(
        "Eskadir", "Eskadir", "project:Eskadir", -31.3, -19.6, 6.0, "town", "Ondra", "", "ZZ", 50, 57, ("listed",)
    )
    day = date(2026, 3, 4)
    period = Period("on Wednesday", "2026-03-04", day, day, "day", "weekday", 60, 72)
    claim = Claim(
        "c_1", "d_1", 0, 20, QUOTE, "shelling", "killed", Count(12, 12, "exact", "12", 8, 10),
        Victims("civilians", "civilian", ("child",), (), 11, 20),
        (Perpetrator("the army", "Karsenian Army", "state_forces", "denied", "", 30, 38),),
        (Target("the market", "market", None, "", 40, 50),), (), None, None,
        (Speaker("KRM", "the Monitor", "said", 80, 91),), "asserts", "actual", "incident", ("video",), ((100, 110),),
        "", 0.8, (("count", "grammar:number"),), "grammar 0.1.0",
    )  # fmt: skip
    reading = Reading(
        claim, "a.txt", "Meridian", day, place, period, ("Karsenia Rights Monitor",), "KRM", ("Army",), (), ""
    )
    corrected = replace(reading, corrected=("figure",), decided="corrected")
    figure = Figure("killed", 12, 12, "range", ("c_1",))
    return Record(
        documents=(DocumentLine(document, Metadata(title="=Title", outlet="Meridian"), day, "read", "", (), 1),),
        readings=(corrected,),
        machine=(reading,),
        incidents=(
            Incident("i_1", "shelling", ("c_1",), ("d_1",), period, place, (Voice("KRM", ("c_1",), ("M",)),), ()),
        ),
        tolls=(Toll("t_1", "KRM", "killed", "civilian", place, day, (TollStep("c_9", day, 120, None, "first"),)),),
        assessments=(
            Assessment("i_1", (figure,), "weak", ("one voice",), (Contradiction("killed", ("1", "2"), ("c_1",)),)),
        ),
        decisions=(Decision("x_1", at, "A. B.", "correct", ("c_1",), (("figure", "{}"),), "why", "", (QUOTE,)),),
        families=(CopyFamily(("d_1", "d_2"), "Meridian"),),
    )


@pytest.fixture
def rows() -> dict[str, list[dict[str, Any]]]:
    return publish.rows(record())


def test_rows_are_what_the_schema_says(rows: dict[str, list[dict[str, Any]]]) -> None:
    for name, kind in SCHEMA.items():
        assert rows[name]
        for row in rows[name]:
            msgspec.convert(row, kind, strict=True)
        properties = next(iter(publish.schema()[name]["$defs"].values()))
        assert properties


def test_a_claim_says_all_that_the_design_asks(rows: dict[str, list[dict[str, Any]]]) -> None:
    claim = rows["claims"][0]
    assert claim["document"] == "sha256:aa"
    assert claim["file"] == "a.txt"
    assert claim["count"] == {"text": "12", "start": 8, "end": 10, "low": 12, "high": 12, "qualifier": "exact"}
    assert claim["victims"]["class"] == "civilian"
    assert claim["attribution"][0]["speaker"] == "Karsenia Rights Monitor"
    assert claim["attribution"][0]["text"] == "the Monitor"
    assert claim["period"]["earliest"] == "2026-03-04"
    assert claim["incident"] == "i_1"
    assert claim["corrected"] == ["figure"]
    assert claim["machine"]["decided"] is None


def test_an_incident_carries_its_headline_and_every_rule(rows: dict[str, list[dict[str, Any]]]) -> None:
    incident = rows["incidents"][0]
    assert incident["killed"]["low"] == 12
    assert incident["injured"] is None
    assert incident["figures"]["killed"][0]["rule"] == "range"
    assert incident["contradictions"][0]["values"] == ["1", "2"]
    assert incident["files"] == ["a.txt"]


def test_jsonl_reads_back_as_it_was(rows: dict[str, list[dict[str, Any]]], tmp_path: Path) -> None:
    files = publish.export(rows, "jsonl", tmp_path)
    again = {f.stem: [json.loads(line) for line in f.read_text(encoding="utf-8").splitlines()] for f in files}
    assert again == json.loads(json.dumps(rows))
    assert not list(tmp_path.glob(".*"))


def test_csv_has_a_column_for_each_part_and_no_formula(rows: dict[str, list[dict[str, Any]]], tmp_path: Path) -> None:
    publish.export(rows, "csv", tmp_path)
    table = list(csv.DictReader(io.StringIO((tmp_path / "claims.csv").read_text(encoding="utf-8-sig"))))
    assert table[0]["count_low"] == "12"
    assert table[0]["place_name"] == "Eskadir"
    documents = list(csv.DictReader(io.StringIO((tmp_path / "documents.csv").read_text(encoding="utf-8-sig"))))
    assert documents[0]["title"] == "'=Title"


@given(st.text())
def test_no_text_cell_starts_a_formula(text: str) -> None:
    cell = _cell(text)
    assert isinstance(cell, str)
    assert not cell.startswith(FORMULA)


def test_geojson_keeps_what_has_no_place(tmp_path: Path) -> None:
    whole = record()
    nowhere = replace(whole, incidents=(replace(whole.incidents[0], place=None),))
    publish.export(publish.rows(nowhere), "geojson", tmp_path)
    map_ = json.loads((tmp_path / "incidents.geojson").read_text(encoding="utf-8"))
    assert map_["features"][0]["geometry"] is None
    claims = json.loads((tmp_path / "claims.geojson").read_text(encoding="utf-8"))
    assert claims["features"][0]["geometry"]["coordinates"] == [-19.6, -31.3]


def test_parquet_has_the_same_columns_empty_or_full(rows: dict[str, list[dict[str, Any]]], tmp_path: Path) -> None:
    publish.export(rows, "parquet", tmp_path / "full")
    publish.export({name: [] for name in SCHEMA}, "parquet", tmp_path / "empty")
    for name in SCHEMA:
        full, empty = (parquet.read_table(tmp_path / part / f"{name}.parquet") for part in ("full", "empty"))
        assert full.schema == empty.schema
        assert full.num_rows == len(rows[name])
    claim = parquet.read_table(tmp_path / "full" / "claims.parquet").to_pylist()[0]
    assert claim["count"]["low"] == 12


def test_changes_since_an_earlier_export(rows: dict[str, list[dict[str, Any]]], tmp_path: Path) -> None:
    publish.export(rows, "jsonl", tmp_path / "before")
    rows["claims"][0] = {**rows["claims"][0], "act": "bombing"}
    rows["tolls"] = []
    found = publish.changes(rows, tmp_path / "before", tmp_path)
    changes = [json.loads(line) for line in found.read_text(encoding="utf-8").splitlines()]
    assert changes == [
        {"of": "claims", "id": "c_1", "change": "changed", "fields": {"act": ["shelling", "bombing"]}},
        {"of": "tolls", "id": "t_1", "change": "removed", "fields": {}},
    ]


def test_what_cannot_be_exported_is_said(rows: dict[str, list[dict[str, Any]]], tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="format"):
        publish.export(rows, "xlsx", tmp_path)
    (tmp_path / "file").write_text("x")
    with pytest.raises(BadInput, match="is a file"):
        publish.export(rows, "jsonl", tmp_path / "file")
    with pytest.raises(BadInput, match="no export"):
        publish.changes(rows, tmp_path / "nothing", tmp_path)
