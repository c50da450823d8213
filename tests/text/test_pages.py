"""Lines on pages to paragraphs."""

from corrobora.text.draft import Draft
from corrobora.text.pages import Line, write


def written(*pages: list[str]) -> list[tuple[str, str]]:
    draft = Draft()
    write([[Line(words) for words in page] for page in pages], draft)
    text = draft.text
    return [(text[s.start : s.end], s.kind) for s in draft.segments]


LONG = "Six people were killed in the central market of the town on a"


def test_lines_are_joined_and_broken_words_mended() -> None:
    found = written([LONG, "Friday, and the gover-", "nor spoke of well-", "known men of Kartov-", "Nord."])
    assert found == [(f"{LONG} Friday, and the governor spoke of wellknown men of Kartov-Nord.", "paragraph")]


def test_a_hyphen_that_the_text_uses_elsewhere_stays() -> None:
    found = written([f"The well-known man. {LONG}", "Friday saw the well-", "known man."])
    assert found[0][0].endswith("saw the well-known man.")


def test_soft_hyphens_within_a_line_are_hyphens() -> None:
    assert written(["Filed on 06\u00adMarch\u00ad2020"]) == [("Filed on 06-March-2020", "paragraph")]


def test_a_short_line_that_ends_a_sentence_ends_the_paragraph() -> None:
    assert [words for words, _ in written([LONG, "Friday.", LONG, "Sunday."])] == [f"{LONG} Friday.", f"{LONG} Sunday."]


def test_a_paragraph_runs_on_over_the_page_and_heads_and_feet_stand_apart() -> None:
    pages = [["THE REPORT", f"page {n} line", LONG, "Linden and", str(n)] for n in (1, 2, 3)]
    found = written(*pages)
    assert {words for words, kind in found if kind == "furniture"} == {"THE REPORT", "1", "2", "3"}
    pages = [["THE REPORT", "They came from Linden and", "1"], ["THE REPORT", "went on to Kartov.", "2"]]
    assert written(*pages)[0] == ("They came from Linden and went on to Kartov.", "paragraph")


def test_space_between_lines_divides_paragraphs() -> None:
    draft = Draft()
    tops = [700, 686, 672, 640, 626]
    write([[Line(f"line {n} of words", 72, top - 10, top) for n, top in enumerate(tops)]], draft)
    assert [s.end - s.start for s in draft.segments] == [47, 31]


def test_items_begin_anew() -> None:
    assert len(written(["It demands that", "(a) the siege ends;", "(b) the men are freed."])) == 3
