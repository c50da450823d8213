"""What the custody log is made of: events, checkpoints that sign all of them so far, and time stamps on checkpoints."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class LoggedRow:
    """A row that an event wrote: its table, its key, and its digest by salted commitments; '' where it was removed."""

    table: str
    key: str
    digest: str


@dataclass(frozen=True, slots=True)
class Event:
    """Something that was done to the record: what, when, by whom, with what software, and to which rows.

    `what`: adopt, intake, state, extract, read, link, decide, export, verify, anchor … `about` is the document that it
    concerns, or ''. `details` are further facts as (name, value).
    """

    what: str
    at: str
    who: str
    software: str
    about: str
    rows: tuple[LoggedRow, ...]
    details: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class LoggedEvent:
    """An event where it stands in the log. `body` is its JSON as kept, `leaf` its RFC 9162 leaf hash in hex."""

    position: int
    what: str
    at: str
    body: str
    leaf: str


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A signed statement of the log's first `size` events.

    `note` is a C2SP signed note (tlog-checkpoint); `frontier` the roots, in hex, from which the next one is computed.
    """

    size: int
    note: str
    frontier: str


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a time-stamping authority, or a calendar of OpenTimestamps, said of the checkpoint of `size` events.

    `state`: pending (asked, no answer yet; promised by a calendar), failed, anchored (a token is kept), verified (its
    signature and chain held at the time it names). Where no authority was asked the state is `none`, and there is no
    Anchor. `request` and `response` are whole RFC 3161 messages in hex, `nonce` the request's number, `chain` the
    certificates that it is trusted by as PEM, with revocation lists, `normal` the response with its sets in the order
    of DER, where they had another; `stamped` is the token's time. Of a calendar, `response` is its proof (.ots) and
    `chain` block headers.
    """

    size: int
    authority: str
    state: str
    at: str
    note: str
    request: str = ""
    nonce: str = ""
    response: str = ""
    normal: str = ""
    chain: str = ""
    stamped: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Log:
    """The log as a whole: what `corrobora log` shows. `key` is the project's public key as a C2SP verifier key."""

    events: tuple[LoggedEvent, ...]
    checkpoints: tuple[Checkpoint, ...]
    anchors: tuple[Anchor, ...]
    key: str


class Notary(Protocol):
    """Who signs the log; given to the store, which knows of no cryptography."""

    def new_key(self) -> str:
        """Return a new signing key."""

    def sign(self, key: str, size: int, frontier: Sequence[str], leaves: Sequence[str]) -> tuple[tuple[str, ...], str]:
        """Return the frontier (hex) after `leaves` (hex) are added to a log of `size`, and a note that signs all."""
