"""Decides which fields of a row are shown, and scans what is about to be written for what must not be.

Nothing is shown unless a list says so (`fields.toml`). A field that may be shown is still withheld where it holds a
name that is withheld elsewhere: a place called after a witness, a note that quotes a victim. Of a person's name each
part counts: a quote may hold the surname alone.
"""

import re
import tomllib
from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from itertools import chain

import msgspec

from corrobora.errors import BadInput, Refused
from corrobora.model.commitments import commitment

CLASSES: dict[str, dict[str, list[str]]] = tomllib.loads(
    (resources.files("corrobora.publish") / "fields.toml").read_text(encoding="utf-8")
)
ROLES = tuple(name for name in CLASSES if name != "open")
NAMING = frozenset(ROLES) - {"words"}  # classes whose values are names: no other field may hold one
PERSONS = frozenset({"witness", "victim", "staff"})  # the accused are mostly armies, whose words are in every report
SHORTEST = 4  # characters of a name that is looked for within words; a part of a name is looked for as a word
_WORD = re.compile(r"\w\w+")


@dataclass(frozen=True, slots=True)
class Shown:
    """A row as it is given away: some fields as the texts that disclose them, the others as commitments alone."""

    disclosed: tuple[str, ...]
    withheld: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Redaction:
    """Which classes are shown, and the names that may stand nowhere; `everything` withholds nothing.

    `parts` are words of persons' names, as they are written: they may stand in no field but those of fixed terms.
    """

    reveal: frozenset[str] = frozenset()
    everything: bool = False
    terms: frozenset[str] = frozenset()
    parts: frozenset[str] = frozenset()

    def show(self, table: str, texts: Sequence[str], extra: frozenset[str] = frozenset()) -> Shown:
        """Return a row with what may be shown of it; `extra` names paths that are withheld besides."""
        shown = [text for text in texts if self._may(table, text, extra)]
        return Shown(tuple(shown), tuple(sorted(commitment(text) for text in texts if text not in set(shown))))

    def _may(self, table: str, text: str, extra: frozenset[str]) -> bool:
        if self.everything:
            return not extra or msgspec.json.decode(text)[1] not in extra
        _, path, value = msgspec.json.decode(text)
        kind = class_of(table, path)
        if path in extra or self._names(value):
            return False
        return kind == "open" or (kind in self.reveal and self.parts.isdisjoint(_WORD.findall(str(value))))

    def _names(self, value: object) -> bool:
        said = _plain(value)
        return any(term in said for term in self.terms)


def class_of(table: str, path: str) -> str:
    """Return the class of a field, '' for one that is on no list.

    >>> class_of("reading", "body/claim/victims/names/3"), class_of("decision", "body/who"), class_of("text", "x")
    ('victim', 'staff', '')
    """
    return next((kind for kind, lists in CLASSES.items() if _listed(path, lists.get(table, ()))), "")


def _listed(path: str, patterns: Iterable[str]) -> bool:
    parts = path.split("/")
    return any(
        len(parts) == pattern.count("/") + 1
        and all(p in ("*", part) for p, part in zip(pattern.split("/"), parts, strict=True))
        for pattern in patterns
    )


def redaction(reveal: Sequence[str], rows: Mapping[str, Iterable[Sequence[str]]], never: Sequence[str]) -> Redaction:
    """Return what withholds all but the open classes and those revealed, and every name that they withhold.

    `rows` are the disclosures of all rows of the record by table, exported or not: a name that is withheld in one may
    stand in no other. `never` are further names. Raises BadInput for a class that there is not.
    """
    unknown = sorted(set(reveal) - set(ROLES))
    if unknown:
        raise BadInput(f"there is no class of fields {unknown[0]!r}", hint=f"Reveal any of: {', '.join(ROLES)}.")
    hidden = NAMING - set(reveal)
    names = {
        (class_of(table, path), value)
        for table, found in rows.items()
        for _, path, value in map(msgspec.json.decode, chain.from_iterable(found))
        if isinstance(value, str) and class_of(table, path) in hidden
    }
    terms = {_plain(name) for name in (*(value for _, value in names), *never)}
    parts = {part for kind, value in names if kind in PERSONS for part in name_parts(value)}
    return Redaction(frozenset(reveal), False, frozenset(t for t in terms if len(t) >= SHORTEST), frozenset(parts))


def name_parts(name: str) -> set[str]:
    """Return the words of a name that name by themselves, as written and in capitals; none that begins small.

    >>> sorted(name_parts("Ali al-Orrin, a teacher"))
    ['ALI', 'Ali', 'ORRIN', 'Orrin']
    """
    words = {word for word in _WORD.findall(name) if word[0].isalpha() and not word[0].islower()}
    return words | {word.upper() for word in words}


def scan(files: Mapping[str, bytes], terms: Iterable[str], values: Iterable[str]) -> None:
    """Look for withheld names in everything that is about to be written. Raises Refused, naming the file.

    Names of two words or more are looked for in the bytes, as UTF-8, UTF-16 and base64; all of them in what is shown.
    """
    wanted = sorted(terms)
    shown = "\n".join(map(_plain, values))
    for term in wanted:
        if term in shown or any(term in _plain(name) for name in files):
            raise Refused("a withheld name stands in a field that would be shown", hint="Reveal less.")
    needles = [needle for term in wanted if " " in term or not term.isascii() for needle in _needles(term)]
    for name, content in files.items():
        lowered = content.lower()
        if any((needle in content) if exact else (needle in lowered) for needle, exact in needles):
            raise Refused(f"a withheld name stands in {name}", hint="Reveal less, or report this as a fault.")


def _needles(term: str) -> list[tuple[bytes, bool]]:
    """Return the byte forms of a name, each with whether upper and lower case count."""
    found: list[tuple[bytes, bool]] = [(term.encode(code), False) for code in ("utf-8", "utf-16-le", "utf-16-be")]
    for said in {term, term.title(), term.upper()}:
        for code in ("utf-8", "utf-16-le"):
            found += [(needle, True) for needle in _base64(said.encode(code))]
    return found


def _base64(content: bytes) -> list[bytes]:
    """Return what base64 of any text must hold if the text holds `content`, at each of the three alignments."""
    found = []
    for before in range(3):
        encoded = b64encode(bytes(before) + content)
        start = -(-before * 4 // 3)
        end = (before + len(content)) * 4 // 3
        found.append(encoded[start + (1 if before else 0) : end - 1])
    return found


def _plain(value: object) -> str:
    return " ".join(str(value).casefold().split())
