"""The parts of a report: title, dateline, byline, date, notes, corrections, captions, page furniture.

Each extractor gives blocks; here a block is recognised by its words and its place in the report, the same way
whatever format it came in. Words are in `parts.toml`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache

from corrobora.model import Segment, Span
from corrobora.text import datelines, dates
from corrobora.text.datelines import Dateline

HEAD = 8
"""A dateline, byline, date line or title stands within the first so many blocks of a report."""
EARLY = 20
"""A dateline opens one of the first two body paragraphs, and these are among the first so many blocks."""
_BODY = 140  # characters: a block so long, and ended as a sentence, is body text
FILMS = 3
"""Fewer lines with a length before them are no list of films."""
_FILM = re.compile(r"(\d{1,2}):([0-5]\d)\s+(?![ap]\.?m\b)\S.{5,160}(?<!\.)", re.IGNORECASE)
_OPEN = {"title", "paragraph", "heading", "list_item", "quote"}  # kinds that the words may refine
_SENTENCE_END = re.compile(r"[.!?…。؟।][\"'”’»)\]]*\s*$")
_NAME = r"[^\W\d_][\w.'’-]+(?: [^\W\d_][\w.'’-]*){0,4}"
_BYLINE = re.compile(
    rf"(?:by|par|por|words|story|report|reported by|written by)[: ]+{_NAME}"
    rf"(?:(?:,| and| &| in| for| of| \||/| with|;| -| –| —)[ \n]+(?:the )?{_NAME}){{0,6}}(?:[,|].{{0,60}})?\.?",
    re.IGNORECASE,
)
_FROM = re.compile(rf"From:? (?P<who>{_NAME}(?: and {_NAME})?, )?(?P<place>{_NAME})\.?")
_LIST = re.compile(r"\s*(?:[•●▪◦‣·*–-]|\(?(?:\d{1,2}|[A-Za-z])\)|\d{1,2}\.)\s+\S")


@dataclass(slots=True)
class Parts:
    """What was recognised: the refined segments, and what they say about the report."""

    segments: list[Segment] = field(default_factory=list)
    title: str = ""
    published: str = ""
    modified: str = ""
    author: str = ""
    dateline_place: Span | None = None
    dateline_date: Span | None = None
    source: str = ""


def recognise(text: str, blocks: list[Segment], title: str = "") -> Parts:
    """Refine `blocks` of `text`; `title` is the title known from elsewhere, '' where there is none."""
    parts = Parts()
    visible = [block.start for block in blocks if not block.flags]
    head, early = set(visible[:HEAD]), set(visible[:EARLY])
    state = _State(title, visible[-1] if visible else -1)
    for index, block in enumerate(blocks):
        if block.flags or block.kind not in _OPEN:
            parts.segments.append(block)
            continue
        state.in_head = block.start in head and not state.body_seen
        state.early = block.start in early and state.body_seen < 2 and not state.dateline_seen
        alone = not _beside(text, blocks, index)
        parts.segments.extend(_refine(text, block, blocks[index + 1 : index + 4], state, parts, alone))
    playlist = _playlist(text, parts.segments)
    parts.segments = [_as(s, "furniture") if s.start in playlist else s for s in parts.segments]
    return parts


def _playlist(text: str, segments: list[Segment]) -> set[int]:
    """Where the lines of a page's list of films start: titles behind their lengths, in no order of time.

    What a report tells by the clock ('14:05 Shots are heard') runs forwards or backwards, and stays.
    """
    found = {s.start: match for s in segments if (match := _FILM.fullmatch(text[s.start : s.end].strip()))}
    times = [int(match[1]) * 60 + int(match[2]) for match in found.values()]
    ordered = times in (sorted(times), sorted(times, reverse=True))
    return set() if len(times) < FILMS or ordered else set(found)


def _beside(text: str, blocks: list[Segment], index: int) -> bool:
    """The block shares its line with another one: it is a piece of a paragraph whose flags change on the way."""
    pairs = ((index - 1, index), (index, index + 1))
    return any(a >= 0 and b < len(blocks) and "\n" not in text[blocks[a].end : blocks[b].start] for a, b in pairs)


@dataclass(slots=True)
class _State:
    """How far the reading of a report has come."""

    title: str
    last: int
    in_head: bool = True
    early: bool = True
    body_seen: int = 0
    titled: bool = False
    begun: bool = False
    after_links: bool = False
    dateline_seen: bool = False


def _refine(
    text: str, block: Segment, following: list[Segment], state: _State, parts: Parts, alone: bool
) -> Iterator[Segment]:
    words = text[block.start : block.end]
    line = " ".join(words.split())
    if alone and (kind := _known(line, block, text, following, state, parts)):
        yield _as(block, kind)
        return
    state.begun = state.begun or len(line.split()) > 3 or bool(_SENTENCE_END.search(line))
    if state.early and block.kind == "paragraph" and (found := _dateline(text, block, following)):
        state.dateline_seen = True
        state.body_seen += 1
        yield from _split(text, block, found, parts)
        return
    if len(line) >= _BODY and _SENTENCE_END.search(line):
        state.body_seen += 1
    yield _as(block, _in_the_body(line, words, block, following, text, state)) if alone else block


def _dateline(text: str, block: Segment, following: list[Segment]) -> Dateline | None:
    """The dateline that opens the block, or that is the whole of it ('NAIROBI, Kenya (AP) —' on a line of its own)."""
    alone = block.end - block.start <= 100 and text[block.end - 1] in "-–—" and following
    found = datelines.find(text, block.start, following[0].end if alone else block.end)
    return found if found and found.end <= block.end else None


def _as(block: Segment, kind: str) -> Segment:
    return block if block.kind == kind else replace(block, kind=kind)


def _known(line: str, block: Segment, text: str, following: list[Segment], state: _State, parts: Parts) -> str:
    """The kind of a block that is no body text, '' where it may be."""
    kind = _by_words(line) or _after_links(line, block, state)
    state.after_links = kind == "furniture" and (state.after_links or _is_links(line))
    if not kind and (state.in_head or block.start == state.last):
        kind = _of_the_head(line, block, parts)
    if not kind and state.in_head:
        kind = _title(line, block, text, following, state, parts)
    if state.in_head and kind in {"title", "byline", "heading"}:
        _dated(dates.labelled(line), parts)
    return kind


def _by_words(line: str) -> str:
    """The kind that the words alone give."""
    if len(line) > 600:
        return ""
    for kind, pattern in _patterns():
        if pattern.fullmatch(line):
            return kind
    return ""


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    lists = dates.lexicon()
    kinds = (
        ("correction", lists["notes"]["correction"]),
        ("note", lists["notes"]["note"]),
        ("furniture", lists["furniture"]["patterns"] + lists["furniture"]["links"]),
        ("caption", lists["notes"]["caption"]),
    )
    return tuple((kind, re.compile("|".join(f"(?:{p})" for p in found), re.IGNORECASE)) for kind, found in kinds)


@cache
def _links() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{p})" for p in dates.lexicon()["furniture"]["links"]), re.IGNORECASE)


def _is_links(line: str) -> bool:
    """A heading over links, alone on its line: 'More to read'."""
    return len(line) <= 40 and bool(_links().fullmatch(line))


def _after_links(line: str, block: Segment, state: _State) -> str:
    """Headlines under 'More to read' are links, up to the next sentence."""
    listed = block.kind in {"list_item", "heading"} or len(line) <= 120
    return "furniture" if state.after_links and listed and not _SENTENCE_END.search(line) else ""


def _of_the_head(line: str, block: Segment, parts: Parts) -> str:
    if found := dates.date_line(line):
        _dated(found, parts)
        return "date"
    if len(line) <= 120 and _BYLINE.fullmatch(line) and _names(line):
        parts.author = parts.author or re.sub(
            r"^(by|par|por|reported by|written by)[: ]+", "", line, flags=re.IGNORECASE
        )
        return "byline"
    if len(line) <= 60 and (match := _FROM.fullmatch(line)) and _names(line):
        if parts.dateline_place is None:
            at = block.start + match.start("place")
            parts.dateline_place = Span(at, at + len(match["place"]), match["place"])
        return "byline"
    return ""


def _dated(found: dates.DateLine, parts: Parts) -> None:
    parts.published = parts.published or found.published
    parts.modified = parts.modified or found.modified


def _names(line: str) -> bool:
    """All words of weight begin with a capital, as names do."""
    words = re.findall(r"[^\W\d_]{4,}", line)
    return bool(words) and all(
        w[0].isupper() for w in words if w.lower() not in {"with", "from", "reported", "written"}
    )


def _title(line: str, block: Segment, text: str, following: list[Segment], state: _State, parts: Parts) -> str:
    if block.kind == "title" or (state.title and _same(line, state.title)):
        state.titled = True
        parts.title = parts.title or line
        return "title"
    short = len(line) <= 160 and not _SENTENCE_END.search(line) and not line.endswith((":", ",", ";"))
    if not short or block.kind not in {"paragraph", "heading"} or len(line.split()) < 2:
        return ""
    longer = any(after.end - after.start >= len(line) for after in following)
    if not longer or _dateline(text, block, following):
        return "heading" if state.titled and block.kind == "heading" else ""
    if state.titled or state.begun or _LIST.match(line):
        return "heading" if state.titled and not _LIST.match(line) else ""
    state.titled = True
    parts.title = parts.title or line
    return "title"


def _same(line: str, title: str) -> bool:
    """Two headlines that differ in punctuation, case or an outlet's name after a dash."""
    a, b = (re.findall(r"\w+", dates.plain(words)) for words in (line, title))
    if not a or len(line) > 2 * len(title) + 40:
        return False
    shared = sum(word in b for word in a)
    return a == b or (shared >= 0.85 * len(a) and shared >= 0.6 * len(b) and len(a) >= 3)


def _split(text: str, block: Segment, found: Dateline, parts: Parts) -> Iterator[Segment]:
    """The dateline, the marks after it and the rest of its paragraph, each as a segment."""
    if found.place is not None:
        parts.dateline_place = found.place
    parts.dateline_date, parts.source = found.date, found.source
    edges = (
        (block.start, found.end, "dateline"),
        (found.end, found.marks_end, "note"),
        (found.marks_end, block.end, "paragraph"),
    )
    for start, end, kind in edges:
        words = text[start:end]
        if words.strip():
            low = start + len(words) - len(words.lstrip())
            yield Segment(low, start + len(words.rstrip()), kind, block.flags)


def _in_the_body(line: str, words: str, block: Segment, following: list[Segment], text: str, state: _State) -> str:
    if block.kind != "paragraph":
        return block.kind
    if _LIST.match(words) and len(line) < 600:
        return "list_item"
    short = len(line) <= 80 and len(line.split()) <= 8 and not re.search(r"[.!?…,;\"”’)]$", line) and line[:1].isupper()
    after = text[following[0].start : following[0].end] if following else ""
    sentence = len(after) > len(line) and _SENTENCE_END.search(after)
    return "heading" if short and sentence and state.body_seen else "paragraph"
