"""HTML to text: all of its words in order with what they are, the article's own words told from the page around them.

Our walker takes every word; trafilatura, which drops about one wanted passage in sixteen, is only asked which of
them are the article. The rest is kept and flagged `boilerplate`; what a browser does not show is flagged `hidden`.
"""

import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from itertools import groupby
from typing import Any, NamedTuple

from lxml import etree
from lxml import html as lxml_html

from corrobora.errors import BadInput, Refused
from corrobora.text import article, second
from corrobora.text.decode import decode
from corrobora.text.draft import Draft, clean

MOST_BYTES = 60_000_000
"""A page beyond this would need more memory than one input may cost."""
MOST_JUDGED = 30_000
"""Tags up to which trafilatura is asked (it takes about 0.2 s a thousand); beyond, nothing is flagged by it."""

MOST_ATTRIBUTES = 2_000
"""In one tag: every parser looks for each among all before it, so that 300,000 of them take minutes."""

_DROPPED = {"script", "style", "meta", "link", "base", "head", "object", "embed", "iframe", "canvas"}
_FOREIGN = {"svg", "math"}
# Where one of these begins, a browser has left a drawing or formula (WHATWG HTML, 13.2.6.5); libxml2 has not.
_LEAVES = ("p", "div", "table", "ul", "ol", "dl", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "center", "pre")
_NEVER_SHOWN = {"template", "noscript", "datalist", "title"}
_PAGE = {"nav", "footer", "aside", "form", "button", "select", "option", "textarea", "dialog", "menu", "label"}
_BLOCKS = {
    "p": "paragraph", "div": "paragraph", "li": "list_item", "dt": "list_item", "dd": "list_item", "tr": "table",
    "figcaption": "caption", "caption": "caption", "blockquote": "quote", "pre": "paragraph",
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
    **dict.fromkeys(
        ("body", "section", "article", "main", "header", "footer", "nav", "aside", "table", "thead", "tbody", "ul",
         "ol", "dl", "form", "fieldset", "figure", "address", "center", "details", "summary", "hr", "option",
         "hgroup"), ""),
}  # fmt: skip
_HIDDEN_STYLE = re.compile(
    r"display:none|visibility:(hidden|collapse)|font-size:0*(\.0+)?(px|pt|em|rem|%)?(;|!|$)|opacity:0*(\.0+)?(;|!|$)"
    r"|text-indent:-\d{3,}|(?<!-)left:-\d{4,}|clip:rect\(0"
)
_WHITE = re.compile(r"(?<!-)color:(#fff(fff)?\b|white|transparent|rgba?\(255,255,255)")
_BYLINE_CLASS = re.compile(r"\b(byline|author|dateline-author|writer)\b")
_STICKY = {"furniture", "quote", "caption", "list_item", "heading"}  # what stands inside these stays what they are
_HIDDEN_CLASS = re.compile(r"\b(sr-only|visually-?hidden|screen-reader-text|d-none)\b")
# Possessive: a name that never ends would be tried at each of its letters.
_TOKEN = re.compile(r"<(?P<end>/?)(?P<name>[A-Za-z][\w:-]*+)[^<>]*+>|<[!?][^<>]*+>|(?P<words>[^<]+)|<")
_LONG_TAG = re.compile(rf"<[A-Za-z][^<>]{{{2 * MOST_ATTRIBUTES},}}")
_IN_QUOTES = re.compile(r"\"[^\"]*\"|'[^']*'")
_CELLS = {"td", "th"}
_LINE, _CELL = "\x1e", "\x1f"  # a line break and a cell's edge; control characters were cleaned away before
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_XML = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{2,40})", re.IGNORECASE)


class Run(NamedTuple):
    """Words of one block with the same flags; `block` numbers the block, `parent` the element that holds it."""

    words: str
    kind: str
    flags: tuple[str, ...]
    block: int
    parent: int


def read(data: bytes, declared: str = "") -> Draft:
    """Return the text of an HTML page; BadInput where there are no words in it."""
    if len(data) > MOST_BYTES:
        raise Refused(f"an HTML page of more than {MOST_BYTES // 1_000_000} MB", hint="Save the article alone.")
    named = _CHARSET.search(data[:4096]) or _XML.search(data[:400])
    words, problems = decode(data, declared or _charset(named[1].decode("ascii", "replace") if named else ""))
    text, noticed = clean(words)
    draft = Draft(problems=[*problems, *noticed])
    crowded = _is_crowded(text)
    root, whole = (None, False) if crowded else _parse(text)
    if root is not None and whole:
        draft.metadata = article.metadata(root)
        blocks = _blocks(list(_runs(root)))
        main = _main_text(text, draft) if text.count("<") <= MOST_JUDGED else ""
        _append(_judged(blocks, main), draft)
        draft.problems.extend(second.differences(text, draft.text))
    elif not whole:
        why = f"a tag with more than {MOST_ATTRIBUTES:,} attributes" if crowded else "nested too deeply to be parsed"
        draft.problems.append(f"{why}: its tags were taken off, and nothing told apart")
        _append([[Run(words, "paragraph", (), 0, 0)] for words in _stripped(text)], draft)
    if not draft.segments:
        raise BadInput("no words in it", hint="The page may have been saved before it was filled in.")
    if root is not None and _is_active(root):
        draft.problems.append("holds active content (scripts or forms), which was not run")
    if any("hidden" in segment.flags for segment in draft.segments):
        draft.problems.append("holds text that a browser would not show")
    return draft


