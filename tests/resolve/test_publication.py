"""The day a report was published, and the day its own 'yesterday' is counted from."""

from datetime import date

import pytest

from corrobora.model import Metadata, Segment, Span, Text
from corrobora.resolve import publication
from corrobora.resolve.time_words import parse

DAY = date(2025, 3, 13)


def text_of(words: str, dateline: str = "", segments: tuple[Segment, ...] = (), **known: str) -> Text:
    at = words.find(dateline)
    span = Span(at, at + len(dateline), dateline) if dateline else None
    return Text("d_1", "", "a.txt", words, Metadata(**known), segments, "plain 1", dateline_date=span)


@pytest.mark.parametrize(
    ("published", "zone", "day"),
    [
        ("2025-03-13", "", DAY),
        ("2025-03-13T23:30:00Z", "", DAY),
        ("2025-03-13T23:30:00Z", "Asia/Damascus", date(2025, 3, 14)),
        ("2025-03-13T01:30:00+03:00", "America/Bogota", date(2025, 3, 12)),
        ("2025-03-13T23:30:00", "Asia/Damascus", DAY),
        ("2025-03-13T23:30:00Z", "Nowhere/At_All", DAY),
        ("2025-03-13T23:30:00Z", "../../etc/passwd", DAY),
        ("Thu, 13 Mar 2025 09:00:00 GMT", "", DAY),
        ("March 13, 2025", "", DAY),
        ("20250313", "", DAY),
        ("0001-01-01T00:00:00+14:00", "America/Bogota", date(1, 1, 1)),
        ("soon", "", None),
        ("March 13", "", None),
        ("", "", None),
    ],
)
def test_the_day_that_the_metadata_gives(published: str, zone: str, day: date | None) -> None:
    assert publication.published(text_of("Two died.", published=published, timezone=zone)) == day


@pytest.mark.parametrize(
    "head",
    [
        "2025-03-13\nTwo died on Monday.",
        "13 March 2025\n\nTwo died.",
        "March 13, 2025\nTwo died.",
        "A headline\nMarch 13, 2025\nTwo died.",
        "Published on March 13, 2025 at 1:00 p.m.\nTwo died.",
        "Updated: Thursday, March 13, 2025 2:06 PM\nTwo died.",
        "March 13, 2025 (VELL) – At least two died on Monday.",
        "VELL, March 13, 2025 (Wire) -- Two died on Monday.",
        "   VELL (OSTROV), 13 MAR 2025 (RADIO SOL) -- [TEXT] TWO DIED.",
        "   VELL, 13 MAR 2025 (RADIO SOL CHANNEL\nFIVE) -- [TEXT] TWO DIED.",
    ],
)
def test_the_day_that_the_first_lines_give(head: str) -> None:
    assert publication.published(text_of(head)) == DAY


@pytest.mark.parametrize(
    "head",
    [
        "Two died on March 13, 2025.",
        "On March 13, 2025, two men died in Vell when shells fell.",
        "A man of Vell, who on March 13, 2025 had left for the coast, died.",
        "One\nTwo\nThree\nFour\nFive\nMarch 13, 2025\nTwo died.",
        "March 13\nTwo died.",
    ],
)
def test_a_date_in_the_story_is_not_the_report_s(head: str) -> None:
    assert publication.published(text_of(head)) is None


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://example.org/2025/03/13/two-died", DAY),
        ("https://example.org/news/20250313-two-died", DAY),
        ("https://example.org/two-died-2025-03-13.html", DAY),
        ("https://example.org/2025/two-died-1234567890", None),
        ("https://example.org/2025/13/40/two-died", None),
        ("", None),
    ],
)
def test_the_day_that_an_address_holds_comes_last(url: str, day: date | None) -> None:
    assert publication.published(text_of("Two died.", url=url)) == day
    assert publication.published(text_of("Two died.", url=url, published="2025-04-01")) == date(2025, 4, 1)


def test_the_dateline_is_asked_after_the_metadata() -> None:
    words = "VELL, 3 JAN 90 -- TWO DIED."
    assert publication.published(text_of(words, "3 JAN 90")) == date(1990, 1, 3)
    assert publication.published(text_of(words, "3 JAN 90", published="1990-01-05")) == date(1990, 1, 5)


@pytest.mark.parametrize(
    ("published", "dateline", "anchor"),
    [
        ("2025-03-15", "March 13", date(2025, 3, 13)),
        ("2025-01-01", "Dec 31", date(2024, 12, 31)),
        ("2025-03-15", "March 13, 2025", date(2025, 3, 13)),
        ("2025-03-30", "March 13", date(2025, 3, 30)),  # too old to be this report's own day
        ("2025-03-13", "March 14", date(2025, 3, 13)),
        ("2025-03-13", "Thursday", date(2025, 3, 13)),
        ("", "March 13", None),
    ],
)
def test_a_wire_s_own_day_anchors_its_yesterday(published: str, dateline: str, anchor: date | None) -> None:
    words = f"VELL, {dateline} (Wire) -- Two died yesterday."
    assert publication.anchor(text_of(words, dateline, published=published)) == anchor


def test_dates_of_segments_that_are_no_story_belong_to_the_head() -> None:
    words = "By A Name, the 12 March 2025 edition\nTwo died on March 10."
    segments = (Segment(0, 36, "byline"), Segment(37, len(words), "paragraph"))
    assert [w.text for w in publication.masthead(text_of(words, segments=segments))] == ["12 March 2025"]


@pytest.mark.parametrize(
    ("words", "year"),
    [
        ("Two died on March 6, 2025. A third on March 9.", 2025),
        ("In June 2014 and on March 6, 2025 two died.", 2025),
        ("Last year's protests over the 2024 budget left 60 dead.", 2025),
        ("A year after the march of 2024 two died.", 2025),
        ("The 2024 budget was read. " + "It was long. " * 40 + "A year ago two died.", None),
        ("A year after 2023 and 2024 two died.", None),
        ("Fighting has gone on since April 2023.", None),
        ("Two died in Vell.", None),
    ],
)
def test_the_year_that_the_words_of_an_undated_report_give(words: str, year: int | None) -> None:
    found, rule = publication.year_of(parse(words), words)
    assert found == year
    assert bool(rule) == (year is not None)


@pytest.mark.parametrize(
    ("head", "told"),
    [
        ("Example Times\n12 March 2025\nLocal\nBy A. Writer\n", ["12 March 2025"]),
        ("12 March 2025\n\nExample Times\nBy A. Writer\nLocal\n", ["12 March 2025"]),
        ("Two die in raid\n", []),
        # the head ends within what its last line and the text would be together
        ("Example\nTimes\nLocal\n12 March 2025\n", ["12 March 2025"]),
    ],
)
@pytest.mark.parametrize("body", ["Morning traffic stopped on March 10. ", "to 14 March the town was shut. "])
def test_the_head_of_a_short_text_is_read_as_that_of_a_long_one(head: str, told: list[str], body: str) -> None:
    short, long = (publication.masthead(text_of(f"{head}{body * times}")) for times in (1, 200))
    assert [w.text for w in short] == [w.text for w in long] == told
    assert [(w.start, w.end) for w in short] == [(w.start, w.end) for w in long]
