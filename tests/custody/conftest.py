"""A small project whose claims are written by hand: originals on disk, texts, readings, a decision, a full log."""

import importlib.util
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from shutil import copytree
from types import ModuleType
from typing import Any

import pytest

from corrobora import project
from corrobora.model import (
    Anchor,
    Claim,
    Count,
    Findings,
    Input,
    Metadata,
    Period,
    Place,
    Reading,
    Segment,
    Source,
    Span,
    Speaker,
    Text,
    Victims,
    content_id,
)
from corrobora.project import Project

REPORTS = {
    "market.txt": ("Courier", "Four people were killed in Eskadir on Wednesday, Selma Orrin said.", "Selma Orrin"),
    "clinic.txt": ("Post", "Two nurses were killed in Dorvan on Thursday, the ministry said.", "the ministry"),
    "bridge.txt": ("Lantern", "Nobody was hurt in Talmera on Friday, Jovan Petrel said.", "Jovan Petrel"),
    "Jovan Petrel.txt": ("Herald", "Six people were killed in Eskadir on Wednesday, a resident said.", "a resident"),
}
LATITUDES = {"Eskadir": 10.5, "Dorvan": 40.5, "Talmera": -20.5}


def reading(text: Text, outlet: str, speaker: str) -> Reading:
    """Return the one claim of a report."""
    words = text.text
    quote = words.partition(",")[0]
    place = words.split(" in ")[1].split()[0]
    count = {"Four": 4, "Two": 2, "Nobody": 0, "Six": 6}[words.split()[0]]
    who = " ".join(words.split()[:2])
    at = words.index(place)
    said = words.index(speaker)
    claim = Claim(
        id=content_id("c", text.sha256, text.file),
        document=text.document,
        start=0,
        end=len(quote),
        quote=quote,
        act="shelling",
        harm="killed",
        count=Count(count, count, "exact", words.split()[0], 0, len(words.split()[0])),
        victims=Victims(who, "civilian", (), (), 0, len(who)),
        perpetrators=(),
        targets=(),
        instruments=(),
        place=Span(at, at + len(place), place),
        time=None,
        attribution=(Speaker(speaker, speaker, "said", said, said + len(speaker)),),
        stance="asserts",
        modality="actual",
        scope="incident",
        evidence=(),
        mentions=(),
        part_of="",
        confidence=0.9,
        made_by=(("count", "hand"),),
        reader="hand 1",
    )
    day = date(2031, 6, 4)
    where = Place(
        place, place, f"project:{place}", LATITUDES[place], 20.25, 2.0, "town", "Ostran", "", "XO", at, at + len(place)
    )
    when = Period("Wednesday", "2031-06-04", day, day, "day", "hand", -1, -1)
    return Reading(claim, text.file, outlet, day, where, when, (speaker,), speaker, ())


def build(folder: Path) -> Project:
    """Make the project, with one decision and what two authorities said of an earlier head."""
    reports = folder.with_name("reports")
    reports.mkdir()
    for name, (_, words, _) in REPORTS.items():
        (reports / name).write_text(words, encoding="utf-8")
    found = project.new(folder)
    found.add([Source(str(reports))])
    for document, _, _ in found.store.documents():
        outlet, words, speaker = REPORTS[document.file]
        known = Metadata(title=f"Report of {outlet}", outlet=outlet, author="Ida Quill", published="2031-06-05")
        text = Text(
            document.id, document.sha256, document.file, words, known, (Segment(0, len(words), "paragraph"),), "hand 1"
        )
        found.store.put_texts([text])
        made = reading(text, outlet, speaker)
        state = Input(document.file, document.id, "read", "")
        found.store.put_readings(
            [(Findings(document.id, "hand 1", (made.claim,), ()), (made,), state)], "hand 1", "hand 1"
        )
    found.link()
    claim = found.record().readings[0].claim.id
    found.decide("correct", [claim], values={"figure": "5"}, reason="recount by Selma Orrin", who="Mira Tolen")
    for authority in ("https://a.example/tsr", "https://b.example/tsr"):
        head = found.head()
        found.store.put_anchor(Anchor(head.size, authority, "failed", "2031-06-06T00:00:00+00:00", head.note))
    return found


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the project's folder, to copy."""
    found = build(tmp_path_factory.mktemp("custody") / "project")
    found.store.close()
    return found.path


@pytest.fixture
def held(built: Path, tmp_path: Path) -> Iterator[Project]:
    """Return a copy of the project that a test may change."""
    found = project.open_project(copytree(built, tmp_path / "held"))
    yield found
    found.store.close()


@pytest.fixture(scope="session")
def mutations() -> ModuleType:
    """Return the module of what can be done to a project behind its back."""
    return load("mutations")


@pytest.fixture(scope="session")
def authority() -> ModuleType:
    """Return the module that plays a time-stamping authority."""
    return load("authority")


@pytest.fixture(scope="session")
def keys(authority: ModuleType) -> Any:
    """Return two keys: a root's and an authority's."""
    return (authority.new_key(), authority.new_key())


@pytest.fixture(scope="session")
def make(authority: ModuleType, keys: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Return what makes an authority; its certificate may be out of date, self-signed or not marked as it must be."""
    root_key, key = keys
    root = authority.certificate("Root", root_key, "Root", root_key, (-4000, 4000), stamps=False)

    def made(days: tuple[int, int] = (-30, 30), *, self_signed: bool = False, critical: bool = True) -> Any:
        issuer, signer = ("TSA", key) if self_signed else ("Root", root_key)
        own = authority.certificate("TSA", key, issuer, signer, days, stamps=True, critical=critical)
        return authority.Authority(tmp_path_factory.mktemp("tsa") / "a", key, own, root)

    return made


@pytest.fixture(scope="session")
def good(make: Any) -> Any:
    """Return an authority whose tokens hold."""
    return make()


def load(name: str) -> ModuleType:
    """Return a module of this folder."""
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
