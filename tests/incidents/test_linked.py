from collections.abc import Callable

import numpy as np
import pytest

from corrobora.incidents.accounts import account
from corrobora.incidents.compare import Comparison
from corrobora.incidents.constraints import Constraints
from corrobora.incidents.gather import Pairs
from corrobora.incidents.linked import LINKS, linked
from corrobora.incidents.weights import shipped
from corrobora.model import Link, Reading

Told = Callable[..., Reading]


def links(groups: list[list[Reading]], rules: Constraints | None = None) -> tuple[Link, ...]:
    told = sorted((account(group, rules or Constraints()) for group in groups), key=lambda found: found.id)
    comparison = Comparison(told, {}, shipped())
    a, b = np.triu_indices(len(told), 1)
    (found,) = linked([range(len(told))], comparison, Pairs(a, b, *comparison.scored(a, b)))
    return found


def test_a_report_is_linked_by_the_claims_that_say_the_same(told: Told) -> None:
    first = [told("c_1", low=5), told("c_2", harm="injured", low=9, start=45)]
    second = [told("c_3", "b", harm="injured", low=9), told("c_4", "b", harm="displaced", low=30, start=45)]
    across = [link for link in links([first, second]) if link.why[0] != "told together in one report"]
    assert [(link.a, link.b) for link in across] == [("c_2", "c_3")]


def test_reasons_stand_strongest_first_and_those_against_are_kept(told: Told) -> None:
    kin = {"names": ("M. Tal",)}
    (link,) = links([[told("c_1", low=2, act="shooting", **kin)], [told("c_2", "b", low=30, act="bombing", **kin)]])
    assert link.why[0].startswith("+ ")
    assert any(reason.startswith("- figures: far apart") for reason in link.why)
    assert "- other acts" in link.why


def test_claims_of_one_report_say_that_they_were_told_together(told: Told) -> None:
    (link,) = links([[told("c_1"), told("c_2", harm="injured", low=9, start=45)]])
    assert link.why == ("told together in one report", "the same place", "the same days")
    assert link.probability > 0.9


def test_a_persons_word_is_certain_and_named_first(told: Told) -> None:
    rules = Constraints(group={"c_1": "g", "c_2": "g"})
    (link,) = links([[told("c_1")], [told("c_2", "b", place="Kelm", day="2031-05-20")]], rules)
    assert (link.probability, link.why[0]) == (1.0, "decided by a person")


def test_only_the_strongest_links_of_a_report_are_kept(told: Told) -> None:
    many = [[told(f"c_{n}", f"d{n}")] for n in range(12)]
    found = links(many)
    ends = [end for link in found for end in (link.a, link.b)]
    assert len(found) <= LINKS * len(many)
    assert set(ends) == {f"c_{n}" for n in range(12)}


def test_a_claim_alone_has_no_link(told: Told) -> None:
    assert links([[told("c_1")]]) == ()


def test_links_stay_within_their_incident_whatever_is_likely(told: Told) -> None:
    three = [account([told(f"c_{n}", f"d{n}")], Constraints()) for n in range(3)]
    comparison = Comparison(three, {}, shipped())
    a, b = np.triu_indices(3, 1)
    pairs = Pairs(a, b, *comparison.scored(a, b))
    first, second = linked([[0, 2], [1]], comparison, pairs)
    assert [(link.a, link.b) for link in first] == [("c_0", "c_2")]
    assert second == ()


def test_incidents_explained_a_few_at_a_time_have_the_same_links(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    many = [account([told(f"c_{n}", f"d{n}")], Constraints()) for n in range(8)]
    comparison = Comparison(many, {}, shipped())
    a, b = np.triu_indices(8, 1)
    groups, pairs = [[0, 1, 2], [3], [4, 5], [6, 7]], Pairs(a, b, *comparison.scored(a, b))
    whole = list(linked(groups, comparison, pairs))
    monkeypatch.setattr("corrobora.incidents.linked.TOGETHER", 1)
    assert list(linked(groups, comparison, pairs)) == whole
    assert [len(links) for links in whole] == [3, 0, 1, 1]
