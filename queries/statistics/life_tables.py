"""Life tables: of matters that enter, stay open and end, how many are at risk and how many end on each day."""

from __future__ import annotations

from statistics import NormalDist

import polars as pl

from queries.exceptions import QueryError
from queries.statistics.grouping import ALL, By, keys_of, names


def matters_of(frame: pl.DataFrame, days: str, ended: str, by: By, entered: str | None) -> pl.DataFrame:
    """Give the matters that can be used: the keys, days, entered (day 0 unless told), end (null while open)."""
    end = pl.col(ended)
    if frame.schema[ended] == pl.Boolean:
        end = pl.when(end).then(pl.lit("ended"))
    first = (pl.col(days) * 0).fill_null(0) if entered is None else pl.col(entered)
    matters = frame.select(
        *names(by), pl.lit(0).alias(ALL), pl.col(days).alias("days"), first.alias("entered"), end.alias("end")
    )
    usable = pl.col("days").is_finite() & (pl.col("entered") >= 0) & (pl.col("days") >= pl.col("entered"))
    wrong = matters.filter(~usable.fill_null(False))
    if not wrong.is_empty():
        seen = wrong.row(0, named=True)
        raise QueryError(
            f"{wrong.height} matters have no usable days, the first with {days} {seen['days']} after entering on "
            f"{seen['entered']}: both must be filled, 0 or more, and {days} not before the entry."
        )
    return matters.filter((pl.col("entered") == 0) | (pl.col("entered") < pl.col("days")))


def life_table(matters: pl.DataFrame, by: By) -> pl.DataFrame:
    """Give one row per group and day with an end, sorted: at_risk, ended, share_open, hazard_variance, greenwood."""
    keys = keys_of(by)
    over = pl.col("end").is_not_null().cast(pl.Int64)
    left = matters.select(*keys, "days", left=pl.lit(1), ended=over, joined=pl.lit(0))
    joined = matters.select(*keys, days="entered", left=pl.lit(0), ended=pl.lit(0, pl.Int64), joined=pl.lit(1))
    joined_before = pl.col("joined").cum_sum() - pl.when(pl.col("days") > 0).then(pl.col("joined")).otherwise(0)
    left_before = pl.col("left").cum_sum() - pl.col("left")
    n, d = pl.col("at_risk"), pl.col("ended")
    return (
        pl.concat([left, joined], how="vertical_relaxed")
        .group_by(*keys, "days")
        .agg(pl.col("left", "ended", "joined").sum().cast(pl.Int64))
        .sort(*keys, "days")
        .with_columns(at_risk=(joined_before - left_before).over(keys))
        .filter(d > 0)
        .with_columns(
            share_open=(1 - d / n).cum_prod().over(keys),
            hazard_variance=pl.when(n > d).then(d / (n * (n - d))).otherwise(0.0),
        )
        .with_columns(greenwood=pl.col("hazard_variance").cum_sum().over(keys))
        .drop("left", "joined")
    )


def log_log_limits(share: pl.Expr, error: pl.Expr, level: float) -> dict[str, pl.Expr]:
    """Give low and high around a share strictly between 0 and 1, from its standard error; null at 0 and 1."""
    half = NormalDist().inv_cdf((1 + level) / 2) * error / (share * share.log())
    known = (share > 0) & (share < 1)
    return {
        "low": pl.when(known).then(share ** (-half).exp()),
        "high": pl.when(known).then(share ** half.exp()),
    }
