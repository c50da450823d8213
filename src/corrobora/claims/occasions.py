"""Leave out what a text as a whole is not about: nobody is hurt in a drill, and an anniversary tells of no new event.

A claim in such a text would stand in the record as an event of the day that the text reports.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from spacy.tokens import Doc

from corrobora.claims.wordlists import wordlist
from corrobora.model import Claim

DRILL, EXERCISE = wordlist("occasions.drill"), wordlist("occasions.exercise")
PRETENDED, PLAYED = wordlist("occasions.pretended"), wordlist("occasions.played")
ANNIVERSARY = wordlist("occasions.anniversary")
COURT, RUMOUR = wordlist("occasions.court"), wordlist("occasions.rumour")
# Rules of modality for what is only told in a film, or played.
PLAYED_ONLY = frozenset({"fiction", "pretended", "drill"})
YEAR = re.compile(r"(?:19|20)\d\d")
# A text says what it is about in its title and first sentences: this many words of it.
OPENING = 90
# Modalities that tell of nothing that happened now.
LOOKING_BACK = frozenset({"historical", "hypothetical", "planned", "future"})


def of_the_day(doc: Doc, claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Return the claims of a text: none for a drill, for an anniversary or old verdict alone, for a rumour denied.

    What only a film or a novel tells is left out of any text.

    >>> of_the_day(doc, claims)  # "Crews held a drill in which actors played the wounded ..."  # doctest: +SKIP
    ()
    """
    opening = [t.lower_ for t in doc[:OPENING]]
    if _drill(opening):
        return ()
    kept = [c for c in claims if dict(c.made_by).get("modality") not in PLAYED_ONLY and not _yet_held(c)]
    harms = [c for c in kept if c.harm]
    back = harms and all(c.modality in LOOKING_BACK for c in harms)
    if back and (_anniversary(opening) or _old_case(doc, opening, harms)):
        return ()
    told = [c for c in harms if c.count.low is not None or c.count.high is not None]
    rumour = told and all(c.stance == "denies" for c in told) and any(w in RUMOUR for w in opening)
    return () if rumour else tuple(kept)


def _yet_held(claim: Claim) -> bool:
    """`they intended to free a jailed leader`: whom nobody freed."""
    return claim.harm == "freed" and claim.modality in {"planned", "future", "hypothetical"}


def _old_case(doc: Doc, opening: Sequence[str], harms: Sequence[Claim]) -> bool:
    """Say whether a court closes a case of years ago: `sentenced on Friday for the bombing of 2014`."""
    years = {int(w) for w in opening if YEAR.fullmatch(w)}
    named = {int(y) for c in harms if c.time is not None for y in YEAR.findall(doc.text[c.time.start : c.time.end])}
    dated = any(dict(c.made_by).get("modality", "").startswith(("year", "years", "last year")) for c in harms)
    dated = dated or (bool(named) and max(named) < max(years, default=0))
    return dated and any(w in COURT for w in opening)


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
