"""Means with their intervals, frames in and frames out."""

from __future__ import annotations

import numpy as np
import polars as pl

from queries.statistics.grouping import ALL, By, keys_of, names


def mean_interval(frame: pl.DataFrame, by: By = (), values: str = "value", level: float = 0.95) -> pl.DataFrame:
    """Give the mean of the values of each group of `by` with its interval: one row per group, sorted.

    Columns: n (values that are not null), mean, sd (of a sample; null with fewer than two), low and high (Student's t;
    null with fewer than two values, for one alone tells nothing of its spread).
    """
    from scipy.special import stdtrit

    keys = names(by)
    summed = (
        frame.with_columns(pl.lit(0).alias(ALL))
        .group_by(keys_of(by))
        .agg(n=pl.col(values).count().cast(pl.Int64), mean=pl.col(values).mean(), sd=pl.col(values).std())
    )
    counts = summed["n"].to_numpy()
    wide = stdtrit(np.maximum(counts - 1, 1), (1 + level) / 2) / np.sqrt(np.maximum(counts, 1))
    half = pl.when(pl.col("n") > 1).then(pl.Series(wide) * pl.col("sd"))
    return (
        summed.with_columns(low=pl.col("mean") - half, high=pl.col("mean") + half)
        .sort(keys or "n")
        .select(*keys, "n", "mean", "sd", "low", "high")
    )
