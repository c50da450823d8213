"""Runs a room over records: here, or in worker processes that a bad record cannot take down with it.

A room is given as a factory, called once where it runs (so that a model is loaded once a process), which returns a
function from one item to one result. Nothing in a room knows where it runs.
"""

import multiprocessing
import resource
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from time import monotonic
from typing import Generic, TypeVar

from corrobora.errors import BadInput, CorroboraError, Refused

Item = TypeVar("Item")
Result = TypeVar("Result")
Factory = Callable[[], Callable[[Item], Result]]


@dataclass(frozen=True, slots=True)
class Limit:
    """What one item may cost a worker: address space in MB and wall-clock seconds; None is unlimited."""

    memory_mb: int | None = None
    seconds: float | None = None


def here(factory: Factory[Item, Result], items: Iterable[Item]) -> Iterator[tuple[Item, Result | CorroboraError]]:
    """Run the room in this process, in order. An item that fails gives the error in place of a result."""
    room = factory()
    for item in items:
        yield item, _attempt(room, item)


def workers(
    factory: Factory[Item, Result], items: Iterable[Item], count: int, limit: Limit = Limit()
) -> Iterator[tuple[Item, Result | CorroboraError]]:
    """Run the room in `count` processes; results come as they are ready.

    A worker that crashes, or goes beyond `limit`, costs its own item alone: the item gives a `Refused` or `BadInput`,
    and a new worker takes the next one. Where the room itself cannot be started, its error is raised.
    """
    pool: list[_Worker[Item, Result]] = []
    todo = iter(items)
    try:
        for item in todo:
            worker = _Worker(factory, limit)
            worker.give(item)
            pool.append(worker)
            if len(pool) == count:
                break
        while pool:
            wait([w.pipe for w in pool], timeout=min(w.remaining() for w in pool))
            for worker in [w for w in pool if w.ready()]:
                yield worker.take()
                following = next(todo, None)
                if following is None:
                    worker.stop()
                    pool.remove(worker)
                else:
                    worker.give(following)
    finally:
        for worker in pool:
            worker.kill()


@dataclass(frozen=True, slots=True)
class _NoRoom:
    """What a worker sends where its room could not be started."""

    error: CorroboraError


class _Worker(Generic[Item, Result]):
    """One process and the item it is at."""

    def __init__(self, factory: Factory[Item, Result], limit: Limit) -> None:
        self.factory = factory
        self.limit = limit
        self.item: list[Item] = []
        self.start()

    def start(self) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.process: BaseProcess = context.Process(
            target=_serve, args=(self.factory, theirs, self.limit.memory_mb), daemon=True
        )
        self.process.start()
        theirs.close()
        self.warm = False

    def give(self, item: Item) -> None:
        if not self.process.is_alive():
            self.start()
        self.item = [item]
        self.since = monotonic()
        self.pipe.send(item)

    def remaining(self) -> float:
        if self.limit.seconds is None:
            return 3600.0
        grace = 0.0 if self.warm else 60.0  # a new process first imports its room, which is not the item's fault
        return max(0.0, self.since + self.limit.seconds + grace - monotonic())

    def ready(self) -> bool:
        return self.pipe.poll() or self.remaining() == 0.0

    def take(self) -> tuple[Item, Result | CorroboraError]:
        item = self.item[0]
        if not self.pipe.poll():
            self.kill()
            self.start()
            return item, Refused(
                f"reading it took longer than {self.limit.seconds:g} s", hint="Split it, or raise limits.seconds."
            )
        try:
            result: Result | CorroboraError = self.pipe.recv()
            if isinstance(result, _NoRoom):
                raise result.error
            self.warm = True
        except (EOFError, OSError):
            self.kill()
            self.start()
            result = BadInput("reading it crashed the reader", hint="The original is kept; try it in another format.")
        return item, result

    def stop(self) -> None:
        self.pipe.close()
        self.process.join(5)
        self.kill()

    def kill(self) -> None:
        self.pipe.close()
        if self.process.is_alive():
            self.process.kill()
        self.process.join()


def _serve(factory: Factory[Item, Result], pipe: Connection, memory_mb: int | None) -> None:
    """The life of a worker: take an item, send what came of it, until the pipe closes."""
    if memory_mb is not None:
        resource.setrlimit(resource.RLIMIT_AS, (memory_mb << 20, memory_mb << 20))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        room = factory()
    except Exception as error:  # noqa: BLE001  told to the caller, who raises it: no item is at fault
        pipe.send(_NoRoom(error if isinstance(error, CorroboraError) else BadInput(f"{type(error).__name__}: {error}")))
        return
    while True:
        try:
            item = pipe.recv()
        except (EOFError, KeyboardInterrupt):
            return
        pipe.send(_attempt(room, item))


def _attempt(room: Callable[[Item], Result], item: Item) -> Result | CorroboraError:
    try:
        return room(item)
    except CorroboraError as error:
        return error
    except MemoryError:
        return Refused("reading it needs more memory than it may have", hint="Split it, or raise limits.memory_mb.")
    except RecursionError:
        return Refused("it is nested too deeply", hint="The original is kept; try it in another format.")
    except Exception as error:  # noqa: BLE001  a fault in a room must not cost the other inputs; it is recorded
        return BadInput(
            f"{type(error).__name__}: {error}"[:300], hint="This is a fault of the reader: please report it."
        )
