"""Check a bundle that Corrobora made, offline and without Corrobora.

    python verify_bundle.py [--bag FOLDER] [--head HEAD.txt] [--roots ROOT.pem ...]

Needs Python 3.11 and the package cryptography; time stamps are checked where rfc3161-client is installed too. Prints
each file, row, event or time stamp that is wrong, and ends with status 1 if there is any.
"""

import argparse
import json
import re
import sys
from base64 import b64decode
from collections.abc import Iterator, Sequence
from hashlib import file_digest, sha256
from importlib import import_module
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

HERE = Path(__file__).resolve().parent
TABLES = ("document", "text", "reading", "decision", "anchor")  # what a bundle holds rows of
TAGS = r"bagit\.txt|bag-info\.txt|(tag)?manifest-sha256\.txt|README\.txt|verify_bundle\.py"
MEMBER = re.compile(rf"{TAGS}|data/((record|log|checkpoints)\.jsonl|(checkpoint|key)\.txt|(originals|public)/[^/]+)")
KEY = re.compile(r"corrobora/[0-9a-f]{16}\+[0-9a-f]{8}\+[A-Za-z0-9+/]{44}")


class Fault(Exception):
    """What is wrong, in words."""


UNREADABLE = (Fault, AttributeError, KeyError, OSError, RecursionError, TypeError, ValueError)


def bag_faults(bag: Path) -> Iterator[str]:
    """Yield each file that is missing, changed or not on a list of the bag."""
    listed: set[str] = set()
    for name in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        try:
            lines = (bag / name).read_text(encoding="utf-8").split("\n")[:-1]
        except (OSError, UnicodeDecodeError):
            yield f"{name}: it is missing or cannot be read"
            continue
        for line in lines:
            found = re.fullmatch(r"([0-9a-f]{64})[ \t]+(\S.*)", line)
            digest, file = found.groups() if found else ("", "")
            path = bag / file
            if not file or file in listed or ".." in Path(file).parts or Path(file).is_absolute():
                yield f"{name}: a line cannot be read: {line[:80]!r}"
                continue
            listed.add(file)
            if not path.is_file():
                yield f"{file}: it is missing"
            elif _digest(path) != digest:
                yield f"{file}: its bytes are not those of {name}"
    for path in sorted(bag.rglob("*")):
        there = path.relative_to(bag).as_posix()
        if path.is_symlink() or not (path.is_dir() or there in listed | {"tagmanifest-sha256.txt"}):
            yield f"{there}: it is {'a link' if path.is_symlink() else 'on no list of the bag'}"


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def parsed(text: str, *names: str) -> dict[str, Any]:
    """Return a line that holds these names and no more: nothing would vouch for what else stood in it."""
    line: dict[str, Any] = json.loads(text, object_pairs_hook=_once)
    if set(line) != set(names) or not set(line.get("shown", ())) <= {"disclosed", "withheld"}:
        raise Fault(f"it holds something else than {', '.join(names)}")
    return line


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(dict(pairs)) != len(pairs):
        raise Fault("a name is given twice")
    return dict(pairs)


def opened(line: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """Return the fields that a row or event shows, by path, and the bytes that stand for it as a whole."""
    fields: dict[str, Any] = {}
    commitments = list(line["shown"]["withheld"])
    for text in line["shown"]["disclosed"]:
        _, path, value = json.loads(text)
        if path in fields:
            raise Fault(f"the field {path} is given twice")
        fields[path] = value
        commitments.append(sha256(text.encode()).hexdigest())
    if any(not re.fullmatch("[0-9a-f]{64}", commitment) for commitment in commitments):
        raise Fault("a commitment is not a SHA-256")
    return fields, "".join(f"{c}\n" for c in sorted(commitments)).encode()


def node(left: bytes, right: bytes) -> bytes:
    """Return the hash of an inner node of the tree (RFC 9162, 2.1.1)."""
    return sha256(b"\1" + left + right).digest()


def root_by_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes]) -> bytes:
    """Return the root that an inclusion proof leads to (RFC 9162, 2.1.3.2); b'' where it does not fit the tree."""
    if not 0 <= index < size:
        return b""
    at, last, found = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return b""
        if at & 1 or at == last:
            found = node(sibling, found)
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            found = node(found, sibling)
        at, last = at >> 1, last >> 1
    return found if last == 0 else b""


