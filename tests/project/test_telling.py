"""What a terminal is told of a record: each figure with the rules that give it and the words it rests on."""

from pathlib import Path

import pytest

from corrobora import project
from corrobora.errors import NotFound
from corrobora.model import Figure, Source
from corrobora.project import Project
from corrobora.project.telling import bounds, explanation, figure_text

REPORT = (
    "Shells killed nine people and injured four in the town of Orlin on Monday, the Norland Red Crescent said.\n\n"
    "The mayor, Tamar Olan, put the death toll at eleven.\n"
)


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory, gazetteer: object) -> Project:  # noqa: ARG001  it must be built
    folder = tmp_path_factory.mktemp("telling")
    (folder / "report.txt").write_text(REPORT, encoding="utf-8")
    made = project.new(folder / "p")
    made.run([Source(str(folder / "report.txt"))])
    return made


def told(found: Project) -> str:
    (incident,) = found.record().incidents
    return explanation(found.record(), incident.id)


def test_each_figure_leads_to_its_words_its_file_and_its_hash(found: Project, tmp_path: Path) -> None:
    lines = told(found).splitlines()
    quotes = [line for line in lines if "“" in line]
    assert quotes
    (document,) = found.record().documents
    for at, line in enumerate(lines):
        if "“" in line:
            words = line.strip().strip("“”")
            place = lines[at + 1]
            start, end = (int(n) for n in place.split("characters ")[1].split(",")[0].split(" to "))
            assert " ".join(found.text(document.document.id).text[start:end].split()) == words
            assert document.document.sha256 in place
            assert "report.txt" in place
    assert tmp_path  # a folder of its own: nothing is written beside the project


def test_rules_that_give_one_figure_from_the_same_words_stand_in_one_line(found: Project) -> None:
    heads = [line for line in told(found).splitlines() if "  by rule " in line]
    values = [(line.split("  by rule ")[0]) for line in heads]
    rules = [rule for line in heads for rule in line.split("  by rule ")[1].split(", ")]
    assert heads
    (incident,) = found.record().incidents
    assessment = next(a for a in found.record().assessments if a.incident == incident.id)
    assert len(rules) == len(assessment.figures)
    assert len(values) < len(rules)


def test_the_dead_are_told_before_the_wounded(found: Project) -> None:
    harms = [line.split(":")[0] for line in told(found).splitlines() if "  by rule " in line]
    assert harms == sorted(harms, key=lambda harm: harm != "killed")
    assert set(harms) == {"killed", "injured"}


def test_disagreement_and_grade_are_told_with_their_reasons(found: Project) -> None:
    words = told(found)
    assert "the accounts disagree on killed" in words
    assert "grade: " in words
    assert "  because " in words


def test_an_unknown_incident_is_named_with_what_to_do(found: Project) -> None:
    with pytest.raises(NotFound) as error:
        explanation(found.record(), "i_0000")
    assert "i_0000" in str(error.value)
    assert error.value.hint


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (4, 8, "4 to 8"), (7, 7, "7"), (0, 0, "0"), (973, None, "at least 973"), (None, 10, "at most 10"),
        (0, None, "at least 0"), (None, None, "not said"),
    ],
)  # fmt: skip
def test_bounds_in_words(low: int | None, high: int | None, words: str) -> None:
    assert bounds(low, high) == words


def test_a_figure_that_was_not_said_is_never_told_as_0() -> None:
    assert figure_text(None) == "not said"
    assert figure_text(Figure("killed", 20, 20, "range", ("c_1",), or_more=True)) == "20 or more"


def test_the_links_that_hold_an_incident_together_are_told_with_their_evidence(found: Project) -> None:
    (incident,) = found.record().incidents
    told_of = told(found).partition("held together by these links, the weakest first:\n")[2].splitlines()
    heads, reasons = told_of[::2], told_of[1::2]
    assert len(heads) == len(incident.claims) - 1
    assert all("report.txt, characters " in head and " with report.txt" in head for head in heads)
    assert [float(head.split()[0]) for head in heads] == sorted(float(head.split()[0]) for head in heads)
    assert all("told together in one report" in why for why in reasons)
