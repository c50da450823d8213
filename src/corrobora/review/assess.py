"""An incident's figures, grade and contradictions, from its claims as they stand after people's decisions."""

from collections.abc import Sequence

from corrobora.model import Assessment, Incident, Reading
from corrobora.review.actors import Actors
from corrobora.review.contradictions import contradictions
from corrobora.review.figures import figures
from corrobora.review.grade import grade
from corrobora.review.independent import independent
from corrobora.review.statements import statements
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
    return Assessment(
        incident.id,
        figures(found),
        said,
        reasons,
        contradictions(incident, by_claim, found, actors),
        tuple(voice.speaker for voice in alone),
    )
