"""What each voice says of one harm in an incident: the figures that rules are applied to."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from corrobora.model import Claim, Incident, Reading
from corrobora.review.lexicon import lexicon
from corrobora.review.persons import Person, person

# People of these classes are never the same people, so that figures for them can be added.
DISJOINT = ("civilian", "security_force")
# Rules of the reader for those who died by their own hand.
OWN_HAND = frozenset({"grammar:own-hand", "grammar:verb-reflexive"})
# Rules of the reader for one who was struck, or brought to hospital; and 'both victims', 'all of the victims'.
FATE_UNKNOWN = frozenset({"grammar:hit-by", "grammar:taken-hospital", "grammar:with-wounds"})
AND_OTHERS = re.compile(r"\S,? (?:and|along with|as well as) (?:\w+ ){0,2}(?:others?|another|more)\b", re.IGNORECASE)
LIVED = frozenset({"injured", "wounded", "hurt", "survived"})  # 'was shot and wounded'
VICTIMS, ALL = frozenset({"victims"}), frozenset({"both", "all", "the"})
HELD = frozenset({"abducted", "detained"})
# 'nine people, among them three women': what follows tells of some, what stands before it of all.
INSIDE = re.compile(
    r"(?<=\S),? \(?including\b.*|[,(–—-] ?(?:among (?:them|whom)|(?:\w+ )?of (?:them|whom))\b.*", re.DOTALL
)
# 'shot his wife before killing himself': who died by his own hand, after others.
AFTER_OTHERS = re.compile(r"\b(?:shot|killed|killing|shooting|stabbed)\b.*\b(?:before|then|and)\b", re.DOTALL)
LOST = re.compile(r"\blost (?!their|his|her|its|the)")  # 'I lost eight people': one's own, not all


@dataclass(frozen=True, slots=True)
class Statement:
    """One figure that one voice gives: `low` or `high` None where that side is open; `claims` it rests on.

    `side` is 'attackers' for those said to be of an armed group, else 'victims'. `part` marks a figure for some of the
    people only: one hospital's, one family's, one town's, or a part of a figure stated as well. `order` is the day of
    the report, '' where it has none. `open` says that people were shot or struck, and not whether they lived. `who` is
    the person where it is one; `besides` says that who did it is none of these, `suffered` that the words call them
    victims, kin or officers. `start` is where the report says it.
    """

    harm: str
    low: int | None
    high: int | None
    qualifier: str
    voice: str
    document: str
    order: str
    side: str
    status: str
    part: bool
    current: bool
    claims: tuple[str, ...]
    open: bool = False
    who: Person | None = None
    besides: bool = False
    suffered: bool = False
    start: int = 0

    @property
    def named(self) -> int:
        """The number that the statement names."""
        return self.low if self.low is not None else self.high or 0

    @property
    def vague(self) -> bool:
        """Whether only a vague word ('dozens') gives the number."""
        return self.qualifier == "vague"


def statements(incident: Incident, readings: Mapping[str, Reading]) -> tuple[Statement, ...]:
    """Every figure that is asserted in an incident, by claim, in the order of the incident's claims.

    Denied and unconfirmed figures are not asserted. A voice's later figure for all victims replaces its earlier ones,
    where both reports carry a day (`current`).
    """
    voice = {claim: str(at) for at, found in enumerate(incident.voices) for claim in found.claims}
    members = [readings[claim] for claim in incident.claims if claim in readings]
    asserted = [reading for reading in members if _asserts(reading)]
    found = [_statement(reading, voice.get(reading.claim.id, ""), asserted, incident) for reading in asserted]
    return tuple(_superseded(found))


def _asserts(reading: Reading) -> bool:
    claim = reading.claim
    said = claim.count.low is not None or claim.count.high is not None
    denied_none = claim.stance == "denies" and claim.count.high == 0
    return (
        bool(claim.harm)
        and said
        and (claim.stance in {"asserts", "justifies"} or denied_none)
        and (claim.modality != "attempted")
    )


def _statement(reading: Reading, voice: str, asserted: Sequence[Reading], incident: Incident) -> Statement:
    claim = reading.claim
    status = claim.victims.class_ if claim.victims else "unknown"
    return Statement(
        harm=claim.harm,
        low=claim.count.low,
        high=claim.count.high,
        qualifier=claim.count.qualifier,
        voice=voice,
        document=claim.document,
        order=reading.published.isoformat() if reading.published else "",
        side="attackers" if status == "armed_group" or _own_hand(claim) else "victims",
        status=status,
        part=_is_part(reading, asserted, incident),
        current=True,
        claims=(claim.id,),
        open=_open(claim),
        who=person(claim),
        besides=bool(claim.perpetrators) or _others(claim) or _after_others(claim),
        suffered=_suffered(claim),
        start=claim.start,
    )


def _own_hand(claim: Claim) -> bool:
    """Whether someone killed himself: the reader's rule says so."""
    return claim.harm == "killed" and dict(claim.made_by).get("harm") in OWN_HAND


def _after_others(claim: Claim) -> bool:
    return _own_hand(claim) and AFTER_OTHERS.search(claim.quote) is not None


def _suffered(claim: Claim) -> bool:
    whom = set(re.findall(r"\w+", claim.victims.text.casefold())) if claim.victims else set()
    return bool(whom & set(lexicon()["suffered"])) or bool(claim.victims and claim.victims.class_ == "security_force")


