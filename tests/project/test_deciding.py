"""What a person typed becomes a decision: typed figures, whose words it keeps, what it stood for."""

import json
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corrobora.errors import BadInput
from corrobora.model import Claim, Count, Incident, Place, Reading
from corrobora.project import deciding
from corrobora.project.deciding import decision, figure
from corrobora.review.values import parsed


def reading(claim: str, quote: str) -> Reading:
    said = Claim(
        claim, "d_1", 0, len(quote), quote, "shelling", "killed", Count(9, 9, "exact"), None, (), (), (), None, None,
        (), "asserts", "actual", "incident", (), (), "", 0.9, (), "test 1",
    )  # fmt: skip
    return Reading(said, "a.txt", "Outlet", date(2026, 3, 4), None, None, (), "Outlet", ())


def incident(name: str, *claims: str) -> Incident:
    return Incident(name, "shelling", claims, ("d_1",), None, None, (), ())


KNOWN = (
    (reading("c_1", "nine people died"), reading("c_2", "eleven died"), reading("c_3", "four were hurt")),
    (incident("i_1", "c_1", "c_2"), incident("i_2", "c_3")),
)


@pytest.mark.parametrize(
    ("typed", "low", "high", "qualifier"),
    [
        ("12", 12, 12, "exact"),
        (" 12 ", 12, 12, "exact"),
        ("0", 0, 0, "exact"),
        ("1,200", 1200, 1200, "exact"),
        ("12-15", 12, 15, "exact"),
        ("12 – 15", 12, 15, "exact"),
        ("12 to 15", 12, 15, "exact"),
        ("12+", 12, None, "at_least"),
        ("12-", 12, None, "at_least"),
        ("-15", None, 15, "at_most"),
        ("to 15", None, 15, "at_most"),
        ("about 40", 40, 40, "about"),
        ("~40", 40, 40, "about"),
        ("about 40-50", 40, 50, "about"),
        ("not said", None, None, "none"),
        ("unknown", None, None, "none"),
    ],
)
def test_figures_as_people_type_them(typed: str, low: int | None, high: int | None, qualifier: str) -> None:
    assert json.loads(figure(typed)) == {"low": low, "high": high, "qualifier": qualifier}


@pytest.mark.parametrize(
    "typed", ["many", "-", "+", "to", "12 15", "12+15", "1.5", "twelve", "12-15-18", "-3-", "٣ dead", ""]
)
def test_what_is_no_figure_is_refused_with_how_to_write_one(typed: str) -> None:
    with pytest.raises(BadInput) as error:
        figure(typed)
    assert "12-15" in error.value.hint


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_a_typed_range_comes_back_as_its_bounds(a: int, b: int) -> None:
    low, high = sorted((a, b))
    assert json.loads(figure(f"{low}-{high}"))["low"] == low
    assert json.loads(figure(f"{low:,} to {high:,}"))["high"] == high
    if low < high:
        with pytest.raises(BadInput, match="begins above its end") as error:
            figure(f"{high}-{low}")
        assert f"{low}-{high}" in error.value.hint


@given(st.text(max_size=12))
def test_anything_typed_is_a_figure_or_an_error_and_never_a_guess(typed: str) -> None:
    if typed.strip().startswith("{"):
        return
    try:
        found = json.loads(figure(typed))
    except BadInput:
        return
    assert set(found) == {"low", "high", "qualifier"}
    digits = "".join(c for c in typed if c.isdigit())
    for bound in (found["low"], found["high"]):
        assert bound is None or str(bound) in digits or int(digits) == bound
    assert None in (found["low"], found["high"]) or found["low"] <= found["high"]


def test_a_decision_keeps_who_when_why_and_the_words_it_is_about() -> None:
    before = datetime.now(UTC)
    made = decision("accept", ["c_1"], {}, "seen the list", "A. B.", KNOWN)
    assert before <= made.at <= datetime.now(UTC)
    assert (made.who, made.verdict, made.reason) == ("A. B.", "accept", "seen the list")
    assert made.quotes == ("nine people died",)
    assert made.supersedes == ""


