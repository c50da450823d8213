"""Signatures of web archives (WACZ Signing and Verification 0.1.0): whether they hold, and of how little that is proof.

A signature covers the hash of the archive's list: nothing was changed since. It shows who made it only as far as one
trusts the certificate, which is not followed up to an authority here: that authority's word would have to be fetched.
"""

import base64
import json
from contextlib import suppress
from datetime import datetime

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.serialization import load_der_public_key

UNSIGNED = "it is not signed: who made it is not proven"


def told(digest: bytes, listed: str) -> tuple[str, str]:
    """Return what is wrong with the signature in `datapackage-digest.json`, '' where nothing is; and what it shows.

    `listed` is the hash that the list of files has now.
    """
    try:
        found = json.loads(digest or b"{}")
        signed = found.get("signedData") if isinstance(found, dict) else None
        if signed is None:
            return "", UNSIGNED
        if signed["hash"] != listed:
            return "its signature is of another list", ""
        return _named(signed) if "domainCert" in signed else _unnamed(signed)
    except InvalidSignature:
        return "its signature does not hold", ""
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, x509.ExtensionNotFound) as error:
        return f"its signature cannot be read ({type(error).__name__})", ""


def _unnamed(signed: dict[str, str]) -> tuple[str, str]:
    encoded = base64.b64decode(signed["publicKey"], validate=True)
    _verify(load_der_public_key(encoded), signed)
    name = base64.b64encode(encoded)[-16:].decode()
    return "", f"signed by a key that nobody vouches for (…{name}): who made it is not proven"


def _named(signed: dict[str, str]) -> tuple[str, str]:
    certificate = x509.load_pem_x509_certificates(signed["domainCert"].encode())[0]
    _verify(certificate.public_key(), signed)
    names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    domain, created = signed["domain"], datetime.fromisoformat(signed["created"])
    if domain not in names.get_values_for_type(x509.DNSName):
        return f"its signature is not by a certificate of {domain[:80]!r}", ""
    if not certificate.not_valid_before_utc <= created <= certificate.not_valid_after_utc:
        return f"its certificate did not hold when it says that it was signed ({signed['created']})", ""
    return "", f"signed by a certificate for {domain[:80]}; that an authority gave it, and when, was not checked"


def _verify(key: object, signed: dict[str, str]) -> None:
    """Check the signature, in the form of DER or, as browsers make it, both numbers one after the other."""
    if not isinstance(key, EllipticCurvePublicKey):
        raise TypeError("not a key of an elliptic curve")
    signature, half = base64.b64decode(signed["signature"], validate=True), (key.curve.key_size + 7) // 8
    words, method = signed["hash"].encode(), ECDSA(hashes.SHA256())
    if len(signature) == 2 * half:  # DER may be as long, and both may begin with the same byte
        numbers = int.from_bytes(signature[:half]), int.from_bytes(signature[half:])
        with suppress(InvalidSignature):
            key.verify(encode_dss_signature(*numbers), words, method)
            return
    key.verify(signature, words, method)
