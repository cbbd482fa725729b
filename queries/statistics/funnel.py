"""Funnel: what a row of a given size may show by chance alone, when all rows share the pooled rate."""

from __future__ import annotations

from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from queries.statistics.counts import Counts, column
from queries.statistics.intervals import FEWEST_TO_FLAG

TAILS: Final = {"look": 0.025, "alarm": 0.001}
"""Chance left outside each side of the limits: 95 % and 99.8 % lie within."""

WINSORISED: Final = 0.1
DISPERSION_TEST: Final = 0.05
FEWEST_TO_WIDEN: Final = 20
"""From here on drawing in a tenth of the rows at either end withstands two outliers of a kind."""


def funnel(
    frame: pl.DataFrame,
    numerator: str = "numerator",
    denominator: str = "denominator",
    fewest_to_widen: int = FEWEST_TO_WIDEN,
) -> pl.DataFrame:
    """Add exact binomial control limits around the pooled rate, for each row's own denominator. One row per row given.

    Columns: centre (the pooled rate), look_low and look_high (95 %), alarm_low and alarm_high (99.8 %), all shares of
    0..1; dispersion_estimate (φ), dispersion (the φ by which the limits are widened, 1 when they are not); flag:
    "below", "look_below", "within", "look_above" or "above", null when n < 10. Limits and flag are null when the
    denominator is 0 or null. Counts that are not shares raise QueryError.

    Limits are interpolated as in D. J. Spiegelhalter, Statistics in Medicine 24 (2005), p. 1185, appendix A.1.1, with
    one departure: the upper one is the mirror of the lower one, counting what was not done. As printed it would call
    ten of ten "above" at a pooled rate of 0.8, which chance gives in 11 % of cases. Unwidened limits flag a row at the
    pooled rate "below" with a chance under 0.1 %, whatever its size, and "above" likewise.

    Over-dispersion: φ is the mean squared z-score, the outer tenth at either end drawn in to its neighbour. It widens
    the limits by √φ around the centre, only when I·φ of I rows lies above the 95 % point of χ² on I degrees of freedom
    (same paper, and Quality and Safety in Health Care 14 (2005), p. 347), and only from `fewest_to_widen` rows on:
    among ten groups two weak ones pass for general spread, and the wider limits hide exactly them (two groups at 65 %
    among eight at 90 %, four weeks: the one of 13 units is called "below" in 38 % of cases instead of 72 %).
    """
    counts = Counts.of_shares(frame, numerator, denominator)
    centre = counts.pooled
    estimate, significant = _dispersion(counts.only_known())
    widened = significant and int(counts.known.sum()) >= fewest_to_widen
    dispersion = estimate if widened else 1.0
    limits = _limits(counts.denominator, centre, dispersion)
    return frame.with_columns(
        centre=pl.lit(None if np.isnan(centre) else centre, pl.Float64),
        **{name: column(values, counts.known) for name, values in limits.items()},
        dispersion_estimate=pl.lit(estimate),
        dispersion=pl.lit(dispersion),
        flag=_flags(counts, limits),
    )


def funnel_curve(
    centre: float, n_max: int, dispersion: float = 1.0, n_min: int = 1, most: int | None = None
) -> pl.DataFrame:
    """Give the limits of `funnel` for drawing: one row per n from n_min to n_max, or `most` of them evenly spread.

    Columns: n, look_low, look_high, alarm_low, alarm_high (shares of 0..1). Take centre and dispersion from `funnel`.
    A centre outside 0..1, a dispersion below 1, an empty range of n or `most` below 2 raises ValueError.
    """
    if not 0 <= centre <= 1:
        raise ValueError(f"centre {centre} is no share: give the pooled rate, from 0 to 1.")
    if not dispersion >= 1:
        raise ValueError(f"dispersion {dispersion} would narrow the limits: give 1 or more.")
    if not 1 <= n_min <= n_max:
        raise ValueError(f"n from {n_min} to {n_max} is empty: give 1 <= n_min <= n_max.")
    if most is not None and most < 2:
        raise ValueError(f"{most} rows make no curve: give 2 or more.")
    n = np.arange(n_min, n_max + 1)
    if most is not None and len(n) > most:
        n = np.unique(np.linspace(n_min, n_max, most).round().astype(np.int64))
    return pl.DataFrame({"n": n, **_limits(n.astype(np.float64), centre, dispersion)})


def _limits(n: NDArray[np.float64], centre: float, dispersion: float) -> dict[str, NDArray[np.float64]]:
    if np.isnan(centre):
        return {f"{name}_{side}": np.full(len(n), np.nan) for name in TAILS for side in ("low", "high")}
    asked = [(f"{name}_{side}", side, tail) for name, tail in TAILS.items() for side in ("low", "high")]
    rates = np.repeat([centre if side == "low" else 1 - centre for _, side, _ in asked], len(n))
    tails = np.repeat([tail for _, _, tail in asked], len(n))
    found = _lower(np.tile(n, len(asked)), rates, tails).reshape(len(asked), len(n))
    limits = {}
    for (name, side, _), values in zip(asked, found, strict=True):
        reached = values if side == "low" else 1 - values
        limits[name] = np.clip(centre + np.sqrt(dispersion) * (reached - centre), 0.0, 1.0)
    return limits


def _lower(n: NDArray[np.float64], rate: NDArray[np.float64], tail: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give the share at which the binomial distribution function, linear between whole numbers, reaches the tail."""
    from scipy.special import betainc

    def chance_up_to(done: NDArray[np.float64]) -> NDArray[np.float64]:
        within = np.clip(done, 0, np.maximum(n - 1, 0))
        inner: NDArray[np.float64] = betainc(np.maximum(n - within, 1), within + 1, 1 - rate)
        return np.where(done < 0, 0.0, np.where(done >= n, 1.0, inner))

    below, reached = np.full(len(n), -1.0), n.copy()
    while (reached - below > 1).any():
        middle = np.floor((below + reached) / 2)
        enough = chance_up_to(middle) >= tail
        below, reached = np.where(enough, below, middle), np.where(enough, middle, reached)
    at, before = chance_up_to(reached), chance_up_to(reached - 1)
    return np.clip((reached - (at - tail) / (at - before)) / np.maximum(n, 1), 0.0, 1.0)


def _dispersion(counts: Counts) -> tuple[float, bool]:
    """Give φ of the winsorised z-scores and whether it is significantly above 1; 1 when all or nothing was done."""
    from scipy.special import chdtri

    centre, rows = counts.pooled, len(counts.known)
    if not 0 < centre < 1:
        return 1.0, False
    z = np.sort((counts.values - centre) / np.sqrt(centre * (1 - centre) / counts.denominator))
    drawn_in = int(WINSORISED * rows)
    inner = np.clip(z, z[drawn_in], z[rows - 1 - drawn_in])
    estimate = float(np.mean(inner**2))
    return estimate, bool(rows * estimate > chdtri(rows, DISPERSION_TEST))


def _flags(counts: Counts, limits: dict[str, NDArray[np.float64]]) -> pl.Series:
    share = counts.values
    outside = [
        (share < limits["alarm_low"], "below"),
        (share > limits["alarm_high"], "above"),
        (share < limits["look_low"], "look_below"),
        (share > limits["look_high"], "look_above"),
    ]
    flags = np.select([where for where, _ in outside], [flag for _, flag in outside], "within")
    judged = counts.known & (counts.denominator >= FEWEST_TO_FLAG)
    return pl.Series([str(flag) if judge else None for flag, judge in zip(flags, judged, strict=True)], dtype=pl.String)
