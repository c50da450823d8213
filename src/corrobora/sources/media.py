"""What kind of file some bytes are: by the name's ending, unless the first bytes say otherwise."""

import re
from pathlib import PurePosixPath

SIDECAR = "application/x-corrobora-sidecar"
"""A NAME.json beside NAME.txt (or .html, .pdf ...) that holds the report's metadata."""
HIDDEN = "application/x-corrobora-hidden"
"""A file or folder whose name begins with a dot: listed, not read."""
UNKNOWN = "application/octet-stream"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ZIP, MBOX, MAIL, CSV, TSV, JSONL, JSON = (
    "application/zip",
    "application/mbox",
    "message/rfc822",
    "text/csv",
    "text/tab-separated-values",
    "application/jsonl",
    "application/json",
)
WARC, WACZ, GZIP = "application/warc", "application/wacz", "application/gzip"  # fmt: skip
TAR, XZ, BZIP2 = "application/x-tar", "application/x-xz", "application/x-bzip2"
UNOPENED = {"application/x-7z-compressed", "application/vnd.rar"}
"""Archives that nothing here opens."""

_ENDINGS = {
    ".txt": "text/plain", ".text": "text/plain", ".md": "text/markdown", ".markdown": "text/markdown",
    ".html": "text/html", ".htm": "text/html", ".xhtml": "application/xhtml+xml", ".pdf": "application/pdf",
    ".docx": DOCX, ".eml": MAIL, ".mbox": MBOX, ".csv": CSV, ".tsv": TSV, ".jsonl": JSONL, ".ndjson": JSONL,
    ".json": JSON, ".zip": ZIP,
    ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif", ".tif": "image/tiff",
    ".tiff": "image/tiff", ".webp": "image/webp", ".svg": "image/svg+xml", ".mp4": "video/mp4", ".mp3": "audio/mpeg",
    ".m4a": "audio/mp4", ".mov": "video/quicktime", ".wav": "audio/wav", ".ogg": "audio/ogg",
    ".doc": "application/msword", ".xls": "application/vnd.ms-excel", ".ppt": "application/vnd.ms-powerpoint",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".odt": "application/vnd.oasis.opendocument.text", ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".rtf": "application/rtf",
    ".epub": "application/epub+zip", ".warc": WARC, ".wacz": WACZ,
    ".xml": "application/xml", ".rss": "application/rss+xml", ".7z": "application/x-7z-compressed",
    ".rar": "application/vnd.rar",
    ".tar": TAR, ".gz": GZIP, ".tgz": GZIP, ".xz": XZ, ".txz": XZ, ".bz2": BZIP2, ".tbz2": BZIP2,
    ".parquet": "application/vnd.apache.parquet",
    ".msg": "application/vnd.ms-outlook",
    ".py": "text/x-python", ".js": "text/javascript", ".mjs": "text/javascript", ".css": "text/css", ".sh": "text/x-sh",
    ".bat": "text/x-bat", ".ps1": "text/x-powershell", ".c": "text/x-c", ".h": "text/x-c", ".java": "text/x-java",
    ".toml": "application/toml", ".yaml": "application/yaml", ".yml": "application/yaml",
}  # fmt: skip
# First bytes that leave no doubt (https://mimesniff.spec.whatwg.org), and the endings that they go with.
_MAGIC = (
    (b"%PDF-", "application/pdf"), (b"PK\x03\x04", ZIP), (b"PK\x05\x06", ZIP), (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"), (b"GIF87a", "image/gif"), (b"GIF89a", "image/gif"), (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"), (b"\x1f\x8b", GZIP), (b"\xfd7zXZ\x00", XZ), (b"BZh", BZIP2),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", "application/vnd.rar"), (b"{\\rtf", "application/rtf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"), (b"\x7fELF", "application/x-elf"),
)  # fmt: skip
_TEXTS = {
    "text/plain", "text/markdown", "text/html", "application/xhtml+xml", "application/pdf", DOCX,
    MAIL, MBOX, CSV, TSV, JSONL, JSON, ZIP,
}  # fmt: skip
_PACKED = re.compile(r"application/(vnd\.|epub|wacz|java)")  # formats that are a ZIP inside
_WARC = re.compile(rb"WARC/[01]\.\d+\r?\n")
_HTML = re.compile(rb"\s*(<!--.{0,500}?-->\s*)?(<!doctype html|<html[\s>])", re.IGNORECASE | re.DOTALL)
_HEADER = re.compile(
    rb"((From|To|Subject|Date|Received|Return-Path|Message-ID|MIME-Version|Delivered-To): .*\r?\n){2,}", re.IGNORECASE
)


def media_type(name: str, data: bytes) -> tuple[str, str]:
    """Return the media type of a file, and a word where its name and its bytes disagree.

    >>> media_type("report.txt", b"%PDF-1.7 ...")
    ('application/pdf', 'named .txt, but its content is application/pdf')
    """
    if _WARC.match(data[:64]) or (name.lower().endswith((".warc.gz", ".warc")) and data[:2] == b"\x1f\x8b"):
        return WARC, ""
    ending = PurePosixPath(name.lower()).suffix
    named = _ENDINGS.get(ending, "")
    shown = next((kind for magic, kind in _MAGIC if data.startswith(magic)), "")
    if not named:
        return shown or _sniffed(data), ""
    if not shown or shown == named or named not in _TEXTS or (shown == ZIP and _PACKED.match(named)):
        return named, ""
    return shown, f"named {ending}, but its content is {shown}"


def _sniffed(data: bytes) -> str:
    """The kind of a file whose name says nothing."""
    head = data[:2048]
    if _HTML.match(head):
        return "text/html"
    if data[257:262] == b"ustar":
        return TAR
    if head.startswith(b"From ") and b"\n" in head:
        return MBOX
    if _HEADER.match(head):
        return MAIL
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        if len(data) <= len(head) or error.start < len(head) - 4:  # else a character cut in two at the sample's end
            return UNKNOWN
    return "text/plain" if head and b"\0" not in head else UNKNOWN
