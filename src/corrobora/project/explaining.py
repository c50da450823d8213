"""Tells, in words for a terminal, how one claim was made: its parts, the rule of each, the parse of its sentence."""

from collections.abc import Iterable, Sequence

from corrobora.model import Reading, Word
from corrobora.project.telling import bounds


def claim_explanation(reading: Reading, sha256: str, words: Sequence[Word]) -> str:
    """Return, as text, what a claim says, the rule and words of each part, and its sentence as it was parsed."""
    claim = reading.claim
    said = " < ".join(reading.speakers) or reading.outlet or "the report itself"
    lines = [
        f"{claim.id}  {claim.harm or claim.act} {bounds(claim.count.low, claim.count.high)}, says {said}",
        f"  “{' '.join(claim.quote.split())}”",
        f"  {reading.file}, characters {claim.start} to {claim.end}, {sha256}",
        f"  read by {claim.reader}, confidence {claim.confidence:.2f}",
        "",
        *_columns([("part", "read as", "by rule"), *parts(reading)]),
    ]
    if words:
        rows = [(w.text, w.tag, w.label, words[w.head].text if w.head != n else "–") for n, w in enumerate(words)]
        lines += ["", *_columns([("word", "tag", "label", "head"), *rows])]
    return "\n".join(lines)


def parts(reading: Reading) -> list[tuple[str, str, str]]:
    """Return name, value and rule of each part of a claim that is said; a part without a recorded rule has ''."""
    claim, rules = reading.claim, dict(reading.claim.made_by)
    place, period = reading.place, reading.period
    values = {
        "harm": claim.harm,
        "act": claim.act,
        "count": f"{bounds(claim.count.low, claim.count.high)} ({claim.count.qualifier})",
        "victims": f"{claim.victims.text} ({claim.victims.class_})" if claim.victims else "",
        "perpetrators": "; ".join(f"{p.text} ({p.class_}, {p.status})" for p in claim.perpetrators),
        "targets": "; ".join(f"{t.text} ({t.class_})" for t in claim.targets),
        "instruments": "; ".join(f"{i.text} ({i.class_})" for i in claim.instruments),
        "place": f"{place.name} ({place.precision})" if place else claim.place.text if claim.place else "",
        "period": period.edtf if period else claim.time.text if claim.time else "",
        "attribution": " < ".join(f"{s.speaker or 'someone unnamed'} [{s.verb}]" for s in claim.attribution),
        "stance": claim.stance,
        "modality": claim.modality,
        "scope": claim.scope,
        "evidence": ", ".join(claim.evidence),
        "flags": ", ".join(claim.flags),
    }
    if period:
        rules["period"] = period.rule
    return [(name, value, rules.get(name, "")) for name, value in values.items() if value]


def _columns(rows: Iterable[Sequence[str]]) -> list[str]:
    """Set rows of words in columns, two spaces in and two apart."""
    table = [[" ".join(cell.split()) for cell in row] for row in rows]
    wide = [max(len(row[n]) for row in table) for n in range(len(table[0]))]
    return ["  " + "  ".join(cell.ljust(w) for cell, w in zip(row, wide, strict=True)).rstrip() for row in table]
