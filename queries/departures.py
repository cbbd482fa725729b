"""Departures: what became of each element of a decision by the lowest level that has it."""

from __future__ import annotations

import polars as pl

from queries.held import held_rows
from queries.selection import Selection
from queries.source import Source

KEPT, SILENT = "kept", "not_restated"
NAMES = ("group_id", "unit_type", "unit_id", "matter_no", "title_zh", "body_name_zh", "body_name_en")


def departures(source: Source, selection: Selection) -> pl.DataFrame:
    """Give every element of the decisions in the selection that was handed down: one row per matter and element.

    Columns: group_id, unit_type, unit_id, matter_id with matter_no, title_zh and the lead body's names, element_no,
    category, unit_of_measure, decided_value, restated_value (of the lowest level that gives a value; null once it is
    dropped), ratio (restated to decided; null without either and for a decided 0), is_weaker (it asks for less than was
    decided: a ratio above 1 for a deadline, below 1 for anything else; null without a ratio), level (the lowest with a
    row) and state there, left_at (the first level that altered, dropped or did not restate it; null where none did).
    The rows are those of retention_rate below the decision itself. Sorted by matter and element. I14.
    """
    below = held_rows("retention_rate", source, selection).filter(pl.col("level") > 0)
    given = pl.col("restated_value").is_not_null()
    frame = (
        below.sort("level")
        .group_by("matter_id", "element_no", maintain_order=True)
        .agg(
            *(pl.col(name).last() for name in (*NAMES, "category", "unit_of_measure", "decided_value", "level")),
            restated_value=pl.col("restated_value").filter(given).last(),
            state=pl.col("element_state").last(),
            left_at=pl.col("level").filter(pl.col("element_state") != KEPT).first(),
        )
    )
    frame = frame.with_columns(pl.when(pl.col("state") != "dropped").then("restated_value").alias("restated_value"))
    ratio = pl.when(pl.col("decided_value") != 0).then(pl.col("restated_value") / pl.col("decided_value"))
    weaker = pl.when(pl.col("category") == "deadline").then(pl.col("ratio") > 1).otherwise(pl.col("ratio") < 1)
    return frame.with_columns(ratio=ratio).with_columns(is_weaker=weaker).sort("matter_id", "element_no")
