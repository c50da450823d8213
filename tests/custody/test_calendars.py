"""Proofs of OpenTimestamps, from a calendar that is played here: promised, in a block, verified, and refused."""

from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, HTTPServer
from importlib import import_module
from threading import Thread
from types import SimpleNamespace
from typing import Any

import pytest
from opentimestamps.core import notary, op, serialize, timestamp

from corrobora import preserve, project
from corrobora.errors import BadInput, MissingExtra
from corrobora.model import Anchor
from corrobora.preserve import calendars
from corrobora.project import Project
from corrobora.publish import verify_bundle

NOTE = "corrobora/0123456789abcdef\n7\nAAAA\n\n— corrobora/0123456789abcdef AAAA\n"
# The first block of Bitcoin: published in the client's source, and the only header that needs no chain.
GENESIS = (
    "0100000000000000000000000000000000000000000000000000000000000000000000003ba3edfd7a7b12b27ac72c3e67768f617fc81bc3"
    "888a51323a9fb8aa4b1e5e4a29ab5f49ffff001d1dac2b7c"
)


def onward(message: bytes, *attestations: Any, path: bytes = b"") -> bytes:
    """What a calendar answers: from a message, over some bytes, to what attests it."""
    found = timestamp.Timestamp(message)
    end = found.ops.add(op.OpAppend(path)).ops.add(op.OpSHA256()) if path else found
    end.attestations.update(attestations)
    stream = serialize.BytesSerializationContext()
    found.serialize(stream)
    return bytes(stream.getbytes())


class Calendar:
    """A calendar: it promises, and when `blocks` are there it tells of one."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.blocks = False
        self.down = False
        self.ends: list[bytes] = []
        calendar = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                self.say(calendar.submitted(self.rfile.read(int(self.headers["Content-Length"]))))

            def do_GET(self) -> None:
                self.say(calendar.grown(bytes.fromhex(self.path.rpartition("/")[2])) if calendar.blocks else b"")

            def say(self, answer: bytes) -> None:
                calendar.asked.append(self.path)
                self.send_response(200 if answer and not calendar.down else 404)
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def submitted(self, digest: bytes) -> bytes:
        elsewhere = notary.PendingAttestation("http://10.9.8.7/secret")  # which nobody may be led to
        return onward(digest, elsewhere, path=b"calendar's own")

    def grown(self, commitment: bytes) -> bytes:
        self.ends.append(sha256(commitment + b"block").digest())
        return onward(commitment, notary.BitcoinBlockHeaderAttestation(7), path=b"block")


@pytest.fixture
def calendar() -> Iterator[Calendar]:
    found = Calendar()
    yield found
    found.server.shutdown()
    found.server.server_close()


def header(root: bytes) -> str:
    """A header with this root; its work is looked at elsewhere."""
    raw = bytes.fromhex(GENESIS)
    return (raw[:36] + root + raw[68:]).hex()


@pytest.fixture
def light(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a header have no work in it: none can be made here."""
    bitcoin = import_module("bitcoin.core")
    easy = SimpleNamespace(**{n: getattr(bitcoin, n) for n in ("CBlockHeader", "CheckProofOfWorkError")})
    easy.CheckProofOfWork = lambda *_: None
    found = lambda name: easy if name == "bitcoin.core" else import_module(name)  # noqa: E731
    monkeypatch.setattr(calendars, "import_module", found)


def named(held: Project, calendar: Calendar, headers: str = "") -> Project:
    (held.path / "headers.txt").write_text(headers)
    (held.path / "corrobora.toml").write_text(
        f'[anchor]\ncalendars = ["{calendar.url}"]\nheaders = "headers.txt"\nseconds = 5\n'
    )
    return project.open_project(held.path)


def test_the_first_block_has_the_work_that_it_claims() -> None:
    root = bytes.fromhex(GENESIS)[36:68]
    first = notary.BitcoinBlockHeaderAttestation(0)
    assert calendars._attested(root, first, bytes.fromhex(GENESIS)) == "2009-01-03T18:15:05+00:00"
    with pytest.raises(ValueError, match="merkleroot"):
        calendars._attested(bytes(32), first, bytes.fromhex(GENESIS))
    with pytest.raises(ValueError, match="doesn't match nBits"):
        calendars._attested(bytes(32), first, bytes.fromhex(header(bytes(32))))


@pytest.mark.usefixtures("light")
def test_a_promise_becomes_a_block_becomes_verified(held: Project, calendar: Calendar) -> None:
    found = named(held, calendar)
    (promised,) = found.anchor()
    assert (promised.state, promised.size) == ("pending", found.store.checkpoints()[-2].size)
    assert "promised" in promised.reason
    assert promised.response.startswith(calendars.MAGIC.hex())
    assert found.verify() == ()
    (still,) = found.anchor()
    assert (still.state, still.size) == ("pending", promised.size), "no new one is asked for meanwhile"
    calendar.blocks = True
    anchored, fresh = found.anchor()
    assert (anchored.state, anchored.size) == ("anchored", promised.size)
    assert "leads to Bitcoin block 7, whose header is not given" in anchored.reason
    assert (fresh.state, fresh.size > promised.size) == ("pending", True)
    assert all(path.startswith(("/digest", "/timestamp/")) for path in calendar.asked)
    found = named(found, calendar, f"7 {header(calendar.ends[0])}\n")
    said = {a.size: a for a in found.anchor()}
    assert (said[promised.size].state, said[promised.size].stamped) == ("verified", "2009-01-03T18:15:05+00:00")
    assert "that others have it was not checked" in said[promised.size].reason
    assert found.verify() == ()