def _charset(named: str) -> str:
    """The character set that a page names for itself: read as ASCII, it is not in UTF-16 (WHATWG HTML, 13.2.3.2)."""
    return "utf-8" if named.lower().startswith("utf-16") else named


def _parse(text: str) -> tuple[Any, bool]:
    """Parse whatever it is; say whether the parser got to the end, which it does not beyond 2,048 levels."""
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    if not text.strip():
        return None, True
    parser = lxml_html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        root = lxml_html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return None, True
    return root, not any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log)


def _is_crowded(text: str) -> bool:
    """Whether a tag has more attributes than a parser should be given; in one pass."""
    for tag in _LONG_TAG.finditer(text):
        bare = _IN_QUOTES.sub("", tag[0])
        if max(len(bare.split()), bare.count("=")) > MOST_ATTRIBUTES:
            return True
    return False


def _is_active(root: Any) -> bool:  # noqa: ANN401
    """Whether a browser would run or send something: data in script tags (JSON-LD) is none."""
    for node in root.iter("script", "iframe", "object", "embed", "form"):
        if node.tag != "script" or not re.search(r"json|text/template", node.get("type", "").lower()):
            return True
    return bool(
        root.xpath("//@*[starts-with(name(), 'on')] | //meta[translate(@http-equiv, 'REFSH', 'refsh')='refresh']")
    )


def _stripped(text: str) -> Iterator[str]:
    """The words between tags, without those of scripts and styles: one pass, whatever the nesting."""
    skipped = ""
    for match in _TOKEN.finditer(text):
        name = (match["name"] or "").lower()
        if skipped:
            skipped = "" if match["end"] and name == skipped else skipped
        elif name in {"script", "style"} and not match["end"]:
            skipped = name
        elif match["words"] and match["words"].strip():
            yield unescape(match["words"])


class _Frame(NamedTuple):
    """An open element: what its words are, the block they stand in (`element`) and the block around that (`parent`)."""

    kind: str = "paragraph"
    flags: tuple[str, ...] = ()
    element: int = 0
    parent: int = 0
    backed: bool = False


def _runs(root: Any) -> Iterator[Run]:  # noqa: ANN401
    """Walk the tree in C, not by recursion: hostile pages are nested thousands deep."""
    frames, block, number, after_break, cells = [_Frame()], 0, 0, False, 0
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, node in walk:
        tag = node.tag if isinstance(node.tag, str) else ""
        if event == "start":
            number += 1
            frames.append(_frame(frames[-1], node, tag, number))
            if tag in _DROPPED or (tag in _FOREIGN and next(node.iter(*_LEAVES), None) is None):
                walk.skip_subtree()
                continue
            block, cells = (block + 1, 0) if tag in _BLOCKS else (block, cells)
            mark = ""
            if tag == "br":
                block, mark, after_break = (block + 1, "", False) if after_break else (block, _LINE, True)
            elif tag in _CELLS and frames[-1].kind == "table":
                mark, cells = (_CELL if cells else ""), cells + 1
            elif tag in _CELLS:
                block += 1
            words = mark + (node.text or "")
        else:
            kind = frames.pop().kind
            block += tag in _BLOCKS or (tag in _CELLS and kind != "table")
            words = node.tail or ""
        if words:
            after_break = after_break and not words.strip()
            yield Run(words, frames[-1].kind, frames[-1].flags, block, frames[-1].parent)


def _frame(outer: _Frame, node: Any, tag: str, number: int) -> _Frame:  # noqa: ANN401
    style = re.sub(r"\s", "", node.get("style", "")).lower()
    names = f"{node.get('class', '')} {node.get('itemprop', '')} {node.get('rel', '')}".lower()
    role = node.get("role", "").lower()
    backed = outer.backed or "background" in style or bool(node.get("bgcolor"))
    flags = set(outer.flags)
    if (
        tag in _NEVER_SHOWN
        or "hidden" in node.attrib
        or node.get("aria-hidden") == "true"
        or _HIDDEN_STYLE.search(style)
        or _HIDDEN_CLASS.search(names)
        or (not backed and _WHITE.search(style))
    ):
        flags.add("hidden")
    kind = outer.kind
    if tag in _PAGE or role in {"navigation", "banner", "contentinfo", "complementary", "search"}:
        kind = "furniture"
        flags.add("boilerplate")
    elif kind not in _STICKY:
        if tag in _BLOCKS:
            kind = _BLOCKS[tag] or "paragraph"
        if tag == "tr" and _is_layout(node):
            kind = "paragraph"
        if tag == "time":
            kind = "date"
        elif _BYLINE_CLASS.search(names):
            kind = "byline"
    styled = tuple(sorted(flags))
    if tag in _CELLS and kind != "table":  # the cells of a layout stand apart: neither is beside the other
        return _Frame(kind, styled, number, number, backed)
    if tag in _BLOCKS:
        return _Frame(kind, styled, number, outer.element, backed)
    return _Frame(kind, styled, outer.element, outer.parent, backed)


