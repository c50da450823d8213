"""Finding place names: from a reader's mentions, and from the words that stand beside places."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corrobora.model import Findings, Mention, Metadata, Span, Text
from corrobora.resolve.finding import find
from corrobora.resolve.gazetteer import Gazetteer, open_index
from corrobora.resolve.toponyms import Toponym, cased, of_title


@pytest.fixture(scope="module")
def index(gazetteer: Path) -> Iterator[Gazetteer]:
    opened = open_index(gazetteer)
    yield opened
    opened.close()


def findings_of(words: str, **marked: str) -> Findings:
    mentions = []
    for kind, names in marked.items():
        for name in names.split("; "):
            at = words.index(name)
            mentions.append(Mention(at, at + len(name), name, kind))
    return Findings("d", "test", (), tuple(sorted(mentions, key=lambda m: m.start)))


def found(index: Gazetteer, words: str, dateline: str = "", **marked: str) -> tuple[Toponym, ...]:
    place = Span(words.index(dateline), words.index(dateline) + len(dateline), dateline) if dateline else None
    text = Text("d", "", "a.txt", words, Metadata(), (), "plain 1", place)
    return find(text, findings_of(words, **marked), index)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Men attacked Sefobara, a fishing village in the delta.", "Sefobara"),
        ("Men attacked the village of Sefobara at dawn.", "Sefobara"),
        ("Men came to Sefobara village at dawn.", "Sefobara"),
        ("Ten died in Sefobara on Friday.", "Sefobara"),
        ("In Sefobara, ten died.", "Sefobara"),
        ("The Sefobara district was shelled.", "Sefobara"),
        ("Ten died in Borno State.", "Borno"),
        ("A missile hit Kharkiv at noon.", "Kharkiv"),
        ("The people of Kharkiv fled.", "Kharkiv"),
        ("Kharkiv, in north-eastern Ukraine, was hit.", "Kharkiv"),
        ("The mayor of Kharkiv spoke.", "Kharkiv"),
        ("Missile strikes on Kharkiv went on.", "Kharkiv"),
        ("Outside Sefobara, ten died.", "Sefobara"),
    ],
)
def test_names_that_no_reader_marked(index: Gazetteer, words: str, name: str) -> None:
    assert name in [toponym.name for toponym in found(index, words)]


@pytest.mark.parametrize(
    "words",
    [
        "Ten died in March.",
        "They met on Friday.",
        "He wrote on Facebook in Arabic.",
        "An Orvathi village was burned; the Orvathis fled.",
        "A state official, Ruvanda Kole, the state watchdog, said so.",
        "He was promoted to General.",
    ],
)
def test_names_that_are_no_places(index: Gazetteer, words: str) -> None:
    assert found(index, words) == ()


def test_what_is_a_place_once_is_one_everywhere(index: Gazetteer) -> None:
    words = "Men attacked the village of Sefobara. Sefobara burned. The Sefobara raid cost ten lives."
    assert [t.start for t in found(index, words) if t.name == "Sefobara"] == [28, 38, 59]


def test_a_surname_is_no_place(index: Gazetteer) -> None:
    words = "Ama Lincoln spoke. The raid, Lincoln said, was brutal."
    assert found(index, words, person="Ama Lincoln", place="Lincoln said"[:7]) == ()


def test_a_people_is_no_place_though_a_reader_says_so(index: Gazetteer) -> None:
    assert found(index, "Gunmen killed two Sudanese traders.", place="Sudanese") == ()
    assert [t.name for t in found(index, "Ten died in Sudan.", place="Sudan")] == ["Sudan"]


def test_two_letters_are_a_name_where_somebody_knows_them(index: Gazetteer) -> None:
    assert [t.name for t in found(index, "Ten died in the UK.", place="UK")] == ["UK"]
    assert found(index, "Ten died in Qq.", place="Qq") == ()


def test_the_words_of_a_kind_are_taken_with_the_name_that_was_recognised(index: Gazetteer) -> None:
    names = found(index, "Ten died in the Sefobara district of Segou region.", place="Sefobara; Segou")
    assert [(t.text, t.name, sorted(t.kinds)) for t in names] == [
        ("Sefobara district", "Sefobara", ["admin2"]),
        ("Segou region", "Segou", ["admin1"]),
    ]


def test_a_building_keeps_its_kind_and_a_station_is_in_its_town(index: Gazetteer) -> None:
    names = found(index, "Bombs hit Sefobara Hospital.", facility="Sefobara Hospital")
    assert [(t.text, t.facility) for t in names] == [("Sefobara Hospital", True)]
    names = found(index, "Bombs hit Quetta railway station.", facility="Quetta railway station")
    assert [(t.text, t.facility) for t in names] == [("Quetta", False)]


def test_a_list_marked_as_one_name_is_several(index: Gazetteer) -> None:
    names = found(index, "Ten died in Jibia, Katsina State.", place="Jibia, Katsina State")
    assert [(t.name, "admin1" in t.kinds) for t in names] == [("Jibia", False), ("Katsina", True)]


def test_a_longer_known_name_is_taken_whole(index: Gazetteer) -> None:
    assert [t.text for t in found(index, "Troops raided Port Harcourt.", place="Port")] == ["Port Harcourt"]


def test_a_dateline_is_split_and_marked(index: Gazetteer) -> None:
    names = found(index, "BAMAKO, Mali -- Ten died.", dateline="BAMAKO, Mali")
    assert [(t.text, t.source) for t in names] == [("Bamako", "dateline"), ("Mali", "dateline")]


def test_names_do_not_overlap_and_stand_in_order(index: Gazetteer) -> None:
    words = "In the village of Sefobara, Segou region, Mali, ten died. Sefobara market in Segou burned."
    names = found(index, words, place="Segou region; Mali")
    assert all(a.end <= b.start for a, b in pairwise(names))


def test_a_title_gives_what_the_text_or_the_world_knows(index: Gazetteer) -> None:
    known = frozenset({"sefobara"})
    assert [t.name for t in of_title("Ten Die As Gunmen Raid Sefobara", index, known)] == ["Sefobara"]
    assert [t.name for t in of_title("Police Confirm Raid In Kenya", index, frozenset())] == ["Kenya"]
    assert of_title("Police Confirm Deadly Raid", index, frozenset()) == ()
    assert {t.start for t in of_title("Raid In Kenya", index, frozenset())} == {-1}


def test_capitals_are_restored_where_all_is_capitals() -> None:
    words = "FOUR DIED IN SAN RAMON ON MONDAY."
    text = Text("d", "", "a.txt", words, Metadata(), (), "plain 1")
    assert cased(text, findings_of(words, place="SAN RAMON")) == "four died in San Ramon on monday."
    assert cased(Text("d", "", "a", "Four died in Gao.", Metadata(), (), "x"), Findings("d", "t", (), ())) == (
        "Four died in Gao."
    )


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(max_size=120), data=st.data())
def test_any_text_gives_names_inside_it(words: str, data: st.DataObject, index: Gazetteer) -> None:
    ends = st.integers(0, len(words))
    spans = [sorted(pair) for pair in data.draw(st.lists(st.tuples(ends, ends), max_size=4))]
    mentions = tuple(Mention(a, b, words[a:b], "place") for a, b in sorted(spans))
    text = Text("d", "", "a.txt", words, Metadata(), (), "plain 1")
    findings = Findings("d", "test", (), mentions)
    assert len(cased(text, findings)) == len(words)
    for toponym in find(text, findings, index):
        assert 0 <= toponym.start < toponym.end <= len(words)
