"""What a page says about its article, in the order of trust."""

import json

import pytest
from lxml import html

from corrobora.model import Metadata
from corrobora.text.article import metadata, url_date


def read(head: str, body: str = "<p>x</p>", lang: str = "en-GB") -> Metadata:
    return metadata(html.document_fromstring(f'<html lang="{lang}"><head>{head}</head><body>{body}</body></html>'))


def linked(data: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


ARTICLE = {
    "@type": ["ReportageNewsArticle"],
    "headline": "Six  killed",
    "author": [{"@type": "Person", "name": "Jane Doe"}, "John Roe"],
    "publisher": {"@type": "Organization", "name": "The Example"},
    "datePublished": "2025-06-14T09:30:00Z",
    "dateModified": "2025-06-15",
    "mainEntityOfPage": {"@id": "https://example.org/six"},
}
WANTED = Metadata(
    "https://example.org/six", "Six killed", "The Example", "Jane Doe, John Roe",
    "2025-06-14T09:30:00+00:00", "2025-06-15", "en",
)  # fmt: skip


@pytest.mark.parametrize("data", [ARTICLE, [ARTICLE], {"@graph": [{"@type": "WebSite", "name": "No"}, ARTICLE]}])
def test_linked_data_wherever_it_lies(data: object) -> None:
    assert read(linked(data) + "<title>Other</title>") == WANTED


def test_tags_where_there_is_no_linked_data() -> None:
    head = (
        '<meta property="og:title" content="Six killed"><meta property="og:site_name" content="The Example">'
        '<meta property="article:published_time" content="2025-06-14"><meta name="author" content="Jane Doe">'
        '<meta property="article:modified_time" content="2025-06-15"><link rel="canonical" href="https://example.org/a">'
    )
    assert read(head) == Metadata(
        "https://example.org/a", "Six killed", "The Example", "Jane Doe", "2025-06-14", "2025-06-15", "en"
    )


def test_time_elements_and_the_address_are_the_last_to_be_asked() -> None:
    assert read("", '<article><time datetime="2025-06-14T08:00">x</time></article>').published == "2025-06-14T08:00:00"
    assert read('<link rel="canonical" href="https://example.org/2025/6/4/a">').published == "2025-06-04"


@pytest.mark.parametrize(
    "script", ["{broken", "[" * 5000, "null", '{"@type": "NewsArticle", "author": 5, "headline": {}}']
)
def test_broken_linked_data_is_passed_over(script: str) -> None:
    assert read(f'<script type="application/ld+json">{script}</script><title>Two hurt</title>').title == "Two hurt"


def test_the_outlet_is_no_part_of_the_title() -> None:
    site = '<meta property="og:site_name" content="The Example">'
    assert read(site + "<title>Two hurt - The Example</title>").title == "Two hurt"
    assert read(site + "<title>Two hurt | Linden</title>").title == "Two hurt | Linden"


def test_days_in_addresses() -> None:
    assert url_date("https://example.org/2025/06/14/two-hurt") == "2025-06-14"
    assert url_date("https://example.org/2025/1234/two-hurt") == ""
