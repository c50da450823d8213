"""Whether a time-stamping authority's certificates were revoked, by the lists (CRL) that a user has and names.

Nothing is fetched: asking for a list tells that somebody works, and where. What a revocation means for tokens made
before it is RFC 3161's, section 4: they stay valid where its reason has nothing to do with the key, and only then.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm

UNKNOWN = "revocation was not checked: no list (CRL) is given"
_LISTS = re.compile(r"-----BEGIN X509 CRL-----.+?-----END X509 CRL-----", re.DOTALL)
_HARMLESS = {
    x509.ReasonFlags.unspecified, x509.ReasonFlags.affiliation_changed, x509.ReasonFlags.superseded,
    x509.ReasonFlags.cessation_of_operation,
}  # fmt: skip


def told(pem: str, embedded: Iterable[bytes], stamped: datetime) -> tuple[str, str]:
    """Return why a token made at `stamped` is not to be believed, '' where nothing says so; and what was checked.

    `pem` holds the certificates that are trusted and the lists; `embedded` the certificates of the token, in DER.
    Raises ValueError where one of them cannot be read.
    """
    lists = [x509.load_pem_x509_crl(block.encode()) for block in _LISTS.findall(pem)]
    if not lists:
        return "", UNKNOWN
    known = [*x509.load_pem_x509_certificates(pem.encode()), *map(x509.load_der_x509_certificate, embedded)]
    checked, open_ = [], []
    for certificate in dict.fromkeys(c for c in known if c.issuer != c.subject):
        name = certificate.subject.rfc4514_string()[:80]
        fitting = [found for found in lists if _is_by(found, certificate, known)]
        if not any(found.last_update_utc >= stamped for found in fitting):
            open_.append(name)
        for found in fitting:
            if fault := _fault(found, certificate, stamped):
                return f"the certificate {name} {fault}", ""
            checked.append(found.last_update_utc.date().isoformat())
    if open_:
        return "", f"revocation is not known of {'; '.join(open_)}: no list from after the token"
    return "", f"not revoked by the lists of {', '.join(sorted(set(checked)))}"


def _is_by(found: x509.CertificateRevocationList, of: x509.Certificate, known: Sequence[x509.Certificate]) -> bool:
    """Whether a list is the issuer's own, signed with the key that the certificate was signed with."""
    issuers = [certificate for certificate in known if certificate.subject == of.issuer]
    return found.issuer == of.issuer and any(_signed(found, of, issuer) for issuer in issuers)


def _signed(found: x509.CertificateRevocationList, of: x509.Certificate, issuer: x509.Certificate) -> bool:
    try:
        of.verify_directly_issued_by(issuer)
        return found.is_signature_valid(issuer.public_key())  # type: ignore[arg-type]  # an authority's key can sign
    except (ValueError, TypeError, InvalidSignature, UnsupportedAlgorithm):  # another of that name
        return False


def _fault(found: x509.CertificateRevocationList, certificate: x509.Certificate, stamped: datetime) -> str:
    entry = found.get_revoked_certificate_by_serial_number(certificate.serial_number)
    if entry is None:
        return ""
    try:
        reason = entry.extensions.get_extension_for_class(x509.CRLReason).value.reason
    except x509.ExtensionNotFound:
        reason = None
    if reason in _HARMLESS and entry.revocation_date_utc > stamped:
        return ""
    why = reason.value if reason else "for no reason that it names"
    return f"was revoked on {entry.revocation_date_utc.date()} ({why})"
