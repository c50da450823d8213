"""How sure it is that a strike took place, in the terms of Airwars, from facts that can be counted."""

from collections.abc import Sequence

from corrobora.model import Incident, Reading, Voice
from corrobora.review.actors import Actors

STRIKES = frozenset({"air_strike", "drone_strike", "shelling", "chemical_attack"})


def strike_status(incident: Incident, members: Sequence[Reading], actors: Actors, alone: Sequence[Voice]) -> str:
    """Return declared-strike, likely-strike, contested-strike, single-source-claim, or '' for what is no strike.

    Source: Airwars, `strike_status`. declared: a belligerent says that it struck. contested: competing claims of who
    did, or a denial by whom others blame. likely: two independent voices or more. Else a single-source claim.
    """
    if incident.act not in STRIKES:
        return ""
    blamed, denials, accepted = actors.blamed(members), actors.denials(members), actors.accepted(members)
    if len(set(blamed) | set(accepted)) > 1 or denials:
        return "contested-strike"
    if accepted:
        return "declared-strike"
    return "likely-strike" if len(alone) > 1 else "single-source-claim"
