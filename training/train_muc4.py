#!/usr/bin/env python3
"""Train what is learned from MUC-4: the trained reader, the linking of its claims, and the task's own decisions.

    .venv/bin/python training/train_muc4.py ../shared/data/muc4/dev.jsonl [--cache FOLDER]

Needs the development documents with their keys (1,299, of which 700 are relevant), scikit-learn, and about seven
minutes of one core. Nothing is random (`random_state=0`): the same data give the same weights, which are written to
`src/corrobora/claims/trained/roles.json.gz`, `src/corrobora/incidents/same_event.json.gz` and
`bench/muc4_weights.json.gz`. Every figure printed is by cross-validation over five contiguous blocks, since documents
beside each other retell the same events. The later stages learn from what weights read that never saw the document.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "bench"), str(ROOT / "training")]

import muc4  # noqa: E402
import muc_reading as reading  # noqa: E402
import muc_stories as stories  # noqa: E402
from muc_story import Story  # noqa: E402

from corrobora import linear  # noqa: E402
from corrobora.incidents import trained  # noqa: E402
from corrobora.model import Reading  # noqa: E402

VERSION = "muc4-2"


def main() -> None:
    """Train in three stages, each on what the one before made of documents that it never saw."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("documents", type=Path)
    parser.add_argument("--cache", type=Path, default=ROOT / "training" / ".cache")
    args = parser.parse_args()
    args.cache.mkdir(parents=True, exist_ok=True)
    corpus = reading.parsed(args.documents, args.cache / f"{args.documents.stem}.parsed")
    made = reading.examples(corpus)
    crossed, cuts = reading.crossed(made, len(corpus))
    roles = reading.train(made, [True] * len(corpus), cuts, VERSION)
    linear.write(ROOT / "src/corrobora/claims/trained/roles.json.gz", roles)
    told = [(one.row, read) for one, read in zip(corpus, reading.readings(corpus, crossed), strict=True)]
    same, models, numbers = stories.train(told, linked, lambda number: reading.block(number, len(corpus)))
    linear.write(
        ROOT / "src/corrobora/incidents/same_event.json.gz",
        linear.Weights(VERSION, {"same": same}, {"least.same": stories.SAME}),
    )
    linear.write(ROOT / "bench/muc4_weights.json.gz", linear.Weights(VERSION, models, numbers))


def linked(readings: Sequence[Reading], same: linear.Linear, named: linear.Linear) -> list[Story]:
    """The stories of a document, its claims linked by these weights instead of the shipped ones."""
    weights = linear.Weights(VERSION, {"same": same}, {"least.same": stories.SAME})
    trained.shipped = lambda: weights  # type: ignore[assignment]  # this command alone: nothing else is running
    return muc4.stories(readings, named)


if __name__ == "__main__":
    main()
