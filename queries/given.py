"""Given: hand-written rows made into a small county; only what matters is written, the rest gets valid defaults."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any, Final

import polars as pl

from data.schemas import TABLES, Column, columns, polars_schema
from queries.exceptions import CaseError, suggestion
from queries.source import Source

LAUNCHED_ON: Final = date(2014, 3, 10)
DEFAULTS: Final[dict[str, dict[str, Any]]] = {
    "action_catalogue": {"mandatory": True, "applies_to": ["*"], "min_count": 1, "weight": 1.0},
    "action_content_checks": {"instance_no": 1},
    "action_content_items": {"required": True},
    "action_due": {"instance_no": 1, "waived": False},
    "action_precedence": {"same_day_ok": True},
    "action_records": {"instance_no": 1},
    "action_reviews": {"instance_no": 1},
    "visits": {"mode": "on_site", "interview_count": 0},
    "report_schedule": {"reporter_kind": "group", "report_kind": "weekly"},
    "group_plan_items": {"plan_no": 1},
    "group_plans": {"plan_no": 1},
    "report_filings": {"returned": False, "accepted_at": datetime(2014, 12, 31)},
    "matter_results": {"verified": True},
    "appraisal_rules": {"role_factor_support": 0.5},
    "appraisal_scores": {"base": 80.0, "coursework_weight": 0.3, "rankable": True},
}
Rows = Sequence[Mapping[str, Any]]


def frame(table: str, rows: Rows) -> pl.DataFrame:
    """Give a table with these rows, every column filled and in the schema's type; CaseError for an unknown column."""
    if table not in TABLES:
        raise CaseError(f"there is no table {table!r}.{suggestion(table, TABLES)}")
    specified = columns(table)
    known = [column.name for column in specified]
    for unknown in (name for row in rows for name in row if name not in known):
        raise CaseError(f"table {table} has no column {unknown!r}.{suggestion(unknown, known)}")
    filled = [{column.name: _value(table, column, row) for column in specified} for row in rows]
    return pl.DataFrame(filled, schema=polars_schema(table))


def tables(groups: Mapping[str, Mapping[str, str]], given: Mapping[str, Rows]) -> dict[str, list[dict[str, Any]]]:
    """Give the rows of a small county: the units of each group with their type, and what else is given."""
    county: dict[str, list[dict[str, Any]]] = {
        "campaign": [{"launched_on": LAUNCHED_ON}],
        "supervision_groups": [{"group_id": group, "display_order": no} for no, group in enumerate(groups)],
        "units": [{"unit_id": unit, "unit_type": kind} for units in groups.values() for unit, kind in units.items()],
        "unit_assignments": [{"unit_id": unit, "group_id": group} for group, units in groups.items() for unit in units],
    }
    return {**county, **{table: [dict(row) for row in rows] for table, rows in given.items()}}


def frames(county: Mapping[str, Rows]) -> dict[str, pl.DataFrame]:
    """Give every table's frame."""
    return {table: frame(table, rows) for table, rows in county.items()}


def source(county: Mapping[str, Rows], known_on: date, later: Source | None = None) -> Source:
    """Open a small county as a source."""
    return Source.from_frames(frames(county), known_on, later=later)


def _value(table: str, column: Column, row: Mapping[str, Any]) -> Any:
    name = column.name
    if name in row:
        value = row[name]
        is_day = isinstance(value, date) and not isinstance(value, datetime)
        return datetime.combine(value, time(12)) if is_day and column.dtype == pl.Datetime("us") else value
    if name in DEFAULTS.get(table, {}):
        return DEFAULTS[table][name]
    if name == "reported_at":
        return datetime.combine(_event_day(row), time(18))
    if name == "revision":
        return 1
    return None if column.nullable else _filler(column)


def _event_day(row: Mapping[str, Any]) -> date:
    """Reported on the day it happened, unless the row says otherwise."""
    days = [row[name] for name in ("done_on", "visited_on", "held_on", "found_on") if row.get(name)]
    return days[0] if days else LAUNCHED_ON


def _filler(column: Column) -> Any:
    if column.values:
        return column.values[0]
    if column.dtype == pl.Date:
        return LAUNCHED_ON
    if isinstance(column.dtype, pl.Datetime):
        return datetime.combine(LAUNCHED_ON, time(8))
    if column.dtype == pl.Boolean:
        return False
    if column.dtype.is_numeric():
        return 0
    return [] if isinstance(column.dtype, pl.List) else f"{column.name}"
