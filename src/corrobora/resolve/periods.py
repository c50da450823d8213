"""Periods: the days that each claim's event happened on, from the report's own words.

Two anchors: the publication day, and the narrative, which is the last day the text spoke of ('the following day'). For
each claim, in order: the words the reader chose, an expression in the claim's own sentence, the day last spoken of
(the same paragraph first), the first event day of the report, the statement's own day, the report's day. A day that
dates a statement is never taken for the event's: what was said happened on it or before.
"""

import re
from dataclasses import replace
from datetime import date

from corrobora.model import Claim, Findings, Period, Text
from corrobora.resolve import calendar
from corrobora.resolve import time_roles as roles
from corrobora.resolve.calendar import Value
from corrobora.resolve.publication import published
from corrobora.resolve.story import Story, Told, tell
from corrobora.resolve.time_words import TimeWords, parse

__all__ = ["find", "published", "resolve"]

# A report or statement that brings news brings it on the day or the day after: of 3,800 local news reports with coded
# events two thirds appeared within a day of the event, four fifths within three; a reaction takes the longer time.
_NEWS_LAG, _REACTION_LAG = 1, 3
_LAGS = {roles.STATEMENT: _NEWS_LAG, roles.REACTION: _REACTION_LAG}
_NEVER = (date.max, date.max)
# A report that tells of so many days is no longer on the last of them after so many paragraphs.
_SEVERAL, _FAR = 3, 2
# What did not happen, or not yet, takes its days from its own words alone.
_OWN_WORDS_ONLY = frozenset({"historical", "hypothetical", "future", "planned"})
# What an arrest, a release or a trial does to people: their days are these claims' own.
_FOLLOWING = frozenset({"detained", "freed"})
_STILL = re.compile(
    r"(?i)\b(?:have|has|had)\s+(?:\w+\s+){0,3}(?:fled|left|displaced|uprooted|forced|driven|flee|leave)\b"
)
_TIMES_OF_DAY = frozenset({"morning", "afternoon", "evening", "night", "overnight"})
_LOOKS_AHEAD = frozenset({"hypothetical", "future", "planned"})


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
    story = tell(text)
    found = ((claim.id, _period(story, claim)) for claim in findings.claims)
    return {key: period for key, period in found if period}


def _period(story: Story, claim: Claim) -> Period | None:
    """Return the period of a claim, by the first rule that gives one."""
    own = _chosen(story, claim) or _in_sentence(story, claim)
    if own:
        return _as_period(own)
    if claim.scope == "rate" or claim.modality in _OWN_WORDS_ONLY:
        return None
    if unread := _unread(story, claim):
        return unread
    found = _carried(story, claim) or _stated(story, claim) or _first_statement(story, claim) or _report_day(story)
    return _lasting(story, claim, found) if found else None


def _lasting(story: Story, claim: Claim, found: Period) -> Period:
    """Who 'have fled' since an event went on leaving up to the report, where their own sentence names no day."""
    first = found.earliest
    if claim.harm != "displaced" or story.published is None or first is None or not story.sentences:
        return found
    if not _STILL.search(story.text, *story.sentences[story.sentence(claim.start)]):
        return found
    value = calendar.interval(first, max(story.published, found.latest or first))
    rule = f"from then to publication: {found.rule}"
    return replace(found, edtf=value.edtf, latest=value.latest, precision=value.precision, rule=rule)


def _chosen(story: Story, claim: Claim) -> Told | None:
    """Return the expression behind the words that the reader chose, unless it dates the statement alone."""
    if claim.time is None:
        return None
    start, end = claim.time.start, claim.time.end
    hits = [t for t in story.told if t.words.start < end and start < t.words.end and _dates(t, claim)]
    return max(hits, key=lambda t: min(end, t.words.end) - max(start, t.words.start), default=None)


def _in_sentence(story: Story, claim: Claim) -> Told | None:
    sentence = story.sentence(claim.start)
    here = [t for t in story.told if t.sentence == sentence and _dates(t, claim)]
    return min(here, key=lambda t: _distance(t, claim), default=None)


def _unread(story: Story, claim: Claim) -> Period | None:
    """Return words that nothing can be counted from ('on Monday', in a report without a day): no other day is right."""
    sentence = story.sentence(claim.start)
    here = [t for t in story.told if t.sentence == sentence and t.role == roles.EVENT and t.value is None]
    told = min(here, key=lambda t: _distance(t, claim), default=None)
    if told is None or story.published is not None:
        return None
    words = told.words
    return Period(words.text, "../..", None, None, "open", "publication day not known", words.start, words.end)


