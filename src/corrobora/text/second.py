"""A second reader of web pages: Lexbor builds the tree that a browser builds (WHATWG HTML), and its words are compared.

libxml2, which gives the text, builds another tree where tags are broken, misplaced or left open, and may lose words.
Compared are the letters, without spaces: where words are parted the two need not agree.
"""

import re
from collections import Counter

from corrobora.text.draft import clean

MOST_TAGS = 30_000
"""Tags up to which the second reader is asked: what it takes can grow with their square."""
_LEFT_OUT = ["script", "style", "object", "embed", "iframe", "canvas", "svg", "math"]
_TEMPLATE = re.compile(r"(?<=<)template\b|(?<=</)template\b", re.IGNORECASE)  # a browser keeps its words aside
_QUOTED = 8  # words of a difference that are shown


def differences(page: str, text: str) -> list[str]:
    """Return in words what the second reader sees differently from `text`, which the first made of `page`."""
    if page.count("<") > MOST_TAGS:
        return [f"a second reader was not asked: the page has more than {MOST_TAGS:,} tags"]
    other = _words(page)
    first, second = _letters(text), _letters(other)
    if first == second:
        return []
    if Counter(first) == Counter(second):
        return ["two readers disagree: one that reads as browsers do finds the same words in another order"]
    found = []
    for more, less, told, shown, beside in (
        (second, first, "finds {} letters that the text lacks", other, text),
        (first, second, "lacks {} letters that the text has", text, other),
    ):
        if count := (Counter(more) - Counter(less)).total():
            found.append(f"{told.format(f'{count:,}')}{_sample(shown, beside)}")
    return [f"two readers disagree: one that reads as browsers do {' and '.join(found)}"]


def _words(page: str) -> str:
    from selectolax.lexbor import LexborHTMLParser, SelectolaxError  # noqa: PLC0415  native, loaded only for a page

    try:
        tree = LexborHTMLParser(_TEMPLATE.sub("div", page))
        tree.strip_tags(_LEFT_OUT, recursive=True)
        return clean(tree.body.text(separator=" "))[0] if tree.body else ""
    except SelectolaxError:
        return ""


def _letters(text: str) -> str:
    return "".join(text.split())


def _sample(shown: str, beside: str) -> str:
    """The first words that stand more often in one than in the other."""
    left = Counter(shown.split()) - Counter(beside.split())
    some = [word[:30] for word in dict.fromkeys(shown.split()) if word in left][:_QUOTED]
    return f" ({' '.join(some)} …)" if some else ""
