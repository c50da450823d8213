"""Whatever is asked of the JSON twins, they answer JSON, and a fault is never ours."""

from typing import Any
from urllib.parse import quote, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corrobora.web.routes import PAGES

FIELDS = (
    "q", "words", "harm", "act", "scope", "place", "country", "speaker", "outlet", "document", "earliest", "latest",
    "decided", "page", "sort", "to", "token", "since", "rule",
)  # fmt: skip
VALUES = st.one_of(
    st.text(max_size=30),
    st.sampled_from(["", "killed", "-1", "0", "99999999999999999999", "2031-05-04", "9999-99-99", "x" * 3000, "%00"]),
)
TWINS = sorted(f"{address}.json" for address in PAGES)
ASKED = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def address(twin: str, part: str) -> str:
    """Put `part` where an address has a name in braces."""
    before, brace, rest = twin.partition("{")
    return f"{before}{quote(part, safe='')}{rest.partition('}')[2]}" if brace else twin


@given(st.sampled_from(TWINS), st.text(max_size=12), st.dictionaries(st.sampled_from(FIELDS), VALUES, max_size=5))
@ASKED
def test_a_twin_answers_anything_in_json(looker: Any, twin: str, part: str, asked: dict[str, str]) -> None:
    query = urlencode(asked, errors="surrogatepass")
    answer = looker.get(f"{address(twin, part)}?{query}")
    assert answer.status in {200, 303, 400, 404}, answer.text[:300]
    if answer.status != 303:
        assert answer.headers["content-type"].startswith("application/json")
        assert isinstance(answer.json, dict | list)


@given(st.binary(max_size=40).map(lambda b: b.decode("latin-1")))
@ASKED
def test_any_query_string_is_survived(looker: Any, query: str) -> None:
    answer = looker.get("/claims.json?" + query.replace("#", "").encode("ascii", "backslashreplace").decode())
    assert answer.status in {200, 400}


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "POST"])
def test_a_twin_is_only_read(looker: Any, method: str) -> None:
    for twin in TWINS[:6]:
        assert looker.ask(method, address(twin, "x"), b"", {"sec-fetch-site": "same-origin"}).status in {404, 405}
