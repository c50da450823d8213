"""Weights that a project learns: from its reports, from its decisions, or not at all."""

from collections.abc import Callable
from datetime import UTC, datetime

import numpy as np
import pytest

from corrobora.errors import Refused
from corrobora.incidents import from_decisions, from_reports, learn, link, parsed, shipped, usual, written
from corrobora.incidents.compare import FIELDS, LEVELS
from corrobora.model import Decision, Reading

Told = Callable[..., Reading]
FIRST = "Mira Jonas Lena Petr Oda Karel Ivo Tessa Bruno Ania".split()
LAST = "Tal Brell Korrin Vasst Lunde Orrel Quist Rohm Selt Yarrow".split()


@pytest.fixture(scope="module")
def record(told: Told) -> list[Reading]:
    """Forty killings in one town, ten each day, each told by two papers; one names the dead of every second."""
    made = []
    for number in range(40):
        day, who = 1 + number // 10, f"{FIRST[number % 10]} {LAST[number // 4]}"
        for paper in "ab":
            words = f"{who}, {20 + number}, was shot" if number % 2 or paper == "a" else "a man was shot"
            made.append(
                told(
                    f"c_{number:02}{paper}",
                    f"{number:02}{paper}",
                    low=1 + number % 3,
                    place="Varnow",
                    day=f"2031-05-{day:02}",
                    published=f"2031-05-{day:02}",
                    quote=words,
                )
            )
    return made


def decisions(events: range, *, apart: bool = True) -> list[Decision]:
    at = datetime(2031, 6, 1, tzinfo=UTC)
    taken = [Decision(f"x_{n}", at, "Ada", "same", (f"c_{n:02}a", f"c_{n:02}b"), (), "", "", ()) for n in events]
    named = tuple(f"c_{n:02}a" for n in events)
    return [*([Decision("x_0", at, "Ada", "not_same", named, (), "", "", ())] if apart else []), *taken]


def pairs(readings: list[Reading], weights: object) -> int:
    found = link(readings, (), (), (), (), weights).incidents  # type: ignore[arg-type]
    return sum({f"c_{n:02}a", f"c_{n:02}b"} <= set(i.claims) for i in found for n in range(40) if len(i.claims) == 2)


def test_what_is_learned_from_reports_is_a_file_with_a_version(record: list[Reading]) -> None:
    found = from_reports(record, (), ())
    assert found.version.startswith("em w_")
    assert parsed(written(found, "learned")) == found
    assert found == from_reports(record[::-1], (), ()), "the order of reports makes no difference"
    assert found.fields["names"]["1"] > found.fields["names"]["none"]
    assert found.fields["act"] == shipped().fields["act"], "what the classes are not found by keeps its weights"
    assert pairs(record, found) >= 20, "all whose names both papers give"


def test_a_small_record_teaches_nothing(told: Told) -> None:
    with pytest.raises(Refused, match="too few to learn from"):
        from_reports([told("c_1"), told("c_2", "b")], (), ())


def test_a_share_of_matches_that_no_record_has_is_refused(told: Told) -> None:
    same = [told(f"c_{n:02}", f"d{n:02}") for n in range(40)]
    with pytest.raises(Refused, match="came out as one event"):
        from_reports(same, (), ())


def test_decisions_teach_and_say_so(record: list[Reading]) -> None:
    found = from_decisions(record, (), decisions(range(30)), (), ())
    assert found.version.startswith("decisions w_")
    assert pairs(record, found) >= pairs(record, shipped())
    assert parsed(written(found, "learned")) == found


def test_decisions_teach_with_the_projects_own_words(
    record: list[Reading], told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not from_decisions(record, (), decisions(range(30)), (), ()).usual.reports, "80 reports are too few"
    monkeypatch.setattr(usual, "FEWEST", 80)
    found = from_decisions(record, (), decisions(range(30)), (), ())
    assert found.usual.reports == 80
    assert found == from_decisions(record[::-1], (), decisions(range(30)), (), ())
    assert parsed(written(found, "learned")) == found
    first = link(record, (), (), (), (), found)
    assert link(record[::-1], (), (), (), (), found) == first, "one version of weights, one result"
    later = told("c_zz", "zz", place="Osk", day="2031-09-01", published="2031-09-01", quote="homicide")
    more = link([*record, later], (), (), (), (), found)
    assert set(first.incidents) < set(more.incidents), "a report that is added changes no word's weight"


def test_too_few_decisions_are_refused_with_what_is_missing(record: list[Reading]) -> None:
    with pytest.raises(Refused, match="20 of either are needed") as caught:
        from_decisions(record, (), decisions(range(30), apart=False), (), ())
    assert "corrobora decide" in caught.value.hint
    with pytest.raises(Refused):
        from_decisions(record, (), (), (), ())


def levels(**given: list[int]) -> dict[str, np.ndarray[tuple[int], np.dtype[np.int64]]]:
    many = len(next(iter(given.values())))
    return {field: np.array(given.get(field, [0] * many)) for field in FIELDS}


def test_a_level_seen_in_pairs_of_one_event_gains_and_others_stay_put() -> None:
    one = np.array([1.0] * 30 + [0.0] * 30)
    names = [LEVELS["names"].index("none")] * 30 + [LEVELS["names"].index("2")] * 30
    found = learn.fitted(levels(names=names, days=[LEVELS["days"].index("before")] * 60), one, shipped())
    assert found["names"]["none"] > shipped().of("names", "none"), "against what the shipped weights say"
    assert found["names"]["2"] < shipped().of("names", "2")
    assert found["names"]["3"] == shipped().of("names", "3"), "what no decision speaks of stays as shipped"


def test_without_surprise_the_weights_stay_near_those_shipped() -> None:
    found = learn.fitted(levels(names=[0]), np.array([0.0]), shipped())
    for field in FIELDS:
        for level in LEVELS[field]:
            assert abs(found[field][level] - shipped().of(field, level)) < 0.6


def test_rare_levels_keep_their_shipped_weights() -> None:
    level = np.array([LEVELS["ages"].index("1")] * (learn.FEWEST_SEEN - 1) + [0] * 50)
    ratio = learn._log_ratio("ages", level, np.array([1.0] * (learn.FEWEST_SEEN - 1) + [0.0] * 50))
    assert ratio[LEVELS["ages"].index("1")] == shipped().of("ages", "1")
    assert ratio[0] < 0
