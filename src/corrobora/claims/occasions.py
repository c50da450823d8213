"""Leave out what a text as a whole is not about: nobody is hurt in a drill, and an anniversary tells of no new event.

A claim in such a text would stand in the record as an event of the day that the text reports.
"""

from collections.abc import Sequence
from itertools import pairwise

from spacy.tokens import Doc

from corrobora.claims.wordlists import wordlist
from corrobora.model import Claim

DRILL, EXERCISE = wordlist("occasions.drill"), wordlist("occasions.exercise")
PRETENDED, PLAYED = wordlist("occasions.pretended"), wordlist("occasions.played")
ANNIVERSARY = wordlist("occasions.anniversary")
# A text says what it is about in its title and first sentences: this many words of it.
OPENING = 90
# Modalities that tell of nothing that happened now.
LOOKING_BACK = frozenset({"historical", "hypothetical", "planned", "future"})


def of_the_day(doc: Doc, claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Return the claims of a text, none for a drill or for one that only looks back on an anniversary.

    >>> of_the_day(doc, claims)  # "Crews held a drill in which actors played the wounded ..."  # doctest: +SKIP
    ()
    """
    opening = [t.lower_ for t in doc[:OPENING]]
    if _drill(opening):
        return ()
    harms = [c for c in claims if c.harm]
    back = harms and all(c.modality in LOOKING_BACK for c in harms)
    return () if back and _anniversary(opening) else tuple(claims)


def _drill(opening: Sequence[str]) -> bool:
    """Say whether a text opens with an exercise, and with a word for what is only played in it."""
    said = set(opening)
    return bool(said & PRETENDED and said & (DRILL | EXERCISE)) or bool(said & PLAYED and said & DRILL)


def _anniversary(opening: Sequence[str]) -> bool:
    if any(w in ANNIVERSARY for w in opening):
        return True
    return any(
        unit in {"years", "year", "decades", "decade"} and after in {"after", "on", "since"}
        for unit, after in pairwise(opening)
    )