def _open(claim: Claim) -> bool:
    """Whether the words tell that people were hurt, but not what became of them; 'two others were shot' lived.

    So do 'the victims' of a report, and one who was struck, or brought to hospital.
    """
    if claim.harm != "injured" or _others(claim):
        return False
    whom = set(re.findall(r"\w+", claim.victims.text.casefold())) if claim.victims else set()
    if _words(claim) & LIVED:
        return False
    struck = dict(claim.made_by).get("harm") in FATE_UNKNOWN
    return struck or bool(_words(claim) & set(lexicon()["shot"])) or bool(whom & VICTIMS and whom & ALL)


def _others(claim: Claim) -> bool:
    """Whether the words tell of people beside others; not 'a man shot another man', nor 'Resk and four others'."""
    by_someone = dict(claim.made_by).get("harm") == "grammar:verb-object" and claim.count.high == 1
    among = claim.victims is not None and AND_OTHERS.search(claim.victims.text) is not None
    return bool(_words(claim) & set(lexicon()["besides"])) and not by_someone and not among


def _words(claim: Claim) -> set[str]:
    return set(re.findall(r"\w+", claim.quote.casefold()))


def _is_part(reading: Reading, asserted: Sequence[Reading], incident: Incident) -> bool:
    """Whether a figure counts some of the people only, while another claim counts more of them."""
    claim, wider = reading.claim, [other for other in asserted if other.claim.harm == reading.claim.harm]
    if claim.part_of:
        return any(other.claim.id == claim.part_of for other in wider)
    if claim.harm in HELD and any(_same_people(claim, other.claim) for other in asserted):
        return True  # 'two who were abducted were freed': some of those who were abducted
    more = [other for other in wider if _number(other) > _number(reading)]
    if not more:
        return False
    if _number(reading) == 0 and claim.victims and claim.victims.class_ in DISJOINT:
        return True  # 'no civilians died' says nothing of others
    victims = f" {claim.victims.text.casefold()} " if claim.victims else " "
    quote = INSIDE.sub("", f" {claim.quote.casefold()} ")
    speaker = f" {reading.voice.casefold()} "
    told = any(f" {word} " in victims or f" {word} " in quote for word in lexicon()["of_some"])
    told = told or LOST.search(quote) is not None
    counted = any(f" {word} " in speaker or f" {word} " in victims for word in lexicon()["counts_its_own"])
    roles = bool(claim.victims and claim.victims.roles) and any(
        not (other.claim.victims and other.claim.victims.roles) and other.claim.document == claim.document
        for other in more
    )
    return told or counted or roles or _narrower(reading, more, incident)


def _same_people(claim: Claim, other: Claim) -> bool:
    """Whether another claim of one report tells of a later fate of the same people: the same words name them."""
    a, b = claim.victims, other.victims
    later = other.harm not in {*HELD, ""} and other.document == claim.document and a is not None and b is not None
    return later and a is not None and b is not None and a.start >= 0 and a.start < b.end and b.start < a.end


def _narrower(reading: Reading, more: Sequence[Reading], incident: Incident) -> bool:
    """Whether the incident's place is a province or country, and this figure is for one place in it."""
    wide = ("province", "country")
    if incident.place is None or incident.place.precision not in wide or reading.place is None:
        return False
    return reading.place.precision not in wide and any(o.place and o.place.precision in wide for o in more)


def _number(reading: Reading) -> int:
    count = reading.claim.count
    return count.low if count.low is not None else count.high or 0


def _superseded(found: Sequence[Statement]) -> list[Statement]:
    latest: dict[tuple[str, str, str], str] = defaultdict(str)
    for s in found:
        if s.voice and not s.part and not s.vague:
            key = (s.voice, s.harm, s.side)
            latest[key] = max(latest[key], s.order)
    return [replace(s, current=not s.order or s.order >= latest[(s.voice, s.harm, s.side)]) for s in found]


def accounts(found: Sequence[Statement], add: bool) -> tuple[Statement, ...]:
    """What each voice says of all victims in each report: its largest figure.

    Smaller figures of one voice in one report are earlier counts or parts. With `add`, figures for civilians and for
    security forces count together where they come to more than any figure that the voice states in that report; no
    others are ever added, and no part to its whole.
    """
    grouped: dict[tuple[str, str, str, str], list[Statement]] = defaultdict(list)
    for s in found:
        grouped[(s.harm, s.side, s.voice, s.document)].append(s)
    return tuple(_account(group, add) for group in grouped.values())


def _account(group: Sequence[Statement], add: bool) -> Statement:
    whole = max(group, key=lambda s: (s.named, not s.part, s.low or 0, s.high is not None, s.claims))
    if not add:
        return whole
    classes = [[s for s in group if s.status == status and not s.part and not s.vague] for status in DISJOINT]
    if not all(classes):
        return whole
    most = [max(members, key=lambda s: (s.named, s.claims)) for members in classes]
    total = sum(s.named for s in most)
    if total <= whole.named or len({s.order for s in most}) > 1:
        return whole
    lows, highs = [s.low for s in most], [s.high for s in most]
    return Statement(
        whole.harm,
        sum(low for low in lows if low is not None) if any(low is not None for low in lows) else None,
        sum(high or 0 for high in highs) if all(high is not None for high in highs) else None,
        "exact" if all(s.qualifier == "exact" for s in most) else "about",
        whole.voice,
        whole.document,
        whole.order,
        whole.side,
        "mixed",
        False,
        all(s.current for s in most),
        tuple(claim for s in most for claim in s.claims),
    )
