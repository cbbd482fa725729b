"""No name in the data ever becomes markup, whatever view shows it."""

import json
from html.parser import HTMLParser
from typing import Any

import hostile
import pytest
from shown import html, sheet

from dashboards.address import read
from dashboards.pages import Overview, Unit
from dashboards.store import Store
from dashboards.theme import Look
from dashboards.views import Filters
from queries import indicators

OURS = {
    *("article", "aside", "a", "b", "button", "dd", "details", "div", "dl", "dt", "footer", "h1", "h2", "h3", "header"),
    *("i", "li", "nav", "p", "polyline", "pre", "section", "span", "summary", "svg", "table", "tbody", "td", "th"),
    *("thead", "tr", "ul"),
}


class Tags(HTMLParser):
    """Every tag and attribute of a piece of markup."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str | None]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += attrs


def check(markup: str) -> None:
    found = Tags(markup)
    assert found.tags <= OURS
    assert [name for name, _ in found.attributes if name.startswith("on") or name in ("src", "srcdoc")] == []
    assert [value for name, value in found.attributes if name == "href" and "javascript:" in (value or "")] == []


@pytest.fixture(params=["en", "zh"])
def store(request: pytest.FixtureRequest, hostile_sources: Any) -> Store:
    return Store(hostile_sources, Look(request.param))


def test_the_overview(store: Store) -> None:
    for view in Overview(store).views:
        check(html(view))


def test_the_overview_of_the_hostile_group(store: Store) -> None:
    store.groups = [hostile.GROUP]
    for view in Overview(store).views:
        check(html(view))
    assert read(store.query).groups == (hostile.GROUP,)


@pytest.mark.parametrize("name", indicators())
def test_the_drawer_of_every_indicator(store: Store, name: str) -> None:
    page = Overview(store)
    store.groups = [hostile.GROUP]
    store.why = name
    check(html(page.views[-1]))


def test_every_unit_s_page(store: Store) -> None:
    page = Unit(store)
    surface = page.main()
    for unit in store.every_unit()["unit_id"]:
        store.unit = unit
        for shown in sheet(surface)["views"].values():
            check(shown["html"])


def test_the_link_to_the_hostile_unit_leads_to_it(store: Store) -> None:
    link = store.link("unit", unit=hostile.UNIT)
    store.follow(link.partition("?")[2])
    assert store.unit == hostile.UNIT
    assert store.notices == []


def test_a_notice_of_a_hostile_link(store: Store) -> None:
    page = Overview(store)
    for payload in hostile.PAYLOADS:
        store.follow(f"group={payload}&type={payload}&known_on={payload}&unit={payload}&{payload}=1")
        check(html(page.views[1]))


def test_what_a_click_tells_is_what_the_view_meant(store: Store) -> None:
    units = html(next(view for view in Overview(store).views if view.view == "units"))
    told = [json.loads(value) for name, value in Tags(units).attributes if name == "data-do" and value]
    assert {"group": hostile.GROUP} in told


def test_the_filters_offer_the_group_under_its_own_name(store: Store) -> None:
    chips = Filters(store).__panel__()[0][1]
    assert hostile.GROUP in chips.options
