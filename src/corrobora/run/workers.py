"""Rooms at work: in this process, or in others that a bad record cannot take down with it."""

import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextvars import ContextVar
from dataclasses import dataclass
from itertools import chain
from multiprocessing.connection import Connection, wait
from pathlib import Path
from time import monotonic
from typing import Any, Generic, TypeVar

from corrobora.errors import BadInput, CorroboraError, Refused
from corrobora.run import sandbox

Item = TypeVar("Item")
Result = TypeVar("Result")
Factory = Callable[[], Callable[[Item], Result]]
START = 600.0  # seconds in which a new process must have started its room; on a busy machine that may take minutes
_CRASHED = BadInput("reading it crashed the reader", hint="The original is kept; try it in another format.")
_AT_WORK: ContextVar[bool] = ContextVar("at_work", default=False)
_MEMORY = Refused("reading it needs more memory than it may have", hint="Split it, or raise limits.memory_mb.")


@dataclass(frozen=True, slots=True)
class Limit:
    """What one item may cost a worker: address space in MB and wall-clock seconds; None is unlimited.

    `shut`: the worker gets no network, no program, no process and no file but its own (see `sandbox`).
    `retire_mb`: a worker that has ever held so much ends after its item, and a new one takes the next: what libraries
    keep for good must not add up.
    """

    memory_mb: int | None = None
    seconds: float | None = None
    shut: bool = False
    retire_mb: int | None = None


def at_work() -> bool:
    """Say whether a room is at work where this is asked: what it does is a machine's doing, and no person's.

    >>> at_work(), [found for _, found in here(lambda: lambda _: at_work(), [1])]
    (False, [True])
    """
    return _AT_WORK.get()


def here(factory: Factory[Item, Result], items: Iterable[Item]) -> Iterator[tuple[Item, Result | CorroboraError]]:
    """Run the room in this process, in order. An item that fails gives the error in place of a result."""
    before = _AT_WORK.set(True)
    try:
        room = factory()
    finally:
        _AT_WORK.reset(before)
    for item in items:
        yield item, _attempt(room, item)


def workers(
    factory: Factory[Any, Result],
    items: Iterable[Item],
    count: int,
    limit: Limit = Limit(),
    load: Callable[[Item], object] | None = None,
) -> Iterator[tuple[Item, Result | CorroboraError]]:
    """Run the room in `count` processes; results come as they are ready.

    A worker that crashes, or goes beyond `limit`, costs its own item alone: the item gives a `Refused` or `BadInput`,
    and a new worker takes the next one. An item that crashed a worker which had read others before is tried once more,
    in a worker of its own. Where the room itself cannot be started, its error is raised. With `load`, the room is given
    what `load` makes of an item, here, when its turn comes; where that raises, its error is the item's result.
    """
    pool: list[_Worker] = []
    held: dict[int, tuple[Item, object]] = {}
    todo = iter(items)

    def give(worker: _Worker) -> Iterator[tuple[Item, CorroboraError]]:
        """Give the worker the next item that can be loaded; yield those that cannot."""
        for item in todo:
            try:
                payload = load(item) if load else item
            except CorroboraError as error:
                yield item, error
                continue
            worker.give(payload)
            held[id(worker)] = (item, payload)
            return
        pool.remove(worker)
        worker.stop()

    try:
        for first in todo:
            todo = chain([first], todo)
            pool.append(_Worker(factory, limit))
            yield from give(pool[-1])
            if len(pool) >= count:
                break
        while pool:
            wait([w.pipe for w in pool], timeout=min(w.remaining() for w in pool))
            for worker in [w for w in pool if w.ready()]:
                item, payload = held[id(worker)]
                result, again = worker.take()
                if again:
                    worker.give(payload)
                    continue
                yield item, result
                yield from give(worker)
    finally:
        for worker in pool:
            worker.kill()


class Opener(Generic[Item, Result]):
    """One worker, started when first needed, whose room gives several results for an item, one after the other."""

    def __init__(self, factory: Factory[Item, Iterator[Result]], limit: Limit) -> None:
        self.factory = factory
        self.limit = limit
        self.worker: _Worker | None = None

    def each(self, item: Item) -> Iterator[Result | CorroboraError]:
        """Yield the results for `item`; an error ends them. Each may cost what `limit` says."""
        worker = self.worker = self.worker or _Worker(self.factory, self.limit, several=True)
        worker.give(item)
        given = 0
        while True:
            wait([worker.pipe], timeout=worker.remaining())
            if not worker.ready():
                continue
            result, again = worker.take()
            if again and not given:
                worker.give(item)
                continue
            if isinstance(result, _End):
                return
            given += 1
            yield result
            if isinstance(result, CorroboraError):
                return

    def close(self) -> None:
        """End the worker, if there is one."""
        if self.worker:
            self.worker.kill()
            self.worker = None


@dataclass(frozen=True, slots=True)
class _Ready:
    """What a worker sends when its room has been started."""


@dataclass(frozen=True, slots=True)
class _End:
    """What a worker sends when it has given every result for an item."""


@dataclass(frozen=True, slots=True)
class _NoRoom:
    """What a worker sends where its room could not be started."""

    error: CorroboraError


