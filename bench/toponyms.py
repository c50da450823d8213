#!/usr/bin/env python3
"""Find the place names of texts and give them coordinates, in the form of ../shared/bench/toponyms_score.py.

    .venv/bin/python bench/toponyms.py DOCUMENTS.jsonl OUT.jsonl [--convention news|strict] [--spans GOLD.jsonl]

DOCUMENTS are lines of {"docid", "text", "title", "source", "url", "published"}; annotations in them are not looked at.
OUT are lines of {"docid", "toponyms": [{"start", "end", "lat", "lon", "name", "id", "radius_km"}]}; where the gazetteer
knows no such name, they are those of the place that holds it, without an id. --spans resolves names found by others: of
GOLD, only the positions are read. --learn learns first, from the same texts, where their outlets are at home, as the
step `corrobora gazetteer learn` does; figures with it are to be told apart.
"""

import argparse
import json
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from corrobora import plugins, resolve
from corrobora import text as text_room
from corrobora.model import Document, Findings, Metadata, Segment, Span, Text
from corrobora.project import gazetteer
from corrobora.settings import Reading, Settings
from corrobora.text.plain import paragraphs


def rows(path: Path) -> list[dict[str, Any]]:
    """Return the lines of a file of JSON lines."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]


def text_of(row: dict[str, Any]) -> Text:
    """Return the Text of a document; its characters are the document's, whatever an extractor would mend in them."""
    words, key = row["text"], str(row["docid"])
    known = {name: row.get(field) or "" for name, field in (("url", "url"), ("outlet", "source"))}
    given = Metadata(published=row.get("published") or "", language="en", **known)
    data = words.encode("utf-8", "surrogatepass")
    document = Document(key, "", key, "", "text/plain", len(data), datetime.now(UTC), given, Metadata())
    found = text_room.extract(document, data)
    if found.text == words:
        return found
    segments = tuple(Segment(start, end, "paragraph") for start, end in paragraphs(words))
    return Text(key, "", key, words, given, segments, "bench")


def read(texts: list[Text], settings: Settings) -> Iterator[Findings]:
    """Read texts with the reader that the settings name."""
    yield from plugins.load(plugins.READERS, settings.reading.reader)(settings).read(texts)


def shown(marked: resolve.Marked) -> dict[str, Any]:
    """Return one name as a line of OUT has it."""
    row: dict[str, Any] = {"start": marked.start, "end": marked.end}
    if place := marked.place:
        row |= {"lat": place.lat, "lon": place.lon, "name": place.name, "id": place.id, "radius_km": place.radius_km}
    return row


def main() -> None:
    """Write OUT."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("documents", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--convention", choices=resolve.CONVENTIONS, default="strict")
    parser.add_argument("--spans", type=Path)
    parser.add_argument("--learn", action="store_true")
    parser.add_argument("--model", default=Settings().reading.model, help="Another installed spaCy pipeline.")
    args = parser.parse_args()
    warnings.filterwarnings("ignore", r"\[W095\]")
    settings = Settings(reading=Reading(model=args.model))
    index = resolve.open_index(gazetteer())
    documents = rows(args.documents)
    texts = [text_of(row) for row in documents]
    started = time.process_time()
    if args.learn:
        with tempfile.TemporaryDirectory() as folder:
            pairs = zip(texts, read(texts, settings), strict=True)
            learned = resolve.learn_homes(pairs, settings, gazetteer(), Path(folder))
        index = resolve.open_index(gazetteer(), homes=learned.outlets)
    if args.spans:
        spans = {row["docid"]: [(each["start"], each["end"]) for each in row["toponyms"]] for row in rows(args.spans)}
        found = [
            resolve.mark_spans(
                text, [Span(*at, text.text[slice(*at)]) for at in spans.get(row["docid"], ())], index, settings
            )
            for row, text in zip(documents, texts, strict=True)
        ]
    else:
        read_in = list(read(texts, settings))
        print(f"read in {time.process_time() - started:.1f} s of processor time", file=sys.stderr)
        started = time.process_time()
        found = [
            resolve.mark(text, findings, index, settings, args.convention)
            for text, findings in zip(texts, read_in, strict=True)
        ]  # fmt: skip
    print(f"resolved in {time.process_time() - started:.1f} s of processor time", file=sys.stderr)
    lines = (
        json.dumps({"docid": row["docid"], "toponyms": [shown(name) for name in names]}, ensure_ascii=False)
        for row, names in zip(documents, found, strict=True)
    )
    args.out.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


if __name__ == "__main__":
    main()
