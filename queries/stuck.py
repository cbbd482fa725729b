"""Stuck: where matters lie and for how long, how far they came down, and how they were pressed."""

from __future__ import annotations

from typing import Final

import polars as pl

from queries import catalog
from queries.dossier import register, steps
from queries.held import cut, held_of_day, held_rows
from queries.matters import FEWEST_MATTERS, lights
from queries.naming import dimension
from queries.selection import Selection
from queries.source import Source

PARTNERS: Final = ("peoples_congress", "consultative_conference")
"""Kinds of bodies that are cooperated with, never ranked. domain.md, B16."""

RUNGS: Final = ("urged", "blue", "amber", "red", "escalated")
"""The rungs of pressing, the mildest first: an urging, a slip by its colour, an escalation. domain.md 2.4-2.5."""

FEWEST_CLOSED: Final = 5
"""With fewer closed matters of a kind nothing is said of how long such a matter takes."""


def standing_matters(source: Source, selection: Selection) -> pl.DataFrame:
    """Give every matter as it stands on the events-until day: one row per matter registered by then.

    Columns: those of `queries.dossier.register`, placed as `queries.matters.lights` places them; light, workdays_left
    (neither for cancelled ones); slip_colour and slip_on of the last slip really issued; end (closed, cancelled, null
    while open); open_days (from the registration to the end, or to the events-until day); watched_from (the day of its
    life from which the register had it: not 0 where it was registered before the launch). Of open ones that somebody
    holds: hop_no, holder_id, holder_name_zh, holder_name_en, holder_kind, holder_unit_id, level, arrived_on, held_days,
    allowed_days, allowed_kind, stall_days. And how long others of its kind took: kind_basis ("kind": same source and
    urgency, "urgency" alone where these are fewer than FEWEST_CLOSED, null where those are too), kind_closed (how many
    closed ones that rests on), kind_days (the days within which nine tenths of them were closed), is_beyond_kind (open
    for longer). Kinds are those of the whole source. The selection's period is not used. Sorted by matter_id.
    """
    whole = Selection(events_until=selection.resolve(source).events_until)
    known = register(source, whole).rename({"group_id": "_group", "unit_type": "_type", "unit_id": "_unit"})
    lit = lights(source, whole).select(*("matter_id", "group_id", "unit_type", "unit_id", "light", "workdays_left"))
    places = {"group_id": "_group", "unit_type": "_type", "unit_id": "_unit"}
    end = pl.when(pl.col("cancelled_on").is_not_null()).then(pl.lit("cancelled"))
    launched = pl.lit(source.launched_on)
    found = (
        known.join(lit, on="matter_id", how="left", maintain_order="left")
        .with_columns(
            *(
                pl.when(pl.col("light").is_null()).then(pl.col(other)).otherwise(pl.col(name)).alias(name)
                for name, other in places.items()
            ),
            end=end.when(pl.col("closed_on").is_not_null()).then(pl.lit("closed")),
        )
        .drop(places.values())
        .with_columns(
            open_days=(
                pl.coalesce("cancelled_on", "closed_on", pl.lit(whole.events_until)) - pl.col("registered_on")
            ).dt.total_days(),
            watched_from=(launched - pl.col("registered_on")).dt.total_days().clip(0),
        )
        .join(_last_slips(source, whole), on="matter_id", how="left", maintain_order="left")
        .join(_holding(source, whole), on="matter_id", how="left", maintain_order="left")
    )
    is_open = pl.col("end").is_null()
    held = [column for column in _holding_columns() if column != "matter_id"]
    found = found.with_columns(pl.when(is_open).then(pl.col(name)).alias(name) for name in held)
    return cut(_with_kinds(found), selection).sort("matter_id")


