"""Which decisions count, and whether a new one can be taken."""

from collections.abc import Sequence

from corrobora.errors import BadInput, NotFound
from corrobora.model import Decision, Incident, Reading, standing
from corrobora.review.values import parsed

ONE_CLAIM = frozenset({"accept", "correct", "reject"})
PAIR = frozenset({"same", "not_same"})


def active(decisions: Sequence[Decision]) -> tuple[Decision, ...]:
    """The decisions that count, oldest first: those neither undone nor superseded by one that stands."""
    return standing(decisions)


def check(
    decision: Decision, readings: Sequence[Reading], incidents: Sequence[Incident], decisions: Sequence[Decision]
) -> None:
    """Refuse a decision that cannot hold, before it is written down for ever.

    Raises BadInput for a verdict, field or value that does not exist or contradicts itself, and NotFound for a claim,
    incident or decision that is not in the record; each says what to do instead.
    """
    if not decision.who.strip():
        raise BadInput("a decision needs a person", hint="Give your name with --who.")
    if decision.verdict in ONE_CLAIM:
        _check_claim(decision, {reading.claim.id for reading in readings})
    elif decision.verdict in PAIR:
        _check_pair(decision, readings, incidents)
    elif decision.verdict == "undo":
        _check_undo(decision, decisions)
    else:
        verdicts = ", ".join((*sorted(ONE_CLAIM), *sorted(PAIR), "undo"))
        raise BadInput(f"there is no verdict {decision.verdict!r}", hint=f"Choose one of: {verdicts}.")


def _check_claim(decision: Decision, claims: set[str]) -> None:
    if len(decision.subjects) != 1:
        raise BadInput(f"{decision.verdict} is about one claim", hint="Decide about each claim by itself.")
    if decision.subjects[0] not in claims:
        raise NotFound(f"there is no claim {decision.subjects[0]!r}", hint="A claim's id starts with c_; see its page.")
    if decision.verdict == "correct":
        if not decision.values:
            raise BadInput("a correction without a value", hint="Say what it should be, or accept or reject the claim.")
        parsed(dict(decision.values))
    elif decision.values:
        raise BadInput(f"{decision.verdict} carries no values", hint="Use correct to change a value.")


def _check_pair(decision: Decision, readings: Sequence[Reading], incidents: Sequence[Incident]) -> None:
    if len(set(decision.subjects)) < 2:
        raise BadInput(f"{decision.verdict} is about two different claims or incidents", hint="Name both.")
    known = {reading.claim.id for reading in readings} | {incident.id for incident in incidents}
    for subject in decision.subjects:
        if subject not in known:
            raise NotFound(f"there is no claim or incident {subject!r}", hint="Ids start with c_ or i_.")


def _check_undo(decision: Decision, decisions: Sequence[Decision]) -> None:
    found = next((taken for taken in decisions if taken.id == decision.supersedes), None)
    if found is None:
        raise NotFound(f"there is no decision {decision.supersedes!r}", hint="Name the decision to undo by its id.")
    if found.verdict != "undo" and found not in standing(decisions):
        raise BadInput(f"decision {found.id} no longer stands", hint="It was undone or replaced already.")
