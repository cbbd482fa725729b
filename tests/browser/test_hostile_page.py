"""Hostile names on every place that shows them: nothing of them ever runs."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import hostile
import pytest
from playwright.sync_api import Page, expect
from screen import REFRESH, UNIT, Screen, names
from serving import serving

from dashboards.apps import PAGES
from data.publishing import rollback
from data.schemas.senders import sent_columns
from data.snapshots import Snapshot
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


@pytest.mark.parametrize("route", [route for route in PAGES if route != "/"])
def test_every_other_page_its_tables_and_the_hostile_group(page: Page, address: str, route: str) -> None:
    kind = PAGES[route]
    screen = Screen(page, names(kind)).open(f"{address}{route}?language=en")
    harmless(page)
    for opener in page.locator("[data-act=table]").all():
        opener.click()
    for frame in page.locator(".figure:visible").all():
        frame.scroll_into_view_if_needed()
        box = frame.bounding_box()
        assert box is not None
        for step in range(4, 100, 12):
            page.mouse.move(box["x"] + box["width"] * step / 100, box["y"] + box["height"] * step / 100)
    harmless(page)
    if kind.of_units:
        screen.chip(hostile.GROUP).click()
        screen.settled(f"group={hostile.GROUP};".replace('"', '\\"'))
        harmless(page)


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


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_refresh_page_its_inbox_its_faults_and_its_ledger(
    page: Page, demo_data: Path, tmp_path: Path, language: str
) -> None:
    data = hostile.publish_hostile(demo_data, tmp_path / "data")
    rollback(data, Snapshot.list(data)[0].id, hostile.PAYLOADS[0])
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for payload in hostile.PAYLOADS:
        (inbox / f"{payload.replace('/', '')}.xlsx").write_bytes(b"")
    (inbox / "C1").mkdir()
    header = ",".join(column.name for column in sent_columns("visits"))
    cells = ",".join(f'"{hostile.PAYLOADS[1]}"' for _ in sent_columns("visits"))
    (inbox / "C1" / "visits.csv").write_text(f"{header}\n{cells}\n", encoding="utf-8")
    with serving(data, "--role", "steward", "--inbox", str(inbox), "--language", language) as served:
        screen = Screen(page, REFRESH).open(f"{served}/refresh?language={language}")
        harmless(page)
        page.locator("[data-press=look]").click()
        expect(page.locator("[data-view=gate] .rule").first).to_be_visible(timeout=60_000)
        expect(page.locator("[data-view=gate]")).to_contain_text("<svg")
        for summary in page.locator("summary").all():
            summary.click()
        harmless(page)
        page.locator("[data-view=ledger] input").first.fill(hostile.PAYLOADS[2])
        page.locator("[data-view=ledger] form button").first.click()
        expect(page.locator("[data-view=banner]")).not_to_be_empty()
        harmless(page)
        screen.settled()


def test_a_link_made_of_payloads(page: Page, address: str) -> None:
    pairs = [(name, payload) for payload in hostile.PAYLOADS for name in ("group", "type", "known_on", payload)]
    Screen(page).open(f"{address}/?{urlencode(pairs)}")
    expect(page.locator("[data-view=notices]").get_by_role("alert")).to_be_visible()
    harmless(page)