def holders(source: Source, selection: Selection, fewest: int = FEWEST_MATTERS) -> pl.DataFrame:
    """Give the bodies where matters lay: one row per body and level, the most days of stall first.

    Columns: body_id, body_name_zh, body_name_en, body_kind, unit_id, level, is_partner (one of PARTNERS), matters,
    hops, stalled_hops, returns (hops that began with the matter being sent back to it), held_days, stall_days, share
    (of all stall days, null when there are none), is_named (the most stall of the bodies with at least `fewest`
    matters that are no partners), handed_on (hops it handed on), passed_on_only (those with nothing done). Hops are
    those begun in the selection's period. I13.
    """
    stalls = held_rows("stall_days", source, selection)
    passed = held_rows("passed_on_only_share", source, selection)
    of_hops = stalls.group_by("body_id", "level").agg(
        pl.col("body_name_zh", "body_name_en").first(),
        matters=pl.col("matter_id").n_unique().cast(pl.Int64),
        hops=pl.len().cast(pl.Int64),
        stalled_hops=(pl.col("numerator") > 0).sum().cast(pl.Int64),
        returns=(pl.col("arrived_by") == "returned").sum().cast(pl.Int64),
        held_days=pl.col("held_days").sum(),
        stall_days=pl.col("numerator").sum(),
    )
    of_passing = passed.group_by("body_id", "level").agg(
        handed_on=pl.col("denominator").sum(), passed_on_only=pl.col("numerator").sum()
    )
    kinds = dimension("bodies", source).select("body_id", "body_kind", "unit_id")
    stall, total = pl.col("stall_days"), pl.col("stall_days").sum()
    may_be_named = (pl.col("matters") >= fewest) & (stall > 0) & ~pl.col("is_partner")
    return (
        of_hops.join(of_passing, on=["body_id", "level"], how="left", nulls_equal=True)
        .join(kinds, on="body_id", how="left")
        .with_columns(
            pl.col("handed_on", "passed_on_only").fill_null(0),
            is_partner=pl.col("body_kind").is_in(PARTNERS).fill_null(False),
            share=pl.when(total > 0).then(stall / total),
        )
        .with_columns(is_named=may_be_named & (stall == stall.filter(may_be_named).max()).fill_null(False))
        .sort("stall_days", "held_days", "body_id", "level", descending=[True, True, False, False], nulls_last=True)
        .select(
            *("body_id", "body_name_zh", "body_name_en", "body_kind", "unit_id", "level", "is_partner", "matters"),
            *("hops", "stalled_hops", "returns", "held_days", "stall_days", "share", "is_named", "handed_on"),
            "passed_on_only",
        )
    )


def pressure(source: Source, selection: Selection) -> pl.DataFrame:
    """Give every pressing of a matter up to the events-until day, in the order it really happened.

    One row per urging, slip and escalation: group_id, unit_type (of the matter), matter_id, step_no, rung (one of
    RUNGS), happened_on, days_after (days since the pressing before it, null for a matter's first), is_first (the first
    time the matter was on that rung), end (how the matter stands). The selection's period is not used.
    """
    slip = pl.when(pl.col("event_type") == "slip_issued").then(pl.col("slip_colour")).otherwise(pl.col("event_type"))
    pressed = steps(source, selection).with_columns(rung=slip).filter(pl.col("rung").is_in(RUNGS))
    matters = held_of_day(standing_matters, source, selection).select("group_id", "unit_type", "matter_id", "end")
    return (
        pressed.join(matters, on="matter_id", how="inner")
        .sort("matter_id", "step_no")
        .with_columns(
            days_after=(pl.col("happened_on") - pl.col("happened_on").shift().over("matter_id")).dt.total_days(),
            is_first=pl.int_range(pl.len()).over("matter_id", "rung") == 0,
        )
        .select(
            *("group_id", "unit_type", "matter_id", "step_no", "rung", "happened_on", "days_after", "is_first", "end")
        )
    )


