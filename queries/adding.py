"""Adding up a coursework mark event by event: what counts, what another event or a cap takes the place of."""

from __future__ import annotations

from typing import Final

import polars as pl

EXACT: Final = 10_000
"""Marks, points and weights have at most four digits after the point; as whole numbers of them equal ones are equal."""
LEAST: Final = 0
MOST: Final = 100

STATES: Final = ("counts", "part", "capped", "superseded", "upheld", "no_rule")
"""What became of an event: it counts; in part, up to its rule's cap; not at all beyond it; another, larger event on the
same row of evidence counts instead; it was taken back on appeal; no rule was in force on its day."""


def exact(name: str) -> pl.Expr:
    """A column of marks or points as whole numbers of their last digit."""
    return (pl.col(name) * EXACT).round().cast(pl.Int64)


def added(events: pl.DataFrame, case: list[str]) -> pl.DataFrame:
    """Add to the events of each case what they add to the mark: one row per event on a day of the case's term.

    `case` names the columns of one unit's term; events need event_id, rule_code, cap, points, appealed, evidence_table,
    evidence_key, occurred_on and term_from, and those of days before the term too: a larger one of them takes the place
    of a smaller one. Columns added: counted (points added to the mark, in the order of days up to the cap), state (one
    of STATES) and replaced_by (the event that counts instead).
    """
    evidence = [*case, "evidence_table", "evidence_key"]
    ruled = pl.col("points").is_not_null()
    stands = ruled & (pl.col("appealed") != "upheld")
    largest_first = events.with_columns(stands=stands, whole=exact("points")).sort(
        pl.col("stands"), pl.col("whole").abs(), "whole", "event_id", descending=[True, True, True, False]
    )
    placed = largest_first.with_columns(
        largest=pl.col("event_id").first().over(evidence), nth=pl.int_range(pl.len()).over(evidence)
    )
    counting = pl.col("stands") & (pl.col("nth") == 0)
    own = placed.filter(pl.col("occurred_on") >= pl.col("term_from")).sort(*case, "occurred_on", "event_id")
    running = pl.when(counting).then("whole").otherwise(0).cum_sum().over([*case, "rule_code"])
    summed = own.with_columns(after=running, limit=exact("cap")).with_columns(
        before=pl.col("after") - pl.when(counting).then("whole").otherwise(0)
    )
    counted = summed.with_columns(taken=_capped("after") - _capped("before"))
    state = (
        pl.when(~ruled)
        .then(pl.lit("no_rule"))
        .when(pl.col("appealed") == "upheld")
        .then(pl.lit("upheld"))
        .when(~counting)
        .then(pl.lit("superseded"))
        .when(pl.col("taken") == pl.col("whole"))
        .then(pl.lit("counts"))
        .when(pl.col("taken") == 0)
        .then(pl.lit("capped"))
        .otherwise(pl.lit("part"))
    )
    is_replaced = stands & ~counting
    return counted.with_columns(
        counted=pl.when(counting).then(pl.col("taken") / EXACT).otherwise(0.0),
        state=state,
        replaced_by=pl.when(is_replaced).then("largest"),
    ).drop("stands", "whole", "largest", "nth", "after", "before", "limit", "taken")


def summed_up(base: pl.Expr, points: pl.Expr) -> pl.Expr:
    """The mark from a base and the points counted, cut to 0 to 100; both in points."""
    whole = (base * EXACT).round().cast(pl.Int64) + (points * EXACT).round().cast(pl.Int64)
    return whole.clip(LEAST * EXACT, MOST * EXACT) / EXACT


def _capped(name: str) -> pl.Expr:
    points, cap = pl.col(name), pl.col("limit")
    return (
        pl.when(cap < 0)
        .then(pl.max_horizontal(points, cap))
        .when(cap >= 0)
        .then(pl.min_horizontal(points, cap))
        .otherwise(points)
    )
