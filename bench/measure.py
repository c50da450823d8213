#!/usr/bin/env python3
"""Measure the project on the corpora beside it: what is found, how fast, at what cost.

    .venv/bin/python bench/measure.py coast|reports|muc4|badinput|demo [--keep FOLDER]

Prints the figures as JSON. `docs/benchmarks.md` records them. The corpora lie in ../shared, and are never copied.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
CORROBORA = Path(sys.executable).parent / "corrobora"


def corrobora(*words: object) -> dict[str, Any]:
    """Run a command; return its status, its output, its seconds and the most memory any of its processes used."""
    started = time.monotonic()
    done = subprocess.run([CORROBORA, *map(str, words)], check=False, capture_output=True, text=True)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    seconds = round(time.monotonic() - started, 2)
    return {
        "status": done.returncode,
        "out": done.stdout,
        "err": done.stderr[-2000:],
        "seconds": seconds,
        "peak_mb": peak,
    }


def exported(folder: Path, *words: object) -> tuple[Path, dict[str, Any]]:
    """Run a project in `folder` on what `words` name, and export it; return the export and what the run told."""
    told = corrobora("run", folder / "project", *words, "--json")
    if not told["out"]:
        sys.exit(told["err"])
    corrobora("export", folder / "project", "--to", "jsonl", "--output", folder / "export")
    return folder / "export", told


def scored(scorer: str, *words: object) -> str:
    """Return what a scorer prints."""
    command = [sys.executable, str(SHARED / "bench" / scorer), *map(str, words)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def coast(folder: Path) -> dict[str, Any]:
    """Score the claims of one long dispatch against the hand-coded case."""
    case = SHARED / "cases" / "coast"
    export, _ = exported(folder, case / "dispatch.txt", "--published", "2025-03-13")
    result: dict[str, Any] = json.loads(
        scored("claims_score.py", case / "gold.json", export / "claims.jsonl", "--json")
    )
    return result


def reports(folder: Path) -> dict[str, Any]:
    """Score 41 short reports: claims, speakers, places, days, linking, ranges."""
    case = SHARED / "cases" / "reports"
    export, _ = exported(folder, case / "docs")
    scored("reports_score.py", case, export, "--json", folder / "scores.json", "--errors", folder / "errors.txt")
    result: dict[str, Any] = json.loads((folder / "scores.json").read_text(encoding="utf-8"))
    return result


def muc4(folder: Path) -> dict[str, Any]:
    """Run 1,299 old wire reports: speed, memory, and a second run with nothing new."""
    table = SHARED / "data" / "muc4" / "dev.jsonl"
    first = corrobora("run", folder / "project", table, "--json")
    second = corrobora("run", folder / "project", table, "--json")
    told = json.loads(first["out"])
    words = sum(len(json.loads(line)["text"].split()) for line in table.read_text(encoding="utf-8").splitlines())
    return {
        "status": [first["status"], second["status"]],
        "states": told["states"],
        "claims": told["claims"],
        "incidents": told["incidents"],
        "words": words,
        "seconds": first["seconds"],
        "words_per_second": round(words / first["seconds"]),
        "peak_mb_of_one_process": first["peak_mb"],
        "second_run_seconds": second["seconds"],
    }


def badinput(folder: Path) -> dict[str, Any]:
    """Run every hostile or broken file: each must end in a recorded state."""
    first = corrobora("run", folder / "project", SHARED / "data" / "badinput", "--json")
    told = json.loads(first["out"])
    named = {i["file"] for i in told["inputs"]}
    files = {
        str(p.relative_to(SHARED / "data" / "badinput"))
        for p in (SHARED / "data" / "badinput").rglob("*")
        if p.is_file()
    }
    reasons = Counter(i["reason"][:60] for i in told["inputs"] if i["state"] in ("refused", "unreadable"))
    return {
        "status": first["status"],
        "files": len(files),
        "inputs": len(named),
        "files_without_a_state": sorted(files - named),
        "states": told["states"],
        "seconds": first["seconds"],
        "peak_mb_of_one_process": first["peak_mb"],
        "most_frequent_reasons": reasons.most_common(12),
    }


def demo(folder: Path) -> dict[str, Any]:
    """Run the packaged project."""
    told = corrobora("demo", folder / "project")
    return {"status": told["status"], "seconds": told["seconds"], "peak_mb": told["peak_mb"], "out": told["out"]}


def main() -> None:
    """Measure one corpus."""
    corpora = {f.__name__: f for f in (coast, reports, muc4, badinput, demo)}
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", choices=corpora)
    parser.add_argument("--keep", type=Path, help="Keep project and export in this folder.")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps(corpora[args.corpus](args.keep or Path(folder)), indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
