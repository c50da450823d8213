"""Reviewing: by keys alone, without scripts, and what follows a decision."""

from typing import Any

import pytest

pytestmark = pytest.mark.browser

FOCUS = "document.activeElement?.closest('.card')?.dataset.claim ?? document.activeElement?.id"


def tab_to(page: Any, words: str) -> None:
    """Press Tab until the focus is on what is called `words`."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == words:
            return
    pytest.fail(f"Tab never reaches {words}")


def notice(page: Any, words: str) -> None:
    """Wait until the page has told `words` to those who cannot see it change."""
    page.locator("#notice", has_text=words).wait_for()


def settled(page: Any) -> None:
    """Wait until the page's script listens: a key that comes before it is lost."""
    page.wait_for_load_state("networkidle")


def verdicts(served: Any) -> list[str]:
    return [d.verdict for d in served.project.record().decisions]


def test_a_whole_review_by_keyboard_alone(visits: Any, fresh: Any, made: Any, check: Any) -> None:
    page = visits(fresh)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    tab_to(page, "Documents")
    page.keyboard.press("Enter")
    page.wait_for_url("**/documents")
    tab_to(page, made.REPORTS[0].title)
    page.keyboard.press("Enter")
    page.wait_for_url("**/documents/*")
    claims = page.eval_on_selector_all(".card", "cards => cards.map(card => card.dataset.claim)")

    page.keyboard.press("j")
    assert page.evaluate(FOCUS) == claims[0]
    page.keyboard.press("j")
    page.keyboard.press("k")
    assert page.evaluate(FOCUS) == claims[0]

    page.keyboard.press("a")
    notice(page, "Accepted. 3 left")
    assert page.evaluate(FOCUS) == claims[1]
    page.keyboard.press("x")
    notice(page, "Rejected. 2 left")
    assert page.evaluate(FOCUS) == claims[2]
    assert page.locator(f"mark[data-claims~='{claims[1]}']").first.get_attribute("class").startswith(("reject", "many"))
    page.keyboard.press("k")
    page.keyboard.press("u")
    notice(page, "Undone. 3 left")
    assert page.evaluate(FOCUS) == claims[1]
    assert not check(page)

    page.keyboard.press("e")
    page.wait_for_url("**/claims/*#correct")
    page.locator("input[name=low]:focus").wait_for()
    page.keyboard.press("Control+a")
    page.keyboard.type("3")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/claims/{claims[1]}")
    assert verdicts(fresh) == ["accept", "reject", "undo", "correct"]
    assert page.locator("h1").inner_text() == "3–4 killed"
    page.keyboard.press("j")
    page.wait_for_url(f"**/claims/{claims[2]}")
    settled(page)
    page.keyboard.press("x")
    page.locator("[data-key='u']").first.wait_for()
    settled(page)
    page.keyboard.press("u")
    page.locator("[data-key='u']").first.wait_for(state="detached")
    settled(page)
    assert verdicts(fresh) == ["accept", "reject", "undo", "correct", "reject", "undo"]


def test_search_and_help_by_key(visits: Any, fresh: Any, addresses: Any) -> None:
    page = visits(fresh, addresses["claim"])
    settled(page)
    page.keyboard.press("/")
    page.keyboard.type("ambush")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=ambush")
    page.keyboard.press("?")
    page.wait_for_url("**/help")


def test_letters_typed_into_a_field_are_letters(visits: Any, fresh: Any, addresses: Any) -> None:
    page = visits(fresh, addresses["claim"])
    page.get_by_label("Reason (kept with the decision)").click()
    page.keyboard.type("axe? j/k u")
    assert page.get_by_label("Reason (kept with the decision)").input_value() == "axe? j/k u"
    assert verdicts(fresh) == []
    page.keyboard.press("Escape")
    page.keyboard.press("Control+a")
    assert verdicts(fresh) == []


def test_single_letters_can_be_switched_off(visits: Any, fresh: Any, addresses: Any) -> None:
    page = visits(fresh)
    page.get_by_label("Single-letter keys").select_option("off")
    page.get_by_label("Decisions are signed").fill("R. Ash")
    page.get_by_role("button", name="Keep").click()
    page.goto(addresses["claim"])
    page.keyboard.press("a")
    page.keyboard.press("?")
    page.wait_for_timeout(300)
    assert verdicts(fresh) == []
    page.get_by_role("button", name="Accept").click()
    page.get_by_text("by R. Ash").first.wait_for()
    assert verdicts(fresh) == ["accept"]


def test_a_decision_without_scripts(visits: Any, fresh: Any, addresses: Any) -> None:
    page = visits(fresh, addresses["document"], java_script_enabled=False)
    card = page.locator(".card").nth(2)
    card.get_by_role("button", name="Reject").click()
    assert page.url.endswith(f"#{card.get_attribute('id')}")
    assert "Rejected by" in card.inner_text()
    card.get_by_role("button", name="Undo").click()
    assert "Not decided yet" in page.locator(".card").nth(2).inner_text()
    card.get_by_role("link", name="Correct").click()
    page.get_by_text("Correct e").click()
    page.get_by_label("Figure, at most").fill("7")
    page.get_by_role("button", name="Keep the correction").click()
    assert page.locator("h1").inner_text() == "≤\xa07 killed"
    assert page.locator("#map").count() == 0
    page.goto("/map")
    assert not page.locator("#map").is_visible()
    assert page.get_by_role("heading", name="Karvel, Ostran, XO").is_visible()
    assert verdicts(fresh) == ["reject", "undo", "correct"]


def test_a_document_opens_at_the_passage(visits: Any, served: Any, addresses: Any) -> None:
    page = visits(served, addresses["incident"], viewport={"width": 1000, "height": 300})
    link = page.locator(".passage").first
    claim = link.get_attribute("href").partition("#")[2]
    link.click()
    marked = page.locator(f"mark[data-claims~='{claim}']").first
    page.locator("mark.now").first.wait_for()
    assert "now" in marked.get_attribute("class")
    box = marked.bounding_box()
    assert box
    assert 0 <= box["y"] <= 300


def test_overlapping_words_lead_to_one_claim_after_the_other(visits: Any, served: Any, addresses: Any) -> None:
    page = visits(served, addresses["document"])
    both = page.locator("mark.many").first
    claims = both.get_attribute("data-claims").split()
    both.click()
    first = page.evaluate(FOCUS)
    both.click()
    assert {first, page.evaluate(FOCUS)} == set(claims)


def test_two_accounts_are_held_apart(visits: Any, fresh: Any) -> None:
    incident = max(fresh.project.record().incidents, key=lambda i: len(i.claims))
    page = visits(fresh, f"/incidents/{incident.id}")
    page.get_by_label("1 to compare").check()
    page.get_by_label("3 to compare").check()
    page.locator("#pair-reason").fill("another street")
    page.get_by_role("button", name="Not the same event", exact=True).click()
    page.get_by_text("another street").first.wait_for()
    (decision,) = fresh.project.record().decisions
    assert (decision.verdict, len(decision.subjects)) == ("not_same", 2)


def test_a_mistake_is_told_beside_what_was_asked(visits: Any, fresh: Any, addresses: Any) -> None:
    page = visits(fresh, addresses["document"], expected="404")
    page.locator(".card input[name=subject]").first.evaluate("field => field.value = 'c_gone'")
    with page.expect_response("**/decide"):
        page.locator(".card button[value=accept]").first.click()
    notice(page, "there is no claim")
    assert page.locator(".card").count() == 4
