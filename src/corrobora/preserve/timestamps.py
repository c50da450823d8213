"""Time stamps of RFC 3161: asking an authority, and judging what it answered.

A stamp is made of a whole checkpoint, so that it covers every event before it, who did it and with what. The chain is
judged at the time that the token names: a certificate that has expired since does not spoil it, one that had expired
by then does. Needs rfc3161-client, the extra `anchor`.
"""

import urllib.error
import urllib.request
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from importlib import import_module
from types import ModuleType
from urllib.parse import urlsplit

from cryptography import x509

from corrobora.errors import BadInput, MissingExtra
from corrobora.model import Anchor
from corrobora.preserve import revocation
from corrobora.preserve.der import ordered

SHA256_OID = "2.16.840.1.101.3.4.2.1"
LIMIT = 1 << 20  # bytes of an answer
KEPT = ("anchored", "verified")  # states in which there is a token


@dataclass(frozen=True, slots=True)
class Judged:
    """What came of a response: verified, anchored (a token for this message, its chain not known here) or failed."""

    state: str
    stamped: str = ""
    reason: str = ""


def pending(size: int, note: str, authority: str, chain: str) -> Anchor:
    """Return an anchor that is about to be asked for: its request has a nonce, and asks for certificates."""
    client = _client()
    builder = client.TimestampRequestBuilder().data(note.encode()).hash_algorithm(client.HashAlgorithm.SHA256)
    request = builder.cert_request(cert_request=True).nonce(nonce=True).build()
    return Anchor(
        size,
        authority,
        "pending",
        _now(),
        note,
        request=request.as_bytes().hex(),
        nonce=str(request.nonce),
        chain=chain,
    )


def ask(url: str, request: bytes | None, seconds: float, kind: str = "application/timestamp-query") -> bytes:
    """Send a request of a media type to an authority, or get what is at `url`; return the whole answer.

    Raises BadInput where there is none.
    """
    if urlsplit(url).scheme not in ("http", "https"):
        raise BadInput(f"{url!r} is not the address of an authority", hint="It begins with https:// or http://.")
    message = urllib.request.Request(url, request, {"Content-Type": kind})  # noqa: S310
    try:
        with urllib.request.urlopen(message, timeout=seconds) as answer:  # noqa: S310  the scheme is checked above
            found: bytes = answer.read(LIMIT + 1)
    except (urllib.error.URLError, OSError, ValueError) as error:
        raise BadInput(f"{url} did not answer: {error}", hint="The same command asks again.") from error
    if len(found) > LIMIT:
        raise BadInput(f"{url} answered with more than a time stamp", hint="Is it the address of an authority?")
    return found


def judge(response: bytes, note: str, nonce: int | None, chain: str) -> Judged:
    """Say whether `response` stamps `note` in answer to the request with `nonce`, by a chain to a root given.

    `chain` holds the trusted certificates as PEM, and revocation lists where there are any. Without certificates, the
    best that can be said is that there is a token for this note, signed by someone.
    """
    client = _client()
    try:
        roots = x509.load_pem_x509_certificates(chain.encode()) if chain.strip() else []
        response = ordered(response)
        found = client.decode_timestamp_response(response)
        if client.PKIStatus(found.status) != client.PKIStatus.GRANTED:
            return Judged("failed", reason=f"refused by the authority: {' '.join(found.status_string)}".strip(" :"))
        if response != found.as_bytes():
            return Judged("failed", reason="there is more in the answer than a time stamp")
        stamped = found.tst_info.gen_time.astimezone(UTC).isoformat()
        imprint = found.tst_info.message_imprint
        if bytes(imprint.message) != _sha256(note) or imprint.hash_algorithm.dotted_string != SHA256_OID:
            return Judged("failed", reason="it is a time stamp of something else")
        if nonce is not None and found.tst_info.nonce != nonce:
            return Judged("failed", reason="it answers another request")
        if not roots:
            return Judged("anchored", stamped, "no root certificate is given for this authority: not verified")
        builder = client.VerifierBuilder(roots=[r for r in roots if r.issuer == r.subject] or list(roots))
        for certificate in roots:
            if certificate.issuer != certificate.subject:
                builder = builder.add_intermediate_certificate(certificate)
        builder.build().verify(found, _sha256(note))
        revoked, checked = revocation.told(chain, found.signed_data.certificates, found.tst_info.gen_time)
    except (ValueError, client.VerificationError) as error:
        return Judged("failed", reason=f"it does not hold: {error}"[:300])
    return Judged("failed", reason=revoked) if revoked else Judged("verified", stamped, checked)


def stamp(pending: Anchor, seconds: float) -> Anchor:
    """Ask the authority of a pending anchor, and return what became of it: anchored, verified or failed."""
    try:
        response = ask(pending.authority, bytes.fromhex(pending.request), seconds)
    except BadInput as error:
        return replace(pending, state="failed", at=_now(), reason=str(error))
    judged = judge(response, pending.note, int(pending.nonce), pending.chain)
    normal = ordered(response)
    return replace(
        pending,
        state=judged.state,
        at=_now(),
        response=response.hex(),
        normal=normal.hex() if normal != response else "",
        stamped=judged.stamped,
        reason=judged.reason,
    )


def fault(anchor: Anchor) -> str:
    """Return what is wrong with a token that is kept, '' where nothing is; one that was never had is no fault."""
    if anchor.state not in KEPT:
        return ""
    try:
        judged = judge(bytes.fromhex(anchor.response), anchor.note, int(anchor.nonce), anchor.chain)
    except (ValueError, MissingExtra) as error:
        return f"it cannot be checked: {error}"
    if (judged.state, judged.stamped) == (anchor.state, anchor.stamped):
        return ""
    return judged.reason or f"it is {judged.state} at {judged.stamped}, not {anchor.state} at {anchor.stamped}"


def _sha256(note: str) -> bytes:
    return sha256(note.encode()).digest()


def _now() -> str:
    return datetime.now(UTC).isoformat()


def _client() -> ModuleType:
    try:
        return import_module("rfc3161_client")
    except ImportError:
        raise MissingExtra(
            "time stamps need the package rfc3161-client", hint="Install it: pip install 'corrobora[anchor]'"
        ) from None
