"""Whether two claims of one report tell of the same event, by weights learned from coded reports.

They are used between claims of the trained reader, which tells by sentences; the grammar's claims keep the rules of
`accounts`. The cues are those that a coder would name: how near, the same act, days, places, people, and words such as
'meanwhile' that open another story.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files

from corrobora import linear
from corrobora.incidents import periods, places
from corrobora.model import Claim, Reading

WEIGHTS = "same_event.json.gz"
RULE = ("roles", "trained:roles")
GAPS = (0, 60, 200, 500, 1000, 2000, 4000)
OPENING = 60  # characters at the beginning of a claim where words that open another story stand
OPENERS = (
    "meanwhile", "another", "also", "other", "separate", "previous", "earlier", "similar", "in addition",
    "at the same time",
    "on the other hand", "later", "in the meantime", "yesterday", "today", "last", "on ", "elsewhere", "too", "second",
    "the attack", "the explosion", "the incident", "the crime", "the murder", "the bomb",
)  # fmt: skip
COMMON = frozenset(
    {"the", "and", "that", "was", "were", "with", "from", "this", "have", "had", "for", "been", "who", "which"}
)


@cache
def shipped() -> linear.Weights:
    """Return the weights that come with the package."""
    return linear.read(files(__package__).joinpath(WEIGHTS))


def applies(a: Reading, b: Reading) -> bool:
    """Whether both claims come from the trained reader."""
    return RULE in a.claim.made_by and RULE in b.claim.made_by


def score(a: Reading, b: Reading, weights: linear.Weights | None = None) -> float:
    """The log-odds that two claims of one report tell of the same event."""
    known = weights or shipped()
    return known.models["same"].scores(cues(a, b))["same"] - known.numbers["least.same"]


def cues(a: Reading, b: Reading) -> frozenset[str]:
    """Give what speaks for or against one event in two claims of a report, whichever comes first."""
    first, second = sorted((a, b), key=lambda r: (r.claim.start, r.claim.end, r.claim.id))
    return frozenset(_cues(first, second))


def _cues(a: Reading, b: Reading) -> Iterator[str]:
    one, two = a.claim, b.claim
    gap = sum(two.start - one.end > edge for edge in GAPS)
    yield f"gap={gap}"
    if one.start == two.start:
        yield "one sentence"
    yield f"lead={one.start < 500}"
    yield f"acts={'|'.join(sorted((one.act, two.act)))}"
    if one.act == two.act:
        yield f"same act, gap={gap}"
    yield f"harms={'|'.join(sorted((one.harm, two.harm)))}"
    when, where = periods.relate(a.period, b.period), places.relate(a.place, b.place)
    spoken = sum(r.period is not None and r.period.start >= 0 for r in (a, b))
    yield f"days={when}"
    yield f"days={when}:{spoken}"
    yield f"place={where}"
    yield f"place={where}:{sum(c.place is not None for c in (one, two))}"
    yield f"told={one.modality}|{two.modality}"
    yield f"scope={one.scope}|{two.scope}"
    for name, parts in _parts(one).items():
        others = _parts(two)[name]
        yield f"{name}={_relation(parts, others)}"
        if name != "doers" and parts and others:
            yield f"{name}={_relation(parts, others)}, gap={gap}"
    yield f"kinds={_kind(one)}|{_kind(two)}"
    start = two.quote[:OPENING].casefold()
    for word in OPENERS:
        if word in start and one.start != two.start:
            yield f"opens={word}"
    shared = len(_words(one) & _words(two))
    yield f"words={min(shared, 6)}"


def _parts(claim: Claim) -> dict[str, list[frozenset[str]]]:
    victims = [claim.victims.text, *claim.victims.names] if claim.victims else []
    return {
        "victims": [_content(t) for t in victims],
        "targets": [_content(t.text) for t in claim.targets],
        "weapons": [_content(t.text) for t in claim.instruments],
        "doers": [_content(t.text) for t in claim.perpetrators],
    }


def _relation(a: Sequence[frozenset[str]], b: Sequence[frozenset[str]]) -> str:
    """same, alike (a word in common), other; one or none where only one claim, or neither, names any."""
    if not a or not b:
        return "one" if a or b else "none"
    if any(x and x == y for x in a for y in b):
        return "same"
    return "alike" if any(x & y for x in a for y in b) else "other"


def _kind(claim: Claim) -> str:
    return "".join(name[0] for name, held in _parts(claim).items() if held)


def _content(text: str) -> frozenset[str]:
    return frozenset(w for w in re.findall(r"\w+", text.casefold()) if len(w) > 2 and w not in COMMON)


def _words(claim: Claim) -> frozenset[str]:
    return frozenset(w for w in _content(claim.quote) if len(w) > 3)
