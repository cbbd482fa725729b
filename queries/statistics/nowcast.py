"""Nowcast: how many facts of the newest weeks are still to be reported, judged by how late earlier ones came in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy import special

from queries.statistics.grouping import ALL, By, keys_of, names

Floats = NDArray[np.float64]

DAYS: Final = 7
SETTLED_AFTER: Final = 5
"""Weeks after which no report is waited for: from 30 days on one counts as out of the ordinary (rule V32)."""
LEAST_HISTORY: Final = 8
WINDOW: Final = 8
"""Newest weeks from which each step is learnt, so that a change of habits is soon followed."""
LEAST_SHARE: Final = 0.3
"""Below this one fact would stand for more than three, and single late facts would decide the total."""
COLUMNS: Final = {
    "event_week": pl.Int64(),
    "known": pl.Int64(),
    **dict.fromkeys(("expected_total", "low", "high", "share_expected"), pl.Float64()),
    "basis": pl.String(),
}


def reporting_triangle(
    facts: pl.DataFrame,
    known_on: date,
    launched_on: date,
    event: str = "occurred_on",
    reported: str = "reported_at",
    by: By = (),
) -> pl.DataFrame:
    """Count facts by the week of the event and the weeks their report took: one row per group and observed cell.

    Columns: those of `by`, event_week (campaign week), delay_weeks (campaign week of the report - event_week), count.
    Every cell up to the last whole campaign week at known_on has its row, also when nothing came; nothing reported
    later is counted, so that a frame which knows more gives the same triangle. Weeks have seven days from launched_on.
    A group without any fact has no rows.
    """
    whole_weeks = ((known_on - launched_on).days + 1) // DAYS
    event_week, report_week = (
        (pl.col(name).cast(pl.Date) - launched_on).dt.total_days() // DAYS + 1 for name in (event, reported)
    )
    keys = keys_of(by)
    counts = (
        facts.select(*names(by), pl.lit(0).alias(ALL), event_week=event_week, delay_weeks=report_week - event_week)
        .filter(pl.col("event_week") >= 1, pl.col("delay_weeks") >= 0)
        .filter(pl.col("event_week") + pl.col("delay_weeks") <= whole_weeks)
        .group_by(*keys, "event_week", "delay_weeks")
        .agg(count=pl.len().cast(pl.Int64))
    )
    cells = [(week, delay) for week in range(1, whole_weeks + 1) for delay in range(whole_weeks - week + 1)]
    return (
        counts.select(keys)
        .unique()
        .join(pl.DataFrame(cells, {"event_week": pl.Int64, "delay_weeks": pl.Int64}, orient="row"), how="cross")
        .join(counts, on=[*keys, "event_week", "delay_weeks"], how="left", nulls_equal=True)
        .with_columns(pl.col("count").fill_null(0))
        .sort(*keys, "event_week", "delay_weeks")
        .drop(ALL)
    )


def nowcast(
    triangle: pl.DataFrame,
    by: By = (),
    level: float = 0.95,
    settled_after: int = SETTLED_AFTER,
    least_history: int = LEAST_HISTORY,
    window: int = WINDOW,
    least_share: float = LEAST_SHARE,
) -> pl.DataFrame:
    """Complete a reporting triangle by the chain ladder: one row per group of `by` and event week, sorted.

    Columns: those of `by`, event_week, known, expected_total, low, high (facts), share_expected (the part of a week's
    facts that is usually known at its age) and basis: "settled" when the week is at least `settled_after` weeks old
    (all it has is known), "nowcast", or "share_only" when fewer than `least_history` older weeks had any fact or less
    than `least_share` is usually known: then total and limits are null, and share_expected too while no week was
    watched for `settled_after` weeks. Steps are learnt from the newest `window` weeks that took them. A cell without a
    row counts as zero. In simulations low and high at 95 % hold the later total in 91 to 100 % of weeks, most often
    where weeks are small; while reporting habits change, in as few as two thirds.

    The total is that of T. Mack, ASTIN Bulletin 23 (1993), p. 213; low and high are quantiles of a gamma distribution
    with his prediction error (p. 219), in which one step's variance is that of the negative binomial model of R. J.
    Verrall, Insurance: Mathematics and Economics 26 (2000), p. 91, times one dispersion of all steps, at least 1. For
    small counts low starts from what is known and high from one fact more, as exact limits of a count do.
    """
    schema = pl.Schema({**triangle.select(names(by)).schema, **COLUMNS})
    parts = [pl.DataFrame(schema=schema)]
    week, delay = (triangle[name].to_numpy() for name in ("event_week", "delay_weeks"))
    first, last = int(week.min(initial=1)), int((week + delay).max(initial=1))
    for key, cells in triangle.with_columns(pl.lit(0).alias(ALL)).partition_by(keys_of(by), as_dict=True).items():
        counts = np.zeros((last - first + 1, max(last - first, settled_after) + 1))
        counts[cells["event_week"].to_numpy() - first, cells["delay_weeks"].to_numpy()] = cells["count"].to_numpy()
        enough = int((counts[:-1].sum(axis=1) > 0).sum()) >= least_history
        completed = pl.DataFrame(_completed(counts, level, settled_after, window, least_share if enough else np.inf))
        completed = completed.with_columns(
            *(pl.lit(value).alias(name) for name, value in zip(names(by), key[1:], strict=True)),
            event_week=pl.int_range(first, last + 1),
        )
        parts.append(completed.select(schema.names()).cast(schema))
    return pl.concat(parts).fill_nan(None).sort(*names(by), "event_week")


def _completed(counts: Floats, level: float, settled_after: int, window: int, least_share: float) -> dict[str, Any]:
    """Complete one group's counts (event weeks × delays): the columns of nowcast from known on, nan for null."""
    known = counts.sum(axis=1)
    age = np.arange(len(counts))[::-1]
    ladder = _Ladder.of(counts, age, settled_after, window)
    upper = replace(ladder, new=ladder.new + 0.5)
    at = np.minimum(age, settled_after)
    growth = ladder.growth[at]
    basis = np.where(age >= settled_after, "settled", np.where(1 / growth >= least_share, "nowcast", "share_only"))
    low, high = ladder.to_come(known, at, (1 - level) / 2), upper.to_come(known + 1, at, (1 + level) / 2)
    estimates = {"expected_total": known * growth, "low": known + low, "high": known + high}
    return {
        "known": known.astype(np.int64),
        **{name: np.where(basis == "share_only", np.nan, estimate) for name, estimate in estimates.items()},
        "share_expected": 1 / growth,
        "basis": basis,
    }


