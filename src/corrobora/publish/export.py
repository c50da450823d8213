"""Writes a record in its public form to files: `jsonl`, `csv`, `geojson`, `parquet`.

Each file is written beside its name and then renamed, so that an interrupted export leaves no half of one.
"""

import csv
import io
import json
import os
import types
import typing
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from corrobora.errors import BadInput
from corrobora.publish.schema import SCHEMA

Rows = Mapping[str, Sequence[Mapping[str, Any]]]

# A spreadsheet takes a cell that starts with one of these for a formula (OWASP, CSV injection), full-width forms too.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def export(rows: Rows, to: str, output: Path) -> tuple[Path, ...]:
    """Write `rows` in format `to` below the folder `output`, and return the files written.

    Raises BadInput where the format is not known, or `output` is a file.
    """
    if to not in FORMATS:
        raise BadInput(f"there is no export format {to!r}", hint=f"Choose one of {', '.join(FORMATS)}.")
    if output.exists() and not output.is_dir():
        raise BadInput(f"{output} is a file", hint="Name a folder: an export is several files.")
    output.mkdir(parents=True, exist_ok=True)
    return tuple(write(output / name, data) for name, data in FORMATS[to](rows).items())


def write(path: Path, data: bytes) -> Path:
    """Write a file whole or not at all, and return its path."""
    part = path.with_name(f".{path.name}.part")
    with part.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    return path


def _jsonl(rows: Rows) -> dict[str, bytes]:
    return {f"{name}.jsonl": b"".join(msgspec.json.encode(row) + b"\n" for row in rows[name]) for name in SCHEMA}


def _csv(rows: Rows) -> dict[str, bytes]:
    return {f"{name}.csv": _table(rows[name], tuple(_flat_names(SCHEMA[name]))) for name in SCHEMA}


def _table(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> bytes:
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(columns)
    for row in rows:
        flat = dict(_flat(row))
        writer.writerow([_cell(flat.get(column)) for column in columns])
    return b"\xef\xbb\xbf" + file.getvalue().encode()  # the mark by which spreadsheets know UTF-8


def _cell(value: object) -> object:
    """Return a cell that no spreadsheet takes for a formula: an apostrophe before what could be one.

    >>> _cell("=1+1"), _cell(-3), _cell(["a", "b"])
    ("'=1+1", -3, 'a; b')
    """
    if isinstance(value, list):
        value = "; ".join(v if isinstance(v, str) else json.dumps(v, ensure_ascii=False) for v in value)
    if isinstance(value, dict):
        value = json.dumps(value, ensure_ascii=False)
    if isinstance(value, str) and value.startswith(FORMULA):
        return "'" + value
    return value


def _flat(row: Mapping[str, Any], prefix: str = "") -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    for key, value in row.items():
        name = prefix + key
        found.append((name, value))
        if isinstance(value, dict):
            found += _flat(value, name + "_")
    return found


def _flat_names(row: type[msgspec.Struct], prefix: str = "") -> list[str]:
    """Return the columns of a row: a part with parts of its own gives one column for each (`place_name`)."""
    names: list[str] = []
    for field in msgspec.structs.fields(row):
        inner = _inner(field.type)
        names += [prefix + field.encode_name] if inner is None else _flat_names(inner, f"{prefix}{field.encode_name}_")
    return names


def _inner(kind: Any) -> type[msgspec.Struct] | None:  # noqa: ANN401  a type expression is any object
    options = typing.get_args(kind) if isinstance(kind, types.UnionType) else (kind,)
    found: list[type[msgspec.Struct]] = [o for o in options if isinstance(o, type) and issubclass(o, msgspec.Struct)]
    return found[0] if found else None


def _geojson(rows: Rows) -> dict[str, bytes]:
    """Incidents and claims as points (RFC 7946) with their radius; what has no place has no geometry, and is kept."""
    return {
        f"{name}.geojson": msgspec.json.encode(
            {"type": "FeatureCollection", "features": [_feature(row) for row in rows[name]]}
        )
        for name in ("incidents", "claims")
    }


def _feature(row: Mapping[str, Any]) -> dict[str, Any]:
    place = row.get("place") or {}
    known = place.get("lat") is not None and place.get("lon") is not None
    geometry = {"type": "Point", "coordinates": [place["lon"], place["lat"]]} if known else None
    return {
        "type": "Feature",
        "id": row.get("incident" if "claims" in row else "claim"),
        "geometry": geometry,
        "properties": row,
    }


def _parquet(rows: Rows) -> dict[str, bytes]:
    import pyarrow as pa  # noqa: PLC0415  200 ms to import, needed here alone
    from pyarrow import parquet  # noqa: PLC0415

    files = {}
    for name, kind in SCHEMA.items():
        table = pa.Table.from_pylist([_without_maps(r) for r in rows[name]], schema=pa.schema(_arrow(pa, kind)))
        sink = pa.BufferOutputStream()
        parquet.write_table(table, sink)
        files[f"{name}.parquet"] = sink.getvalue().to_pybytes()
    return files


def _without_maps(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return the row with free maps (`made_by`, `figures`, `machine`, `values`) as JSON text: columns have one type."""
    maps = {"made_by", "figures", "machine", "values"}
    return {k: json.dumps(v, ensure_ascii=False) if k in maps and isinstance(v, dict) else v for k, v in row.items()}


def _arrow(pa: Any, kind: type[msgspec.Struct]) -> list[tuple[str, Any]]:  # noqa: ANN401  the module, imported late
    """Return the Arrow fields of a row type, so that an empty export has the same columns as a full one."""
    return [(field.encode_name, _arrow_type(pa, field.type)) for field in msgspec.structs.fields(kind)]


def _arrow_type(pa: Any, kind: Any) -> Any:  # noqa: ANN401  type expressions and Arrow types have no common type
    inner = _inner(kind)
    if inner is not None:
        return pa.struct(_arrow(pa, inner))
    if isinstance(kind, types.UnionType):
        kind = next(o for o in typing.get_args(kind) if o is not type(None))
    if typing.get_origin(kind) is list:
        return pa.list_(_arrow_type(pa, typing.get_args(kind)[0]))
    return {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_()}.get(kind, pa.string())


FORMATS: dict[str, Callable[[Rows], dict[str, bytes]]] = {
    "jsonl": _jsonl,
    "csv": _csv,
    "geojson": _geojson,
    "parquet": _parquet,
}
