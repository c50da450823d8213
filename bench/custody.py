#!/usr/bin/env python3
"""Measure what preservation costs a run, and how fast originals are verified.

    .venv/bin/python bench/custody.py cost [REPORTS]   # share of processor time that the log, hashes and fsync take
    .venv/bin/python bench/custody.py verify [MB]      # originals hashed by `verify`, in MB/s, beside the bare hash

Prints the figures as JSON. Reports are made up here; processor time is counted, since other work on the machine slows
the clock.
"""

import hashlib
import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from corrobora import preserve, project
from corrobora.model import Source
from corrobora.project import intake
from corrobora.store.ledger import Ledger

PLACES = ("Eskadir", "Dorvan", "Talmera", "Varnholt", "Ostran")
SPENT = {"log": 0.0, "keep": 0.0}


def report(number: int) -> str:
    """Return a fictional report of some length, with two claims."""
    place = PLACES[number % len(PLACES)]
    filler = f"Residents of {place} said that shops stayed closed and that the road to the north was blocked. " * 6
    return (
        f"{place}, 4 March 2026. {number % 9 + 2} people were killed in {place} on Wednesday when shells hit a market,"
        f" police said. {filler}\n\nThe army denied that it had fired. A hospital in {place} treated {number % 7 + 3}"
        f" wounded people, its director told the Varnholt Courier. {filler}\n"
    )


def timed(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """Return the function with the processor time it takes added up under `name`."""

    def measured(*words: Any, **named: Any) -> Any:  # noqa: ANN401
        started = time.process_time()
        try:
            return function(*words, **named)
        finally:
            SPENT[name] += time.process_time() - started

    return measured


def cost(count: int) -> dict[str, Any]:
    """Run on `count` text files; return the share of all processor time that preservation took."""
    Ledger.write = timed("log", Ledger.write)  # type: ignore[method-assign]
    intake.preserve.keep = timed("keep", preserve.keep)  # type: ignore[attr-defined]
    with tempfile.TemporaryDirectory() as folder:
        reports = Path(folder) / "reports"
        reports.mkdir()
        for number in range(count):
            (reports / f"{number}.txt").write_text(report(number), encoding="utf-8")
        before, clock = time.process_time(), time.monotonic()
        found = project.new(Path(folder) / "p")
        summary = found.run([Source(str(reports))])
        own = time.process_time() - before
        children = resource.getrusage(resource.RUSAGE_CHILDREN)
        total = own + children.ru_utime + children.ru_stime
        started = time.monotonic()
        faults = found.verify()
        events = len(found.log().events)
        found.store.close()
    preserved = sum(SPENT.values())
    return {
        "reports": count, "claims": summary.claims, "events": events, "faults": len(faults),
        "cpu_seconds": round(total, 1), "wall_seconds": round(time.monotonic() - clock, 1),
        "preservation_cpu_seconds": round(preserved, 2), "share": round(preserved / (total - preserved), 3),
        "verify_seconds": round(time.monotonic() - started, 2),
    }  # fmt: skip


def verify(megabytes: int) -> dict[str, Any]:
    """Hash `megabytes` of originals as `verify` does, three times, and the bare hash of as many bytes in memory."""
    block = os.urandom(1 << 20)
    with tempfile.TemporaryDirectory() as folder:
        originals = Path(folder)
        for number in range(megabytes // 8):
            content = b"".join(block[number:] + block[:number] for _ in range(8))
            digest = hashlib.sha256(content).hexdigest()
            (originals / digest[:2]).mkdir(exist_ok=True)
            (originals / digest[:2] / digest[2:]).write_bytes(content)
        paces = [preserve.Pace(preserve.weigh(originals)) for _ in range(3)]
        for pace in paces:
            with pace:
                preserve.survey(originals)
    started = time.process_time()
    for _ in range(64):
        hashlib.sha256(block).hexdigest()
    bare = 64 / (time.process_time() - started)
    cores = [round(pace.size / 1e6 / pace.processor) for pace in paces]
    told = {"told": [pace.told() for pace in paces], "mb_per_processor_second": cores}
    return told | {"bare_sha256_mb_s_per_core": round(bare)}


if __name__ == "__main__":
    wanted, size = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 0
    print(json.dumps(cost(size or 200) if wanted == "cost" else verify(size or 512), indent=1))