@dataclass(frozen=True)
class _Ladder:
    """Over the weeks watched from one delay to the next: facts known before the step, facts it added."""

    base: Floats
    new: Floats
    dispersion: float

    @classmethod
    def of(cls, counts: Floats, age: NDArray[np.int64], settled_after: int, window: int) -> _Ladder:
        before, added = counts.cumsum(axis=1)[:, :settled_after], counts[:, 1 : settled_after + 1]
        step = np.arange(settled_after)
        watched = (age[:, None] > step) & (age[:, None] <= step + window)
        ladder = cls((before * watched).sum(axis=0), (added * watched).sum(axis=0), 1.0)
        expected = np.where(watched, before * ladder.rate, 0.0)
        used = expected > 0
        error = (((added - expected) ** 2)[used] / ((1 + ladder.rate) * expected)[used]).sum()
        freedom = used.sum() - used.any(axis=0).sum()
        return replace(ladder, dispersion=max(float(error / freedom), 1.0)) if freedom > 0 else ladder

    @property
    def rate(self) -> Floats:
        return np.divide(self.new, self.base, out=np.full_like(self.base, np.nan), where=self.base > 0)

    @property
    def growth(self) -> Floats:
        """By what a count grows until it is settled, per age; nan where no week shows it."""
        return np.append(np.cumprod((1 + self.rate)[::-1])[::-1], 1.0)

    @property
    def doubt(self) -> Floats:
        """The variance of growth, in units of its square and of the dispersion, per age."""
        return np.append(np.cumsum((self.rate / (self.base + self.new))[::-1])[::-1], 0.0)

    def to_come(self, known: Floats, at: NDArray[np.int64], probability: float) -> Floats:
        """The quantile of what is still to come for weeks of an age, whole facts."""
        growth, doubt = self.growth[at], self.doubt[at]
        mean = known * (growth - 1)
        variance = self.dispersion * (mean * growth + (known * growth) ** 2 * doubt)
        some = mean > 0
        shape = np.divide(mean**2, variance, out=np.ones_like(mean), where=some)
        scale = np.divide(variance, mean, out=np.zeros_like(mean), where=some)
        return np.floor(np.asarray(special.gammaincinv(shape, probability), dtype=np.float64) * scale)
