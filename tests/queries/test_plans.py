"""The groups' own work plans: one row per plan, and none is not a plan of no items."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import given
import polars as pl
import pytest

from queries import Selection, open_source
from queries.exceptions import SelectionError
from queries.plans import plans

KNOWN_ON = date(2014, 4, 13)
T1 = {"group_id": "T1"}


EVERYTHING = Selection()


def found(selection: Selection = EVERYTHING, **tables: list[dict[str, Any]]) -> list[dict[str, Any]]:
    county = given.tables({"T1": {"U1": "township"}, "C1": {"U2": "county_department"}}, tables)
    return plans(given.source(county, KNOWN_ON), selection).to_dicts()


def plan(no: int = 1, **more: Any) -> dict[str, Any]:
    return T1 | {"plan_no": no, "adopted_on": date(2014, 3, 12), "contacted_units_first": True} | more


def item(no: int, aspect: str = "content", **more: Any) -> dict[str, Any]:
    return T1 | {"item_no": no, "aspect": aspect, "status": "planned"} | more


def test_a_group_without_a_plan_has_a_row_with_nothing_in_it() -> None:
    rows = found()
    assert [row["group_id"] for row in rows] == ["T1", "C1"]
    assert {value for row in rows for name, value in row.items() if name != "group_id"} == {None}


def test_a_plan_tells_its_day_its_items_and_aspects() -> None:
    items = [item(1), item(2, "timetable", status="dropped"), item(3, "timetable")]
    row = found(group_plans=[plan()], group_plan_items=items)[0]
    assert row == plan() | {"count_items": 3, "count_aspects": 2}


def test_a_plan_of_no_items_is_a_plan() -> None:
    assert found(group_plans=[plan()])[0]["count_items"] == 0


def test_an_item_or_a_plan_withdrawn_is_none() -> None:
    assert found(group_plans=[plan()], group_plan_items=[item(1, is_void=True)])[0]["count_items"] == 0
    assert found(group_plans=[plan(is_void=True)])[0]["plan_no"] is None


def test_a_plan_counts_from_the_day_it_was_adopted() -> None:
    row = plan(adopted_on=date(2014, 3, 20), reported_at=datetime(2014, 3, 21))
    assert found(Selection(events_until=date(2014, 3, 19)), group_plans=[row])[0]["plan_no"] is None
    assert found(Selection(events_until=date(2014, 3, 20)), group_plans=[row])[0]["plan_no"] == 1
    assert found(Selection(period=(1, 1)), group_plans=[row])[0]["plan_no"] is None


def test_each_plan_of_a_group_has_its_own_row_with_its_own_items() -> None:
    items = [item(1), item(1, plan_no=2), item(2, plan_no=2)]
    rows = found(Selection(groups=("T1",)), group_plans=[plan(2), plan()], group_plan_items=items)
    assert [(row["plan_no"], row["count_items"]) for row in rows] == [(1, 1), (2, 2)]


def test_of_the_demonstration_county_t2_planned_first_and_c5_has_109_items(demo_data: Path) -> None:
    frame = plans(open_source(demo_data), Selection())
    first = frame.filter(pl.col("adopted_on") == pl.col("adopted_on").min())
    assert first["group_id"].to_list() == ["T2"]
    assert frame.filter(pl.col("group_id") == "C5").select("count_items", "count_aspects").row(0) == (109, 3)
    assert frame["group_id"].n_unique() == frame.height == 10


def test_an_unknown_group_is_refused(demo_data: Path) -> None:
    with pytest.raises(SelectionError):
        plans(open_source(demo_data), Selection(groups=("T9",)))
