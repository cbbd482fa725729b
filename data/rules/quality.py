"""V17 to V19, V36 and V37: what actions contain, and the marks given for them."""

from __future__ import annotations

from datetime import date
from typing import Final

import polars as pl

from data.rules.base import Tables, current, failing, numbered, rule, together

INSTANCE: Final = ["unit_id", "action_code", "instance_no"]
UNCHECKED_SHARE: Final = 0.20
LENIENT_POINTS: Final = 10.0
LEAST_SCORES: Final = 3


@rule(
    "V17",
    zh="核对的内容不属于该动作或当时未生效",
    en="the action has no such part in force on that day",
    tables=("action_content_checks", "action_content_items", "action_records"),
)
def v17(tables: Tables, known_on: date) -> pl.DataFrame:
    """A part that was looked for belongs to the action and is asked when the action was done, or else checked."""
    items = tables["action_content_items"].select("action_code", "item_no", "effective_from", "effective_to")
    checks = (
        current(tables, "action_content_checks")
        .join(_records(tables).select(*INSTANCE, "done_on"), on=INSTANCE, how="left")
        .join(items, on=["action_code", "item_no"], how="left")
    )
    day = pl.coalesce("done_on", "checked_on", pl.col("reported_at").dt.date())
    in_force = (day >= pl.col("effective_from")) & (day <= pl.col("effective_to").fill_null(date.max))
    return failing(checks.filter(~in_force.fill_null(False)), "action_content_checks", "item_no")


@rule(
    "V18",
    zh="动作未开始却核对为具备",
    en="found present although the action has not begun",
    tables=("action_content_checks", "action_records"),
)
def v18(tables: Tables, known_on: date) -> pl.DataFrame:
    """A part can only be present in an action that has begun."""
    begun = _records(tables).filter(
        pl.col("started_on").is_not_null()
        | pl.col("done_on").is_not_null()
        | pl.col("status").is_in(["in_progress", "done"])
    )
    present = current(tables, "action_content_checks").filter(pl.col("state") == "present")
    return failing(present.join(begun, on=INSTANCE, how="anti"), "action_content_checks", "state")


@rule(
    "V19",
    zh="分数须在0—100,最后一次评分退回的动作不能为已批准",
    en="a mark lies between 0 and 100, and what was last returned is not approved",
    tables=("action_reviews", "action_records"),
)
def v19(tables: Tables, known_on: date) -> pl.DataFrame:
    """Marks are in range; an action whose latest review returned it is not recorded as approved."""
    reviews = current(tables, "action_reviews")
    outside = reviews.filter(~pl.col("score").is_between(0, 100))
    latest = reviews.sort("reviewed_on", "reported_at").unique(INSTANCE, keep="last", maintain_order=True)
    approved = _records(tables).filter(pl.col("review_status") == "approved")
    returned = latest.filter(pl.col("verdict") == "returned").join(approved, on=INSTANCE, how="semi")
    return together(failing(outside, "action_reviews", "score"), failing(returned, "action_reviews", "verdict"))


@rule(
    "V36",
    severity="warning",
    zh="督导组未核对的内容超过20%",
    en="more than 20 % of this group's content checks say not_checked",
    tables=("action_content_checks", "unit_assignments", "supervision_groups"),
)
def v36(tables: Tables, known_on: date) -> pl.DataFrame:
    """A group has looked at most of the parts it reports on."""
    checks = current(tables, "action_content_checks").join(_groups(tables, known_on), on="unit_id")
    share = checks.group_by("group_id").agg((pl.col("state") == "not_checked").mean().alias("share"))
    return _of_groups(tables, share.filter(pl.col("share") > UNCHECKED_SHARE))


@rule(
    "V37",
    severity="warning",
    zh="督导组评分全部相同,或比抽查平均高10分以上",
    en="all of this group's marks are equal, or on average more than 10 points above the spot checks",
    tables=("action_reviews", "unit_assignments", "supervision_groups"),
)
def v37(tables: Tables, known_on: date) -> pl.DataFrame:
    """A group's marks differ from one another and agree with the office's own."""
    reviews = current(tables, "action_reviews").drop_nulls("score").join(_groups(tables, known_on), on="unit_id")
    own = reviews.filter(pl.col("reviewer_side") == "group")
    spread = own.group_by("group_id").agg(pl.col("score").n_unique().alias("kinds"), pl.len().alias("marks"))
    equal = spread.filter((pl.col("kinds") == 1) & (pl.col("marks") >= LEAST_SCORES))
    spot = reviews.filter(pl.col("reviewer_side") == "office_spot_check").select(*INSTANCE, "score")
    gaps = own.join(spot, on=INSTANCE, suffix="_spot").group_by("group_id")
    lenient = gaps.agg((pl.col("score") - pl.col("score_spot")).mean().alias("gap"))
    return together(_of_groups(tables, equal), _of_groups(tables, lenient.filter(pl.col("gap") > LENIENT_POINTS)))


def _records(tables: Tables) -> pl.DataFrame:
    return tables["action_records"].filter(~pl.col("is_void"))


def _groups(tables: Tables, known_on: date) -> pl.DataFrame:
    """The group of each unit on the known-on day."""
    until = pl.col("valid_to").fill_null(date.max)
    now = tables["unit_assignments"].filter(pl.lit(known_on).is_between(pl.col("valid_from"), until))
    return now.select("unit_id", "group_id").unique("unit_id")


def _of_groups(tables: Tables, found: pl.DataFrame) -> pl.DataFrame:
    groups = numbered(tables, "supervision_groups").join(found, on="group_id", how="semi")
    return failing(groups, "supervision_groups", "group_id")
