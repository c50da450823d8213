"""How common words are in a project's reports: counted when weights are learned, and kept with them."""

from collections.abc import Callable
from dataclasses import replace
from math import log

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corrobora.incidents import parsed, shipped, usual, written
from corrobora.incidents.accounts import Account, bystander
from corrobora.incidents.compare import LEVELS, Comparison
from corrobora.incidents.gist import gist
from corrobora.incidents.usual import PLAIN, SELDOM, TOLD, Usual, counted
from corrobora.incidents.weights import learned
from corrobora.model import Metadata, Reading, Text

Told = Callable[..., Reading]
TABLE = Usual(1000, {"homicide": 400, "gunshot": 40, "lighthouse": 10})


def account(name: str, words: str) -> Account:
    """What a report of these words, which makes no claim, tells."""
    text = Text(name, "", f"{name}.txt", words, Metadata(language="en"), (), "test 1")
    return replace(bystander(text), gist=gist(words))


def many(words: dict[str, int], reports: int) -> list[Account]:
    """So many reports, of which each word stands in the first few."""
    return [
        account(f"d{at:04}", " ".join(word for word, told in words.items() if at < told) or "nothing")
        for at in range(reports)
    ]


def test_a_word_that_most_reports_have_tells_nothing_and_a_seldom_one_most() -> None:
    assert TABLE.tells("homicide") == 0.0
    assert TABLE.tells("gunshot") == 0.0, "one report in 25 has it"
    assert TABLE.tells("lighthouse") == pytest.approx(log(4))
    assert TABLE.tells("varnowite") == pytest.approx(log(PLAIN / SELDOM)), "what the table does not have is seldom"


@given(st.integers(1, 10**6), st.integers(0, 10**6), st.integers(0, 10**6))
@settings(max_examples=40)
def test_a_commoner_word_never_tells_more(reports: int, one: int, other: int) -> None:
    table = Usual(reports, {"few": min(one, other), "more": max(one, other)})
    assert table.tells("unseen") >= table.tells("few") >= table.tells("more") >= 0.0


def test_an_account_keeps_the_words_that_tell_and_how_often_it_has_them() -> None:
    before = account("a", "Homicide near the lighthouse; the lighthouse, a homicide, burnt.")
    after = TABLE.weigh(before)
    assert dict(before.gist.said).keys() >= {"homicide", "lighthouse"}
    assert "homicide" not in dict(after.gist.said)
    assert dict(after.gist.said)["lighthouse"] == pytest.approx((1 + log(2)) * TABLE.tells("lighthouse"))
    assert (after.gist.words, after.gist.proper) == (before.gist.words, before.gist.proper), "pairs are found as before"
    assert replace(after, gist=before.gist) == before, "nothing else changes"


def test_without_a_table_an_account_stays_what_it_is() -> None:
    told = account("a", "Homicide near the lighthouse.")
    assert Usual().weigh(told) is told


@given(st.text(max_size=60))
@settings(max_examples=30)
def test_any_words_are_weighed_above_nothing(words: str) -> None:
    found = TABLE.weigh(account("a", words)).gist
    assert all(weight > 0 for _, weight in (*found.said, *found.called))
    assert [word for word, _ in found.said] == sorted(dict(found.said))


def test_words_are_counted_by_reports_and_those_of_few_are_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(usual, "FEWEST", 40)
    told = many({"homicide": 30, "lighthouse": TOLD, "varnowite": TOLD - 1}, 40)
    found = counted(told, {})
    assert found.reports == 40
    assert (found.words["homicide"], found.words["lighthouse"]) == (30, TOLD)
    assert "varnowite" not in found.words, "a name that few reports tell is in no table"
    assert found == counted(told[::-1], {}), "the order of reports makes no difference"
    twice = counted([*told, replace(told[0], id="other")], {})
    assert twice == found, "a report that tells two events is one report"


def test_copies_count_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(usual, "FEWEST", 20)
    told = many({"homicide": 40, "lighthouse": 12}, 40)
    copied = {f"d{at:04}": "d0000" for at in range(10)}
    found = counted(told, copied)
    assert (found.reports, found.words["homicide"]) == (31, 31)
    assert "lighthouse" not in found.words, "ten of its twelve reports are one text"


def test_a_small_project_has_no_table() -> None:
    assert counted(many({"homicide": 30}, 40), {}) == Usual()
    assert counted((), {}) == Usual()


def test_a_table_is_a_part_of_the_weights_and_of_their_version() -> None:
    fields = {"act": {"same": 1.0}}
    with_table, other = (
        learned("decisions", 1.0, fields, replace(shipped(), usual=table))
        for table in (TABLE, Usual(1000, {**TABLE.words, "gunshot": 41}))
    )
    assert with_table.usual == TABLE
    versions = {with_table.version, other.version, learned("decisions", 1.0, fields, shipped()).version}
    assert len(versions) == 3, "other words, other weights"
    assert parsed(written(with_table, "learned")) == with_table


@given(st.dictionaries(st.from_regex(r"\A\w{1,12}\Z"), st.integers(10, 900), max_size=6))
@settings(max_examples=30)
def test_any_table_is_written_and_read_without_loss(words: dict[str, int]) -> None:
    weights = replace(shipped(), usual=Usual(900, words))
    assert parsed(written(weights, "learned")) == weights


def test_what_every_report_says_no_longer_makes_two_alike() -> None:
    told = [
        account("a", "Homicide detectives, gunshot; Varnowite"),
        account("b", "Homicide detectives, gunshot; Osklander"),
    ]
    table = Usual(1000, {"homicide": 400, "detectives": 200, "gunshot": 20, "varnowite": 10, "osklander": 10})
    pair = np.array([0]), np.array([1])
    before = Comparison(told, {}, shipped()).levels(*pair)["words"][0]
    weights = replace(shipped(), usual=table)
    after = Comparison([table.weigh(one) for one in told], {}, weights).levels(*pair)["words"][0]
    unknown = LEVELS["words"].index("unknown")
    assert before != unknown
    assert after == unknown or after < before
