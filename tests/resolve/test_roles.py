"""What a place name does in its sentence."""

import pytest

from corrobora.model import Metadata, Segment, Text
from corrobora.resolve.roles import role
from corrobora.resolve.toponyms import Toponym


def role_in(words: str, name: str = "Gao", source: str = "name", segments: tuple[Segment, ...] = ()) -> str:
    start = words.index(name)
    toponym = Toponym(start, start + len(name), name, name, frozenset(), False, source)
    return role(Text("d", "", "a.txt", words, Metadata(), segments, "plain 1"), toponym)


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("Ten died in Gao.", "scene"),
        ("Ten died near the town of Gao.", "scene"),
        ("an attack on Gao", "scene"),
        ("Rebels stormed Gao", "scene"),
        ("A missile hit Gao", "scene"),
        ("He was on his way from Gao to Kidal", "route"),
        ("a bus bound for Gao", "route"),
        ("The wounded were taken to Gao", "route"),
        ("They fled from Gao", "route"),
        ("He told reporters in Gao", "speech"),
        ("at a summit in Gao", "speech"),
        ("the Gao-based monitor", "adjective"),
        ("Ten were killed on Monday by Gao rebels", "adjective"),
        ("Ten were attacked on Monday. Gao mourned", "plain"),
        ("Gao imposed a curfew", "plain"),
    ],
)
def test_roles(words: str, wanted: str) -> None:
    assert role_in(words) == wanted


def test_a_dateline_is_told_by_its_source_or_segment() -> None:
    assert role_in("Gao (Wire) -- Ten died", source="dateline") == "dateline"
    assert role_in("Gao (Wire) -- Ten died", segments=(Segment(0, 13, "dateline"),)) == "dateline"


def test_a_title_has_its_own_role() -> None:
    title = Toponym(-1, -1, "Gao", "Gao", frozenset(), False, "title")
    assert role(Text("d", "", "a.txt", "", Metadata(), (), "plain 1"), title) == "title"


def test_a_distance_from_a_town_is_no_route() -> None:
    assert role_in("Ten died 40 km from Gao") != "route"
