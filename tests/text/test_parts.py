"""The parts of a report, by their words and their place."""

import pytest

from corrobora.model import Segment
from corrobora.text.parts import Parts, recognise
from corrobora.text.plain import lay_out

BODY = (
    "Six people were killed and twelve were injured when a bomb exploded in the central market of the town on Friday, "
    "the police said in a statement that gave no names."
)


def parts(*lines: str, title: str = "") -> tuple[Parts, list[str]]:
    draft = lay_out("\n\n".join(lines))
    found = recognise(draft.text, draft.segments, title)
    return found, [segment.kind for segment in found.segments]


def test_the_head_of_a_report() -> None:
    found, kinds = parts(
        "Six killed in market blast", "By Jane Doe and John Roe, Nordpress", "June 14, 2025", f"KARTOV — {BODY}"
    )
    assert kinds == ["title", "byline", "date", "dateline", "paragraph"]
    assert (found.title, found.published) == ("Six killed in market blast", "2025-06-14")
    assert found.author == "Jane Doe and John Roe, Nordpress"


def test_a_known_title_is_found_though_it_differs_in_marks() -> None:
    _, kinds = parts(
        "2025-06-14",
        "Police: Six killed, 12 hurt in market blast.",
        BODY,
        title="Police - Six killed, 12 hurt in market blast | Desk",
    )
    assert kinds == ["date", "title", "paragraph"]


def test_a_sentence_is_no_title() -> None:
    assert parts("Two people were hurt.", BODY)[1] == ["paragraph", "paragraph"]


def test_a_dateline_on_a_line_of_its_own() -> None:
    found, kinds = parts("KARTOV, Westland (AP) —", BODY)
    assert kinds == ["dateline", "paragraph"]
    assert found.source == "AP"


def test_the_place_of_a_byline_is_the_place_of_the_dispatch() -> None:
    found, kinds = parts("From Kartov", BODY)
    assert kinds[0] == "byline"
    assert found.dateline_place is not None
    assert found.dateline_place.text == "Kartov"
    found, _ = parts("From Jane Doe, Kartov", BODY)
    assert found.dateline_place is not None
    assert found.dateline_place.text == "Kartov"


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Advertisement", "furniture"),
        ("Kartov 9.7 C", "furniture"),
        ("Read also: Five killed in Linden", "furniture"),
        ("Also read: Five killed in Linden", "furniture"),
        ("Share this: Facebook", "furniture"),
        ("We use cookies to give you the best experience on our site.", "furniture"),
        ("Copyright 2025 The Example. All rights reserved.", "furniture"),
        ("Follow The Example on Facebook", "furniture"),
        ("Page 3 of 12", "furniture"),
        ("______", "furniture"),
        ("jane.doe@example.org", "furniture"),
        ("Correction: An earlier version of this report said nine.", "correction"),
        ("An earlier version of this article misstated the day.", "correction"),
        ("Editor's Note: This is a developing story.", "note"),
        ("(With inputs from agencies.)", "note"),
        ("(Reporting by Jane Doe; Editing by John Roe)", "note"),
        ("[Passage omitted]", "note"),
        ("Photo caption: ruins after the strike that killed six.", "caption"),
        ("The market after the blast. (Photo: Jane Doe)", "caption"),
        ("• Two men were shot in Linden.", "list_item"),
        ("2. Two men were shot in Linden.", "list_item"),
    ],
)
def test_lines_known_by_their_words(line: str, kind: str) -> None:
    assert parts(BODY, line, BODY)[1][1] == kind


@pytest.mark.parametrize(
    "sentence",
    [
        "More in the region were killed.",
        "More than 20 people were killed.",
        "Related violence killed 20 people last year.",
        "Top officials were killed in the blast.",
        "Previous attacks killed 20 people.",
        "Latest figures speak of 20 dead.",
        "Signing ceremony attack leaves 20 dead, the police said.",
        "Listening to the radio, six men were killed by a shell.",
        "By Friday, six people had been killed.",
        "By Sunday",
        "From Kartov, six men fled to the coast and were killed there.",
        "Source of the blast was a car, and six were killed, he said.",
        "Photographs show six men killed on the road to Linden.",
        "He corrected himself: six were killed, not nine.",
        "Home to 2,000 people, the town lost six in the blast.",
    ],
)
def test_sentences_that_only_begin_like_furniture_are_body(sentence: str) -> None:
    assert parts(BODY, sentence, BODY)[1][1] in {"paragraph", "heading"}


def test_headlines_under_more_to_read_are_links_up_to_the_next_sentence() -> None:
    kinds = parts(
        BODY, "More To Read", "- Eight killed in Linden", "Two hurt in Ostrov", "The mayor promised an inquiry."
    )[1]
    assert kinds == ["paragraph", "furniture", "furniture", "furniture", "paragraph"]


def test_a_list_of_films_with_their_lengths_is_furniture() -> None:
    films = ["0:56 Coach speaks after the final Pause", "2:14 Baker shoots burglar", "1:05 Can cats swim?", "2:06 Rain"]
    _, kinds = parts(*films, BODY)
    assert kinds == ["furniture"] * 3 + ["paragraph"] * 2
    assert parts(*films[:2], BODY)[1].count("furniture") == 0


@pytest.mark.parametrize("step", [1, -1])
def test_what_is_told_by_the_clock_is_no_list_of_films(step: int) -> None:
    told = ["9:15 Shots are heard in the market", "9:40 Police arrive", "10:05 Six are brought to hospital"][::step]
    assert "furniture" not in parts(*told, BODY)[1]
    assert "furniture" not in parts("9:15 a.m. Shots are heard", "8:40 p.m. All is calm", "9:05 pm Rain falls", BODY)[1]


def test_a_subheading_stands_over_a_paragraph() -> None:
    assert parts(BODY, "A town in fear", BODY)[1] == ["paragraph", "heading", "paragraph"]


def test_flagged_blocks_are_left_as_they_are() -> None:
    blocks = [Segment(0, 13, "paragraph", ("hidden",))]
    assert recognise("Advertisement", blocks).segments == blocks


def test_the_pieces_of_a_paragraph_that_changes_on_the_way_stay_pieces_of_it() -> None:
    text = "The witness Jane Doe saw 14 men."
    blocks = [Segment(0, 11, "paragraph"), Segment(12, 20, "paragraph", ("deleted",)), Segment(21, 32, "paragraph")]
    found = recognise(text, blocks)
    assert found.segments == blocks
    assert found.title == ""
