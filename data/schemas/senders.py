"""Who sends what: each supervision group its own records, the campaign office everything else.

A group's week is the workbook `<group_id>.xlsx` (or a folder of that name with one CSV file for each table), the
office's is `office.xlsx`. Times of receipt, revisions and references to the ledger are given by the refresh, so that
their columns are not sent; a row is withdrawn by "true" in the optional last column `void`.
"""

from __future__ import annotations

from typing import Final

import polars as pl

from data.schemas import TABLES, columns
from data.schemas.base import CLOCK_COLUMNS, Column

OFFICE: Final = "office"
"""The one sender that is no group."""

GROUP_TABLES: Final = (
    "action_records",
    "action_content_checks",
    "action_reviews",
    "visits",
    "interview_sessions",
    "report_filings",
    "problems",
    "rectification_events",
    "matter_events",
)
"""What a group reports about its own units, in the order of its workbook."""

SHARED_TABLES: Final = ("action_reviews", "matter_events")
"""Sent by both sides: reviews by the side that gave the mark, steps of a matter by whoever took them."""

SIDES: Final[dict[tuple[str, str], tuple[str, tuple[str, ...]]]] = {
    ("group", "action_reviews"): ("reviewer_side", ("group",)),
    ("office", "action_reviews"): ("reviewer_side", ("office_spot_check",)),
    ("group", "matter_events"): ("event_type", ("feedback",)),
}
"""Where a side writes some of a column's codes only: of side and table, the column and its codes."""

OFFICE_TABLES: Final = tuple(table for table in TABLES if table not in GROUP_TABLES or table in SHARED_TABLES)

VOID: Final = Column(
    name="void",
    dtype=pl.Boolean(),
    nullable=True,
    key=False,
    values=None,
    references=None,
    zh="作废",
    en="Withdrawn",
    unit=None,
)
"""The optional last column of every table that is sent."""


def tables_of(sender: str) -> tuple[str, ...]:
    """The tables a sender may send, in the order of its workbook."""
    return OFFICE_TABLES if sender == OFFICE else GROUP_TABLES


def sent_columns(table: str) -> tuple[Column, ...]:
    """The columns of a table as it is sent: without those the refresh gives, and with `void` as the last."""
    return (*(column for column in columns(table) if column.name not in CLOCK_COLUMNS), VOID)
