"""Writes a bundle: a BagIt bag (RFC 8493) that can be checked offline, years later, by one file that lies in it.

Every row and event is given as salted fields, so that a part can be withheld; every event with the proof that it stands
in the log that the checkpoint signs.
"""

import os
import shutil
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import file_digest, sha256
from importlib import resources
from pathlib import Path

import msgspec

from corrobora.errors import BadInput
from corrobora.publish.redaction import Shown

VERIFIER = "verify_bundle.py"
README = """\
A bundle made by Corrobora: a BagIt bag (RFC 8493).

To check it, with Python 3.11 or later and the package cryptography, and no network:

    python verify_bundle.py

Better: use a verify_bundle.py that came to you another way, and a head that was kept elsewhere, or the certificate of
the authority that stamped it:

    python verify_bundle.py --bag FOLDER --head HEAD.txt --roots ROOT.pem

data/record.jsonl       rows, time stamps among them: fields as ["salt","path",value], and the commitments of those
                        that are withheld
data/log.jsonl          events of the custody log in the same form, each with its RFC 9162 inclusion proof
data/checkpoint.txt     the signed head of the log (C2SP signed note); data/key.txt the key that signs
data/checkpoints.jsonl  earlier heads, each with the proof that the log went on from there
data/originals/         original bytes by their SHA-256
data/public/            the record in its public form
"""


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row of the record, and the event that last wrote it."""

    table: str
    event: int
    shown: Shown


@dataclass(frozen=True, slots=True)
class ShownEvent:
    """An event where it stands, with its inclusion proof (hex, from the leaf up)."""

    position: int
    shown: Shown
    proof: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bundle:
    """All that goes into a bag. `originals` are bytes by SHA-256 in hex, one at a time; `public` files by name."""

    rows: Sequence[ShownRow]
    events: Sequence[ShownEvent]
    checkpoint: str
    key: str
    checkpoints: Sequence[Mapping[str, object]]
    originals: Iterable[tuple[str, bytes]]
    public: Mapping[str, bytes]

    def files(self) -> dict[str, bytes]:
        """Return every file of the bag's payload but the originals, by name."""
        files = {
            "data/record.jsonl": _lines(self.rows),
            "data/log.jsonl": _lines(self.events),
            "data/checkpoint.txt": self.checkpoint.encode(),
            "data/key.txt": self.key.encode() + b"\n",
            "data/checkpoints.jsonl": _lines(self.checkpoints),
        }
        return files | {f"data/public/{name}": content for name, content in self.public.items()}

    def values(self) -> list[str]:
        """Return every value that the bundle shows, as text."""
        shown = [*(row.shown for row in self.rows), *(event.shown for event in self.events)]
        texts = (text for one in shown for text in one.disclosed)
        return [str(msgspec.json.decode(text)[2]) for text in texts]


def write_bag(bundle: Bundle, files: Mapping[str, bytes], output: Path, date: str) -> tuple[Path, ...]:
    """Write the bag to the new folder `output`, whole or not at all. Raises BadInput where there is something there."""
    if output.exists() and (not output.is_dir() or any(output.iterdir())):
        raise BadInput(f"{output} holds other files", hint="Name a new folder: a bundle is one folder of its own.")
    output.parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix=f".{output.name}.", dir=output.parent))
    try:
        for name, content in files.items():
            _put(made / name, content)
        for digest, content in bundle.originals:
            _put(made / "data" / "originals" / digest, content)
        _tags(made, date)
        made.chmod(0o755)
        if output.exists():
            output.rmdir()
        made.replace(output)
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise
    return tuple(sorted(path for path in output.rglob("*") if path.is_file()))


def _tags(bag: Path, date: str) -> None:
    """Write what makes a folder a bag: its declaration, its manifests, and the files that are no payload."""
    payload = sorted(path for path in (bag / "data").rglob("*") if path.is_file())
    size = sum(path.stat().st_size for path in payload)
    verifier = (resources.files("corrobora.publish") / VERIFIER).read_bytes()
    tags = {
        "bagit.txt": b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
        "bag-info.txt": f"Bagging-Date: {date}\nPayload-Oxum: {size}.{len(payload)}\n".encode(),
        "manifest-sha256.txt": _manifest({_name(path, bag): _digest(path) for path in payload}),
        "README.txt": README.encode(),
        VERIFIER: verifier,
    }
    for name, content in tags.items():
        _put(bag / name, content)
    _put(
        bag / "tagmanifest-sha256.txt", _manifest({name: sha256(content).hexdigest() for name, content in tags.items()})
    )


def _manifest(digests: Mapping[str, str]) -> bytes:
    return "".join(f"{digest}  {name}\n" for name, digest in sorted(digests.items())).encode()


def _name(path: Path, bag: Path) -> str:
    return path.relative_to(bag).as_posix()


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _put(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _lines(values: Sequence[object]) -> bytes:
    return b"".join(msgspec.json.encode(value) + b"\n" for value in values)
