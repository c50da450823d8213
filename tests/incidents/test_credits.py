import pytest

from corrobora.incidents.credits import agency, origin
from corrobora.model import Metadata, Segment, Text


def text(words: str, outlet: str = "", author: str = "", byline: str = "") -> Text:
    whole = f"{byline}\n{words}" if byline else words
    segments = (Segment(0, len(byline), "byline"),) if byline else ()
    return Text("d", "", "d.txt", whole, Metadata(outlet=outlet, author=author), segments, "test")


@pytest.mark.parametrize(
    ("outlet", "source"),
    [
        ("Selm Herald / AFP", "AFP"),
        ("Daily (Osk Times / Reuters)", "Reuters"),
        ("Kelm Post / IANS-Xinhua", "Xinhua"),
        ("Radio Selm / allAfrica", "Radio Selm"),
        ("Selm Herald", ""),
        ("Selm Herald / Kelm Post", ""),
        ("", ""),
    ],
)
def test_an_outlet_is_named_with_its_source(outlet: str, source: str) -> None:
    assert origin(text("Five were killed.", outlet)) == source


@pytest.mark.parametrize(
    ("words", "source"),
    [
        ("VARNOW, May 5 (Osk Wire) - Five people were killed.", "Osk Wire"),
        ("VARNOW (Reuters) — Five people were killed.", "Reuters"),
        ("Five were killed.\n\nThis article was originally published by the Selm Herald.", "Selm Herald"),
        ("Five were killed. It first appeared in Kelm Post", "Kelm Post"),
        ("Five were killed.\n\nTranslated from El Correo de Osk.", "El Correo de Osk"),
        ("Five were killed.\n\nSource: Radio Osk", "Radio Osk"),
        ("Five were killed.\n(Osk Agency)", "Osk Agency"),
        ("Five were killed. (Reuters)", "Reuters"),
        ("Five were killed.\n\nTranslated from Spanish.", ""),
        ("Five were killed, Reuters reported.", ""),
        ("The Red Front (RF) killed five.", ""),
    ],
)
def test_a_credit_line_names_the_source(words: str, source: str) -> None:
    assert origin(text(words, "The Lantern")) == source


def test_a_byline_names_an_agency_but_a_reporter_is_none() -> None:
    assert origin(text("Five were killed.", byline="By Meridian Wire")) == "Meridian Wire"
    assert origin(text("Five were killed.", byline="By Jo Bell")) == ""
    assert origin(text("Five were killed.", author="Meridian News Agency")) == "Meridian News Agency"
    assert origin(text("Five were killed.", author="Jo Bell")) == ""


def test_of_several_agencies_the_last_is_the_source() -> None:
    assert agency("PTI / Reuters") == "Reuters"
    assert agency("Selm Herald") == ""