def cascade(source: Source, selection: Selection) -> pl.DataFrame:
    """Give how far each matter came at each level by the events-until day: one row per matter and level it lay at.

    Columns: group_id, unit_type (of the matter), matter_id, level, arrived_on, received_on (handed over by another
    body), accepted_on (signed for), acted_on (started, reported back, claimed done or a result reached), fed_back_on
    (reported back or claimed done), decomposed_on (handed on to a deeper level), is_here (it lies there now), end (how
    the matter stands). The selection's period is not used. Sorted by matter and level.
    """
    until = selection.resolve(source).events_until
    came = source.query(catalog.text("states", "matter_cascade"), {"events_until": until})
    matters = held_of_day(standing_matters, source, selection).select(
        "group_id", "unit_type", "matter_id", "end", now="level"
    )
    found = came.join(matters, on="matter_id", how="inner").sort("matter_id", "level")
    return found.select(
        *("group_id", "unit_type", "matter_id", "level", "arrived_on", "received_on", "accepted_on", "acted_on"),
        *("fed_back_on", "decomposed_on"),
        (pl.col("level") == pl.col("now")).fill_null(False).alias("is_here"),
        "end",
    )


def _last_slips(source: Source, whole: Selection) -> pl.DataFrame:
    """The last slip really issued on each matter, also on those that were cancelled since."""
    issued = steps(source, whole).filter(pl.col("event_type") == "slip_issued", pl.col("slip_colour").is_not_null())
    return (
        issued.sort("matter_id", "step_no")
        .group_by("matter_id", maintain_order=True)
        .agg(pl.col("slip_colour").last(), slip_on=pl.col("happened_on").last())
    )


def _holding(source: Source, whole: Selection) -> pl.DataFrame:
    """Who holds each matter now: the hops not left by the events-until day."""
    bodies = dimension("bodies", source).select("body_id", holder_kind="body_kind", holder_unit_id="unit_id")
    names = {"body_id": "holder_id", "body_name_zh": "holder_name_zh", "body_name_en": "holder_name_en"}
    hops = held_rows("stall_days", source, whole).filter(pl.col("left_on").is_null())
    return hops.join(bodies, on="body_id", how="left").rename(names).select(_holding_columns())


def _holding_columns() -> list[str]:
    return [
        *("matter_id", "hop_no", "holder_id", "holder_name_zh", "holder_name_en", "holder_kind", "holder_unit_id"),
        *("level", "arrived_on", "held_days", "allowed_days", "allowed_kind", "stall_days"),
    ]


def _with_kinds(found: pl.DataFrame) -> pl.DataFrame:
    """Each matter beside how long the closed ones of its kind took."""
    closed = found.filter(pl.col("end") == "closed")
    for name, by in (("kind", ["source", "urgency"]), ("urgency", ["urgency"])):
        taken = closed.group_by(by).agg(
            pl.len().cast(pl.Int64).alias(f"_n_{name}"),
            pl.col("open_days").sort().get((0.9 * pl.len()).ceil().cast(pl.Int64) - 1).alias(f"_days_{name}"),
        )
        found = found.join(taken, on=by, how="left", maintain_order="left")
    enough = {name: pl.col(f"_n_{name}") >= FEWEST_CLOSED for name in ("kind", "urgency")}
    basis = pl.when(enough["kind"]).then(pl.lit("kind")).when(enough["urgency"]).then(pl.lit("urgency"))
    days = pl.when(enough["kind"]).then("_days_kind").when(enough["urgency"]).then("_days_urgency")
    n = pl.when(enough["kind"]).then("_n_kind").otherwise("_n_urgency")
    return (
        found.with_columns(kind_basis=basis, kind_closed=n.fill_null(0), kind_days=days)
        .with_columns(
            is_beyond_kind=pl.col("end").is_null() & (pl.col("open_days") > pl.col("kind_days")).fill_null(False)
        )
        .drop("_n_kind", "_days_kind", "_n_urgency", "_days_urgency")
    )
