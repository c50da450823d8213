"""Learning where an outlet is at home, and what that changes: only what its reports leave open."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from corrobora.model import Findings, Mention, Metadata, Span, Text
from corrobora.resolve import homes, learn_homes, mark_spans
from corrobora.resolve.gazetteer import Gazetteer, open_index
from corrobora.resolve.homes import Home, outlet_key
from corrobora.resolve.learning import LEAST, learn
from corrobora.settings import Settings

POST, GAZETTE = "The Zorvel Post", "Orvath Gazette"
Pair = tuple[Text, Findings]


@pytest.fixture(scope="module")
def index(gazetteer: Path) -> Iterator[Gazetteer]:
    opened = open_index(gazetteer)
    yield opened
    opened.close()


def report(number: int, outlet: str, words: str, *places: str) -> Pair:
    mentions = [Mention(words.index(p), words.index(p) + len(p), p, "place") for p in places]
    text = Text(f"d{number}", "", "a.txt", words, Metadata(outlet=outlet), (), "plain 1")
    return text, Findings(text.document, "test", (), tuple(mentions))


def texan(number: int, outlet: str = POST) -> Pair:
    return report(number, outlet, "Ten died in Dallas, Texas, and in Lubbock, Texas.", "Dallas", "Lubbock", "Texas")


def where(index: Gazetteer, words: str, name: str, outlet: str) -> str:
    at = words.index(name)
    text = Text("d", "", "a.txt", words, Metadata(outlet=outlet), (), "plain 1")
    (marked,) = mark_spans(text, [Span(at, at + len(name), name)], index, Settings())
    return marked.place.country if marked.place else ""


def test_shares_of_what_its_reports_name(index: Gazetteer) -> None:
    reports, found = learn([texan(n) for n in range(4)], index, Settings())
    assert reports == 4
    home = found[outlet_key(POST)]
    assert home.countries == {"US": 1.0}
    assert home.divisions == {"US.TX": 1.0}


def test_each_report_counts_alike(index: Gazetteer) -> None:
    long = report(9, POST, "Ten died in Aleppo, Syria. " + "Aleppo burned. " * 40, "Aleppo", "Syria")
    _, found = learn([*(texan(n) for n in range(3)), long], index, Settings())
    assert found[outlet_key(POST)].countries == {"US": 0.75, "SY": 0.25}


def test_few_reports_or_none_with_a_name_tell_nothing(index: Gazetteer) -> None:
    assert learn([texan(n) for n in range(LEAST - 1)], index, Settings()) == (0, {})
    assert learn([texan(n, "") for n in range(9)], index, Settings()) == (0, {})
    assert learn([], index, Settings()) == (0, {})


def test_outlets_are_told_apart_and_order_tells_nothing(index: Gazetteer) -> None:
    others = [report(20 + n, GAZETTE, "Ten died in Aleppo, Syria.", "Aleppo", "Syria") for n in range(3)]
    mine = [texan(n) for n in range(3)]
    assert learn([*mine, *others], index, Settings()) == learn([*reversed(others), *reversed(mine)], index, Settings())
    _, found = learn([*mine, *others], index, Settings())
    assert {code for home in found.values() for code in home.countries} == {"US", "SY"}


def test_a_name_means_the_namesake_at_home_where_nothing_else_is_said(index: Gazetteer, gazetteer: Path) -> None:
    known = open_index(gazetteer, homes={outlet_key(POST): Home({"US": 1.0}, {"US.TX": 1.0})})
    words = "Ten people died in Paris on Friday."
    assert where(index, words, "Paris", POST) == "FR"
    assert where(known, words, "Paris", POST) == "US"
    assert where(known, words, "Paris", POST.upper()) == "US"
    assert where(known, words, "Paris", GAZETTE) == "FR"
    known.close()


def test_what_the_report_says_wins_over_the_outlet_s_home(gazetteer: Path) -> None:
    known = open_index(gazetteer, homes={outlet_key(POST): Home({"US": 1.0}, {"US.TX": 1.0})})
    words = "French police said ten people died in Paris. French troops came; the French mourn. A French priest spoke."
    assert where(known, words, "Paris", POST) == "FR"
    known.close()


def test_learning_twice_gives_the_same_whatever_is_in_force(gazetteer: Path, tmp_path: Path) -> None:
    pairs = [texan(n) for n in range(3)]
    first = learn_homes(pairs, Settings(), gazetteer, tmp_path)
    second = learn_homes(pairs, Settings(), gazetteer, tmp_path)
    assert first.outlets == second.outlets
    assert (first.number, second.number) == (1, 2)
    assert homes.current(tmp_path) == second.outlets
