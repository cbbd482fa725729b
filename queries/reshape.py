"""Reshape: frames of rows turned into the frames a view wants, with Polars alone."""

from __future__ import annotations

from typing import Final

import polars as pl

from queries.run import GRID, dimensions

EDGES: Final = (2, 7, 14)


def bin_labels(edges: tuple[int, ...] = EDGES) -> tuple[str, ...]:
    """Give the names of the bins that end at these days: (2, 7, 14) makes 0-2, 3-7, 8-14 and >14."""
    firsts = (0, *(edge + 1 for edge in edges[:-1]))
    closed = (f"{first}-{last}" if first < last else f"{last}" for first, last in zip(firsts, edges, strict=True))
    return (*closed, f">{edges[-1]}")


def lag_bins(rows: pl.DataFrame, by: str = "unit_type", edges: tuple[int, ...] = EDGES) -> pl.DataFrame:
    """Give the facts per latency bin from the rows of event_to_report_latency.

    One row per member of `by` found in the rows and bin, empty bins included. Columns: the dimension, bin_no,
    bin ("0-2"), facts, share of the member's facts. `Cube.latency_bins` gives the same without the rows.
    """
    column = GRID[dimensions(by)[0]]
    labels = bin_labels(edges)
    bin_no = pl.sum_horizontal([(pl.col("latency_days") > edge).cast(pl.Int64) for edge in edges])
    counted = rows.group_by(column, bin_no=bin_no).agg(facts=pl.len().cast(pl.Int64))
    bins = pl.DataFrame({"bin_no": range(len(labels)), "bin": labels}, schema={"bin_no": pl.Int64, "bin": pl.String})
    return (
        rows.select(pl.col(column).unique())
        .join(bins, how="cross")
        .join(counted, on=[column, "bin_no"], how="left")
        .with_columns(pl.col("facts").fill_null(0))
        .with_columns(share=pl.col("facts") / pl.col("facts").sum().over(column))
        .sort(column, "bin_no")
    )
