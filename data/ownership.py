"""Who may write about what: a group about its own units, the office about everything."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

import polars as pl

from data.intake import Failure
from data.schemas import columns
from data.schemas.senders import OFFICE, SIDES

_NAMES: Final = {
    "report_filings": ("report_due_id", "report of"),
    "rectification_events": ("problem_id", "problem of a unit of"),
    "matter_events": ("matter_id", "matter of bodies of"),
}
Tables = Mapping[str, pl.DataFrame]


def foreign(table: str, rows: pl.DataFrame, state: Tables) -> list[Failure]:
    """Sent rows of a table that are not their sender's, one fault each; the office owns all.

    `state` is what they are added to: this table as it was before the week, those it hangs on as they are after it. A
    unit is a group's when it is or ever was assigned to it, so that a group can put right what it reported before a
    unit moved on. Refused too is a key under which another group, or the office, has a record already. What refers to
    nothing known is left to the rule on references.
    """
    sent = rows.filter(pl.col("sender") != OFFICE).with_row_index("sent_no")
    if sent.is_empty():
        return []
    found: dict[int, Failure] = {}
    for judge in (_of_other_units, _of_others, _of_the_other_side):
        for number, failure in judge(table, sent, state):
            found.setdefault(number, failure)
    return [found[number] for number in sorted(found)]


def _of_others(table: str, sent: pl.DataFrame, state: Tables) -> Iterator[tuple[int, Failure]]:
    """Rows under whose key somebody else has a record: taken in, they would overwrite it."""
    keys = [column.name for column in columns(table) if column.key]
    held = _held(table, state).select(*keys, "holders", "is_of_office").unique(keys)
    taken = sent.join(held, on=keys, how="inner", maintain_order="left").filter(
        pl.col("is_of_office") | ~pl.col("holders").list.contains(pl.col("sender"))
    )
    for row in taken.iter_rows(named=True):
        holder = "the office" if row["is_of_office"] else _listed(row["holders"])
        value = "|".join(str(row[key]) for key in keys)
        message = f"this number is already a record of {holder}: give another"
        yield row["sent_no"], Failure(row["file"], row["place"], "owner", keys[-1], value, message)


def _held(table: str, state: Tables) -> pl.DataFrame:
    """The rows of a table with the groups whose records they are, and whether they are the office's own."""
    frame = state[table]
    if "group_id" in frame.columns:
        held = frame.with_columns(holders=pl.concat_list("group_id"))
    else:
        column, owned = owners(table, state)
        groups = owned.group_by("owned").agg(holders=pl.col("group_id").drop_nulls().unique().sort())
        held = frame.join(groups, left_on=column, right_on="owned", how="inner")
    if table == "matter_events":
        bodies = state["bodies"].join(state["unit_assignments"], on="unit_id").group_by("body_id")
        senders = bodies.agg(senders=pl.col("group_id").unique().sort())
        held = held.join(senders, left_on="from_body_id", right_on="body_id", how="left").with_columns(
            holders=pl.coalesce("senders", "holders")
        )
    column, own = SIDES.get(("group", table), ("", ()))
    return held.with_columns(is_of_office=~pl.col(column).is_in(list(own)) if column else pl.lit(False))


def _of_other_units(table: str, sent: pl.DataFrame, state: Tables) -> Iterator[tuple[int, Failure]]:
    what = _NAMES.get(table, ("unit_id", "unit of"))[1]
    column, owned = owners(table, state)
    listed = (
        owned.rename({"owned": column})
        .unique()
        .group_by(column)
        .agg(groups=pl.col("group_id").drop_nulls().unique().sort())
    )
    joined = sent.join(listed, on=column, how="inner", maintain_order="left")
    for row in joined.filter(~pl.col("groups").list.contains(pl.col("sender"))).iter_rows(named=True):
        message = f"{row[column]} is a {what} {_listed(row['groups'])}, not of {row['sender']}"
        yield row["sent_no"], _failure(row, column, message)
    if "group_id" in sent.columns:
        for row in sent.filter(pl.col("group_id") != pl.col("sender")).iter_rows(named=True):
            message = f"this workbook is of {row['sender']}, the row says {row['group_id']}"
            yield row["sent_no"], _failure(row, "group_id", message)


def _of_the_other_side(table: str, sent: pl.DataFrame, state: Tables) -> Iterator[tuple[int, Failure]]:
    """Rows that only the office writes in a table which both sides send."""
    if ("group", table) in SIDES:
        column, own = SIDES["group", table]
        codes = next(each.values or () for each in columns(table) if each.name == column)
        others = [code for code in codes if code not in own]
        for row in sent.filter(pl.col(column).is_in(others)).iter_rows(named=True):
            message = f"only the office writes {row[column]}, a group writes {', '.join(own)}: leave this row out"
            yield row["sent_no"], Failure(row["file"], row["place"], "owner", column, row[column], message)


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
