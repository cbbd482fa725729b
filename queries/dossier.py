"""Dossier: all that is on record of each matter, whatever the weeks looked at."""

from __future__ import annotations

import polars as pl

from queries import catalog
from queries.selection import Selection
from queries.source import Source


def register(source: Source, selection: Selection) -> pl.DataFrame:
    """Give what the register says of every matter on the events-until day: one row per matter registered by then.

    Columns: group_id, unit_type, unit_id (of the lead body on the original deadline, null when it is of no unit),
    body_id, body_name_zh, body_name_en (the lead body), matter_id, matter_no, title_zh, source, matter_class,
    three_mosts, urgency, decided_on, registered_on, due_on_original, due_on (in force), extended_on (first extension
    granted), count_asked, count_granted, count_refused (extensions), closed_on (a closing that stands), cancelled_on,
    planned_progress, actual_progress. The selection's period is not used. Sorted by matter_id.
    """
    return _of_day("matter_register", source, selection)


def steps(source: Source, selection: Selection) -> pl.DataFrame:
    """Give every step of every matter up to the events-until day: one row per step, in their order.

    Columns: matter_id, step_no, hop_no (the hop it was taken in, as in the rows of stall_days), event_type,
    happened_on, reported_at, from_body_id and to_body_id with their names (from_name_zh, …), level (that received it),
    allowed_days, allowed_kind, slip_colour, stall_reason. Of the selection only the events-until day is used.
    """
    return _of_day("matter_acts", source, selection)


def allowances(source: Source, selection: Selection) -> pl.DataFrame:
    """Give until when each holder might keep a matter: one row per hop with days allowed, begun by the day asked.

    Columns: matter_id, hop_no, allowed_until (the last day within the days allowed, in the kind of day allowed; null
    where the work calendar does not reach it). Of the selection only the events-until day is used.
    """
    return _of_day("matter_allowances", source, selection)


def supports(source: Source, _selection: Selection) -> pl.DataFrame:
    """Give the supporting bodies: one row per matter and body, with body_name_zh and body_name_en."""
    return source.query(catalog.text("states", "matter_supports"))


def _of_day(name: str, source: Source, selection: Selection) -> pl.DataFrame:
    sql = catalog.text("states", name)
    resolved = selection.resolve(source)
    values = {
        "groups": list(resolved.groups) or None,
        "unit_types": list(resolved.unit_types) or None,
        "events_until": resolved.events_until,
    }
    return source.query(sql, {each: values[each] for each in catalog.parameters(sql)})
