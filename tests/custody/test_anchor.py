"""Time stamps, asked of an authority that openssl plays on 127.0.0.1: what holds, and everything that must not."""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from random import Random
from threading import Thread
from types import ModuleType
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization

from corrobora import preserve, project
from corrobora.errors import BadInput
from corrobora.model import Anchor
from corrobora.project import Project

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="needs the openssl command")
NOTE = "corrobora/0123456789abcdef\n7\nAAAA\n\n— corrobora/0123456789abcdef AAAA\n"


@pytest.fixture(scope="session")
def stamped(good: Any) -> Anchor:
    """Return an anchor with a token that holds."""
    asked = preserve.timestamps.pending(7, NOTE, "http://here", good.root)
    response = good.answer(bytes.fromhex(asked.request))
    judged = preserve.timestamps.judge(response, NOTE, int(asked.nonce), good.root)
    return replace(asked, state=judged.state, response=response.hex(), stamped=judged.stamped, reason=judged.reason)


@pytest.fixture
def serve() -> Iterator[Callable[[Callable[[bytes], bytes]], str]]:
    servers: list[HTTPServer] = []

    def started(answer: Callable[[bytes], bytes]) -> str:
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                asked = self.rfile.read(int(self.headers["Content-Length"]))
                assert self.headers["Content-Type"] == "application/timestamp-query"
                said = answer(asked)
                self.send_response(200 if said else 500)
                self.end_headers()
                self.wfile.write(said)

            def log_message(self, *_: object) -> None:
                pass

        servers.append(HTTPServer(("127.0.0.1", 0), Handler))
        Thread(target=servers[-1].serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{servers[-1].server_port}/tsr"

    yield started
    for server in servers:
        server.shutdown()
        server.server_close()


def named(held: Project, *authorities: tuple[str, str]) -> Project:
    """Return the project with these authorities in its settings."""
    (held.path / "root.pem").write_text(authorities[0][1])
    lines = ", ".join(f'{{url = "{url}", roots = "{"root.pem" if root else ""}"}}' for url, root in authorities)
    (held.path / "corrobora.toml").write_text(f"[anchor]\nauthorities = [{lines}]\nseconds = 5\n")
    return project.open_project(held.path)


def test_a_token_that_holds_is_verified(stamped: Anchor) -> None:
    assert (stamped.state, stamped.reason) == ("verified", "revocation was not checked: no list (CRL) is given")
    assert abs(datetime.fromisoformat(stamped.stamped) - datetime.now(UTC)) < timedelta(hours=1)
    assert preserve.timestamps.fault(stamped) == ""


def test_a_token_without_a_known_root_is_only_anchored(stamped: Anchor) -> None:
    judged = preserve.timestamps.judge(bytes.fromhex(stamped.response), NOTE, int(stamped.nonce), "")
    assert (judged.state, judged.stamped) == ("anchored", stamped.stamped)
    assert "not verified" in judged.reason


def test_a_token_of_another_message_or_request_is_refused(stamped: Anchor) -> None:
    response, nonce = bytes.fromhex(stamped.response), int(stamped.nonce)
    other = preserve.timestamps.judge(response, NOTE + "x", nonce, stamped.chain)
    assert (other.state, other.reason) == ("failed", "it is a time stamp of something else")
    other = preserve.timestamps.judge(response, NOTE, nonce + 1, stamped.chain)
    assert (other.state, other.reason) == ("failed", "it answers another request")


def test_a_certificate_that_had_expired_by_then_is_refused(make: Any) -> None:
    late = make((-60, -30))
    asked = preserve.timestamps.pending(7, NOTE, "http://here", late.root)
    try:
        response = late.answer(bytes.fromhex(asked.request))
    except subprocess.CalledProcessError:
        pytest.skip("this openssl does not stamp with an expired certificate")
    assert preserve.timestamps.judge(response, NOTE, int(asked.nonce), late.root).state == "failed"


def test_the_chain_is_judged_at_the_time_of_the_token(shared: Path) -> None:
    # Its certificate expired on 2026-01-17; at the time it names, it was valid.
    fixtures = shared / "data" / "badinput" / "tsr-rfc3161-client" / "test" / "fixtures"
    found = preserve.timestamps._client().decode_timestamp_response(
        (fixtures / "sigstage/response-sha256.tsr").read_bytes()
    )
    assert found.tst_info.gen_time.year >= 2024


def test_a_self_signed_certificate_is_refused(make: Any) -> None:
    other = make(self_signed=True)
    asked = preserve.timestamps.pending(7, NOTE, "http://here", other.root)
    try:
        response = other.answer(bytes.fromhex(asked.request))
    except subprocess.CalledProcessError:
        pytest.skip("this openssl does not stamp with such a certificate")
    judged = preserve.timestamps.judge(response, NOTE, int(asked.nonce), other.root)
    assert judged.state == "failed", judged


def test_a_chain_to_another_root_is_refused(stamped: Anchor, authority: ModuleType, keys: Any) -> None:
    other = authority.certificate("Root", keys[1], "Root", keys[1], (-10, 10), stamps=False)
    chain = other.public_bytes(serialization.Encoding.PEM).decode()
    judged = preserve.timestamps.judge(bytes.fromhex(stamped.response), NOTE, int(stamped.nonce), chain)
    assert judged.state == "failed"


def test_a_changed_bit_is_refused_or_changes_nothing_that_is_signed(stamped: Anchor) -> None:
    # Bits of certificates beside the chain can change without harm to the proof: the log has the whole token's digest.
    response, rng = bytes.fromhex(stamped.response), Random(4)  # noqa: S311
    refused = 0
    for _ in range(60):
        at = rng.randrange(len(response))
        changed = response[:at] + bytes([response[at] ^ 1 << rng.randrange(8)]) + response[at + 1 :]
        fault = preserve.timestamps.fault(replace(stamped, response=changed.hex()))
        refused += bool(fault)
    assert refused >= 25
    for cut in (0, 10, len(response) // 2, len(response) - 1):
        assert preserve.timestamps.fault(replace(stamped, response=response[:cut].hex()))
    assert preserve.timestamps.fault(replace(stamped, response=(response + b"x").hex()))
    assert preserve.timestamps.fault(replace(stamped, response="zz"))
    assert preserve.timestamps.fault(replace(stamped, stamped="2001-01-01T00:00:00+00:00"))
    assert preserve.timestamps.fault(replace(stamped, state="anchored"))


def test_two_authorities_stamp_the_head_and_a_changed_token_is_named(
    held: Project, good: Any, make: Any, serve: Callable[[Callable[[bytes], bytes]], str]
) -> None:
    first, second = serve(good.answer), serve(make().answer)
    found = named(held, (first, good.root), (second, ""))
    size = found.head().size
    said = {a.authority: a for a in found.anchor()}
    assert (said[first].state, said[second].state) == ("verified", "anchored")
    assert {a.size for a in said.values()} == {size}
    assert found.verify() == ()
    kinds = [event.body for event in found.log().events if event.what == "anchor"][-4:]
    assert len(kinds) == 4  # asked and answered, twice
    body = found.store._rows("SELECT body FROM anchor WHERE authority = ?", first)[0][0]
    at = body.index('"response":"') + 900
    changed = body[:at] + ("0" if body[at] != "0" else "1") + body[at + 1 :]
    found.store._db.execute("UPDATE anchor SET body = ? WHERE authority = ?", (changed, first))
    assert any(f"anchor {size} {first} is not as it was written" in fault for fault in found.verify())


def test_what_fails_is_a_state_and_is_asked_again(
    held: Project, good: Any, serve: Callable[[Callable[[bytes], bytes]], str]
) -> None:
    ready: list[bool] = []
    url = serve(lambda asked: good.answer(asked) if ready else b"")
    found = named(held, (url, good.root))
    (said,) = [a for a in found.anchor() if a.authority == url]
    assert said.state == "failed"
    assert "did not answer" in said.reason
    assert found.verify() == ()
    ready.append(True)
    (said,) = [a for a in found.anchor() if a.authority == url]
    assert said.state == "verified"


def test_answers_that_are_no_time_stamp_fail(
    held: Project, good: Any, serve: Callable[[Callable[[bytes], bytes]], str]
) -> None:
    for answer in (b"<html>hello</html>", b"0" * (preserve.timestamps.LIMIT + 1), b"\x30\x03\x02\x01\x02"):
        url = serve(lambda _, said=answer: said)  # type: ignore[misc]
        found = named(held, (url, good.root))
        assert [a.state for a in found.anchor() if a.authority == url] == ["failed"]


def test_a_token_of_a_large_authority_whose_sets_are_out_of_order_is_opened(shared: Path) -> None:
    folder = shared / "data" / "badinput" / "tsr-auto-archiver" / "tests" / "data" / "timestamping"
    for name in ("digicert.tsr", "rfc3161-client-issue-104.tsr"):
        judged = preserve.timestamps.judge((folder / name).read_bytes(), NOTE, None, "")
        assert judged.reason == "it is a time stamp of something else", name


def test_nobody_is_asked_unless_named(held: Project) -> None:
    with pytest.raises(BadInput, match="no time-stamping authority"):
        held.anchor()
    (held.path / "corrobora.toml").write_text('[anchor]\nauthorities = [{url = "http://x", roots = "missing.pem"}]\n')
    with pytest.raises(BadInput, match=r"missing\.pem"):
        project.open_project(held.path).anchor()
    with pytest.raises(BadInput, match="not the address"):
        preserve.timestamps.ask("file:///etc/passwd", b"", 1)


def test_real_tokens_are_opened_or_refused_in_words(shared: Path) -> None:
    folder = shared / "data" / "badinput" / "tsr-auto-archiver" / "tests" / "data" / "timestamping"
    for path in sorted(folder.iterdir()):
        judged = preserve.timestamps.judge(path.read_bytes(), NOTE, None, "")
        assert judged.state == "failed"
        assert judged.reason
