"""Discovery: which rows of a long list stand out for more than luck, when very many are looked at."""

from __future__ import annotations

from typing import Literal

import numpy as np
import polars as pl
from scipy import special

from queries.exceptions import QueryError
from queries.statistics.grouping import ALL, By, keys_of, names


def worse_than_county(
    frame: pl.DataFrame,
    within: By = (),
    numerator: str = "numerator",
    denominator: str = "denominator",
    worse: Literal["low", "high"] = "low",
) -> pl.DataFrame:
    """Add how likely chance alone makes a row, for instance a unit × action, as bad as it is: the rows as they came.

    Columns added: county_share (pooled over the rows with the same `within`, for instance the action; the row itself
    counts, so that one bad row among perfect ones is not called impossible) and p_value: the probability of as few
    (worse="low") or as many (worse="high") of its denominator at the county's share, null when the denominator is 0 or
    a count is null. Rows of one unit are not independent. Raises QueryError when a numerator is not within 0 and its
    denominator.

    The exact binomial test, one-sided: C. J. Clopper & E. S. Pearson, Biometrika 26 (1934), p. 404.
    """
    x, n = pl.col(numerator), pl.col(denominator)
    wrong = frame.filter((x < 0) | (x > n))
    if not wrong.is_empty():
        seen = wrong.row(0, named=True)
        raise QueryError(
            f"{seen[numerator]} of {seen[denominator]} is no share: {numerator} must be within 0 and {denominator}."
        )
    known = x.is_not_null() & (n > 0)
    rows = frame.select(
        *names(within), pl.lit(0).alias(ALL), x=pl.when(known).then(x), n=pl.when(known).then(n)
    ).with_columns(pl.col("x", "n").sum().over(keys_of(within)).name.suffix("_county"))
    share = pl.when(pl.col("n_county") > 0).then(pl.col("x_county") / pl.col("n_county"))
    rows = rows.select("x", "n", share=share)
    met, asked, rate = (rows[name].fill_null(0).to_numpy() for name in ("x", "n", "share"))
    tail = (
        special.bdtr(met, asked, rate) if worse == "low" else np.where(met > 0, special.bdtrc(met - 1, asked, rate), 1)
    )
    return frame.with_columns(county_share=rows["share"], p_value=pl.when(known).then(pl.Series(tail)))


def adjust(frame: pl.DataFrame, p: str = "p_value", rate: float = 0.05) -> pl.DataFrame:
    """Add q_value and is_listed: at most a share `rate` of the rows listed are expected to stand out by luck alone.

    q_value is the smallest rate at which the row would be listed, null where p is; is_listed is then false. The frame
    is one family: all that was looked at belongs in it, not only what looked bad. Rows keep their order. Raises
    QueryError for a p outside 0..1.

    Y. Benjamini & Y. Hochberg, Journal of the Royal Statistical Society B 57 (1995), p. 293; it holds for independent
    rows and for rows that rise and fall together: Y. Benjamini & D. Yekutieli, Annals of Statistics 29 (2001), p. 1165.
    """
    wrong = frame.filter(~pl.col(p).is_between(0, 1))
    if not wrong.is_empty():
        raise QueryError(f"{p} {wrong[p][0]} is no probability: it must be within 0 and 1.")
    place = pl.col(p).rank("ordinal")
    ordered = (
        frame.select(pl.col(p), place=place)
        .filter(pl.col(p).is_not_null())
        .sort("place")
        .with_columns(q_value=(pl.col(p) * pl.len() / pl.col("place")).cum_min(reverse=True))
    )
    return (
        frame.with_columns(_place=place)
        .join(ordered.select("place", "q_value"), left_on="_place", right_on="place", how="left", maintain_order="left")
        .drop("_place")
        .with_columns(is_listed=(pl.col("q_value") <= rate).fill_null(False))
    )
