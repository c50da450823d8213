"""A report's time expressions in their place: what each dates, the days it comes to, and the day last spoken of."""

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from datetime import date

from corrobora.model import Text
from corrobora.resolve import publication
from corrobora.resolve import time_roles as roles
from corrobora.resolve import time_tables as tables
from corrobora.resolve.calendar import Days, Value, on_day
from corrobora.resolve.figures_order import day_first
from corrobora.resolve.period_values import Anchors, meaning
from corrobora.resolve.sentences import Bounds, paragraphs, sentences, turns
from corrobora.resolve.time_words import TimeWords, parse

# A day belongs to what is reported, and not to its history, within so many days before publication.
_STORY_DAYS = 45
# An hour between midnight and dawn that no day stands beside.
_SMALL_HOURS = re.compile(
    rf"(?i)\b(?:12|[1-5])(?:[:.][0-5]\d)?\s?a\.?\s?m\b(?!\.?,?\s+(?:on\s+)?(?:{'|'.join(tables.WEEKDAYS)}))"
)
# What the head of an incident sheet says of the event: its day, where its place stands beside it.
_SHEET_DAY = re.compile(r"(?im)^[ \t]*(?:date|day|date of (?:the )?(?:incident|event|attack)|fecha)[ \t]*:[ \t]*$")
_SHEET_PLACE = re.compile(r"(?im)^[ \t]*(?:place|location|locality|municipality|lugar|lieu)[ \t]*:")
# A day lies just before publication within so many days.
_FRESH_DAYS = 10
# A stretch of so many days or more is never carried from one sentence to another.
_CARRIED_DAYS = 10


@dataclass(frozen=True, slots=True)
class Told:
    """A time expression: what it dates, its value (None: its anchor is not known), where it stands.

    `sentence` and `paragraph` are numbers; `opens` says that it opens its sentence.
    """

    words: TimeWords
    role: str
    value: Value | None
    rule: str
    sentence: int
    paragraph: int
    opens: bool

    @property
    def days(self) -> Days | None:
        """First and last day, where both are known."""
        if self.value is None or self.value.earliest is None or self.value.latest is None:
            return None
        return self.value.earliest, self.value.latest

    @property
    def narrow(self) -> Days | None:
        """The days, where they are few and no bound: what 'the following day' can be counted from.

        A night counts for the day it began on: the day after Friday night is Saturday.
        """
        days = self.days
        if days is None or self.words.bound or (days[1] - days[0]).days >= _CARRIED_DAYS:
            return None
        return (days[0], days[0]) if self.words.part == "night" else days

    @property
    def carries(self) -> bool:
        """Whether it dates what is told after it, too."""
        return self.role == roles.EVENT and self.narrow is not None


@dataclass(frozen=True, slots=True)
class Story:
    """One report, with its expressions in text order and `published`, the day its own 'yesterday' is counted from."""

    text: str
    published: date | None
    sentences: tuple[Bounds, ...]
    paragraphs: tuple[Bounds, ...]
    told: tuple[Told, ...]

    def sentence(self, at: int) -> int:
        """Return the number of the sentence that holds a character."""
        return index(self.sentences, at)

    def paragraph(self, at: int) -> int:
        """Return the number of the paragraph that holds a character."""
        return index(self.paragraphs, at)

    def apart(self, told: Told) -> bool:
        """Tell whether its paragraph turned to another event before it: 'Separately', 'As reported earlier'."""
        if not self.paragraphs:
            return False
        start = self.paragraphs[told.paragraph][0]
        begun = (s for s in self.sentences[: told.sentence + 1] if s[0] >= start)
        return any(turns(self.text, s[0]) for s in begun)

    def recent(self, told: Told) -> bool:
        """Tell whether a day belongs to what is reported, and not to its history."""
        days = told.days
        return self.published is None or (days is not None and (self.published - days[1]).days <= _STORY_DAYS)


def index(bounds: tuple[Bounds, ...], at: int) -> int:
    """Return the number of the stretch that holds a character (the last one that begins before it)."""
    return max(bisect_right(bounds, at, key=lambda b: b[0]) - 1, 0)


def tell(text: Text) -> Story:
    """Read a report's time expressions in order, each against the publication day and the day last spoken of."""
    day, words = publication.anchor(text), parse(text.text)
    bare = Story(text.text, day, sentences(text), paragraphs(text), ())
    heads = {w.start for w in publication.masthead(text) if not _of_a_sheet(text.text, w, day)}
    placed = [(word, _role(bare, word)) for word in words if word.start not in heads]
    year, rule = publication.year_of(words, text.text) if day is None else (None, "")
    anchors = Anchors(day or _stated_day(placed), None, year, rule, day_first=day_first(text.metadata))
    told: list[Told] = []
    for word, role in placed:
        one = _resolved(bare, word, role, anchors)
        told.append(one)
        if one.narrow and one.role in {roles.EVENT, roles.STATEMENT}:
            anchors = replace(anchors, narrative=one.narrow, fresh=anchors.fresh or _fresh(day, one.narrow))
    return replace(bare, told=tuple(told))


def _of_a_sheet(text: str, word: TimeWords, published: date | None) -> bool:
    """Tell whether a date in the head is the event's: 'Date: 12 May 2025', above 'Place: Datra', in a later report."""
    day, line = publication.full_day(word), text.rfind("\n", 0, word.start) + 1
    earlier = published is not None and day is not None and 0 < (published - day).days <= _STORY_DAYS
    return earlier and bool(_SHEET_DAY.match(text[line : word.start])) and bool(_SHEET_PLACE.search(text[: line + 300]))


def _after_midnight(story: Story, word: TimeWords) -> bool:
    """Tell whether the sentence of a night, or the next one, gives an hour before dawn: 'shortly after 2 a.m.'."""
    at = story.sentence(word.start)
    ends = story.sentences[at : at + 2]
    return bool(ends) and not word.clock and _SMALL_HOURS.search(story.text, ends[0][0], ends[-1][1]) is not None


def _last_day(value: Value) -> Value:
    return on_day(value.latest) if value.latest and value.precision == "days" else value


def _fresh(published: date | None, days: Days) -> bool:
    """Tell whether a report tells of a day just before it: then its weekdays are of these days, and of no history."""
    return published is not None and (published - days[1]).days <= _FRESH_DAYS


def _role(story: Story, word: TimeWords) -> str:
    bounds = story.sentences[story.sentence(word.start)] if story.sentences else (0, len(story.text))
    return roles.role(story.text, word, *bounds)


def _stated_day(placed: list[tuple[TimeWords, str]]) -> date | None:
    """Without a publication day, the latest full date of a statement stands for it: the report came after."""
    days = [day for word, role in placed if role == roles.STATEMENT and (day := publication.full_day(word))]
    return max(days, default=None)


def _resolved(story: Story, word: TimeWords, role: str, anchors: Anchors) -> Told:
    value, rule = meaning(word, anchors, future=role == roles.FUTURE) or (None, "anchor not known")
    if value and word.part in {"night", "overnight"} and _after_midnight(story, word):
        value, rule = _last_day(value), f"{rule}, after midnight"
    first = value.earliest if value else None
    if role == roles.EVENT and first and story.published and (first - story.published).days > 1:
        role = roles.FUTURE  # nothing of a day after the report has happened yet
    sentence = story.sentence(word.start)
    start = story.sentences[sentence][0] if story.sentences else 0
    opens = roles.opens(story.text, word, start)
    return Told(word, role, value, rule, sentence, story.paragraph(word.start), opens)
