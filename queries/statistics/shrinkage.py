"""Shrinkage: each row's own figure drawn towards the common one, by how little it rests on; raw and shrunk together."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from queries.statistics.counts import Counts, column


def shrink_shares(frame: pl.DataFrame, numerator: str = "numerator", denominator: str = "denominator") -> pl.DataFrame:
    """Add to each row its share beside the share drawn towards the common one (empirical Bayes, beta-binomial).

    Columns: raw (numerator / denominator), shrunk (weight_of_own × raw + (1 − weight_of_own) × prior_mean),
    weight_of_own (n / (n + M), 0..1), prior_mean (the pooled share), spread. All null but prior_mean and spread when
    the denominator is 0 or null: nothing is told of a row that has nothing of its own. A truly weak small row is
    drawn towards the others too, so the shrunk figure is never to be shown alone.

    spread is "beyond_chance" when the rows differ by more than binomial chance does on average, and M is then
    estimated by moments; otherwise "not_beyond_chance", every weight is 0 and every shrunk share the pooled one. This
    is no test: two in five frames of truly equal rows differ by more than that average. See `balance` for one.

    J. C. Kleinman, Journal of the American Statistical Association 68 (1973), p. 46, weights n. Counts that are not
    shares raise QueryError.
    """
    counts = Counts.of_shares(frame, numerator, denominator)
    return _beside(frame, counts, prior_size(counts))


def shrink_rates(frame: pl.DataFrame, events: str = "numerator", exposure: str = "denominator") -> pl.DataFrame:
    """Add to each row its events per exposure beside the rate drawn towards the common one (gamma-Poisson).

    Columns as in `shrink_shares`, in events per unit of the exposure; weight_of_own is e / (e + B), e the exposure and
    B = prior mean / prior variance, estimated by moments (R. J. Marshall, Applied Statistics 40 (1991), p. 283, with
    the degree of freedom that the pooled rate uses up taken off). Negative numbers and events without exposure raise
    QueryError.
    """
    counts = Counts.of_events(frame, events, exposure)
    own = counts.only_known()
    total, rate = own.denominator.sum(), own.pooled
    excess = _squares(own) - (len(own.known) - 1) * rate
    room = total - (own.denominator**2).sum() / total if total else 0.0
    return _beside(frame, counts, rate * room / excess if excess > 0 and room > 0 else np.inf)


def prior_size(counts: Counts) -> float:
    """Give M, the denominator that the common share is worth to a row; infinite when spread is not beyond chance."""
    own = counts.only_known()
    rows, total, share = len(own.known), own.denominator.sum(), own.pooled
    if rows < 2 or not 0 < share < 1:
        return float("inf")
    excess = _squares(own) / (share * (1 - share)) - (rows - 1)
    room = total - (own.denominator**2).sum() / total - (rows - 1)
    if excess <= 0 or room <= 0:
        return float("inf")
    correlation = min(excess / room, 1.0)
    return float((1 - correlation) / correlation)


def _squares(own: Counts) -> float:
    return float((own.denominator * (own.values - own.pooled) ** 2).sum())


def _beside(frame: pl.DataFrame, counts: Counts, prior: float) -> pl.DataFrame:
    weight: NDArray[np.float64] = counts.denominator / (counts.denominator + prior) if prior else np.ones(len(frame))
    shrunk = counts.pooled + weight * (counts.values - counts.pooled)
    any_known = bool(counts.known.any())
    return frame.with_columns(
        raw=column(counts.values, counts.known),
        shrunk=column(shrunk, counts.known),
        weight_of_own=column(weight, counts.known),
        prior_mean=pl.lit(counts.pooled if any_known else None, pl.Float64),
        spread=pl.lit("beyond_chance" if np.isfinite(prior) else "not_beyond_chance"),
    )
