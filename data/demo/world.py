"""The whole demonstration county, every week of it, as tables of text ready to be written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from functools import cache
from typing import Final

import polars as pl

from data.demo import (
    appraisal,
    bodies,
    bulletins,
    content,
    inspections,
    matter_rows,
    plans,
    problems,
    records,
    reference,
    reports,
    reviews,
    visits,
)
from data.demo.rows import KNOWN_FROM, Row
from data.schemas import TABLES, columns

MAKERS: Final[dict[str, Callable[[], list[Row]]]] = {
    "campaign": reference.campaign,
    "work_calendar": reference.work_calendar,
    "stages": reference.stages,
    "supervision_groups": reference.supervision_groups,
    "units": reference.unit_rows,
    "unit_assignments": reference.unit_assignments,
    "bodies": bodies.bodies,
    "action_catalogue": reference.action_catalogue,
    "action_precedence": reference.action_precedence,
    "action_content_items": reference.action_content_items,
    "action_due": records.action_due,
    "group_plans": plans.group_plans,
    "group_plan_items": plans.group_plan_items,
    "action_records": records.action_records,
    "action_content_checks": content.action_content_checks,
    "action_reviews": reviews.action_reviews,
    "visits": visits.visits,
    "interview_sessions": visits.interview_sessions,
    "report_schedule": reports.report_schedule,
    "report_filings": reports.report_filings,
    "problems": problems.problems,
    "rectification_events": problems.rectification_events,
    "matter_due_rules": reference.matter_due_rules,
    "matters": matter_rows.matter_rows,
    "matter_bodies": matter_rows.matter_bodies,
    "matter_events": matter_rows.matter_events,
    "matter_elements": matter_rows.matter_elements,
    "matter_results": matter_rows.matter_results,
    "inspections": inspections.inspections,
    "joint_conferences": inspections.joint_conferences,
    "joint_conference_items": inspections.joint_conference_items,
    "appraisal_rules": appraisal.appraisal_rules,
    "appraisal_events": appraisal.appraisal_events,
    "appraisal_scores": appraisal.appraisal_scores,
    "bulletins": bulletins.bulletins,
}
ALWAYS: Final = datetime(2014, 1, 1)
HELD_AS_TEXT: Final = pl.List(pl.String)


@cache
def world() -> dict[str, pl.DataFrame]:
    """Every version of every row, by table, sorted by key and age; the hidden column tells from when it is known."""
    return {table: _frame(table, MAKERS[table]()) for table in TABLES}


def known(table: str, known_on: date) -> pl.DataFrame:
    """The rows of a table as they stood at the end of a day: the newest version of each key."""
    key = [column.name for column in columns(table) if column.key]
    cut = datetime.combine(known_on, time(23, 59, 59))
    versions = world()[table].filter(pl.col(KNOWN_FROM) <= cut)
    return versions.unique(key, keep="last", maintain_order=True).drop(KNOWN_FROM)


def _frame(table: str, rows: list[Row]) -> pl.DataFrame:
    described = columns(table)
    schema = {
        column.name: pl.String() if column.dtype == HELD_AS_TEXT else column.dtype for column in described
    }  # fmt: skip
    key = [column.name for column in described if column.key]
    moments = [row.get("reported_at") or row.get(KNOWN_FROM) or ALWAYS for row in rows]
    data = {name: pl.Series(name, [row[name] for row in rows], dtype) for name, dtype in schema.items()}
    return pl.DataFrame({**data, KNOWN_FROM: pl.Series(KNOWN_FROM, moments, pl.Datetime("us"))}).sort(*key, KNOWN_FROM)
