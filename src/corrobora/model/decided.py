"""What a person decided. Software cannot write it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Decision:
    """A person's act: append-only, and software cannot write one.

    `verdict`: accept, correct, reject (about one claim); same, not_same (about two claims or incidents, as the claims
    they stood for at the time); undo (of the decision named in `supersedes`). `values` are the corrected fields as
    JSON texts (`figure`, `speaker`, `place`, `earliest`, `latest`, `victims`, `perpetrator`) or, for an incident of a
    pair, the claims that it stood for. `quotes` keeps the words decided about, so that a decision can be read, and
    re-attached, whatever later readers find.
    """

    id: str
    at: datetime
    who: str
    verdict: str
    subjects: tuple[str, ...]
    values: tuple[tuple[str, str], ...]
    reason: str
    supersedes: str
    quotes: tuple[str, ...]


def standing(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """Return the decisions that count, oldest first: neither undone nor superseded, and no `undo` itself.

    An undo of an undo lets the first decision stand again, since only what stands can take something away.
    """
    ordered = sorted(set(decisions), key=lambda decision: (decision.at, decision.id))
    takers: dict[str, list[Decision]] = {}
    for decision in ordered:
        takers.setdefault(decision.supersedes, []).append(decision)
    stands: dict[str, bool] = {}

    def holds(decision: Decision) -> bool:
        if decision.id not in stands:
            stands[decision.id] = False  # a circle, which no honest log has, takes itself away
            stands[decision.id] = not any(holds(taker) for taker in takers.get(decision.id, ()))
        return stands[decision.id]

    return tuple(decision for decision in ordered if decision.verdict != "undo" and holds(decision))
