"""The resolver: a Reading for each claim, with place, period and voices joined."""

from datetime import date
from pathlib import Path

import pytest

from corrobora.errors import NotFound
from corrobora.model import Claim, Count, Findings, Mention, Metadata, Perpetrator, Span, Speaker, Text
from corrobora.resolve import Resolver, open_resolver
from corrobora.settings import Settings

WORDS = "Gunmen killed four people in Gao, Mali, on Monday, the mayor said."


@pytest.fixture(scope="module")
def resolver(gazetteer: Path) -> Resolver:
    return open_resolver(Settings(), gazetteer)


def span(part: str) -> Span:
    at = WORDS.index(part)
    return Span(at, at + len(part), part)


def claim(key: str, *, told: bool) -> Claim:
    where, when, who = span("Gao"), span("Monday"), span("the mayor")
    by = span("Gunmen")
    doer = Perpetrator("Gunmen", "", "unknown", "asserted", "", by.start, by.end)
    return Claim(
        id=key,
        document="d_1",
        start=0,
        end=26,
        quote=WORDS[:26],
        act="shooting",
        harm="killed",
        count=Count(4, 4, "exact", "four", 14, 18),
        victims=None,
        perpetrators=(doer, doer),
        targets=(),
        instruments=(),
        place=where if told else None,
        time=when if told else None,
        attribution=(Speaker("the mayor", "the mayor", "said", who.start, who.end),) if told else (),
        stance="asserts",
        modality="actual",
        scope="incident",
        evidence=(),
        mentions=(),
        part_of="",
        confidence=1.0,
        made_by=(),
        reader="test",
    )


def text_of(words: str = WORDS) -> Text:
    known = Metadata(outlet="The Example", published="2025-03-12")
    return Text("d_1", "", "a.txt", words, known, (), "plain 1")


def findings(*claims: Claim) -> Findings:
    places = [span("Gao"), span("Mali")]
    return Findings("d_1", "test", claims, tuple(Mention(s.start, s.end, s.text, "place") for s in places))


def test_a_reading_for_each_claim_in_order(resolver: Resolver) -> None:
    readings = resolver.resolve(text_of(), findings(claim("c_1", told=True), claim("c_2", told=False)))
    assert [r.claim.id for r in readings] == ["c_1", "c_2"]
    first, second = readings
    assert first.place is not None
    assert (first.place.name, first.place.country, first.place.text) == ("Gao", "ML", "Gao")
    assert first.period is not None
    assert first.period.earliest == date(2025, 3, 10)
    assert [s.removeprefix("the ") for s in first.speakers] == ["mayor"]
    assert first.actors == ("Gunmen",)
    assert (first.outlet, first.file, first.published) == ("The Example", "a.txt", date(2025, 3, 12))
    assert second.speakers == ()
    assert second.voice == "The Example"


def test_nothing_is_decided_by_the_machine(resolver: Resolver) -> None:
    for reading in resolver.resolve(text_of(), findings(claim("c_1", told=True))):
        assert (reading.corrected, reading.decided) == ((), "")


def test_a_text_without_claims_gives_no_readings(resolver: Resolver) -> None:
    assert resolver.resolve(text_of(), findings()) == ()


def test_a_missing_index_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        open_resolver(Settings(), tmp_path / "none.sqlite")
