from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from corrobora.incidents import copies
from corrobora.model import Metadata, Segment, Text

STORY = (
    "Gunmen crossed the dry river before dawn and fired on the market of Varnow, where traders had begun to set out "
    "their goods. The mayor said that five people died and nine were taken to the clinic at Kelm by farm truck. "
    "Nobody has claimed the attack, the third on the road this month, and the army has closed the bridge for now."
)
OTHER = (
    "A bus overturned on the coastal road near Toriel after heavy rain, the transport office announced. Twelve of "
    "those in it were treated for bruises and sent home, while the driver is being questioned about the brakes. "
    "Repairs were promised last spring, but the contractor has not yet been paid, the district council complained."
)
FIVE = [("a", STORY), ("b", OTHER), ("c", STORY), ("d", OTHER + " Traffic resumed."), ("e", "Nothing.")]


def text(document: str, words: str, published: str = "", outlet: str = "", segments: Sequence[Segment] = ()) -> Text:
    return Text(
        document, "", f"{document}.txt", words, Metadata(published=published, outlet=outlet), tuple(segments), "test"
    )


def test_the_same_text_in_three_outlets_is_one_family_earliest_first() -> None:
    found = copies([text("a", STORY, "2031-05-06"), text("b", STORY, "2031-05-05"), text("c", STORY), text("d", OTHER)])
    assert [family.documents for family in found] == [("b", "a", "c")]


def test_a_rewrite_with_added_paragraphs_is_a_copy() -> None:
    first = OTHER.split(".", maxsplit=1)[0]
    longer = f"{first}. {STORY.replace('Gunmen', 'Armed men')} The governor will visit on Friday."
    assert [family.documents for family in copies([text("a", STORY), text("b", longer)])] == [("a", "b")]


def test_reports_that_quote_one_statement_are_not_copies() -> None:
    quote = "the mayor said that five people died and nine were taken to the clinic"
    assert copies([text("a", f"{OTHER} In Varnow {quote}."), text("b", STORY)]) == ()


def test_a_digest_does_not_tie_two_dispatches_together() -> None:
    digest = STORY + " " + OTHER
    found = copies([text("a", STORY), text("b", OTHER), text("z", digest)])
    assert all(not {"a", "b"} <= set(family.documents) for family in found)


def test_short_texts_are_copies_only_when_they_read_the_same() -> None:
    assert copies([text("a", "Five killed in Varnow."), text("b", "Five killed in Varnow!")]) != ()
    assert copies([text("a", "Five killed in Varnow."), text("b", "Five killed in Varnow market.")]) == ()


def test_menus_and_hidden_words_do_not_make_copies() -> None:
    menu = STORY + "\n"
    council = "The council of Kelm met on Monday and agreed on nothing at all, as in the week before."
    pages = [menu + OTHER, menu + council]
    segments = [[Segment(0, len(menu), "furniture"), Segment(len(menu), len(page), "paragraph")] for page in pages]
    assert copies([text("a", pages[0], segments=segments[0]), text("b", pages[1], segments=segments[1])]) == ()
    assert copies([text("a", pages[0]), text("b", menu)]) != ()


def test_the_agency_is_named_where_outlet_or_credit_says_so() -> None:
    assert copies([text("a", STORY, outlet="Osk Daily / AFP"), text("b", STORY)])[0].agency == "AFP"
    assert copies([text("a", STORY + " (Reuters)"), text("b", STORY)])[0].agency == "Reuters"
    assert copies([text("a", STORY + " Reuters was not there."), text("b", STORY)])[0].agency == ""


PARTS = [
    "The first shells fell on the grain market of Varnow shortly after the stalls had opened for the day.",
    "Farmers who had come from the hills with their mules ran for the arcades along the river bank there.",
    "The clinic took in the wounded on doors and carts, since both its ambulances stood without any fuel.",
]
BETWEEN = [
    "It has rained for a week in the capital, and the ministers have other worries than a market in the south.",
    "Our readers will remember the flood of last spring, when the same bridge was closed to lorries for a month.",
    "Whether the harvest can still be sold this year is more than anybody at the chamber of trade would tell us.",
]


def test_a_rewrite_keeps_passages() -> None:
    source, rewrite = " ".join(PARTS), " ".join(p + " " + b for p, b in zip(PARTS, BETWEEN, strict=True))
    assert [f.documents for f in copies([text("a", source), text("b", rewrite)])] == [("a", "b")]
    half = " ".join(words for part in PARTS for words in (part[:40], BETWEEN[0][:60]))
    assert copies([text("a", source), text("b", half + " " + " ".join(BETWEEN))]) == ()


def test_the_tree_says_which_copy_was_copied() -> None:
    """The third paper took the second one's additions with it."""
    told = [("a", STORY, "2031-05-05"), ("b", STORY + " " + BETWEEN[0], "2031-05-06")]
    told.append(("c", STORY + " " + BETWEEN[0] + " " + BETWEEN[1], "2031-05-07"))
    (family,) = copies([text(document, words, day) for document, words, day in told])
    assert family.documents == ("a", "b", "c")
    assert family.copied_from[:2] == ("", "a")
    assert family.copied_from[2] in {"a", "b"}


def test_of_one_day_the_outlet_that_others_credit_is_the_earliest() -> None:
    wire = text("z", STORY, "2031-05-05", outlet="Osk Wire")
    papers = [text(name, f"VARNOW (Osk Wire) - {STORY}", "2031-05-05", outlet=f"{name} Post") for name in "ab"]
    (family,) = copies([*papers, wire])
    assert family.documents[0] == "z"
    assert family.agency == "Osk Wire"


def test_many_copies_are_one_family() -> None:
    found = copies([text(f"d{n:03}", STORY + (" Updated." if n % 2 else "")) for n in range(120)])
    assert [len(family.documents) for family in found] == [120]


def test_no_texts_no_words_no_families() -> None:
    assert copies([]) == ()
    assert copies([text("a", STORY)]) == ()


@given(st.permutations(FIVE))
def test_the_order_of_texts_changes_nothing(pairs: list[tuple[str, str]]) -> None:
    found = copies([text(document, words) for document, words in pairs])
    assert {family.documents for family in found} == {("a", "c"), ("b", "d")}
