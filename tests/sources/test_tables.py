"""Tables: a row is a document, a bad row is named, nothing is guessed."""

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corrobora.model import Metadata, Reference, Source
from corrobora.sources import media
from corrobora.sources.tables import rows


def read(data: bytes | str, kind: str = media.CSV, **columns: str) -> tuple[str, list[Reference]]:
    content = data.encode() if isinstance(data, str) else data
    source = Source("t", Metadata(outlet="Default"), tuple(columns.items()))
    problem, found = rows(Reference("t.x", "/t.x", content, kind), source)
    return problem, list(found)


def test_columns_by_name() -> None:
    table = "ID,Headline,Body,Publish-Date,Source,Lang\n7,Six killed,Six men were killed.,2025-06-14,The Example,en\n"
    _, (row,) = read(table)
    assert (row.file, row.address, row.container) == ("t.x#7", "/t.x#7", "t.x")
    assert row.data == b"Six killed\n\nSix men were killed."
    assert row.given == Metadata(title="Six killed", published="2025-06-14", outlet="The Example", language="en")
    assert row.defaults == Metadata(outlet="Default")


def test_columns_as_the_user_says() -> None:
    _, (row,) = read("a,text,b\nthe words,no,The Example\n", text="a", outlet="b")
    assert (row.data, row.given.outlet) == (b"the words", "The Example")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_delimiters_and_encodings(delimiter: str, encoding: str) -> None:
    table = f"title{delimiter}text\nA{delimiter}Six men were killed in Café Kartov.\n"
    problem, found = read(table.encode(encoding))
    assert problem == ""
    assert [row.data for row in found] == ["Six men were killed in Café Kartov.".encode()]


def test_bad_rows_name_their_line_and_the_rest_is_read() -> None:
    _, found = read("title,text\nA,one\nB,two,three\nC,\n\nD,four\n")
    assert [row.data for row in found] == [b"A\n\none", None, None, b"D\n\nfour"]
    assert "line 3: 3 cells" in found[1].problem
    assert "line 4: no text" in found[2].problem
    _, found = read('{"text": "one"}\n{broken\n[1]\n' + "[" * 100_000 + '\n{"text": "two"}\n', media.JSONL)
    assert [row.data for row in found] == [b"one", None, None, None, b"two"]
    assert found[1].problem.startswith("line 2: not JSON")
    assert found[2].problem == "line 3: not a JSON object"


def test_ids_that_repeat_or_are_missing_stay_apart() -> None:
    _, found = read(
        '{"id": 5, "text": "a"}\n{"id": 5, "text": "b"}\n{"text": "c"}\n{"id": "x#y/../z", "text": "d"}\n', media.JSONL
    )
    assert [row.file for row in found] == ["t.x#5", "t.x#5~2", "t.x#3", "t.x#x_y/../z"]


@pytest.mark.parametrize("data", ['[{"text": "a"}, 5]', '{"documents": [{"text": "a"}, 5]}'])
def test_json_tables(data: str) -> None:
    problem, found = read(data, media.JSON)
    assert problem == ""
    assert [row.data for row in found] == [b"a", None]


@pytest.mark.parametrize("data", ['{"a": 1}', "[1, 2]", "5", "{broken", "[" * 100_000])
def test_json_that_is_no_table_is_no_fault(data: str) -> None:
    assert read(data, media.JSON) == ("", [])


def test_a_table_without_a_text_column_says_which_there_are() -> None:
    problem, found = read("a,b\n1,2\n")
    assert "no text column among a, b" in problem
    assert found == []


def test_a_dateline_column_goes_before_a_text_that_lacks_it() -> None:
    _, found = read("dateline,text\nKARTOV 3 JAN,Six died.\nKARTOV 3 JAN,  KARTOV  3 JAN -- Six died.\n")
    assert [row.data for row in found] == [b"KARTOV 3 JAN -- Six died.", b"  KARTOV  3 JAN -- Six died."]


def test_a_title_column_goes_above_a_text_that_lacks_it() -> None:
    rows = "title,outlet,text\nSix die in Kartov - The Post,thepost.example,Six died.\nSix die,x,SIX  DIE\n"
    _, found = read(rows)
    assert [row.data for row in found] == [b"Six die in Kartov\n\nSix died.", b"SIX  DIE"]
    assert [row.given.title for row in found] == ["Six die in Kartov - The Post", "Six die"]


def test_title_and_dateline_both_go_above_in_the_order_of_print() -> None:
    _, found = read("headline,dateline,text\nSix die,KARTOV 3 JAN,They drowned.\n")
    assert [row.data for row in found] == [b"Six die\n\nKARTOV 3 JAN -- They drowned."]


def test_a_title_without_a_text_is_no_report_and_a_page_keeps_its_own() -> None:
    _, found = read("title,text\nSix die,  \n")
    assert [row.data for row in found] == [None]
    _, found = read('{"title": "Six die", "body_html": "<p>They drowned.</p>"}', media.JSONL)
    assert [row.data for row in found] == [b"<p>They drowned.</p>"]


def test_a_column_of_html_is_html() -> None:
    _, found = read('{"body_html": "<p>Six died.</p>"}', media.JSONL)
    assert found[0].media_type == "text/html"


@given(
    st.lists(
        st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\0\ufeff"), min_size=1),
        min_size=1,
        max_size=8,
    )
)
def test_every_text_comes_out_as_it_went_in(texts: list[str]) -> None:
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerows([["text", "n"], *([text, "1"] for text in texts)])
    _, from_csv = read(out.getvalue().encode())
    _, from_json = read("\n".join(json.dumps({"text": text}) for text in texts), media.JSONL)
    wanted = [text.encode() if text.strip() else None for text in texts]
    assert [row.data for row in from_json] == wanted
    assert [row.data for row in from_csv] == wanted
