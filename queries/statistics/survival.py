"""Survival of open matters: how long they stay open, how they end, whether groups differ; frames in and frames out.

One row of every input is one matter: `days` is how long it was seen (until it ended, or until the data's last day),
`ended` names the kind of its end (null while it is open; a Boolean column says whether it ended), `entered` is the day
of its life from which it was watched, when that was not its first. A matter is at risk on day d when entered < d and
d ≤ days, from day 0 on when it was watched from day 0; one that entered late and left on that same day is not used.
"""

from __future__ import annotations

from statistics import NormalDist

import numpy as np
import polars as pl
from scipy import special

from queries.statistics.grouping import By, keys_of, names
from queries.statistics.life_tables import life_table, log_log_limits, matters_of


def share_open(
    frame: pl.DataFrame,
    days: str = "days",
    ended: str = "end",
    by: By = (),
    entered: str | None = None,
    level: float = 0.95,
) -> pl.DataFrame:
    """Give the share still open after each day: one row per group of `by` and day on which something ended, sorted.

    Columns: those of `by`, days, at_risk, ended (how many that day), share_open, low and high (null once the share is
    0). Raises QueryError when days are missing or negative, or smaller than `entered`.

    E. L. Kaplan & P. Meier, Journal of the American Statistical Association 53 (1958), p. 457; limits on the scale
    log(-log) with Greenwood's variance: J. D. Kalbfleisch & R. L. Prentice, The Statistical Analysis of Failure Time
    Data (1980), p. 15; late entry: J. P. Klein & M. L. Moeschberger, Survival Analysis (2003), p. 123.
    """
    table = life_table(matters_of(frame, days, ended, by, entered), by)
    error = pl.col("greenwood").sqrt() * pl.col("share_open")
    return table.select(
        *names(by), "days", "at_risk", "ended", "share_open", **log_log_limits(pl.col("share_open"), error, level)
    )


def restricted_mean(
    frame: pl.DataFrame,
    until: float,
    days: str = "days",
    ended: str = "end",
    by: By = (),
    entered: str | None = None,
    level: float = 0.95,
) -> pl.DataFrame:
    """Give the mean number of days that a matter is open of its first `until` days: one row per group of `by`, sorted.

    Columns: those of `by`, n, restricted_mean, low and high (days). The three are null where the share open is not
    known so far out: no matter was watched for `until` days, and some were still open when watching stopped.
    Raises QueryError as share_open does.

    Area under share_open and its variance: J. P. Klein & M. L. Moeschberger, Survival Analysis (2003), p. 118.
    """
    matters = matters_of(frame, days, ended, by, entered)
    keys = keys_of(by)
    step = (pl.col("days").shift(-1).over(keys).fill_null(until) - pl.col("days")) * pl.col("share_open")
    areas = (
        life_table(matters, by)
        .filter(pl.col("days") < until)
        .with_columns(after=step.cum_sum(reverse=True).over(keys))
        .group_by(keys)
        .agg(
            mean=pl.col("days").first() + pl.col("after").first(),
            error=(pl.col("after") ** 2 * pl.col("hazard_variance")).sum().sqrt(),
            least=pl.col("share_open").last(),
        )
    )
    known = (pl.col("longest") >= until) | (pl.col("least") == 0)
    half = NormalDist().inv_cdf((1 + level) / 2) * pl.col("error").fill_null(0.0)
    return (
        matters.group_by(keys)
        .agg(n=pl.len().cast(pl.Int64), longest=pl.col("days").max())
        .join(areas, on=keys, how="left", nulls_equal=True)
        .with_columns(restricted_mean=pl.when(known).then(pl.col("mean").fill_null(until)))
        .sort(keys)
        .select(
            *names(by),
            "n",
            "restricted_mean",
            low=(pl.col("restricted_mean") - half).clip(0.0, until),
            high=(pl.col("restricted_mean") + half).clip(0.0, until),
        )
    )


