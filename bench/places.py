#!/usr/bin/env python3
"""Measure the gazetteer and the choice between namesakes.

    .venv/bin/python bench/places.py GOLD.jsonl ...

For each corpus, with the names given: how many the gazetteer could answer within 161 km at all (the ceiling), the share
of these that were answered so, and the same of names with namesakes more than 161 km apart. Then the cost: opening the
index, a lookup, memory, and resolving.
"""

import json
import resource
import sys
import time
from pathlib import Path
from statistics import median
from typing import Any

from toponyms import rows, text_of

from corrobora import resolve
from corrobora.model import Place, Span
from corrobora.project import gazetteer
from corrobora.resolve.gazetteer import Entry, Gazetteer
from corrobora.resolve.geography import distance_km
from corrobora.resolve.ranking import candidates
from corrobora.resolve.toponyms import of_span
from corrobora.settings import Settings

NEAR_KM = 161.0


def senses(name: Span, words: str, index: Gazetteer) -> tuple[Entry, ...]:
    """Return every sense of a name, that of a people included."""
    people = index.division(index.country_of(name.text))
    return (people,) if people else candidates(of_span(words, name), index)


def near(place: Place | Entry | None, gold: dict[str, Any]) -> bool:
    """Say whether a place lies within 161 km of the gold point."""
    if place is None or place.lat is None or place.lon is None:
        return False
    return distance_km(place.lat, place.lon, gold["lat"], gold["lon"]) <= NEAR_KM


def ambiguous(entries: tuple[Entry, ...]) -> bool:
    """Say whether two senses lie more than 161 km apart."""
    first = entries[0]
    return any(distance_km(first.lat, first.lon, e.lat, e.lon) > NEAR_KM for e in entries[1:])


def choices(path: Path, index: Gazetteer) -> dict[str, Any]:
    """Return the ceiling of the gazetteer and the share of it that was reached."""
    total = could = right = could_unclear = right_unclear = 0
    started = time.process_time()
    for row in rows(path):
        text = text_of(row)
        gold = [t for t in row["toponyms"] if t.get("lat") is not None and not t.get("ignore")]
        spans = [Span(t["start"], t["end"], t["text"]) for t in row["toponyms"]]
        found = {m.start: m.place for m in resolve.mark_spans(text, spans, index, Settings())}
        for toponym in gold:
            entries = senses(Span(toponym["start"], toponym["end"], toponym["text"]), text.text, index)
            possible, hit = any(near(e, toponym) for e in entries), near(found[toponym["start"]], toponym)
            total += 1
            could += possible
            right += possible and hit
            if possible and ambiguous(entries):
                could_unclear += 1
                right_unclear += hit
    return {
        "corpus": path.stem,
        "names": total,
        "ceiling": round(could / total, 3),
        "share_of_ceiling": round(right / could, 3),
        "ambiguous_names": could_unclear,
        "share_of_ambiguous": round(right_unclear / could_unclear, 3),
        "processor_seconds": round(time.process_time() - started, 1),
    }


def costs() -> dict[str, Any]:
    """Return what opening and asking cost."""
    path = gazetteer()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.perf_counter()
    index = resolve.open_index(path)
    index.lookup("Damascus")
    opened = time.perf_counter() - started
    names = ("Homs", "San Antonio", "Al-Qusayr", "Zorvelat", "Paris", "Kharkiv", "Benue State", "U.S.")
    taken = []
    for _ in range(20):
        fresh = resolve.open_index(path)  # without what it has looked up before
        fresh.lookup("Damascus")
        for name in names:
            started = time.perf_counter()
            fresh.lookup(name)
            taken.append(time.perf_counter() - started)
        fresh.close()
    return {
        "open_seconds": round(opened, 4),
        "lookup_ms": round(1000 * median(taken), 2),
        "slowest_lookup_ms": round(1000 * max(taken), 2),
        "more_mb": (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024,
    }


def main() -> None:
    """Print the figures as JSON, a line for each corpus."""
    print(json.dumps(costs()))
    index = resolve.open_index(gazetteer())
    for corpus in sys.argv[1:]:
        print(json.dumps(choices(Path(corpus), index)))


if __name__ == "__main__":
    main()
