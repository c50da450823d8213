#!/usr/bin/env python3
"""Write a made-up dump in the form of GeoNames' allCountries.txt, add it to a project; tell time, memory and lookups.

    .venv/bin/python bench/places_dump.py ROWS [FOLDER]

The full dump has some 12 million rows, of which about 5 million are settlements.
"""

import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median, quantiles

from corrobora import resolve

SYLLABLES = ("ba", "dor", "el", "far", "gu", "hel", "ir", "ka", "lo", "mir", "na", "or", "pe", "qa", "ras", "su", "tal")
KINDS = (("P", "PPL"), ("P", "PPL"), ("S", "HTL"), ("H", "STM"), ("T", "MT"))
CORROBORA = Path(sys.executable).parent / "corrobora"


def write(path: Path, rows: int) -> None:
    """Write the dump: the same one for the same number of rows."""
    chance = random.Random(7)  # noqa: S311  made-up names need no secrecy
    with path.open("w", encoding="utf-8") as file:
        for number in range(1, rows + 1):
            name, other = ("".join(chance.choices(SYLLABLES, k=chance.randint(2, 5))).title() for _ in range(2))
            group, code = KINDS[number % len(KINDS)]
            where = (f"{chance.uniform(-55, 70):.5f}", f"{chance.uniform(-180, 180):.5f}")
            start = (f"{20_000_000 + number}", name, name, f"{other},قرية {number}", *where, group, code)
            file.write("\t".join((*start, "SY", "", "11", "", "", "", "0", "", "", "", "2026-01-01")) + "\n")


def lookups(project: Path, names: int = 2_000) -> dict[str, float]:
    """Return what opening both indexes and looking names up in them takes, each name for the first time."""
    chance = random.Random(8)  # noqa: S311  made-up names need no secrecy
    started = time.perf_counter()
    index = resolve.open_index(resolve.default_path(), project / "gazetteer.sqlite")
    opened = time.perf_counter() - started
    took = []
    for _ in range(names):
        name = "".join(chance.choices(SYLLABLES, k=chance.randint(2, 5))).title()
        started = time.perf_counter()
        index.lookup(name)
        took.append(1000 * (time.perf_counter() - started))
    index.close()
    slow = quantiles(took, n=100)
    return {"open_s": opened, "lookup_ms": median(took), "lookup_p99_ms": slow[98], "lookup_max_ms": max(took)}


def main() -> None:
    """Print what it cost."""
    rows = int(sys.argv[1])
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(sys.argv[2] if len(sys.argv) > 2 else temporary)
        dump = folder / "allCountries.txt"
        write(dump, rows)
        started = time.monotonic()
        done = subprocess.run(
            [CORROBORA, "gazetteer", "add", folder / "project", dump], check=False, capture_output=True, text=True
        )
        seconds = time.monotonic() - started
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        size = (folder / "project" / "gazetteer.sqlite").stat().st_size
        print(
            json.dumps(
                {
                    "rows": rows,
                    "status": done.returncode,
                    "out": done.stdout,
                    "seconds": round(seconds, 1),
                    "processor_seconds": round(used.ru_utime + used.ru_stime, 1),
                    "peak_mb": used.ru_maxrss // 1024,
                    "dump_mb": dump.stat().st_size >> 20,
                    "index_mb": size >> 20,
                    **{what: round(took, 3) for what, took in lookups(folder / "project").items()},
                },
                ensure_ascii=False,
                indent=1,
            )
        )


if __name__ == "__main__":
    main()
