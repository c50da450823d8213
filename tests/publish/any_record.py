"""Any record that the vocabulary allows, for property tests: words of every script, open bounds, missing parts."""

from datetime import UTC, date, datetime
from typing import TypeVar

from hypothesis import strategies as st

from corrobora.model import (
    Assessment,
    Claim,
    Contradiction,
    Count,
    Decision,
    Document,
    DocumentLine,
    Figure,
    Incident,
    Instrument,
    Metadata,
    Period,
    Perpetrator,
    Place,
    Reading,
    Record,
    Speaker,
    Target,
    Toll,
    TollStep,
    Victims,
    Voice,
)

T = TypeVar("T")
# Words that break naive writers: quotes, separators, formulas, right-to-left letters, lines, an astral character.
HOSTILE = ('=HYPERLINK("x")', "a,b;c", 'say "no"', "عين الحصن", "two\nlines", "\t-1", "𝒜", "", "'", "＝1", "a\r\nb")
WORDS = st.one_of(st.sampled_from(HOSTILE), st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12))
DAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31))
NUMBERS = st.one_of(st.none(), st.integers(0, 10**6))
AT = st.integers(-1, 10**6)
INSTANTS = st.datetimes(datetime(2020, 1, 1), datetime(2099, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  hypothesis wants bounds without a zone


def tuples(of: st.SearchStrategy[T]) -> st.SearchStrategy[tuple[T, ...]]:
    return st.lists(of, max_size=2).map(lambda found: tuple(found))  # noqa: PLW0108  the type of `tuple` itself is wider


COUNTS = st.builds(
    Count, NUMBERS, NUMBERS, st.sampled_from(["exact", "at_least", "at_most", "about", "vague", "none"]), WORDS, AT, AT
)
PLACES = st.builds(
    Place, WORDS, WORDS, WORDS,
    st.one_of(st.none(), st.floats(-90, 90)), st.one_of(st.none(), st.floats(-180, 180)),
    st.one_of(st.none(), st.floats(0, 5000)),
    st.sampled_from(["exact", "neighbourhood", "town", "district", "province", "country"]),
    WORDS, WORDS, WORDS, AT, AT, tuples(WORDS),
)  # fmt: skip
PERIODS = st.builds(
    Period, WORDS, st.just("2026-03-04"), st.one_of(st.none(), DAYS), st.one_of(st.none(), DAYS),
    st.sampled_from(["day", "days", "week", "month", "season", "year", "open"]), WORDS, AT, AT,
)  # fmt: skip
SPEAKERS = st.builds(Speaker, WORDS, WORDS, WORDS, AT, AT)


@st.composite
def claims(draw: st.DrawFn, number: int) -> Claim:
    return Claim(
        id=f"c_{number}",
        document="d_1",
        start=draw(st.integers(0, 100)),
        end=draw(st.integers(100, 200)),
        quote=draw(WORDS),
        act="shelling",
        harm=draw(st.sampled_from(["killed", "injured", "", "displaced"])),
        count=draw(COUNTS),
        victims=draw(st.one_of(st.none(), st.builds(Victims, WORDS, WORDS, tuples(WORDS), tuples(WORDS), AT, AT))),
        perpetrators=draw(tuples(st.builds(Perpetrator, WORDS, WORDS, WORDS, WORDS, WORDS, AT, AT))),
        targets=draw(tuples(st.builds(Target, WORDS, WORDS, NUMBERS, WORDS, AT, AT))),
        instruments=draw(tuples(st.builds(Instrument, WORDS, WORDS, AT, AT))),
        place=None,
        time=None,
        attribution=draw(tuples(SPEAKERS)),
        stance="asserts",
        modality="actual",
        scope="incident",
        evidence=draw(tuples(WORDS)),
        mentions=((1, 2),),
        part_of=draw(st.sampled_from(["", "c_0"])),
        confidence=draw(st.floats(0, 1)),
        made_by=(("count", "grammar:number"),),
        reader="test 1",
        flags=draw(tuples(WORDS)),
    )


@st.composite
def readings(draw: st.DrawFn, number: int) -> Reading:
    claim = draw(claims(number))
    return Reading(
        claim, "a.txt", draw(WORDS), draw(st.one_of(st.none(), DAYS)), draw(st.one_of(st.none(), PLACES)),
        draw(st.one_of(st.none(), PERIODS)), tuple(s.speaker for s in claim.attribution), draw(WORDS),
        draw(tuples(WORDS)), draw(tuples(WORDS)), draw(st.sampled_from(["", "accepted", "corrected"])),
    )  # fmt: skip


@st.composite
def records(draw: st.DrawFn) -> Record:
    found = tuple(draw(readings(number)) for number in range(draw(st.integers(0, 2))))
    ids = tuple(r.claim.id for r in found)
    document = Document(
        "d_1", "sha256:aa", draw(WORDS), draw(WORDS), "text/plain", 20, draw(INSTANTS), Metadata(), Metadata()
    )
    figures = draw(
        tuples(st.builds(Figure, st.sampled_from(["killed", "injured"]), NUMBERS, NUMBERS, WORDS, st.just(ids)))
    )
    return Record(
        documents=(DocumentLine(document, Metadata(title=draw(WORDS)), None, "read", draw(WORDS), (), len(ids)),),
        readings=found,
        machine=draw(st.sampled_from([(), found[:1]])),
        incidents=(
            Incident(
                "i_1", "shelling", ids, ("d_1",), draw(st.one_of(st.none(), PERIODS)),
                draw(st.one_of(st.none(), PLACES)),
                draw(tuples(st.builds(Voice, WORDS, st.just(ids), tuples(WORDS)))), (),
            ),
        ),
        tolls=(
            Toll(
                "t_1", draw(WORDS), "killed", draw(WORDS), draw(st.one_of(st.none(), PLACES)),
                draw(st.one_of(st.none(), DAYS)),
                draw(tuples(st.builds(TollStep, WORDS, st.one_of(st.none(), DAYS), NUMBERS, NUMBERS, WORDS))),
            ),
        ),
        assessments=(
            Assessment(
                "i_1", figures, draw(WORDS), draw(tuples(WORDS)),
                draw(tuples(st.builds(Contradiction, WORDS, tuples(WORDS), st.just(ids)))),
            ),
        ),
        decisions=draw(
            tuples(
                st.builds(
                    Decision, st.uuids().map(lambda u: f"x_{u}"), INSTANTS, WORDS, st.just("accept"), tuples(WORDS),
                    st.just(()), WORDS, WORDS, tuples(WORDS),
                )
            )
        ),
        families=(),
    )  # fmt: skip
