"""The place names of a text as annotators of place names mark them.

Two conventions. `strict`: names of places alone, where they stand for the place. `news`: also the adjectives of
countries ('Syrian'), and the place that names an organisation ('Datur Police Department'). Either way a name has no
article, no genitive and no lower-case word of its kind.
"""

import re
from collections.abc import Sequence
from functools import cache

from corrobora.model import Findings, Mention, Text
from corrobora.resolve.folding import fold
from corrobora.resolve.gazetteer import Gazetteer
from corrobora.resolve.naming import abbreviations, is_never, openers, words
from corrobora.resolve.sentences import Bounds
from corrobora.resolve.toponyms import NAME, Toponym, surnames, told

CONVENTIONS = ("strict", "news")
_ARTICLE = re.compile(
    r"^(?:the|an?|historic|downtown|greater)\s+|^[\"'“‘(]+|^(?:city|county|town|village)\s+of\s+", re.IGNORECASE
)
_PARTY = re.compile(r"^[DR]-(?=[A-Z])")
_GENITIVE = re.compile(r"['’]s?$|[,;:\"”)]+$")
# Not 'al-Balah' of 'Deir al-Balah'.
_SMALL_TAIL = re.compile(r"(?:\s+[a-z](?:(?![A-Z])[\w-])*)+$|-(?:based|led|backed|born|area|style|controlled)$")
_JOINT = re.compile(r"(\s*[,/]\s*|\s+and\s+)")
_STATES = re.compile(r"(?<![\w.])(?:U\.S\.(?:A\.)?|U\.K\.|US|UK|USA|DRC|UAE|U\.A\.E\.|D\.C\.)(?![\w-]|\.\w)")
_LIES = re.compile(r"\s*,\s+(?:in|near|outside)\s+(?:the\s+)?(?:[a-z-]+\s+){0,4}[A-Z]")
_DIVISION_PEOPLE = 300_000


class Marks:
    """The spans found so far, none overlapping another."""

    def __init__(self, words: str) -> None:
        self.words = words
        self.spans: dict[Bounds, str] = {}

    def free(self, start: int, end: int) -> bool:
        """Say whether no span found so far shares a character with these."""
        return not any(a < end and start < b for a, b in self.spans)

    def add(self, start: int, end: int, source: str) -> None:
        """Take a span in, trimmed, unless another is there."""
        start, end = trimmed(self.words, start, end)
        if end - start > 1 and self.free(start, end):
            self.spans[start, end] = source


def trimmed(text: str, start: int, end: int) -> Bounds:
    """Return the bounds of a name without article, genitive, quotation marks and lower-case words after it.

    >>> trimmed("in the Helmand province", 3, 23)
    (7, 14)
    >>> trimmed("Deir al-Balah", 0, 13)
    (0, 13)
    """
    while True:
        name = text[start:end]
        if name.isalnum():
            return start, _with_stop(text, start, end)  # one word without a sign: nothing to leave out
        lead = _ARTICLE.match(name) or _PARTY.match(name) or re.match(r"\s+", name)
        tail = _SMALL_TAIL.search(name) or re.search(r"\s+$", name)
        if not name.endswith("."):
            tail = tail or _GENITIVE.search(name)
        if lead:
            start += lead.end()
        elif tail and tail.start():
            end = start + tail.start()
        else:
            return start, _with_stop(text, start, end)


def _with_stop(text: str, start: int, end: int) -> int:
    """Take in the full stop of an abbreviation: 'Neb.'."""
    return end + 1 if text[end : end + 1] == "." and text[start : end + 1] in abbreviations() else end


def recognise(
    text: Text,
    findings: Findings,
    gazetteer: Gazetteer,
    convention: str = "strict",
    explained: Sequence[Toponym] | None = None,
) -> tuple[Bounds, ...]:
    """Return where the place names of a text stand, in text order, by a convention of `CONVENTIONS`.

    `explained` are those that words of place stand beside (`told`), where they are known already.
    """
    found = _Recogniser(text, findings, gazetteer, news=convention == "news")
    found.explained = tuple(told(text.text, findings, gazetteer)) if explained is None else explained
    found.run()
    return tuple(sorted(found.marks.spans))


