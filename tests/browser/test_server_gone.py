"""The server goes away and comes back: the page says so and keeps what was selected."""

from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect
from screen import Screen
from serving import serving

RETURN_MS = 40_000


def test_a_lost_server_is_told_and_the_page_returns_with_its_selection(page: Page, demo_data: Path) -> None:
    with serving(demo_data) as address:
        screen = Screen(page).open(address)
        screen.chip("T1").click()
        screen.settled(";group=T1;")
        stamp, shown = screen.stamp(), screen.kpis()
        expect(page.locator(".lost")).to_be_hidden()
    expect(page.locator(".lost")).to_be_visible(timeout=RETURN_MS)
    assert (screen.stamp(), screen.kpis()) == (stamp, shown)
    with serving(demo_data, port=urlsplit(address).port or 0) as again:
        assert again == address
        expect(page.locator(".lost")).to_be_hidden(timeout=RETURN_MS)
        screen.settled(";group=T1;")
        assert (screen.stamp(), screen.kpis()) == (stamp, shown)
        screen.chip("C1").click()
        screen.settled(";group=T1,C1;")
