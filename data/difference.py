"""What changed between two snapshots: new, closed, restated, learnt late, withdrawn, vanished; in rows and in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

import polars as pl

from data.schemas import CLOCK_COLUMNS, EVENT_DAYS, TABLES, columns, empty, is_fact, polars_schema

KINDS: Final = ("new", "learnt_late", "closed", "moved_on", "restated", "withdrawn", "vanished")

DIFFERENCE: Final = pl.Schema(
    {
        **dict.fromkeys(("kind", "table", "key", "group_id", "unit_id", "column", "old", "new"), pl.String),
        "event_on": pl.Date,
        "days": pl.Int64,
    }
)
"""One row per changed row, and per cell of a restated one; `days` is how long ago a fact learnt late had happened."""

CLOSING: Final = {
    "action_records": ("status", ("done",), "done_on"),
    "group_plan_items": ("status", ("done",), "done_on"),
    "matters": ("status", ("closed",), "closed_on"),
}
"""The column and its values that close what a row stands for, and the day on which that happened."""

_FOREMOST: Final = ("vanished", "withdrawn", "new", "learnt_late", "closed", "restated", "moved_on")
"""As which a row is counted of which several things can be said: the first of them."""

MOVING: Final = {
    "action_records": ("status", "review_status", "returned_n"),
    "group_plan_items": ("status",),
    "report_filings": ("accepted_at", "returned"),
    "matters": ("status", "planned_progress", "actual_progress"),
    "inspections": ("plan_status",),
    "appraisal_scores": ("coursework_mark", "total_mark", "rankable"),
}
"""Columns that change as a thing goes its way; another value of theirs takes nothing back that was said before, unless
it is empty, or no longer one that closes."""

Tables = Mapping[str, pl.DataFrame]


def difference(former: Tables, latter: Tables, former_known_on: date, known_on: date | None = None) -> pl.DataFrame:
    """Give every change of a fact or plan between two states, columns as in DIFFERENCE, in the order of the tables.

    Each is of the group that has the unit on the latter's known-on day, the former's if that is not given.

    new: not there before. learnt_late: not there before, though it had happened by the former known-on day. closed: an
    action, plan item or matter now done, a problem now verified as solved. moved_on: a state that went its way, or a
    cell that was empty. restated: any other cell that says something else, with both values; also what was done and is
    not any more, and what was withdrawn and is in force again. withdrawn: marked void since. vanished: gone without
    being withdrawn.
    """
    found = [DIFFERENCE.to_frame()]
    for table in TABLES:
        before, after = former.get(table, empty(table)), latter.get(table, empty(table))
        found += _changes(table, before, after, former_known_on)
    day = known_on or former_known_on
    owned = pl.concat([_owners(latter, day), _owners(former, former_known_on)]).unique(["table", "key"], keep="first")
    placed = pl.concat(found).join(owned, on=["table", "key"], how="left", suffix="_own", maintain_order="left")
    return placed.with_columns(
        unit_id=pl.coalesce("unit_id", "unit_id_own"), group_id=pl.coalesce("group_id", "group_id_own")
    ).select(DIFFERENCE.names())


def summary(changes: pl.DataFrame) -> pl.DataFrame:
    """Give the count of changed rows: one row per group, table and kind, with the longest delay of those learnt late.

    A row is counted once: as restated when one of its cells is, whatever else moved on.
    Columns: group_id (null for what belongs to none), table, kind, count, longest_days.
    """
    order = pl.col("kind").replace_strict({kind: place for place, kind in enumerate(KINDS)}, return_dtype=pl.Int64)
    tables = pl.col("table").replace_strict({table: place for place, table in enumerate(TABLES)}, return_dtype=pl.Int64)
    rank = pl.col("kind").replace_strict({kind: n for n, kind in enumerate(_FOREMOST)}, return_dtype=pl.Int64)
    each = changes.filter(rank == rank.min().over("table", "key"))
    return (
        each.group_by("group_id", "table", "kind")
        .agg(count=pl.col("key").n_unique().cast(pl.Int64), longest_days=pl.col("days").max())
        .sort(pl.col("group_id"), tables, order, nulls_last=True)
    )


def _changes(table: str, before: pl.DataFrame, after: pl.DataFrame, known_on: date) -> list[pl.DataFrame]:
    keys = [column.name for column in columns(table) if column.key]
    own = [name for name in polars_schema(table).names() if name not in (*CLOCK_COLUMNS, *keys)]
    event = pl.col(EVENT_DAYS[table][0]).cast(pl.Date) if table in EVENT_DAYS else pl.lit(None, dtype=pl.Date)
    void = pl.col("is_void") if is_fact(table) else pl.lit(False)
    came = after.join(before, on=keys, how="anti", maintain_order="left").filter(~void)
    late = (event <= known_on).fill_null(False) if is_fact(table) else pl.lit(False)
    kind = pl.when(late).then(pl.lit("learnt_late")).otherwise(_closing(table, pl.lit("new")))
    days = pl.when(late).then((pl.lit(known_on) - event).dt.total_days())
    found = [_rows(table, came, keys, kind=kind, event_on=event, days=days)]
    gone = before.join(after, on=keys, how="anti", maintain_order="left").filter(~void)
    found.append(_rows(table, gone, keys, kind=pl.lit("vanished"), event_on=event))
    both = after.join(before, on=keys, how="inner", suffix="_old", maintain_order="left")
    if is_fact(table):
        taken_back = both.filter(pl.col("is_void") & ~pl.col("is_void_old"))
        found.append(_rows(table, taken_back, keys, kind=pl.lit("withdrawn"), event_on=event))
        both = both.filter(~pl.col("is_void"))
        own = [*own, "is_void"]
    column, values, closing_day = CLOSING.get(table, ("", (), ""))
    is_closed = pl.lit(False)
    if column:
        is_closed = pl.col(column).is_in(list(values)) & ~pl.col(f"{column}_old").is_in(list(values))
        closed, event = both.filter(is_closed), pl.col(closing_day)
        is_late = (event <= known_on).fill_null(False)
        found.append(
            _rows(
                table,
                closed,
                keys,
                kind=pl.when(is_late).then(pl.lit("learnt_late")).otherwise(pl.lit("closed")),
                event_on=event,
                days=pl.when(is_late).then((pl.lit(known_on) - event).dt.total_days()),
            )
        )
    for name in own:
        is_moving = pl.lit(name in MOVING.get(table, ())) & pl.col(name).is_not_null() | pl.col(f"{name}_old").is_null()
        if name == column:
            is_moving &= ~pl.col(f"{name}_old").is_in(list(values))
        differing = both.filter(pl.col(name).ne_missing(pl.col(f"{name}_old")), ~(is_closed & is_moving))
        if differing.height:
            cells = {"old": _shown(f"{name}_old", differing), "new": _shown(name, differing)}
            kind = pl.when(is_moving).then(pl.lit("moved_on")).otherwise(pl.lit("restated"))
            found.append(_rows(table, differing, keys, kind=kind, column=pl.lit(name), **cells))
    return found


def _closing(table: str, otherwise: pl.Expr) -> pl.Expr:
    """A step that closes a problem is told as closed; what arrives already done is new."""
    if table != "rectification_events":
        return otherwise
    return pl.when(pl.col("event_type") == "verified_closed").then(pl.lit("closed")).otherwise(otherwise)


def _rows(table: str, frame: pl.DataFrame, keys: list[str], **given: pl.Expr) -> pl.DataFrame:
    named = {name: given.get(name, pl.lit(None)) for name in DIFFERENCE.names()}
    named |= {
        "table": pl.lit(table),
        "key": pl.concat_str([pl.col(key).cast(pl.String) for key in keys], separator="|"),
    }
    named |= {name: pl.col(name) for name in ("unit_id", "group_id") if name in frame.columns}
    return frame.select(**{name: value.cast(DIFFERENCE[name]) for name, value in named.items()})


def _owners(tables: Tables, known_on: date) -> pl.DataFrame:
    """Whose each row is: columns table, key, unit_id, and the group that has the unit on that day, or had it last.

    A unit whose first assignment is still to come belongs to the group that will have it.
    """
    state = {table: tables.get(table, empty(table)) for table in TABLES}
    begun = pl.col("valid_from") <= known_on
    order = state["unit_assignments"].sort(
        begun, pl.when(begun).then(pl.col("valid_from")), "valid_from", descending=[False, False, True]
    )
    newest = order.unique("unit_id", keep="last", maintain_order=True)
    groups = newest.select("unit_id", group="group_id")
    found = []
    for table in TABLES:
        frame = state[table]
        if table == "rectification_events":
            frame = frame.join(state["problems"].select("problem_id", "unit_id"), on="problem_id")
        elif table == "report_filings":
            reports = state["report_schedule"].filter(pl.col("reporter_kind") == "group")
            frame = frame.join(reports.select("report_due_id", group_id="reporter_id"), on="report_due_id")
        elif table in ("matters", "matter_events", "matter_bodies", "matter_elements", "matter_results"):
            led = state["matters"].join(state["bodies"], left_on="lead_body_id", right_on="body_id")
            frame = frame.join(led.select("matter_id", "unit_id"), on="matter_id", maintain_order="left")
        if not {"unit_id", "group_id"} & set(frame.columns):
            continue
        keys = [column.name for column in columns(table) if column.key]
        key = pl.concat_str([pl.col(name).cast(pl.String) for name in keys], separator="|")
        blank = pl.lit(None, dtype=pl.String)
        unit = pl.col("unit_id") if "unit_id" in frame.columns else blank
        group = pl.col("group_id") if "group_id" in frame.columns else blank
        rows = frame.select(table=pl.lit(table), key=key, unit_id=unit, group_id=group)
        rows = rows.join(groups, on="unit_id", how="left", maintain_order="left")
        found.append(rows.select("table", "key", "unit_id", group_id=pl.coalesce("group_id", "group")))
    return pl.concat(found)


def _shown(name: str, frame: pl.DataFrame) -> pl.Expr:
    value = pl.col(name)
    return value.list.join("|") if isinstance(frame.schema[name], pl.List) else value.cast(pl.String)
