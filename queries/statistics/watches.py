"""Watches for the data steward: signs that figures were made to look good. Never part of any mark, rank or lamp.

A flag is a reason to look at the rows, not a finding about anyone: honest habits can look the same. Every watch gives
one row per group of `by`, sorted, with n (what was looked at), seen, chance (what luck gives, in the measure of seen),
p_value (of as much as seen or more, by luck; null when nothing can be compared) and flag (p_value below `alpha`; null
where that is). Of groups without fault a share `alpha` or less is flagged; `adjust` keeps that over a long list. Where
groups are compared with one another, what all of them do is not seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

import numpy as np
import polars as pl
from scipy import special

from queries.statistics.contrasts import against_others
from queries.statistics.grouping import ALL, By, keys_of, names

ALPHA: Final = 0.01


def due_day_bunching(
    frame: pl.DataFrame,
    by: By = "group_id",
    done: str = "done_on",
    due: str = "due_on",
    within: int = 3,
    alpha: float = ALPHA,
) -> pl.DataFrame:
    """Watch for work that ends on its due day more often than on the days around it, and than in other groups.

    One row of the frame is one thing done. n: things done within `within` days of their due day; seen: the share of
    them done on that very day; chance: an even share of these days or, where that explains more, the share in the other
    groups, for a due day draws work by itself. With `by=()` only the days around are left to compare with. Back-dating
    a fifth of what is up to 5 days late among 400 is flagged in 9 of 10 cases alone, in 8 as one group of ten; without
    it 2 % and 0.6 % are flagged (simulated), but nearly always alone where work rushes to the due day.

    Binomial test against the days around and exact test against the others, of which the larger p_value counts. On
    bunching: H. J. Kleven, Annual Review of Economics 8 (2016), p. 435.
    """
    delay = (pl.col(done) - pl.col(due)).dt.total_days()
    counted = against_others(frame, by, pl.when(delay.abs() <= within).then(delay == 0))
    even = 1 / (2 * within + 1)
    n, x = (counted[name].to_numpy() for name in ("n", "x"))
    around = np.where(x > 0, special.bdtrc(np.maximum(x - 1, 0), np.maximum(n, 1), even), 1.0)
    others = counted["p_value"].fill_null(0.0).to_numpy()
    compared = counted.with_columns(
        chance=pl.when(pl.Series(others > around, dtype=pl.Boolean)).then("chance").otherwise(even),
        p_value=pl.when(pl.col("n") > 0).then(pl.Series(np.maximum(around, others), dtype=pl.Float64)),
    )
    return _watched(compared, by, alpha)


def deadline_moves(
    frame: pl.DataFrame,
    by: By = "unit_id",
    due: str = "due_on",
    original: str = "due_on_original",
    granted: str = "extension_granted_on",
    alpha: float = ALPHA,
) -> pl.DataFrame:
    """Watch for deadlines that were moved once they had passed, more often than in other groups.

    One row of the frame is one deadline (table action_due). n: deadlines with an original day; seen: the share moved to
    a later day after the original day had passed, or without a day on which that was granted; chance: the share in the
    other groups, by the exact test of against_others. One decision that moves many deadlines counts as many.
    """
    late = (pl.col(due) > pl.col(original)) & (pl.col(granted) > pl.col(original)).fill_null(True)
    moved = pl.when(pl.col(original).is_not_null()).then(late.fill_null(False))
    return _watched(against_others(frame, by, moved), by, alpha)


def eve_bursts(
    facts: pl.DataFrame,
    snapshots: Sequence[date],
    by: By = "group_id",
    reported: str = "reported_at",
    sender: By = "unit_id",
    eve_days: int = 2,
    alpha: float = ALPHA,
) -> pl.DataFrame:
    """Watch for facts that are reported just before a snapshot is frozen, more often than in other groups.

    All that one `sender` reports on one day is one letter, however many facts it tells: they came together. n: letters
    up to the last of `snapshots` (their known-on days); seen: the share sent within the last `eve_days` days up to the
    next snapshot, its own day included; chance: the share in the other groups, by the exact test of against_others.
    Where a group writes for all its units, the group is the sender.
    """
    letter = list(dict.fromkeys([*names(by), *names(sender)]))
    letters = facts.select(*letter, day=pl.col(reported).cast(pl.Date)).unique().sort("day")
    frozen = pl.DataFrame({"snapshot": sorted(snapshots)}, {"snapshot": pl.Date})
    dated = letters.join_asof(frozen, left_on="day", right_on="snapshot", strategy="forward")
    left = (pl.col("snapshot") - pl.col("day")).dt.total_days()
    return _watched(against_others(dated, by, left < eve_days), by, alpha)


def uniform_scores(
    frame: pl.DataFrame,
    by: By = "group_id",
    score: str = "score",
    draws: int = 2000,
    seed: int = 0,
    alpha: float = ALPHA,
) -> pl.DataFrame:
    """Watch for reviewers whose scores hardly differ from one another, while those of other reviewers do.

    One row of the frame is one score, `by` says who gave it. n: scores; seen: their standard deviation (points);
    chance: the median one of n deviations drawn from those of the other reviewers from their own means; p_value: the
    share of draws with as little spread. Null with fewer than two scores, or where no other reviewer gave two.
    """
    rng = np.random.default_rng(seed)
    keys, n = keys_of(by), pl.len()
    scores = frame.select(*names(by), pl.lit(0).alias(ALL), value=pl.col(score).cast(pl.Float64)).drop_nulls("value")
    own_mean = (pl.col("value") - pl.col("value").mean()) * (n / (n - 1)).sqrt()
    scores = scores.with_columns(deviation=pl.when(n > 1).then(own_mean).over(keys))
    reviewers = scores.group_by(keys).agg(n=n.cast(pl.Int64), seen=pl.col("value").std()).sort(keys)
    chance, p_value = [], []
    for reviewer in reviewers.iter_slices(1):
        pool = scores.join(reviewer, on=keys, how="anti", nulls_equal=True)["deviation"].drop_nulls().to_numpy()
        size, spread = reviewer["n"].item(), reviewer["seen"].item()
        known = spread is not None and len(pool) > 0
        drawn = rng.choice(pool, (draws, size)).std(axis=1, ddof=1) if known else np.empty(0)
        chance.append(float(np.median(drawn)) if known else None)
        p_value.append((1 + int((drawn <= spread + 1e-9).sum())) / (1 + draws) if known else None)
    measured = {"chance": pl.Series(chance, dtype=pl.Float64), "p_value": pl.Series(p_value, dtype=pl.Float64)}
    return _watched(reviewers.with_columns(**measured), by, alpha)


def perfect_without_evidence(frame: pl.DataFrame, by: By = "unit_id", alpha: float = ALPHA) -> pl.DataFrame:
    """Watch for all being done with nothing to show: no content check, or every check perfect and no spot check.

    One row of the frame counts actions, rows of one group are added up: required, done, checked (done ones with a
    content check), complete (those in which nothing was missing), spot_checked (done ones the office looked at). n:
    required; seen: the share done; chance: the county's. One more column, lack, says "content_check" or "spot_check",
    null where not all is done or evidence is there. To have done all is no sign by itself: p_value is how often the
    evidence would be lacking if checks fell on done actions at the county's rates, 1 where it is not lacking.
    """
    keys = keys_of(by)
    done, checked, complete, spotted = (pl.col(name) for name in ("done", "checked", "complete", "spot_checked"))
    summed = (
        frame.with_columns(pl.lit(0).alias(ALL))
        .group_by(keys)
        .agg(
            n=pl.col("required").sum(),
            **{each.meta.output_name(): each.sum() for each in (done, checked, complete, spotted)},
        )
        .cast({"n": pl.Int64})
    )
    perfect = (pl.col("n") > 0) & (done == pl.col("n"))
    unlooked = (1 - checked.sum() / done.sum()) ** done
    flawless = (complete.sum() / checked.sum()) ** checked * (1 - spotted.sum() / done.sum()) ** done
    lack = (
        pl.when(perfect & (checked == 0))
        .then(pl.lit("content_check"))
        .when(perfect & (complete == checked) & (spotted == 0))
        .then(pl.lit("spot_check"))
    )
    judged = summed.with_columns(
        seen=pl.when(pl.col("n") > 0).then(done / pl.col("n")), chance=done.sum() / pl.col("n").sum(), lack=lack
    ).with_columns(
        p_value=pl.when(pl.col("lack") == "content_check")
        .then(unlooked)
        .when(pl.col("lack") == "spot_check")
        .then(flawless)
        .otherwise(1.0)
    )
    return _watched(judged, by, alpha, "lack")


def _watched(measured: pl.DataFrame, by: By, alpha: float, *more: str) -> pl.DataFrame:
    flag = pl.col("p_value") < alpha
    return measured.sort(names(by) or "n").select(*names(by), "n", "seen", "chance", "p_value", *more, flag=flag)
