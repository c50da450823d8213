"""Markdown to text: markup flattened, headings and lists kept as what they are."""

import re

from corrobora.errors import BadInput
from corrobora.model import Metadata
from corrobora.text import dates
from corrobora.text.decode import decode
from corrobora.text.draft import Draft, clean
from corrobora.text.plain import paragraphs, quoted

_FRONT = re.compile(r"\A---\n(.*?)\n(?:---|\.\.\.)\n", re.DOTALL)
_FIELD = re.compile(r"^(\w+):[ \t]*[\"']?(.*?)[\"']?[ \t]*$", re.MULTILINE)
_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+(.*?)[ \t#]*$")
_UNDERLINE = re.compile(r"^(=+|-{3,})[ \t]*$")
_INLINE = (  # lengths are bounded, so that hostile text costs no more than its length
    (re.compile(r"!\[([^\]\n]{0,300})\]\([^)\n]{0,500}\)"), r"\1"),
    (re.compile(r"\[([^\]\n]{1,300})\]\([^)\n]{0,500}\)"), r"\1"),
    (re.compile(r"\[([^\]\n]{1,300})\]\[[^\]\n]{0,100}\]"), r"\1"),
    (re.compile(r"<(https?://[^>\s]{1,500})>"), r"\1"),
    (re.compile(r"(\*\*|__)(?=\S)(.{1,500}?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n]{1,300}?)(?<=\S)\*(?![\w*])"), r"\1"),
    (re.compile(r"(?<![\w_])_(?=[^\s_])([^_\n]{1,300}?)(?<=\S)_(?![\w_])"), r"\1"),
    (re.compile(r"`([^`\n]{1,300})`"), r"\1"),
)


def read(data: bytes) -> Draft:
    """Return the text of a Markdown file; front matter gives metadata and stays as a note."""
    words, problems = decode(data)
    text, noticed = clean(words)
    draft = Draft(problems=[*problems, *noticed])
    if front := _FRONT.match(text):
        draft.metadata = _front(front[1])
        draft.add(front[1], "note")
        text = text[front.end() :]
    _write(text, draft)
    if not draft.segments:
        raise BadInput("no words in it", hint="Leave the file out, or add its text.")
    return draft


def _front(matter: str) -> Metadata:
    found = {name.lower(): value for name, value in _FIELD.findall(matter)}
    return Metadata(
        title=found.get("title", ""),
        author=found.get("author", ""),
        outlet=found.get("outlet", "") or found.get("publisher", ""),
        url=found.get("url", ""),
        published=dates.instant(found.get("date", "") or found.get("published", "")),
        language=found.get("lang", "") or found.get("language", ""),
    )


def _write(text: str, draft: Draft) -> None:
    body: list[str] = []
    lines = text.split("\n")
    for number, line in enumerate(lines):
        heading = _HEADING.match(line)
        following = lines[number + 1] if number + 1 < len(lines) else ""
        before = lines[number - 1] if number else ""
        if heading or (line.strip() and _UNDERLINE.match(following) and not before.strip()):
            _paragraphs(body, draft)
            draft.add(_flat(heading[1] if heading else line), "heading")
        elif not (_UNDERLINE.match(line) and before.strip()):
            body.append(line)
    _paragraphs(body, draft)


def _paragraphs(lines: list[str], draft: Draft) -> None:
    text = "\n".join(lines)
    lines.clear()
    for stretch, marked in quoted(text):
        for start, end in paragraphs(stretch):
            draft.add(_flat(stretch[start:end]), "quote" if marked else "paragraph")


def _flat(words: str) -> str:
    for pattern, kept in _INLINE:
        words = pattern.sub(kept, words)
    return words
