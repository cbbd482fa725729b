"""The rows of a log as the steps of matters, in their order.

* A case's rows are ordered by time; rows of the same time keep the order of the file. Where the file runs backwards
  (in no case does a later row tell of a later time, and in some of an earlier one), rows of the same time are turned.
* A body is a holder at a level. A row that names no holder leaves the case with the body that has it; a case of which
  nobody is named yet lies with a body that says so.
* The first row registers the case with its body. A row of another body than the row before hands the case to it: as
  assigned, returned, escalated or reopened when the activity is that, else as forwarded. Beside this the row is what
  its activity is; one that is only a hand-over and hands nothing on is a step without a receiver.
* The last closing or cancelling activity ends the case, or each part of it up to an activity that reopens it. What was
  called closed before that is `claimed_done`, for it was not the end. Rows after the end hand nothing on.
"""

from __future__ import annotations

from typing import Final

import polars as pl

from data.logs.activities import ENDING, HANDING, UNKNOWN

STEPS: Final = ("case", "step_no", "row", "activity", "event_type", "at", "from_body", "to_body")


def runs_backwards(rows: pl.DataFrame) -> bool:
    """Whether the file has the newest rows first."""
    step = rows.sort("case", "row").select(
        (pl.col("at") - pl.col("at").shift(1)).over("case").dt.total_microseconds().alias("step")
    )
    return bool(step.select((pl.col("step") < 0).any() & ~(pl.col("step") > 0).any()).item())


def ordered(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows by case, each case's in the order in which they happened."""
    return rows.sort("case", "at", "row", descending=[False, False, runs_backwards(rows)])


def steps_of(rows: pl.DataFrame) -> pl.DataFrame:
    """The steps of every case: one row per step, in their order within a case (`step_no` from 1).

    `rows` has one row per row of the log with case, row, activity, step (what the activity is), at and body (null where
    none is named, which the first row of a case does not leave open), ordered as above. Columns: STEPS. An ending
    `cancelled` is among the steps, though no table of steps has it.
    """
    own = pl.col("step")
    parts = rows.with_columns(
        part=(own == "reopened").cum_sum().over("case"),
        nth=pl.int_range(pl.len()).over("case"),
    )
    last_end = pl.col("nth").filter(own.is_in(ENDING)).max().over("case", "part")
    is_over = (pl.col("nth") > last_end).fill_null(False)
    is_last_part = pl.col("part") == pl.col("part").max().over("case")
    is_end = own.is_in(ENDING) & (pl.col("nth") == last_end) & ((own == "closed") | is_last_part)
    placed = (
        parts.with_columns(is_over=is_over, is_end=is_end)
        .with_columns(holder=pl.when("is_over").then(None).otherwise("body"))
        .with_columns(pl.col("holder").forward_fill().over("case"))
        .with_columns(before=pl.col("holder").shift(1).over("case"))
    )
    is_first = pl.col("nth") == 0
    moves = ~is_first & ~pl.col("is_over") & (pl.col("holder") != pl.col("before"))
    names_itself = own.is_in(HANDING) & (own != "registered")
    by = (
        pl.when(is_first)
        .then(pl.lit("registered"))
        .when(own == "reopened")
        .then(pl.lit("reopened"))
        .when(moves & names_itself)
        .then(own)
        .when(moves)
        .then(pl.lit("forwarded"))
    )
    act = (
        pl.when("is_end")
        .then(own)
        .when(own == "closed")
        .then(pl.lit("claimed_done"))
        .when(own == "cancelled")
        .then(pl.lit(UNKNOWN))
        .when(pl.col("is_over") & own.is_in(HANDING))
        .then(pl.lit(UNKNOWN))
        .when(own.is_in(HANDING) & (pl.col("by").is_not_null() | (own == "registered")))
        .then(None)
        .otherwise(own)
    )
    told = placed.with_columns(by=by).with_columns(act=act)
    handed = told.filter(pl.col("by").is_not_null()).select(
        *("case", "nth", "row", "activity", "at"),
        pl.lit(0).alias("place"),
        event_type="by",
        from_body=pl.col("before"),
        to_body=pl.col("holder"),
    )
    done = told.filter(pl.col("act").is_not_null()).select(
        *("case", "nth", "row", "activity", "at"),
        pl.lit(1).alias("place"),
        event_type="act",
        from_body=pl.col("holder"),
        to_body=pl.lit(None, pl.String),
    )
    steps = pl.concat([handed, done]).sort("case", "nth", "place")
    return steps.with_columns(step_no=pl.int_range(1, pl.len() + 1, dtype=pl.Int32).over("case")).select(STEPS)
