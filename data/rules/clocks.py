"""V06 to V08, V13 and V32: when things happened, when they were reported, and when the state was frozen."""

from __future__ import annotations

from datetime import date
from typing import Final

import polars as pl

from data.rules.base import Tables, current, failing, numbered, rule, together
from data.schemas import EVENT_DAYS, TABLES, is_fact

MAY_LIE_AHEAD: Final = {"action_records": "status", "group_plan_items": "status", "inspections": "plan_status"}
"""Where a row with the status `planned` may be about days to come."""
LATE_DAYS: Final = 30


@rule(
    "V06",
    zh="时间顺序错误:须为 事件日 ≤ 上报日 ≤ 数据截至日",
    en="out of order: an event comes before its report, and the report before the end of the known-on day",
)
def v06(tables: Tables, known_on: date) -> pl.DataFrame:
    """Event day, report day and known-on day follow one another; only what is planned may lie ahead."""
    found = []
    for table in (table for table in TABLES if table in tables and is_fact(table)):
        reported = pl.col("reported_at").dt.date()
        events = EVENT_DAYS.get(table, ())
        rows = tables[table].select(
            reported.max().alias("reported"),
            *((pl.col(name).cast(pl.Date) > reported).any().alias(name) for name in events),
        )
        if rows.height and rows["reported"][0] is not None and rows["reported"][0] > known_on:
            late = numbered(tables, table).filter(reported > known_on)
            found.append(failing(late, table, "reported_at"))
        for name in (name for name in events if rows[name].any()):
            ahead = numbered(tables, table).filter(pl.col(name).cast(pl.Date) > reported)
            if table in MAY_LIE_AHEAD:
                ahead = ahead.filter(pl.col(MAY_LIE_AHEAD[table]) != "planned")
            found.append(failing(ahead, table, name))
    if "report_filings" in tables:
        accepted = numbered(tables, "report_filings").filter(pl.col("accepted_at").dt.date() > known_on)
        found.append(failing(accepted, "report_filings", "accepted_at"))
    return together(*found)


@rule(
    "V07",
    zh="动作完成日早于活动启动日",
    en="done before the launch of the campaign: correct the day",
    tables=("action_records", "campaign"),
)
def v07(tables: Tables, known_on: date) -> pl.DataFrame:
    """No action is done before the campaign begins; plans, training and assignments may be earlier."""
    launched_on = tables["campaign"]["launched_on"].min()
    early = current(tables, "action_records").filter(pl.col("done_on") < pl.lit(launched_on, dtype=pl.Date))
    return failing(early, "action_records", "done_on")


@rule("V08", zh="完成日早于开始日", en="done before it began: correct one of the days", tables=("action_records",))
def v08(tables: Tables, known_on: date) -> pl.DataFrame:
    """An action is done on or after the day on which it began."""
    wrong = current(tables, "action_records").filter(pl.col("done_on") < pl.col("started_on"))
    return failing(wrong, "action_records", "done_on")


@rule(
    "V13",
    severity="warning",
    zh="动作完成日为非工作日",
    en="done on a day off work",
    tables=("action_records", "work_calendar"),
)
def v13(tables: Tables, known_on: date) -> pl.DataFrame:
    """Actions are done on working days; days that the calendar does not have are not judged."""
    off = tables["work_calendar"].filter(~pl.col("is_workday"))["day"].to_list()
    done = current(tables, "action_records").filter(pl.col("done_on").is_in(off))
    return failing(done, "action_records", "done_on")


@rule("V32", severity="warning", zh="事件发生30天后才上报", en="reported more than 30 days after it happened")
def v32(tables: Tables, known_on: date) -> pl.DataFrame:
    """The first report of a fact comes within 30 days; a correction may come at any time."""
    found = []
    for table, (name, *_) in EVENT_DAYS.items():
        if table in tables:
            waited = pl.col("reported_at").dt.date() - pl.col(name).cast(pl.Date)
            is_late = (waited > pl.duration(days=LATE_DAYS)) & (pl.col("revision") == 1) & ~pl.col("is_void")
            if tables[table].select(is_late.any()).item():
                found.append(failing(numbered(tables, table).filter(is_late), table, name))
    return together(*found)
