"""How fast originals were read and hashed, and what kept that from being faster."""

import os
import resource
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

WORKERS = min(4, os.cpu_count() or 1)
"""Threads that hash at once: the hash lets others run meanwhile."""
_BLOCK = 512  # bytes in which a system counts what it read from a disk (getrusage(2))


@dataclass(slots=True)
class Pace:
    """A stopwatch for one reading of a folder of originals: enter it, read them, leave it, and ask `told`."""

    size: int = 0
    seconds: float = 0.0
    processor: float = 0.0
    disk: int = 0
    _before: tuple[float, float, int] = field(default=(0.0, 0.0, 0))

    def __enter__(self) -> Self:
        self._before = _spent()
        return self

    def __exit__(self, *_: object) -> None:
        clock, processor, disk = _spent()
        self.seconds = clock - self._before[0]
        self.processor = processor - self._before[1]
        self.disk = (disk - self._before[2]) * _BLOCK

    def told(self) -> str:
        """Return in words what was read, how fast, and what bounded it; '' where there was next to nothing to read.

        >>> Pace(size=600_000_000, seconds=2.0, processor=0.4).told()
        '600 MB of originals were read and hashed at 300 MB/s, bounded by other work on this machine'
        """
        if self.size < 1_000_000 or self.seconds <= 0:
            return ""
        share = self.processor / self.seconds / WORKERS
        bound = "the disk" if self.disk >= self.size / 2 else "other work on this machine"
        if share >= 0.75:
            bound = f"its {WORKERS} processors" if WORKERS > 1 else "its processor"
        speed = self.size / self.seconds / 1e6
        return f"{self.size / 1e6:,.0f} MB of originals were read and hashed at {speed:,.0f} MB/s, bounded by {bound}"


def weigh(originals: Path) -> int:
    """Return how many bytes lie below `originals`."""
    return sum(path.lstat().st_size for path in originals.glob("??/*"))


def _spent() -> tuple[float, float, int]:
    """The clock, the processor time of this process, and the blocks that a disk was asked for."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return time.monotonic(), used.ru_utime + used.ru_stime, used.ru_inblock
