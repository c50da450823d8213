"""An incident's figures, grade and contradictions, from its claims as they stand after people's decisions."""

from collections.abc import Sequence

from corrobora.model import Assessment, Incident, Reading
from corrobora.review.actors import Actors
from corrobora.review.conduct import UNNAMED
from corrobora.review.contradictions import contradictions
from corrobora.review.figures import figures
from corrobora.review.grade import grade
from corrobora.review.independent import independent
from corrobora.review.own_rule import own_figures
from corrobora.review.statements import statements
from corrobora.review.strike import strike_status
from corrobora.settings import Settings


def assess(incident: Incident, readings: Sequence[Reading], settings: Settings) -> Assessment:
    """Assess one incident. `readings` may hold those of other incidents too; `settings` name groups and speakers.

    Pure: the same readings give the same assessment. It counts and compares, and never decides what is true.
    """
    wanted = set(incident.claims)
    by_claim = {reading.claim.id: reading for reading in readings if reading.claim.id in wanted}
    found = statements(incident, by_claim)
    actors = Actors(settings.words)
    alone = independent(incident, by_claim, found)
    said, reasons = grade(incident, by_claim, actors, alone)
    names = {str(at): voice.speaker for at, voice in enumerate(incident.voices)}
    rated = {name.casefold(): rating for name, rating in settings.assessment.reliability.items()}
    reasons = (
        *reasons,
        *(
            f"{v.speaker}: {rated[v.speaker.casefold()]}, as this project rates it"
            for v in incident.voices
            if v.speaker.casefold() in rated
        ),
    )
    members = [by_claim[claim] for claim in incident.claims if claim in by_claim]
    return Assessment(
        incident.id,
        (*figures(found), *own_figures(found, settings.assessment, names)),
        said,
        reasons,
        contradictions(incident, by_claim, found, actors),
        tuple(voice.speaker or UNNAMED for voice in alone),
        strike_status(incident, members, actors, alone),
    )
