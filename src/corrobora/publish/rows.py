"""Turns a record into its public form."""

from typing import Any

import msgspec

from corrobora.model import (
    Assessment,
    Claim,
    Decision,
    DocumentLine,
    Figure,
    Incident,
    Period,
    Place,
    Reading,
    Record,
    Toll,
)
from corrobora.publish.schema import (
    ClaimRow,
    ContradictionRow,
    CountRow,
    DecisionRow,
    DocumentRow,
    FigureRow,
    IncidentRow,
    InstrumentRow,
    PeriodRow,
    PerpetratorRow,
    PlaceRow,
    SpeakerRow,
    StepRow,
    TargetRow,
    TollCheckRow,
    TollRow,
    VictimsRow,
    VoiceRow,
)

HEADLINE = "range"  # the rule behind an incident's `killed` and `injured`; the others stand in `figures`


def rows(record: Record) -> dict[str, list[dict[str, Any]]]:
    """Return a record in its public form: plain values that JSON can carry, in a fixed order."""
    found = _Index(record)
    lists: dict[str, list[Any]] = {
        "documents": [_document(line, found) for line in record.documents],
        "claims": [_claim(reading, found) for reading in record.readings],
        "incidents": [_incident(incident, found) for incident in record.incidents],
        "tolls": [_toll(toll, found) for toll in record.tolls],
        "decisions": [_decision(decision) for decision in record.decisions],
    }
    return {name: msgspec.to_builtins(values) for name, values in lists.items()}


class _Index:
    """What rows need to find by id."""

    def __init__(self, record: Record) -> None:
        self.sha256 = {line.document.id: line.document.sha256 for line in record.documents}
        self.file = {line.document.id: line.document.file for line in record.documents}
        self.incident = {claim: i.id for i in record.incidents for claim in i.claims}
        self.toll = {step.claim: t.id for t in record.tolls for step in t.steps}
        self.check = {check.toll: check for check in record.checks}
        self.assessment = {a.incident: a for a in record.assessments}
        self.machine = {reading.claim.id: reading for reading in record.machine}
        self.copy_of = {d: f.documents[0] for f in record.families for d in f.documents[1:]}
        self.copied_from = {d: p for f in record.families for d, p in zip(f.documents, f.copied_from, strict=False)}


def _words(text: str, start: int, end: int) -> dict[str, Any]:
    return {"text": text, "start": start if start >= 0 else None, "end": end if end >= 0 else None}


def _document(line: DocumentLine, found: _Index) -> DocumentRow:
    document, known = line.document, line.metadata
    return DocumentRow(
        document=document.sha256,
        id=document.id,
        file=document.file,
        media_type=document.media_type,
        size=document.size,
        captured_at=document.captured_at.isoformat(),
        url=known.url or None,
        title=known.title or None,
        outlet=known.outlet or None,
        author=known.author or None,
        published=known.published or None,
        modified=known.modified or None,
        language=known.language or None,
        state=line.state,
        reason=line.reason or None,
        problems=list(line.problems),
        claims=line.claims,
        copy_of=found.copy_of.get(document.id),
        copied_from=found.copied_from.get(document.id) or None,
    )


def _claim(reading: Reading, found: _Index) -> ClaimRow:
    claim = reading.claim
    machine = found.machine.get(claim.id)
    return ClaimRow(
        claim=claim.id,
        document=found.sha256.get(claim.document, ""),
        file=reading.file,
        start=claim.start,
        end=claim.end,
        quote=claim.quote,
        mentions=[list(mention) for mention in claim.mentions],
        act=claim.act,
        harm=claim.harm or None,
        scope=claim.scope,
        stance=claim.stance,
        modality=claim.modality,
        **_parts(claim),
        place=_place(reading.place),
        period=_period(reading.period),
        attribution=_attribution(reading),
        voice=reading.voice,
        evidence=list(claim.evidence),
        part_of=claim.part_of or None,
        incident=found.incident.get(claim.id),
        toll=found.toll.get(claim.id),
        confidence=round(claim.confidence, 3),
        made_by=dict(claim.made_by),
        reader=claim.reader,
        flags=list(claim.flags),
        outlet=reading.outlet or None,
        published=reading.published.isoformat() if reading.published else None,
        decided=reading.decided or None,
        corrected=list(reading.corrected),
        machine=msgspec.to_builtins(_claim(machine, found)) if machine and machine != reading else None,
    )


def _attribution(reading: Reading) -> list[SpeakerRow]:
    # The canonical name where the resolver has one; the words of the text stand beside it.
    names = [*reading.speakers, *(s.speaker for s in reading.claim.attribution[len(reading.speakers) :])]
    return [
        SpeakerRow(speaker=name, verb=s.verb, **_words(s.text, s.start, s.end))
        for name, s in zip(names, reading.claim.attribution, strict=False)
    ]