def consistent(first: int, size: int, proof: Sequence[bytes], old: bytes, new: bytes) -> bool:
    """Say whether the tree of `first` leaves is the start of that of `size` (RFC 9162, 2.1.4.2)."""
    if first == size:
        return old == new and not proof
    if not 0 < first < size or not proof:
        return False
    path = [old, *proof] if first & (first - 1) == 0 else list(proof)
    at, last = first - 1, size - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    left = right = path[0]
    for sibling in path[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            left, right = node(sibling, left), node(sibling, right)
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            right = node(right, sibling)
        at, last = at >> 1, last >> 1
    return last == 0 and left == old and right == new


def open_head(text: str, key: str, *, alone: bool = False) -> tuple[int, bytes]:
    """Return size and root of a head (C2SP tlog-checkpoint) that `key` signed; in a longer text, unless `alone`."""
    if not KEY.fullmatch(key):
        raise Fault("key.txt is no key of a log")
    name, identity, encoded = key.split("+", 2)
    head = rf"{re.escape(name)}\n([0-9]{{1,16}})\n([A-Za-z0-9+/=]+)\n\n— {re.escape(name)} ([A-Za-z0-9+/=]+)\n?"
    found = re.fullmatch(head, text) if alone else re.search(head, text)
    if not found:
        raise Fault("it is not a head that this bundle's key signed")
    public, signature = b64decode(encoded)[1:], b64decode(found[3])
    if sha256(public).hexdigest()[:16] != name.removeprefix("corrobora/"):
        raise Fault("the key is not the one that its name says")
    if sha256(name.encode() + b"\n\x01" + public).digest()[:4].hex() != identity or signature[:4].hex() != identity:
        raise Fault("it was signed by another key")
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature[4:], f"{name}\n{found[1]}\n{found[2]}\n".encode())
    except InvalidSignature:
        raise Fault("its signature does not hold") from None
    return int(found[1]), b64decode(found[2])


