"""Datelines in the forms of the agencies, and what only looks like one."""

import pytest

from corrobora.text.datelines import find

BODY = "Six people were killed in the market, police said."


@pytest.mark.parametrize(
    ("head", "place", "date", "source"),
    [
        ("KARTOV (Dispatches) -- ", "KARTOV", "", "Dispatches"),
        ("SAN KARTOV, 3 JAN 90 -- ", "SAN KARTOV", "3 JAN 90", ""),
        ("SAN KARTOV, 3 JAN 90 (RADIO NORD) -- ", "SAN KARTOV", "3 JAN 90", "RADIO NORD"),
        ("EAST KARTOV (WESTLAND), 22 MAR 89 (NEWS) --\n", "EAST KARTOV (WESTLAND)", "22 MAR 89", "NEWS"),
        ("PORT-AU-KART, Westland (AP) — ", "PORT-AU-KART, Westland", "", "AP"),
        ("KARTOV - ", "KARTOV", "", ""),
        ("Kartov — ", "Kartov", "", ""),
        ("Kartov, Feb 1 ", "Kartov", "Feb 1", ""),
        ("KARTOV, Feb. 1 (Nordpress) ", "KARTOV", "Feb. 1", "Nordpress"),
        ("KARTOV, Feb. 1 (Nordpress) -- ", "KARTOV", "Feb. 1", "Nordpress"),
        ("September 23, 2024 (KARTOV) – ", "KARTOV", "September 23, 2024", ""),
        ("Kartov Town - ", "Kartov Town", "", ""),
        ("KARTOV: ", "KARTOV", "", ""),
        ("KARTOV, November 12. ", "KARTOV", "November 12", ""),
        ("KARTOV, November 12. /NORD/. ", "KARTOV", "November 12", "NORD"),
        ("NEW KARTOV, Nov 8: ", "NEW KARTOV", "Nov 8", ""),
        ("Kartov, Nov 8 (KNA): ", "Kartov", "Nov 8", "KNA"),
        ("New Kartov, 8 November 2031 (Nordpress): ", "New Kartov", "8 November 2031", "Nordpress"),
        ("KARTOV/LINDEN – ", "KARTOV/LINDEN", "", ""),
        ("KARTOV, NO DATE (RADIO) -- ", "KARTOV", "", "RADIO"),
        ("(Nordpress) - ", "", "", "Nordpress"),
        ("Jan 3 (Nordpress) - ", "", "Jan 3", "Nordpress"),
        ("St. Kartov, W.L. — ", "St. Kartov, W.L.", "", ""),
    ],
)
def test_forms_of_a_dateline(head: str, place: str, date: str, source: str) -> None:
    text = "  " + head + BODY
    found = find(text, 2, len(text))
    assert found is not None
    assert (found.place.text if found.place else "", found.date.text if found.date else "") == (place, date)
    assert found.source == source
    assert text[found.end :].strip() == BODY
    for span in filter(None, (found.place, found.date)):
        assert text[span.start : span.end] == span.text


@pytest.mark.parametrize(
    "paragraph",
    [
        "Breaking — six people were killed in the market.",
        "UPDATE: Six people were killed in the market.",
        "The governor — who had fled — came back on Friday.",
        "In Kartov, Feb 1 At least two men were hurt.",
        "Fourteen men - all of them farmers - were held.",
        "Six men were shot -- two of them died -- in the market.",
        "WE WONDER IF WE ARE NOT -- AS THEY SAY -- AT WAR.",
        "On October 12, 2024 – a Saturday – two men were shot.",
        "“Never again” — the words were on every wall of the town.",
        "2025 - a year of violence in the north of the country.",
        "Published: Tuesday, 11/18/2014 - Six people were killed.",
        "KARTOV --",
        "Kartov - a quiet town - was shelled.",
        "Gunmen Kill Six Men - Police said so on Friday.",
    ],
)
def test_what_only_looks_like_a_dateline(paragraph: str) -> None:
    assert find(paragraph, 0, len(paragraph)) is None


def test_editorial_marks_end_with_the_last_known_one() -> None:
    text = "KARTOV, 8 JAN 90 (RADIO) -- [REPORT] [GENERAL COMMAND]\n[TEXT] [JONAS] WE DENY IT."
    found = find(text, 0, len(text))
    assert found is not None
    assert text[found.end : found.marks_end].strip() == "[REPORT] [GENERAL COMMAND]\n[TEXT]"
    assert text[found.marks_end :].strip() == "[JONAS] WE DENY IT."
