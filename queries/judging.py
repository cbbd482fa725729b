"""Judging: the answers of a share with what chance allows, so that nobody is accused by luck."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import polars as pl

from queries.catalog import Indicator
from queries.exceptions import SelectionError, UnknownNameError, suggestion
from queries.statistics import clopper_pearson, funnel, rank_intervals, shrink_shares, wilson

JUDGED: Final = (
    *("on_time_rate", "completion_rate", "content_coverage", "order_conformance"),
    *("weekly_coverage", "report_timeliness", "rectification_rate", "quality_pass_share"),
)
"""The shares by which groups are told apart: pressed below what chance allows, encouraged above it."""

Statistic = Callable[[pl.DataFrame, Indicator], pl.DataFrame]

STATISTICS: Final[dict[str, Statistic]] = {
    "wilson": lambda frame, _: wilson(frame),
    "exact": lambda frame, _: clopper_pearson(frame),
    "funnel": lambda frame, _: funnel(frame),
    "shrinkage": lambda frame, _: shrink_shares(frame),
    "ranks": lambda frame, share: rank_intervals(
        frame, direction="down" if share.direction == "down" else "up", prior="empirical"
    ),
}
"""What can be added to the rows of a share: an interval, funnel limits with a flag, a shrunk value, a rank interval."""


def judged(frame: pl.DataFrame, share: Indicator, statistic: str) -> pl.DataFrame:
    """Give the rows of a share with the columns of a statistic added, those of the function's own description.

    UnknownNameError for another statistic, SelectionError for an indicator that is no share of things counted.
    """
    if statistic not in STATISTICS:
        raise UnknownNameError(f"unknown statistic {statistic!r}.{suggestion(statistic, STATISTICS)}")
    if share.unit != "share" or share.numbers != "whole" or share.name == "drift":
        raise SelectionError(f"{share.name} is no share of things counted: {statistic} says nothing of it.")
    return STATISTICS[statistic](frame, share)
