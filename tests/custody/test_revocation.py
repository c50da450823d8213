"""A revoked certificate spoils its tokens as RFC 3161, section 4, says; without a list that is said."""

import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization

from corrobora import preserve
from corrobora.model import Anchor
from corrobora.preserve import revocation

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="needs the openssl command")
NOTE = "corrobora/0123456789abcdef\n7\nAAAA\n\n— corrobora/0123456789abcdef AAAA\n"
NOW = datetime.now(UTC).replace(microsecond=0)


@pytest.fixture(scope="module")
def stamped(good: Any) -> Anchor:
    asked = preserve.timestamps.pending(7, NOTE, "http://here", good.root)
    return replace(asked, response=good.answer(bytes.fromhex(asked.request)).hex())


def listed(
    keys: Any, serial: int = 1, *, hours: float = 1, reason: x509.ReasonFlags | None = None, issuer: str = "Root",
    revoked: float = 0, signer: int = 0,
) -> str:  # fmt: skip
    """A revocation list from `hours` after now; it names a serial number as revoked so many hours from now."""
    entry = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(NOW + timedelta(hours=revoked))
    if reason:
        entry = entry.add_extension(x509.CRLReason(reason), critical=False)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, issuer)])
    builder = x509.CertificateRevocationListBuilder().issuer_name(name).add_revoked_certificate(entry.build())
    builder = builder.last_update(NOW + timedelta(hours=hours)).next_update(NOW + timedelta(days=9))
    return builder.sign(keys[signer], hashes.SHA256()).public_bytes(serialization.Encoding.PEM).decode()


def own(good: Any) -> int:
    return x509.load_pem_x509_certificate((good.folder / "tsa.pem").read_bytes()).serial_number


def judged(stamped: Anchor, pem: str) -> tuple[str, str]:
    found = preserve.timestamps.judge(bytes.fromhex(stamped.response), NOTE, int(stamped.nonce), pem)
    return found.state, found.reason


def test_without_a_list_that_is_said(stamped: Anchor, good: Any) -> None:
    assert judged(stamped, good.root) == ("verified", revocation.UNKNOWN)


def test_a_list_from_after_the_token_that_does_not_name_it_is_named(stamped: Anchor, good: Any, keys: Any) -> None:
    state, told = judged(stamped, good.root + listed(keys))
    assert (state, told.startswith("not revoked by the lists of 20")) == ("verified", True)


@pytest.mark.parametrize(
    "other", [{"hours": -2}, {"issuer": "Another"}, {"signer": 1}], ids=["older", "by another", "by another key"]
)
def test_a_list_that_says_nothing_of_it_leaves_it_open(stamped: Anchor, good: Any, keys: Any, other: Any) -> None:
    told = judged(stamped, good.root + listed(keys, own(good) if "hours" not in other else 1, **other))
    assert told == ("verified", "revocation is not known of CN=TSA: no list from after the token")


REASONS = x509.ReasonFlags


@pytest.mark.parametrize(
    ("reason", "revoked", "state"),
    [
        (None, 0.5, "failed"),  # no reason: none of its tokens is good
        (REASONS.key_compromise, 0.5, "failed"),
        (REASONS.ca_compromise, 0.5, "failed"),
        (REASONS.superseded, 0.5, "verified"),
        (REASONS.cessation_of_operation, 0.5, "verified"),
        (REASONS.superseded, -0.5, "failed"),  # it was made afterwards
        (REASONS.affiliation_changed, -0.5, "failed"),
    ],
)
def test_what_a_revocation_means(
    stamped: Anchor, good: Any, keys: Any, reason: REASONS | None, revoked: float, state: str
) -> None:
    found = judged(stamped, good.root + listed(keys, own(good), reason=reason, revoked=revoked))
    assert found[0] == state
    assert ("was revoked on" in found[1]) == (state == "failed")


def test_a_list_that_cannot_be_read_is_no_pass(stamped: Anchor, good: Any) -> None:
    broken = "-----BEGIN X509 CRL-----\nAAAA\n-----END X509 CRL-----\n"
    assert judged(stamped, good.root + broken)[0] == "failed"


def test_what_was_verified_with_its_list_still_is(stamped: Anchor, good: Any, keys: Any) -> None:
    """`verify` judges by what was kept, lists as well: one that names the certificate would have been told."""
    pem = good.root + listed(keys)
    found = preserve.timestamps.judge(bytes.fromhex(stamped.response), NOTE, int(stamped.nonce), pem)
    kept = replace(stamped, state=found.state, stamped=found.stamped, chain=pem)
    assert preserve.timestamps.fault(kept) == ""
    assert "was revoked" in preserve.timestamps.fault(replace(kept, chain=good.root + listed(keys, own(good))))
