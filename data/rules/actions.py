"""V09, V10, V14 to V16: the state of actions, their instances and their order."""

from __future__ import annotations

from datetime import date
from typing import Final

import polars as pl

from data.rules.base import Tables, current, failing, numbered, rule, together

UNFINISHED: Final = {"action_records": ("planned", "in_progress"), "group_plan_items": ("planned", "doing")}
INSTANCE: Final = ["unit_id", "action_code"]


@rule("V09", zh="状态与完成日不一致", en="done and the day on which it was done go together: correct status or day")
def v09(tables: Tables, known_on: date) -> pl.DataFrame:
    """What is done has its day, and what was given up has none; V10 judges what is not finished."""
    found = []
    for table, unfinished in _present(tables).items():
        is_done, is_dated = pl.col("status") == "done", pl.col("done_on").is_not_null()
        is_open = pl.col("status").is_in(unfinished)
        wrong = current(tables, table).filter((is_done & ~is_dated) | (is_dated & ~is_done & ~is_open))
        found.append(failing(wrong, table, "done_on"))
    return together(*found)


@rule("V10", zh="未完成的动作不应有完成日", en="not finished, and yet with a day on which it was done")
def v10(tables: Tables, known_on: date) -> pl.DataFrame:
    """What is planned or in progress has no day on which it was done."""
    found = []
    for table, unfinished in _present(tables).items():
        wrong = current(tables, table).filter(pl.col("status").is_in(unfinished) & pl.col("done_on").is_not_null())
        found.append(failing(wrong, table, "done_on"))
    return together(*found)


@rule("V14", zh="次数编号须从1起连续", en="instances of an action are numbered 1, 2, 3 without a gap")
def v14(tables: Tables, known_on: date) -> pl.DataFrame:
    """Instance numbers of a unit's action have no gap, both where they are due and where they are recorded."""
    found = []
    for table in ("action_due", "action_records"):
        if table not in tables:
            continue
        number = pl.col("instance_no")
        counted = tables[table].group_by(INSTANCE).agg(number.max().alias("last"), number.n_unique().alias("count"))
        broken = counted.filter(pl.col("last") != pl.col("count")).select(INSTANCE)
        if broken.height:
            rows = numbered(tables, table).join(broken, on=INSTANCE)
            place = number.rank("dense").over(INSTANCE)
            found.append(failing(rows.filter(number != place), table, "instance_no"))
    return together(*found)


@rule(
    "V15",
    zh="动作先后要求成环",
    en="these actions wait for one another in a circle: remove one of the pairs",
    tables=("action_precedence",),
)
def v15(tables: Tables, known_on: date) -> pl.DataFrame:
    """The order of actions has no circle: every pair that is on one fails."""
    rows = numbered(tables, "action_precedence").drop_nulls(["before_code", "after_code"])
    while True:
        waited, waiting = rows["before_code"].unique().to_list(), rows["after_code"].unique().to_list()
        inner = rows.filter(pl.col("before_code").is_in(waiting) & pl.col("after_code").is_in(waited))
        if inner.height == rows.height:
            return failing(rows, "action_precedence", "after_code")
        rows = inner


@rule(
    "V16",
    severity="warning",
    zh="后续动作先于前置动作完成",
    en="done before the action that has to come first",
    tables=("action_precedence", "action_records"),
)
def v16(tables: Tables, known_on: date) -> pl.DataFrame:
    """An action waits for those before it; a predecessor of which nothing was reported is not held against it."""
    first = (
        current(tables, "action_records")
        .filter(pl.col("status") != "waived")
        .sort("instance_no", "row")
        .unique(INSTANCE, keep="first", maintain_order=True)
        .select("row", *INSTANCE, "started_on", "done_on")
    )
    pairs = tables["action_precedence"].unique(["before_code", "after_code"])
    judged = (
        first.filter(pl.col("done_on").is_not_null())
        .join(pairs, left_on="action_code", right_on="after_code")
        .join(first, left_on=["unit_id", "before_code"], right_on=INSTANCE, suffix="_before")
    )
    by_start = pl.col("rule") == "finish_before_start"
    begins = pl.when(by_start).then(pl.coalesce("started_on", "done_on")).otherwise("done_on")
    apart = pl.max_horizontal("min_gap_days", pl.when("same_day_ok").then(0).otherwise(1))
    ready = pl.col("done_on_before") + pl.duration(days=apart)
    wrong = judged.filter(pl.col("done_on_before").is_null() | (ready > begins))
    return failing(wrong, "action_records", "done_on")


def _present(tables: Tables) -> dict[str, list[str]]:
    return {table: list(unfinished) for table, unfinished in UNFINISHED.items() if table in tables}
