"""Every view shows every selection, in both languages and themes, and says which one it shows."""

import re
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

import polars as pl
import pytest
from shown import VIEWS, html, patch, sheet

from dashboards.apps import PAGES
from dashboards.charts import FigureView
from dashboards.pages import Unit
from dashboards.pages.base import Page
from dashboards.store import Store, one
from dashboards.text import say
from dashboards.view import View
from dashboards.views.lineup import GroupRates
from dashboards.views.overview import Kpis
from dashboards.views.reporting import ReportingLag
from dashboards.views.units import Units
from dashboards.views.visits import Trend, VisitMap
from queries import indicator, rows, run

VOID = {"br", "img", "input", "hr", "meta", "link", "polyline"}


class Balance(HTMLParser):
    """Reads markup and keeps what was opened and not closed, and every attribute."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.stack: list[str] = []
        self.wrong: list[str] = []
        self.feed(html)
        self.close()
        self.wrong += self.stack

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.stack.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag that closes itself opens nothing."""

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if not self.stack or self.stack.pop() != tag:
            self.wrong.append(f"/{tag}")


def text(html: str) -> str:
    return re.sub(r"<[^>]+>", " ", html)


@pytest.mark.parametrize(("language", "theme"), [("en", "light"), ("zh", "dark")])
@pytest.mark.parametrize("kind", PAGES.values())
def test_every_view_of_every_page_shows_every_selection(
    kind: type[Page], store_of: Callable[..., Store], chosen: dict[str, Any], language: str, theme: str
) -> None:
    page = kind(store_of(language, theme, **chosen))
    said = sheet(page.main())
    assert said["selection"] == page.store.stamp
    for name, shown in said["views"].items():
        assert Balance(shown["html"]).wrong == [], name
        assert not re.search(r"\b(nan|None|null|inf)\b", text(shown["html"])), name
        assert "{" not in text(shown["html"]), name


@pytest.mark.parametrize("kind", [kind for kind in VIEWS if issubclass(kind, FigureView)])
def test_the_table_of_a_figure_comes_when_it_is_asked_for_and_says_what_the_figure_says(
    kind: type[FigureView], store_of: Callable[..., Store], chosen: dict[str, Any]
) -> None:
    view = kind(store_of(**chosen))
    assert "twin" not in view.shown()
    view.heard({"do": "table"})
    shown = view.shown()
    assert ("twin" in shown) == ("figure" in shown)
    if "twin" in shown:
        assert Balance(shown["twin"]).wrong == []
        assert shown["twin"].count("<tr>") > 1
        assert not re.search(r"\b(nan|None|null|inf)\b", text(shown["twin"]))


@pytest.mark.parametrize("kind", VIEWS)
def test_a_selection_without_any_unit_says_so_in_every_view(kind: type[View], store_of: Callable[..., Store]) -> None:
    shown = patch(kind(store_of(groups=["T1"], unit_types=["non_public_enterprise"])))
    assert "figure" not in shown
    assert text(shown["html"]).strip()


def test_a_view_that_was_empty_shows_again(store: Store) -> None:
    surface = GroupRates(store).__panel__()
    store.select(groups=["T1"], unit_types=["non_public_enterprise"])
    assert sheet(surface)["views"]["lineup"]["empty"]
    store.select(unit_types=[])
    assert not sheet(surface)["views"]["lineup"].get("empty")
    assert sheet(surface)["views"]["lineup"]["figure"]["columns"]["points"]["value"]


def test_the_line_up_goes_from_best_to_worst_and_a_tap_selects_the_row(store: Store) -> None:
    view = GroupRates(store)
    values = patch(view)["figure"]["columns"]["points"]["value"]
    assert values == sorted(values, reverse=True)
    expected = run("on_time_rate", store.source, store.selection, by=["group"])
    expected = expected.sort("value", "denominator", descending=True)
    view.heard({"tap": [0.5, 0.2]})
    assert store.groups == [expected["group_id"][0]]
    view.heard({"tap": [0.5, 0.2]})
    assert store.groups == []


@pytest.mark.parametrize("kind", [GroupRates, VisitMap])
def test_a_tap_beside_the_rows_does_nothing(kind: type[View], store: Store) -> None:
    view = kind(store)
    patch(view)
    for y in (-3.0, 99.0):
        view.heard({"tap": [1.0, y]})
    assert store.groups == []


