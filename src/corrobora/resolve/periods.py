"""Periods: the days that each claim's event happened on, from the report's own words.

Two anchors: the publication day, and the narrative, which is the last day the text spoke of ('the following day'). For
each claim, in order: the words the reader chose, an expression in the claim's own sentence, the day last spoken of
(the same paragraph first), the first event day of the report, the statement's own day, the report's day. A day that
dates a statement is never taken for the event's: what was said happened on it or before.
"""

from dataclasses import dataclass, replace
from datetime import date
from itertools import takewhile

from corrobora.model import Claim, Findings, Period, Text
from corrobora.resolve import calendar, publication
from corrobora.resolve import time_roles as roles
from corrobora.resolve.calendar import Days, Value
from corrobora.resolve.period_values import Anchors, meaning
from corrobora.resolve.publication import published
from corrobora.resolve.sentences import Bounds, paragraphs, sentences
from corrobora.resolve.time_words import TimeWords, parse

__all__ = ["find", "published", "resolve"]

# A statement brings its news on the day or the day after: of 3,800 news reports on shootings two thirds appeared within
# a day of the event; a reaction comes within some days (four fifths within three).
_STATEMENT_LAG, _REACTION_LAG, _REPORT_LAG = 1, 3, 1
# The day last spoken of carries on only where it is not history: within so many days of the report's first event day.
_STORY_DAYS = 45
# A stretch longer than this is never carried from one sentence to another.
_CARRIED_DAYS = 10


@dataclass(frozen=True, slots=True)
class _Told:
    """A time expression in its place: what it dates, its value, its sentence and paragraph."""

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
    def carries(self) -> bool:
        """Whether it may date what follows: an event's day or few days, not a bound and not history."""
        days = self.days
        return (
            self.role == roles.EVENT
            and days is not None
            and not self.words.bound
            and (days[1] - days[0]).days < _CARRIED_DAYS
        )


def find(text: Text) -> tuple[TimeWords, ...]:
    """Find every time expression of `text`, in order, with its span.

    >>> from corrobora.model import Metadata
    >>> text = Text("d", "", "a.txt", "Two died on Monday, police said.", Metadata(), (), "plain 1")
    >>> [w.text for w in find(text)]
    ['on Monday']
    """
    return parse(text.text)


def resolve(text: Text, findings: Findings) -> dict[str, Period]:
    """Give each claim, by its id, the period its event happened in; a claim whose days nothing tells is left out.

    Periods are inclusive on both ends; an open or unknown end is None. `rule` names what gave the days, and says so
    where a year is not known (then `edtf` keeps the part that is, `XXXX-03-06`).
    """
    story = _Story(text)
    found = ((claim.id, story.period(claim)) for claim in findings.claims)
    return {key: period for key, period in found if period}


