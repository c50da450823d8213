"""How sure a claim is: from the trust that its pattern has earned to a probability, by a small table.

Rules give a claim a raw score that only sorts: how far their pattern can be trusted. The table in `confidence.toml`
turns it into the share of claims of that score that were right on hand-coded reports (`bench/calibration.py` makes it;
the file says of what). Between two of its points the value is linear, beyond them it is that of the nearest.
"""

import tomllib
from bisect import bisect_right
from functools import cache
from importlib.resources import files


@cache
def _points() -> tuple[tuple[float, float], ...]:
    raw = tomllib.loads(files("corrobora.claims").joinpath("confidence.toml").read_text(encoding="utf-8"))
    return tuple((float(score), float(share)) for score, share in raw["points"])


def calibrated(score: float) -> float:
    """Return the probability, from 0 to 1, that a claim with this raw score has the right harm and the right figure.

    It never falls as the score rises.

    >>> 0 <= calibrated(0.5) <= calibrated(0.9) <= 1
    True
    """
    points = _points()
    at = bisect_right([raw for raw, _ in points], score)
    if at in {0, len(points)}:
        return points[0 if at == 0 else -1][1]
    (low, below), (high, above) = points[at - 1], points[at]
    return round(below + (above - below) * (score - low) / (high - low), 3)
