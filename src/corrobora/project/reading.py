"""From kept documents to words, claims and readings, in worker processes where there is much to do."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import TypeVar

import msgspec

from corrobora import plugins, preserve, resolve, run, text
from corrobora.errors import CorroboraError, Refused
from corrobora.model import Document, Findings, Input, Reading, Text
from corrobora.settings import Settings
from corrobora.store import Store

T = TypeVar("T")
Progress = Callable[[str, int, int], None]
Read = tuple[Findings, tuple[Reading, ...]]
Batch = tuple[tuple[Text, Findings | None], ...]
BATCH = 16  # texts to a worker's task: enough for the parser's own batching, few enough to lose little
CHARACTERS = 120_000  # in one batch, whose parses are in memory together: long texts are read one by one
LIMITS_ALONE = "it was opened behind limits of memory and time alone: this system has no sandbox"
RETIRE_MB = 800  # the parser and the caches of a reader grow with every new word, and never shrink
FEW = 48  # below this, starting processes costs more than it saves


@dataclass(frozen=True, slots=True)
class Extract:
    """The text room as a worker runs it: from a kept document and its bytes to its words."""

    limit: int

    def __call__(self) -> Callable[[tuple[Document, bytes]], Text]:
        """Load what extraction needs, and return the function that a worker calls for each document."""
        text.prepare()
        return self.extract

    def extract(self, kept: tuple[Document, bytes]) -> Text:
        """Return the words of a document. Raises BadInput or Refused with the reason."""
        words, measures = text.extract(*kept), run.measures()
        alone = (LIMITS_ALONE,) * (measures == "rlimits")
        words = replace(words, sandbox=measures, problems=(*words.problems, *alone))
        if len(words.text) > self.limit:
            raise Refused(f"it has {len(words.text):,} characters", hint="Split it, or raise limits.text_characters.")
        msgspec.json.encode(words)  # a text that cannot be written costs its own input, here, and not the whole run
        return words


@dataclass(frozen=True, slots=True)
class ReadAndResolve:
    """The claims and resolve rooms as a worker runs them: from texts to findings and readings.

    Without `reads`, all findings still stand: no reader is loaded, which takes seconds.
    """

    settings: Settings
    gazetteer: Path
    project: Path | None = None
    reads: bool = True

    def __call__(self) -> Callable[[Batch], tuple[Read | CorroboraError, ...]]:
        """Load the reader and the resolver, once, and return the function that a worker calls for each batch."""
        reader = plugins.load(plugins.READERS, self.settings.reading.reader)(self.settings) if self.reads else None
        resolver = resolve.open_resolver(self.settings, self.gazetteer, self.project)

        def found(batch: Batch) -> Iterator[Findings]:
            unread = iter(reader.read([words for words, had in batch if had is None]) if reader else ())
            return (had if had is not None else next(unread) for _, had in batch)

        def read(batch: Batch) -> tuple[Read | CorroboraError, ...]:
            return tuple((f, resolver.resolve(words, f)) for (words, _), f in zip(batch, found(batch), strict=True))

        def one_by_one(batch: Batch) -> tuple[Read | CorroboraError, ...]:
            alone = run.here(lambda: read, ((item,) for item in batch))
            return tuple(result if isinstance(result, CorroboraError) else result[0] for _, result in alone)

        def safely(batch: Batch) -> tuple[Read | CorroboraError, ...]:
            try:
                return read(batch)
            except Exception:  # noqa: BLE001  one text at fault must not cost the others: each is tried alone
                return one_by_one(batch)

        return safely


def extract(
    store: Store, originals: Path, documents: Sequence[Document], settings: Settings, progress: Progress
) -> None:
    """Extract the words of `documents`, each within the project's limits, and record those that have none."""
    room = Extract(settings.limits.text_characters)
    count = min(processes(settings), len(documents))

    def load(document: Document) -> tuple[Document, bytes]:
        return document, preserve.data(document.sha256, originals)

    results = run.workers(room, documents, count, shut_in(settings), load) if documents else iter(())
    for done, part in _parts(results, BATCH):
        store.put_texts([result for _, result in part if isinstance(result, Text)])
        store.set_states([_failure(d, result) for d, result in part if isinstance(result, CorroboraError)])
        progress("Extracting", done, len(documents))


