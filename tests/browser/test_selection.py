"""Every view shows one and the same selection, and the address reproduces it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from screen import UNIT, Screen

from dashboards.formats import measure
from dashboards.store import Store, one
from queries import indicator
from queries.moves import HEADLINE

Served = tuple[str, Path]


def figures(store: Store) -> list[str]:
    return [measure(one(store.ask(name))["value"], indicator(name).unit) for name in HEADLINE]


def test_the_first_paint_shows_everything_of_the_newest_snapshot(page: Page, served: Served) -> None:
    address, data = served
    store = Store(data)
    screen = Screen(page).open(address)
    assert screen.stamp() == store.stamp
    assert screen.kpis() == figures(store)
    assert page.url.rstrip("/") == address


def test_a_link_paints_its_selection_first(page: Page, served: Served) -> None:
    address, data = served
    query = "group=T1,C2&type=township,county_department&from=2&to=9&known_on=2014-06-01&events_until=2014-05-25"
    screen = Screen(page).open(f"{address}/?{query}")
    store = Store(data)
    store.follow(query)
    assert screen.stamp() == store.stamp
    assert screen.kpis() == figures(store)
    expect(page.get_by_role("alert")).to_have_count(0)


def test_a_change_reaches_every_view_and_the_address_and_survives_reload_and_another_window(
    page: Page, served: Served, new_context: Callable[..., BrowserContext]
) -> None:
    address, data = served
    screen = Screen(page).open(address)
    screen.chip("C1").click()
    screen.settled(";group=C1;")
    screen.chip("T1").click()
    screen.settled(";group=T1,C1;")
    expect(page).to_have_url(f"{address}/?group=T1,C1")
    stamp, shown = screen.stamp(), screen.kpis()
    assert shown == figures(Store(data, groups=["T1", "C1"]))
    page.reload()
    screen.settled(";group=T1,C1;")
    assert (screen.stamp(), screen.kpis()) == (stamp, shown)
    other = Screen(new_context(locale="en-GB").new_page()).open(page.url)
    assert (other.stamp(), other.kpis()) == (stamp, shown)


def test_another_snapshot_and_another_day_from_the_filters(page: Page, served: Served) -> None:
    address, _ = served
    screen = Screen(page).open(address)
    known_on, events_until = page.locator(".filters select").all()
    known_on.select_option(index=5)
    screen.settled("known_on=2014-08-24;events_until=2014-08-24;")
    events_until.select_option(index=3)
    screen.settled("known_on=2014-08-24;events_until=2014-08-03;")
    expect(page).to_have_url(f"{address}/?known_on=2014-08-24&events_until=2014-08-03")
    assert len({screen.part("snapshot")}) == 1
    known_on.select_option(index=0)
    screen.settled("known_on=2014-09-28;")


def test_back_and_forward_go_through_the_selections(page: Page, served: Served) -> None:
    screen = Screen(page).open(served[0])
    first = screen.kpis()
    screen.chip("T2").click()
    screen.settled(";group=T2;")
    second = screen.kpis()
    screen.chip("C3").click()
    screen.settled(";group=T2,C3;")
    page.go_back()
    screen.settled(";group=T2;")
    assert screen.kpis() == second
    page.go_back()
    screen.settled(";group=;")
    assert screen.kpis() == first
    page.go_forward()
    screen.settled(";group=T2;")
    assert screen.kpis() == second
    expect(page).to_have_url(f"{served[0]}/?group=T2")


def test_twenty_fast_clicks_end_in_one_selection(page: Page, served: Served) -> None:
    address, data = served
    screen = Screen(page).open(address)
    for click in range(20):
        screen.chip(("T1", "T2", "C1", "C4")[click % 4]).click(no_wait_after=True)
    screen.settled(";group=T1,T2,C1,C4;")
    assert screen.kpis() == figures(Store(data, groups=["T1", "T2", "C1", "C4"]))
    expect(page).to_have_url(f"{address}/?group=T1,T2,C1,C4")
    pressed = page.locator(".chips button.bk-active").all_inner_texts()
    assert pressed == ["T1", "T2", "C1", "C4"]


def test_a_change_patches_the_figures_and_keeps_every_canvas(page: Page, served: Served) -> None:
    screen = Screen(page).open(served[0])
    screen.all_drawn()
    before = screen.figures()
    assert before
    page.evaluate("nodes => { window.__before = nodes }", before)
    screen.chip("T1").click()
    screen.settled(";group=T1;")
    after = screen.figures()
    assert page.evaluate("nodes => nodes.every((node, at) => node === window.__before[at])", after)
    assert len(before) == len(after)


def test_the_slider_changes_the_period_by_keys(page: Page, served: Served) -> None:
    screen = Screen(page).open(served[0])
    page.locator(".noUi-handle-upper").focus()
    page.keyboard.press("ArrowLeft")
    screen.settled(";weeks=1-28;")
    expect(page).to_have_url(f"{served[0]}/?from=1&to=28")


def test_a_unit_s_name_opens_its_page_with_the_selection_and_leads_back(page: Page, served: Served) -> None:
    address, data = served
    store = Store(data, groups=["T1"])
    row = next(row for row in store.every_unit().to_dicts() if row["group_id"] == "T1")
    Screen(page).open(f"{address}/?group=T1", ";group=T1;")
    page.locator("[data-view=units] a").filter(has_text=row["name_zh"]).first.click()
    screen = Screen(page, UNIT).settled()
    expect(page.locator("h1")).to_have_text(row["name_zh"])
    assert f"unit={row['unit_id']}" in page.url
    assert "group=T1" in page.url
    page.locator("[data-view=facts] nav a").click()
    Screen(page).settled(";group=T1;")
    assert screen.page.url == f"{address}/?group=T1"


BAD = {
    "an unknown group": ("group=T77", "T77"),
    "one unknown group of two": ("group=C1,T77", "T77"),
    "markup": ("group=%3Cimg%20src%3Dx%20onerror%3Dwindow.__xss%3D1%3E", "<img"),
    "bad UTF-8": ("group=%ff%fe", ""),
    "weeks that are not there": ("from=1&to=99", "99"),
    "too long": ("group=" + "a" * 5000, ""),
}


@pytest.mark.parametrize(("query", "said"), BAD.values(), ids=BAD)
def test_a_bad_link_says_so_and_shows_no_group_nobody_asked_for(
    page: Page, served: Served, query: str, said: str
) -> None:
    address, data = served
    screen = Screen(page).open(f"{address}/?{query}")
    alert = page.locator("[data-view=notices]").get_by_role("alert")
    expect(alert).to_be_visible()
    expect(alert).to_contain_text(said)
    store = Store(data)
    store.follow(query if "C1" in query else "")
    assert screen.stamp() == store.stamp
    assert screen.kpis() == figures(store)
    assert page.evaluate("window.__xss") is None
    alert.get_by_role("button").click()
    expect(alert).to_have_count(0)
