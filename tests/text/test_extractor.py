"""The room as a whole: parts that cover the text, metadata in their order of trust, reasons in words."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corrobora.errors import BadInput, Refused
from corrobora.model import Metadata, Text
from corrobora.text import VERSION, readable
from corrobora.text.draft import covers

Extract = Callable[..., Text]
LINES = st.sampled_from(
    [
        "", "   ", "KARTOV (AP) — Six people were killed in the market on Friday, the police said in a statement.",
        "By Jane Doe", "From Kartov", "2025-06-15", "Published on October 12, 2024 at 1:00 p.m.", "Advertisement",
        "More to read", "- Another report on the harbour", "Correction: an earlier version said nine.", "[TEXT]",
        "KARTOV, 3 JAN 90 (RADIO) -- [REPORT] [TEXT] TWO MEN WERE SHOT.", "Editor's note: names were changed.",
        "\tIndented words that go on for a while without an end", "قتل شخصان في الهجوم", "• one\n• two", "x" * 300,
    ]
)  # fmt: skip
KINDS = ["text/plain", "text/markdown", "text/html", "message/rfc822"]


@given(lines=st.lists(LINES | st.text(max_size=60), max_size=12), kind=st.sampled_from(KINDS))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_segments_hold_all_words_in_order_without_overlap(extract: Extract, lines: list[str], kind: str) -> None:
    try:
        text = extract("\n".join(lines).encode("utf-8", "replace"), kind)
    except BadInput:
        return
    assert covers(text.text, text.segments)
    assert not any(character < " " and character not in "\n\t" for character in text.text)
    for span in (text.dateline_place, text.dateline_date):
        assert span is None or text.text[span.start : span.end] == span.text


@given(st.binary(max_size=400), st.sampled_from([*KINDS, "application/pdf"]))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_end_as_a_text_or_a_reason(extract: Extract, data: bytes, kind: str) -> None:
    try:
        text = extract(data, kind)
    except BadInput as error:
        reason = f"{error}. {error.hint}"
    else:
        reason = "read." if covers(text.text, text.segments) else ""
    assert len(reason) > 4


def test_what_is_given_wins_over_the_file_and_the_file_over_defaults(extract: Extract) -> None:
    report = "Six killed in market blast\n\nKARTOV, 3 Jan 2025 (AP) -- Six people were killed in the market, it said."
    text = extract(
        report, given=Metadata(title="Six killed in market"), defaults=Metadata("", "x", "Default", "", "2020")
    )
    assert text.metadata.title == "Six killed in market"
    assert text.metadata.outlet == "AP"
    assert text.metadata.published == "2025-01-03"
    assert [s.kind for s in text.segments] == ["title", "dateline", "paragraph"]


def test_defaults_fill_what_nothing_else_says(extract: Extract) -> None:
    text = extract(
        "Two people were hurt.", defaults=Metadata(outlet="Desk", published="2025-03-13", timezone="Asia/Damascus")
    )
    assert (text.metadata.outlet, text.metadata.published) == ("Desk", "2025-03-13")
    assert text.metadata.timezone == "Asia/Damascus"
    assert text.extractor == f"text {VERSION}"


def test_a_dateline_without_a_year_is_the_last_such_day(extract: Extract) -> None:
    text = extract("Kartov, Dec 30 At least two men were hurt.", defaults=Metadata(published="2025-01-04"))
    assert text.metadata.published == "2024-12-30"
    assert text.dateline_date is not None
    assert text.dateline_date.text == "Dec 30"


def test_a_given_date_becomes_iso_or_is_said_to_be_unreadable(extract: Extract) -> None:
    assert extract("Two hurt.", given=Metadata(published="June 3, 2025")).metadata.published == "2025-06-03"
    text = extract("Two hurt.", given=Metadata(published="last week"))
    assert text.metadata.published == ""
    assert any("last week" in problem for problem in text.problems)


def test_the_day_in_an_address_is_better_than_none(extract: Extract) -> None:
    given_url = Metadata(url="https://example.org/2025/06/14/two-hurt/")
    assert extract("Two people were hurt.", given=given_url).metadata.published == "2025-06-14"


def test_no_words_other_kinds_and_encryption_have_their_own_reasons(extract: Extract) -> None:
    for empty in (b"", b"  \n\n "):
        with pytest.raises(BadInput, match=r"^no words in it"):
            extract(empty)
    with pytest.raises(BadInput, match="no reader for image"):
        extract(b"\x89PNG", "image/png")
    assert not readable("image/png")
    assert issubclass(Refused, BadInput)


@pytest.mark.corpora
def test_plain_text_keeps_the_offsets_of_the_file_on_the_corpora(extract: Extract, shared: Path) -> None:
    cases = shared / "cases"
    reports = [*sorted((cases / "reports" / "docs").glob("*.txt")), cases / "coast" / "dispatch.txt"]
    for path in reports:
        text = extract(path.read_bytes())
        assert text.text == path.read_text(encoding="utf-8"), path.name
        assert covers(text.text, text.segments)


@pytest.mark.corpora
def test_every_wire_dispatch_of_the_corpora_has_its_dateline(extract: Extract, shared: Path) -> None:
    lines = (shared / "data" / "muc4" / "dev.jsonl").read_text(encoding="utf-8").splitlines()[::20]
    found = [extract(json.loads(line)["text"], given=Metadata(language="en")) for line in lines]
    assert sum(text.dateline_place is not None for text in found) >= 0.97 * len(found)
    assert sum(text.metadata.published != "" for text in found) >= 0.85 * len(found)  # some say 'no date'