class _Story:
    """One report's time expressions with their days, and the choice among them for a claim."""

    def __init__(self, text: Text) -> None:
        self.text = text.text
        self.published = publication.anchor(text)
        self.sentences = sentences(text)
        self.paragraphs = paragraphs(text)
        self.told = self._tell(text)
        self.lead = next((t for t in self.told if t.carries and self._recent(t)), None)

    def _tell(self, text: Text) -> tuple[_Told, ...]:
        words = find(text)
        heads = {w.start for w in publication.masthead(text)}
        year, rule = publication.year_of(words, text.text) if self.published is None else (None, "")
        anchors = Anchors(self.published or self._stated_day(words), None, year, rule)
        told: list[_Told] = []
        for word in words:
            if word.start not in heads:
                told.append(self._one(word, anchors))
                if (days := told[-1].days) and told[-1].role in {roles.EVENT, roles.STATEMENT} and not word.bound:
                    anchors = replace(anchors, narrative=days) if (days[1] - days[0]).days < _CARRIED_DAYS else anchors
        return tuple(told)

    def _stated_day(self, words: tuple[TimeWords, ...]) -> date | None:
        """Without a publication day, the latest full date of a statement stands for it: the report came after."""
        days = [
            day
            for w in words
            if w.kind == "date"
            and w.year
            and w.month
            and w.day
            and not w.ambiguous
            and (day := calendar.valid(w.year, w.month, w.day))
            and roles.role(self.text, w, *self.sentences[_index(self.sentences, w.start)]) == roles.STATEMENT
        ]
        return max(days, default=None)

    def _one(self, word: TimeWords, anchors: Anchors) -> _Told:
        sentence = _index(self.sentences, word.start)
        bounds = self.sentences[sentence] if self.sentences else (0, len(self.text))
        role = roles.role(self.text, word, *bounds)
        resolved = meaning(word, anchors, future=role == roles.FUTURE)
        value, rule = resolved or (None, "anchor not known")
        paragraph = _index(self.paragraphs, word.start)
        return _Told(word, role, value, rule, sentence, paragraph, roles.opens(self.text, word, bounds[0]))

    def _recent(self, told: _Told) -> bool:
        """Tell whether a day belongs to what is reported, and not to its history."""
        days = told.days
        return self.published is None or (days is not None and (self.published - days[1]).days <= _STORY_DAYS)

    # -- the choice for one claim ----------------------------------------------------------------------------------

    def period(self, claim: Claim) -> Period | None:
        """Return the period of a claim, by the first rule that gives one."""
        own = self._chosen(claim) or self._in_sentence(claim)
        if own:
            return _period(own)
        if claim.scope == "rate" or claim.modality in {"historical", "hypothetical", "future", "planned"}:
            return None
        return self._carried(claim) or self._stated(claim) or self._report_day()

    def _chosen(self, claim: Claim) -> _Told | None:
        """Return the expression behind the words that the reader chose, unless it dates the statement alone."""
        if claim.time is None:
            return None
        start, end = claim.time.start, claim.time.end
        hits = [t for t in self.told if t.words.start < end and start < t.words.end and self._usable(t, claim)]
        return max(hits, key=lambda t: min(end, t.words.end) - max(start, t.words.start), default=None)

    def _usable(self, told: _Told, claim: Claim) -> bool:
        """Tell whether an expression may date this claim's event."""
        if told.value is None:
            return False
        if told.role == roles.FOLLOWUP:
            return claim.harm == "detained"
        if told.role == roles.FUTURE:
            return claim.modality in {"future", "planned", "hypothetical"}
        return told.role == roles.EVENT

    def _in_sentence(self, claim: Claim) -> _Told | None:
        sentence = _index(self.sentences, claim.start)
        here = [t for t in self.told if t.sentence == sentence and self._usable(t, claim)]
        return min(here, key=lambda t: _distance(t.words, claim), default=None)

    def _carried(self, claim: Claim) -> Period | None:
        """Return the day last spoken of before the claim, in its paragraph first; else the report's first event day."""
        sentence, paragraph = _index(self.sentences, claim.start), _index(self.paragraphs, claim.start)
        before = [t for t in self.told if t.sentence < sentence and self._carries(t)]
        near = [t for t in before if t.paragraph == paragraph]
        far = [t for t in before if self.lead is None or self._recent(t)]
        last = (near or far or [None])[-1]  # type: ignore[list-item]
        if self._new_events(sentence):
            return None
        if last:
            return _period(last, "day last spoken of")
        return _period(self.lead, "first event day of the report") if self.lead else None

    def _carries(self, told: _Told) -> bool:
        return told.carries or (told.role == roles.STATEMENT and told.opens and self._new_events(told.sentence))

    def _new_events(self, sentence: int) -> bool:
        """Tell whether a sentence opens with the day of a statement that brings news of its own."""
        start, end = self.sentences[sentence] if self.sentences else (0, 0)
        opening = [t for t in self.told if t.sentence == sentence and t.role == roles.STATEMENT and t.opens and t.days]
        return bool(opening) and not roles.updates(self.text[start:end])

    def _stated(self, claim: Claim) -> Period | None:
        """Return the days up to a statement in the claim's sentence: the event lies on its day or shortly before."""
        sentence = _index(self.sentences, claim.start)
        said = [
            t for t in self.told if t.sentence == sentence and t.role in {roles.STATEMENT, roles.REACTION} and t.days
        ]
        if not said:
            return None
        told = min(said, key=lambda t: _distance(t.words, claim))
        lag = _STATEMENT_LAG if told.role == roles.STATEMENT else _REACTION_LAG
        first, last = told.days or (date.max, date.max)
        value = calendar.interval(calendar.plus(first, -lag), last)
        return _period(replace(told, value=value), f"on the day of the statement or {lag} before")

    def _report_day(self) -> Period | None:
        if self.published is None:
            return None
        value = calendar.interval(calendar.plus(self.published, -_REPORT_LAG), self.published)
        return Period(
            "", value.edtf, value.earliest, value.latest, value.precision, "no time words: report day", -1, -1
        )


def _period(told: _Told, why: str = "") -> Period:
    value, words = told.value or Value("", None, None, "open"), told.words
    rule = f"{why}: {told.rule}" if why else told.rule
    return Period(words.text, value.edtf, value.earliest, value.latest, value.precision, rule, words.start, words.end)


def _distance(words: TimeWords, claim: Claim) -> int:
    """Return the characters between an expression and a claim; 0 where they meet."""
    return max(words.start - claim.end, claim.start - words.end, 0)


def _index(bounds: tuple[Bounds, ...], at: int) -> int:
    """Return the number of the stretch that holds a character (the last one that begins before it)."""
    return max(sum(1 for _ in takewhile(lambda b: b[0] <= at, bounds)) - 1, 0)
