"""Run: answer an indicator for a selection, as figures or as the rows behind them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

import polars as pl

from queries import catalog
from queries.exceptions import UnknownNameError, suggestion
from queries.extent import Extent
from queries.selection import Selection, Window
from queries.source import Source

DIMENSIONS: Final = {"group": "group_id", "unit_type": "unit_type", "unit": "unit_id", "week": "week"}


def run(name: str, source: Source, selection: Selection, by: Iterable[str] = ()) -> pl.DataFrame:
    """Give an indicator for a selection: one row per combination of the dimensions in `by`, zero rows included.

    `by` takes any of group, unit_type, unit, week. Columns: group_id, unit_type, unit_id, week (those asked for, in
    this order), value (null when the denominator is 0), numerator, denominator, n_missing, maturity ("mature" or
    "immature"), and p90 for the medians. Sorted by the dimensions, groups in display order.
    """
    asked = dimensions(by)
    resolved = selection.resolve(source)
    sql = catalog.indicator(name).sql
    grouping = {f"by_{dimension}": dimension in asked for dimension in DIMENSIONS}
    frame = source.query(sql, _chosen(sql, {**_values(resolved, source.extent), **grouping}))
    absent = [column for dimension, column in DIMENSIONS.items() if dimension not in asked]
    frame = in_order(frame.drop(absent), asked, source.extent)
    return total_of_nothing(frame) if not asked and frame.is_empty() else frame


def rows(name: str, source: Source, selection: Selection) -> pl.DataFrame:
    """Give the rows an indicator counts, each marked in_numerator and in_denominator."""
    resolved = selection.resolve(source)
    sql = catalog.indicator(name).rows_sql
    return source.query(sql, _chosen(sql, _values(resolved, source.extent)))


def dimension(name: str, source: Source) -> pl.DataFrame:
    """Give a dimension with its names: groups, unit_types, units or weeks, one row per member."""
    return source.query(catalog.text("dimensions", name))


def dimensions(by: Iterable[str]) -> tuple[str, ...]:
    """Give the dimensions asked for in their fixed order; an unknown one raises UnknownNameError."""
    asked = (by,) if isinstance(by, str) else tuple(by)
    for each in asked:
        if each not in DIMENSIONS:
            raise UnknownNameError(f"unknown dimension {each!r}.{suggestion(each, DIMENSIONS)}")
    return tuple(each for each in DIMENSIONS if each in asked)


def in_order(frame: pl.DataFrame, asked: tuple[str, ...], extent: Extent) -> pl.DataFrame:
    """Sort figures by their dimensions, groups in display order."""
    if not asked:
        return frame
    ranks = {group: rank for rank, group in enumerate(extent.groups)}
    keys = [
        pl.col("group_id").replace_strict(ranks, return_dtype=pl.Int64) if each == "group" else pl.col(DIMENSIONS[each])
        for each in asked
    ]
    return frame.sort(keys)


def total_of_nothing(frame: pl.DataFrame) -> pl.DataFrame:
    """Give the one row of a total that counts nothing: no value, zero of zero."""
    zeros = {column: 0 for column in ("numerator", "denominator", "n_missing")}
    return pl.DataFrame([{**zeros, "maturity": "mature"}], schema=frame.schema)


def _values(selection: Selection, extent: Extent) -> dict[str, Any]:
    window = Window.of(selection, extent)
    return {
        "groups": list(selection.groups) or None,
        "unit_types": list(selection.unit_types) or None,
        "from_on": window.from_on,
        "to_on": window.to_on,
        "events_until": window.events_until,
        "known_on": extent.known_on,
    }


def _chosen(sql: str, values: dict[str, Any]) -> dict[str, Any]:
    return {name: values[name] for name in catalog.parameters(sql)}
