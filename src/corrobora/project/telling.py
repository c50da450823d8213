"""Tells, in words for a terminal, what a record says and what it rests on."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from corrobora.errors import NotFound
from corrobora.model import Figure, Incident, Link, Reading, Record, Summary


def explanation(record: Record, incident_id: str) -> str:
    """Return, as text, the chain from each figure of an incident to the sentence, the file and its hash."""
    incident = next((i for i in record.incidents if incident_id in (i.id, *i.previous_ids)), None)
    if incident is None:
        raise NotFound(
            f"there is no incident {incident_id}", hint="`corrobora export` and the incidents page list them."
        )
    assessment = next((a for a in record.assessments if a.incident == incident.id), None)
    readings = {r.claim.id: r for r in record.readings}
    sha256 = {line.document.id: line.document.sha256 for line in record.documents}
    lines = [f"{incident.id}  {what(incident)}"]
    for (harm, figure, claims), rules in _alike(assessment.figures if assessment else ()).items():
        lines += ["", f"{harm}: {figure}  by rule {', '.join(rules)}"]
        for claim_id in claims:
            if (reading := readings.get(claim_id)) is not None:
                lines += _grounds(reading, sha256)
    for conflict in assessment.contradictions if assessment else ():
        lines += ["", f"the accounts disagree on {conflict.field}: {' | '.join(conflict.values)}"]
    if assessment and assessment.grade:
        lines += ["", f"grade: {assessment.grade}", *(f"  because {reason}" for reason in assessment.reasons)]
    if held := incident.held_by():
        lines += ["", "held together by these links, the weakest first:"]
        lines += [line for link in held for line in _held(link, readings)]
    return "\n".join(lines)


def _held(link: Link, readings: dict[str, Reading]) -> list[str]:
    """A link with the two claims that it ties and the evidence for (+) and against (-) it."""
    ends = [readings[claim] for claim in (link.a, link.b) if claim in readings]
    where = [f"{reading.file}, characters {reading.claim.start} to {reading.claim.end}" for reading in ends]
    return [f"  {link.probability:.2f}  {' with '.join(where)}", f"    {'; '.join(link.why)}"]


def _alike(figures: Iterable[Figure]) -> dict[tuple[str, str, tuple[str, ...]], list[str]]:
    """Bring together the rules that give one figure from the same claims; the dead first, then the wounded."""
    found: dict[tuple[str, str, tuple[str, ...]], list[str]] = {}
    for figure in sorted(figures, key=lambda f: (f.harm != "killed", f.harm != "injured")):
        found.setdefault((figure.harm, figure_text(figure), figure.claims), []).append(figure.rule)
    return found


def _grounds(reading: Reading, sha256: dict[str, str]) -> list[str]:
    claim = reading.claim
    said = " < ".join(reading.speakers) or reading.outlet or "the report itself"
    count = bounds(claim.count.low, claim.count.high)
    mark = f"  [{reading.decided}: {', '.join(reading.corrected)}]" if reading.decided else ""
    return [
        f"  {count}, says {said}{mark}",
        f"    “{' '.join(claim.quote.split())}”",
        f"    {reading.file}, characters {claim.start} to {claim.end}, {sha256.get(claim.document, '')}",
    ]


def bounds(low: int | None, high: int | None) -> str:
    """Return a figure in words: an unknown figure is never 0.

    >>> bounds(4, 8), bounds(973, None), bounds(None, 10), bounds(2, 2), bounds(None, None)
    ('4 to 8', 'at least 973', 'at most 10', '2', 'not said')
    """
    if low is None and high is None:
        return "not said"
    if high is None:
        return f"at least {low}"
    if low is None:
        return f"at most {high}"
    return str(low) if low == high else f"{low} to {high}"


def told(summary: Summary, record: Record) -> dict[str, Any]:
    """Return what a run found as plain values, for a terminal or a machine."""
    figures = {(a.incident, f.harm): f for a in record.assessments for f in a.figures if f.rule == "range"}
    states = Counter(given.state for given in summary.inputs)
    return {
        "documents": summary.documents,
        "claims": summary.claims,
        "incidents": summary.incidents,
        "tolls": summary.tolls,
        "seconds": round(summary.seconds, 1),
        "states": dict(sorted(states.items())),
        "inputs": [
            {"file": i.file, "document": i.document, "state": i.state, "reason": i.reason} for i in summary.inputs
        ],
        "incidents_by_date": [
            {
                "incident": incident.id,
                "what": what(incident),
                **{harm: figure_text(figures.get((incident.id, harm))) for harm in ("killed", "injured")},
                "voices": len(incident.voices),
            }
            for incident in sorted(record.incidents, key=lambda i: (_day(i), i.id))
        ],
    }


def what(incident: Incident) -> str:
    """Return an incident in a line: day, act, place."""
    where = incident.place.name if incident.place else "place not known"
    return f"{_day(incident)}  {incident.act.replace('_', ' ')}, {where}"


def _day(incident: Incident) -> str:
    return incident.date.edtf if incident.date else "day not known"


def figure_text(figure: Figure | None) -> str:
    """Return a figure by a rule in words: 'not said', '11 to 14', '20 or more'."""
    if figure is None:
        return "not said"
    return bounds(figure.low, figure.high) + (" or more" if figure.or_more else "")
