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

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from corrobora import preserve, project
from corrobora.errors import BadInput
from corrobora.model import Anchor
from corrobora.project import Project

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="needs the openssl command")
Key = rsa.RSAPrivateKey
NOTE = "corrobora/0123456789abcdef\n7\nAAAA\n\n— corrobora/0123456789abcdef AAAA\n"


def name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def certificate(
    subject: str, key: Key, issuer: str, signer: Key, days: tuple[int, int], *, stamps: bool, critical: bool = True
) -> x509.Certificate:
    """Return a certificate that is valid from and to so many days from now; one that stamps is no authority."""
    today = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(name(subject))
        .issuer_name(name(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(today + timedelta(days=days[0]))
        .not_valid_after(today + timedelta(days=days[1]))
        .add_extension(x509.BasicConstraints(ca=not stamps, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False)
    )
    if stamps:
        usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        builder = builder.add_extension(usage, critical=critical)
    return builder.sign(signer, hashes.SHA256())


class Authority:
    """A time-stamping authority: openssl, a key, a certificate."""

    def __init__(self, folder: Path, key: Key, own: x509.Certificate, root: x509.Certificate) -> None:
        self.folder = folder
        folder.mkdir()
        self.root = root.public_bytes(serialization.Encoding.PEM).decode()
        (folder / "tsa.pem").write_bytes(own.public_bytes(serialization.Encoding.PEM))
        (folder / "root.pem").write_text(self.root)
        form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        (folder / "key.pem").write_bytes(key.private_bytes(*form))
        (folder / "serial").write_text("01\n")
        (folder / "tsa.cnf").write_text(
            "[tsa]\ndefault_tsa = one\n[one]\nserial = $ENV::TSA/serial\ncrypto_device = builtin\n"
            "signer_cert = $ENV::TSA/tsa.pem\nsigner_key = $ENV::TSA/key.pem\n"
            "signer_digest = sha256\ndefault_policy = 1.2.3.4\ndigests = sha256, sha512\naccuracy = secs:1\n"
            "ordering = no\ntsa_name = no\ness_cert_id_chain = no\ness_cert_id_alg = sha256\n"
        )

    def answer(self, request: bytes) -> bytes:
        (self.folder / "q").write_bytes(request)
        words = ["openssl", "ts", "-reply", "-config", "tsa.cnf", "-queryfile", "q", "-out", "r"]
        environment = {"TSA": str(self.folder), "PATH": "/usr/bin:/bin"}
        subprocess.run(words, cwd=self.folder, env=environment, check=True, capture_output=True)
        return (self.folder / "r").read_bytes()


@pytest.fixture(scope="session")
def keys() -> tuple[Key, Key]:
    return (rsa.generate_private_key(65537, 2048), rsa.generate_private_key(65537, 2048))


Make = Callable[..., Authority]


@pytest.fixture(scope="session")
def make(keys: tuple[Key, Key], tmp_path_factory: pytest.TempPathFactory) -> Make:
    root_key, key = keys
    root = certificate("Root", root_key, "Root", root_key, (-4000, 4000), stamps=False)

    def made(days: tuple[int, int] = (-30, 30), *, self_signed: bool = False, critical: bool = True) -> Authority:
        issuer, signer = ("TSA", key) if self_signed else ("Root", root_key)
        own = certificate("TSA", key, issuer, signer, days, stamps=True, critical=critical)
        return Authority(tmp_path_factory.mktemp("tsa") / "a", key, own, root)

    return made


@pytest.fixture(scope="session")
def good(make: Make) -> Authority:
    return make()


@pytest.fixture(scope="session")
def stamped(good: Authority) -> Anchor:
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
    assert (stamped.state, stamped.reason) == ("verified", "")
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


def test_a_certificate_that_had_expired_by_then_is_refused(make: Make) -> None:
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


@pytest.mark.parametrize("wrong", [{"self_signed": True}, {"critical": False}])
def test_a_self_signed_or_unmarked_certificate_is_refused(make: Make, wrong: dict[str, bool]) -> None:
    other = make(**wrong)
    asked = preserve.timestamps.pending(7, NOTE, "http://here", other.root)
    try:
        response = other.answer(bytes.fromhex(asked.request))
    except subprocess.CalledProcessError:
        pytest.skip("this openssl does not stamp with such a certificate")
    judged = preserve.timestamps.judge(response, NOTE, int(asked.nonce), other.root)
    assert judged.state == "failed", judged


def test_a_chain_to_another_root_is_refused(stamped: Anchor, keys: tuple[Key, Key]) -> None:
    other = certificate("Root", keys[1], "Root", keys[1], (-10, 10), stamps=False)
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
    held: Project, good: Authority, make: Make, serve: Callable[[Callable[[bytes], bytes]], str]
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
    held: Project, good: Authority, serve: Callable[[Callable[[bytes], bytes]], str]
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
    held: Project, good: Authority, serve: Callable[[Callable[[bytes], bytes]], str]
) -> None:
    for answer in (b"<html>hello</html>", b"0" * (preserve.timestamps.LIMIT + 1), b"\x30\x03\x02\x01\x02"):
        url = serve(lambda _, said=answer: said)  # type: ignore[misc]
        found = named(held, (url, good.root))
        assert [a.state for a in found.anchor() if a.authority == url] == ["failed"]


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
