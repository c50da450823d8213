"""Proofs of OpenTimestamps: a calendar server takes a hash, and hours later tells which Bitcoin block it went into.

`pending` is a calendar's promise, `anchored` a path of hashes that leads to a block, `verified` one that leads to a
block's header which the user gave, and which has the work in it that it claims. That this block is of the chain that
others have is for whoever gave the header to know: no node is asked. Needs opentimestamps, the extra `opentimestamps`.
"""

import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from importlib import import_module
from io import BytesIO
from typing import Any

from corrobora.errors import BadInput, MissingExtra
from corrobora.model import Anchor
from corrobora.preserve.timestamps import KEPT, Judged, ask

MAGIC = b"\x00OpenTimestamps\x00\x00Proof\x00"
KIND = "application/x-www-form-urlencoded"
_HEADER = 80  # bytes of a block's header


def is_proof(anchor: Anchor) -> bool:
    """Say whether an anchor is by a calendar, and not by an authority of RFC 3161."""
    return not anchor.nonce and (not anchor.response or bytes.fromhex(anchor.response).startswith(MAGIC))


def stamp(size: int, note: str, calendar: str, headers: str, seconds: float) -> Anchor:
    """Ask a calendar for a proof of a checkpoint, by a hash that says nothing of it; return what came of that."""
    asked = Anchor(size, calendar, "failed", _now(), note, chain=headers)
    core, ops, _ = _library()
    digest = sha256(note.encode()).digest()
    whole = core.Timestamp(digest)
    hidden = whole.ops.add(ops.OpAppend(os.urandom(16))).ops.add(ops.OpSHA256())
    try:
        answer = ask(f"{calendar.rstrip('/')}/digest", hidden.msg, seconds, KIND)
        hidden.merge(_read(answer, hidden.msg))
        proof = _written(core.DetachedTimestampFile(ops.OpSHA256(), whole))
    except (BadInput, ValueError) as error:
        return replace(asked, reason=str(error))
    return _as_judged(replace(asked, response=proof.hex()))


def again(anchor: Anchor, headers: str, seconds: float) -> Anchor:
    """Ask the same calendar, and nobody whom its answer names, what became of a promise; return the anchor anew."""
    proof = _detached(bytes.fromhex(anchor.response))
    for commitment, attestation in list(proof.timestamp.all_attestations()):
        if hasattr(attestation, "uri"):
            url = f"{anchor.authority.rstrip('/')}/timestamp/{commitment.hex()}"
            with suppress(BadInput, ValueError):  # it is not in a block yet, or nobody answers: the promise stands
                _at(proof.timestamp, commitment).merge(_read(ask(url, None, seconds, KIND), commitment))
    return _as_judged(replace(anchor, at=_now(), chain=headers or anchor.chain, response=_written(proof).hex()))


def judge(proof: bytes, note: str, headers: str) -> Judged:
    """Say what a proof shows of a checkpoint. `headers` has a block's height and its header in hex on each line."""
    try:
        found, known = _detached(proof), heights(headers)
        if found.file_digest != sha256(note.encode()).digest():
            return Judged("failed", reason="it is a proof of something else")
        best = Judged("pending", reason="the calendar has promised it: ask again in some hours")
        for digest, attestation in found.timestamp.all_attestations():
            if type(attestation).__name__ != "BitcoinBlockHeaderAttestation":
                continue
            if attestation.height in known:
                when = _attested(digest, attestation, known[attestation.height])
                told = (
                    f"by the header of block {attestation.height} that was given; that others have it was not checked"
                )
                return Judged("verified", when, told)
            best = Judged(
                "anchored", reason=f"it leads to Bitcoin block {attestation.height}, whose header is not given"
            )
    except ValueError as error:
        return Judged("failed", reason=f"it does not hold: {error}"[:300])
    return best


def fault(anchor: Anchor) -> str:
    """Return what is wrong with a proof that is kept, '' where nothing is."""
    if not anchor.response:
        return ""
    try:
        judged = judge(bytes.fromhex(anchor.response), anchor.note, anchor.chain)
    except (ValueError, MissingExtra) as error:
        return f"it cannot be checked: {error}" if anchor.state in KEPT else ""
    if (judged.state, judged.stamped) == (anchor.state, anchor.stamped):
        return ""
    return judged.reason or f"it is {judged.state}, not {anchor.state}"


def heights(lines: str) -> Mapping[int, bytes]:
    """Return block headers by height. Raises ValueError where a line is not a height and 80 bytes in hex.

    >>> heights("7 " + "00" * 80)[7] == bytes(80)
    True
    """
    found: dict[int, bytes] = {}
    for line in filter(str.strip, lines.splitlines()):
        height, _, header = line.partition(" ")
        found[int(height)] = bytes.fromhex(header)
        if len(found[int(height)]) != _HEADER:
            raise ValueError(f"the header of block {height} is not of {_HEADER} bytes")
    return found


def _attested(digest: bytes, attestation: Any, header: bytes) -> str:  # noqa: ANN401
    """The time in a header that a digest leads to. Raises ValueError where it leads elsewhere, or has no work in it."""
    bitcoin, notary = import_module("bitcoin.core"), import_module("opentimestamps.core.notary")
    block = bitcoin.CBlockHeader.deserialize(header)
    try:
        bitcoin.CheckProofOfWork(block.GetHash(), block.nBits)
        when = attestation.verify_against_blockheader(digest, block)
    except (bitcoin.CheckProofOfWorkError, notary.VerificationError) as error:
        raise ValueError(f"block {attestation.height}: {error}") from error
    return datetime.fromtimestamp(when, UTC).isoformat()


def _as_judged(anchor: Anchor) -> Anchor:
    judged = judge(bytes.fromhex(anchor.response), anchor.note, anchor.chain)
    return replace(anchor, state=judged.state, stamped=judged.stamped, reason=judged.reason)


def _at(timestamp: Any, message: bytes) -> Any:  # noqa: ANN401
    """The place in a proof where it has come to `message`."""
    if timestamp.msg == message:
        return timestamp
    return next(filter(None, (_at(onward, message) for onward in timestamp.ops.values())), None)


def _read(answer: bytes, message: bytes) -> Any:  # noqa: ANN401
    """What a calendar says onward from a message. Raises ValueError where it is no such answer."""
    core, _, serialize = _library()
    try:
        return core.Timestamp.deserialize(serialize.BytesDeserializationContext(answer), message)
    except Exception as error:  # a foreign parser may raise anything on a hostile answer
        raise ValueError(f"the calendar's answer cannot be read ({type(error).__name__})") from error


def _detached(proof: bytes) -> Any:  # noqa: ANN401
    core, _, serialize = _library()
    try:
        return core.DetachedTimestampFile.deserialize(serialize.BytesDeserializationContext(proof))
    except Exception as error:  # a foreign parser may raise anything on a damaged proof
        raise ValueError(f"the proof cannot be read ({type(error).__name__})") from error


def _written(proof: Any) -> bytes:  # noqa: ANN401
    _, _, serialize = _library()
    stream = BytesIO()
    proof.serialize(serialize.StreamSerializationContext(stream))
    return stream.getvalue()


def _now() -> str:
    return datetime.now(UTC).isoformat()


def _library() -> tuple[Any, Any, Any]:
    try:
        return tuple(import_module(f"opentimestamps.core.{name}") for name in ("timestamp", "op", "serialize"))  # type: ignore[return-value]
    except ImportError:
        raise MissingExtra(
            "a calendar's proofs need the package opentimestamps",
            hint="Install it: pip install 'corrobora[opentimestamps]'",
        ) from None
