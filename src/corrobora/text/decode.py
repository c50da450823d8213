"""Bytes to words: the encoding that a file declares, shows or most likely has, and what could not be decoded.

Order: byte-order mark; the declared encoding; UTF-8; UTF-16 without a mark; UTF-8 with a few damaged bytes; Western
European (windows-1252); charset-normalizer's best guess. ISO 8859-1 and ASCII are read as windows-1252, their
superset, as the WHATWG Encoding Standard has it (https://encoding.spec.whatwg.org/#names-and-labels).
"""

import codecs
import re

from corrobora.errors import BadInput

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WESTERN = {"ascii", "us-ascii", "iso-8859-1", "iso8859-1", "iso_8859-1", "latin-1", "latin1", "windows-1252", "cp1252"}
# Families of character sets; codecs such as idna or unicode_escape are no encodings of a text file.
_CHARSET = re.compile(
    r"(utf-?_?(8|16|32)|iso|latin|cp\d|windows|mac|koi8|gb|big5|euc|shift|sjis|ks_c|tis|johab|hz)", re.IGNORECASE
)
_GUESSED_FROM = 200_000  # bytes that charset-normalizer looks at: enough for letter statistics, and quick
_LONG_RUN = re.compile("[À-ÿ]{3}")
_WESTERN_ODD = re.compile(r"(?<=[^\W\d_])[\u0080-\u009f¡-§©-±³-¶¸-º¼-¿×÷ƒ†‡‰ŒŠŽ›‹](?=[^\W\d_])")


def decode(data: bytes, declared: str = "") -> tuple[str, tuple[str, ...]]:
    r"""Return the words of `data` and what was noticed; no byte is dropped without a word on it.

    Raises BadInput where the bytes are no text at all.

    >>> decode(b"caf\xe9")
    ('café', ('read as windows-1252, which is a guess: it is not UTF-8',))
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _replacing(data[len(mark) :], encoding)
    for encoding in (_known(declared), "utf-8"):
        if encoding and (text := _strictly(data, encoding)) is not None and "\0" not in text[:4096]:
            return text, ()
    if encoding := _wide(data):
        text, problems = _replacing(data, encoding)
        return text, (f"read as {encoding}, which is a guess: it has no byte-order mark", *problems)
    _refuse_binary(data)
    lines = data.splitlines(keepends=True)
    proper = [line for line in lines if not line.isascii() and _mostly_utf8(line)]
    others = [line for line in lines if not line.isascii() and not _mostly_utf8(line)]
    if not others:
        return _replacing(data, "utf-8")
    encoding = "windows-1252" if _western(b"".join(others)) else _guess(b"".join(others))
    text = "".join(line.decode("utf-8" if _mostly_utf8(line) else encoding, "replace") for line in lines)
    what = f"{len(others)} of its lines are" if proper else "it is"
    guess = f"read as {encoding}, which is a guess: {what} not {_known(declared) or 'UTF-8'}"
    return text, (guess, *_lost(text, data, "utf-8"))


def _known(name: str) -> str:
    name = name.strip().strip("\"'").lower()
    if name in _WESTERN:
        return "windows-1252"
    try:
        return codecs.lookup(name).name if _CHARSET.match(name) else ""
    except (LookupError, ValueError):
        return ""


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeError, LookupError):
        return None


def _replacing(data: bytes, encoding: str) -> tuple[str, tuple[str, ...]]:
    text = data.decode(encoding, "replace")
    return text, _lost(text, data, encoding)


def _lost(text: str, data: bytes, encoding: str) -> tuple[str, ...]:
    """A word on characters that could not be decoded, apart from those that the file itself shows as lost."""
    lost = text.count("\ufffd") - (data.count(b"\xef\xbf\xbd") if encoding == "utf-8" else 0)
    first = f"the first at character {text.find(chr(0xFFFD))}"
    return (f"{lost} undecodable bytes are shown as \ufffd; {first}",) if lost > 0 else ()


def _wide(data: bytes) -> str:
    """UTF-16 without a mark: every other byte of a Latin text is zero."""
    sample = data[:4000]
    if len(sample) < 4 or len(data) % 2:
        return ""
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if odd > 0.6 * len(sample[1::2]) and even < odd / 10:
        return "utf-16-le"
    return "utf-16-be" if even > 0.6 * len(sample[::2]) and odd < even / 10 else ""


def _refuse_binary(data: bytes) -> None:
    sample = data[:8192]
    controls = sum(byte < 9 or 14 <= byte < 32 for byte in sample)
    if controls > max(4, 0.05 * len(sample)):
        raise BadInput("not text: it is full of control characters", hint="Give the file the ending of its kind.")


def _mostly_utf8(data: bytes) -> bool:
    """Most of what is beyond ASCII is good UTF-8, which other encodings hardly ever are by chance."""
    text = data.decode("utf-8", "replace")
    wrong = text.count("\ufffd")
    return wrong == 0 or sum(character > "\x7f" for character in text) > 2 * wrong


def _western(data: bytes) -> bool:
    text = data[:_GUESSED_FROM].decode("windows-1252", "replace")
    letters = sum(character.isalpha() for character in text)
    foreign = sum(character > "\x7f" and character.isalpha() for character in text)
    return not _LONG_RUN.search(text) and not _WESTERN_ODD.search(text) and foreign <= max(3, 0.15 * letters)


def _guess(data: bytes) -> str:
    from charset_normalizer import from_bytes  # noqa: PLC0415  costs memory, and few files need it

    best = from_bytes(data[:_GUESSED_FROM]).best()
    wide = best is not None and best.encoding.startswith(
        "utf"
    )  # without zero bytes it is not UTF-16, whatever it looks like
    return best.encoding if best and not wide else "windows-1252"
