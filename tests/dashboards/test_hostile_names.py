"""No name in the data ever becomes markup, whatever view shows it."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import hostile
import polars as pl
import pytest
from shown import html, sheet

from dashboards.address import read
from dashboards.apps import PAGES
from dashboards.desk import Desk, Work
from dashboards.pages import Overview, Refresh, Unit
from dashboards.pages.base import Page
from dashboards.sources import Sources
from dashboards.store import Store
from dashboards.theme import Look
from dashboards.views.frame import Filters
from data.checking import Finding
from data.difference import DIFFERENCE
from data.publishing import rollback
from data.rules import RULES
from data.snapshots import Snapshot
from queries import indicators, moves

OURS = {
    *("article", "aside", "a", "b", "br", "button", "code", "dd", "details", "div", "dl", "dt", "footer", "form", "h1"),
    *(
        "h2",
        "h3",
        "header",
        "i",
        "input",
        "label",
        "li",
        "nav",
        "p",
        "polyline",
        "pre",
        "section",
        "small",
        "span",
        "summary",
    ),
    *("svg", "table", "tbody", "td", "th", "thead", "tr", "ul"),
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


@pytest.mark.parametrize("kind", PAGES.values())
def test_every_page(store: Store, kind: type[Page]) -> None:
    for view in kind(store).views:
        view.heard({"do": "table"})
        shown = view.shown()
        check(shown["html"] + shown.get("twin", ""))


@pytest.mark.parametrize("kind", PAGES.values())
def test_every_page_of_the_hostile_group(store: Store, kind: type[Page]) -> None:
    store.groups = [hostile.GROUP]
    for view in kind(store).views:
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


@pytest.fixture(scope="module")
def hostile_desk(demo_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A desk in whose every text somebody has tried to run something."""
    folder = tmp_path_factory.mktemp("hostile")
    data = hostile.publish_hostile(demo_data, folder / "data")
    inbox = folder / f"inbox {hostile.PAYLOADS[0].replace('/', '')}"
    inbox.mkdir()
    for payload in hostile.PAYLOADS:
        (inbox / f"{payload.replace('/', '')}.xlsx").write_bytes(b"")
    desk = Desk(inbox, Sources(data), lambda: None)
    desk.look(date(2014, 10, 5))
    desk.wait()
    found = desk.work.found
    assert found is not None
    assert found.is_refused
    first, newest = Snapshot.list(data)
    rollback(data, first.id, hostile.PAYLOADS[0])
    assert newest.id not in [one.id for one in Snapshot.list(data)]
    return desk


def hostile_frame(schema: pl.Schema, **given: str) -> pl.DataFrame:
    """One row per payload, which stands in every column of text."""
    rows = [
        {name: given.get(name, payload if dtype == pl.String else None) for name, dtype in schema.items()}
        for payload in hostile.PAYLOADS
    ]
    return pl.DataFrame(rows, schema=schema)


def hostile_works(desk: Desk) -> Iterator[Work]:
    """The desk's work as it may stand: refused, warned, published, failed, under way."""
    found, moved = desk.work.found, None
    assert found is not None
    failures = hostile_frame(pl.Schema(found.failures.schema))
    warning = next(rule for rule in RULES if rule.severity == "warning")
    calm = replace(
        found,
        failures=failures.clear(),
        warnings=(Finding(warning, failures.with_columns(is_new=pl.lit(True)), hostile.PAYLOADS[0]),),
        differences=pl.concat(
            hostile_frame(DIFFERENCE, kind=kind, table="visits", column="unit_id") for kind in ("restated", "new")
        ),
        silent=hostile_frame(pl.Schema(found.silent.schema)),
        former=Snapshot.newest(desk.sources.folder),
    )
    source = desk.sources.newest()
    moved = moves(source, source)
    unknown = hostile_frame(pl.Schema(failures.schema))
    work = replace(desk.work, moved=moved)
    payload = hostile.PAYLOADS[0]
    yield replace(work, found=replace(found, failures=unknown, warnings=calm.warnings))
    yield replace(work, found=calm, signed={warning.code: payload})
    yield replace(work, found=calm, signed={warning.code: payload}, published=payload)
    yield replace(work, failed="publish", fault=payload)
    yield replace(work, doing="look", what=payload, done=1, total=3)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_refresh_page_however_its_work_stands(hostile_desk: Desk, language: str) -> None:
    store = Store(hostile_desk.sources, Look(language))
    page, before = Refresh(store, hostile_desk), hostile_desk.work
    try:
        for work in [before, *hostile_works(hostile_desk)]:
            hostile_desk.work = work
            for view in [*page.views, page.stamp]:
                check(html(view))
            assert "&lt;img src=x onerror" in html(page.views[4]) + html(page.views[2])
    finally:
        hostile_desk.work = before


def test_the_form_that_rolls_back_carries_the_snapshot_that_is_meant(hostile_desk: Desk) -> None:
    page = Refresh(Store(hostile_desk.sources, Look("en")), hostile_desk)
    ledger = next(view for view in page.views if view.view == "ledger")
    told = [json.loads(value) for name, value in Tags(html(ledger)).attributes if name == "data-submit" and value]
    assert [each["to"] for each in told] == [held.id for held in hostile_desk.history() if not held.is_served]


def test_a_notice_of_a_hostile_link(store: Store) -> None:
    page = Overview(store)
    for payload in hostile.PAYLOADS:
        store.follow(f"group={payload}&type={payload}&known_on={payload}&unit={payload}&{payload}=1")
        check(html(page.views[1]))


def test_what_a_click_tells_is_what_the_view_meant(store: Store) -> None:
    units = html(next(view for view in Overview(store).views if view.view == "units"))
    told = [value for name, value in Tags(units).attributes if name == "data-group"]
    assert hostile.GROUP in told


def test_the_filters_offer_the_group_under_its_own_name(store: Store) -> None:
    chips = Filters(store).__panel__()[0][1]
    assert hostile.GROUP in chips.options
