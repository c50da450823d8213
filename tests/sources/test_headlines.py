"""Headlines: a page's title without the name of the site, and never without words of its own."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corrobora.sources.headlines import headline

SITE = ["kartovpost.example", "https://www.kartovpost.example/2031/03/two-hurt"]


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        ("Two hurt in market blast - Kartov Post", "Two hurt in market blast"),
        ("Two hurt in market blast | KartovPost.example", "Two hurt in market blast"),
        ("Two hurt - Channel 9 Kartov", "Two hurt"),
        ("Two hurt – WQXR Kartov, News, Weather & Sports", "Two hurt"),
        ("Two hurt | Kartov Daily | News", "Two hurt"),
        ("Two hurt - one badly", "Two hurt - one badly"),
        ("Mayor: two hurt", "Mayor: two hurt"),
        ("13 killed - police", "13 killed - police"),
        ("Two hurt - good news is rare", "Two hurt - good news is rare"),
        ("Two hurt in drive-by", "Two hurt in drive-by"),
        ("  Two\n hurt ", "Two hurt"),
        ("https://www.kartovpost.example/", ""),
        ("", ""),
        ("- Kartov Post", "- Kartov Post"),
    ],
)
def test_what_is_the_headline(title: str, wanted: str) -> None:
    assert headline(title, SITE) == wanted


def test_a_site_of_few_letters_is_not_known_by_them() -> None:
    assert headline("Two hurt - the man ran", ["man.example"]) == "Two hurt - the man ran"


@settings(max_examples=50)
@given(st.text(max_size=80), st.lists(st.text(max_size=20), max_size=2))
def test_a_headline_is_the_beginning_of_its_title(title: str, site: list[str]) -> None:
    assert " ".join(title.split()).startswith(headline(title, site))
