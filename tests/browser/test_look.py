"""Every page in both themes, wide and narrow: axe clean, no sideways scrolling, nothing asked of another machine."""

from typing import Any

import pytest

pytestmark = pytest.mark.browser

OPEN = "for (const closed of document.querySelectorAll('details')) closed.open = true"
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_page_is_accessible(visits: Any, served: Any, addresses: Any, check: Any, theme: str) -> None:
    page = visits(served, color_scheme=theme, viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    for name, address in addresses.items():
        page.goto(address)
        if name == "map":
            page.locator("#map[data-drawn] path.land").first.wait_for(state="attached")
        page.evaluate(OPEN)
        # The second theme changes colours alone.
        assert not check(page, *(["color-contrast"] if theme == "dark" else [])), (name, theme)
        assert page.evaluate(SIDEWAYS) == 0, (name, theme)


def test_no_page_scrolls_sideways_on_a_narrow_screen(visits: Any, served: Any, addresses: Any, check: Any) -> None:
    page = visits(served, viewport={"width": 320, "height": 700}, reduced_motion="reduce")
    for name, address in addresses.items():
        page.goto(address)
        page.evaluate(OPEN)
        assert page.evaluate(SIDEWAYS) == 0, name
    page.goto(addresses["incident"])
    assert not check(page)


def test_the_chosen_theme_wins_and_is_remembered(visits: Any, served: Any) -> None:
    page = visits(served, color_scheme="light")
    paper = "getComputedStyle(document.documentElement).backgroundColor"
    light = page.evaluate(paper)
    page.get_by_label("Colours").select_option("dark")
    with page.expect_navigation():
        page.get_by_role("button", name="Keep").click()
    dark = page.evaluate(paper)
    assert dark != light
    page.goto("/help")
    assert page.evaluate(paper) == dark


def test_the_map_draws_areas_from_this_machine(visits: Any, served: Any) -> None:
    page = visits(served, "/map")
    page.wait_for_selector("#map[data-drawn='1']")
    page.wait_for_selector("#map path.land", state="attached")
    page.get_by_role("button", name="Show on the map").click()
    page.wait_for_timeout(800)  # a click while the map still moves misses
    page.locator("#map path.spot").click()
    popup = page.locator(".leaflet-popup")
    assert "town, within about 6 km" in popup.inner_text()
    popup.get_by_role("link", name="shelling").click()
    assert "/incidents/" in page.url


def test_pages_print_without_their_controls(visits: Any, served: Any, addresses: Any) -> None:
    page = visits(served, addresses["document"])
    page.emulate_media(media="print")
    assert page.locator("mark").first.is_visible()
    assert not page.get_by_role("navigation", name="Pages").is_visible()
    assert page.locator("button:visible").count() == 0


def test_markup_in_a_report_stays_words(visits: Any, served: Any, addresses: Any) -> None:
    page = visits(served)
    page.on("dialog", lambda _: pytest.fail("a report's script ran"))
    page.goto(addresses["document"])
    assert "<script>alert(1)</script>" in page.locator(".text").inner_text()


def test_an_inline_script_would_be_refused(visits: Any, served: Any) -> None:
    page = visits(served, expected="Content Security Policy")
    ran = page.evaluate(
        "() => { const s = document.createElement('script'); s.textContent = 'window.ran = 1';"
        " document.body.append(s); return window.ran === 1; }"
    )
    assert ran is False
