"""What a ProofMode bundle proves, in a folder and packed: hashes, signatures by the key beside them, no more."""

import io
import zipfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from pysequoia import SignatureMode, Tsk, sign

from corrobora.model import Reference, Source
from corrobora.settings import Limits
from corrobora.sources import archives, find, media, openpgp, proofmode

PHOTO = b"\xff\xd8\xff a photo"
NOTED = b"File Hash SHA256,Locations\nx,y\n"
DIGEST = sha256(PHOTO).hexdigest()


@pytest.fixture(scope="module")
def key() -> Tsk:
    return Tsk.generate("A telephone <noone@example.org>")


@pytest.fixture
def bundle(key: Tsk) -> dict[str, bytes]:
    def signature(data: bytes) -> bytes:
        return bytes(sign(key.signer(), data, mode=SignatureMode.DETACHED))

    return {
        "IMG_1.jpg": PHOTO,
        f"{DIGEST}.asc": signature(PHOTO),
        f"{DIGEST}.proof.csv": NOTED,
        f"{DIGEST}.proof.csv.asc": signature(NOTED),
        f"{DIGEST}.ots": b"\x00OpenTimestamps",
        "pubkey.asc": str(key.extract_certificate()).encode(),
    }


Told = Callable[[dict[str, bytes]], dict[str, Reference]]


@pytest.fixture(params=["folder", "packed"])
def told(request: pytest.FixtureRequest, tmp_path: Path) -> Told:
    """What is found in a bundle, by name, however it lies on the disk."""

    def in_folder(files: dict[str, bytes]) -> dict[str, Reference]:
        for name, content in files.items():
            (tmp_path / name).write_bytes(content)
        return {r.file: r for r in find([Source(str(tmp_path))], Limits())}

    def packed(files: dict[str, bytes]) -> dict[str, Reference]:
        data = io.BytesIO()
        with zipfile.ZipFile(data, "w") as archive:
            for name, content in files.items():
                archive.writestr(f"bundle/{name}", content)
        (tmp_path / "b.zip").write_bytes(data.getvalue())
        return {r.file.removeprefix("b.zip!/bundle/"): r for r in find([Source(str(tmp_path))], Limits())}

    return in_folder if request.param == "folder" else packed


def test_a_whole_bundle_holds_and_everything_is_kept(told: Told, bundle: dict[str, bytes], key: Tsk) -> None:
    found = told(bundle)
    fingerprint = str(key.extract_certificate().fingerprint)
    for name, content in bundle.items():
        assert found[name].data == content
    assert found[f"{DIGEST}.proof.csv"].media_type == proofmode.KIND, "and not read as a table"
    for name in (f"{DIGEST}.asc!/", f"{DIGEST}.proof.csv.asc!/"):
        assert found[name].state == "metadata", found[name].problem
        assert f"proof of IMG_1.jpg, whose SHA-256 it names: signed by the key {fingerprint}" in found[name].problem
        assert "whose key it is, is not proven" in found[name].problem
    assert found[f"{DIGEST}.proof.csv!/"].problem.endswith("what was noted")
    assert found[f"{DIGEST}.ots!/"].problem.endswith("a time stamp, which was not checked")


@pytest.mark.parametrize(
    ("name", "content", "at", "word"),
    [
        ("IMG_1.jpg", PHOTO + b"x", ".asc", "no file beside it has the SHA-256"),
        (f"{DIGEST}.proof.csv", NOTED + b"x", ".proof.csv.asc", "it does not hold"),
        (f"{DIGEST}.asc", b"-----BEGIN PGP SIGNATURE-----\n\nAAAA\n-----END", ".asc", "cannot be read"),
        (f"{DIGEST}.asc", b"", ".asc", "cannot be read"),
        (f"{DIGEST}.proof.csv", None, ".proof.csv.asc", "which is not there"),
        ("pubkey.asc", None, ".asc", "its signature was not checked: there is no key beside it"),
        ("pubkey.asc", proofmode._KEY + b"\n\njunk", ".asc", "cannot be read"),
    ],
)  # fmt: skip
def test_what_was_changed_is_told(
    told: Told, bundle: dict[str, bytes], name: str, content: bytes | None, at: str, word: str
) -> None:
    bundle.pop(name)
    found = told(bundle | ({name: content} if content is not None else {}))[f"{DIGEST}{at}!/"]
    assert word in found.problem
    assert found.state == ("metadata" if "no key" in word else "unreadable")


