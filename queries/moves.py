"""Moves: why a headline figure is another one than last week, news of old events told apart from new events."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from typing import Any, Final

import polars as pl

from queries.exceptions import SelectionError
from queries.run import run
from queries.selection import Selection
from queries.source import Source

HEADLINE: Final = ("completion_rate", "on_time_rate", "visits_per_unit", "weekly_coverage", "report_timeliness")
"""The indicators of the Overview's figures of the day, in their order."""

EVERYTHING: Final = Selection()

_TIMES: Final = ("before", "then", "now")
_TIMES_SAID: Final = ("before", "then_known_now", "now")
_KEYS: Final = ("indicator", "is_all", "group_id")
_COUNTED: Final = ("value", "numerator", "denominator", "maturity")
_KINDS: Final = (pl.String, pl.Boolean, pl.String, pl.Float64, pl.Float64, pl.Float64, pl.String)


Ask = Callable[[str, Source, Selection, tuple[str, ...]], pl.DataFrame]


def moves(
    former: Source,
    latter: Source,
    selection: Selection = EVERYTHING,
    names: Iterable[str] = HEADLINE,
    ask: Ask = run,
) -> pl.DataFrame:
    """Give how far each indicator moved between two snapshots: one row for all (group_id null), then one per group.

    `before` is the value as the former snapshot had it at its own events-until; `then_known_now` the value of that same
    events-until as the latter knows it, so that their difference, `moved_by_news_of_old`, is what was learnt late or
    restated; `now` the value at the latter's own events-until, and `moved_by_new_events` what has happened since. The
    numerators and denominators of the three (numerator_before, …_then, …_now) add up the same way, exactly. Values are
    in the indicator's unit, null where nothing is counted; `maturity` is that of `now`.

    An events-until of the selection counts for the latter, the former's lies as many days before its known-on day. A
    group, unit type or week that the former did not have yet has no `before`. `ask` answers as
    `run` does. Columns: indicator, group_id, before, then_known_now, now, moved_by_news_of_old, moved_by_new_events,
    the six counts, maturity.
    Raises SelectionError when the latter is not the later one.
    """
    if former.known_on > latter.known_on:
        raise SelectionError(f"the former snapshot, known on {former.known_on}, is later than {latter.known_on}.")
    resolved = selection.resolve(latter)
    earlier = selection_before(resolved, former, latter)
    asked = [(former, earlier and _known_to(former, earlier)), (latter, earlier), (latter, resolved)]
    listed = list(names)
    before, then, now = (
        _counted(ask, listed, source, chosen, time) for time, (source, chosen) in zip(_TIMES, asked, strict=True)
    )
    moved = now
    for other in (then, before):
        moved = moved.join(other, on=_KEYS, how="full", coalesce=True, nulls_equal=True)
    places = {name: place for place, name in enumerate(listed)}
    ranks = {group: rank for rank, group in enumerate(latter.extent.groups)}
    place = pl.col("indicator").replace_strict(places, return_dtype=pl.Int64)
    rank = pl.col("group_id").replace_strict(ranks, default=None, return_dtype=pl.Int64)
    return (
        moved.sort(place, ~pl.col("is_all"), rank, nulls_last=True)
        .with_columns(
            moved_by_news_of_old=pl.col("then_known_now") - pl.col("before"),
            moved_by_new_events=pl.col("now") - pl.col("then_known_now"),
        )
        .select(
            *("indicator", "group_id", *_TIMES_SAID, "moved_by_news_of_old", "moved_by_new_events"),
            *(f"{part}_{time}" for time in _TIMES for part in ("numerator", "denominator")),
            maturity="maturity_now",
        )
    )


def selection_before(selection: Selection, former: Source, latter: Source) -> Selection | None:
    """Give a selection as it stood at the former snapshot, at an equal lag of events; None when its weeks were to come.

    It names no known-on day: it can be asked of either snapshot.
    """
    lag = latter.known_on - (selection.events_until or latter.known_on)
    until: date = max(former.known_on - lag, latter.extent.launched_on)
    ended, period = latter.extent.week_of(until), selection.period
    if period is not None and period[0] > ended:
        return None
    return replace(selection, known_on=None, events_until=until, period=period and (period[0], min(period[1], ended)))


def _known_to(former: Source, selection: Selection) -> Selection | None:
    """The selection without groups and unit types that were not there yet; None when nothing is left of them."""
    extent = former.extent
    groups = tuple(group for group in selection.groups if group in extent.groups)
    kinds = tuple(kind for kind in selection.unit_types if kind in extent.unit_types)
    if (selection.groups and not groups) or (selection.unit_types and not kinds):
        return None
    return replace(selection, groups=groups, unit_types=kinds)


def _counted(ask: Ask, names: list[str], source: Source, selection: Selection | None, time: str) -> pl.DataFrame:
    """The indicators at one time, for all and by group; no rows where the selection was still to come."""
    said = dict(zip(_TIMES, _TIMES_SAID, strict=True))[time]
    columns: dict[str, list[Any]] = {name: [] for name in _KEYS + _COUNTED}
    for name in names if selection else ():
        for by in ((), ("group",)):
            frame = ask(name, source, selection or EVERYTHING, by)
            columns["indicator"] += [name] * frame.height
            columns["is_all"] += [not by] * frame.height
            columns["group_id"] += frame["group_id"].to_list() if by else [None] * frame.height
            for counted in _COUNTED:
                columns[counted] += frame[counted].to_list()
    schema = {name: kind for name, kind in zip(columns, _KINDS, strict=True)}
    told = {name: f"{name}_{time}" for name in _COUNTED} | {"value": said}
    return pl.DataFrame(columns, schema, strict=False).rename(told)