def test_a_tap_before_the_first_paint_does_nothing(store: Store) -> None:
    VisitMap(store).heard({"tap": [1.0, 0.0]})
    GroupRates(store).heard({"tap": [1.0, 0.0]})
    assert store.groups == []


def test_groups_behind_are_named_in_words_and_not_by_colour_alone(store: Store) -> None:
    figure = patch(GroupRates(store))["figure"]
    red = [colour == store.look.colours["bad"] for colour in figure["columns"]["points"]["color"]]
    assert any(red)
    assert [("below" in label) for label in figure["right_ticks"]["labels"]] == red


def test_the_map_of_visits_has_one_cell_per_group_and_full_week_and_tells_silence_from_lateness(store: Store) -> None:
    expected = run("weekly_coverage", store.source, store.selection, by=["group", "week"])
    expected = expected.filter(pl.col("denominator") > 0)
    columns = patch(VisitMap(store))["figure"]["columns"]
    assert sum(len(columns[kind]["left"]) for kind in ("cells", "silent", "open")) == expected.height
    nobody = expected.filter(pl.col("numerator") == 0).group_by("maturity").len().rows()
    assert {"mature": len(columns["silent"]["left"]), "immature": len(columns["open"]["left"])} == dict(nobody)


def test_a_week_of_silence_that_may_still_be_reported_is_not_called_visited(store_of: Callable[..., Store]) -> None:
    store = store_of(groups=["C3"], period=(29, 29))
    assert run("weekly_coverage", store.source, store.selection)["numerator"].to_list() == [0]
    assert say("en", "visits.every") not in html(VisitMap(store))


def test_the_trend_hatches_the_immature_weeks_and_no_other(store: Store) -> None:
    weeks = run("weekly_coverage", store.source, store.selection, by=["week"]).filter(pl.col("denominator") > 0)
    immature = weeks.filter(pl.col("maturity") == "immature")["week"].to_list()
    columns = patch(Trend(store))["figure"]["columns"]
    assert columns["hatch"]["left"] == [week - 0.5 for week in immature]
    assert columns["lines"]["xs"] == [weeks["week"].to_list()]


def test_the_bars_of_the_reporting_lag_fill_the_whole_of_each_type(store: Store) -> None:
    bars = patch(ReportingLag(store))["figure"]["columns"]["bars"]
    assert max(bars["right"]) == pytest.approx(1)
    assert sum(right - left for left, right in zip(bars["left"], bars["right"], strict=True)) == pytest.approx(
        len(set(bars["top"]))
    )


def test_every_unit_has_its_row_and_its_page(store: Store) -> None:
    assert html(Units(store)).count('href="unit?unit=') == store.every_unit().height == 103


def test_a_link_to_a_unit_keeps_the_selection(store_of: Callable[..., Store]) -> None:
    linked = html(Units(store_of(groups=["T1"], period=(2, 5))))
    assert 'group=T1&amp;from=2&amp;to=5"' in linked


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_unit_s_page_shows_every_unit(store_of: Callable[..., Store], language: str) -> None:
    page = Unit(store_of(language))
    surface = page.main()
    for row in page.store.every_unit().iter_rows(named=True):
        page.store.unit = row["unit_id"]
        patches = {name: shown["html"] for name, shown in sheet(surface)["views"].items()}
        assert row[f"name_{language}"] in patches["facts"]
        assert not re.search(r"\b(nan|None|null)\b", text(" ".join(patches.values())))


def test_a_unit_s_figures_are_those_of_the_unit(store: Store) -> None:
    unit = store.every_unit()["unit_id"][0]
    page = Unit(store, unit=unit)
    answer = run("completion_rate", store.source, store.selection, by=["unit"]).filter(pl.col("unit_id") == unit)
    actions = next(view for view in page.views if view.view == "actions")
    assert html(actions).count("<tr>") - 1 == answer["denominator"][0]


def test_without_a_unit_its_page_offers_them_all(store: Store) -> None:
    page = Unit(store)
    facts = next(view for view in page.views if view.view == "facts")
    assert html(facts).count("<li>") == 103


def test_each_kpi_is_the_number_of_its_rows(store_of: Callable[..., Store], chosen: dict[str, Any]) -> None:
    store = store_of(**chosen)
    for name, answer in Kpis(store).answer().items():
        counted = rows(name, store.source, store.selection)
        assert counted["numerator"].sum() == answer["now"]["numerator"], name
        if indicator(name).unit == "share":
            assert counted["denominator"].sum() == answer["now"]["denominator"], name
        assert answer["now"] == one(run(name, store.source, store.selection))