def _is_layout(row: Any) -> bool:  # noqa: ANN401
    """A row that lays out a page, as pages did before style sheets: its cells hold paragraphs, not figures."""
    for cell in row.iterchildren("td", "th"):
        if next(cell.iter("p", "div", "table", "ul", "h1", "h2", "h3", "h4"), None) is not None:
            return True
        if cell.find(".//br") is not None and sum(map(len, cell.itertext())) > 200:
            return True
    return False


def _blocks(runs: list[Run]) -> list[list[Run]]:
    """The runs of each block, each block of one kind: that of most of its words."""
    found = []
    for _, group in groupby(runs, key=lambda run: run.block):
        block = list(group)
        sizes: dict[str, int] = {}
        for run in block:
            sizes[run.kind] = sizes.get(run.kind, 0) + len(run.words.split())
        words = "".join(run.words for run in block)
        kind = max(sizes, key=lambda name: sizes[name])
        if (kind == "table" and _CELL not in words and len(words) > 140) or (kind == "byline" and len(words) > 160):
            kind = "paragraph"
        if words.strip():
            found.append([run._replace(kind=kind) for run in block])
    return found


def _main_text(text: str, draft: Draft) -> str:
    """What trafilatura takes for the article; '' where it finds none or fails."""
    from trafilatura import extract  # noqa: PLC0415  slow to import, and only pages need it

    try:
        return extract(text, include_comments=False, favor_recall=True, deduplicate=False) or ""
    except Exception as error:  # noqa: BLE001  a foreign parser may raise anything on a hostile page
        draft.problems.append(f"the article could not be told from the page around it ({type(error).__name__})")
        return ""


def _judged(blocks: list[list[Run]], main: str) -> list[list[Run]]:
    """Flag as boilerplate the blocks that are not of the article; with no article found, nothing is flagged."""
    known = _words(main)
    if len(known) < 25:
        return blocks
    joined, grams = f" {' '.join(known)} ", set(_grams(known))
    lines = {" ".join(_words(line)) for line in main.split("\n")}
    inside = [_is_main(_words("".join(run.words for run in block)), lines, joined, grams) for block in blocks]
    parents = Counter(b[0].parent for b, yes in zip(blocks, inside, strict=True) if yes and b[0].kind == "paragraph")
    first = inside.index(True) if True in inside else 0
    last = len(inside) - 1 - inside[::-1].index(True) if True in inside else 0
    opening = max((i for i in range(first) if blocks[i][0].kind == "heading"), default=first)
    judged = []
    for index, (block, yes) in enumerate(zip(blocks, inside, strict=True)):
        beside = parents[block[0].parent] > 1 and block[0].kind != "furniture"
        caption = block[0].kind == "caption" and opening <= index <= last + 1
        if yes or beside or caption or opening <= index < first:
            judged.append(block)
        else:
            judged.append([run._replace(flags=tuple(sorted({*run.flags, "boilerplate"}))) for run in block])
    return judged


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _grams(words: list[str]) -> Iterator[tuple[str, ...]]:
    return zip(words, words[1:], words[2:], words[3:], strict=False)


def _is_main(words: list[str], lines: set[str], joined: str, grams: set[tuple[str, ...]]) -> bool:
    """Whether a block is of the article; one of a few words ('Members') only where it is a line of it."""
    if len(words) < 5:
        return " ".join(words) in lines
    if f" {' '.join(words)} " in joined:
        return True
    own = list(_grams(words))
    return len(own) >= 5 and sum(gram in grams for gram in own) >= 0.6 * len(own)


def _append(blocks: list[list[Run]], draft: Draft) -> None:
    """Write the blocks to the draft: spaces as a browser shows them, a new segment where the flags change."""
    for block in blocks:
        gap = "\n\n"
        for flags, group in groupby(block, key=lambda run: run.flags):
            words = " ".join("".join(run.words for run in group).split(" ")).replace("\n", " ").replace("\t", " ")
            words = re.sub(r" *\x1e *", "\n", re.sub(r" *\x1f *", "\t", re.sub(r" {2,}", " ", words)))
            if words.strip():
                draft.add(words, block[0].kind, flags, gap)
                gap = " "
