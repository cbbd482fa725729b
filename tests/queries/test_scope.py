"""A source holds the rows of its scope and not one row more, in any table."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import given
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from data.schemas import TABLES, columns
from data.snapshots import Snapshot
from queries import Scope, Selection, Source, indicators, run
from queries.exceptions import ScopeError

KNOWN_ON = date(2014, 4, 13)
COUNTY = {"T1": {"U1": "township", "U2": "township"}, "T2": {"U3": "township"}}
OWNERS = {"U1": ("U1", "T1"), "U2": ("U2", "T1"), "U3": ("U3", "T2")}


def of(owner: str, column: str) -> Any:
    """A value of a row that belongs to a unit: keys and texts carry the unit's name, so that they can be found."""
    unit, group = OWNERS[owner]
    references = {"units.unit_id": unit, "supervision_groups.group_id": group}
    return references.get(column, f"canary-{owner}")


def canary_rows(table: str) -> list[dict[str, Any]]:
    """One row per unit: every open text marked with the unit, every reference to the unit's own rows."""
    if table == "report_schedule":
        return [
            {"report_due_id": f"canary-{owner}", "reporter_kind": "unit", "reporter_id": owner} for owner in OWNERS
        ] + [
            {"report_due_id": f"canary-{unit}-group", "reporter_kind": "group", "reporter_id": group}
            for unit, group in (("U1", "T1"), ("U3", "T2"))
        ]
    found = []
    for owner in OWNERS:
        row: dict[str, Any] = {}
        for column in columns(table):
            if column.references is not None and not column.references.startswith(("action_", "stages", "appraisal_")):
                row[column.name] = of(owner, column.references)
            elif column.dtype == pl.String and column.values is None:
                row[column.name] = f"canary-{owner}"
        found.append(row)
    return found


@pytest.fixture(scope="module")
def county() -> dict[str, pl.DataFrame]:
    rows: dict[str, Any] = given.tables(COUNTY, {})
    for unit in rows["units"]:
        unit |= {"name_zh": f"canary-{unit['unit_id']}", "name_en": f"canary-{unit['unit_id']}"}
    for group in rows["supervision_groups"]:
        group |= {"name_zh": f"canary-{group['group_id']}"}
    county_wide = {"bulletins", "joint_conferences", "matter_due_rules", "work_calendar", "stages"}
    county_wide |= {"action_catalogue", "action_precedence", "action_content_items", "appraisal_rules"}
    for table in TABLES:
        if table not in rows and table not in county_wide:
            rows[table] = canary_rows(table)
    return given.frames(rows)


def seen(source: Source) -> str:
    """Everything a source holds, as one text."""
    return "\n".join(str(source.table(table).rows()) for table in source.tables())


@pytest.mark.parametrize(
    ("scope", "own", "foreign"),
    [
        (Scope.of_groups("T1"), ("canary-U1", "canary-U2", "canary-T1", "canary-U1-group"), ("U3", "T2")),
        (Scope.of_groups("T2"), ("canary-U3", "canary-T2", "canary-U3-group"), ("U1", "U2", "T1")),
        (Scope.of_units("U2"), ("canary-U2",), ("U1", "U3", "T2")),
    ],
)
def test_a_scope_holds_its_own_and_no_foreign_canary(
    county: dict[str, pl.DataFrame], scope: Scope, own: tuple[str, ...], foreign: tuple[str, ...]
) -> None:
    later = Source.from_frames(county, date(2014, 4, 20))
    held = seen(Source.from_frames(county, KNOWN_ON, later=later, scope=scope))
    for canary in own:
        assert canary in held
    for stranger in foreign:
        assert f"'{stranger}'" not in held
        assert f"canary-{stranger}" not in held


def test_every_table_with_canaries_reaches_its_owner(county: dict[str, pl.DataFrame]) -> None:
    own = Source.from_frames(county, KNOWN_ON, scope=Scope.of_groups("T1"))
    for table, frame in county.items():
        if frame.height == 3:
            assert own.table(table).height == 2, table


