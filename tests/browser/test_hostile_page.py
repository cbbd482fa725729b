"""Hostile names on every place that shows them: nothing of them ever runs."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import hostile
import pytest
from playwright.sync_api import Page, expect
from screen import UNIT, Screen
from serving import serving

from queries import indicators


@pytest.fixture(scope="module")
def address(demo_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The dashboards over a county of hostile names."""
    folder = hostile.publish_hostile(demo_data, tmp_path_factory.mktemp("hostile") / "data")
    with serving(folder) as served:
        yield served


def harmless(page: Page) -> None:
    """Nothing ran, nothing was inserted, and nothing is still to come."""
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => setTimeout(done)))")
    assert page.evaluate("window.__xss") is None
    assert page.locator("img[src=x], iframe[srcdoc], [onerror], [onload]").count() == 0


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_overview_its_hovers_and_its_drawers(page: Page, address: str, language: str) -> None:
    screen = Screen(page).open(f"{address}/?language={language}")
    harmless(page)
    for view in ("lineup", "visits"):
        screen.view(view).scroll_into_view_if_needed()
        box = screen.view(view).locator(".figure").bounding_box()
        assert box is not None
        for step in range(4, 100, 8):
            page.mouse.move(box["x"] + box["width"] * step / 100, box["y"] + 25 + 3 * (step % 5))
    harmless(page)
    screen.chip(hostile.GROUP).click()
    screen.settled(f"group={hostile.GROUP};".replace('"', '\\"'))
    harmless(page)
    for name in indicators():
        opener = page.locator(f'[data-do*="{name}"]').first
        if opener.count():
            opener.click()
            expect(page.get_by_role("dialog")).to_be_visible()
            harmless(page)
            page.keyboard.press("Escape")
            expect(page.get_by_role("dialog")).to_have_count(0)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_unit_s_page_and_the_list_of_units(page: Page, address: str, language: str) -> None:
    query = urlencode({"unit": hostile.UNIT, "language": language})
    screen = Screen(page, UNIT).open(f"{address}/unit?{query}")
    expect(page.locator("h1")).to_contain_text("<img" if language else "")
    harmless(page)
    screen.page.goto(f"{address}/unit?language={language}")
    screen.settled()
    expect(page.locator("[data-view=facts] li")).to_have_count(103)
    harmless(page)


def test_a_link_made_of_payloads(page: Page, address: str) -> None:
    pairs = [(name, payload) for payload in hostile.PAYLOADS for name in ("group", "type", "known_on", payload)]
    Screen(page).open(f"{address}/?{urlencode(pairs)}")
    expect(page.locator("[data-view=notices]").get_by_role("alert")).to_be_visible()
    harmless(page)
