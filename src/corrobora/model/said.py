"""What was said: claims, each part with its span."""

from dataclasses import dataclass

from corrobora.model.reports import Span


@dataclass(frozen=True, slots=True)
class Speaker:
    """One link of an attribution chain.

    `speaker` is the name ('' for one without any name; a description such as 'a resident' is kept), `text`, `start`
    and `end` the words that name it, `verb` the reporting words (`According to`, `said`, `announced`).
    """

    speaker: str
    text: str
    verb: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Count:
    """How many: `low` and `high` inclusive; None is 'not said', 0 is 'said none'.

    `qualifier`: exact, at_least, at_most, about, vague, none. `start` and `end` are -1 where no words give the figure.

    >>> Count(973, None, "at_least", "at least 973", 10, 22).low
    973
    """

    low: int | None
    high: int | None
    qualifier: str
    text: str = ""
    start: int = -1
    end: int = -1


@dataclass(frozen=True, slots=True)
class Victims:
    """Whom the act was done to: the words, a class, the roles and names that the words give. Nothing is inferred."""

    text: str
    class_: str
    roles: tuple[str, ...]
    names: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Perpetrator:
    """Who is said to have done it. `status`: asserted, suspected, denied, claimed_responsibility, unknown."""

    text: str
    name: str
    class_: str
    status: str
    suspected_by: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Target:
    """A thing hit. `effect`: destroyed, damaged, undamaged, taken, or '' where it is not said."""

    text: str
    class_: str
    number: int | None
    effect: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Instrument:
    """What it was done with."""

    text: str
    class_: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Claim:
    """One assertion of one act or harm, with the span of each of its parts: `quote == text[start:end]`, always.

    `harm` (what it did to people) may be '' where only an act is told, `act` (how) 'other' where it is not said.
    `attribution` goes innermost first; it is empty where the outlet asserts in its own voice. `place` and `time` are
    words, not meanings: see `Reading`. `mentions` are further places of the same document that say the same again.
    `part_of` is the id of the claim whose figure includes this one's. `made_by` says which rule made which part.
    `flags`: hidden, deleted, scare_quotes, boilerplate.
    """

    id: str
    document: str
    start: int
    end: int
    quote: str
    act: str
    harm: str
    count: Count
    victims: Victims | None
    perpetrators: tuple[Perpetrator, ...]
    targets: tuple[Target, ...]
    instruments: tuple[Instrument, ...]
    place: Span | None
    time: Span | None
    attribution: tuple[Speaker, ...]
    stance: str
    modality: str
    scope: str
    evidence: tuple[str, ...]
    mentions: tuple[tuple[int, int], ...]
    part_of: str
    confidence: float
    made_by: tuple[tuple[str, str], ...]
    reader: str
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """A name found in a text. `kind`: place, person, organisation, group, facility, date."""

    start: int
    end: int
    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class Findings:
    """What a reader found in one Text: the claims in text order, and every name it saw."""

    document: str
    reader: str
    claims: tuple[Claim, ...]
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a parsed sentence: its part-of-speech `tag`, and the `label` of its tie to the word at index `head`.

    The root's head is itself. Tags and labels are the parser's (Penn Treebank, ClearNLP for the default one).
    """

    text: str
    tag: str
    label: str
    head: int