class Bundle:
    """A bundle as read: `events` by position and `rows` in order, each as the fields that it shows."""

    def __init__(self, bag: Path) -> None:
        self.bag = bag
        self.faults: list[str] = []
        self.events: dict[int, dict[str, Any]] = {}
        self.wrote: dict[int, dict[str, dict[str, str]]] = {}
        self.rows: list[tuple[str, int, dict[str, Any], str]] = []
        self.export: dict[str, Any] = {}
        self.key = self._read("key.txt").removesuffix("\n")
        self.note = self._read("checkpoint.txt")
        self.size, self.root = open_head(self.note, self.key, alone=True)
        earlier = [parsed(text, "size", "proof") for text in self._lines("checkpoints.jsonl")]
        self.proofs = {line["size"]: [bytes.fromhex(h) for h in line["proof"]] for line in earlier}
        self.withheld = self.hidden = 0  # fields of events, of rows

    def _read(self, name: str) -> str:
        return (self.bag / "data" / name).read_text(encoding="utf-8")

    def _lines(self, name: str) -> list[str]:
        return self._read(name).split("\n")[:-1]  # JSON lets other characters stand that would divide lines

    def check(self) -> list[str]:
        """Return what is wrong with events, rows, originals and words."""
        for number, line in enumerate(self._lines("log.jsonl"), 1):
            self._attempt(f"log.jsonl, line {number}", self._event, line)
        for number, line in enumerate(self._lines("record.jsonl"), 1):
            self._attempt(f"record.jsonl, line {number}", self._row, line)
        names = (path.relative_to(self.bag).as_posix() for path in self.bag.rglob("*") if not path.is_dir())
        self.faults += [f"{name}: nothing vouches for it" for name in names if not MEMBER.fullmatch(name)]
        for part in (self._exported, self._missing, self._originals, self._words, self._public):
            part()
        return self.faults

    def _attempt(self, where: str, step: Any, text: str) -> None:  # noqa: ANN401
        try:
            step(text)
        except UNREADABLE as error:
            self.faults.append(f"{where}: {error}")

    def _event(self, text: str) -> None:
        line = parsed(text, "position", "shown", "proof")
        fields, content = opened(line)
        position = line["position"]
        proof = [bytes.fromhex(h) for h in line["proof"]]
        leaf = sha256(b"\0" + content).digest()
        if root_by_inclusion(leaf, position, self.size, proof) != self.root:
            raise Fault(f"event {position} is not in the log that the checkpoint signs")
        if position in self.events:
            raise Fault(f"event {position} is given twice")
        self.events[position] = fields
        written: dict[str, dict[str, str]] = self.wrote.setdefault(position, {})
        for path in (path for path in fields if path.startswith("rows/")):
            written.setdefault(path.split("/")[1], {})[path.split("/")[2]] = fields[path]
        self.withheld += len(line["shown"]["withheld"])

    def _row(self, text: str) -> None:
        line = parsed(text, "table", "event", "shown")
        fields, content = opened(line)
        digest = sha256(content).hexdigest()
        self.rows.append((line["table"], line["event"], fields, digest))
        self.hidden += len(line["shown"]["withheld"])
        if line["event"] not in self.events:
            raise Fault(f"event {line['event']}, which wrote it, is not in log.jsonl: it is missing or does not hold")
        written = self.wrote[line["event"]].values()
        if not any((row.get("table"), row.get("digest")) == (line["table"], digest) for row in written):
            raise Fault(f"{name_of(line['table'], fields)} is not what event {line['event']} wrote")

    def _exported(self) -> None:
        """What the event that made the bundle says of it: which rows it has, and whether it is whole."""
        event = self.events.get(self.size - 1, {})
        if event.get("what") != "export":
            self.faults.append(f"log.jsonl: event {self.size - 1}, the export that made this bundle, is missing")
        numbers = [n for n in range(100) if f"details/{n}/0" in event]
        self.export = {event[f"details/{n}/0"]: event.get(f"details/{n}/1") for n in numbers}
        self.whole, self.open = self.export.get("whole") == "yes", self.export.get("redacted") == ""
        count = sum(name.startswith("public/") for name in self.export)
        if not {"whole", "redacted", "rows"} <= self.export.keys() or self.export.get("public") != str(count):
            self.faults.append(f"log.jsonl: event {self.size - 1} does not show all that the export said of itself")
        given = sorted(f"{table} {event} {digest}\n" for table, event, _, digest in self.rows)
        if self.export.get("rows") != sha256("".join(given).encode()).hexdigest():
            self.faults.append("record.jsonl: it does not hold all the rows that were exported, and no others")
        gone = sorted(set(range(self.size)) - set(self.events)) if self.whole else ()
        if gone:
            self.faults.append(f"log.jsonl: events are missing: {', '.join(map(str, gone[:10]))}")
        withheld = self.hidden * self.open + self.withheld * self.whole
        if withheld:
            self.faults.append(f"{withheld} fields are withheld, and the bundle was made without redaction")

    def _missing(self) -> None:
        """Every row that an event tells of is there: the last word on it."""
        last: dict[str, tuple[str, int, str]] = {}
        for position, rows in sorted(self.wrote.items()):
            for number, row in rows.items():
                if row.get("table") in TABLES and "digest" in row:
                    key = row.get("key", f"{position}/{number}")
                    last[f"{row['table']} {key}"] = (row["table"], position, row["digest"])
        held = {(table, position, digest) for table, position, _, digest in self.rows}
        for name, said in last.items():
            if said[2] and said not in held:
                self.faults.append(f"record.jsonl: {name}, which event {said[1]} wrote, is missing")

    def _originals(self) -> None:
        folder = self.bag / "data" / "originals"
        there = {path.name: path for path in sorted(folder.glob("*")) if path.is_file()}
        for digest, path in there.items():
            if _digest(path) != digest:
                self.faults.append(f"originals/{digest}: its bytes no longer match its name")
        documents = [f for t, _, f, _ in self.rows if t == "document" and "sha256" in f]
        named = {str(fields["sha256"])[7:]: fields.get("file", "") for fields in documents}
        self.faults += [f"originals/{d}: no document is of these bytes" for d in there if d not in named]
        gone = [digest for digest in named if self.open and digest not in there]
        self.faults += [f"originals/{digest}: the original of {named[digest]} is missing" for digest in gone]

    def _words(self) -> None:
        """Texts against their hash, and claims against the words of their text, where both are shown."""
        shown = [f for t, _, f, _ in self.rows if t == "text" and {"body/text", "document", "sha256"} <= f.keys()]
        texts = {fields["document"]: fields["body/text"] for fields in shown}
        for fields in shown:
            if sha256(fields["body/text"].encode("utf-8", "surrogatepass")).hexdigest() != fields["sha256"]:
                self.faults.append(f"text {fields['document']}: its words are not those that its hash names")
        for fields in (f for t, _, f, _ in self.rows if t == "reading" and f.get("document") in texts):
            start, end, quote = (fields.get(f"body/claim/{name}") for name in ("start", "end", "quote"))
            if None not in (start, end, quote) and texts[fields["document"]][start:end] != quote:
                self.faults.append(f"claim {fields.get('claim')}: its quote does not stand at {start} to {end}")

    def _public(self) -> None:
        """Files in the public form against the event of the export that made them."""
        folder = self.bag / "data" / "public"
        there = {path.name: _digest(path) for path in sorted(folder.glob("*")) if path.is_file()}
        for name in sorted(there.keys() | {n[7:] for n in self.export if n.startswith("public/")}):
            if self.export.get(f"public/{name}") != there.get(name):
                self.faults.append(f"public/{name}: it is not the file that the log says was exported")

    def head_fault(self, text: str) -> str:
        """Return why a head that was kept elsewhere does not stand, '' if it does."""
        try:
            size, root = open_head(text, self.key)
        except Fault as error:
            return f"the head that was given: {error}"
        if size > self.size:
            return f"the head that was given speaks of {size} events, the bundle of {self.size}: older, or cut"
        if not consistent(size, self.size, self.proofs.get(size, []), root, self.root):
            return f"the head that was given: an event from 0 to {size - 1} was changed, put in or taken out"
        return ""

    def stamps(self, roots: str) -> Iterator[tuple[bool, str]]:
        """Yield, for each time stamp, whether it is at fault, and what it says."""
        for table, _, fields, _ in self.rows:
            anchor = {name.removeprefix("body/"): value for name, value in fields.items()}
            if table != "anchor" or anchor.get("state") not in ("anchored", "verified"):
                continue
            where = f"time stamp by {anchor['authority']} on the first {anchor['size']} events"
            try:
                size, root = open_head(anchor["note"], self.key)
                if not consistent(size, self.size, self.proofs.get(size, []), root, self.root):
                    raise Fault("its checkpoint is not one of this log")
                yield False, f"{where}: {judged(anchor, roots)}"
            except UNREADABLE as error:
                yield True, f"{where}: {error}"