def competing_ends(
    frame: pl.DataFrame,
    days: str = "days",
    ended: str = "end",
    by: By = (),
    entered: str | None = None,
    level: float = 0.95,
) -> pl.DataFrame:
    """Give the share ended in each way (closed, cancelled …): one row per group, day with an end and kind of end.

    Columns: those of `by`, days, end, at_risk, ended (how many that way that day), share_ended (so far), low and high
    (null while the share is 0), share_open. On each day the shares of all kinds and share_open sum to 1. Every kind of
    the frame has its rows in every group. Raises QueryError as share_open does.

    O. O. Aalen & S. Johansen, Scandinavian Journal of Statistics 5 (1978), p. 141; variance by the delta method, limits
    on the scale log(-log): D. Collett, Modelling Survival Data in Medical Research (2015), p. 411.
    """
    matters = matters_of(frame, days, ended, by, entered)
    keys, each = keys_of(by), [*keys_of(by), "end"]
    kinds = matters.select(pl.col("end").drop_nulls().unique().sort())
    counts = matters.group_by(*each, "days").agg(ways=pl.len().cast(pl.Int64))
    n, d, before = pl.col("at_risk"), pl.col("ways"), pl.col("before")
    share, past = pl.col("share_ended"), pl.col("hazard_variance")
    pull = before * d / n**2
    terms = {"a": past, "b": share * past, "c": share**2 * past, "e": pull, "f": share * pull}
    terms["g"] = before**2 * d * (n - d) / n**3
    sums = {name: term.cum_sum().over(each) for name, term in terms.items()}
    variance = share**2 * sums["a"] - 2 * share * (sums["b"] + sums["e"]) + sums["c"] + 2 * sums["f"] + sums["g"]
    return (
        life_table(matters, by)
        .with_columns(before=pl.col("share_open").shift(1).over(keys).fill_null(1.0))
        .join(kinds, how="cross")
        .join(counts, on=[*each, "days"], how="left", nulls_equal=True)
        .with_columns(d.fill_null(0))
        .sort(*keys, "days", "end")
        .with_columns(share_ended=(before * d / n).cum_sum().over(each))
        .select(
            *names(by),
            *("days", "end", "at_risk"),
            d.alias("ended"),
            share,
            **log_log_limits(share, variance.clip(0.0).sqrt(), level),
            share_open="share_open",
        )
    )


def log_rank(
    frame: pl.DataFrame,
    by: By,
    days: str = "days",
    ended: str = "end",
    entered: str | None = None,
) -> pl.DataFrame:
    """Test whether the groups of `by` end their matters equally fast: one row, groups, chi_square, degrees, p_value.

    With fewer than two groups, or nothing ended while groups could be compared, chi_square and p_value are null.
    The chi-square speaks too soon of small groups: ten equal ones differ at p < 0.05 in 12 % of cases with 8 matters
    each, in 6.5 % with 20, in 5.2 % with 60 (simulated). Raises QueryError as share_open does.

    N. Mantel, Cancer Chemotherapy Reports 50 (1966), p. 163; R. Peto & J. Peto, Journal of the Royal Statistical
    Society A 135 (1972), p. 185.
    """
    matters = matters_of(frame, days, ended, by, entered)
    groups = matters.select(names(by)).unique().with_row_index("_group")
    group = matters.join(groups, on=names(by), how="left", nulls_equal=True, maintain_order="left")["_group"]
    size = groups.height
    member = group.to_numpy() == np.arange(size)[:, None]
    last, first = matters["days"].to_numpy(), matters["entered"].to_numpy()
    over = matters["end"].is_not_null().to_numpy()
    day = np.unique(last[over])[:, None]
    risk = (((first < day) | (first == 0)) & (last >= day)) @ member.T.astype(np.float64)
    ends = ((last == day) & over) @ member.T.astype(np.float64)
    n, d = risk.sum(axis=1), ends.sum(axis=1)
    part = risk / n[:, None]
    excess = (ends - d[:, None] * part).sum(axis=0)
    spread = d * (n - d) / np.maximum(n - 1, 1)
    covariance = np.diag(spread @ part) - (part * spread[:, None]).T @ part
    degrees = max(size - 1, 0)
    compared = degrees > 0 and bool(np.diag(covariance).any())
    chi_square = float(excess @ np.linalg.pinv(covariance, hermitian=True) @ excess) if compared else None
    p_value = float(special.chdtrc(degrees, chi_square)) if compared else None
    return pl.DataFrame(
        [{"groups": size, "chi_square": chi_square, "degrees": degrees, "p_value": p_value}],
        schema={"groups": pl.Int64, "chi_square": pl.Float64, "degrees": pl.Int64, "p_value": pl.Float64},
    )
