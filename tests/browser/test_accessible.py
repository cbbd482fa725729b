"""No serious finding of axe-core on any page, in both themes and languages; everything can be reached by keyboard."""

from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page
from screen import Screen, names

from dashboards.apps import PAGES

Served = tuple[str, Path]
AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
GRAVE = {"serious", "critical"}


EVERY = [("en-GB", "light"), ("zh-CN", "dark")]
"""Both themes and both languages on every page; on the Overview each with each."""


@pytest.mark.parametrize(
    ("route", "locale", "theme"),
    [(route, *look) for route in PAGES for look in EVERY] + [("/", "en-GB", "dark"), ("/", "zh-CN", "light")],
)
def test_axe_finds_nothing_serious(
    served: Served, new_context: Callable[..., BrowserContext], route: str, locale: str, theme: str
) -> None:
    page = new_context(locale=locale).new_page()
    query = f"theme={theme}" + {"/unit": "&unit=U030", "/matter": "&matter=M005"}.get(route, "")
    Screen(page, names(PAGES[route])).open(f"{served[0]}{route}?{query}")
    assert page.locator("html").get_attribute("lang") == {"en-GB": "en", "zh-CN": "zh-Hans"}[locale]
    assert grave(page) == []


def test_axe_finds_nothing_serious_in_an_open_drawer_and_table(
    served: Served, new_context: Callable[..., BrowserContext]
) -> None:
    page = new_context(locale="en-GB").new_page()
    Screen(page).open(served[0])
    page.locator("[data-view=lineup] [data-act=table]").click()
    page.locator("[data-view=lineup] .twin table").wait_for()
    page.locator(".kpi .value").first.click()
    page.get_by_role("dialog").wait_for()
    assert grave(page) == []


def grave(page: Page) -> list[Any]:
    """The serious and critical findings: rule, how many places, the first of them."""
    page.evaluate(AXE)
    found = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")["violations"]
    return [
        (one["id"], len(one["nodes"]), one["nodes"][0]["html"][:200], one["nodes"][0].get("failureSummary", "")[:300])
        for one in found
        if one["impact"] in GRAVE
    ]