def name_of(table: str, fields: dict[str, Any]) -> str:
    """Return a row as a person finds it."""
    parts = [str(fields[n]) for n in ("id", "claim", "document", "authority", "file") if n in fields]
    return f"{table} {' '.join(parts[:2])}".strip()


def judged(anchor: dict[str, Any], roots: str) -> str:
    """Say what a token proves. Raises Fault where it does not hold."""
    if anchor["response"].startswith(b"\0OpenTimestamps\0".hex()):
        return "a calendar's proof, not checked here: 'ots verify' does it, of the note that it is about"
    try:
        client = import_module("rfc3161_client")
    except ImportError:
        return "not checked: rfc3161-client is not installed (openssl ts -verify can do it)"
    response = bytes.fromhex(anchor.get("normal") or anchor["response"])
    try:
        found = client.decode_timestamp_response(response)
        digest = sha256(anchor["note"].encode()).digest()
        if found.as_bytes() != response or bytes(found.tst_info.message_imprint.message) != digest:
            raise Fault("it is a time stamp of something else")
        if not roots:
            return f"{found.tst_info.gen_time.isoformat()}, by a token whose chain was not checked: give --roots"
        certificates = x509.load_pem_x509_certificates(roots.encode())
        client.VerifierBuilder(roots=certificates).build().verify(found, digest)
    except (ValueError, client.VerificationError) as error:
        raise Fault(f"it does not hold: {error}") from None
    return f"verified: they stood at {found.tst_info.gen_time.isoformat()}; revocation was not checked"


def verify(bag: Path, head: str | None = None, roots: str = "") -> tuple[list[str], list[str]]:
    """Check a bundle; return what is wrong, and what it proves, in words."""
    faults = list(bag_faults(bag))
    try:
        bundle = Bundle(bag)
        faults += bundle.check()
        stamps = list(bundle.stamps(roots))
    except UNREADABLE as error:
        return [*faults, f"the bundle cannot be read: {error}"], []
    if head is not None and (fault := bundle.head_fault(head)):
        faults.append(fault)
    faults += [said for wrong, said in stamps if wrong]
    fields = sum(len(f) for _, _, f, _ in bundle.rows) + sum(map(len, bundle.events.values()))
    shown = f"{fields} fields shown, {bundle.hidden + bundle.withheld} withheld"
    proved = [
        f"{len(bundle.rows)} rows, {len(bundle.events)} of {bundle.size} events; {shown}",
        f"signed by {bundle.key}; README.txt, bag-info.txt and verify_bundle.py are signed by nobody",
        "the head that was given holds" if head and not faults else "no head: compare the key with a trusted copy",
        *(said for wrong, said in stamps if not wrong),
    ]
    return faults, proved


def main() -> int:
    """Check the bundle that the command line names."""
    parser = argparse.ArgumentParser(description="Check a bundle that Corrobora made, offline and without Corrobora.")
    parser.add_argument("--bag", type=Path, default=HERE, help="the bundle's folder; where this file lies if left out")
    parser.add_argument("--head", type=Path, help="a head of the log that was kept elsewhere")
    parser.add_argument("--roots", type=Path, action="append", default=[], help="trusted certificates, PEM")
    given = parser.parse_args()
    head = given.head.read_text(encoding="utf-8", errors="replace") if given.head else None
    roots = "\n".join(path.read_text(encoding="utf-8") for path in given.roots)
    faults, proved = verify(given.bag, head, roots)
    end = f"{len(faults)} faults" if faults else "Everything holds."
    for line in (*(f"WRONG {fault}" for fault in faults), *proved, end):  # no word of a bundle makes lines of its own
        sys.stdout.write("".join(c if c.isprintable() else repr(c)[1:-1] for c in line) + "\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
