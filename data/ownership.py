"""Who may write about what: a group about its own units, the office about everything."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import polars as pl

from data.intake import Failure
from data.schemas.senders import OFFICE

_NAMES: Final = {
    "report_filings": ("report_due_id", "report of"),
    "rectification_events": ("problem_id", "problem of a unit of"),
    "matter_events": ("matter_id", "matter of bodies of"),
}
Tables = Mapping[str, pl.DataFrame]


def foreign(table: str, rows: pl.DataFrame, state: Tables) -> list[Failure]:
    """Sent rows of a table that are not their sender's, judged by the state they are added to; the office owns all.

    A unit is a group's when it is or ever was assigned to it, so that a group can put right what it reported before a
    unit moved on. What refers to nothing known is left to the rule on references.
    """
    sent = rows.filter(pl.col("sender") != OFFICE)
    if sent.is_empty():
        return []
    what = _NAMES.get(table, ("unit_id", "unit of"))[1]
    column, owned = owners(table, state)
    listed = (
        owned.rename({"owned": column})
        .unique()
        .group_by(column)
        .agg(groups=pl.col("group_id").drop_nulls().unique().sort())
    )
    joined = sent.join(listed, on=column, how="inner", maintain_order="left")
    not_own = joined.filter(~pl.col("groups").list.contains(pl.col("sender")))
    found = [
        _failure(row, column, f"{row[column]} is a {what} {_listed(row['groups'])}, not of {row['sender']}")
        for row in not_own.iter_rows(named=True)
    ]
    if "group_id" in sent.columns:
        other = sent.filter(pl.col("group_id") != pl.col("sender"))
        found += [
            _failure(row, "group_id", f"this workbook is of {row['sender']}, the row says {row['group_id']}")
            for row in other.iter_rows(named=True)
        ]
    return found


def owners(table: str, state: Tables) -> tuple[str, pl.DataFrame]:
    """The column of a table that says whose a row is, and which group each of its values belongs to.

    The frame has the columns owned and group_id, one row for each group that has or had it.
    """
    return _NAMES.get(table, ("unit_id", ""))[0], _owned(table, state)


def _owned(table: str, state: Tables) -> pl.DataFrame:
    units = state["unit_assignments"].select("unit_id", "group_id")
    if table == "report_filings":
        of_groups = state["report_schedule"].filter(pl.col("reporter_kind") == "group")
        of_units = state["report_schedule"].filter(pl.col("reporter_kind") == "unit")
        return pl.concat(
            [
                of_groups.select(owned="report_due_id", group_id="reporter_id"),
                of_units.join(units, left_on="reporter_id", right_on="unit_id").select(
                    owned="report_due_id", group_id="group_id"
                ),
            ]
        )
    if table == "rectification_events":
        return state["problems"].join(units, on="unit_id").select("group_id", owned="problem_id")
    if table == "matter_events":
        led = state["matters"].select("matter_id", body_id="lead_body_id")
        taking_part = pl.concat([led, state["matter_bodies"].select("matter_id", "body_id")])
        bodies = state["bodies"].select("body_id", "unit_id").join(units, on="unit_id", how="left")
        return taking_part.join(bodies, on="body_id").select("group_id", owned="matter_id")
    return units.select("group_id", owned="unit_id")


def _listed(groups: list[str]) -> str:
    return " and ".join(groups) or "no group"


def _failure(row: dict[str, str], column: str, message: str) -> Failure:
    advice = "leave it out, or let the group that has it send it"
    return Failure(row["file"], row["place"], "owner", column, str(row[column]), f"{message}: {advice}")
