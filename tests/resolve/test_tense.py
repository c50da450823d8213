"""Tense: whether the clause around a day looks ahead."""

import pytest

from corrobora.resolve import tense

AHEAD = [
    ("The court will hear the case on ", ""),
    ("The envoy is to leave ", ""),
    ("The two are scheduled to meet ", ""),
    ("The strike, set for ", ""),
    ("It said it will close the mill on ", ""),
    ("Ballots must arrive by ", ""),
    ("The truce holds until ", ""),
    ("The rule takes effect ", ""),
    ("Trading resumes ", ""),
    ("A smaller loss is expected in ", ""),
    ("The work is expected to be completed in ", ""),
    ("On ", ", the panel will vote."),
    ("", " the panel is to vote."),
    ("They'll meet ", ""),
    ("Officials agreed to meet on ", ""),
    ("The envoy is arriving ", ""),
    ("The two are meeting on ", ""),
    ("Voters go to the polls ", ""),
    ("The country goes to the polls on ", ""),
    ("Troops were moved ahead of the vote on ", ""),
    ("The embassy will stay closed through ", ""),
    ("Schools will remain shut and roads will remain blocked until ", ""),
]
PAST = [
    ("The court ruled on ", ""),
    ("The army said ", " that it will leave."),
    ("On ", ", the army said it will leave."),
    ("The panel will study the raid that took place on ", ""),
    ("It would cut jobs, the mayor said ", ""),
    ("His will was read on ", ""),
    ("The plan was dropped on ", ""),
    ("A worse-than-expected loss in ", ""),
    ("Sales were lower than expected in ", ""),
    ("They may have met on ", ""),
    ("The fire began ", ""),
    ("It had been scheduled for ", ""),
    ("The vote had been planned for ", ""),
    ("The embassy closed on ", ""),
    ("They went to the polls ", ""),
    ("", ""),
]


@pytest.mark.parametrize(("lead", "tail"), AHEAD)
def test_a_clause_that_looks_ahead(lead: str, tail: str) -> None:
    assert tense.ahead(lead, tail)
    assert not tense.past(lead)


@pytest.mark.parametrize(("lead", "tail"), PAST)
def test_a_clause_that_does_not(lead: str, tail: str) -> None:
    assert not tense.ahead(lead, tail)


@pytest.mark.parametrize("lead", ["The army shelled it ", "It was hit ", "They met the man who had left "])
def test_a_past_verb_before_the_day(lead: str) -> None:
    assert tense.past(lead)


@pytest.mark.parametrize("lead", ["The men to be tried ", "Prices are fixed ", "the mill near ", ""])
def test_no_past_verb_before_the_day(lead: str) -> None:
    assert not tense.past(lead)
