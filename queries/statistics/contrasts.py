"""Contrasts: one group's share against that of all other groups, exact however small they are."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy import special

from queries.statistics.grouping import ALL, By, keys_of, names


def against_others(frame: pl.DataFrame, by: By, seen: pl.Expr) -> pl.DataFrame:
    """Compare how often `seen` is true in a group and in the others together: one row per group of `by`, sorted.

    Columns: those of `by`, n (rows where seen is not null), x (of them, true), seen (x of n), chance (the share in the
    others), p_value (of x or more in the group, were the true ones spread over all rows by luck). chance and p_value
    are null where n is 0 or nothing is counted in the others.

    Exact test of R. A. Fisher, Journal of the Royal Statistical Society 98 (1935), p. 48, one-sided.
    """
    keys = keys_of(by)
    x, n = pl.col("x"), pl.col("n")
    counted = (
        frame.select(*names(by), pl.lit(0).alias(ALL), seen=seen)
        .group_by(keys)
        .agg(n=pl.col("seen").count().cast(pl.Int64), x=pl.col("seen").sum().cast(pl.Int64))
        .with_columns(seen=pl.when(n > 0).then(x / n), others=pl.when((n > 0) & (n.sum() > n)).then(n.sum() - n))
        .with_columns(chance=(x.sum() - x) / pl.col("others"))
        .sort(keys)
    )
    of_all, size = int(counted["x"].sum()), int(counted["n"].sum())
    tails = [_upper_tail(x, n, of_all, size) for x, n in counted.select("x", "n").iter_rows()]
    tail = pl.Series(tails, dtype=pl.Float64)
    return counted.with_columns(p_value=pl.when(pl.col("others") > 0).then(tail)).drop(ALL, "others")


def _upper_tail(x: int, n: int, of_all: int, size: int) -> float:
    """Give the hypergeometric probability of x or more true ones among n of `size` rows, `of_all` of them true."""
    k = np.arange(x, min(n, of_all) + 1)
    log_ways = _log_choose(of_all, k) + _log_choose(size - of_all, n - k) - _log_choose(size, np.asarray(n))
    return min(float(np.exp(log_ways).sum()), 1.0)


def _log_choose(n: int, k: NDArray[np.int64]) -> Any:
    return -np.log(n + 1.0) - special.betaln(n - k + 1.0, k + 1.0)
