"""Held: rows and listings of a whole source, kept in memory and cut to a selection; the same as asking anew."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import replace
from threading import Lock
from typing import Final

import polars as pl

from queries import catalog
from queries.run import rows
from queries.selection import Selection
from queries.source import Source

Listing = Callable[[Source, Selection], pl.DataFrame]

KEPT_PER_SOURCE: Final = 64


def held_rows(name: str, source: Source, selection: Selection) -> pl.DataFrame:
    """Give exactly what `queries.rows(name, source, selection)` gives, from the rows of the whole source.

    Those are read once for each events-until date, where the period shapes them once for each period too; the frames
    used last are kept for each source. What is counted once for several units, and rows of no week, are asked anew.
    """
    defined = catalog.indicator(name)
    if defined.counted == "once" or defined.over:
        return rows(name, source, selection)
    resolved = selection.resolve(source)
    shaped = defined.period == "shapes"
    everyone = replace(resolved, groups=(), unit_types=(), period=resolved.period if shaped else None)
    key = ("rows", name, everyone.events_until, everyone.period)
    whole = hold(source, key, lambda: rows(name, source, everyone))
    if shaped and {"group_id", "unit_type"} <= set(whole.columns):
        return cut(whole, resolved)
    if shaped or "week" not in whole.columns or whole["week"].null_count():
        return rows(name, source, selection)
    return cut(whole, resolved).filter(pl.col("week").is_between(*(resolved.period or (1, 1))))


def held_of_day(listing: Listing, source: Source, selection: Selection) -> pl.DataFrame:
    """Give a listing that asks for no period, from that of the whole source, read once for each events-until date."""
    resolved = selection.resolve(source)
    everyone = Selection(events_until=resolved.events_until)
    return cut(hold(source, (listing, resolved.events_until), lambda: listing(source, everyone)), resolved)


def cut(frame: pl.DataFrame, selection: Selection) -> pl.DataFrame:
    """Give the rows of a selection's groups and unit types; with a group or type chosen, what has none leaves."""
    chosen = (("group_id", selection.groups), ("unit_type", selection.unit_types))
    return frame.filter(*(pl.col(column).is_in(names).fill_null(False) for column, names in chosen if names))


def hold(source: Source, key: Hashable, ask: Callable[[], pl.DataFrame]) -> pl.DataFrame:
    """Give what was asked under this key of the source before, or ask now and keep it."""
    with _OPENING:
        kept: _Kept = source.memo.setdefault("held", _Kept())
    with kept.lock:
        found = kept.frames.pop(key, None)
        if found is not None:
            kept.frames[key] = found
            return found
    found = ask()
    with kept.lock:
        kept.frames[key] = found
        if len(kept.frames) > KEPT_PER_SOURCE:
            kept.frames.popitem(last=False)
    return found


class _Kept:
    """The frames of one source, the one used last at the end."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.frames: OrderedDict[Hashable, pl.DataFrame] = OrderedDict()


_OPENING: Final = Lock()
