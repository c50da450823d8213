#!/usr/bin/env python3
"""Read documents with the ordinary rooms, and write their incidents as templates of the MUC-4 task.

    .venv/bin/python bench/muc4.py DOCUMENTS.jsonl OUT.jsonl [--reader grammar|trained]

DOCUMENTS hold one document a line: {"docid", "dateline", "text"}. OUT is what ../shared/bench/muc4_score.py scores.
Templates are made of claims, readings and incidents alone: see `muc_story`, `muc_templates` and `muc4.toml`.
"""

import argparse
import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from muc_cues import borrowed_cues, fill_cues, story_cues
from muc_story import Story, borrowed, gather, parted, parts, plain
from muc_templates import reportable, template

from corrobora import incidents, linear, plugins, resolve, text
from corrobora.linear import Linear, Weights
from corrobora.model import Document, Metadata, Reading, Text
from corrobora.settings import Settings

WEIGHTS = "muc4_weights.json.gz"


def words(row: dict[str, Any]) -> Text:
    """The text room's view of a document."""
    data = row["text"].encode()
    known = Metadata(language="en")
    return text.extract(
        Document(
            row["docid"], f"sha256:{hashlib.sha256(data).hexdigest()}", row["docid"], row["docid"], "text/plain",
            len(data), datetime(1970, 1, 1, tzinfo=UTC), known, Metadata(),
        ),
        data,
    )  # fmt: skip


def stories(readings: Sequence[Reading], named: Linear | None = None) -> list[Story]:
    """The incidents of one document with what their claims say together; `named` tells names from descriptions."""
    by_id = {r.claim.id: r for r in readings}
    names = _names(readings, named)
    found = []
    for incident in incidents.link(readings, []).incidents:
        told = sorted((by_id[name] for name in incident.claims), key=lambda r: (r.claim.start, r.claim.id))
        found.append(gather(incident, told, names, named))
    return found


def _names(readings: Sequence[Reading], named: Linear | None) -> frozenset[str]:
    """The names of victims that a report gives, in capitals and without what describes them."""
    given = {plain(name) for r in readings if r.claim.victims for name in r.claim.victims.names}
    bare = given if named is None else {parted(name, name, named)[0] for name in given}
    return frozenset(bare - {""})


def templates(told: Sequence[Story], weights: Weights) -> list[dict[str, Any]]:
    """The templates of one document: of the stories that the task counts, each by its own rules."""
    counted = [s for s in told if reportable(s.readings) and accepted(s, told, weights)]
    return [{"slots": template(chosen(story, told, weights), told, weights.models)} for story in counted]


def chosen(story: Story, told: Sequence[Story], weights: Weights) -> Story:
    """A story with the fills that coders would have put into its template; with all where there are no weights."""

    def kept(role: str, held: list[Any]) -> list[Any]:
        model = weights.models.get(f"fill {role}")
        if model is None:
            return held
        least = weights.numbers[f"least.{role}"]
        return [h for h in held if model.probabilities(fill_cues(h, held, story, role))["yes"] >= least]

    by_role = {role: kept(role, held) for role, held in parts(story).items()}
    for role, things in borrowed(story, told).items():
        model = weights.models.get(f"borrowed {role}")
        if model is not None:
            least = weights.numbers[f"least.borrowed.{role}"]
            told_of = [t for t in things if model.probabilities(borrowed_cues(t, story, told, role))["yes"] >= least]
            by_role[role] = [*by_role[role], *told_of]
    return Story(story.incident, story.readings, *(by_role[role] for role in by_role))


def accepted(story: Story, told: Sequence[Story], weights: Weights) -> bool:
    """Whether coders would have reported a story; all are taken where there are no weights."""
    model = weights.models.get("report")
    return model is None or model.probabilities(story_cues(story, told))["yes"] >= weights.numbers["least.report"]


def run(rows: Iterable[dict[str, Any]], settings: Settings) -> Iterator[dict[str, Any]]:
    """Read documents, and yield the predictions for each."""
    weights = linear.read(Path(__file__).with_name(WEIGHTS))
    reader = plugins.load(plugins.READERS, settings.reading.reader)(settings)
    index = resolve.default_path()
    if not index.exists():
        resolve.build(index)
    resolver = resolve.open_resolver(settings, index)
    texts = [words(row) for row in rows]
    for said, found in zip(texts, reader.read(texts), strict=True):
        told = stories(resolver.resolve(said, found), weights.models.get("named"))
        yield {"docid": said.document, "templates": templates(told, weights)}


def main() -> None:
    """Read, and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("documents", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--reader", default="trained", help="The installed reader to use.")
    args = parser.parse_args()
    rows = [json.loads(line) for line in args.documents.read_text(encoding="utf-8").splitlines() if line.strip()]
    settings = Settings(reading=Settings().reading.__class__(reader=args.reader))
    lines = [json.dumps(row, ensure_ascii=False) for row in run(rows, settings)]
    args.out.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
