"""The same objects in a notebook: a page or a view alone, made from a data folder."""

import importlib
from pathlib import Path

import param
import pytest
from shown import html, sheet

import dashboards
from dashboards import Overview, Store
from dashboards.views.frame import Filters
from dashboards.views.lineup import GroupRates
from dashboards.views.units import Units
from queries.exceptions import SelectionError


def test_the_package_gives_every_name_it_offers_and_no_other() -> None:
    assert {"Overview", "Store", "Press", "Group"} <= set(dir(dashboards))
    rooms = [importlib.import_module(f"dashboards.{room}").__all__ for room in dashboards._ROOMS]
    assert len(dir(dashboards)) == len(dashboards._LIGHT) + sum(map(len, rooms)), "no name is offered twice"
    assert all(getattr(dashboards, name) is not None for name in dir(dashboards))
    with pytest.raises(AttributeError, match="Overveiw"):
        dashboards.Overveiw  # noqa: B018


def test_a_page_is_made_from_a_folder_and_a_selection(demo_data: Path) -> None:
    page = Overview(data=demo_data, groups=["T1"])
    assert page.selection.groups == ("T1",)
    assert page.store.ask("visits_per_unit", "unit").height < 103
    assert page.__panel__() is not None


def test_a_change_of_the_store_patches_every_view_where_it_is_shown(demo_data: Path) -> None:
    page = Overview(data=demo_data, groups=["T1"])
    surface = page.main()
    before = sheet(surface)
    page.store.groups = ["C1", "T1"]
    after = sheet(surface)
    assert after["selection"] == page.store.stamp
    assert "group=T1,C1" in page.store.stamp
    same = {name for name in after["views"] if after["views"][name] == before["views"][name]}
    assert {name for name in same if not name.startswith("section-")} <= {"banner", "notices", "why"}


def test_a_page_shown_twice_moves_in_both_places(demo_data: Path) -> None:
    view = GroupRates(data=demo_data)
    first, second = view.__panel__(), view.__panel__()
    view.store.groups = ["C1"]
    assert first.patch == second.patch
    assert "group=C1" in sheet(first)["selection"]


def test_a_view_alone_works(demo_data: Path) -> None:
    shown = sheet(GroupRates(data=demo_data, period=(1, 5)).__panel__())
    assert list(shown["views"]) == ["lineup"]
    assert shown["views"]["lineup"]["figure"]["columns"]["points"]["value"]


def test_views_share_a_store(demo_data: Path) -> None:
    store = Store(demo_data)
    surfaces = [GroupRates(store).__panel__(), Units(store).__panel__()]
    store.unit_types = ["township"]
    assert {sheet(surface)["selection"] for surface in surfaces} == {store.stamp}


def test_a_page_speaks_chinese_and_may_be_dark(demo_data: Path) -> None:
    page = Overview(data=demo_data, language="zh", theme="dark")
    assert "规定动作" in html(page.views[2])
    assert page.store.look.colours["card"] in page.main().stylesheets[0]


def test_an_unknown_group_is_refused_with_the_nearest_one(demo_data: Path) -> None:
    with pytest.raises(SelectionError, match="T1"):
        Overview(data=demo_data, groups=["T11"])


def test_the_filters_move_the_store_and_follow_it(demo_data: Path) -> None:
    store = Store(demo_data)
    groups, kinds, period, known_on, until = Filters(store).__panel__()
    groups[1].value = ["C2"]
    assert store.groups == ["C2"]
    store.select(groups=["T1"], unit_types=["township"], period=(2, 4))
    assert groups[1].value == ["T1"]
    assert kinds[1].value == ["township"]
    assert period.value == (2, 4)
    known_on.value = store.sources.snapshots()[4].known_on
    assert store.source.known_on == until.value == known_on.value
    assert period.end == store.param.period.bounds[1] == 5


def test_a_slider_in_motion_selects_only_when_it_is_let_go(demo_data: Path) -> None:
    store = Store(demo_data)
    period = Filters(store).__panel__()[2]
    period.value = (3, 9)
    assert store.period == store.param.period.bounds
    period.param.trigger("value_throttled")
    with param.edit_constant(period):
        period.value_throttled = (3, 9)
    assert store.period == (3, 9)