class _Worker:
    """One process and the item it is at."""

    def __init__(self, factory: Callable[[], Callable[[Any], Any]], limit: Limit, *, several: bool = False) -> None:
        self.factory = factory
        self.limit = limit
        self.several = several
        self.item: object = None
        self.wrapped = limit.shut  # whether to try bubblewrap: not again where it failed to start this worker
        self.start()

    def start(self) -> None:
        ours, theirs = socket.socketpair()
        code = f"from corrobora.run.workers import serve; serve({theirs.fileno()})"
        before = sandbox.command(self.readable()) if self.wrapped else []
        self.wrapped = bool(before)
        self.process = subprocess.Popen(  # noqa: S603  our own interpreter
            [*before, sys.executable, "-c", code],
            pass_fds=(theirs.fileno(),), stdin=subprocess.DEVNULL, env=self.environment(), close_fds=True,
        )  # fmt: skip
        theirs.close()
        self.pipe = Connection(ours.detach())
        self.warm, self.done = False, 0
        self.begun = self.since = monotonic()
        self.send((self.factory, self.limit, tuple(map(str, self.readable())), self.wrapped, self.several))

    def readable(self) -> tuple[Path, ...]:
        """What the worker may read: Python, this package, and where the room comes from."""
        module = sys.modules[getattr(self.factory, "__module__", __name__)]
        file, depth = getattr(module, "__file__", None), module.__name__.count(".")
        return sandbox.roots(*([Path(file).resolve().parents[depth]] if file else []))

    def environment(self) -> dict[str, str]:
        """The worker's environment: a shut-in one gets no more than it needs, and starts no threads."""
        paths = {"PYTHONPATH": os.pathsep.join(path or os.getcwd() for path in sys.path)}  # noqa: PTH109  a string
        if not self.limit.shut:
            return {**os.environ, **paths}
        threads = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
        return {"PATH": os.defpath, "LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1", **threads, **paths}

    def send(self, what: object) -> None:
        try:
            self.pipe.send(what)
        except OSError:
            return  # it has died: `take` finds that out, and says so of the item

    def give(self, item: object) -> None:
        if self.process.poll() is not None:
            self.kill()
            self.start()
        self.since, self.item = monotonic(), item
        self.send(item)

    def remaining(self) -> float:
        """Seconds until what it is at has taken too long; while it starts, that is its start."""
        if not self.warm:
            return max(0.0, self.begun + START - monotonic())
        return max(0.0, self.since + self.limit.seconds - monotonic()) if self.limit.seconds is not None else 3600.0

    def ready(self) -> bool:
        """Whether there is something to take: a result, or the end of its time. Notes the end of its start."""
        while self.pipe.poll():
            if self.warm:
                return True
            try:
                found = self.pipe.recv()
            except (EOFError, OSError):
                return self.failed_to_start()
            if isinstance(found, _NoRoom):
                raise found.error
            self.warm, self.since = True, monotonic()
        return self.remaining() == 0.0

    def failed_to_start(self) -> bool:
        """Start it anew without bubblewrap where that may be to blame; else let `take` find that it has died."""
        if self.wrapped:
            self.kill()
            self.wrapped = False
            self.start()
            self.send(self.item)
            return False
        self.warm = True
        return True

    def take(self) -> tuple[Any, bool]:
        """Return the result, and whether the item is to be given again, since others may be to blame for it."""
        if not self.pipe.poll():
            if not self.warm:
                raise BadInput(f"a worker did not start in {START:g} s", hint="Is the machine very busy? Try again.")
            self.kill()
            self.start()
            words = f"reading it took longer than {self.limit.seconds:g} s"
            return Refused(words, hint="Split it, or raise limits.seconds."), False
        alone = self.done == 0
        self.done += 1
        self.since = monotonic()
        try:
            result = self.pipe.recv()
        except (EOFError, OSError):
            result = _CRASHED
        if result is _CRASHED or (isinstance(result, Refused) and str(result) == str(_MEMORY)):
            self.kill()
            self.start()
            return result, not alone
        return result, False

    def stop(self) -> None:
        self.pipe.close()
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self) -> None:
        self.pipe.close()
        self.process.kill()
        self.process.wait()


def serve(descriptor: int) -> None:
    """The life of a worker: take an item, send what came of it, until the pipe closes."""
    pipe = Connection(descriptor)
    _AT_WORK.set(True)
    try:
        factory, limit, readable, within, several = pipe.recv()
        sandbox.limit(limit.memory_mb)
        room = factory()
        if limit.shut:
            sandbox.shut(map(Path, readable), within=within)
    except Exception as error:  # noqa: BLE001  told to the caller, who raises it: no item is at fault
        pipe.send(_NoRoom(error if isinstance(error, CorroboraError) else BadInput(f"{type(error).__name__}: {error}")))
        return
    pipe.send(_Ready())
    while True:
        try:
            item = pipe.recv()
            if limit.seconds is not None:
                sandbox.allow_seconds(limit.seconds)
            for result in _results(room, item) if several else [_attempt(room, item)]:
                pipe.send(result)
            if limit.retire_mb is not None and sandbox.held_mb() > limit.retire_mb:
                return
        except MemoryError:
            pipe.send(_MEMORY)
        except (EOFError, OSError, KeyboardInterrupt):
            return


def _results(room: Callable[[Any], Iterator[Any]], item: object) -> Iterator[Any]:
    """The results for an item, then an end: either an error or _End."""
    found = _attempt(lambda given: iter(room(given)), item)
    if isinstance(found, CorroboraError):
        yield found
        return
    while True:
        result = _attempt(lambda results: next(results, _End()), found)
        yield result
        if isinstance(result, CorroboraError | _End):
            return


def _attempt(room: Callable[[Any], Result], item: object) -> Result | CorroboraError:
    before = _AT_WORK.set(True)
    try:
        return room(item)
    except CorroboraError as error:
        return error
    except MemoryError:
        return _MEMORY
    except RecursionError:
        return Refused("it is nested too deeply", hint="The original is kept; try it in another format.")
    except Exception as error:  # noqa: BLE001  a fault in a room must not cost the other inputs; it is recorded
        return BadInput(
            f"{type(error).__name__}: {error}"[:300], hint="This is a fault of the reader: please report it."
        )
    finally:
        _AT_WORK.reset(before)
