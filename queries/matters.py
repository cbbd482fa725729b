"""Matters: their lights, the level where they lie, and how a decision drifts on its way down."""

from __future__ import annotations

from typing import Final

import polars as pl

from queries import catalog
from queries.held import held_rows
from queries.run import run
from queries.selection import Selection, Window
from queries.source import Source

LIGHTS: Final = ("grey", "green", "blue", "amber", "red", "done_late")
"""Lights of a matter: not begun nor planned to be, on track, near due, behind, overdue, closed late."""

FEWEST_MATTERS: Final = 3
"""A level with fewer matters is not named as the bottleneck."""


def lights(source: Source, selection: Selection) -> pl.DataFrame:
    """Give the light of each matter on the events-until date: one row per matter registered by then, not cancelled.

    Columns: group_id, unit_type, unit_id (of the lead body on the due day, null when it is of no unit), body_id,
    body_name_zh, body_name_en, matter_id, matter_no, title_zh, due_on (in force), closed_on, workdays_left (negative
    when overdue, null when closed or never due), light (one of LIGHTS), slip_colour and slip_on of the last slip
    really issued. The selection's period is not used. Sorted by matter_id. domain.md 2.5.
    """
    resolved = selection.resolve(source)
    values = {
        "groups": list(resolved.groups) or None,
        "unit_types": list(resolved.unit_types) or None,
        "events_until": Window.of(resolved, source.extent).events_until,
    }
    return source.query(catalog.text("states", "matter_lights"), values).sort("matter_id")


def bottleneck(source: Source, selection: Selection, fewest: int = FEWEST_MATTERS) -> pl.DataFrame:
    """Give each level's part in the stall: one row per level where a matter lay, city first.

    Columns: level, stall_days, held_days, hops, matters, share (of all stall days, null when there are none),
    is_bottleneck (the largest share of the levels with at least `fewest` matters; no level when none of these has any
    stall). Days are those of the rows of stall_days; hops without days allowed are held but add no stall. I13.
    """
    of_levels = (
        held_rows("stall_days", source, selection)
        .group_by("level")
        .agg(
            stall_days=pl.col("numerator").sum(),
            held_days=pl.col("held_days").sum(),
            hops=pl.len().cast(pl.Int64),
            matters=pl.col("matter_id").n_unique().cast(pl.Int64),
        )
        .sort("level", nulls_last=True)
    )
    stall, total = pl.col("stall_days"), pl.col("stall_days").sum()
    is_named = (pl.col("matters") >= fewest) & (stall > 0)
    return of_levels.with_columns(
        share=pl.when(total > 0).then(stall / total),
        is_bottleneck=is_named & (stall == stall.filter(is_named).max()).fill_null(False),
    )


def drift(source: Source, selection: Selection) -> pl.DataFrame:
    """Give how far decisions drift at each level: one row per level with elements, the decision itself first.

    Columns: level, elements (restated there), kept, retention (kept of the restated), drift (what the level lost of
    the elements restated there and above it, null at the decision), not_restated (share of all elements recorded for
    the level). I14.
    """
    by = ("level",)
    asked = run("retention_rate", source, selection, by)
    skipped = run("element_not_restated_share", source, selection, by).select("level", not_restated="value")
    lost = run("drift", source, selection, by).select("level", drift="value")
    return (
        asked.join(lost, on="level", how="left")
        .join(skipped, on="level", how="left")
        .select(
            "level",
            elements="denominator",
            kept="numerator",
            retention="value",
            drift="drift",
            not_restated="not_restated",
        )
        .sort("level")
    )
