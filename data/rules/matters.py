"""V27 to V29: the way of a decided matter through the levels."""

from __future__ import annotations

from datetime import date
from typing import Final

import polars as pl

from data.rules.base import Tables, current, failing, rule, together

ASKING: Final = ["extension_asked", "extension_granted", "extension_refused"]
MAY_GO_DOWN: Final = ["returned", "escalated"]


@rule(
    "V27",
    zh="事项的日期、状态、层级或延期有误",
    en="a matter is decided, registered, assigned, closed in this order, goes down one level at a time, "
    "and is extended only when that was asked",
    tables=("matters", "matter_events"),
)
def v27(tables: Tables, known_on: date) -> pl.DataFrame:
    """The days, the state, the levels and the extensions of a matter agree with one another."""
    events = current(tables, "matter_events").sort("matter_id", "event_no")
    assigned = (
        events.filter(pl.col("event_type") == "assigned")
        .group_by("matter_id")
        .agg(pl.col("happened_on").min().alias("assigned_on"))
    )
    matters = current(tables, "matters").join(assigned, on="matter_id", how="left")
    latest = pl.max_horizontal("decided_on", "registered_on", "assigned_on")
    unlike = (pl.col("status") == "closed") != pl.col("closed_on").is_not_null()
    wrong_start = (pl.col("registered_on") < pl.col("decided_on")) | (pl.col("assigned_on") < pl.col("registered_on"))
    return together(
        failing(matters.filter(wrong_start), "matters", "registered_on"),
        failing(matters.filter(unlike | (pl.col("closed_on") < latest)), "matters", "closed_on"),
        failing(matters.filter(pl.col("due_on") < pl.col("due_on_original")), "matters", "due_on"),
        _wrong_levels(events),
        _unasked_extensions(events),
    )


@rule(
    "V27b",
    severity="warning",
    zh="延期申请晚于当时的期限",
    en="the extension was asked only after the due day then in force",
    tables=("matters", "matter_events"),
)
def v27b(tables: Tables, known_on: date) -> pl.DataFrame:
    """An extension is asked in time. Due days between two extensions are not in the data and not judged."""
    events = current(tables, "matter_events").sort("matter_id", "event_no")
    granted = (pl.col("event_type") == "extension_granted").cast(pl.Int32)
    asked = (
        events.with_columns(
            granted.cum_sum().over("matter_id").alias("before"), granted.sum().over("matter_id").alias("in_all")
        )
        .filter(pl.col("event_type") == "extension_asked")
        .join(current(tables, "matters").select("matter_id", "due_on_original", "due_on"), on="matter_id")
    )
    first, last = pl.col("before") == 0, pl.col("before") == pl.col("in_all")
    late = asked.filter(
        (first & (pl.col("happened_on") > pl.col("due_on_original")))
        | (last & (pl.col("happened_on") > pl.col("due_on")))
    )
    return failing(late, "matter_events", "happened_on")


@rule(
    "V28",
    zh="红色督查单之前没有黄色督查单(紧急事项除外)",
    en="a red slip follows an amber one, unless the matter is urgent",
    tables=("matters", "matter_events"),
)
def v28(tables: Tables, known_on: date) -> pl.DataFrame:
    """Slips grow in colour: red only after amber, but for urgent matters."""
    slips = current(tables, "matter_events").filter(pl.col("slip_colour").is_in(["amber", "red"]))
    amber = slips.filter(pl.col("slip_colour") == "amber").group_by("matter_id").agg(pl.col("event_no").min())
    urgent = current(tables, "matters").filter(pl.col("urgency") == "urgent").select("matter_id")
    red = (
        slips.filter(pl.col("slip_colour") == "red")
        .join(urgent, on="matter_id", how="anti")
        .join(amber, on="matter_id", how="left", suffix="_amber")
    )
    wrong = red.filter(~(pl.col("event_no_amber") < pl.col("event_no")).fill_null(False))
    return failing(wrong, "matter_events", "slip_colour")


@rule(
    "V29",
    zh="决定要素缺少0层或上一层,或0层不为保持",
    en="level 0 of an element is the decision and kept, and each level has the one above it",
    tables=("matter_elements",),
)
def v29(tables: Tables, known_on: date) -> pl.DataFrame:
    """Every element begins with the decision itself and leaves out no level."""
    elements = current(tables, "matter_elements").sort("matter_id", "element_no", "level")
    above = pl.col("level").shift(1).over("matter_id", "element_no").fill_null(-1)
    lost = elements.filter(pl.col("level") != above + 1)
    changed = elements.filter((pl.col("level") == 0) & (pl.col("state") != "kept"))
    return together(failing(lost, "matter_elements", "level"), failing(changed, "matter_elements", "state"))


def _wrong_levels(events: pl.DataFrame) -> pl.DataFrame:
    levelled = events.drop_nulls("to_level").with_columns(
        (pl.col("to_level") - pl.col("to_level").shift(1).over("matter_id")).alias("step")
    )
    is_forwarded = pl.col("event_type") == "forwarded"
    jumps = is_forwarded & ~pl.col("step").is_between(0, 1)
    falls = ~is_forwarded & ~pl.col("event_type").is_in(MAY_GO_DOWN) & (pl.col("step") < 0)
    return failing(levelled.filter(jumps | falls), "matter_events", "to_level")


def _unasked_extensions(events: pl.DataFrame) -> pl.DataFrame:
    asking = events.filter(pl.col("event_type").is_in(ASKING)).with_columns(
        pl.col("event_type").shift(1).over("matter_id").alias("before")
    )
    unasked = pl.col("before").ne_missing("extension_asked")
    return failing(
        asking.filter((pl.col("event_type") == "extension_granted") & unasked), "matter_events", "event_type"
    )