def test_a_unit_that_moved_is_seen_by_a_group_only_while_it_was_its_own() -> None:
    rows = given.tables({"T1": {"U1": "township"}, "T2": {"U2": "township"}}, {})
    rows["unit_assignments"] = [
        {"unit_id": "U1", "group_id": "T1", "valid_to": date(2014, 3, 23)},
        {"unit_id": "U1", "group_id": "T2", "valid_from": date(2014, 3, 24)},
        {"unit_id": "U2", "group_id": "T2"},
    ]
    rows["visits"] = [
        {"visit_id": "V1", "unit_id": "U1", "group_id": "T1", "visited_on": date(2014, 3, 20)},
        {"visit_id": "V2", "unit_id": "U1", "group_id": "T2", "visited_on": date(2014, 3, 27)},
    ]
    source = Source.from_frames(given.frames(rows), KNOWN_ON, scope=Scope.of_groups("T1"))
    assert source.table("visits")["visit_id"].to_list() == ["V1"]
    assert run("visits_per_unit", source, Selection(), ["group", "week"])["week"].to_list() == [1, 2]


def test_an_office_of_no_unit_is_named_everywhere_and_its_matters_nowhere() -> None:
    rows = given.tables({"T1": {"U1": "township"}}, {})
    rows["bodies"] = [{"body_id": "office"}, {"body_id": "own", "unit_id": "U1"}]
    rows["matters"] = [
        {"matter_id": "M1", "lead_body_id": "office"},
        {"matter_id": "M2", "lead_body_id": "own"},
        {"matter_id": "M3", "lead_body_id": "office"},
    ]
    rows["matter_bodies"] = [{"matter_id": "M3", "body_id": "own"}, {"matter_id": "M1", "body_id": "office"}]
    rows["matter_events"] = [
        {"matter_id": "M1", "event_no": 1, "to_body_id": "own"},
        {"matter_id": "M3", "event_no": 1, "to_body_id": "office"},
    ]
    source = Source.from_frames(given.frames(rows), KNOWN_ON, scope=Scope.of_groups("T1"))
    assert source.table("bodies")["body_id"].sort().to_list() == ["office", "own"]
    assert source.table("matters")["matter_id"].sort().to_list() == ["M2", "M3"]
    assert source.table("matter_bodies")["matter_id"].to_list() == ["M3"]
    assert source.table("matter_events")["matter_id"].to_list() == ["M3"]


def test_an_unknown_group_or_unit_is_refused(county: dict[str, pl.DataFrame]) -> None:
    with pytest.raises(ScopeError, match="unknown group 't1' in the scope"):
        Source.from_frames(county, KNOWN_ON, scope=Scope.of_groups("t1"))
    with pytest.raises(ScopeError, match="unknown unit 'U9'"):
        Source.from_frames(county, KNOWN_ON, scope=Scope.of_units("U1", "U9"))


@pytest.mark.parametrize("group", ["T1", "C6"])
def test_a_scopes_figures_are_the_countys_figures_of_that_group(demo_data: Path, group: str) -> None:
    snapshot = Snapshot.at(demo_data, KNOWN_ON)
    newest = Snapshot.newest(demo_data)
    county = Source.open(snapshot, later=newest)
    own = Source.open(snapshot, scope=Scope.of_groups(group), later=newest)
    assert own.extent.groups == (group,)
    for name in indicators():
        by = given.askable(name, ("group", "unit_type", "week"))
        everywhere = run(name, county, Selection(groups=(group,)), by)
        assert_frame_equal(run(name, own, Selection(groups=(group,)), by), everywhere)


def test_the_canaries_would_be_found(county: dict[str, pl.DataFrame]) -> None:
    held = seen(Source.from_frames(county, KNOWN_ON))
    assert all(f"canary-{owner}" in held for owner in OWNERS)
    assert isinstance(county["visits"]["reported_at"][0], datetime)
