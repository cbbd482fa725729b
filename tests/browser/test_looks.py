"""Language, theme and width: the selection stays, nothing runs over the edge."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from screen import UNIT, Screen

from dashboards.text import say
from dashboards.theme import COLOURS

Served = tuple[str, Path]


def test_the_browser_s_language_is_spoken_and_marked(
    served: Served, new_context: Callable[..., BrowserContext]
) -> None:
    for locale, language, marked in (("zh-CN", "zh", "zh-Hans"), ("en-GB", "en", "en"), ("fr-FR", "en", "en")):
        page = new_context(locale=locale).new_page()
        Screen(page).open(served[0])
        expect(page.locator("html")).to_have_attribute("lang", marked)
        expect(page.locator(".kpi h2").first).to_have_text(say(language, "kpi.completion_rate"))
        expect(page).to_have_title(say(language, "page.overview"))


def test_a_switch_of_language_keeps_the_selection_and_is_remembered(page: Page, served: Served) -> None:
    address, _ = served
    screen = Screen(page).open(f"{address}/?group=T1&from=2&to=9")
    stamp = screen.stamp()
    page.locator("[data-switch=language]").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    screen.settled(";group=T1;")
    assert screen.stamp() == stamp
    expect(page.locator(".kpi h2").first).to_have_text(say("en", "kpi.completion_rate"))
    screen.open(address)
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_a_switch_of_theme_keeps_the_selection_and_is_remembered(page: Page, served: Served) -> None:
    address, _ = served
    screen = Screen(page).open(f"{address}/?group=C1")
    stamp, shown = screen.stamp(), screen.kpis()
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.locator("[data-switch=theme]").click()
    expect(page.locator("body")).not_to_have_css("background-color", light)
    screen.settled(";group=C1;")
    assert (screen.stamp(), screen.kpis()) == (stamp, shown)
    expect(page.locator("body")).to_have_css("background-color", _rgb(COLOURS["dark"]["page"]))
    expect(page.locator("[data-view=lineup]")).to_have_css("background-color", _rgb(COLOURS["dark"]["card"]))
    screen.open(address)
    expect(page.locator("body")).to_have_css("background-color", _rgb(COLOURS["dark"]["page"]))


def test_a_language_in_the_address_is_taken(page: Page, served: Served) -> None:
    Screen(page).open(f"{served[0]}/?language=en&theme=dark")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("body")).to_have_css("background-color", _rgb(COLOURS["dark"]["page"]))
    expect(page.get_by_role("alert")).to_have_count(0)


@pytest.mark.parametrize(
    ("width", "locale"), [(390, "zh-CN"), (390, "en-GB"), (820, "en-GB"), (1440, "zh-CN"), (1920, "en-GB")]
)
def test_nothing_runs_over_the_edge(
    served: Served, new_context: Callable[..., BrowserContext], width: int, locale: str
) -> None:
    context = new_context(viewport={"width": width, "height": 900}, locale=locale)
    page = context.new_page()
    Screen(page).open(served[0])
    _fits(page)
    page.locator(".kpi .value").first.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    _fits(page)
    Screen(page, UNIT).open(f"{served[0]}/unit?unit=T1-1")
    _fits(page)


def test_on_a_phone_the_filters_open_and_close(served: Served, new_context: Callable[..., BrowserContext]) -> None:
    page = new_context(viewport={"width": 390, "height": 800}).new_page()
    screen = Screen(page).open(served[0])
    expect(screen.chip("T1")).to_be_hidden()
    page.locator(".menu").click()
    screen.chip("T1").click()
    screen.settled(";group=T1;")
    page.keyboard.press("Escape")
    expect(screen.chip("T1")).to_be_hidden()


def _fits(page: Page) -> None:
    wide, shown = page.evaluate("[document.scrollingElement.scrollWidth, document.scrollingElement.clientWidth]")
    assert wide <= shown


def _rgb(colour: str) -> str:
    return f"rgb({', '.join(str(int(colour[at : at + 2], 16)) for at in (1, 3, 5))})"
