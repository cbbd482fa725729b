"""Intervals of shares and of rates: Wilson, Clopper-Pearson, Garwood, and control limits, frames in and frames out."""

from __future__ import annotations

from statistics import NormalDist
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from queries.statistics.counts import Counts, column, tail

WARNING_Z: Final = 1.96
ACTION_Z: Final = 3.09
FEWEST_TO_FLAG: Final = 10


def wilson(
    frame: pl.DataFrame, numerator: str = "numerator", denominator: str = "denominator", level: float = 0.95
) -> pl.DataFrame:
    """Add the columns low and high: Wilson's score interval of numerator/denominator, null when the denominator is 0.

    E. B. Wilson, Journal of the American Statistical Association 22 (1927), p. 209.
    """
    z = NormalDist().inv_cdf((1 + level) / 2)
    n = pl.col(denominator).cast(pl.Float64)
    share = pl.col(numerator) / n
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z * (share * (1 - share) / n + z * z / (4 * n * n)).sqrt() / (1 + z * z / n)
    known = pl.col(denominator) > 0
    return frame.with_columns(
        low=pl.when(known).then((centre - half).clip(0.0, 1.0)),
        high=pl.when(known).then((centre + half).clip(0.0, 1.0)),
    )


def clopper_pearson(
    frame: pl.DataFrame, numerator: str = "numerator", denominator: str = "denominator", level: float = 0.95
) -> pl.DataFrame:
    """Add the columns low and high: the exact interval of a share, null when the denominator is 0 or null.

    It holds the true share in at least `level` of all cases, whatever the share and the denominator: for a claim that
    must not be too bold. Counts that are not a share raise QueryError, a level outside 0..1 ValueError.
    C. J. Clopper and E. S. Pearson, Biometrika 26 (1934), p. 404; as quantiles of the beta distribution.
    """
    from scipy.special import betaincinv  # here, as elsewhere, because it is a fifth of the time of `import queries`

    counts, each_side = Counts.of_shares(frame, numerator, denominator), tail(level)
    done, left = counts.numerator, counts.denominator - counts.numerator
    low = np.where(done > 0, betaincinv(np.maximum(done, 1), left + 1, each_side), 0.0)
    high = np.where(left > 0, betaincinv(done + 1, np.maximum(left, 1), 1 - each_side), 1.0)
    return frame.with_columns(low=column(low, counts.known), high=column(high, counts.known))


def rate_interval(
    frame: pl.DataFrame, numerator: str = "numerator", denominator: str = "denominator", level: float = 0.95
) -> pl.DataFrame:
    """Add the columns low and high: the exact interval of events per exposure, in events per unit of the exposure.

    The numerator counts events, the denominator is their exposure (unit-weeks, say; it need not be whole); null when
    the exposure is 0 or null. Negative numbers and events without exposure raise QueryError, a level outside 0..1
    ValueError. F. Garwood, Biometrika 28 (1936), p. 437.
    """
    counts = Counts.of_events(frame, numerator, denominator)
    low, high = garwood(counts.numerator, level)
    exposure = np.where(counts.known, counts.denominator, np.nan)
    return frame.with_columns(low=column(low / exposure, counts.known), high=column(high / exposure, counts.known))


def garwood(events: NDArray[np.float64], level: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Give the exact interval of the mean behind each Poisson count (Garwood 1936), as quantiles of the gamma."""
    from scipy.special import gammaincinv

    each_side = tail(level)
    low = np.where(events > 0, gammaincinv(np.maximum(events, 1), each_side), 0.0)
    return low, gammaincinv(events + 1, 1 - each_side)


def control_limits(frame: pl.DataFrame, numerator: str = "numerator", denominator: str = "denominator") -> pl.DataFrame:
    """Add what a row may be by chance alone when all rows share the pooled rate p.

    Columns: centre (p), warning_low and warning_high (p ± 1.96·√(p(1-p)/n)), action_low and action_high (± 3.09),
    cut to 0..1, and flag: "below" or "above" outside the action limits, "low" or "high" outside the warning limits,
    "within" otherwise, null when n < 10. The limits are a guide: actions within one unit are not independent.
    """
    n = pl.col(denominator).cast(pl.Float64)
    share = pl.col(numerator) / n
    pooled = pl.col(numerator).sum() / pl.when(pl.col(denominator).sum() > 0).then(pl.col(denominator).sum())
    known = pl.col(denominator) > 0
    limited = (
        frame.lazy()
        .with_columns(centre=pooled)
        .with_columns(
            **{
                f"{name}_{side}": pl.when(known).then(
                    (pl.col("centre") + sign * z * (pl.col("centre") * (1 - pl.col("centre")) / n).sqrt()).clip(
                        0.0, 1.0
                    )
                )
                for name, z in (("warning", WARNING_Z), ("action", ACTION_Z))
                for side, sign in (("low", -1), ("high", 1))
            }
        )
    )
    flag = (
        pl.when(pl.col(denominator) < FEWEST_TO_FLAG)
        .then(None)
        .when(share < pl.col("action_low"))
        .then(pl.lit("below"))
        .when(share > pl.col("action_high"))
        .then(pl.lit("above"))
        .when(share < pl.col("warning_low"))
        .then(pl.lit("low"))
        .when(share > pl.col("warning_high"))
        .then(pl.lit("high"))
        .otherwise(pl.lit("within"))
    )
    return limited.with_columns(flag=flag).collect()
