"""Periods: what words of time come to, which of them date a claim, and what is never given."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from corrobora.model import Claim, Count, Findings, Metadata, Period, Segment, Span, Text
from corrobora.resolve import period_values, periods, time_words

CASES: dict[str, Any] = tomllib.loads(Path(__file__).with_name("sentences_periods.toml").read_text(encoding="utf-8"))


def text_of(words: str, published: str = "", **known: str) -> Text:
    return Text("d_1", "", "a.txt", words, Metadata(published=published, **known), (), "plain 1")


def claim_at(
    words: str,
    start: int,
    end: int,
    time: Span | None = None,
    scope: str = "incident",
    modality: str = "actual",
    harm: str = "killed",
) -> Claim:
    return Claim(
        id="c_1",
        document="d_1",
        start=start,
        end=end,
        quote=words[start:end],
        act="other",
        harm=harm,
        count=Count(None, None, "none"),
        victims=None,
        perpetrators=(),
        targets=(),
        instruments=(),
        place=None,
        time=time,
        attribution=(),
        stance="asserts",
        modality=modality,
        scope=scope,
        evidence=(),
        mentions=(),
        part_of="",
        confidence=1.0,
        made_by=(),
        reader="test",
    )


def period_of(text: Text, claim: Claim) -> Period | None:
    return periods.resolve(text, Findings("d_1", "test", (claim,), ())).get("c_1")


def marked(story: str, published: str = "", **claim: Any) -> Period | None:
    """Resolve the claim that stands in double brackets."""
    start = story.index("[[")
    words = story.replace("[[", "").replace("]]", "")
    end = story.index("]]") - 2
    return period_of(text_of(words, published), claim_at(words, start, end, **claim))


def killed(words: str, published: str) -> Period | None:
    return marked(f"Five people [[were killed]] {words}.", published)


@pytest.mark.parametrize(("words", "edtf"), CASES["expressions"].items())
def test_an_expression_in_a_report_of_thursday_13_march_2025(words: str, edtf: str) -> None:
    period = killed(words, "2025-03-13")
    assert period is not None
    assert period.edtf == edtf, period
    assert period.text in words


@pytest.mark.parametrize(("words", "edtf"), CASES["on_a_sunday"].items())
def test_an_expression_in_a_report_of_a_sunday(words: str, edtf: str) -> None:
    period = killed(words, "2025-04-13")
    assert period is not None
    assert period.edtf == edtf, period


@pytest.mark.parametrize(("words", "edtf"), CASES["undated"].items())
def test_an_expression_in_a_report_without_a_day(words: str, edtf: str) -> None:
    period = killed(words, "")
    assert period is not None
    assert period.edtf == edtf
    if edtf.startswith("XXXX"):
        assert (period.earliest, period.latest) == (None, None)
        assert "no year known" in period.rule


@pytest.mark.parametrize("words", CASES["none"]["words"])
def test_words_that_are_no_time_of_an_event(words: str) -> None:
    assert periods.find(text_of(f"They saw {words} there.")) == ()


@pytest.mark.parametrize("case", CASES["story"], ids=lambda case: case["name"])
def test_the_period_of_a_claim_in_its_report(case: dict[str, str]) -> None:
    known = {key: case[key] for key in ("scope", "modality", "harm") if key in case}
    period = marked(case["text"], case["published"], **known)
    assert (period.edtf if period else "") == case["edtf"], period
    if "rule" in case and period:
        assert case["rule"] in period.rule


def test_the_reader_s_words_win_and_are_read_anew_around_their_span() -> None:
    words = "On Monday a bomb went off. Two were shot on March 6 and buried on March 9."
    start = words.index("March 6")
    period = period_of(text_of(words, "2025-03-13"), claim_at(words, 27, 40, time=Span(start + 2, start + 7, "rch 6")))
    assert period is not None
    assert (period.text, period.edtf) == ("on March 6", "2025-03-06")
    assert words[period.start : period.end] == period.text


def test_the_reader_s_words_are_left_where_they_date_the_statement() -> None:
    words = "Two were shot in Vell, police said on Wednesday. The raid came on Monday."
    start = words.index("Wednesday")
    claim = claim_at(words, 0, 13, time=Span(start, start + 9, "Wednesday"))
    period = period_of(text_of(words, "2025-03-13"), claim)
    assert period is not None
    assert period.edtf == "2025-03-10"


def test_the_reader_s_words_that_are_no_time_change_nothing() -> None:
    words = "Two were shot for three days on March 6."
    claim = claim_at(words, 0, 13, time=Span(14, 28, "for three days"))
    period = period_of(text_of(words, "2025-03-13"), claim)
    assert period is not None
    assert period.edtf == "2025-03-06"


def test_an_arrest_takes_the_day_of_the_arrest() -> None:
    story = "Two boys were shot on Monday. [[A man was arrested]] on Wednesday."
    arrested = marked(story, "2025-03-13", harm="detained")
    shot = marked(story, "2025-03-13", harm="killed")
    assert arrested is not None
    assert shot is not None
    assert (arrested.edtf, shot.edtf) == ("2025-03-12", "2025-03-10")


def test_a_release_takes_its_own_day_and_the_kidnapping_another() -> None:
    story = "[[Two men were kidnapped]] on Monday. They were released on Wednesday."
    taken = marked(story, "2025-03-13", harm="abducted")
    story = "Two men were kidnapped on Monday. [[They were released]] on Wednesday."
    freed = marked(story, "2025-03-13", harm="freed")
    assert taken is not None
    assert freed is not None
    assert (taken.edtf, freed.edtf) == ("2025-03-10", "2025-03-12")


def test_a_period_without_words_has_no_span() -> None:
    period = marked("[[Two died]].", "2025-03-13")
    assert period is not None
    assert (period.text, period.start, period.end) == ("", -1, -1)
    assert period.rule == "no time words: report day"


def test_a_date_of_a_furniture_segment_at_the_head_dates_no_event() -> None:
    words = "12 March 2025, by Our Man in Vell, for the paper\nTwo men died."
    segments = (Segment(0, 48, "byline"), Segment(49, len(words), "paragraph"))
    text = Text("d_1", "", "a.txt", words, Metadata(published="2025-03-13"), segments, "plain 1")
    period = period_of(text, claim_at(words, 49, 61))
    assert period is not None
    assert period.rule == "no time words: report day"


def test_the_wire_s_own_day_is_yesterday_s_anchor_where_a_paper_runs_it_later() -> None:
    words = "VELL, March 13 (Wire) -- Two men died yesterday."
    start = words.index("March 13")
    text = Text(
        "d_1",
        "",
        "a.txt",
        words,
        Metadata(published="2025-03-15"),
        (),
        "plain 1",
        dateline_date=Span(start, start + 8, "March 13"),
    )
    period = period_of(text, claim_at(words, 25, 37))
    assert period is not None
    assert period.edtf == "2025-03-12"
    assert periods.published(text) == date(2025, 3, 15)


def test_every_expression_is_found_in_order_with_its_span() -> None:
    words = "On March 4 two died; the following day, and until late Friday, nine more. Since 2011 it was quiet."
    found = periods.find(text_of(words))
    assert [w.text for w in found] == ["On March 4", "the following day", "until late Friday", "Since 2011"]
    assert all(words[w.start : w.end] == w.text for w in found)


def test_white_space_within_an_expression_may_be_a_line_break() -> None:
    assert [w.text for w in periods.find(text_of("killed ON 27\nMARCH AT 2100"))] == ["ON 27\nMARCH"]


def test_a_range_of_which_one_end_alone_is_known_stays_open_on_the_other_side() -> None:
    (word,) = time_words.parse("from March 3, 2024 to June 7")
    found = period_values.meaning(word, period_values.Anchors())
    assert found is not None
    assert (found[0].earliest, found[0].latest) == (date(2024, 3, 3), None)
    assert "one end is not known" in found[1]
