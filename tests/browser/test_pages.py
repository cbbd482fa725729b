"""Every page is driven as a user does: filter, click, table, file, picture, drawer, back, phone, paper, wall."""

import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from screen import Screen, names

from dashboards.apps import PAGES

Served = tuple[str, Path]
WIDTHS = (390, 820, 1440, 1920)
LEAST_PICTURE = 8_000
SHIFTS = """() => new Promise(done => {
  let sum = 0;
  new PerformanceObserver(list => list.getEntries().forEach(one => (sum += one.hadRecentInput ? 0 : one.value)))
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(sum), 300);
})"""
ROUTES = list(PAGES)
OF_UNITS = [route for route, kind in PAGES.items() if kind.of_units]
SUBJECT = {"/unit": "unit=U030", "/matter": "matter=M005"}


@pytest.fixture
def console(page: Page) -> Iterator[list[str]]:
    """What the browser complained of; the test fails if there is anything."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    yield said
    assert said == []


def opened(page: Page, served: Served, route: str, query: str = "") -> Screen:
    """The page at a route, with its subject where it needs one."""
    whole = "&".join(part for part in (SUBJECT.get(route, ""), query) if part)
    return Screen(page, names(PAGES[route])).open(f"{served[0]}{route}?{whole}")


@pytest.mark.parametrize("route", OF_UNITS)
def test_a_filter_moves_every_view_and_back_takes_it_back(
    page: Page, served: Served, console: list[str], route: str
) -> None:
    screen = opened(page, served, route)
    expect(page.locator("h1")).to_have_count(1)
    screen.chip("C1").click()
    screen.settled(";group=C1;")
    page.go_back()
    screen.settled(";group=;")
    page.go_forward()
    screen.settled(";group=C1;")


@pytest.mark.parametrize("route", ROUTES)
def test_every_tool_of_every_card_does_what_it_says(page: Page, served: Served, console: list[str], route: str) -> None:
    screen = opened(page, served, route)
    for card in page.locator("[data-view]:has([data-act])").all():
        for tool in card.locator("[data-act]").all():
            _used(page, card, tool, tool.get_attribute("data-act") or "")
    for opener in page.locator("[data-view] .head .acts [data-do*=why]").all()[:2]:
        opener.click()
        expect(page.get_by_role("dialog")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
    screen.settled()


def _used(page: Page, card: Any, tool: Any, act: str) -> None:
    if act == "table":
        tool.click()
        expect(card.locator(".twin table")).to_be_visible()
        assert card.locator(".twin tbody tr").count() > 0
        tool.click()
        expect(card.locator(".twin")).to_be_hidden()
        return
    with page.expect_download() as waited:
        tool.click()
    content = Path(waited.value.path()).read_bytes()
    if act == "png":
        assert content.startswith(b"\x89PNG")
        assert len(content) > LEAST_PICTURE
    elif act == "ics":
        assert content.startswith(b"BEGIN:VCALENDAR\r\n")
        assert content.count(b"BEGIN:VEVENT") > 0
    else:
        lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
        assert len(lines) > 2
        assert {len(line) for line in lines[:-1]} <= {len(lines[0]), 1}, "as many cells as heads, or a group's own line"
        assert len(lines[0]) > 1
        assert lines[-1][0].startswith("# known_on=")


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize("locale", ["en-GB", "zh-CN"])
def test_nothing_runs_over_the_edge_or_jumps(
    served: Served, new_context: Callable[..., BrowserContext], route: str, locale: str
) -> None:
    page = new_context(locale=locale).new_page()
    for width in WIDTHS if locale == "en-GB" else WIDTHS[:1]:
        page.set_viewport_size({"width": width, "height": 900})
        opened(page, served, route)
        page.wait_for_timeout(400)
        wide, shown = page.evaluate("[document.scrollingElement.scrollWidth, document.scrollingElement.clientWidth]")
        assert wide <= shown, width
        assert page.evaluate(SHIFTS) <= 0.1, width


@pytest.mark.parametrize("route", OF_UNITS)
@pytest.mark.parametrize("query", ["group=T1&type=non_public_enterprise", "group=T2", "known_on=2014-03-16"])
def test_little_or_nothing_is_shown_as_such(
    page: Page, served: Served, console: list[str], route: str, query: str
) -> None:
    opened(page, served, route, query)
    assert page.locator("h1").inner_text().strip()


@pytest.mark.parametrize("route", ["/group", "/unit", "/matter"])
def test_a_profile_is_printed_on_a4_with_no_chart_cut(
    page: Page, served: Served, console: list[str], route: str
) -> None:
    opened(page, served, route, "group=C1" if route == "/group" else "")
    page.evaluate("() => { window.print = () => { window.printed = document.querySelector('main').clientWidth; }; }")
    page.locator("[data-print]").click()
    page.wait_for_function("window.printed")
    assert page.evaluate("window.printed") <= 720
    widest = "views => Math.max(0, ...views.map(view => view.scrollWidth - view.clientWidth))"
    assert page.locator("[data-view] .figure").evaluate_all(widest) <= 1


def test_the_wall_screen_turns_the_pages_and_holds_on_an_exception(page: Page, served: Served) -> None:
    page.clock.install()
    page.goto(f"{served[0]}/?kiosk=1")
    screen = Screen(page)
    page.clock.run_for(4000)
    screen.settled()
    expect(page.locator(".wall")).to_be_visible()
    expect(page.locator("#side")).to_be_hidden()
    page.locator("[data-exception]").first.scroll_into_view_if_needed()
    page.clock.run_for(14000)
    expect(page.locator(".wall.paused")).to_be_visible()
    page.keyboard.press("Space")
    page.clock.run_for(500)
    expect(page.locator(".wall.paused")).to_have_count(0)
    page.evaluate("window.scrollTo(0, document.scrollingElement.scrollHeight)")
    page.keyboard.press("Space")
    page.keyboard.press("Space")
    page.wait_for_url(f"**{ROUTES[1]}?*kiosk=1*")
    page.keyboard.press("Escape")
    page.wait_for_url(lambda address: "kiosk" not in address)