def test_what_a_terminal_gave_that_is_no_text_is_spelled() -> None:
    """A shell whose words are of another encoding; else the record could not be written."""
    made = decision("correct", ["c_1\udcff"], {"place": "K\udcf6ln"}, "as \udce4 said", "M\udcfcller", ((), ()))
    assert (made.who, made.reason) == ("M\\xfcller", "as \\xe4 said")
    assert made.values == (("place", "K\\xf6ln"),)
    assert made.subjects == ("c_1\\xff",)


def test_a_figure_of_too_many_digits_is_none() -> None:
    assert json.loads(figure("999999999"))["low"] == 999999999
    for typed in ("1" * 10, "1" * 5000, "3-" + "9" * 5000):
        with pytest.raises(BadInput, match="is not a figure"):
            figure(typed)


def test_without_a_name_the_login_name_signs() -> None:
    assert decision("accept", ["c_1"], {}, "", "", KNOWN).who == deciding.login()


def test_a_machine_that_tells_no_login_name(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody() -> str:
        raise KeyError("uid")

    monkeypatch.setattr("getpass.getuser", nobody)
    assert deciding.login() == "unknown"


def test_corrected_values_are_kept_in_one_order_without_empty_ones() -> None:
    made = decision("correct", ["c_1"], {"speaker": " Dr. Velt ", "figure": "13", "place": "  "}, "", "A.", KNOWN)
    assert [name for name, _ in made.values] == ["figure", "speaker"]
    assert dict(made.values)["speaker"] == "Dr. Velt"
    assert json.loads(dict(made.values)["figure"])["low"] == 13


def test_a_pair_of_incidents_keeps_what_each_stood_for() -> None:
    made = decision("same", ["i_1", "i_2"], {}, "", "A.", KNOWN)
    assert dict(made.values) == {"i_1": "c_1 c_2", "i_2": "c_3"}
    assert made.quotes == ("nine people died", "eleven died", "four were hurt")


def test_a_pair_of_claims_needs_no_more_than_its_words() -> None:
    made = decision("not_same", ["c_1", "c_3"], {}, "", "A.", KNOWN)
    assert made.values == ()
    assert made.quotes == ("nine people died", "four were hurt")


def test_an_undo_names_what_it_takes_back() -> None:
    first = decision("reject", ["c_1"], {}, "", "A.", KNOWN)
    undo = decision("undo", [first.id], {}, "", "A.", KNOWN)
    assert undo.supersedes == first.id


def test_two_decisions_never_share_an_id() -> None:
    made = {decision("accept", ["c_1"], {}, "", "A.", KNOWN).id for _ in range(5)}
    assert len(made) == 5


def town(country: str, **parts: str) -> Place:
    return Place("", "Orvath", f"t:{country}", 1.5, 2.5, 3.0, "town", parts.get("admin1", ""), "", country, -1, -1, ())


def test_a_place_of_one_sense_is_kept_with_its_point() -> None:
    kept = json.loads(deciding.place("orvath", (town("SY", admin1="Zorvel"),)))
    assert kept == {
        "name": "Orvath", "lat": 1.5, "lon": 2.5, "radius_km": 3.0, "precision": "town", "country": "SY",
        "admin1": "Zorvel", "id": "t:SY",
    }  # fmt: skip
    assert parsed({"place": json.dumps(kept)})["place"] == kept


def test_a_place_that_nobody_knows_keeps_its_name_alone() -> None:
    assert deciding.place("Orvath, the old one", ()) == "Orvath, the old one"


def test_a_place_of_several_senses_is_refused_with_what_to_type() -> None:
    with pytest.raises(BadInput, match="3 places are called 'Orvath'") as error:
        deciding.place("Orvath", (town("SY"), town("IQ", admin1="Zorvel"), town("TR")))
    assert "Orvath, SY; Orvath, Zorvel, IQ; Orvath, TR" in error.value.hint


@given(st.integers(2, 40))
def test_few_of_many_senses_are_listed(number: int) -> None:
    with pytest.raises(BadInput, match=f"^{number} places") as error:
        deciding.place("Orvath", [town("SY", admin1=f"Z{n}") for n in range(number)])
    assert error.value.hint.count(";") == min(number, 5) - 1
