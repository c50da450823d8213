"""DOCX to text: body, tables, notes, comments, heads and feet, with tracked changes told apart.

A deleted name is still inside the file, and common readers neither show nor report it; here deletions are kept and
flagged `deleted`, insertions `inserted`, and the problem says so. Nothing outside the file is ever fetched.
Element names: ECMA-376 part 1, WordprocessingML.
"""

import io
import lzma
import re
import zipfile
import zlib
from collections.abc import Iterator
from html import unescape
from typing import Any, NamedTuple

from lxml import etree

from corrobora.errors import BadInput, Refused
from corrobora.model import Metadata
from corrobora.text import dates
from corrobora.text.draft import Draft

MOST_BYTES = 80_000_000
"""Of XML in one part of the file once unpacked: a book of a thousand pages has a tenth of it."""
MOST_ENTRIES = 20_000
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_HINT = "Open it in a word processor, save it anew, and add that."
_CHANGES = {_W + "ins": "inserted", _W + "moveTo": "inserted", _W + "del": "deleted", _W + "moveFrom": "deleted"}
_SPACES = {_W + "tab": " ", _W + "br": "\n", _W + "cr": "\n", _W + "noBreakHyphen": "-"}
_WORDS = re.compile(rb"<(?:\w{1,20}:)?(?:t|delText)(?: [^<>]{0,200})?>([^<]*)<")
_PARTS = (  # in reading order, with the kind that their paragraphs have
    (re.compile(r"word/header\d*\.xml"), "furniture"),
    (re.compile(r"word/document\d*\.xml"), ""),
    (re.compile(r"word/(footnotes|endnotes)\.xml"), "note"),
    (re.compile(r"word/comments\.xml"), "note"),
    (re.compile(r"word/footer\d*\.xml"), "furniture"),
)


class Run(NamedTuple):
    """Words of one paragraph that share their flags."""

    words: str
    flags: tuple[str, ...]


def read(data: bytes) -> Draft:
    """Return the text of a DOCX. Raises Refused for bombs and encrypted files, BadInput for damaged or empty ones."""
    draft = Draft()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = _names(archive)
            draft.metadata = _properties(archive, names)
            for pattern, kind in _PARTS:
                for name in filter(pattern.fullmatch, names):
                    _part(_bytes(archive, name), kind, draft)
            _note_outside(archive, names, draft)
    except (
        zipfile.BadZipFile,
        zlib.error,
        lzma.LZMAError,
        OSError,
        EOFError,
        NotImplementedError,
        ValueError,
    ) as error:
        raise _damaged(data, error) from error
    except RuntimeError as error:  # zipfile's word for a password
        raise Refused("encrypted: it opens only with a password", hint="Save it without the password.") from error
    if not draft.segments and draft.problems:
        raise Refused(f"no words to be read in it: it {draft.problems[0]}", hint=_HINT)
    if not draft.segments:
        raise BadInput("no words in it", hint="Leave the file out, or add its text.")
    _note_changes(draft)
    return draft


def _damaged(data: bytes, error: Exception) -> BadInput:
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return Refused("encrypted, or a .doc named .docx", hint="Save it as .docx without a password.")
    return BadInput(f"damaged: it cannot be unpacked ({' '.join(str(error).split())[:120]})", hint=_HINT)


def _names(archive: zipfile.ZipFile) -> list[str]:
    names = sorted({item.filename for item in archive.infolist()[: MOST_ENTRIES + 1]})
    if len(names) > MOST_ENTRIES:
        raise Refused(f"more than {MOST_ENTRIES:,} parts inside", hint=_HINT)
    if not any(re.fullmatch(r"word/document\d*\.xml", name) for name in names):
        raise BadInput("not a DOCX: there is no document inside", hint=_HINT)
    return names


def _bytes(archive: zipfile.ZipFile, name: str) -> bytes:
    """One part, never more than MOST_BYTES of it, whatever size it declares."""
    with archive.open(name) as part:
        content = part.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise Refused(f"{name} unpacks to more than {MOST_BYTES // 1_000_000} MB", hint=_HINT)
    return content