def _parts(claim: Claim) -> dict[str, Any]:
    """The parts of a claim that carry their own words."""
    count, victims = claim.count, claim.victims
    return {
        "count": CountRow(
            low=count.low, high=count.high, qualifier=count.qualifier, **_words(count.text, count.start, count.end)
        ),
        "victims": None
        if victims is None
        else VictimsRow(
            class_=victims.class_,
            roles=list(victims.roles),
            names=list(victims.names),
            **_words(victims.text, victims.start, victims.end),
        ),
        "perpetrators": [
            PerpetratorRow(
                name=p.name,
                class_=p.class_,
                status=p.status,
                suspected_by=p.suspected_by or None,
                **_words(p.text, p.start, p.end),
            )
            for p in claim.perpetrators
        ],
        "targets": [
            TargetRow(class_=t.class_, number=t.number, effect=t.effect or None, **_words(t.text, t.start, t.end))
            for t in claim.targets
        ],
        "instruments": [InstrumentRow(class_=i.class_, **_words(i.text, i.start, i.end)) for i in claim.instruments],
    }


def _place(place: Place | None) -> PlaceRow | None:
    if place is None:
        return None
    return PlaceRow(
        name=place.name,
        id=place.id or None,
        lat=place.lat,
        lon=place.lon,
        radius_km=place.radius_km,
        precision=place.precision,
        admin1=place.admin1 or None,
        admin2=place.admin2 or None,
        country=place.country or None,
        geo_precision=place.geo_precision,
        where_prec=place.where_prec,
        score=place.score,
        why=list(place.why),
        **_words(place.text, place.start, place.end),
    )


def _period(period: Period | None) -> PeriodRow | None:
    if period is None:
        return None
    return PeriodRow(
        edtf=period.edtf,
        earliest=period.earliest.isoformat() if period.earliest else None,
        latest=period.latest.isoformat() if period.latest else None,
        precision=period.precision,
        time=period.time or None,
        acled_time_precision=period.acled_time_precision,
        ucdp_date_prec=period.ucdp_date_prec,
        rule=period.rule,
        **_words(period.text, period.start, period.end),
    )


def _figure(figure: Figure) -> FigureRow:
    return FigureRow(
        low=figure.low, high=figure.high, or_more=figure.or_more, rule=figure.rule, claims=list(figure.claims)
    )


def _incident(incident: Incident, found: _Index) -> IncidentRow:
    assessment = found.assessment.get(incident.id) or Assessment(incident.id, (), "", (), ())
    figures: dict[str, list[FigureRow]] = {}
    for figure in assessment.figures:
        figures.setdefault(figure.harm, []).append(_figure(figure))
    headline = {f.harm: _figure(f) for f in assessment.figures if f.rule == HEADLINE}
    return IncidentRow(
        incident=incident.id,
        act=incident.act,
        claims=list(incident.claims),
        documents=[found.sha256.get(d, "") for d in incident.documents],
        files=[found.file.get(d, "") for d in incident.documents],
        date=_period(incident.date),
        place=_place(incident.place),
        killed=headline.get("killed"),
        injured=headline.get("injured"),
        figures=figures,
        voices=[
            VoiceRow(
                speaker=v.speaker,
                claims=list(v.claims),
                outlets=list(v.outlets),
                because=list(v.because),
                repeats=v.repeats or None,
            )
            for v in incident.voices
        ],
        independent=list(assessment.independent),
        contradictions=[
            ContradictionRow(field=c.field, values=list(c.values), claims=list(c.claims))
            for c in assessment.contradictions
        ],
        grade=assessment.grade,
        strike_status=assessment.strike_status or None,
        reasons=list(assessment.reasons),
        previous_ids=list(incident.previous_ids),
    )


def _toll(toll: Toll, found: _Index) -> TollRow:
    check = found.check.get(toll.id)
    return TollRow(
        toll=toll.id,
        voice=toll.voice,
        harm=toll.harm,
        victims=toll.victims,
        region=_place(toll.region),
        since=toll.since.isoformat() if toll.since else None,
        steps=[
            StepRow(claim=s.claim, on=s.on.isoformat() if s.on else None, low=s.low, high=s.high, change=s.change)
            for s in toll.steps
        ],
        check=TollCheckRow(
            conflicts=list(check.conflicts),
            incidents=list(check.incidents),
            low=check.low,
            high=check.high,
            gap=check.gap,
        )
        if check
        else None,
    )


def _decision(decision: Decision) -> DecisionRow:
    return DecisionRow(
        decision=decision.id,
        at=decision.at.isoformat(),
        who=decision.who,
        verdict=decision.verdict,
        subjects=list(decision.subjects),
        values=dict(decision.values),
        reason=decision.reason,
        supersedes=decision.supersedes or None,
        quotes=list(decision.quotes),
    )