def test_another_key_beside_it_does_not_make_a_signature_hold(told: Told, bundle: dict[str, bytes]) -> None:
    other = str(Tsk.generate("B <b@example.org>").extract_certificate()).encode()
    found = told(bundle | {"pubkey.asc": other})[f"{DIGEST}.asc!/"]
    assert found.state == "unreadable"
    assert "it does not hold by any key beside it (it names" in found.problem
    both = told(bundle | {"another.asc": other})[f"{DIGEST}.asc!/"]
    assert both.state == "metadata", "among several keys the right one is found"


def test_without_the_library_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(openpgp, "_library", lambda: None)
    assert openpgp.told(b"x", b"y", [b"key"]) == (
        "",
        "its signature was not checked: that needs pysequoia (pip install 'corrobora[openpgp]')",
    )


def test_each_bit_of_a_signature_counts(bundle: dict[str, bytes]) -> None:
    """What is not signed in a signature (its armour, hints of who made it) may change; what is signed may not."""
    signature, keys = bundle[f"{DIGEST}.asc"], [bundle["pubkey.asc"]]
    assert openpgp.told(signature, PHOTO, keys)[0] == ""
    for at in range(len(PHOTO)):
        changed = PHOTO[:at] + bytes([PHOTO[at] ^ 1]) + PHOTO[at + 1 :]
        assert "does not hold" in openpgp.told(signature, changed, keys)[0]
    body = signature.index(b"\n\n") + 2
    for at in range(body, len(signature) - 40, 17):
        changed = signature[:at] + (b"A" if signature[at : at + 1] != b"A" else b"B") + signature[at + 1 :]
        fault, shown = openpgp.told(changed, PHOTO, keys)
        assert bool(fault) != bool(shown)


def test_a_bundle_beyond_what_is_held_is_not_checked(monkeypatch: pytest.MonkeyPatch, bundle: dict[str, bytes]) -> None:
    monkeypatch.setattr(proofmode, "MOST_BYTES", 40)
    members = [archives.Member(name, content) for name, content in bundle.items()]
    found = list(proofmode.packed(b".proof.", members))
    assert [m.data for m in found[: len(bundle)]] == list(bundle.values())
    assert all(m.state == "unreadable" for m in found[len(bundle) :])


def test_a_link_among_proofs_is_not_followed(tmp_path: Path, bundle: dict[str, bytes]) -> None:
    (tmp_path / "secret").write_bytes(PHOTO)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "IMG_1.jpg").symlink_to(tmp_path / "secret")
    (tmp_path / "in" / f"{DIGEST}.asc").symlink_to(tmp_path / "secret")
    (tmp_path / "in" / f"{DIGEST}.proof.csv").write_bytes(bundle[f"{DIGEST}.proof.csv"])
    found = {r.file: r for r in find([Source(str(tmp_path / "in"))], Limits())}
    assert "not followed" in found[f"{DIGEST}.asc"].problem
    assert found[f"{DIGEST}.asc"].data is None
    assert "no file beside it" in found[f"{DIGEST}.proof.csv!/"].problem


def test_other_archives_pass_through_as_they_are() -> None:
    members = [archives.Member("a.proof.csv", b"a,b"), archives.Member("x", None, "refused")]
    assert list(proofmode.packed(b"", members)) == members
    assert list(proofmode.packed(b".proof.", members)) == members
    assert not proofmode.is_proof("report.proof.csv")
    assert media.ZIP != proofmode.KIND
