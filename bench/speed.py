#!/usr/bin/env python3
"""Measure the reading room beside the bare spaCy pipeline on the same texts, and its memory over many documents.

    .venv/bin/python bench/speed.py [--documents 300] [--rounds 3]
    .venv/bin/python bench/speed.py --memory 10000

Prints the figures as JSON; `docs/benchmarks.md` records them. Speeds are by processor time of one process, which other
work on the machine disturbs least; `two_processes` compares wall-clock times, and is honest on an idle machine only.
The texts lie in ../shared, and are never copied.
"""

import argparse
import json
import multiprocessing
import resource
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from hashlib import sha256
from itertools import cycle, islice
from pathlib import Path

import spacy

from corrobora.claims import Reader, open_reader
from corrobora.model import Metadata, Segment, Text
from corrobora.settings import Settings

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
TEXTS = SHARED / "data" / "muc4" / "dev.jsonl"
# Texts to a worker's task, as in `corrobora read`.
TASK = 16
# Characters of a document in the measure of memory: a short report.
SHORT = 800


def texts(limit: int, longest: int | None = None) -> Iterator[Text]:
    """Give `limit` documents, from the first again where there are fewer; each one's first words are its own."""
    with TEXTS.open(encoding="utf-8") as lines:
        known = [str(json.loads(line)["text"])[:longest] for line in lines]
    for number, words in enumerate(islice(cycle(known), limit)):
        yield a_text(f"Report {number}.\n\n{words}" if longest else words)


def a_text(words: str) -> Text:
    """Give words as the text room gives them: a segment for each paragraph."""
    segments, at = [], 0
    for part in words.split("\n\n"):
        segments += [Segment(at, at + len(part), "paragraph")] if part.strip() else []
        at += len(part) + 2
    digest = sha256(words.encode()).hexdigest()
    return Text(
        f"d_{digest[:16]}", f"sha256:{digest}", "a.txt", words, Metadata(language="en"), tuple(segments), "bench"
    )


def cost(work: Callable[[], object], rounds: int) -> tuple[float, float]:
    """Return the least processor time and the least wall-clock time of some work, in seconds."""
    best = [float("inf"), float("inf")]
    for _ in range(rounds):
        started = time.process_time(), time.monotonic()
        work()
        best = [min(best[0], time.process_time() - started[0]), min(best[1], time.monotonic() - started[1])]
    return best[0], best[1]


_READER: list[Reader] = []


def start() -> None:
    """Load the reader of a worker process, and let it read once."""
    _READER.append(open_reader(Settings()))
    claims((a_text("Two guards died."),))


def claims(task: tuple[Text, ...]) -> int:
    """Read a task's texts; give the number of claims, so that nothing large is sent back."""
    return sum(len(found.claims) for found in _READER[0].read(task))


def in_processes(documents: Sequence[Text], processes: int) -> float:
    """Return the wall-clock seconds of reading in so many processes that are loaded already."""
    tasks = [tuple(documents[at : at + TASK]) for at in range(0, len(documents), TASK)]
    with multiprocessing.get_context("spawn").Pool(processes, start) as pool:
        pool.map(claims, [tasks[0]] * processes, chunksize=1)
        started = time.monotonic()
        pool.map(claims, tasks, chunksize=1)
        return time.monotonic() - started


def speed(count: int, rounds: int) -> dict[str, float]:
    """Compare the room with the bare pipeline on the same texts."""
    reader = open_reader(Settings())
    documents = list(texts(count))
    words = sum(len(text.text.split()) for text in documents)
    pipeline = spacy.load(Settings().reading.model)
    bare = cost(lambda: sum(1 for _ in pipeline.pipe(t.text for t in documents)), rounds)
    room = cost(lambda: sum(1 for _ in reader.read(documents)), rounds)
    one, two = (in_processes(documents, n) for n in (1, 2))
    return {
        "documents": count,
        "words": words,
        "bare_words_per_second": round(words / bare[0]),
        "room_words_per_second": round(words / room[0]),
        "room_by_bare": round(bare[0] / room[0], 3),
        "room_by_bare_wall_clock": round(bare[1] / room[1], 3),
        "two_processes_by_one": round(one / two, 2),
    }


def memory(count: int) -> dict[str, int]:
    """Return the most memory used after a tenth of the documents, and after all of them, in MB."""
    reader = open_reader(Settings())
    peaks = {}
    for number, _ in enumerate(reader.read(texts(count, SHORT)), 1):
        if number in {count // 10, count // 2, count}:
            peaks[f"peak_mb_after_{number}"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return peaks


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--memory", type=int, metavar="N", help="Measure memory over N documents instead.")
    args = parser.parse_args()
    work = partial(memory, args.memory) if args.memory else partial(speed, args.documents, args.rounds)
    print(json.dumps(work(), indent=1))


if __name__ == "__main__":
    main()