def _dates(told: Told, claim: Claim) -> bool:
    """Tell whether an expression may date this claim's event."""
    if told.value is None:
        return False
    if told.role == roles.FOLLOWUP:
        return claim.harm in _FOLLOWING
    if told.role == roles.FUTURE:
        return claim.modality in _LOOKS_AHEAD
    if told.role == roles.BACKGROUND:  # what an anniversary remembers
        return claim.modality == "historical"
    return told.role == roles.EVENT


def _carried(story: Story, claim: Claim) -> Period | None:
    """Return the day last spoken of before the claim, in its paragraph first; else the report's first event day."""
    sentence, paragraph = story.sentence(claim.start), story.paragraph(claim.start)
    if _brings_news(story, sentence):
        return None
    since = [t for t in story.told if t.words.bound == "since" and t.role == roles.EVENT and t.days and story.recent(t)]
    if claim.scope == "total" and since:
        return _as_period(since[0], "total since a day said elsewhere")
    before = [t for t in story.told if t.sentence < sentence and _carries(story, t)]
    near = [t for t in before if t.paragraph == paragraph]
    far = [t for t in before if story.recent(t)]
    if near or far:
        return _from_last(story, (near or far)[-1], paragraph)
    lead = next((t for t in story.told if t.carries and story.recent(t) and _near(story, t, paragraph)), None)
    return _as_period(lead, "first event day of the report") if lead else None


def _near(story: Story, told: Told, paragraph: int) -> bool:
    """Tell whether a day may date what an earlier paragraph told: not where its own has turned to another event."""
    return told.paragraph <= paragraph or not story.apart(told)


def _from_last(story: Story, last: Told, paragraph: int) -> Period:
    """Return the day last spoken of; from it on, where a report of several days left it paragraphs ago."""
    days = {t.narrow for t in story.told if t.carries and story.recent(t)}
    first, end = last.days or _NEVER
    if paragraph - last.paragraph < _FAR or len(days) < _SEVERAL or story.published is None or story.published <= end:
        return _as_period(last, "day last spoken of")
    value = calendar.interval(first, story.published)
    return _as_period(replace(last, value=value), "on or after the day last spoken of")


def _carries(story: Story, told: Told) -> bool:
    return told.carries or (told.role == roles.STATEMENT and told.opens and _brings_news(story, told.sentence))


def _brings_news(story: Story, sentence: int) -> bool:
    """Tell whether a sentence opens with the day of a statement, and brings more than a known event's new figures."""
    opening = any(t.sentence == sentence and t.role == roles.STATEMENT and t.opens and t.days for t in story.told)
    return opening and not roles.updates(story.text[slice(*story.sentences[sentence])])


def _stated(story: Story, claim: Claim) -> Period | None:
    """Return the days up to a statement in the claim's sentence: the event lies on its day or shortly before."""
    sentence = story.sentence(claim.start)
    said = [t for t in story.told if t.sentence == sentence and t.role in _LAGS and t.days]
    told = min(said, key=lambda t: _distance(t, claim), default=None)
    return _up_to(story, told, "statement") if told else None


def _first_statement(story: Story, claim: Claim) -> Period | None:
    """Return the days up to the report's first statement: what is said of an event comes on its day or after it."""
    here = story.paragraph(claim.start)
    said = [t for t in story.told if t.role in _LAGS and t.narrow and story.recent(t) and _near(story, t, here)]
    told = min(said, key=lambda t: (t.narrow or _NEVER)[1], default=None)
    return _up_to(story, told, "first statement of the report") if told else None


def _up_to(story: Story, told: Told, why: str) -> Period:
    """Return the days up to a statement; those of them alone on which the report tells of an event, if any."""
    first, last = told.days or _NEVER
    lag = _LAGS[told.role]
    first = calendar.plus(first, -lag)
    known = [t.narrow for t in story.told if t.carries and t.narrow and first <= t.narrow[0] and t.narrow[1] <= last]
    if known:
        value = calendar.interval(min(days[0] for days in known), max(days[1] for days in known))
        return _as_period(replace(told, value=value), f"{why}, the event days that the report tells up to it")
    return _as_period(replace(told, value=calendar.interval(first, last)), f"{why}, that day or {lag} before")


def _report_day(story: Story) -> Period | None:
    if story.published is None:
        return None
    value = calendar.on_day(story.published)
    return Period("", value.edtf, value.earliest, value.latest, value.precision, "no time words: report day", -1, -1)


def _as_period(told: Told, why: str = "") -> Period:
    value, words = told.value or Value("", None, None, "open"), told.words
    rule = f"{why}: {told.rule}" if why else told.rule
    ends = (value.earliest, value.latest)
    time = words.clock or (words.part if words.part in _TIMES_OF_DAY else "")
    return Period(words.text, value.edtf, *ends, value.precision, rule, words.start, words.end, time)


def _distance(told: Told, claim: Claim) -> int:
    """Return the characters between an expression and a claim; 0 where they meet."""
    return max(told.words.start - claim.end, claim.start - told.words.end, 0)
