"""The tables of a snapshot: each column with its type, what it may hold and what it means.

Reference tables say what exists and what is planned (`report_schedule`, `matter_due_rules`, `appraisal_rules` and the
joint conferences are of this sort); fact tables say what happened and end with `reported_at`, `revision`, `is_void` and
`source_ref`. Records and content checks have the key without `revision`: a snapshot keeps only the highest one.
"""

from __future__ import annotations

import inspect
from functools import cache
from typing import Final, Literal

import polars as pl

from data.exceptions import UnknownTableError
from data.schemas.actions import ActionCatalogue, ActionContentItems, ActionDue, ActionPrecedence
from data.schemas.appraisal import AppraisalEvents, AppraisalRules, AppraisalScores
from data.schemas.base import CLOCK_COLUMNS, Column, Fact, Table, columns_of
from data.schemas.campaign import Campaign, Stages, WorkCalendar
from data.schemas.events import EVENT_DAYS
from data.schemas.inspections import Inspections, JointConferenceItems, JointConferences
from data.schemas.matters import MatterBodies, MatterDueRules, MatterElements, MatterEvents, MatterResults, Matters
from data.schemas.plans import GroupPlanItems, GroupPlans
from data.schemas.problems import Problems, RectificationEvents
from data.schemas.records import ActionContentChecks, ActionRecords, ActionReviews
from data.schemas.reports import Bulletins, ReportFilings, ReportSchedule
from data.schemas.units import Bodies, SupervisionGroups, UnitAssignments, Units
from data.schemas.visits import InterviewSessions, Visits

__all__ = [
    "CLOCK_COLUMNS",
    "EVENT_DAYS",
    "TABLES",
    "VERSION",
    "Column",
    "Fact",
    "Table",
    "column_named",
    "columns",
    "describe",
    "empty",
    "is_fact",
    "polars_schema",
]

VERSION: Final = 1
"""Raised with every change of a table, so that a snapshot of another form is recognised."""

TABLES: Final[dict[str, type[Table]]] = {
    "campaign": Campaign,
    "work_calendar": WorkCalendar,
    "stages": Stages,
    "supervision_groups": SupervisionGroups,
    "units": Units,
    "unit_assignments": UnitAssignments,
    "bodies": Bodies,
    "action_catalogue": ActionCatalogue,
    "action_precedence": ActionPrecedence,
    "action_content_items": ActionContentItems,
    "action_due": ActionDue,
    "group_plans": GroupPlans,
    "group_plan_items": GroupPlanItems,
    "action_records": ActionRecords,
    "action_content_checks": ActionContentChecks,
    "action_reviews": ActionReviews,
    "visits": Visits,
    "interview_sessions": InterviewSessions,
    "report_schedule": ReportSchedule,
    "report_filings": ReportFilings,
    "problems": Problems,
    "rectification_events": RectificationEvents,
    "matter_due_rules": MatterDueRules,
    "matters": Matters,
    "matter_bodies": MatterBodies,
    "matter_events": MatterEvents,
    "matter_elements": MatterElements,
    "matter_results": MatterResults,
    "inspections": Inspections,
    "joint_conferences": JointConferences,
    "joint_conference_items": JointConferenceItems,
    "appraisal_rules": AppraisalRules,
    "appraisal_events": AppraisalEvents,
    "appraisal_scores": AppraisalScores,
    "bulletins": Bulletins,
}
"""Every table of a snapshot by name, parents before children."""


@cache
def columns(table: str) -> tuple[Column, ...]:
    """The columns of a table in the order of its file. UnknownTableError with a suggestion for another name."""
    return columns_of(_declared(table))


@cache
def column_named(name: str) -> Column | None:
    """The column of that name in the first table that has one; a name means the same in every table."""
    return next((column for table in TABLES for column in columns(table) if column.name == name), None)


@cache
def polars_schema(table: str) -> pl.Schema:
    """The table's columns and types as Polars has them."""
    return pl.Schema({column.name: column.dtype for column in columns(table)})


def empty(table: str) -> pl.DataFrame:
    """The table without rows."""
    return pl.DataFrame(schema=polars_schema(table))


def describe(table: str, language: Literal["zh", "en"] = "en") -> str:
    """What a row of the table is, in Chinese or English."""
    declared = _declared(table)
    return declared.zh if language == "zh" else inspect.cleandoc(declared.__doc__ or "")


def is_fact(table: str) -> bool:
    """Whether the table's rows say when they were reported and which version they are."""
    return issubclass(_declared(table), Fact)


def _declared(table: str) -> type[Table]:
    try:
        return TABLES[table]
    except KeyError:
        raise UnknownTableError(table, TABLES) from None
