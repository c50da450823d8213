#!/usr/bin/env python3
"""Compare confidence with correctness on the coded cases, and fit the table that turns scores into probabilities.

    .venv/bin/python bench/calibration.py            # reliability curve and Brier score of the table in the package
    .venv/bin/python bench/calibration.py --fit      # fit it anew, and write src/corrobora/claims/confidence.toml

A claim with a figure is right where a coder's claim on overlapping words has its harm and its figure. The fit is
isotonic regression (pool adjacent violators), each pool drawn to the whole by `PRIOR` claims of the average share, so
that a handful of claims never says 0 or 1. `cross_validated` is the Brier score where each report is judged by a table
fitted on the others; `constant` that of saying the average of everything.
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from unittest.mock import patch

from corrobora import text
from corrobora.claims import assemble, confidence, open_reader
from corrobora.model import Claim, Document, Metadata
from corrobora.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
CASES = ROOT.parent / "shared" / "cases"
TABLE = ROOT / "src" / "corrobora" / "claims" / "confidence.toml"
PRIOR = 5
BINS = (0.0, 0.5, 0.7, 0.8, 0.85, 0.9, 0.95, 1.01)
Judged = tuple[str, float, bool]
Coded = Sequence[dict[str, object]]


def coded() -> Iterator[tuple[str, Metadata, Coded]]:
    """Give the path below the cases, what is given of it, and the coders' claims of each coded report in English."""
    gold = json.loads((CASES / "reports" / "gold.json").read_text(encoding="utf-8"))["documents"]
    for name, found in gold.items():
        if found["lang"] == "en":
            given = json.loads((CASES / "reports" / "docs" / f"{name}.json").read_text(encoding="utf-8"))
            yield (
                f"reports/docs/{name}.txt",
                Metadata(published=given.get("published", ""), language="en"),
                found["claims"],
            )
    coast = json.loads((CASES / "coast" / "gold.json").read_text(encoding="utf-8"))
    yield "coast/dispatch.txt", Metadata(published=coast["published"], language="en"), coast["claims"]


def judged() -> list[Judged]:
    """Read every coded report; return report, raw score and whether it is right of each claim with a figure."""
    found: list[Judged] = []
    with patch.object(assemble, "calibrated", lambda score: score):
        reader = open_reader(Settings())
        for file, given, gold in coded():
            data = (CASES / file).read_bytes()
            digest = f"sha256:{sha256(data).hexdigest()}"
            document = Document(
                "d_1", digest, file, file, "text/plain", len(data), datetime.now(UTC), given, Metadata()
            )
            (read,) = reader.read([text.extract(document, data)])
            found += [(file, c.confidence, right(c, gold)) for c in read.claims if figured(c)]
    return found


def figured(claim: Claim) -> bool:
    """Say whether a claim is of a harm, has a figure, and tells of what happened."""
    said = (claim.count.low, claim.count.high) != (None, None)
    return bool(claim.harm) and said and claim.modality in {"actual", "alleged"}


def right(claim: Claim, gold: Coded) -> bool:
    """Say whether a coder has this harm and figure on overlapping words."""
    return any(_same(claim, g) for g in gold)


def _same(claim: Claim, gold: dict[str, object]) -> bool:
    counts = [gold["count"], *(gold.get("also", ()) or ())]  # type: ignore[misc]
    figures = [(c["low"], c["high"]) for c in counts if isinstance(c, dict)]
    overlap = claim.start < int(str(gold["end"])) and int(str(gold["start"])) < claim.end
    harm = gold.get("harm", gold.get("kind"))
    return overlap and claim.harm == harm and (claim.count.low, claim.count.high) in figures


def fitted(rows: Sequence[Judged]) -> list[tuple[float, float]]:
    """Fit a table that never falls: scores with the share of right claims, pooled and drawn to the average."""
    average = sum(ok for _, _, ok in rows) / len(rows)
    pools: list[list[float]] = []  # lowest score, highest score, right, claims
    for score in sorted({score for _, score, _ in rows}):
        here = [ok for _, s, ok in rows if s == score]
        pools.append([score, score, sum(here), len(here)])
        while len(pools) > 1 and _share(pools[-2], average) >= _share(pools[-1], average):
            low, high = pools.pop(-2), pools.pop()
            pools.append([low[0], high[1], low[2] + high[2], low[3] + high[3]])
    ends = [(end, round(_share(p, average), 3)) for p in pools for end in p[:2]]
    return list(dict.fromkeys(ends))


def _share(pool: Sequence[float], average: float) -> float:
    return (pool[2] + PRIOR * average) / (pool[3] + PRIOR)


def brier(rows: Sequence[Judged], points: Sequence[tuple[float, float]]) -> float:
    """Return the mean squared distance between probability and outcome."""
    with patch.object(confidence, "_points", lambda: tuple(points)):
        return sum((confidence.calibrated(score) - ok) ** 2 for _, score, ok in rows) / len(rows)


def report(rows: Sequence[Judged], points: Sequence[tuple[float, float]]) -> dict[str, object]:
    """Return the reliability curve and the Brier scores."""
    with patch.object(confidence, "_points", lambda: tuple(points)):
        said = [(confidence.calibrated(score), ok) for _, score, ok in rows]
    curve = []
    for low, high in pairwise(BINS):
        inside = [(p, ok) for p, ok in said if low <= p < high]
        if inside:
            mean, share = (sum(pair[n] for pair in inside) / len(inside) for n in (0, 1))
            curve.append({"claims": len(inside), "said": round(mean, 3), "right": round(share, 3)})
    average = sum(ok for _, _, ok in rows) / len(rows)
    folds = {file: fitted([r for r in rows if r[0] != file]) for file, _, _ in rows}
    crossed = sum(brier([row], folds[row[0]]) for row in rows) / len(rows)
    return {
        "reports": len(folds),
        "claims": len(rows),
        "right": round(average, 3),
        "curve": curve,
        "brier": round(brier(rows, points), 4),
        "cross_validated": round(crossed, 4),
        "raw_score": round(sum((s - ok) ** 2 for _, s, ok in rows) / len(rows), 4),
        "constant": round(average * (1 - average), 4),
    }


def write(rows: Sequence[Judged], points: Sequence[tuple[float, float]]) -> None:
    """Write the table of the package."""
    files = len({file for file, _, _ in rows})
    pairs = ", ".join(f"[{score}, {share}]" for score, share in points)
    TABLE.write_text(
        "# From the raw score of a claim's pattern to the share of such claims that were right. Made by\n"
        "# `bench/calibration.py --fit`; the figures stand in docs/benchmarks.md.\n"
        f'version = "{datetime.now(UTC).date()}: {len(rows)} claims with a figure in {files} hand-coded reports"\n'
        f"points = [{pairs}]\n",
        encoding="utf-8",
    )


def main() -> None:
    """Judge, and fit if asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--fit", action="store_true", help="Write the table anew.")
    rows = judged()
    points: Sequence[tuple[float, float]] = confidence._points()  # noqa: SLF001  the table itself is what is judged
    if parser.parse_args().fit:
        points = fitted(rows)
        write(rows, points)
    print(json.dumps(report(rows, points), indent=1))


if __name__ == "__main__":
    main()