def _tree(content: bytes) -> Any:  # noqa: ANN401  lxml has no types
    """Parse XML without entities, network or external files: a bomb of entities stays unexpanded."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True)
    try:
        return etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise BadInput(f"damaged: {' '.join(str(error).split())[:120]}", hint=_HINT) from error


def _part(content: bytes, kind: str, draft: Draft) -> None:
    root = _tree(content)
    if root is None:
        return
    if root.getroottree().docinfo.doctype:
        draft.problems.append("declares XML entities, which were not expanded")
    letters = 0
    for paragraph in _paragraphs(root, kind):
        gap = "\n\n"
        for run in paragraph.runs:
            letters += _letters(run.words)
            draft.add(run.words, paragraph.kind, run.flags, gap)
            gap = " " if run.words.strip() else gap
    more = _second(content) - letters
    if more > max(20, letters // 50):
        draft.problems.append(f"two readers disagree: one that knows no structure finds {more:,} letters more")


def _second(content: bytes) -> int:
    """The letters of a part by a reader that knows no structure: one that does may stop where the structure breaks."""
    first, *rest = content.split(b"<mc:Fallback")  # the same words again, for older programs
    words = b"".join(_WORDS.findall(b"".join([first, *(part.partition(b"</mc:Fallback>")[2] for part in rest)])))
    return _letters(unescape(words.decode("utf-8", "replace")))


def _letters(words: str) -> int:
    return len(words) - sum(map(str.isspace, words))


class _Paragraph(NamedTuple):
    kind: str
    runs: list[Run]


def _paragraphs(root: Any, kind: str) -> Iterator[_Paragraph]:  # noqa: ANN401
    """The paragraphs of a part in reading order; the cells of a table row are one, divided by tabs."""
    row: list[Run] | None = None
    rows = 0
    for event, node in etree.iterwalk(root, events=("start", "end")):
        if node.tag == _W + "tr":
            rows += 1 if event == "start" else -1
            if event == "start" and rows == 1:
                row = []
            elif event == "end" and rows == 0 and row is not None:
                yield _Paragraph(kind or "table", _merged(row))
                row = None
        elif node.tag == _W + "p" and event == "end" and not _inside_fallback(node):
            runs = list(_runs(node))
            if row is None:
                yield _Paragraph(kind or _kind(node), _merged(runs))
            elif runs:
                row.extend([*([Run("\t", ())] if row else []), *runs])


def _inside_fallback(node: Any) -> bool:  # noqa: ANN401
    """A text box is written twice, once for old programs: that copy is left out."""
    return next(node.iterancestors(_FALLBACK), None) is not None


def _kind(paragraph: Any) -> str:  # noqa: ANN401
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    name = (style.get(_W + "val") or "").lower() if style is not None else ""
    if name.startswith(("title", "heading", "subtitle")):
        return "title" if name == "title" else "heading"
    if name.startswith(("caption", "quote", "intensequote")):
        return "caption" if name == "caption" else "quote"
    return "list_item" if paragraph.find(f"{_W}pPr/{_W}numPr") is not None else "paragraph"


def _runs(paragraph: Any) -> Iterator[Run]:  # noqa: ANN401
    """The words of a paragraph, not those of paragraphs inside it (text boxes), which come for themselves."""
    for node in paragraph.iter(_W + "t", _W + "delText", *_SPACES):
        flags, own = set(), True
        for outer in node.iterancestors():
            if outer is paragraph:
                break
            own = own and outer.tag != _W + "p"
            if outer.tag in _CHANGES:
                flags.add(_CHANGES[outer.tag])
            if outer.tag == _W + "r" and _is_hidden(outer.find(_W + "rPr")):
                flags.add("hidden")
        if own:
            words = (node.text or "") + "".join(child.tail or "" for child in node)  # an entity is left out
            yield Run(_SPACES.get(node.tag, words), tuple(sorted(flags)))


def _is_hidden(look: Any) -> bool:  # noqa: ANN401
    """Whether words with this look (`w:rPr`) are not seen: hidden, white on no ground, or of one point or less."""
    if look is None:
        return False
    values = {etree.QName(node).localname: node.get(_W + "val", "") for node in look if isinstance(node.tag, str)}
    if values.get("vanish", "0") not in {"0", "false"} or values.get("webHidden", "0") not in {"0", "false"}:
        return True
    grounded = {"shd", "highlight"} & values.keys()
    size = values.get("sz", "")
    return (values.get("color", "").upper() == "FFFFFF" and not grounded) or (size.isdigit() and int(size) <= 2)


def _merged(runs: list[Run]) -> list[Run]:
    merged: list[Run] = []
    for run in runs:
        if merged and (merged[-1].flags == run.flags or not run.words.strip()):
            merged[-1] = Run(merged[-1].words + run.words, merged[-1].flags)
        else:
            merged.append(run)
    return merged


def _properties(archive: zipfile.ZipFile, names: list[str]) -> Metadata:
    """Title, author and last change as the file's own properties say; the day it was made is no publication date."""
    if "docProps/core.xml" not in names:
        return Metadata()
    root = _tree(_bytes(archive, "docProps/core.xml"))
    found = (
        {etree.QName(node).localname: (node.text or "").strip() for node in root if isinstance(node.tag, str)}
        if root is not None
        else {}
    )
    return Metadata(
        title=found.get("title", ""), author=found.get("creator", ""), modified=dates.instant(found.get("modified", ""))
    )


def _note_changes(draft: Draft) -> None:
    flags = {flag for segment in draft.segments for flag in segment.flags}
    if flags & {"inserted", "deleted"}:
        draft.problems.append("tracked changes inside: what was deleted is still in the file, and is shown as deleted")
    if "hidden" in flags:
        draft.problems.append("holds text that a word processor would not show")


def _note_outside(archive: zipfile.ZipFile, names: list[str], draft: Draft) -> None:
    """Links to templates, pictures or objects outside the file, and programs inside it."""
    for name in names:
        if name.endswith(".rels") and (root := _tree(_bytes(archive, name))) is not None:
            for link in root:
                kind = (link.get("Type") or "").rpartition("/")[2]
                if link.get("TargetMode") == "External" and kind != "hyperlink":
                    draft.problems.append(f"asks for something outside it ({kind}), which was not fetched")
        if "vbaproject" in name.lower() or "/embeddings/" in name:
            draft.problems.append(f"holds {name}, which was not opened")
    if "word/comments.xml" in names:
        draft.problems.append("comments inside: they are kept as notes")
