"""How the groups stand in the share that a page compares: intervals, limits, the places each may hold."""

from datetime import date
from functools import lru_cache
from typing import Any, Final

import polars as pl

from dashboards.answers import Answers
from dashboards.store import Store
from queries import Indicator, indicator
from queries.judging import JUDGED, judged
from queries.statistics import balance, wilson

DEFAULT: Final = "on_time_rate"
KEPT: Final = 256
"""Verdicts and ranks by thousands of draws are kept for so many different counts, whoever looks at them."""

COUNTED: Final = {"numerator": pl.Int64, "denominator": pl.Int64}
Counts = tuple[int, ...]


def compared(store: Store) -> Indicator:
    """The share that is picked to compare the groups by; the default one when that is none of them."""
    picked = store.picks.get("indicator", DEFAULT)
    return indicator(picked if picked in JUDGED else DEFAULT)


def proven_below(answers: Answers, share: str) -> list[str]:
    """The groups below the 99.8 % limits by what had happened when the reports of all were in, sorted.

    Below the limits while reports are still coming in is not proven: late news is not late work.
    """
    settled = answers.settled
    return [] if settled is None else sorted(settled.limits(share).filter(pl.col("flag") == "below")["group_id"])


def judged_rows(answers: Answers) -> list[dict[str, Any]]:
    """Every group in every judged share with what chance allows it, by what had happened when all reports were in.

    One row per group and share, the share's name in `indicator`; empty while nothing is complete.
    """
    settled = answers.settled
    if settled is None:
        return []
    return [{"indicator": name} | row for name in JUDGED for row in settled.limits(name).iter_rows(named=True)]


def proven_on(answers: Answers) -> date | None:
    """The day those are proven by, where it is an earlier one than the day looked at."""
    settled = answers.settled
    return None if settled is None or settled is answers else settled.selection.events_until


def said_below(frame: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """The rows of `standing` that lie below the limits, by how that may be said.

    behind: proven by the figures shown; behind.until: not by these, but by those of the day all reports are in; early:
    not proven yet.
    """
    below, proven, was = pl.col("below"), pl.col("proven"), pl.col("was_below")
    kinds = {"behind": proven, "behind.until": below & ~proven & was, "early": below & ~proven & ~was}
    return {key: frame.filter(kind) for key, kind in kinds.items()}


def standing(answers: Answers, share: str) -> pl.DataFrame:
    """One row per group that the share says something of, the highest first.

    Columns: those of the share's answer; low_95, high_95, low_998, high_998 (Wilson); those of `funnel`; below (under
    the 99.8 % limits), proven (below, and the group's reports are all in) and was_below (one of `proven_below`).
    """
    return answers.once(("standing", share), lambda: _standing(answers, share))


def places(answers: Answers, share: str) -> pl.DataFrame:
    """The same rows with the columns of `shrink_shares` and of `rank_intervals` (90 %, empirical prior)."""
    frame = standing(answers, share)
    return frame.hstack(_drawn(share, *_counts(frame)))


def spread(answers: Answers, share: str) -> dict[str, Any]:
    """How far apart the groups are, and whether chance would do: the row of `balance`."""
    return _balance(*_counts(answers.limits(share))).row(0, named=True)


def _standing(answers: Answers, share: str) -> pl.DataFrame:
    frame = answers.limits(share)
    for level, suffix in ((0.95, "95"), (0.998, "998")):
        frame = wilson(frame, level=level).rename({"low": f"low_{suffix}", "high": f"high_{suffix}"})
    below = (pl.col("flag") == "below").fill_null(False)
    was_below = pl.col("group_id").is_in(proven_below(answers, share))
    proven = below & (pl.col("maturity") == "mature")
    frame = frame.with_columns(below=below, proven=proven, was_below=was_below)
    return frame.sort("value", "denominator", descending=True, maintain_order=True)


def _counts(frame: pl.DataFrame) -> tuple[Counts, Counts]:
    return tuple(frame["numerator"].to_list()), tuple(frame["denominator"].to_list())


@lru_cache(KEPT)
def _balance(numerators: Counts, denominators: Counts) -> pl.DataFrame:
    return balance(pl.DataFrame({"numerator": numerators, "denominator": denominators}, COUNTED))


@lru_cache(KEPT)
def _drawn(share: str, numerators: Counts, denominators: Counts) -> pl.DataFrame:
    """The shrunk shares and the ranks of these counts, in their order."""
    frame, defined = pl.DataFrame({"numerator": numerators, "denominator": denominators}, COUNTED), indicator(share)
    return judged(judged(frame, defined, "shrinkage"), defined, "ranks").drop(COUNTED)
