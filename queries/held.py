"""Held: rows and listings of a whole source, kept in memory and cut to a selection; the same as asking anew."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import polars as pl

from queries import catalog
from queries.kept import hold
from queries.naming import with_names
from queries.run import counted_things, rows, unit_rows
from queries.selection import Selection
from queries.source import Source

Listing = Callable[[Source, Selection], pl.DataFrame]


def held_rows(name: str, source: Source, selection: Selection) -> pl.DataFrame:
    """Give exactly what `queries.rows(name, source, selection)` gives, from the rows of the whole source.

    Those are read once for each events-until date, where the period shapes them once for each period too; the frames
    used last are kept for each source. Rows of no week are asked anew.
    """
    defined = catalog.indicator(name)
    if defined.over:
        return rows(name, source, selection)
    resolved = selection.resolve(source)
    shaped = defined.period == "shapes"
    everyone = replace(resolved, groups=(), unit_types=(), period=resolved.period if shaped else None)
    key = ("rows", name, everyone.events_until, everyone.period)
    once = defined.counted == "once"
    whole = hold(source, key, lambda: (unit_rows if once else rows)(name, source, everyone))
    if shaped and {"group_id", "unit_type"} <= set(whole.columns):
        found = cut(whole, resolved)
    elif shaped or "week" not in whole.columns or whole["week"].null_count():
        return rows(name, source, selection)
    else:
        found = cut(whole, resolved).filter(pl.col("week").is_between(*(resolved.period or (1, 1))))
    return with_names(counted_things(found).sort(defined.key), source) if once else found


def held_of_day(listing: Listing, source: Source, selection: Selection) -> pl.DataFrame:
    """Give a listing that asks for no period, from that of the whole source, read once for each events-until date."""
    resolved = selection.resolve(source)
    everyone = Selection(events_until=resolved.events_until)
    return cut(hold(source, (listing, resolved.events_until), lambda: listing(source, everyone)), resolved)


def cut(frame: pl.DataFrame, selection: Selection) -> pl.DataFrame:
    """Give the rows of a selection's groups and unit types; with a group or type chosen, what has none leaves."""
    chosen = (("group_id", selection.groups), ("unit_type", selection.unit_types))
    return frame.filter(*(pl.col(column).is_in(names).fill_null(False) for column, names in chosen if names))
