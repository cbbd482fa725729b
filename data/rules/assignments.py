"""V11, V12, V20 and V23: which group has which unit, and whose visits go where."""

from __future__ import annotations

from datetime import date
from typing import Final

import polars as pl

from data.rules.base import Tables, current, failing, numbered, rule, together

FOREVER: Final = date(9999, 12, 31)
SEED_LAUNCH: Final = date(2014, 3, 10)
SEED_GROUPS: Final = {"township": 4, "county_department": 6}
SEED_SIZES: Final = {"township": (4, 5), "county_department": (13, 21)}
_ONE_DAY: Final = pl.duration(days=1)


@rule(
    "V11",
    zh="单位每日须恰属一个督导组,督导组须有单位",
    en="each unit has exactly one group on each of its days, and each group has a unit",
    tables=("units", "unit_assignments", "supervision_groups"),
)
def v11(tables: Tables, known_on: date) -> pl.DataFrame:
    """A unit's assignments follow one another without gap or overlap while it takes part; no group is empty."""
    stays = _stays(tables).sort("unit_id", "valid_from", "valid_until")
    previous = pl.col("valid_until").shift(1).over("unit_id")
    follows = pl.col("valid_from") == previous + _ONE_DAY
    wrong = stays.filter((pl.col("valid_until") < pl.col("valid_from")) | (previous.is_not_null() & ~follows))
    spans = stays.group_by("unit_id").agg(pl.col("valid_from").min(), pl.col("valid_until").max())
    units = numbered(tables, "units").join(spans, on="unit_id", how="left")
    last = pl.col("left_on").fill_null(known_on)
    alone = units.filter(
        pl.col("valid_from").is_null()
        | (pl.col("valid_from") > pl.col("joined_on"))
        | (pl.col("valid_until") < pl.max_horizontal(last, "joined_on"))
    )
    busy = _on_day(stays, known_on)["group_id"].unique().to_list()
    idle = numbered(tables, "supervision_groups").filter(~pl.col("group_id").is_in(busy))
    return together(
        failing(wrong, "unit_assignments", "valid_from"),
        failing(alone, "units", "unit_id"),
        failing(idle, "supervision_groups", "group_id"),
    )


@rule(
    "V12",
    severity="warning",
    zh="督导组单位数超出县直13—21个、乡镇4—5个",
    en="a department group has 13 to 21 units, a township group 4 or 5",
    tables=("campaign", "unit_assignments", "supervision_groups"),
)
def v12(tables: Tables, known_on: date) -> pl.DataFrame:
    """Groups of the first campaign (10 March 2014, four and six groups) have the sizes that were said."""
    groups = numbered(tables, "supervision_groups")
    kinds = dict(groups.group_by("group_kind").len().iter_rows())
    if tables["campaign"]["launched_on"].to_list() != [SEED_LAUNCH] or kinds != SEED_GROUPS:
        return together()
    sizes = _on_day(_stays(tables), known_on).group_by("group_id").agg(pl.col("unit_id").n_unique().alias("size"))
    sized = groups.join(sizes, on="group_id")
    outside = [
        (pl.col("group_kind") == kind) & ~pl.col("size").is_between(least, most)
        for kind, (least, most) in SEED_SIZES.items()
    ]
    return failing(sized.filter(pl.any_horizontal(outside)), "supervision_groups", "group_id")


@rule(
    "V20",
    zh="督查的督导组不是该单位当日所属的督导组",
    en="the unit had another group on that day: correct group, unit or day",
    tables=("visits", "unit_assignments"),
)
def v20(tables: Tables, known_on: date) -> pl.DataFrame:
    """A visit is made by the unit's group of that day; a stay that has not begun is judged by V23."""
    visits = _assigned(tables)
    wrong = visits.filter(~pl.col("is_own") & (pl.col("visited_on") >= pl.col("first_from")))
    return failing(wrong, "visits", "group_id")


@rule(
    "V23",
    zh="督查日早于单位归组的起始日",
    en="visited before the unit was given to a group: correct the day",
    tables=("visits", "unit_assignments"),
)
def v23(tables: Tables, known_on: date) -> pl.DataFrame:
    """No unit is visited before its first assignment begins."""
    early = _assigned(tables).filter(pl.col("visited_on") < pl.col("first_from"))
    return failing(early, "visits", "visited_on")


def _stays(tables: Tables) -> pl.DataFrame:
    until = pl.col("valid_to").fill_null(FOREVER).alias("valid_until")
    return numbered(tables, "unit_assignments").with_columns(until).drop_nulls(["unit_id", "group_id", "valid_from"])


def _on_day(stays: pl.DataFrame, day: date) -> pl.DataFrame:
    return stays.filter(pl.lit(day).is_between(pl.col("valid_from"), pl.col("valid_until")))


def _assigned(tables: Tables) -> pl.DataFrame:
    """Visits with the first day on which their unit had a group, and whether they are by the group of the day."""
    stays = _stays(tables)
    first = stays.group_by("unit_id").agg(pl.col("valid_from").min().alias("first_from"))
    visits = current(tables, "visits").select("row", "group_id", "unit_id", "visited_on").join(first, on="unit_id")
    covers = pl.col("visited_on").is_between(pl.col("valid_from"), pl.col("valid_until"))
    own = visits.join(stays.drop("row"), on=["unit_id", "group_id"]).filter(covers)["row"].unique().to_list()
    return visits.with_columns(pl.col("row").is_in(own).alias("is_own"))
