"""What a person decided. Software cannot write it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Decision:
    """A person's act: append-only, and software cannot write one.

    `verdict`: accept, correct, reject (about one claim); same, not_same (about two claims or incidents, as the claims
    they stood for at the time); undo (of the decision named in `supersedes`). `values` are the corrected fields as
    JSON texts (`figure`, `speaker`, `place`, `earliest`, `latest`, `victims`, `perpetrator`). `quotes` keeps the words
    decided about, so that a decision can be read, and re-attached, whatever later readers find.
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
