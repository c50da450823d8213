"""Where bars and steps stand: the geometry of the timeline and of the tolls. Templates draw it as SVG.

All positions are shares of the drawing, in per cent, so that a drawing fits any screen while its words stay readable.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from corrobora.model import Period, Toll, TollStep

STEPS = (1, 2, 7, 14, 30.44, 91.31, 182.6, 365.25, 730.5, 1826.25, 3652.5, 18262.5)  # days between two ticks
MOST_TICKS = 6
NARROWEST = 0.6  # per cent of the width: a single day in a long record can still be seen


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on an axis: where it stands, in per cent, and its words."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Axis:
    """A stretch of days, `first` to `last` inclusive, and the ticks on it."""

    first: date
    last: date
    ticks: tuple[Tick, ...]

    def share(self, day: date) -> float:
        """Return where a day begins, in per cent of the axis, within 0 and 100."""
        width = (self.last - self.first).days + 1
        return round(min(max(100 * (day - self.first).days / width, 0.0), 100.0), 3)


@dataclass(frozen=True, slots=True)
class Bar:
    """A period on an axis: `x` and `width` in per cent; `opens` and `ends` say on which side it has no end."""

    x: float
    width: float
    opens: bool
    ends: bool


@dataclass(frozen=True, slots=True)
class Stroke:
    """A straight line of a step chart, in per cent from the left and from the top. `kind`: low, high, rise."""

    x1: float
    y1: float
    x2: float
    y2: float
    kind: str


@dataclass(frozen=True, slots=True)
class Area:
    """The room between a low and a high figure, in per cent."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Series:
    """One voice's toll as lines and areas; `style` counts the voices of a chart, to tell them apart."""

    toll: Toll
    style: int
    strokes: tuple[Stroke, ...]
    areas: tuple[Area, ...]
    label_x: float
    label_y: float


@dataclass(frozen=True, slots=True)
class StepChart:
    """Tolls by several voices on the same axes."""

    axis: Axis
    figures: tuple[Tick, ...]
    series: tuple[Series, ...]


def axis(days: Sequence[date]) -> Axis | None:
    """Return an axis that holds all `days`, or None where there are none.

    >>> axis([date(2025, 3, 6), date(2025, 3, 10)]).share(date(2025, 3, 6))
    0.0
    """
    if not days:
        return None
    first, last = min(days), max(days)
    length = (last - first).days + 1
    step = next((s for s in STEPS if length / s <= MOST_TICKS), STEPS[-1] * max(1, round(length / 365_250)))
    count = int(length / step) + 1
    at = [first + timedelta(days=round(i * step)) for i in range(count)]
    bare = Axis(first, last, ())
    return Axis(first, last, tuple(Tick(bare.share(d), _tick(d, step)) for d in at if d <= last))


def _tick(day: date, step: float) -> str:
    if step < 30:
        return f"{day.day} {day:%b %Y}"
    return f"{day:%b %Y}" if step < 365 else f"{day:%Y}"


def bar(period: Period, on: Axis) -> Bar:
    """Return a period's bar. A side that is open runs to the edge of the axis."""
    x = 0.0 if period.earliest is None else on.share(period.earliest)
    end = 100.0 if period.latest is None else on.share(period.latest + timedelta(days=1))
    width = max(end - x, NARROWEST)
    return Bar(round(min(x, 100 - width), 3), round(width, 3), period.earliest is None, period.latest is None)


def days_of(periods: Sequence[Period | None]) -> list[date]:
    """Return every day that a period begins or ends with."""
    return [d for p in periods if p is not None for d in (p.earliest, p.latest) if d is not None]


def step_chart(tolls: Sequence[Toll]) -> StepChart | None:
    """Lay out tolls on common axes; steps without a day or a figure are in the table alone. One day draws nothing."""
    drawn = {toll.id: _drawn(toll) for toll in tolls}
    dates = [s.on for steps in drawn.values() for s in steps if s.on]
    days = axis(dates)
    if days is None or days.first == days.last:
        return None
    most = max(max(s.low or 0, s.high or 0) for steps in drawn.values() for s in steps)
    top = round_up(most)
    figures = tuple(Tick(_height(top * i // 4, top), f"{top * i // 4:,}") for i in range(5))
    some = [toll for toll in tolls if drawn[toll.id]]
    return StepChart(days, figures, tuple(_series(t, n, drawn[t.id], days, top) for n, t in enumerate(some)))


def _drawn(toll: Toll) -> list[TollStep]:
    told = [s for s in toll.steps if s.on and (s.low is not None or s.high is not None)]
    return sorted(told, key=lambda s: s.on or date.min)


def round_up(value: int) -> int:
    """Return the next number at or above `value` that four equal steps divide well.

    >>> round_up(1311), round_up(7), round_up(0)
    (2000, 8, 4)
    """
    size = 4
    while size < value:
        size *= 10
    return next(
        (s for s in (size // 10, size // 5, size // 4, size // 2, size) if s >= max(value, 4) and s % 4 == 0), size
    )


def _height(value: int, top: int) -> float:
    return round(100 - 100 * value / top, 3)


def _series(toll: Toll, style: int, steps: Sequence[TollStep], days: Axis, top: int) -> Series:
    strokes: list[Stroke] = []
    areas: list[Area] = []
    ends = [days.share(s.on) for s in steps[1:] if s.on] + [100.0]
    for number, (step, end) in enumerate(zip(steps, ends, strict=True)):
        x = days.share(step.on or days.first)
        for value, kind in ((step.low, "low"), (step.high if step.high != step.low else None, "high")):
            if value is not None:
                strokes.append(Stroke(x, _height(value, top), end, _height(value, top), kind))
        if step.low is not None and step.high is not None and step.high > step.low:
            areas.append(Area(x, _height(step.high, top), end - x, _height(step.low, top) - _height(step.high, top)))
        if number:
            before, now = _main(steps[number - 1]), _main(step)
            strokes.append(Stroke(x, _height(before, top), x, _height(now, top), "rise"))
    return Series(toll, style, tuple(strokes), tuple(areas), 100.0, _height(_main(steps[-1]), top))


def _main(step: TollStep) -> int:
    return (step.low if step.low is not None else step.high) or 0
