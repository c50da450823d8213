"""A time-stamping authority that openssl plays, with certificates made for the purpose."""

import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

Key = rsa.RSAPrivateKey


def new_key() -> Key:
    """Return a new key."""
    return rsa.generate_private_key(65537, 2048)


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
            "signer_cert = $ENV::TSA/tsa.pem\ncerts = $ENV::TSA/root.pem\nsigner_key = $ENV::TSA/key.pem\n"
            "signer_digest = sha256\ndefault_policy = 1.2.3.4\ndigests = sha256, sha512\naccuracy = secs:1\n"
            "ordering = no\ntsa_name = no\ness_cert_id_chain = no\ness_cert_id_alg = sha256\n"
        )

    def answer(self, request: bytes) -> bytes:
        (self.folder / "q").write_bytes(request)
        words = ["openssl", "ts", "-reply", "-config", "tsa.cnf", "-queryfile", "q", "-out", "r"]
        environment = {"TSA": str(self.folder), "PATH": "/usr/bin:/bin"}
        subprocess.run(words, cwd=self.folder, env=environment, check=True, capture_output=True)
        return (self.folder / "r").read_bytes()
