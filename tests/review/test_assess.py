from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corrobora.model import Assessment, Incident, Reading
from corrobora.review import assess
from corrobora.review.actors import alike
from corrobora.settings import Settings

Told = Callable[..., Reading]
Assessed = Callable[..., Assessment]


@pytest.fixture(scope="session")
def assessed(incident: Callable[..., Incident]) -> Assessed:
    def assessment(*readings: Reading) -> Assessment:
        return assess(incident(*readings), readings, Settings())

    return assessment


def test_one_voice_is_weak_and_two_are_fair(told: Told, assessed: Assessed) -> None:
    alone = assessed(told("c_1"))
    assert (alone.grade, alone.reasons[0]) == ("weak", "1 independent voice: The A Post")
    both = assessed(told("c_1"), told("c_2", "b"))
    assert both.grade == "fair"
    assert both.reasons == (
        "2 independent voices: The A Post, The B Post",
        "2 reports by 2 outlets",
        "no perpetrator is named",
    )


def test_two_outlets_quoting_one_speaker_are_one_voice(told: Told, assessed: Assessed) -> None:
    found = assessed(told("c_1", speaker="Ada Lorn"), told("c_2", "b", speaker="Ada Lorn"))
    assert (found.grade, found.reasons[:2]) == ("weak", ("1 independent voice: Ada Lorn", "2 reports by 2 outlets"))


def test_a_voice_that_only_denies_bears_nothing_out(told: Told, assessed: Assessed) -> None:
    assert assessed(told("c_1"), told("c_2", "b", stance="denies", speaker="Ada Lorn")).grade == "weak"


def test_an_accepted_responsibility_confirms(told: Told, assessed: Assessed) -> None:
    claimed = told("c_1", actor="Osk Front", status="claimed_responsibility", speaker="Osk Front")
    found = assessed(claimed, told("c_2", "b", actor="Osk Front", status="suspected"))
    assert found.grade == "confirmed"
    assert "Osk Front accepts responsibility" in found.reasons


def test_competing_responsibility_is_contested(told: Told, assessed: Assessed) -> None:
    assert assessed(told("c_1", actor="Osk Front"), told("c_2", "b", actor="River Guard")).grade == "contested"
    denial = told("c_2", "b", actor="Osk Front", status="denied", speaker="Osk Front", stance="denies")
    found = assessed(told("c_1", actor="Osk Front"), denial)
    assert found.grade == "contested"
    assert "Osk Front denies it" in found.reasons


def test_only_fighters_harmed_is_discounted(told: Told, assessed: Assessed) -> None:
    found = assessed(told("c_1", victims="armed_group"), told("c_2", "b", victims="armed_group"))
    assert found.grade == "discounted"


@pytest.mark.parametrize(
    ("a", "b", "one"),
    [
        ("Osk Liberation Front", "OLF", True),
        ("suspected OLF fighters", "OLF", True),
        ("the River Guard", "River Guard", True),
        ("Osk Army", "Kelm Army", False),
        ("Liberation Front", "Popular Liberation Army", False),
        ("gunmen", "bandits", False),
    ],
)
def test_names_that_may_be_one(a: str, b: str, one: bool) -> None:
    assert alike(a, b) is alike(b, a) is one


CLAIMS = st.lists(
    st.fixed_dictionaries(
        {
            "document": st.sampled_from("abc"),
            "low": st.sampled_from([None, 0, 3, 5, 40]),
            "harm": st.sampled_from(["killed", "injured", ""]),
            "stance": st.sampled_from(["asserts", "denies", "cannot_confirm"]),
            "victims": st.sampled_from(["civilian", "armed_group", "security_force", "unknown"]),
            "speaker": st.sampled_from(["", "Ada Lorn", "Osk Front"]),
            "actor": st.sampled_from(["", "Osk Front", "gunmen"]),
            "place": st.sampled_from([None, "Varnow", "Ardia"]),
        }
    ),
    min_size=1,
    max_size=6,
)


@given(CLAIMS)
def test_every_figure_and_contradiction_rests_on_claims_of_the_incident(
    told: Told, assessed: Assessed, said: list[dict[str, str]]
) -> None:
    claims = [told(f"c_{n}", **changes) for n, changes in enumerate(said)]
    found = assessed(*claims)
    ids = {reading.claim.id for reading in claims}
    assert found == assessed(*claims)
    for figure in found.figures:
        assert figure.claims
        assert set(figure.claims) <= ids
        assert figure.low is not None or figure.high is not None
        assert figure.low is None or figure.high is None or figure.low <= figure.high
    for contradiction in found.contradictions:
        assert len(contradiction.values) >= 1
        assert set(contradiction.claims) <= ids
    assert found.grade in {"confirmed", "fair", "weak", "contested", "discounted"}
