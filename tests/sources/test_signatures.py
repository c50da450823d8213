"""Signatures of web archives: one that holds is told with how little it proves, one that does not is a fault."""

import base64
import json
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from corrobora.model import Reference, Source
from corrobora.settings import Limits
from corrobora.sources import inside, media, signatures

LISTED = "sha256:" + "ab" * 32
KEY = ec.generate_private_key(ec.SECP384R1())
NOW = datetime(2031, 5, 4, tzinfo=UTC)


def signed(raw: bool = False, text: str = LISTED, key: ec.EllipticCurvePrivateKey = KEY) -> str:
    found = key.sign(text.encode(), ec.ECDSA(hashes.SHA256()))
    if raw:
        size = (key.curve.key_size + 7) // 8
        found = b"".join(number.to_bytes(size) for number in decode_dss_signature(found))
    return base64.b64encode(found).decode()


def public(key: Any = KEY) -> str:
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    return base64.b64encode(key.public_key().public_bytes(serialization.Encoding.DER, form)).decode()


def certificate(domain: str = "archive.example", days: int = 30) -> str:
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "anything")])
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(KEY.public_key()).serial_number(1)
        .not_valid_before(NOW - timedelta(days)).not_valid_after(NOW + timedelta(days))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(domain)]), critical=False)
        .sign(KEY, hashes.SHA256())
    )  # fmt: skip
    return made.public_bytes(serialization.Encoding.PEM).decode()


def digest(**changes: Any) -> bytes:
    """What stands beside the list of an archive that a service signed."""
    about = {
        "hash": LISTED, "created": "2031-05-04T12:00:00Z", "software": "made up 1", "signature": signed(),
        "domain": "archive.example", "domainCert": certificate(),
    }  # fmt: skip
    return json.dumps({"hash": LISTED, "signedData": {k: v for k, v in (about | changes).items() if v}}).encode()


def test_a_signature_of_two_numbers_may_begin_as_der_does() -> None:
    """One in 256 does."""
    made = (signed(raw=True) for _ in range(20_000))
    odd = next(found for found in made if base64.b64decode(found)[0] == 0x30)
    assert signatures.told(digest(domain="", domainCert="", publicKey=public(), signature=odd), LISTED)[0] == ""


@pytest.mark.parametrize("raw", [False, True])
def test_a_signature_of_nobody_shows_that_nothing_was_changed_and_no_more(raw: bool) -> None:
    fault, shown = signatures.told(digest(domain="", domainCert="", publicKey=public(), signature=signed(raw)), LISTED)
    assert fault == ""
    assert "nobody vouches for" in shown
    assert "who made it is not proven" in shown


@pytest.mark.parametrize("raw", [False, True])
def test_a_signature_by_a_certificate_names_its_domain_and_what_was_not_checked(raw: bool) -> None:
    fault, shown = signatures.told(digest(signature=signed(raw)), LISTED)
    assert (fault, "archive.example" in shown, "was not checked" in shown) == ("", True, True)


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"hash": "sha256:" + "cd" * 32}, "of another list"),
        ({"signature": signed(text="other")}, "does not hold"),
        ({"signature": signed(key=ec.generate_private_key(ec.SECP384R1()))}, "does not hold"),
        ({"signature": "AAAA"}, "does not hold"),
        ({"signature": "!"}, "cannot be read"),
        ({"signature": base64.b64encode(bytes(96)).decode()}, "does not hold"),
        ({"domain": "other.example"}, "not by a certificate of 'other.example'"),
        ({"domain": "\x1b[2J"}, r"'\x1b[2J'"),
        ({"created": "2041-05-04T12:00:00Z"}, "did not hold when"),
        ({"created": "2031-05-04T12:00:00"}, "cannot be read"),
        ({"created": ""}, "cannot be read"),
        ({"domainCert": "-----BEGIN CERTIFICATE-----\nAA\n-----END CERTIFICATE-----"}, "cannot be read"),
        ({"domainCert": "", "publicKey": ""}, "cannot be read"),
        ({"domainCert": "", "publicKey": public(ed25519.Ed25519PrivateKey.generate())}, "cannot be read"),
        ({"domainCert": "", "publicKey": public(ec.generate_private_key(ec.SECP256R1()))}, "does not hold"),
    ],
)
def test_a_signature_that_does_not_hold_is_a_fault(changes: dict[str, Any], word: str) -> None:
    fault, shown = signatures.told(digest(**changes), LISTED)
    assert word in fault
    assert shown == ""


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b'{"signedData": null}'])
def test_none_is_none(content: bytes) -> None:
    assert signatures.told(content, LISTED) == ("", signatures.UNSIGNED)


@pytest.mark.parametrize("content", [b"{", b'{"signedData": []}', b'{"signedData": {"hash": {}}}', b"[" * 10**5])
def test_what_is_none_in_form_is_told(content: bytes) -> None:
    assert signatures.told(content, LISTED)[0]


def test_a_published_archive_whose_certificate_no_authority_of_the_web_gave(shared: Path) -> None:
    """Its certificate is of a staging authority, which is why it is called invalid: that is what was not checked."""
    (path,) = (shared / "data" / "badinput").rglob("invalid_signed_example_1.wacz")
    data = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        about = archive.read("datapackage-digest.json")
    fault, shown = signatures.told(about, json.loads(about)["hash"])
    assert fault == ""
    assert "btrix-sign-test.webrecorder.net" in shown
    last = list(inside((Reference("a.wacz", "/a.wacz", data, media.WACZ), Source("/a.wacz"), Limits())))[-1]
    assert (last.file, last.state) == ("a.wacz!/", "metadata")
    assert "that an authority gave it, and when, was not checked" in last.problem