def read(
    store: Store,
    places: tuple[Path, Path],
    todo: Sequence[tuple[str, bool]],
    names: tuple[str, str],
    settings: Settings,
    progress: Progress,
) -> None:
    """Read and resolve documents; `todo` says for each whether its findings still stand and only need resolving.

    `places` are the shared index of place names and the folder of the project, whose own gazetteer lies there.
    """
    room = ReadAndResolve(settings, *places, reads=not all(stands for _, stands in todo))
    batches = _batches(store, todo)
    many = len(todo) >= FEW and processes(settings) > 1
    limit = run.Limit(retire_mb=RETIRE_MB)
    results = run.workers(room, batches, processes(settings), limit) if many else run.here(room, batches)
    done = 0
    for batch, result in results:
        outcomes = (result,) * len(batch) if isinstance(result, CorroboraError) else result
        pairs = [(words, outcome) for (words, _), outcome in zip(batch, outcomes, strict=True)]
        store.put_readings(
            [(*o, _state(words, o[1])) for words, o in pairs if not isinstance(o, CorroboraError)], *names
        )
        failed = [_failure_of(words, o) for words, o in pairs if isinstance(o, CorroboraError)]
        if failed:
            store.set_states(failed)
        done += len(batch)
        progress("Reading", done, len(todo))


def shut_in(settings: Settings) -> run.Limit:
    """Return what a worker that opens a stranger's file may cost and do: nothing but read what it is given."""
    return run.Limit(settings.limits.memory_mb, settings.limits.seconds, shut=True)


def processes(settings: Settings) -> int:
    """Return how many processes to use: as set, else one per core up to four."""
    return settings.reading.processes or min(4, os.cpu_count() or 1)


def _batches(store: Store, todo: Sequence[tuple[str, bool]]) -> Iterator[Batch]:
    """Yield batches of texts, loaded as they are needed."""
    for start in range(0, len(todo), BATCH):
        part = dict(todo[start : start + BATCH])
        texts = store.texts(list(part))
        for group in _grouped(texts):
            yield tuple((words, store.findings(words.document) if part[words.document] else None) for words in group)


def _grouped(texts: Sequence[Text], most: int = CHARACTERS) -> Iterator[list[Text]]:
    """Yield the texts in order, in groups of so many characters at most; a longer text is alone."""
    group: list[Text] = []
    for words in texts:
        if group and sum(len(before.text) for before in group) + len(words.text) > most:
            yield group
            group = []
        group.append(words)
    if group:
        yield group


def _parts(items: Iterable[T], size: int) -> Iterator[tuple[int, list[T]]]:
    """Yield lists of up to `size` items, each with how many there have been so far."""
    rest, done = iter(items), 0
    while part := list(islice(rest, size)):
        done += len(part)
        yield done, part


def _failure(document: Document, error: CorroboraError) -> Input:
    state = "refused" if isinstance(error, Refused) else "unreadable"
    if state != "refused" and str(error).startswith("no words"):
        state = "empty"
    return Input(document.file, document.id, state, f"{error}. {error.hint}".strip())


def _failure_of(words: Text, error: CorroboraError) -> Input:
    return Input(words.file, words.document, "unreadable", f"{error}. {error.hint}".strip())


def _state(words: Text, readings: Sequence[Reading]) -> Input:
    language = words.metadata.language
    if language not in ("", "en"):
        return Input(words.file, words.document, "other_language", f"no reader for {language}: kept and searchable")
    return Input(words.file, words.document, "read" if readings else "no_claims", "")
