"""What a web page says about its article: schema.org JSON-LD, OpenGraph and meta tags, `<time>`, its address.

Sources: https://schema.org/NewsArticle, https://ogp.me (`article:published_time`), Dublin Core meta names.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from corrobora.model import Metadata
from corrobora.text import dates

_ARTICLE = re.compile(r"\w*Article|Report|(Live)?BlogPosting")
_URL_DATE = re.compile(r"/(?P<y>(19|20)\d{2})/(?P<m>0?[1-9]|1[0-2])/(?P<d>0?[1-9]|[12]\d|3[01])(?=/|$)")
_PUBLISHED = (
    "article:published_time", "og:published_time", "datepublished", "date", "pubdate", "publishdate", "publish-date",
    "dc.date", "dc.date.issued", "dcterms.created", "dcterms.issued", "parsely-pub-date", "sailthru.date",
    "citation_publication_date",
)  # fmt: skip
_MODIFIED = ("article:modified_time", "og:updated_time", "datemodified", "last-modified", "dcterms.modified", "lastmod")


def metadata(root: Any) -> Metadata:  # noqa: ANN401  lxml has no types
    """Return what the page says: its own structured data first, then its tags, then its address."""
    linked, tags = _linked_data(root), _tags(root)
    url = (
        _first(linked, "url") or tags.get("og:url", "") or next(iter(root.xpath("//link[@rel='canonical']/@href")), "")
    )
    outlet = _first(linked, "outlet") or tags.get("og:site_name", "") or tags.get("application-name", "")
    published = _first(linked, "published") or _tag_date(tags, _PUBLISHED) or _time_tag(root) or url_date(url)
    return Metadata(
        url=url if re.match(r"https?://", url) else "",
        title=_without_outlet(_first(linked, "title") or tags.get("og:title", "") or _title_tag(root), outlet),
        outlet=outlet,
        author=_first(linked, "author") or tags.get("author", "") or tags.get("article:author", ""),
        published=published,
        modified=_first(linked, "modified") or _tag_date(tags, _MODIFIED),
        language=(root.get("lang") or "")[:2].lower(),
    )


def _first(found: list[dict[str, str]], key: str) -> str:
    return next((item[key] for item in found if item[key]), "")


def _linked_data(root: Any) -> list[dict[str, str]]:  # noqa: ANN401
    """The articles of every JSON-LD block, as far as it can be read."""
    found: list[dict[str, str]] = []
    for script in root.xpath("//script[@type='application/ld+json']/text()")[:50]:
        try:
            data = json.loads(str(script)[:500_000], strict=False)
        except (ValueError, RecursionError):
            continue
        found.extend(_article(item) for item in _items(data) if _is_article(item))
    return found


def _items(data: object, depth: int = 0) -> Iterator[dict[str, Any]]:
    if isinstance(data, list) and depth < 6:
        for item in data:
            yield from _items(item, depth + 1)
    elif isinstance(data, dict) and depth < 6:
        yield data
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement"):
            yield from _items(data.get(key), depth + 1)


def _is_article(item: dict[str, Any]) -> bool:
    types = item.get("@type")
    return any(isinstance(t, str) and _ARTICLE.fullmatch(t) for t in (types if isinstance(types, list) else [types]))


def _article(item: dict[str, Any]) -> dict[str, str]:
    page = item.get("mainEntityOfPage")
    address = item.get("url") or (page.get("@id") if isinstance(page, dict) else page)
    return {
        "title": _text(item.get("headline") or item.get("name")),
        "outlet": _names(item.get("publisher")),
        "author": _names(item.get("author")),
        "published": dates.instant(_text(item.get("datePublished"))),
        "modified": dates.instant(_text(item.get("dateModified"))),
        "url": _text(address),
    }


def _text(value: object) -> str:
    return " ".join(value.split())[:1000] if isinstance(value, str) else ""


def _names(value: object) -> str:
    """Names of one or more persons or organisations, which may be strings, objects or lists of these."""
    several = value if isinstance(value, list) else [value]
    names = [_text(one.get("name") if isinstance(one, dict) else one) for one in several[:20]]
    return ", ".join(name for name in names if name)


def _tags(root: Any) -> dict[str, str]:  # noqa: ANN401
    found: dict[str, str] = {}
    for tag in root.xpath("//meta[@content]"):
        name = (tag.get("property") or tag.get("name") or tag.get("itemprop") or "").strip().lower()
        found.setdefault(name, _text(tag.get("content")))
    return found


def _tag_date(tags: dict[str, str], names: tuple[str, ...]) -> str:
    return next((day for name in names if (day := dates.instant(tags.get(name, "")))), "")


def _time_tag(root: Any) -> str:  # noqa: ANN401
    """The page's own publication `<time>`, else the first one inside the article."""
    for path in (
        "//*[@itemprop='datePublished']",
        "//time[@pubdate]",
        "//article//time[@datetime]",
        "//main//time[@datetime]",
        "//header//time[@datetime]",
        "//time[@datetime]",
    ):
        for node in root.xpath(path)[:1]:
            if day := dates.instant(node.get("datetime") or node.get("content") or _text(node.text)):
                return day
    return ""


def url_date(url: str) -> str:
    """Return the day in the path of an address (`/2025/06/14/`), '' where there is none."""
    match = _URL_DATE.search(url)
    return f"{match['y']}-{int(match['m']):02}-{int(match['d']):02}" if match else ""


def _title_tag(root: Any) -> str:  # noqa: ANN401
    titles = root.xpath("//head/title/text()") or root.xpath("//title/text()")
    return _text(str(titles[0])) if titles else ""


def _without_outlet(title: str, outlet: str) -> str:
    """'Two hurt in market blast | The Example' without the outlet's name."""
    head, mark, tail = title.rpartition(" | ") if " | " in title else title.rpartition(" - ")
    return head if mark and outlet and dates.plain(tail) == dates.plain(outlet) else title
