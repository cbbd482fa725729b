"""Exposure: events per unit-week, and what a group's mix of unit types would lead one to expect."""

from __future__ import annotations

import polars as pl

from queries.statistics.counts import Counts, column
from queries.statistics.intervals import garwood, rate_interval


def exposure_rate(
    frame: pl.DataFrame, events: str = "numerator", exposure: str = "denominator", level: float = 0.95
) -> pl.DataFrame:
    """Add rate, low and high: events per unit of the exposure (for unit-weeks: per unit and week), with its interval.

    One row per row given; null when the exposure is 0 or null. The interval is Garwood's exact one, which takes events
    as independent: a round of visits planned together varies less. Errors as in `rate_interval`.
    """
    counts = Counts.of_events(frame, events, exposure)
    return rate_interval(frame.with_columns(rate=column(counts.values, counts.known)), events, exposure, level)


def indirect_standardisation(
    frame: pl.DataFrame,
    by: str = "group_id",
    stratum: str = "unit_type",
    events: str = "numerator",
    exposure: str = "denominator",
    level: float = 0.95,
) -> pl.DataFrame:
    """Compare each group with what its exposure would bring at the rates its unit types have in the whole frame.

    Takes one row per group and unit type (or finer). Gives one row per group, in the order met: the column `by`,
    observed (events), exposure, rate (observed / exposure, not adjusted), expected (events), ratio (observed /
    expected: 1 is as expected), low and high (exact interval of the ratio, expected taken as fixed), adjusted_rate
    (ratio × the whole frame's rate, in events per unit of exposure) and n_missing (rows left out because events or
    exposure are null). Null where there is no exposure, ratio also where nothing is expected. A unit type that only one
    group has compares that group with itself and draws its ratio towards 1.

    N. E. Breslow and N. E. Day, Statistical Methods in Cancer Research II (1987), chapter 2, p. 65-72; the interval is
    Garwood's. Negative numbers and events without exposure raise QueryError, a level outside 0..1 ValueError.
    """
    counts = Counts.of_events(frame, events, exposure)
    cells = frame.select(
        by,
        stratum,
        observed=column(counts.numerator, counts.known),
        exposure=column(counts.denominator, counts.known),
        missing=pl.col(events).is_null() | pl.col(exposure).is_null(),
    )
    of_type = pl.col("observed").sum().over(stratum) / pl.col("exposure").sum().over(stratum)
    groups = (
        cells.with_columns(expected=pl.col("exposure") * of_type)
        .group_by(by, maintain_order=True)
        .agg(pl.col("observed", "exposure", "expected").sum(), n_missing=pl.col("missing").sum().cast(pl.Int64))
    )
    low, high = garwood(groups["observed"].to_numpy(), level)
    expected = pl.when(pl.col("expected") > 0).then(pl.col("expected"))
    exposed = pl.when(pl.col("exposure") > 0).then(pl.col("exposure"))
    return groups.select(
        by,
        observed=pl.when(pl.col("exposure") > 0).then(pl.col("observed")).cast(pl.Int64),
        exposure="exposure",
        rate=pl.col("observed") / exposed,
        expected=pl.when(pl.col("exposure") > 0).then(pl.col("expected")),
        ratio=pl.col("observed") / expected,
        low=pl.Series(low) / expected,
        high=pl.Series(high) / expected,
        adjusted_rate=pl.col("observed") / expected * counts.pooled,
        n_missing="n_missing",
    )
