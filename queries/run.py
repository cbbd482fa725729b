"""Run: answer an indicator for a selection, as figures or as the rows behind them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

import duckdb
import polars as pl

from queries import catalog
from queries.catalog import Indicator
from queries.exceptions import CatalogError, SelectionError, UnknownNameError, suggestion
from queries.extent import Extent
from queries.naming import with_names
from queries.selection import Selection, Window
from queries.source import Source

GRID: Final = {"group": "group_id", "unit_type": "unit_type", "unit": "unit_id", "week": "week"}
"""The dimensions of every indicator; each of their combinations that exists has a row in an answer."""

FURTHER: Final = {
    **{"stage": "stage", "action": "action_code", "body": "body_id", "level": "level"},
    **{"category": "category", "aspect": "aspect", "state": "state"},
}
"""The dimensions of some indicators; an answer has a row where something was counted."""

DIMENSIONS: Final = {**GRID, **FURTHER}
NUMBERS: Final = ("numerator", "denominator")


def run(name: str, source: Source, selection: Selection, by: Iterable[str] = (), of: str | None = None) -> pl.DataFrame:
    """Give an indicator for a selection: one row per combination of the dimensions in `by`, zero rows included.

    `by` takes any of group, unit_type, unit, week, and the further dimensions the indicator has (stage, action, …).
    Columns: the dimensions asked for (group_id, unit_type, unit_id, week, …, in this order), value (null when the
    denominator is 0), numerator, denominator, n_missing, maturity ("mature" or "immature"), and p90 and longest for
    the medians. Sorted by the dimensions, groups in display order. A row without a group or unit counts what belongs to
    none. `of` names the share whose values by group an indicator like group_balance compares; its further columns are
    sd_pp, count_groups, count_below and count_above. Raises SelectionError, also when `of` is no share, and
    UnknownNameError for a name or dimension the catalogue does not have.
    """
    defined = catalog.indicator(name, of)
    asked = dimensions(by, defined)
    resolved = selection.resolve(source)
    columns = [DIMENSIONS[each] for each in asked]
    frame = _answer(defined.figures_sql(), defined, source, resolved, asked)
    frame = frame.select(*columns, pl.exclude(*columns, "every")).with_columns(_exact(defined))
    frame = in_order(frame, asked, source.extent)
    return total_of_nothing(frame) if not asked and frame.is_empty() else frame


def rows(name: str, source: Source, selection: Selection, of: str | None = None) -> pl.DataFrame:
    """Give the rows an indicator counts, one per key of its definition and sorted by it.

    Their columns numerator and denominator add up to those of the figure (for the medians the numerators are what the
    median is taken of; where the figure is per unit its denominator is units, which have no rows), is_missing to its
    n_missing. What covers several units is one row, with their number in count_units and null where they differ. For a
    comparison of groups (`of`, as in `run`) the rows are the groups in display order, with n_missing in the place of
    is_missing.
    """
    defined = catalog.indicator(name, of)
    if defined.over:
        frame = _answer(defined.rows_sql(), defined, source, selection.resolve(source), ()).drop("every")
        frame = frame.with_columns(*_exact(defined), pl.col("is_immature").cast(pl.Boolean))
        return in_order(frame, ("group",), source.extent)
    frame = unit_rows(name, source, selection)
    return with_names((counted_things(frame) if defined.counted == "once" else frame).sort(defined.key), source)


def unit_rows(name: str, source: Source, selection: Selection) -> pl.DataFrame:
    """Give the rows an indicator counts, in no order; what covers several units has one row for each of them."""
    defined = catalog.indicator(name)
    sql = defined.rows_sql()
    flags = pl.col("is_missing", "is_immature").cast(pl.Boolean)
    frame = _asked(defined, source, sql, _values(selection.resolve(source), source.extent))
    if lacking := [column for column in defined.key if column not in frame.columns]:
        raise CatalogError(f"indicator {defined.name}: key {lacking[0]!r} is no column of its rows.")
    return frame.with_columns(*_exact(defined), flags)


def counted_things(frame: pl.DataFrame) -> pl.DataFrame:
    """Give one row per thing of the rows of units, with the number of its units, null where these differ."""
    of_units = ["unit_id", "unit_type", "counted_id"]
    rest = [pl.col(column) for column in frame.columns if column not in of_units]
    same = [pl.when(column.n_unique() == 1).then(column.first()) for column in rest]
    units = pl.col("unit_id").n_unique().cast(pl.Int64)
    return frame.group_by("counted_id").agg(*same, count_units=units).drop("counted_id")


def cells(name: str, source: Source, selection: Selection) -> pl.DataFrame:
    """Give the cells an indicator is made of, at their finest grain, in no order: what a cube holds."""
    defined = catalog.indicator(name)
    return _asked(defined, source, defined.sql, _values(selection.resolve(source), source.extent))


def dimensions(by: Iterable[str], indicator: Indicator | None = None) -> tuple[str, ...]:
    """Give the dimensions asked for in their fixed order; one unknown to the indicator raises UnknownNameError."""
    asked = (by,) if isinstance(by, str) else tuple(by)
    known = (*GRID, *(indicator.dimensions if indicator else ()))
    if indicator and indicator.over:
        known = tuple(each for each in known if each not in ("group", "unit"))
        if within := [each for each in asked if each in ("group", "unit")]:
            raise SelectionError(
                f"{indicator.name} compares the groups and has no answer by {within[0]}: "
                f"ask by {' or '.join(known)}, or for the groups themselves take the rows."
            )
    for each in asked:
        if each not in known:
            of = f" of {indicator.name}" if indicator and each in DIMENSIONS else ""
            raise UnknownNameError(f"unknown dimension {each!r}{of}.{suggestion(each, known)}")
    return tuple(each for each in DIMENSIONS if each in asked)


def in_order(frame: pl.DataFrame, asked: tuple[str, ...], extent: Extent) -> pl.DataFrame:
    """Sort figures by their dimensions, groups in display order, what belongs to none at the end."""
    if not asked:
        return frame
    ranks = {group: rank for rank, group in enumerate(extent.groups)}
    keys = [
        pl.col("group_id").replace_strict(ranks, default=None, return_dtype=pl.Int64)
        if each == "group"
        else pl.col(DIMENSIONS[each])
        for each in asked
    ]
    return frame.sort(keys, nulls_last=True)


def total_of_nothing(frame: pl.DataFrame) -> pl.DataFrame:
    """Give the one row of a total that counts nothing: no value, zero of zero."""
    counts = [column for column in frame.columns if column.startswith("count_")]
    zeros = {column: 0 for column in ("numerator", "denominator", "n_missing", *counts)}
    return pl.DataFrame([{**zeros, "maturity": "mature"}], schema=frame.schema)


def _answer(sql: str, defined: Indicator, source: Source, resolved: Selection, asked: tuple[str, ...]) -> pl.DataFrame:
    """Run an SQL text that leaves its dimensions open; a comparison of groups keeps them apart in what is counted."""
    sql = _with_dimensions(sql, asked, (*asked, "group") if defined.over else asked)
    shape = {
        "is_activity": defined.maturity == "activity",
        "with_empty": all(each in GRID for each in asked),
        "weeks": 1 if "week" in asked else _weeks(resolved),
    }
    return _asked(defined, source, sql, {**_values(resolved, source.extent), **shape})


def _asked(defined: Indicator, source: Source, sql: str, values: Mapping[str, Any]) -> pl.DataFrame:
    """Run an indicator's SQL; what the database says against an own one is for its author to read."""
    try:
        return source.query(sql, {name: values[name] for name in catalog.parameters(sql)})
    except duckdb.Error as error:
        if not defined.is_own:
            raise
        raise CatalogError(f"own indicator {defined.name} cannot be run, mend its SQL: {error}") from None


def _exact(defined: Indicator) -> list[pl.Expr]:
    """Whole numbers as such; the mean number of units is not one."""
    whole = NUMBERS[: 1 if defined.aggregation == "per_unit" else 2] if defined.numbers == "whole" else ()
    return [pl.col(name).cast(pl.Int64 if name in whole else pl.Float64) for name in NUMBERS]


def _with_dimensions(sql: str, asked: tuple[str, ...], counted: tuple[str, ...]) -> str:
    """Name the columns to group by where the SQL leaves them open; an empty row has no further dimension."""
    every = [] if asked else ["true as every"]
    columns = [DIMENSIONS[each] for each in counted]
    blank = [DIMENSIONS[each] if each in GRID else f"null as {DIMENSIONS[each]}" for each in counted]
    return (
        sql.replace("$dimensions", ", ".join(DIMENSIONS[each] for each in asked) or "every")
        .replace("$cell_dimensions", ", ".join([*every, *columns]))
        .replace("$blank_dimensions", ", ".join([*every, *blank]))
    )


def _weeks(selection: Selection) -> int:
    if selection.period is None:
        raise SelectionError("the selection has open ends: call .resolve(source) first.")
    return selection.period[1] - selection.period[0] + 1


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
