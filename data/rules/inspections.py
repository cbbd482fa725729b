"""V35: inspections that were held or merged."""

from __future__ import annotations

from datetime import date

import polars as pl

from data.rules.base import Tables, current, failing, rule, together


@rule(
    "V35",
    zh="检查结束早于开始,或合并关系有误",
    en="an inspection ends after it begins; a merged one names another that is not itself merged",
    tables=("inspections",),
)
def v35(tables: Tables, known_on: date) -> pl.DataFrame:
    """Actual days are in order, and merged inspections lead to one that takes place."""
    rows = current(tables, "inspections")
    merged = rows.filter(pl.col("plan_status") == "merged")["inspection_id"].to_list()
    backwards = rows.filter(pl.col("actual_to") < pl.col("actual_from"))
    unlike = (pl.col("plan_status") == "merged") != pl.col("merged_into").is_not_null()
    nowhere = pl.col("merged_into").is_in(merged) | (pl.col("merged_into") == pl.col("inspection_id"))
    return together(
        failing(backwards, "inspections", "actual_to"),
        failing(rows.filter(unlike | nowhere.fill_null(False)), "inspections", "merged_into"),
    )
