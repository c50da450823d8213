"""The headline in a page's title: what stands before the name of the site."""

import re
from collections.abc import Iterable

_DASH = re.compile(r"\s+[-–—|:]+\s+|\s*\|\s*")
# What names of sites say and headlines after a dash do not: their trade, their channel, their address, their call sign.
_SITE = re.compile(
    r"(?i:\b(?:news|weather|sports|tv|channel|radio|online|newspaper|gazette|tribune|fox|abc|nbc|cbs|cnn|bbc)\b"
    r"|\w\.(?:com|org|net|tv|co)\b)|\b[KW][A-Z]{2,3}\b"
)
SHORTEST = 4
"""Letters of a site's name that are enough to know it by."""


def headline(title: str, site: Iterable[str] = ()) -> str:
    """Return the headline of a page's title; '' for an address. `site` holds the outlet's name and the page's address.

    >>> headline("Two hurt in market blast - The Example", ["theexample.net"])
    'Two hurt in market blast'
    >>> headline("Mayor: two hurt - one badly", ["theexample.net"])
    'Mayor: two hurt - one badly'
    """
    title = " ".join(title.split())
    if not title or "://" in title.split(" ")[0]:
        return ""
    names = [name for words in site if len(name := _stem(words)) >= SHORTEST]
    for dash in _DASH.finditer(title):
        tail = title[dash.end() :]
        plain = _letters(tail)
        if dash.start() and plain and (_is_site(tail) or any(name in plain or plain in name for name in names)):
            return title[: dash.start()]
    return title


def _is_site(tail: str) -> bool:
    """Whether these words are a site's: no sentence, but capitals and words of the trade."""
    words = [word for word in re.findall(r"[^\W\d_]+", tail) if len(word) > 3]
    return _SITE.search(tail) is not None and all(word[0].isupper() for word in words)


def _stem(site: str) -> str:
    """'https://www.example.net/a' and 'example.net' as 'example', an outlet's name as its letters."""
    host = re.sub(r"^\w+://|/.*", "", site)
    if "." in host and " " not in host:
        parts = [part for part in host.casefold().split(".") if part != "www"]
        host = max(parts[:-1] or parts, key=len)
    return _letters(host)


def _letters(words: str) -> str:
    return re.sub(r"[\W_]+", "", words.casefold())
