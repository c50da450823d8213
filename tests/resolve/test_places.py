"""Places: where a claim's event happened, why it is held so, and how far that is known."""

import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corrobora.model import Claim, Count, Findings, Mention, Metadata, Place, Span, Text
from corrobora.resolve import places
from corrobora.resolve.gazetteer import Gazetteer, open_index
from corrobora.resolve.geography import distance_km
from corrobora.settings import ProjectPlace, Settings, Words

CASES: list[dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("sentences_places.toml").read_text(encoding="utf-8")
)["case"]
KINDS = {
    "places": "place",
    "people": "person",
    "groups": "group",
    "organisations": "organisation",
    "facilities": "facility",
}
SPECIFIC = {"exact", "neighbourhood", "town", "district", "province", "country"}


@pytest.fixture(scope="module")
def atlas(gazetteer: Path) -> Iterator[Gazetteer]:
    opened = open_index(gazetteer)
    yield opened
    opened.close()


def span(words: str, part: str, start: int = 0) -> Span:
    at = words.index(part, start)
    return Span(at, at + len(part), part)


def claim_of(words: str, quote: str, at: str = "", scope: str = "incident", key: str = "c_1") -> Claim:
    where = span(words, quote)
    return Claim(
        id=key,
        document="d_1",
        start=where.start,
        end=where.end,
        quote=quote,
        act="other",
        harm="killed",
        count=Count(None, None, "none"),
        victims=None,
        perpetrators=(),
        targets=(),
        instruments=(),
        place=span(words, at) if at else None,
        time=None,
        attribution=(),
        stance="asserts",
        modality="actual",
        scope=scope,
        evidence=(),
        mentions=(),
        part_of="",
        confidence=1.0,
        made_by=(),
        reader="test",
    )


def mentions_of(case: dict[str, Any]) -> tuple[Mention, ...]:
    found: dict[tuple[int, int], Mention] = {}
    for table, kind in KINDS.items():
        seen: dict[str, int] = {}
        for name in case.get(table, []):
            here = span(case["words"], name, seen.get(name, 0))
            seen[name] = here.end
            found.setdefault((here.start, here.end), Mention(here.start, here.end, name, kind))
    return tuple(sorted(found.values(), key=lambda m: m.start))


def text_of(case: dict[str, Any]) -> Text:
    known = Metadata(title=case.get("title", ""), outlet=case.get("outlet", ""), url=case.get("url", ""))
    dateline = span(case["words"], case["dateline"]) if "dateline" in case else None
    return Text("d_1", "", "a.txt", case["words"], known, (), "plain 1", dateline)


def place_in(case: dict[str, Any], gazetteer: Gazetteer, project: Settings | None = None) -> Place | None:
    claim = claim_of(case["words"], case["claim"], case.get("at", ""), case.get("scope", "incident"))
    findings = Findings("d_1", "test", (claim,), mentions_of(case))
    return places.resolve(text_of(case), findings, gazetteer, project or Settings()).get("c_1")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_place_of_a_report(case: dict[str, Any], atlas: Gazetteer) -> None:
    place, want = place_in(case, atlas), case["want"]
    if want.get("nothing"):
        assert place is None
        return
    assert place is not None
    for part in ("name", "id", "precision", "country", "admin1", "text"):
        if part in want:
            assert getattr(place, part) == want[part], place
    if "within" in want:
        lat, lon, km = want["within"]
        assert place.lat is not None
        assert place.lon is not None
        assert distance_km(place.lat, place.lon, lat, lon) <= km, place
    if "radius_from" in want:
        assert place.radius_km is not None
        assert place.radius_km >= want["radius_from"]
    assert want.get("why", "") in " | ".join(place.why)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_each_place_can_be_shown_and_explained(case: dict[str, Any], atlas: Gazetteer) -> None:
    place = place_in(case, atlas)
    if place is None:
        return
    assert place.precision in SPECIFIC
    assert place.why
    assert all(place.why)
    assert place.lat is not None
    assert -90 <= place.lat <= 90
    assert place.lon is not None
    assert -180 <= place.lon <= 180
    assert place.radius_km is not None
    assert place.radius_km > 0
    if place.start >= 0:
        assert case["words"][place.start : place.end] == place.text


