import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corrobora.project import Project
from corrobora.web import app, guard


def test_without_the_token_a_page_says_what_to_do(stranger: Any) -> None:
    for address in ("/", "/documents", "/claims.json", "/static/style.css", "/export.zip?to=jsonl", "/nowhere"):
        answer = stranger.get(address)
        assert answer.status == 403
        assert "Copy the whole address" in answer.text
        assert "Karvel" not in answer.text


@pytest.mark.parametrize("token", ["", "launch-toke", "launch-token2", "\udcff", "ü"])
def test_a_wrong_token_opens_nothing(stranger: Any, token: str) -> None:
    address = f"/?token={token.encode('utf-8', 'surrogateescape').decode('latin-1')}"
    assert stranger.get(address.encode("ascii", "backslashreplace").decode()).status == 403
    stranger.cookies[guard.cookie_name("launch-token")] = token.encode("ascii", "backslashreplace").decode()
    assert stranger.get("/").status == 403


def test_the_first_visit_sets_a_strict_cookie_and_cleans_the_address(stranger: Any) -> None:
    answer = stranger.get("/claims?harm=killed&token=launch-token")
    assert answer.status == 303
    assert answer.headers["location"] == "/claims?harm=killed"
    (cookie,) = answer.cookies
    assert "httponly" in cookie.lower()
    assert "samesite=strict" in cookie.lower()
    assert stranger.get("/claims?harm=killed").status == 200


def test_the_redirect_stays_on_this_machine(stranger: Any) -> None:
    assert stranger.get("//evil.test/?token=launch-token").headers["location"].startswith("/evil.test")


def test_two_launches_do_not_share_a_cookie(read_only: Project, stranger: Any) -> None:
    stranger.get("/?token=launch-token")
    other = type(stranger)(app(read_only, "another"))
    other.cookies = dict(stranger.cookies)
    assert other.get("/").status == 403


@pytest.mark.parametrize(
    "host", ["evil.test", "127.0.0.1.evil.test", "localhost.evil.test:8000", "", "[::1].evil.test"]
)
def test_another_host_is_refused_even_with_the_token(looker: Any, host: str) -> None:
    assert looker.get("/", host=host).status == 400
    assert looker.get("/?token=launch-token", host=host).status == 400


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:9000", "[::1]:9000"])
def test_this_machine_has_three_names(looker: Any, host: str) -> None:
    assert looker.get("/", host=host).status == 200


@given(st.text(max_size=20))
def test_a_secret_is_compared_whatever_is_sent(given_: str) -> None:
    assert guard.same(given_, "secret") == (given_ == "secret")


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "none"},
        {"sec-fetch-site": "", "origin": "http://evil.test"},
        {"sec-fetch-site": "", "origin": "null"},
        {"sec-fetch-site": "", "origin": "http://127.0.0.1:9999"},
        {"sec-fetch-site": ""},
    ],
)
def test_a_form_of_another_site_does_nothing(visitor: Any, project: Project, headers: dict[str, str]) -> None:
    form = {
        "form_token": visitor.form_token(),
        "verdict": "accept",
        "subject": project.record().readings[0].claim.id,
    }
    assert visitor.post("/decide", form, **headers).status == 403
    assert project.record().decisions == ()


def test_a_browser_that_says_no_site_is_known_by_its_origin(visitor: Any, project: Project) -> None:
    claim = project.record().readings[0].claim.id
    form = {"form_token": visitor.form_token(), "verdict": "accept", "subject": claim, "back": "/"}
    headers = {"sec-fetch-site": "", "origin": "http://127.0.0.1:8000"}
    assert visitor.post("/decide", form, **headers).status == 303
    assert len(project.record().decisions) == 1


@pytest.mark.parametrize("token", ["", "launch-token", "0" * 64])
def test_a_form_without_its_own_token_does_nothing(visitor: Any, project: Project, token: str) -> None:
    claim = project.record().readings[0].claim.id
    answer = visitor.post("/decide", {"form_token": token, "verdict": "accept", "subject": claim})
    assert answer.status == 403
    assert "Load the page again" in answer.text
    assert project.record().decisions == ()
    assert visitor.post("/preferences", {"form_token": token, "theme": "dark"}).status == 403


def test_every_answer_carries_the_safety_headers(looker: Any, stranger: Any) -> None:
    asked: list[Callable[[], Any]] = [
        lambda: looker.get("/"),
        lambda: looker.get("/documents.json"),
        lambda: looker.get("/static/style.css"),
        lambda: looker.get("/nowhere"),
        lambda: looker.get("/claims?page=x"),
        lambda: stranger.get("/"),
        lambda: stranger.get("/?token=launch-token"),
        lambda: stranger.get("/", host="evil.test"),
    ]
    for ask in asked:
        headers = ask().headers
        policy = headers["content-security-policy"]
        assert policy.startswith("default-src 'none'")
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["cache-control"] == "no-store"


def test_the_form_token_is_not_the_launch_token(looker: Any) -> None:
    assert "launch-token" not in looker.get("/").text
    assert guard.form_token("a") != guard.form_token("b")


def test_originals_and_other_files_are_not_served(looker: Any, read_only: Project) -> None:
    sha256 = read_only.record().documents[0].document.sha256.removeprefix("sha256:")
    for address in (f"/originals/{sha256}", "/record.sqlite", "/static/../guard.py", "/static/%2e%2e/guard.py"):
        assert looker.get(address).status == 404


def test_a_socket_is_refused_before_anything_else(read_only: Project) -> None:
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "websocket.connect"}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    cookie = f"{guard.cookie_name('launch-token')}=launch-token".encode()
    headers = [(b"host", b"127.0.0.1:8000"), (b"cookie", cookie), (b"origin", b"http://127.0.0.1:8000")]
    scope = {"type": "websocket", "path": "/", "query_string": b"", "headers": headers, "subprotocols": []}
    with ThreadPoolExecutor(1) as pool:  # a loop may be running in this thread
        pool.submit(asyncio.run, app(read_only, "launch-token")(scope, receive, send)).result()  # type: ignore[arg-type]
    assert sent == [{"type": "websocket.close", "code": 1008}]
