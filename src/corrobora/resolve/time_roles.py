"""What a time expression dates: the event, the statement about it, what came after it, or the report itself.

A day that hangs on a verb of saying ('police said on Monday', 'in a statement on Sunday', 'on Friday it was announced
that') dates the statement: the event lies on it or before. A day beside an arrest, a trial or a funeral dates that. A
date in the head of the report dates the report.
"""

import re
from collections.abc import Iterable

from corrobora.resolve import tense
from corrobora.resolve import time_tables as tables
from corrobora.resolve.time_words import TimeWords

EVENT, STATEMENT, REACTION, FOLLOWUP = "event", "statement", "reaction", "followup"
BACKGROUND, FUTURE, REPORT = "background", "future", "report"


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in sorted(set(words), key=lambda w: (-len(w), w)))


_VERBS, _NOUNS = tables.WORDS["verbs"], tables.WORDS["nouns"]
_SAYING = _any([*_VERBS["report"], *_VERBS["reaction"]])
_REACTION = re.compile(rf"(?i:\b(?:{_any(_VERBS['reaction'])})\b)")
# Between a verb of saying and its day stand only words such as 'reporters', 'in a statement', or names.
_GAP = (
    rf"(?:\s+(?!(?i:that|which)\b)(?:(?i:(?:in|to|at|of|from)\s+(?!that\b|which\b)\w+)|(?i:{_any(_NOUNS['between'])})"
    rf"|[A-ZÀ-Þ][\w.'’-]*|\([^)]{{1,20}}\)|\d+)\b[,.]?){{0,9}}?"
)
_SAID_BEFORE = re.compile(rf"(?i:\b(?P<verb>{_SAYING}))\b(?P<gap>{_GAP}),?\s*$")
_NOUN_BEFORE = re.compile(rf"(?i:\b(?:{_any(_NOUNS['statement'])}))\b(?P<gap>{_GAP}),?\s*\(?$")
# '... announced the partial count of 115 dead on Wednesday': a figure's update carries the day of the announcement.
_COUNT_BEFORE = re.compile(
    rf"(?i:\b(?P<verb>{_SAYING})\s+(?:[\w'’-]+\s+){{0,4}}(?:count|toll|tally|figure|figures|balance|bilan)\b[^.;,]{{0,40}})$"
)
_SAID_AFTER = re.compile(
    rf"(?i:(?:,?\s+|\s+(?:he|she|it|they)(?:['’]d)?\s+(?:had\s+)?)(?:also\s+|again\s+|officially\s+|\w+ly\s+)?(?P<verb>{_SAYING})\b)"
)
# 'As reported earlier, on 1 May': the day is of what is told again.
_TOLD_AGAIN = re.compile(
    r"(?i)\bas\s+(?:was\s+|we\s+)?(?:\w+ly\s+|earlier\s+)?\w+ed(?:\s+(?:\w+ly|earlier|before))?,\s*$"
)
# 'We counted 40 bodies this morning': a day of counting the dead is no day of their death.
_COUNTED_BEFORE = re.compile(
    r"(?i)\b(?:count(?:ed|ing)|tallied)\s+(?:[\w'’-]+\s+){0,4}(?:bodies|corpses|dead|deaths|victims|graves)\b[^.;,]{0,30}$"
)
# 'On Friday, police said': a day that opens the sentence, a short subject, a verb of saying without a comma behind.
_SUBJECT = r"(?:[\w.'’“”\"&/-]+(?:\s+|,\s+(?=[A-ZÀ-Þ])|,\s+(?=(?:who|the|a)\b))){0,12}?"
_OPENS = re.compile(
    rf"(?P<comma>,?)\s+(?P<subject>{_SUBJECT})(?:(?i:had|has|have|was|were|also|it)\s+){{0,3}}(?i:(?P<verb>{_SAYING}))\b(?P<after>,?)"
)
_DEEDS = re.compile(
    r"(?i)\b(?:killed|kills|attacked|shot|bombed|struck|hit|stormed|raided|ambushed|opened|fired|exploded|detonated"
    r"|shelled|abducted|kidnapped|seized|burned|burnt|died|wounded|injured|when|after|where|which|that|while|left)\b"
)
# 'are investigating a shooting on Saturday', 'is at large following an attack on Saturday': the deed is dated.
_LOOKED_INTO = re.compile(
    rf"(?i)(?:\binvestigat\w+|\bfollowing|\bafter)\s+(?:[\w'’-]+\s+){{0,4}}(?:{_any(_NOUNS['deed'])})\b"
)
_PAST_VERB = re.compile(r"\s*,?\s+(?:had\s+|have\s+)?(?:\w+ed|shot|struck|hit|blew|fell|fought|left|took|set|broke)\b")
_FOLLOWUP_BEFORE = re.compile(
    rf"(?i:\b(?:{_any(_VERBS['followup'])})\b(?:\s+(?!that\b|when\b|after\b|who\b)[\w'’-]+){{0,6}}?,?\s*)$"
)
_FOLLOWUP_AFTER = re.compile(rf"(?i:\s+(?:\w+ly\s+)?(?:{_any(_VERBS['followup'])})\b)")
_BACKGROUND_BEFORE = re.compile(rf"(?i:\b(?:{_any(tables.WORDS['background']['words'])})\b(?:\s+[\w'’-]+){{0,2}}?\s*)$")
_SUPERLATIVE = re.compile(rf"(?i:\b(?:{_any(tables.WORDS['background']['superlatives'])})\b[^.;]*)$")
_FUTURE_BEFORE = re.compile(rf"(?i:\b(?:{_any(tables.WORDS['future']['words'])})\b[^.;]{{0,60}})$")
# 'It will be recalled that in January ...': of the past.
_CALLED_BACK = re.compile(r"(?i)\b(?:will|may|should|would)\s+be\s+(?:recalled|remembered|noted)\b")
# Words before a date that make it the report's own, or a message's: 'Posted:', 'A Name (@name)'.
_MASTHEAD_BEFORE = re.compile(
    r"(?i)(?:\b(?:published|posted|updated|modified|copyright)(?:\s+on|\s+at)?\s*:?|\(@\w+\)|\(photo:?)\s*$"
)
# 'the 6 April movement', 'the March 19 presidential elections': no event of violence is dated.
_NAME_AFTER = re.compile(
    r"(?i)\s+(?:\w+\s+){0,2}?(?:movement|revolution|uprising|brigades?|law|act|bill|budget|elections?|referendum|summit"
    r"|vote|polls?|runoff|inauguration)\b"
)


