"""News: whether what was due is late in the work itself, or was only told late."""

from __future__ import annotations

from typing import Final

import polars as pl

from queries.held import held_rows
from queries.selection import Selection
from queries.source import Source

KNOWN: Final = ("done", "not_done", "in_progress")
"""States of a due action in which the office knows whether it was done on time."""


def work_and_news(source: Source, selection: Selection) -> pl.DataFrame:
    """Give how the due actions were done and told: one row per group to which anything was due, in display order.

    Columns: group_id, due (the denominator of on_time_rate), and its parts, which add up to it: told (done on time and
    told on time), told_late (done on time and told late, both of told_on_time_share), untimed (done on time on a day
    that no weekly report covers), late (done after the due day), not_done (confirmed), in_progress, not_reported,
    unclear (sent back, withdrawn or contradictory); then known (those of which the office knows whether they were on
    time: without the last two) and maturity. Raises SelectionError.
    """
    resolved = selection.resolve(source)
    told = (
        held_rows("told_on_time_share", source, resolved)
        .group_by("group_id")
        .agg(pl.col("numerator", "denominator").sum())
    )
    state, immature = pl.col("state"), pl.col("is_immature").any()
    counted = (
        held_rows("on_time_rate", source, resolved)
        .group_by("group_id")
        .agg(
            due=pl.len().cast(pl.Int64),
            on_time=pl.col("numerator").sum(),
            **{
                each: (state == each).sum().cast(pl.Int64)
                for each in ("done", "not_done", "in_progress", "not_reported")
            },
            unclear=state.is_in(["withheld", "contradictory"]).sum().cast(pl.Int64),
            known=state.is_in(list(KNOWN)).sum().cast(pl.Int64),
            maturity=pl.when(immature).then(pl.lit("immature")).otherwise(pl.lit("mature")),
        )
    )
    order = {group: rank for rank, group in enumerate(source.extent.groups)}
    found = (
        counted.join(told, on="group_id", how="left")
        .with_columns(pl.col("numerator", "denominator").fill_null(0))
        .sort(pl.col("group_id").replace_strict(order, return_dtype=pl.Int64))
    )
    return found.select(
        "group_id",
        "due",
        told="numerator",
        told_late=pl.col("denominator") - pl.col("numerator"),
        untimed=pl.col("on_time") - pl.col("denominator"),
        late=pl.col("done") - pl.col("on_time"),
        not_done="not_done",
        in_progress="in_progress",
        not_reported="not_reported",
        unclear="unclear",
        known="known",
        maturity="maturity",
    )
