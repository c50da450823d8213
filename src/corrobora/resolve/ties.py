"""Which place a text says to lie in, near or beside which other: 'Datur in the province of Latakia'."""

import re
from dataclasses import dataclass
from itertools import pairwise

from corrobora.resolve.toponyms import Toponym

_START = r"^(?:\s*[,(]\s*|\s+)"
_FEW = r"(?:[\w’'-]+\s+){0,6}?"
_SMALL = r"(?:the\s+)?(?:[a-z’'-]+\s+){0,4}$"
_INSIDE = re.compile(rf"{_START}(?:(?:which|that)\s+(?:is|lies)\s+)?{_FEW}(?:in|of|within|inside)\s+{_SMALL}")
_NEAR = re.compile(
    rf"{_START}{_FEW}(?:near|outside|around|off|bordering|adjoining|(?:km|miles|kilomet(?:er|re)s)\s+(?:away\s+)?from)\s+{_SMALL}"
)
_BESIDE = re.compile(
    rf"{_START}{_FEW}(?:north|south|east|west)(?:-?(?:east|west))?(?:ern)?(?:\s+edge)?\s+of\s+{_SMALL}", re.IGNORECASE
)
_PART = re.compile(r"\bin\s+the\s+(?:far\s+)?(?:north|south|east|west)", re.IGNORECASE)
_WITHIN = re.compile(r"\b(?:in|within|inside)\b")
_OWNED = re.compile(r"^['’]s?\s+(?:[a-z’'-]+\s+){0,5}$")
_TOWN = re.compile(
    r"^\s+(?:[a-z’'-]+\s+){0,2}(?:town|city|village|community|district|neighbou?rhood|area|suburb|capital|county|locality)"
    r"(?:\s+of)?\s+$",
    re.IGNORECASE,
)
_BREAK = re.compile(
    r"[.;:!?]\s|\n\s*\n|\b(?:and|who|was|were|after|while|when|where|said|says|has|had|have|told|killed|but)\b"
)
_GOES_ON = re.compile(r"\s*,?\s+and\s+(?:the\s+)?[A-Z]")


@dataclass(frozen=True, slots=True)
class Tie:
    """The text says that `inner` lies `how` to `outer`: positions in the names.

    `how`: in; owned ('Benue's Guma'); comma ('Guma, Benue', or a list cut short); near; beside; list.
    """

    inner: int
    outer: int
    how: str


def ties(words: str, names: tuple[Toponym, ...]) -> tuple[Tie, ...]:
    """Return how neighbouring names of a text are tied together, by the words between them.

    >>> names = tuple(Toponym(a, b, "", "", frozenset(), False, "") for a, b in ((3, 8), (37, 44)))
    >>> ties("In Datur in the coastal province of  Latakia", names)
    (Tie(inner=0, outer=1, how='in'),)
    """
    found: list[Tie] = []
    for (left, a), (right, b) in pairwise((i, n) for i, n in enumerate(names) if n.start >= 0):
        gap = words[a.end : b.start]
        if len(gap) > 90 or _BREAK.search(gap):
            continue
        how = _how(gap, a)
        if how in {"owned", "of"}:
            found.append(Tie(right, left, "in" if how == "of" else "owned"))
        elif how == "comma":
            found.append(Tie(left, right, "list" if _GOES_ON.match(words, b.end) else "comma"))
        elif how:
            found.append(Tie(left, right, how))
    return tuple(found)


def _how(gap: str, left: Toponym) -> str:
    if _OWNED.match(gap):
        return "owned"
    if left.kinds and _TOWN.match(gap):
        return "of"
    if re.fullmatch(r"\s*(?:,|\(|/|-)\s*", gap):
        return "comma"
    if _BESIDE.match(gap) and not _PART.search(gap):
        return "beside"
    if _NEAR.match(gap) and not _WITHIN.search(gap):
        return "near"
    return "in" if _INSIDE.match(gap) else ""