class _Recogniser:
    def __init__(self, text: Text, findings: Findings, gazetteer: Gazetteer, *, news: bool) -> None:
        self.words, self.mentions, self.gazetteer, self.news = text.text, findings.mentions, gazetteer, news
        self.explained: Sequence[Toponym] = ()
        self.marks = Marks(text.text)
        self.family = surnames(findings)

    def run(self) -> None:
        """Each step adds what the steps before it have left free."""
        for mention in self.mentions:
            if mention.kind in {"place", "facility"}:
                self.named(mention)
        if self.news:
            self.peoples()
            self.seats()
        self.divisions()
        self.features()
        if self.news:
            self.bodies()
        self.led_to()
        for name in self.explained:
            self.marks.add(name.start, name.end, "told")
        self.again()

    # ------------------------------------------------------------ steps

    def named(self, mention: Mention) -> None:
        """What the reader took for a place: its parts, where it is a list; the place of a body."""
        start, end = trimmed(self.words, mention.start, mention.end)
        name = self.words[start:end]
        if is_never(name) or name.islower() or not any(sign.isalnum() for sign in name):
            return
        if mention.kind == "place" and fold(name) in self.family and not self.division(name):
            return
        pieces = _JOINT.split(name)
        if len(pieces) > 1 and not self.known(name) and ("," in name or all(map(self.known, pieces[::2]))):
            at = start
            for number, piece in enumerate(pieces):
                if number % 2 == 0:
                    self.marks.add(at, at + len(piece), mention.kind)
                at += len(piece)
            return
        last = name.rsplit(None, 1)[-1].lower().strip(".")
        table = words()["marking"]
        if last in table["body_ends"] and " " in name:
            if self.news:
                self.body(start, end)
        elif mention.kind == "place" or last not in table["houses"]:
            self.marks.add(start, end, mention.kind)

    def peoples(self) -> None:
        """Adjectives and peoples of a country, with the direction before them: 'South Ossetian'."""
        for mention in self.mentions:
            if mention.kind != "group":
                continue
            for match in re.finditer(r"[^\W\d_]+(?: [A-Z][a-z]+)?", mention.text):
                first = match[0].split(" ")[0]
                leads = first.lower() in words()["marking"]["directions"] and " " in match[0]
                names = (match[0],) if leads else (match[0], first)
                name = next((n for n in names if leads or self.gazetteer.country_of(n) or self.division(n)), "")
                start = mention.start + match.start()
                if name and not self.language(start, start + len(name)):
                    self.marks.add(start, start + len(name), "people")
                    break

    def seats(self) -> None:
        """The seat of a member of a parliament: 'Rep. Ann Ives, D-Datur'."""
        for match in re.finditer(
            r"(?<=[,(]\s)[A-Z]{1,3}-((?:[A-Z]\.\s?){1,2}|[A-Z][\w.]+(?:\s[A-Z]\w+)?)(?=[,.;)\s])", self.words
        ):
            self.marks.add(match.start(1), match.end(1), "seat")

    def language(self, start: int, end: int) -> bool:
        """Say whether a word names a language: 'speaks Turkish'."""
        before = self.words[max(0, start - 12) : start]
        return re.search(
            r"\b(?:in|speaks?|spoke|spoken|speaking|fluent|learn\w*)\s+$", before
        ) is not None and not re.match(r"\s+[a-z]", self.words[end : end + 3])

    def divisions(self) -> None:
        """Countries, regions and large first-order divisions, wherever they are named."""
        for match in NAME.finditer(self.words):
            at = [(m.start() + match.start(), m.end() + match.start()) for m in re.finditer(r"\S+", match[0])]
            first = 0
            while first < len(at):
                for last in range(min(len(at), first + 4), first, -1):
                    start, end = trimmed(self.words, at[first][0], at[last - 1][1])
                    if self.division(self.words[start:end]) and self.may_divide(start, end, first, match.start()):
                        self.marks.add(start, end, "division")
                        first = last - 1
                        break
                first += 1
        for match in _STATES.finditer(self.words):
            if self.news or not self.inside(match.start(), match.end(), "organisation"):
                self.marks.add(match.start(), match.end(), "division")

    def may_divide(self, start: int, end: int, first: int, begins: int) -> bool:
        """Not a person's name, nor the middle of an organisation's, nor a word of a longer name."""
        name = self.words[start:end]
        if len(name) < 4 or is_never(name) or fold(name) in self.family:
            return False
        if self.inside(start, end, "person") or (not self.news and self.inside(start, end, "organisation")):
            return False
        describes = re.match(r"\s+[a-z]", self.words[end : end + 3]) and self.gazetteer.country_of(name)
        if not self.news and describes and self.inside(start, end, "group"):
            return False  # 'the Somali capital': of the country, and not the division called so
        before = self.words[begins:start].split()
        return first == 0 or before[-1].lower() in words()["marking"]["directions"] or self.country(name)

    def features(self) -> None:
        """'Datur County', 'the Ahmar River'."""
        for match in _features().finditer(self.words):
            last = match[0].rsplit(None, 1)[-1].lower()
            if last in words()["marking"]["roads"] and not self.news:
                continue
            start = match.start() + (lead.end() if (lead := openers().match(match[0])) else 0)
            if self.news or not self.inside(start, match.end(), "organisation"):
                self.marks.add(start, match.end(), "feature")

    def bodies(self) -> None:
        """The place at the head of an organisation's name."""
        for mention in self.mentions:
            if mention.kind in {"organisation", "person"}:
                self.body(mention.start, mention.end, sure=mention.kind == "organisation")

    def body(self, start: int, end: int, *, sure: bool = True) -> None:
        """Find the place that a body is named after: known, and followed by a word of a public body."""
        pieces = [(m.start() + start, m.end() + start, m[0]) for m in re.finditer(r"[\w.’'-]+", self.words[start:end])]
        if pieces and pieces[0][2].lower() == "the":
            pieces = pieces[1:]
        marked = {self.words[a:b] for a, b in self.marks.spans}
        for count in range(min(4, len(pieces)), 0, -1):
            after = re.match(r"\s+(\w[\w’']*)", self.words[pieces[count - 1][1] : pieces[count - 1][1] + 25])
            a, b = trimmed(self.words, pieces[0][0], pieces[count - 1][1])
            name = self.words[a:b]
            if is_never(name) or fold(name) in self.family or fold(name) in words()["marking"]["common"]:
                continue
            if name.rsplit(None, 1)[-1].lower() in words()["marking"]["bodies"] and not name.endswith("County"):
                continue
            follows = after[1].lower() if after else ""
            public = follows in words()["marking"]["bodies"] and (self.known(name) or name.endswith(" County"))
            if public or (sure and name in marked and count < len(pieces)):
                self.marks.add(a, b, "body")
                return

    def led_to(self) -> None:
        """Names that the words beside them show to be places: 'in Datur', 'Datur, Latakia', 'mayor of Datur'."""
        for match in NAME.finditer(self.words):
            opener = openers().match(match[0])
            start, end = trimmed(self.words, match.start() + (opener.end() if opener else 0), match.end())
            name = self.words[start:end]
            if not self.marks.free(start, end) or is_never(name) or fold(name) in self.family or name.islower():
                continue
            if self.inside(start, end, "date") or self.person(start, end):
                continue
            if self.known(name):
                if self.leads_in(start, end) or (self.alone(start, end) and self.shown(start, end)):
                    self.marks.add(start, end, "led to")
            elif _leads()[2].search(self.words, max(0, start - 20), start) and not self.over(start, end):
                self.marks.add(start, end, "stands")

    def leads_in(self, start: int, end: int) -> bool:
        """Say whether 'in' or the like stands before these characters, or their division after a comma."""
        after = re.match(r",\s+([A-Z][\w.]+(?:\s[A-Z][a-z]+)?)", self.words[end : end + 30])
        return _leads()[0].search(self.words, max(0, start - 20), start) is not None or (
            after is not None and self.division(after[1].rstrip(","))
        )

    def shown(self, start: int, end: int) -> bool:
        """Say whether these characters are named as what was struck, has a mayor, or lies in another place."""
        before = max(0, start - 30)
        return _leads()[1].search(self.words, before, start) is not None or _LIES.match(self.words, end) is not None

    def alone(self, start: int, end: int) -> bool:
        """Say whether no mention holds more than these characters: a reader may call a place a body, but not a part."""
        return all((m.start, m.end, m.kind) == (start, end, "organisation") for m in self.over(start, end))

    def over(self, start: int, end: int) -> list[Mention]:
        """Return the mentions that share a character with these."""
        return [m for m in self.mentions if m.start < end and start < m.end]

    def again(self) -> None:
        """What is a place once is one wherever it is named, outside the names of persons and, strictly, of bodies."""
        sources = {"place", "division", "feature", "led to", "body", "told"}
        names = {self.words[a:b]: source for (a, b), source in self.marks.spans.items() if source in sources}
        for name, source in sorted(names.items(), key=lambda each: -len(each[0])):
            certain = source == "told" or self.known(name) or name.endswith(" County")
            if len(name) < 4 or fold(name) in self.family or not certain:
                continue
            for match in re.finditer(rf"(?<![\w-]){re.escape(name)}(?![\w-])", self.words):
                if self.person(match.start(), match.end()):
                    continue
                body = self.holding(match.start(), match.end(), "organisation")
                if body and not (self.news and self.leads(body, match.start())):
                    continue
                self.marks.add(match.start(), match.end(), "again")

    # ------------------------------------------------------------ questions

    def leads(self, body: Mention, start: int) -> bool:
        """Say whether a name stands at the head of a body's name, or after 'of' in it."""
        before = self.words[body.start : start]
        return not before or re.search(r"(?:^[Tt]he|\bof|\bin|\bat)\s+$", before) is not None

    def known(self, name: str) -> bool:
        """Say whether the gazetteer has exactly this name."""
        return bool(self.gazetteer.named(name))

    def division(self, name: str) -> bool:
        """Say whether a name is that of a country, a region or a large first-order division first of all."""
        if name in abbreviations():
            return True
        if fold(name) in words()["marking"]["common"]:
            return False
        return any(
            e.kind in {"country", "region"} or (e.kind == "admin1" and e.population >= _DIVISION_PEOPLE)
            for e in self.gazetteer.named(name)
            if e.grade == 0
        )

    def country(self, name: str) -> bool:
        """Say whether a name is a country's."""
        return any(e.kind == "country" and e.grade == 0 for e in self.gazetteer.named(name))

    def holding(self, start: int, end: int, kind: str) -> Mention | None:
        """Return the mention of a kind that holds these characters."""
        return next((m for m in self.mentions if m.kind == kind and m.start <= start and end <= m.end), None)

    def inside(self, start: int, end: int, kind: str) -> bool:
        """Say whether a mention of a kind shares a character with these."""
        return any(m.kind == kind and m.start < end and start < m.end for m in self.mentions)

    def person(self, start: int, end: int) -> bool:
        """Say whether these characters stand in the name of a person that has more words than one."""
        return any(m.kind == "person" and " " in m.text and m.start < end and start < m.end for m in self.mentions)


@cache
def _features() -> re.Pattern[str]:
    table = words()["marking"]
    kinds = "|".join(word.capitalize() for word in (*table["features"], *table["roads"]))
    return re.compile(rf"\b(?:[A-Z][\w’'.-]+\s+){{1,3}}?(?:{kinds})\b")


@cache
def _leads() -> tuple[re.Pattern[str], ...]:
    table = {kind: "|".join(re.escape(word) for word in each) for kind, each in words()["leads"].items()}
    return (
        re.compile(rf"\b(?:{table['inside']})\s+$", re.IGNORECASE),
        re.compile(rf"\b(?:(?:{table['heads']})\s+of|{table['struck']})\s+(?:the\s+)?$", re.IGNORECASE),
        re.compile(r"\b(?:in|near|outside|inside)\s+$", re.IGNORECASE),
    )
