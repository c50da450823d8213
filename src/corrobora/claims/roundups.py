"""Figures of a round-up: `four killed in three separate shootings`, `in July, 45 people were killed in the city`.

Such a figure is the sum of several incidents of a place and a period, and never one incident's.
"""

from collections.abc import Sequence
from itertools import pairwise

from spacy.tokens import Token

from corrobora.claims.figures import Figure
from corrobora.claims.wordlists import wordlist

EVENTS = wordlist("roundups.events")
# What is often done in several spots at once, as one attack; only words that part them make several of it.
COORDINATED = wordlist("roundups.coordinated")
PARTED, SPELLS = wordlist("roundups.parted"), wordlist("roundups.spells")
SERIES = wordlist("roundups.series")
ROLES = frozenset({"pobj", "nsubj", "conj", "dobj", "ROOT"})
# Words that begin a clause of its own, which tells of something else.
CLAUSE = frozenset({";", ":", "when", "where", "who", "which", "that", "after", "before", "while", "as", "but"})
# Crimes that statistics count, and so many as no single incident is worded by them.
COUNTED, STATISTICAL = frozenset({"homicides", "murders", "slayings"}), 5
# An event that may have cost all these lives, and so many as are rarely told without it.
SINGLE, MANY = wordlist("roundups.single"), 10
PERIODS = wordlist("roundups.periods")
RELATIVE = frozenset({"which", "that"})
ACROSS = frozenset({"across", "throughout", "around"})


def several_events(sentence: Sequence[Token], trigger: Token) -> str:
    """Return the rule by which a sentence tells, by the word `trigger`, of several incidents at once; else ''.

    >>> several_events(sentence, killed)  # "Four people were killed in three separate shootings"  # doctest: +SKIP
    'several shootings'
    """
    for noun in (t for t in sentence if t.i != trigger.i and t.lower_ in EVENTS | COORDINATED):
        if noun.dep_ in ROLES and _several(noun) and _joined(noun, trigger):
            return f"several {noun.lower_}"
    return ""


def _joined(events: Token, trigger: Token) -> bool:
    """Say whether no other clause begins between the events and what is told of them."""
    first, last = sorted((events.i, trigger.i))
    own = RELATIVE if first == events.i else frozenset()  # 'three shootings which left two dead'
    return not any(t.lower_ in CLAUSE - own for t in trigger.doc[first + 1 : last])


def _several(events: Token) -> bool:
    """Say whether words beside a plural part its events, count them, or spread them over a weekend or a city."""
    beside = {c.lower_ for c in events.lefts}
    if beside & PARTED:
        return True
    if events.lower_ in COORDINATED:
        return False
    numbered = any(c.dep_ == "nummod" and c.lower_ not in {"one", "1"} for c in events.lefts)
    spread = any(c.lower_ in ACROSS for c in events.rights)
    series = events.dep_ == "pobj" and events.head.lower_ == "of" and events.head.head.lower_ in SERIES
    return bool(numbered or spread or series or beside & SPELLS)


def counted_over(sentence: Sequence[Token], trigger: Token, figure: Figure) -> str:
    """Return the rule by which a figure is one of statistics; '' where it is none.

    >>> counted_over(sentence, killed, figure)  # "Last month 23 people were killed in the city"  # doctest: +SKIP
    'in a month'
    """
    number = figure.count.low or 0
    if trigger.lower_ in COUNTED and number >= STATISTICAL:
        return f"number of {trigger.lower_}"
    done = any(c.dep_ in {"dobj", "agent"} for c in trigger.children)  # by somebody, who may have done it at once
    if number < MANY or done or any(t.lower_ in SINGLE for t in sentence):
        return ""
    spans = (
        a.lower_ in {"in", "during", "last"} and b.lower_ in PERIODS and not _day(b) for a, b in pairwise(sentence)
    )
    return "in a month" if any(spans) else ""


def _day(month: Token) -> bool:
    """`in May 12 people died` may be one day's: a month and the number of a day."""
    after = month.nbor(1) if month.i + 1 < len(month.doc) else month
    return month.lower_ not in {"month", "year"} and after.text.isdigit() and len(after) < len("2031")