def test_what_is_asked_says_nothing_of_the_checkpoint(calendar: Calendar) -> None:
    seen: list[bytes] = []
    submitted = calendar.submitted
    calendar.submitted = lambda digest: seen.append(digest) or submitted(digest)  # type: ignore[func-returns-value, method-assign]
    for _ in range(2):
        assert calendars.stamp(7, NOTE, calendar.url, "", 5).state == "pending"
    assert len(set(seen)) == 2
    assert sha256(NOTE.encode()).digest() not in seen


@pytest.fixture
def proof(calendar: Calendar) -> Anchor:
    calendar.blocks = True
    return calendars.again(calendars.stamp(7, NOTE, calendar.url, "", 5), "", 5)


@pytest.mark.usefixtures("light")
def test_what_does_not_hold_is_refused(calendar: Calendar, proof: Anchor) -> None:
    raw = bytes.fromhex(proof.response)
    good = f"7 {header(calendar.ends[0])}"
    assert calendars.judge(raw, NOTE, good).state == "verified"
    assert calendars.judge(raw, NOTE, f"8 {header(calendar.ends[0])}").state == "anchored", "of another block"
    wrong = calendars.judge(raw, NOTE, f"7 {header(bytes(32))}")
    assert (wrong.state, "merkleroot" in wrong.reason) == ("failed", True)
    assert calendars.judge(raw, NOTE + "x", good).reason == "it is a proof of something else"
    promise = range(raw.index(b"http") - 12, raw.index(b"/secret") + 7)  # which proves nothing, whatever it says
    for at in sorted(set(range(len(calendars.MAGIC), len(raw))) - set(promise)):
        changed = raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :]
        assert calendars.judge(changed, NOTE, good).state != "verified", at
    for cut in range(0, len(raw), 9):
        assert calendars.judge(raw[:cut], NOTE, good).state == "failed"
    assert calendars.judge(raw + b"x", NOTE, good).state == "failed"


def test_a_claim_to_be_in_a_block_is_not_taken_for_verified() -> None:
    """Whoever writes a proof can put any block at its end: without the header it is only said to lead there."""
    made = timestamp.Timestamp(sha256(NOTE.encode()).digest())
    made.attestations.add(notary.BitcoinBlockHeaderAttestation(783000))
    raw = calendars._written(timestamp.DetachedTimestampFile(op.OpSHA256(), made))
    assert calendars.judge(raw, NOTE, "").state == "anchored"
    assert calendars.judge(raw, NOTE, f"783000 {GENESIS}").state == "failed"


def test_a_kept_proof_is_judged_again(proof: Anchor) -> None:
    assert calendars.fault(proof) == ""
    assert "leads to Bitcoin block 7" in calendars.fault(replace(proof, state="verified"))
    assert calendars.fault(replace(proof, response=proof.response[:-8]))
    assert calendars.is_proof(proof)
    assert not calendars.is_proof(replace(proof, nonce="4"))


@pytest.mark.parametrize("answer", [b"", b"<html>", b"\xf0" * 10_001, b"\x08" * 300])
def test_answers_that_are_no_proof_fail(calendar: Calendar, answer: bytes) -> None:
    calendar.submitted = lambda digest: answer  # type: ignore[method-assign]  # noqa: ARG005
    found = calendars.stamp(7, NOTE, calendar.url, "", 5)
    assert (found.state, found.response) == ("failed", "")
    assert found.reason


def test_a_calendar_that_is_gone_keeps_its_promise_open(held: Project, calendar: Calendar) -> None:
    found = named(held, calendar)
    (first,) = found.anchor()
    calendar.down = True
    (later,) = found.anchor()
    assert replace(later, at="") == replace(first, at="")
    assert found.verify() == ()


def test_headers_that_cannot_be_read_are_the_users_to_mend(held: Project, calendar: Calendar) -> None:
    for lines in ("x y\n", f"7 {GENESIS[:-2]}\n"):
        with pytest.raises(BadInput, match=r"headers\.txt"):
            named(held, calendar, lines).anchor()
    assert calendar.asked == []


def test_without_the_library_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch, proof: Anchor) -> None:
    def absent(_: str) -> Any:
        raise ImportError

    monkeypatch.setattr(calendars, "import_module", absent)
    with pytest.raises(MissingExtra) as told:
        calendars.stamp(7, NOTE, "http://127.0.0.1:9", "", 1)
    assert "corrobora[opentimestamps]" in told.value.hint
    assert "cannot be checked" in calendars.fault(proof)


def test_nobody_is_asked_unless_named(held: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calendars, "ask", lambda *_: pytest.fail("it was asked"))
    with pytest.raises(BadInput, match="no time-stamping authority"):
        held.anchor()
    assert preserve.calendars.heights("\n") == {}


def test_the_verifier_in_a_bundle_does_not_take_it_for_an_authoritys_token(proof: Anchor) -> None:
    shown = {"response": proof.response, "note": NOTE, "normal": ""}
    assert verify_bundle.judged(shown, "").startswith("a calendar's proof, not checked here: 'ots verify' does it")
