"""Tables of reports: one row is one document.

`.csv`, `.tsv`, `.jsonl` and `.json` (a list of objects, or `{"documents": [...]}`). The bytes of a row are its text
column as UTF-8; what its other columns say is in `given`. A title column is put above the text, and a dateline column
before it (`PLACE, DATE -- text`), where the text does not open with them: a headline is part of what a report says.
The table itself is kept as it is.
"""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from importlib.resources import files
from tomllib import loads
from typing import Any

from corrobora.model import Metadata, Reference, Source
from corrobora.sources import media
from corrobora.sources.headlines import headline
from corrobora.sources.sidecars import words

LOOKED_AT = 100
"""Rows of JSON that are looked at for the names of columns, as each may have its own."""
OPENING = 600
"""Characters of a text in which its title and dateline are looked for."""
_DELIMITERS = ",;\t|"
_FIELDS = ("url", "title", "outlet", "author", "published", "modified", "language", "timezone")

Row = tuple[int, dict[str, Any] | None, str]  # line, cells, what is wrong with it


def rows(table: Reference, source: Source) -> tuple[str, Iterator[Reference]]:
    """Return why `table` has no rows to read ('' where it has, or is JSON that is no table), and a Reference for each.

    A bad row has no data and a problem that names its line.
    """
    read = list(_READERS[table.media_type](table.data or b""))
    columns = _columns(read, source)
    if "text" in columns:
        return "", _references(table, source, columns, read)
    names = list(_present(read))[:12]
    if table.media_type == media.JSON and not names:
        return "", iter(())
    return f"no text column among {', '.join(names) or 'its columns'}: name it to read the table's rows", iter(())


def _references(table: Reference, source: Source, columns: dict[str, str], read: list[Row]) -> Iterator[Reference]:
    seen: set[str] = set()
    for number, (line, cells, problem) in enumerate(read, 1):
        name = _key(words(cells.get(columns.get("id", ""))) if cells else "") or str(number)
        if name in seen:
            name = f"{name}~{line}"
        seen.add(name)
        yield _reference(table, source, columns, f"#{name}", line, cells, problem)


def _reference(
    table: Reference,
    source: Source,
    columns: dict[str, str],
    name: str,
    line: int,
    cells: dict[str, Any] | None,
    problem: str,
) -> Reference:
    text = _text(cells, columns) if cells else ""
    problem = problem or ("" if text.strip() else f"line {line}: no text in the column {columns['text']!r}")
    given = {field: words((cells or {}).get(columns[field])) for field in _FIELDS if field in columns}
    return Reference(
        file=table.file + name,
        address=table.address + name,
        data=None if problem else text.encode("utf-8", "replace"),
        media_type="text/html" if "html" in columns["text"].lower() else "text/plain",
        given=Metadata(**given),
        defaults=source.defaults,
        container=table.file,
        problem=problem,
        state="unreadable",
    )


def _text(cells: dict[str, Any], columns: dict[str, str]) -> str:
    value = cells.get(columns["text"])
    text = "\n\n".join(map(str, value)) if isinstance(value, list) else value if isinstance(value, str) else ""
    if not text.strip():
        return text
    start = " ".join(text[:OPENING].split())
    dateline = words(cells.get(columns.get("dateline", "")))
    if dateline and not start.startswith(dateline):
        text = f"{dateline} -- {text.lstrip()}"
    if "html" in columns["text"].lower():
        return text
    site = [words(cells.get(columns[field])) for field in ("outlet", "url") if field in columns]
    title = headline(words(cells.get(columns.get("title", ""))), site)
    return text if not title or title.casefold() in start.casefold() else f"{title}\n\n{text}"


def _key(name: str) -> str:
    return re.sub(r"[\x00-\x1f#!]+", "_", name)[:200]


@cache
def _names() -> dict[str, list[str]]:
    return loads(files("corrobora.sources").joinpath("columns.toml").read_text(encoding="utf-8"))


def _columns(read: list[Row], source: Source) -> dict[str, str]:
    """Which column holds what: as the user said, else by name."""
    present = _present(read)
    plain = {re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_"): name for name in reversed(present)}
    found = {field: plain[name] for field, names in _names().items() for name in reversed(names) if name in plain}
    return found | {field: name for field, name in source.columns if name in present}


def _present(read: list[Row]) -> dict[str, None]:
    return dict.fromkeys(name for _, cells, _ in read[:LOOKED_AT] if cells for name in cells)


def _csv(data: bytes, delimiter: str = "") -> Iterator[Row]:
    text = _decoded(data)
    header_line = text[: text.find("\n")] if "\n" in text else text
    delimiter = delimiter or max(_DELIMITERS, key=header_line.count)
    csv.field_size_limit(max(csv.field_size_limit(), len(text) + 1))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    header: list[str] = []
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield reader.line_num, None, f"line {reader.line_num}: {error}"
            continue
        if not any(cell.strip() for cell in cells):
            continue
        if not header:
            header = [cell.strip() for cell in cells]
        elif len(cells) > len(header):
            yield (
                reader.line_num,
                None,
                f"line {reader.line_num}: {len(cells)} cells where the header has {len(header)}",
            )
        else:
            yield reader.line_num, dict(zip(header, cells, strict=False)), ""


def _decoded(data: bytes) -> str:
    for encoding in ("utf-8-sig", "utf-16") if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else ("utf-8-sig",):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("windows-1252", "replace")


def _jsonl(data: bytes) -> Iterator[Row]:
    for line, raw in enumerate(io.BytesIO(data.removeprefix(b"\xef\xbb\xbf")), 1):
        if raw.strip():
            yield _object(line, raw)


def _object(line: int, raw: bytes) -> Row:
    try:
        found = json.loads(raw)
    except (ValueError, RecursionError) as error:
        return line, None, f"line {line}: not JSON ({_short(error)})"
    return (line, found, "") if isinstance(found, dict) else (line, None, f"line {line}: not a JSON object")


def _short(error: Exception) -> str:
    return " ".join(str(error).split())[:120]


def _json(data: bytes) -> Iterator[Row]:
    """A list of objects, or an object whose `documents` is one; any other JSON has no rows."""
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        return
    items = found.get("documents") if isinstance(found, dict) else found
    if not isinstance(items, list) or not any(isinstance(item, dict) for item in items[:LOOKED_AT]):
        return
    for number, item in enumerate(items, 1):
        yield (number, item, "") if isinstance(item, dict) else (number, None, f"item {number}: not a JSON object")


_READERS: dict[str, Callable[[bytes], Iterator[Row]]] = {
    media.CSV: _csv,
    media.TSV: lambda data: _csv(data, "\t"),
    media.JSONL: _jsonl,
    media.JSON: _json,
}
