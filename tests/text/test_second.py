"""A second reader of web pages sees what the first does; where it does not, that is told, with some of the words."""

import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corrobora.model import Text
from corrobora.text import second, webpage

Extract = Callable[..., Text]
HTML = "text/html"
BODY = "<p>Two people were killed in Eskadir on Monday, residents said.</p>"


def told(text: Text) -> list[str]:
    return [problem for problem in text.problems if problem.startswith("two readers")]


@pytest.mark.parametrize(
    "page",
    [
        BODY,
        f"<nav>a<b>b</b>c</nav>{BODY}<p hidden>not shown</p><style>p {{}}</style><script>'killed'</script>",
        f"<table><tr><td>one</td><td>tw&shy;o</td></tr></table>{BODY}<p>open <i>and <b>crossed</i> tags</b>",
        f"{BODY}<!-- no --><svg><text>drawn</text></svg><template>kept back</template><p>\u00a0&nbsp;caf&eacute;",
        f"{BODY}<ul><li>one<li>two</ul><select><option>a<option>b</select><textarea>typed</textarea><br/>last",
    ],
)
def test_readers_that_agree_are_no_news(extract: Extract, page: str) -> None:
    assert told(extract(page, HTML)) == []


def test_what_one_finds_and_the_other_does_not_is_told() -> None:
    (missing,) = second.differences(
        BODY + "<p>Nine more died.</p>", "Two people were killed in Eskadir on Monday, residents said."
    )
    assert missing.startswith(
        "two readers disagree: one that reads as browsers do finds 13 letters that the text lacks"
    )
    assert "(Nine more died. …)" in missing
    (added,) = second.differences("<p>Two died.", "Two died. Forty died.")
    assert "lacks 10 letters that the text has (died. Forty …)" in added
    (both,) = second.differences("<p>2 died", "7 died")
    assert "finds 1 letters that the text lacks (2 …) and lacks 1 letters that the text has (7 …)" in both


def test_another_order_is_told() -> None:
    (order,) = second.differences("<table>after<tr><td>before</table>", "before after")
    assert order.endswith("finds the same words in another order")


def test_a_page_where_they_differ_says_so_and_is_read(extract: Extract) -> None:
    """A frame set: a browser shows none of the words after it, and the text has them."""
    text = extract(f"<html><frameset><frame></frameset>{BODY}", HTML)
    assert "killed in Eskadir" in text.text
    assert len(told(text)) == 1


def test_a_page_of_very_many_tags_is_read_by_one(extract: Extract, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(second, "MOST_TAGS", 3)
    text = extract(BODY + "<i>a</i>" * 4, HTML)
    assert [p for p in text.problems if p.startswith("a second reader")]


@given(
    st.lists(
        st.sampled_from(
            ["<p>", "</p>", "<b>", "</i>", "a", " ", "&amp;", "<table>", "<td>", "é", "<", "\0", "<svg>", "<!--"]
        ),
        max_size=30,
    )
)
@settings(max_examples=40)
def test_it_never_fails_and_differs_only_in_letters(pieces: list[str]) -> None:
    page = "".join(pieces)
    told = second.differences(page, page)
    assert all(line.startswith("two readers disagree") for line in told)
    assert second.differences(page, second._words(page)) == []


def test_a_tag_of_very_many_attributes_is_taken_off_at_once(extract: Extract) -> None:
    started = time.process_time()
    crowd = " ".join(f'a{n}="1"' for n in range(100_000))
    text = extract(f"<div {crowd}>{BODY}<p>More.</div>", HTML)
    assert time.process_time() - started < 5
    assert "killed in Eskadir" in text.text
    assert "More." in text.text
    assert any(p.startswith("a tag with more than 2,000 attributes: its tags were taken off") for p in text.problems)


@pytest.mark.parametrize(
    ("page", "crowded"),
    [
        ("<p " + "a1=''" * 3_000 + ">", True),
        ("<p " + "\n".join(f"x{n}" for n in range(3_000)) + ">", True),
        ("<p title='" + "word " * 9_000 + "'>", False),
        ("<img src=data:image/png;base64," + "A" * 90_000 + ">", False),
        ("<p>" + "x = y " * 9_000, False),
    ],
)
def test_what_counts_as_very_many(page: str, crowded: bool) -> None:
    assert webpage._is_crowded(page) is crowded


def test_a_tag_that_never_ends_takes_no_time_of_its_own() -> None:
    started = time.process_time()
    for tag in ("<" + "a" * 200_000, "<a " + "b" * 200_000, "<!" + "-" * 200_000):
        assert "".join(webpage._stripped(tag * 3))
    assert time.process_time() - started < 2


@pytest.mark.parametrize("name", ["utf-16", "UTF-16LE", "utf-16be"])
def test_a_page_that_calls_itself_utf16_in_ascii_is_not(extract: Extract, name: str) -> None:
    text = extract(f'<meta charset="{name}">{BODY}'.encode(), HTML)
    assert "killed in Eskadir" in text.text
