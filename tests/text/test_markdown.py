"""Markdown: markup flattened, structure kept."""

from collections.abc import Callable

from corrobora.model import Text

Extract = Callable[..., Text]
REPORT = """---
title: "Six killed in Kartov"
date: 2025-06-14
outlet: The Example
lang: en
---
# Six killed in Kartov

Six **people** were *killed* in the [market](https://example.org/market), said `jane_doe`; see <https://example.org>.

Background
----------

- the first item
- the ![picture](a.png) second

> Nobody came to help us,
> said a trader.

2 * 3 * 4 and snake_case_word stay.
"""


def test_a_report_in_markdown(extract: Extract) -> None:
    text = extract(REPORT, "text/markdown")
    found = [(s.kind, text.text[s.start : s.end]) for s in text.segments]
    assert ("title", "Six killed in Kartov") in found
    assert ("paragraph", "Six people were killed in the market, said jane_doe; see https://example.org.") in found
    assert ("list_item", "- the picture second") in found
    assert ("quote", "Nobody came to help us,\nsaid a trader.") in found
    assert ("paragraph", "2 * 3 * 4 and snake_case_word stay.") in found
    assert any(kind in {"heading", "title"} and words == "Background" for kind, words in found)
    about = text.metadata
    assert (about.title, about.outlet, about.published) == ("Six killed in Kartov", "The Example", "2025-06-14")


def test_hostile_markup_costs_no_more_than_its_length(extract: Extract) -> None:
    for hostile in ("**a " * 20_000, "[a](" * 20_000, "_a*" * 20_000, "[" * 50_000):
        assert extract(hostile, "text/markdown").text
