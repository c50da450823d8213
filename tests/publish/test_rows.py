"""The public form of any record: it fits its schema, loses nothing on the way through each format, and says None for
what was not said.
"""

import csv
import importlib.util
import io
import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from pyarrow import parquet

from corrobora import publish
from corrobora.model import Record
from corrobora.publish.export import FORMATS
from corrobora.publish.schema import SCHEMA

_spec = importlib.util.spec_from_file_location("any_record", Path(__file__).with_name("any_record.py"))
assert _spec is not None
assert _spec.loader is not None
any_record = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(any_record)
records = any_record.records

FEW = settings(max_examples=6, deadline=None)


def table(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@FEW
@given(records())
def test_every_row_fits_its_schema(record: Record) -> None:
    for name, rows in publish.rows(record).items():
        for row in rows:
            assert msgspec.to_builtins(msgspec.convert(row, SCHEMA[name])) == row


@FEW
@given(records())
def test_json_lines_bring_back_what_went_in(record: Record) -> None:
    rows = publish.rows(record)
    for name, data in FORMATS["jsonl"](rows).items():
        back = [json.loads(line) for line in data.decode().split("\n") if line]
        assert back == json.loads(json.dumps(rows[name.removesuffix(".jsonl")]))


@FEW
@given(records())
def test_a_table_has_a_line_for_each_row_and_no_cell_that_is_a_formula(record: Record) -> None:
    rows = publish.rows(record)
    for name, data in FORMATS["csv"](rows).items():
        read = table(data)
        assert len(read) == len(rows[name.removesuffix(".csv")])
        cells = [cell for row in read for cell in row.values() if cell]
        numbers = (
            c for c in cells if c[0] == "-" and c[1:].replace(".", "", 1).replace("e", "").replace("-", "").isdigit()
        )
        allowed = set(numbers)
        assert not [c for c in cells if c.startswith(("=", "+", "@", "\t", "\r", "＝", "＋", "－", "＠"))]
        assert not [c for c in cells if c.startswith("-") and c not in allowed]


@FEW
@given(records())
def test_a_cell_holds_the_words_whole(record: Record) -> None:
    rows = publish.rows(record)["claims"]
    read = table(FORMATS["csv"]({name: [] for name in SCHEMA} | {"claims": rows})["claims.csv"])
    for row, line in zip(rows, read, strict=True):
        assert line["quote"].removeprefix("'") == row["quote"].removeprefix("'")
        assert line["count_low"] == ("" if row["count"]["low"] is None else str(row["count"]["low"]))


@FEW
@given(records())
def test_columns_files_hold_as_many_rows_with_the_same_columns_full_or_empty(record: Record) -> None:
    rows = publish.rows(record)
    empty = FORMATS["parquet"]({name: [] for name in SCHEMA})
    for name, data in FORMATS["parquet"](rows).items():
        read = parquet.read_table(io.BytesIO(data))
        assert read.num_rows == len(rows[name.removesuffix(".parquet")])
        assert read.schema.equals(parquet.read_table(io.BytesIO(empty[name])).schema)


@FEW
@given(records())
def test_a_map_keeps_what_has_no_point(record: Record) -> None:
    rows = publish.rows(record)
    for name, data in FORMATS["geojson"](rows).items():
        features = json.loads(data)["features"]
        wanted = rows[name.removesuffix(".geojson")]
        assert len(features) == len(wanted)
        for feature, row in zip(features, wanted, strict=True):
            place = row["place"] or {}
            if place.get("lat") is None or place.get("lon") is None:
                assert feature["geometry"] is None
            else:
                longitude, latitude = feature["geometry"]["coordinates"]
                assert -180 <= longitude <= 180
                assert -90 <= latitude <= 90


@FEW
@given(records())
def test_unknown_is_never_0(record: Record) -> None:
    rows = publish.rows(record)
    for reading, row in zip(record.readings, rows["claims"], strict=True):
        assert (row["count"]["low"] is None) == (reading.claim.count.low is None)
        assert (row["count"]["high"] is None) == (reading.claim.count.high is None)
    for incident in rows["incidents"]:
        assert incident["killed"] is None or incident["killed"]["rule"] == "range"


@FEW
@given(records())
def test_a_part_without_words_of_its_own_has_no_position(record: Record) -> None:
    def parts(node: Any) -> list[dict[str, Any]]:
        if isinstance(node, list):
            return [found for item in node for found in parts(item)]
        if not isinstance(node, dict):
            return []
        own = [node] if {"text", "start", "end"} <= node.keys() else []
        return own + [found for value in node.values() for found in parts(value)]

    for part in parts(publish.rows(record)["claims"]):
        assert part["start"] is None or part["start"] >= 0
        assert part["end"] is None or part["end"] >= 0


@pytest.mark.parametrize("name", sorted(SCHEMA))
def test_the_schema_names_every_field_that_a_row_has(name: str) -> None:
    schema = publish.schema()[name]
    kind = schema["$defs"][SCHEMA[name].__name__]
    assert set(kind["properties"]) == {field.encode_name for field in msgspec.structs.fields(SCHEMA[name])}
    assert json.loads(json.dumps(schema)) == schema
