"""Inspections: the common calendar of all bodies, who meets whom in the same unit, and what is asked of the units."""

from __future__ import annotations

from datetime import date
from typing import Final

import polars as pl

from queries import catalog
from queries.held import cut
from queries.kept import hold
from queries.naming import with_names
from queries.selection import Selection
from queries.source import Source

STATES: Final = ("held", "under_way", "ahead", "unreported", "merged")
"""How an inspection of the calendar stands: unreported is over by its plan, and nobody has said that it took place."""

NEAR_DAYS: Final = 7
SAME_THEME_DAYS: Final = 30
"""The two definitions of I16: any theme so near, or the same theme within so many days."""

CALLS: Final = ("inspection", "visit", "report", "matter")
"""What a call on a unit is: an inspection, our visit, a report we ask of it, a matter we ask about."""

ASKERS: Final = ("others", "partners", "campaign", "visit", "report", "matter")
"""Who calls: inspections by other bodies, by partners, by the campaign office; then what is our own anyway."""


def inspections(source: Source, selection: Selection) -> pl.DataFrame:
    """Give the calendar of inspections as it stands on the events-until date: one row per inspection not cancelled.

    Columns: group_id, unit_type, unit_id (with its names), week, inspection_id, body_id, body_kind, body_name_zh,
    body_name_en, is_partner (people's congress, consultative conference, and their kinds of inspection),
    inspection_kind, theme_code, role, revision, plan_status, merged_into, days (of the unit), inspection_from,
    inspection_to (actual days, planned ones where those are not known), state (one of STATES), is_near and is_repeated
    (meets another body's by either definition). A selection without a period has all that is to come too; one with a
    period has what begins in its weeks, to the end of the last. Sorted by first day. Raises SelectionError. domain.md
    2.8, I16.
    """
    return _of_weeks(cut(_calendar(source, selection), selection.resolve(source)), selection)


def meetings(source: Source, selection: Selection) -> pl.DataFrame:
    """Give the pairs of inspections that meet by either definition of I16: one row per pair, the earliest first.

    Columns: group_id, unit_type, unit_id (with its names), week, inspection_id, body_name_zh, body_name_en, theme_code,
    inspection_from, inspection_to, the same of the other one (other_inspection_id, …, other_from, other_to), gap_days
    (from the end of one to the first day of the other, 0 when they share a day), is_near, is_repeated, is_begun (both
    had begun by the events-until date, as I16 counts them). A pair is in the selection when one of the two is.
    """
    chosen = selection.resolve(source)
    values = {"events_until": chosen.events_until}

    def whole() -> pl.DataFrame:
        return with_names(source.query(catalog.text("states", "inspection_meetings"), values), source)

    found = _of_weeks(cut(hold(source, ("meetings", chosen.events_until), whole), chosen), selection)
    one, other = pl.col("inspection_id"), pl.col("other_inspection_id")
    pair = found.with_columns(one=pl.min_horizontal(one, other), two=pl.max_horizontal(one, other))
    return pair.unique(["one", "two"], keep="first", maintain_order=True).drop("one", "two")


def calls(source: Source, selection: Selection) -> pl.DataFrame:
    """Give what is asked of the units, by all bodies and by ourselves, in the full weeks: one row per call on a unit.

    Columns: group_id, unit_type, unit_id (with its names), week, called_on, kind (one of CALLS), call_id, body_id,
    body_kind, body_name_zh, body_name_en, is_partner (of inspections, else null), days (what an inspection takes of the
    unit, else null), asker (one of ASKERS). A week not yet over on the events-until date does not count, as in I16b,
    whose inspections, days and unit-months these are. Sorted by day.
    """
    chosen = selection.resolve(source)
    until = chosen.events_until
    if until is None:
        raise ValueError("a resolved selection has an events-until date.")
    extent = source.extent

    asker = (
        pl.when(pl.col("kind") != "inspection")
        .then(pl.col("kind"))
        .when(pl.col("is_partner"))
        .then(pl.lit("partners"))
        .when(pl.col("body_kind") == "campaign_office")
        .then(pl.lit("campaign"))
        .otherwise(pl.lit("others"))
    )

    def whole() -> pl.DataFrame:
        asked = source.query(catalog.text("states", "unit_calls"), {"events_until": until})
        week = (pl.col("called_on") - extent.launched_on).dt.total_days() // 7 + 1
        who = ("body_id", "body_kind", "body_name_zh", "body_name_en", "is_partner")
        inspecting = _calendar(source, selection).select("inspection_id", *who, kind=pl.lit("inspection"))
        named = with_names(asked.with_columns(week=week), source)
        inspecting = inspecting.rename({"inspection_id": "call_id"})
        return named.join(inspecting, on=["kind", "call_id"], how="left", maintain_order="left").with_columns(
            asker=asker
        )

    found = cut(hold(source, ("calls", until), whole), chosen)
    first, last = chosen.period or (1, 1)
    full = last if extent.sunday(last) <= until else last - 1
    return found.filter(pl.col("week").is_between(first, full))


def off_days(source: Source) -> frozenset[date]:
    """Give the days that the work calendar says are free; a day it does not know is a working day."""
    found: frozenset[date] | None = source.memo.get("off_days")
    if found is None:
        table = source.table("work_calendar")
        found = source.memo["off_days"] = frozenset(table.filter(~pl.col("is_workday"))["day"].to_list())
    return found


def _calendar(source: Source, selection: Selection) -> pl.DataFrame:
    """The calendar of the whole source on the selection's events-until date."""
    until = selection.resolve(source).events_until
    text, values = catalog.text("states", "inspection_calendar"), {"events_until": until}
    return hold(source, ("inspections", until), lambda: with_names(source.query(text, values), source))


def _of_weeks(frame: pl.DataFrame, selection: Selection) -> pl.DataFrame:
    """The rows of the period's weeks; without a period all of them."""
    return frame if selection.period is None else frame.filter(pl.col("week").is_between(*selection.period))