# 'the anniversary was marked on Monday'
_COMMEMORATED = re.compile(r"(?i)\b(?:was|were|is|been)\s+(?:marked|commemorated|observed|remembered)\s*$")
# 'on the anniversary of the March 10 massacre': what is remembered lies years before.
_REMEMBERED = re.compile(r"(?i)\banniversary\s+of\s+(?:the\s+)?(?:[\w'’-]+\s+){0,5}$")


def role(text: str, word: TimeWords, start: int, end: int) -> str:
    """Return what `word` dates, within its sentence `start` to `end` of `text`.

    Values: event, statement (brings the news), reaction (answers it), followup, background, future, report (its own
    day).
    """
    before, after = text[start : word.start], text[word.end : end]
    if before.isupper():  # a wire text in capitals: a capital marks no name there
        before, after = before.lower(), after.lower()
    if _MASTHEAD_BEFORE.search(before):
        return REPORT
    if _ahead(word, before, after):
        return FUTURE
    if _NAME_AFTER.match(after) or _REMEMBERED.search(before):
        return BACKGROUND
    if _COMMEMORATED.search(before):
        return REACTION
    if word.bound == "asof":
        return STATEMENT
    possessive = after[:2].lower() in {"'s", "’s"} or word.text.lower().endswith(("'s", "’s"))
    if not possessive and (said := _statement(before, after)):
        return said
    if not possessive and _follows_up(before, after):
        return FOLLOWUP
    return BACKGROUND if _history(word, before) else EVENT


def _follows_up(before: str, after: str) -> bool:
    """Tell whether a day hangs on an arrest, a trial, a burial: 'was arrested in Vell on Monday'."""
    match = _FOLLOWUP_BEFORE.search(before)
    if match and not _DEEDS.search(match[0]) and not _LOOKED_INTO.search(match[0]):
        return True
    return _FOLLOWUP_AFTER.match(after) is not None


def _ahead(word: TimeWords, before: str, after: str) -> bool:
    """Tell whether an expression looks ahead: 'tomorrow', 'next week', 'elections will be held on 19 March'."""
    if word.kind == "shift" and word.anchor == "published" and word.number > 0:
        return True
    if word.kind == "weekday" and tense.ahead(before[-200:], after):
        return True
    return _FUTURE_BEFORE.search(_CALLED_BACK.sub("", before)) is not None and not _PAST_VERB.match(after)


def _history(word: TimeWords, before: str) -> bool:
    """Tell whether an expression dates what the event is set against: 'the deadliest since 2014', 'elected in 2019'."""
    if word.bound == "since":
        return _SUPERLATIVE.search(before) is not None
    return _BACKGROUND_BEFORE.search(before) is not None


def opens(text: str, word: TimeWords, start: int) -> bool:
    """Tell whether `word` opens its sentence: 'On March 4, it was announced that' brings new events of that day."""
    return not text[start : word.start].strip(' \t\n"“‘(')


def updates(sentence: str) -> bool:
    """Tell whether a sentence brings a known event's figures up to date ('the toll has risen')."""
    return re.search(rf"(?i)\b(?:{_any(_NOUNS['update'])})\b", sentence) is not None


def _statement(before: str, after: str) -> str:
    if _TOLD_AGAIN.search(before):
        return ""
    if _COUNTED_BEFORE.search(before):
        return STATEMENT
    for pattern in (_SAID_BEFORE, _COUNT_BEFORE):
        match = pattern.search(before)
        if match and not (_names(match) and _PAST_VERB.match(after)):
            return _kind(match["verb"])
    if (match := _NOUN_BEFORE.search(before)) and not _PAST_VERB.match(after):
        return STATEMENT
    if match := _SAID_AFTER.match(after):
        return _kind(match["verb"])
    match = None if before.strip(' \t\n"“‘(') else _OPENS.match(after)
    if match and not _DEEDS.search(match["subject"]) and not (match["comma"] and match["after"]):
        return _kind(match["verb"])
    return ""


def _names(match: re.Match[str]) -> bool:
    """Tell whether a name stands between the verb of saying and the day: it may be the subject of what follows."""
    return "gap" in match.groupdict() and any(w[:1].isupper() for w in match["gap"].split())


def _kind(verb: str) -> str:
    return REACTION if _REACTION.fullmatch(verb) else STATEMENT
