"""What one more voice may do to a figure: widen a range, never narrow it; bear a number out, never take it back."""

from collections.abc import Callable, Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from corrobora.model import Figure, Incident, Reading
from corrobora.review.figures import figures
from corrobora.review.statements import statements

Told = Callable[..., Reading]
Gather = Callable[..., Incident]
# A number as a voice gives it: exactly, at least, or at most so many, of civilians or of people.
SAID = st.tuples(
    st.integers(1, 90),
    st.sampled_from(["exact", "at_least", "at_most"]),
    st.sampled_from(["civilian", "unknown"]),
    st.sampled_from(["killed", "injured"]),
)
RECORDS = st.lists(SAID, min_size=1, max_size=6)
Said = tuple[int, str, str, str]
HIGHEST = ("range", "range_stated", "ucdp", "ibc", "airwars")  # whose maximum no further voice takes back
LOWEST = ("range", "range_stated", "ucdp", "acled", "airwars")  # whose minimum no further voice raises


def counted(told: Told, incident: Gather, record: Sequence[Said]) -> dict[tuple[str, str], Figure]:
    readings = [
        told(
            f"c_{at}",
            f"d{at}",
            low=None if qualifier == "at_most" else number,
            high=None if qualifier == "at_least" else number,
            qualifier=qualifier,
            victims=victims,
            harm=harm,
            speaker=f"Voice {'ABCDEFG'[at]}",
        )
        for at, (number, qualifier, victims, harm) in enumerate(record)
    ]
    found = figures(statements(incident(*readings), {reading.claim.id: reading for reading in readings}))
    return {(figure.rule, figure.harm): figure for figure in found}


@settings(max_examples=60)
@given(RECORDS, SAID)
def test_one_more_voice_never_lowers_a_maximum(told: Told, incident: Gather, record: list[Said], more: Said) -> None:
    before, after = (counted(told, incident, said) for said in (record, [*record, more]))
    for (rule, harm), figure in before.items():
        if rule in HIGHEST and figure.high is not None:
            high = after[rule, harm].high
            assert high is not None, (rule, "a maximum that was told is not unsaid")
            assert high >= figure.high, (rule, harm)


@settings(max_examples=60)
@given(RECORDS, SAID)
def test_one_more_voice_never_raises_a_minimum(told: Told, incident: Gather, record: list[Said], more: Said) -> None:
    before, after = (counted(told, incident, said) for said in (record, [*record, more]))
    for (rule, harm), figure in before.items():
        if rule in LOWEST and figure.low is not None:
            low = after[rule, harm].low
            assert low is not None, (rule, "a minimum that was told is not unsaid")
            assert low <= figure.low, (rule, harm)


@settings(max_examples=60)
@given(RECORDS, SAID)
def test_what_two_voices_bear_out_is_not_taken_back(
    told: Told, incident: Gather, record: list[Said], more: Said
) -> None:
    before, after = (counted(told, incident, said) for said in (record, [*record, more]))
    for (rule, harm), figure in before.items():
        if rule == "highest_independent":
            assert (after[rule, harm].low or 0) >= (figure.low or 0)


@settings(max_examples=60)
@given(RECORDS)
def test_at_least_so_many_is_never_more_than_the_maximum_nor_silently_dropped(
    told: Told, incident: Gather, record: list[Said]
) -> None:
    found = counted(told, incident, record)
    for number, qualifier, _, harm in record:
        if qualifier == "at_least":
            figure = found["range", harm]
            assert figure.high is not None
            assert figure.high >= number
            assert figure.or_more or figure.high > number, "more is left open where the highest said 'at least'"
