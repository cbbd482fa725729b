"""Balance: whether rows differ by more than chance gives when all share one rate."""

from __future__ import annotations

from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from queries.statistics.counts import Counts

BANDS: Final = {"look": (0.025, 0.975), "alarm": (0.001, 0.999)}
LOOK: Final = 0.05
UNBALANCED: Final = 0.002
FEWEST_DRAWS: Final = 999

SLACK: Final = 1e-9
"""The same rates in another order must count as just as extreme, whatever the last bit of their sum."""

SCHEMA: Final = {
    "rows": pl.Int64,
    "pooled": pl.Float64,
    **{
        f"{spread}{part}": pl.Float64
        for spread in ("range", "sd")
        for part in ("_pp", "_look_low", "_look_high", "_alarm_low", "_alarm_high")
    },
    "p_value": pl.Float64,
    "verdict": pl.String,
}


def balance(
    frame: pl.DataFrame,
    numerator: str = "numerator",
    denominator: str = "denominator",
    seed: int = 0,
    draws: int = 9_999,
) -> pl.DataFrame:
    """Tell how far apart the rates of a frame's rows are, and whether chance alone would do. Always one row.

    Columns: rows (those with a denominator above 0, the only ones used); pooled (their common rate, 0..1); range_pp
    and sd_pp (largest less smallest rate, and population SD, in percentage points: domain.md, I06); range_look_low,
    range_look_high, range_alarm_low, range_alarm_high and the same of sd (between them, in percentage points, lie 95 %
    and 99.8 % of the ranges and SDs that binomial draws give when every row has the pooled rate); p_value; verdict.
    Figures are null where they say nothing.

    p_value is that of Pearson's chi-square by Monte Carlo, (1 + draws as extreme) / (1 + draws): A. C. Davison and
    D. V. Hinkley, Bootstrap Methods and their Application (1997), section 4.2. Its draws share out the total that was
    done among the rows by chance, which needs no guess of the common rate (R. A. Fisher, Journal of the Royal
    Statistical Society 98 (1935), p. 39): equal truth is called unequal in at most 5 % of cases, at any size.

    Verdict, from p_value: "unbalanced" (p ≤ 0.002), "look" (p ≤ 0.05), "balanced", or "unknown" when there are fewer
    than two rows, or they are so small that no outcome at their pooled rate could be told from chance. "balanced" says
    that chance would do, not that all are equal. A range may leave its band for one tiny row, which p_value weighs by
    its denominator.

    The same seed gives the same answer, whatever the order of the rows. Counts that are not shares raise QueryError,
    fewer than 999 draws ValueError.
    """
    if draws < FEWEST_DRAWS:
        raise ValueError(f"{draws} draws cannot show a chance of {UNBALANCED}: give {FEWEST_DRAWS} or more.")
    counts = Counts.of_shares(frame, numerator, denominator).only_known()
    found: dict[str, object] = {"rows": len(counts.known), "verdict": "unknown"}
    if found["rows"]:
        found |= {"pooled": counts.pooled, **_spreads(counts.values)}
    if len(counts.known) >= 2:
        sizes = np.sort(counts.denominator).astype(np.int64)
        random, total = np.random.default_rng(seed), int(counts.numerator.sum())
        shared_out = random.multivariate_hypergeometric(sizes, total, size=draws, method="marginals")
        p_value = _chance(_chi_square(shared_out, sizes), float(_chi_square(counts.numerator, counts.denominator)))
        drawn = random.binomial(sizes, counts.pooled, size=(draws, len(sizes)))
        possible = _chi_square(drawn, sizes)
        can_tell = _chance(possible, float(possible.max())) <= LOOK or found["range_pp"] == 0
        found |= {**_bands(drawn / sizes), "p_value": p_value, "verdict": _verdict(p_value) if can_tell else "unknown"}
    return pl.DataFrame([found], schema=SCHEMA)


def _verdict(p_value: float) -> str:
    return "unbalanced" if p_value <= UNBALANCED else "look" if p_value <= LOOK else "balanced"


def _chance(simulated: NDArray[np.float64], statistic: float) -> float:
    return (1 + int((simulated >= statistic - SLACK).sum())) / (1 + len(simulated))


def _chi_square(
    done: NDArray[np.float64] | NDArray[np.int64], sizes: NDArray[np.float64] | NDArray[np.int64]
) -> NDArray[np.float64]:
    """Give Pearson's statistic of each table in the last axis, 0 where all or nothing was done."""
    pooled = done.sum(axis=-1, keepdims=True) / sizes.sum()
    variance = (pooled * (1 - pooled))[..., 0]
    squares = (sizes * (done / sizes - pooled) ** 2).sum(axis=-1)
    statistic: NDArray[np.float64] = np.divide(squares, variance, out=np.zeros_like(squares), where=variance > 0)
    return statistic


def _spreads(rates: NDArray[np.float64]) -> dict[str, float]:
    return {"range_pp": 100 * float(np.ptp(rates)), "sd_pp": 100 * float(np.std(rates))}


def _bands(rates: NDArray[np.float64]) -> dict[str, float]:
    """Give the limits of range and SD, each of them a value that was drawn."""
    return {
        f"{spread}_{band}_{side}": 100 * float(np.quantile(drawn, share, method="inverted_cdf"))
        for spread, drawn in (("range", np.ptp(rates, axis=-1)), ("sd", np.std(rates, axis=-1)))
        for band, shares in BANDS.items()
        for side, share in zip(("low", "high"), shares, strict=True)
    }
