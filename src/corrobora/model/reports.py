"""What there is to read, what was kept of it, and its words."""

import re
from dataclasses import dataclass
from datetime import datetime

_LONE = re.compile(r"[\ud800-\udfff]")


def written_out(text: str) -> str:
    r"""Return a text as it can be kept: what is no character (half of a pair, a byte that is no UTF-8) is spelled.

    Names on a disk, JSON and mail headers may hold such; each is spelled by itself, so that what a text begins or ends
    with stays so.

    >>> print(written_out("a\udcffb \ud800"))
    a\xffb \ud800
    """
    return _LONE.sub(_spelled, text)


def _spelled(found: re.Match[str]) -> str:
    number = ord(found[0])
    return f"\\x{number - 0xDC00:02x}" if 0xDC80 <= number <= 0xDCFF else f"\\u{number:04x}"


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known about a report beside its words. Empty strings and None mean not known.

    `published` and `modified` are ISO 8601 days or instants as given (`2025-03-13`, `2025-03-13T09:00:00+02:00`).
    `timezone` is an IANA name (`Asia/Damascus`); `language` an ISO 639-1 code.
    """

    url: str = ""
    title: str = ""
    outlet: str = ""
    author: str = ""
    published: str = ""
    modified: str = ""
    language: str = ""
    timezone: str = ""

    def filled(self, *others: "Metadata") -> "Metadata":
        """Return these with what they leave empty taken from the first of `others` that knows it.

        >>> Metadata(outlet="Desk").filled(Metadata(outlet="Post", published="2025-03-13")).published
        '2025-03-13'
        """
        known = (next((v for m in (self, *others) if (v := getattr(m, f))), "") for f in Metadata.__slots__)
        return Metadata(*map(str, known))  # parsers give strings of their own

    def written_out(self) -> "Metadata":
        """Return these as they can be kept."""
        return Metadata(*(written_out(str(getattr(self, name))) for name in Metadata.__slots__))


@dataclass(frozen=True, slots=True)
class Source:
    """What a user named: a file, a folder, an archive, a table, `-` for standard input; with defaults for it.

    `defaults` fill only what neither a sidecar, a table column nor the file itself says. `columns` maps `text`, `url`,
    `title`, `outlet`, `published`, `language`, `id` to the column names of a table, where they are not found by name.
    """

    address: str
    defaults: Metadata = Metadata()
    columns: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Reference:
    """One thing to read, found in a source.

    `file` is the path below the folder that the user named: `a/b.txt`, `table.jsonl#ID`, `archive.zip!/member.txt`,
    `mail.eml!/name.pdf`. `address` says where it was found on this machine. `given` is what a sidecar or the table's
    columns say, `defaults` what the command line says. Where the bytes could not be had, `data` is None, `problem` says
    why, and `state` what the input ends as: refused, unreadable or skipped. `container` is the `file` of the archive,
    table or message it lies in.
    """

    file: str
    address: str
    data: bytes | None
    media_type: str
    given: Metadata = Metadata()
    defaults: Metadata = Metadata()
    container: str = ""
    problem: str = ""
    state: str = "refused"


@dataclass(frozen=True, slots=True)
class Document:
    """The preserved bytes of one reference. The same bytes found twice are one blob and two occurrences.

    `id` is a hash of `sha256` and `file`; `sha256` is `sha256:` and 64 hex digits of the bytes kept in `originals/`.
    """

    id: str
    sha256: str
    file: str
    address: str
    media_type: str
    size: int
    captured_at: datetime
    given: Metadata
    defaults: Metadata
    container: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` to `end` (exclusive) of a document's text, and what they read."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a Text, in order and without overlap.

    `kind`: title, dateline, byline, date, paragraph, heading, list_item, table, caption, note, correction, quote,
    furniture (page numbers, menus, 'More to read', advertisements). `flags`: hidden, inserted, deleted, quoted,
    boilerplate. Hidden and deleted words are kept and shown, and never read as a claim without a mark.
    """

    start: int
    end: int
    kind: str
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Text:
    """The canonical text of a Document by one extractor version, which never changes afterwards.

    `metadata` joins what was given with what the file itself says (given first, then file, then defaults).
    `dateline` holds the place and date words of a dateline (`BEIRUT`, `3 JAN 90`); `problems` are recorded facts
    that a person should see: readers that disagree, hidden text, tracked changes, undecodable bytes. `sandbox` names
    what the process that opened the file was shut in by, '' where by nothing.
    """

    document: str
    sha256: str
    file: str
    text: str
    metadata: Metadata
    segments: tuple[Segment, ...]
    extractor: str
    dateline_place: Span | None = None
    dateline_date: Span | None = None
    problems: tuple[str, ...] = ()
    sandbox: str = ""


@dataclass(frozen=True, slots=True)
class Input:
    """What became of one input.

    `state`: see `terms.toml`; `reason` says why, in words; `address` tells apart inputs of one name in two folders.
    """

    file: str
    document: str
    state: str
    reason: str
    address: str = ""