def test_a_project_place_wins_over_the_gazetteer(atlas: Gazetteer) -> None:
    own = ProjectPlace("Upper Kunduz", 36.5, 68.5, 3.0, "neighbourhood", "Kunduz", "Old Town", "AF", ("Kunduz",))
    case = {
        "words": "A mine killed two boys in Kunduz, Afghanistan.",
        "places": ["Kunduz", "Afghanistan"],
        "claim": "A mine killed two boys",
        "at": "Kunduz",
    }
    place = place_in(case, atlas, Settings(words=Words(places=(own,))))
    assert place is not None
    assert (place.id, place.name, place.precision) == ("project:Upper Kunduz", "Upper Kunduz", "neighbourhood")
    assert (place.lat, place.lon, place.radius_km, place.admin1, place.admin2) == (
        36.5,
        68.5,
        3.0,
        "Kunduz",
        "Old Town",
    )


def test_a_project_place_may_lie_where_the_report_does_not(atlas: Gazetteer) -> None:
    own = ProjectPlace("Harrow Ford", -40.0, 175.0, country="NZ")
    case = {
        "words": "Two men were shot in Harrow Ford, police in Kenya and in Nairobi said.",
        "places": ["Harrow Ford", "Kenya", "Nairobi"],
        "claim": "Two men were shot",
        "at": "Harrow Ford",
    }
    place = place_in(case, atlas, Settings(words=Words(places=(own,))))
    assert place is not None
    assert place.id == "project:Harrow Ford"


def test_one_name_has_one_sense_in_a_document(atlas: Gazetteer) -> None:
    words = "Tripoli in Lebanon was shelled. Nine people died in Tripoli. Two boys were hurt in Tripoli."
    case = {"words": words, "places": ["Tripoli", "Lebanon", "Tripoli", "Tripoli"]}
    claims = (
        claim_of(words, "Nine people died", "Tripoli", key="c_1"),
        claim_of(words, "Two boys were hurt", "Tripoli", key="c_2"),
    )
    found = places.resolve(text_of(case), Findings("d_1", "test", claims, mentions_of(case)), atlas, Settings())
    assert {place.country for place in found.values()} == {"LB"}
    assert len({place.id for place in found.values()}) == 1


def test_why_names_the_candidates_best_first(atlas: Gazetteer) -> None:
    case = next(c for c in CASES if c["name"] == "the most populous namesake stands on another continent")
    place = place_in(case, atlas)
    assert place is not None
    assert place.id in place.why[0]
    assert any("LY" in reason for reason in place.why[1:])


def test_no_claims_cost_nothing(atlas: Gazetteer) -> None:
    case = {"words": "Nothing happened in Lagos."}
    assert places.resolve(text_of(case), Findings("d_1", "test", (), ()), atlas, Settings()) == {}


def test_the_same_text_gives_the_same_places(atlas: Gazetteer) -> None:
    for case in CASES[:10]:
        assert place_in(case, atlas) == place_in(case, atlas)


def test_offsets_are_those_of_the_text_in_capitals(atlas: Gazetteer) -> None:
    case = next(c for c in CASES if c["name"] == "capitals throughout")
    place = place_in(case, atlas)
    assert place is not None
    assert case["words"][place.start : place.end] == "COATEPEQUE"


WORDS = st.text(alphabet=st.sampled_from(list("abcÉßİﬁ AB.,'’\n-()éçñ٣مدينة town in of the")), min_size=1, max_size=200)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=WORDS, data=st.data())
def test_any_words_resolve_without_failure(words: str, data: st.DataObject, atlas: Gazetteer) -> None:
    ends = st.integers(0, len(words))
    spans = [sorted(pair) for pair in data.draw(st.lists(st.tuples(ends, ends), max_size=5))]
    kinds = data.draw(st.lists(st.sampled_from([*KINDS.values(), "date"]), min_size=5, max_size=5))
    found = tuple(Mention(a, b, words[a:b], kind) for (a, b), kind in zip(spans, kinds, strict=False))
    a, b = sorted(data.draw(st.tuples(ends, ends)))
    claim = replace(claim_of(words, words[:1]), place=Span(a, b, words[a:b]) if data.draw(st.booleans()) else None)
    text = Text("d_1", "", "a.txt", words, Metadata(title=words[:40]), (), "plain 1")
    for place in places.resolve(text, Findings("d_1", "test", (claim,), found), atlas, Settings()).values():
        assert place.start == -1 or words[place.start : place.end] == place.text
        assert place.precision in SPECIFIC
