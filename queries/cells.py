"""Cells: rows coded as small integers along the dimensions, and their grouping for one selection."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import prod
from typing import Final, TypeAlias

import numpy as np
import polars as pl
from numpy.typing import NDArray

from queries.catalog import Indicator
from queries.extent import Extent
from queries.run import GRID
from queries.selection import Selection
from queries.statistics.quantiles import Ordered

Ints: TypeAlias = NDArray[np.int64]
Floats: TypeAlias = NDArray[np.float64]

DENSE_KEYS: Final = 1_000_000
MATURITY: Final = np.array(["mature", "immature"], dtype=object)


@dataclass(frozen=True)
class Members:
    """The members of a dimension in sorting order; a row's code is its member's place in it."""

    column: str
    names: NDArray[np.object_]

    @classmethod
    def of(cls, column: str, names: Iterable[str | int]) -> Members:
        """Take the members in the order given."""
        return cls(column, np.array(list(names), dtype=object))

    def codes(self, column: pl.Series) -> Ints:
        """Give each row's code."""
        ranks = {name: rank for rank, name in enumerate(self.names)}
        return np.asarray(column.replace_strict(ranks, return_dtype=pl.Int64), dtype=np.int64)

    def of_codes(self, codes: Ints) -> pl.Series:
        """Give the members with these codes as a column."""
        dtype = pl.Int64 if self.column == "week" else pl.String
        return pl.Series(self.column, self.names[codes].tolist(), dtype=dtype)


def members_of(extent: Extent, units: Iterable[str]) -> dict[str, Members]:
    """Give the members of every dimension; the code of a week is its number."""
    weeks = range(extent.week_of(extent.known_on) + 1)
    listed: tuple[Iterable[str | int], ...] = (extent.groups, extent.unit_types, units, weeks)
    return {each: Members.of(GRID[each], names) for each, names in zip(GRID, listed, strict=True)}


@dataclass(frozen=True)
class Cells:
    """Rows by the code of their group, unit type, unit and week."""

    codes: dict[str, Ints]
    members: dict[str, Members]

    @classmethod
    def of(cls, frame: pl.DataFrame, members: dict[str, Members]) -> Cells:
        """Code a frame with the columns group_id, unit_type, unit_id and week."""
        return cls({each: known.codes(frame[known.column]) for each, known in members.items()}, members)

    def chosen(self, selection: Selection) -> Ints:
        """Give the positions of the rows in a resolved selection."""
        week = self.codes["week"]
        first, last = selection.period or (1, len(self.members["week"].names) - 1)
        keep = (week >= first) & (week <= last)
        for dimension, names in (("group", selection.groups), ("unit_type", selection.unit_types)):
            if names:
                keep &= np.isin(self.members[dimension].names, names)[self.codes[dimension]]
        return np.flatnonzero(keep)

    def keys(self, chosen: Ints, by: tuple[str, ...]) -> Ints:
        """Give one number per chosen row, in the sorting order of the dimensions."""
        key = np.zeros(len(chosen), dtype=np.int64)
        for place, each in enumerate(by):
            codes = self.codes[each][chosen]
            key = key * len(self.members[each].names) + codes if place else codes
        return key

    def group(self, selection: Selection, by: tuple[str, ...]) -> Grouping:
        """Group the cells of a resolved selection by some dimensions."""
        chosen = self.chosen(selection)
        key = self.keys(chosen, by)
        size = prod(len(self.members[each].names) for each in by)
        if not by:
            return Grouping(self, by, chosen, key, key[:0], np.zeros(1, dtype=np.int64))
        if size > DENSE_KEYS:
            present, row = np.unique(key, return_inverse=True)
            return Grouping(self, by, chosen, row, present, None)
        present = np.flatnonzero(np.bincount(key, minlength=size))
        row_of = np.zeros(size, dtype=np.int64)
        row_of[present] = np.arange(len(present))
        return Grouping(self, by, chosen, row_of[key], present, row_of)


@dataclass(frozen=True)
class Tally:
    """What an indicator counts in each row of an answer; `ordered` holds the numbers a median is taken of."""

    numerator: Ints | Floats
    denominator: Ints | Floats
    n_missing: Ints
    immature: Ints
    ordered: Ordered | None = None


@dataclass(frozen=True)
class Grouping:
    """Chosen cells of the grid and the row of the answer each one counts in.

    `present` holds the rows' keys, `row_of` the row of every key when there are few enough to list.
    """

    grid: Cells
    by: tuple[str, ...]
    chosen: Ints
    row: Ints
    present: Ints
    row_of: Ints | None

    @property
    def size(self) -> int:
        """How many rows the answer has; a total is one row."""
        return len(self.present) if self.by else 1

    def sum(self, values: Ints) -> Ints:
        """Add up values of the grid per row of the answer."""
        return np.bincount(self.row, weights=values[self.chosen], minlength=self.size).astype(np.int64)

    def rows_of(self, cells: Cells, selection: Selection) -> tuple[Ints, Ints]:
        """Give the positions of other cells in the selection, and the row of the answer each one counts in."""
        chosen = cells.chosen(selection)
        key = cells.keys(chosen, self.by)
        return chosen, np.searchsorted(self.present, key) if self.row_of is None else self.row_of[key]

    def columns(self, repeated: int = 1) -> list[tuple[str, pl.Series]]:
        """Give the dimension columns of the answer, each row so many times."""
        rest = np.repeat(self.present, repeated)
        found: list[tuple[str, pl.Series]] = []
        for each in reversed(self.by):
            members = self.grid.members[each]
            rest, code = np.divmod(rest, len(members.names))
            found.append((members.column, members.of_codes(code)))
        return found[::-1]

    def frame(self, tally: Tally, defined: Indicator) -> pl.DataFrame:
        """Give the answer as `run` does: the ratio as value, or the median of ordered numbers with p90 and longest."""
        columns = dict(self.columns())
        if tally.ordered is None:
            with np.errstate(invalid="ignore", divide="ignore"):
                value = np.where(tally.denominator > 0, tally.numerator / tally.denominator, np.nan)
        else:
            value = tally.ordered.quantile(0.5)
        columns["value"] = pl.Series("value", value, nan_to_null=True)
        whole = defined.numbers == "whole"
        for name, numbers, dtype in (
            ("numerator", tally.numerator, pl.Int64 if whole else pl.Float64),
            ("denominator", tally.denominator, pl.Int64 if whole and defined.aggregation != "per_unit" else pl.Float64),
            ("n_missing", tally.n_missing, pl.Int64),
        ):
            columns[name] = pl.Series(name, numbers).cast(dtype)
        immature = MATURITY[(tally.immature > 0).astype(np.int64)]
        columns["maturity"] = pl.Series("maturity", immature.tolist(), dtype=pl.String)
        if tally.ordered is not None:
            columns["p90"] = pl.Series("p90", tally.ordered.quantile(0.9), nan_to_null=True)
            columns["longest"] = pl.Series("longest", tally.ordered.quantile(1.0), nan_to_null=True)
        return pl.DataFrame(list(columns.values()))
