"""V21, V22, V24 and V25: what visits and reports say of themselves."""

from __future__ import annotations

from datetime import date
from typing import Final

import polars as pl

from data.rules.base import Tables, current, failing, rule, together

MOST_INTERVIEWS: Final = 30
MOST_HOURS: Final = 12.0


@rule(
    "V21",
    zh="电话、调阅方式不应有谈话人数",
    en="nobody is interviewed by telephone or over documents: the count is 0",
    tables=("visits",),
)
def v21(tables: Tables, known_on: date) -> pl.DataFrame:
    """Interviews are held face to face."""
    away = pl.col("mode").is_in(["phone", "documents"])
    wrong = current(tables, "visits").filter(away & (pl.col("interview_count") > 0))
    return failing(wrong, "visits", "interview_count")


@rule(
    "V22",
    severity="warning",
    zh="一次督查谈话超过30人或超过12小时",
    en="more than 30 interviews or 12 hours in one visit",
    tables=("visits",),
)
def v22(tables: Tables, known_on: date) -> pl.DataFrame:
    """What one visit can hold is limited."""
    visits = current(tables, "visits")
    return together(
        failing(visits.filter(pl.col("interview_count") > MOST_INTERVIEWS), "visits", "interview_count"),
        failing(visits.filter(pl.col("duration_h") > MOST_HOURS), "visits", "duration_h"),
    )


@rule(
    "V24",
    zh="报送早于时段开始、接收早于报送,或同一应报重复接收",
    en="filed before its period began, accepted before it was filed, or accepted twice for one due report",
    tables=("report_filings", "report_schedule"),
)
def v24(tables: Tables, known_on: date) -> pl.DataFrame:
    """A filing comes after its period began and before it is accepted; one filing is accepted for each due report."""
    filings = _filings(tables)
    early = filings.filter(pl.col("filed_at").dt.date() < pl.col("period_from"))
    backwards = filings.filter(pl.col("accepted_at") < pl.col("filed_at"))
    accepted = filings.filter(pl.col("accepted_at").is_not_null() & ~pl.col("returned"))
    again = accepted.sort("accepted_at", "row").filter(~pl.col("report_due_id").is_first_distinct())
    return together(
        failing(early, "report_filings", "filed_at"),
        failing(backwards, "report_filings", "accepted_at"),
        failing(again, "report_filings", "report_due_id"),
    )


@rule(
    "V25",
    severity="warning",
    zh="时段未结束即已报送",
    en="filed before its period had ended",
    tables=("report_filings", "report_schedule"),
)
def v25(tables: Tables, known_on: date) -> pl.DataFrame:
    """A report covers its whole period; one filed before the period began is judged by V24."""
    day = pl.col("filed_at").dt.date()
    early = _filings(tables).filter((day < pl.col("period_to")) & (day >= pl.col("period_from")))
    return failing(early, "report_filings", "filed_at")


def _filings(tables: Tables) -> pl.DataFrame:
    periods = tables["report_schedule"].select("report_due_id", "period_from", "period_to")
    return current(tables, "report_filings").join(periods.unique("report_due_id"), on="report_due_id")
