"""Cube: the counts of one source and one events-until date, held in memory and added up on request."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from threading import Lock
from typing import Final

import numpy as np
import polars as pl

from queries import catalog
from queries.cells import Cells, Grouping, Ints, Tally, members_of
from queries.exceptions import QueryError, SelectionError
from queries.extent import Extent
from queries.reshape import EDGES, bin_labels
from queries.run import GRID, cells, dimensions, run
from queries.selection import Selection
from queries.source import Source
from queries.statistics.quantiles import Ordered

KEPT_PER_SOURCE: Final = 16
GROUPINGS: Final = 64


@dataclass(frozen=True)
class Counts:
    """What an indicator counts, one entry per cell of the grid."""

    numerator: Ints
    denominator: Ints
    n_missing: Ints
    immature: Ints


@dataclass(frozen=True)
class Things:
    """What an indicator counts, one entry per counted row; rows with the same number are one thing."""

    place: Cells
    counts: Counts
    number: Ints | None


class Cube:
    """The indicators of a source at the finest grain (group, unit type, unit, week), for one events-until date.

    Its answers are those of `run`, to the last bit. It reads an indicator when first asked for it and never changes, so
    any number of threads may ask it.
    """

    def __init__(self, source: Source, events_until: date) -> None:
        """Lay out the grid; most callers want `Cube.of`, which remembers."""
        self.extent: Final[Extent] = source.extent
        self.events_until: Final = events_until
        self._source: Final = source
        self._finest = Selection(events_until=events_until).resolve(source)
        grid = run("completion_rate", source, self._finest, GRID)
        self._members: Final = members_of(self.extent, grid["unit_id"].unique().sort())
        self._grid: Final = Cells.of(grid, self._members)
        self._group: Final = lru_cache(GROUPINGS)(self._grid.group)
        self._held: dict[str, Counts | Things | None] = {}

    @classmethod
    def of(cls, source: Source, events_until: date | None = None) -> Cube:
        """Give the cube of a source and date, made on first use; the sixteen used last are kept for each source."""
        until = events_until or source.known_on
        with _OPENING:
            kept: _Kept = source.memo.setdefault("cubes", _Kept())
        with kept.lock:
            cube = kept.cubes.pop(until, None) or cls(source, until)
            kept.cubes[until] = cube
            if len(kept.cubes) > KEPT_PER_SOURCE:
                kept.cubes.popitem(last=False)
        return cube

    def answer(self, name: str, selection: Selection, by: Iterable[str] = (), of: str | None = None) -> pl.DataFrame:
        """Give exactly what `run(name, source, selection, by, of)` gives; the selection's events-until is the cube's.

        What does not fit the grid (a further dimension, rows of no unit or week, decimal numbers, a comparison of
        groups) is asked of the source.
        """
        defined = catalog.indicator(name, of)
        asked = dimensions(by, defined)
        resolved = self._resolve(selection)
        held = self._counted(name) if all(each in GRID for each in asked) and not defined.over else None
        if held is None:
            return run(name, self._source, resolved, asked, of)
        grouping = self._group(resolved, asked)
        if isinstance(held, Things):
            return grouping.frame(self._of_things(held, resolved, grouping, defined), defined)
        tally = _sums(held, grouping)
        if defined.aggregation == "per_unit" and "week" not in asked and resolved.period is not None:
            weeks = resolved.period[1] - resolved.period[0] + 1
            tally = Tally(tally.numerator, tally.denominator / weeks, tally.n_missing, tally.immature)
        return grouping.frame(tally, defined)

    def latency_bins(self, selection: Selection, by: str = "unit_type", edges: tuple[int, ...] = EDGES) -> pl.DataFrame:
        """Give the facts per latency bin: one row per member of `by` and bin, empty bins included.

        Columns: the dimension, bin_no, bin ("0-2"), facts, share (of the member's facts; null without any).
        """
        resolved = self._resolve(selection)
        grouping = self._group(resolved, dimensions(by))
        held = self._counted("event_to_report_latency")
        if not isinstance(held, Things):
            raise QueryError("event_to_report_latency does not fit the grid of units and weeks: mend its SQL.")
        chosen, rows = grouping.rows_of(held.place, resolved)
        labels = bin_labels(edges)
        bins = np.searchsorted(np.asarray(edges), held.counts.numerator[chosen], side="left")
        facts = np.bincount(rows * len(labels) + bins, minlength=grouping.size * len(labels))
        totals = np.repeat(facts.reshape(grouping.size, len(labels)).sum(axis=1), len(labels))
        with np.errstate(invalid="ignore"):
            share = pl.Series(facts / totals, nan_to_null=True)
        return pl.DataFrame(
            {
                **dict(grouping.columns(repeated=len(labels))),
                "bin_no": np.tile(np.arange(len(labels)), grouping.size),
                "bin": list(labels) * grouping.size,
                "facts": facts,
                "share": share,
            }
        )

    def _of_things(self, held: Things, resolved: Selection, grouping: Grouping, defined: catalog.Indicator) -> Tally:
        """One thing counts once in a row, however many of the row's units it covers."""
        chosen, rows = grouping.rows_of(held.place, resolved)
        if held.number is not None:
            pairs = rows * (len(held.number) + 1) + held.number[chosen]
            _, first = np.unique(pairs, return_index=True)
            rows, chosen = rows[first], chosen[first]
        counts = held.counts

        def total(values: Ints) -> Ints:
            return np.bincount(rows, weights=values[chosen], minlength=grouping.size).astype(np.int64)

        immature = total(counts.immature)
        if defined.maturity == "activity":
            immature = immature + grouping.sum(self._week_immature())
        ordered = None
        if defined.aggregation == "median":
            counted = counts.denominator[chosen] > 0
            order = np.argsort(counts.numerator[chosen][counted], kind="stable")
            numbers = counts.numerator[chosen][counted][order]
            ordered = Ordered.of(rows[counted][order], numbers, grouping.size)
        return Tally(total(counts.numerator), total(counts.denominator), total(counts.n_missing), immature, ordered)

    def _week_immature(self) -> Ints:
        """Whether a week of a unit is not fully reported, one entry per cell of the grid."""
        held = self._counted("visits_per_unit")
        if not isinstance(held, Counts):
            raise QueryError("visits_per_unit does not fit the grid of units and weeks: mend its SQL.")
        return held.immature

    def _counted(self, name: str) -> Counts | Things | None:
        """Give what an indicator counts, read on first use; None when it does not fit the grid.

        It is kept by its SQL, so that an own indicator that was written anew meanwhile is read anew.
        """
        defined = catalog.indicator(name)
        if defined.sql not in self._held:
            self._held[defined.sql] = self._read(defined)
        return self._held[defined.sql]

    def _read(self, defined: catalog.Indicator) -> Counts | Things | None:
        source = self._source
        if defined.numbers != "whole" or defined.period == "shapes":
            return None
        if defined.aggregation in ("pooled", "per_unit") and defined.counted == "each":
            frame = run(defined.name, source, self._finest, GRID)
            if frame.height != len(self._grid.codes["week"]):
                return None
            immature = (frame["maturity"] == "immature").cast(pl.Int64)
            return _counts(frame.with_columns(is_missing="n_missing", is_immature=immature))
        if defined.aggregation not in ("pooled", "median"):
            return None
        frame = cells(defined.name, source, self._finest)
        if frame.select(pl.any_horizontal(pl.col(*GRID.values()).is_null()).any()).item():
            return None
        number = frame["counted_id"].rank("dense").cast(pl.Int64).to_numpy() if defined.counted == "once" else None
        return Things(Cells.of(frame, self._members), _counts(frame), number)

    def _resolve(self, selection: Selection) -> Selection:
        if selection.events_until is None and self.events_until != self.extent.known_on:
            raise SelectionError(f"this cube holds events until {self.events_until}: name that date in the selection.")
        resolved = selection.resolve(self)
        if resolved.events_until != self.events_until:
            raise SelectionError(
                f"this cube holds events until {self.events_until}, not {resolved.events_until}: "
                "take Cube.of(source, events_until)."
            )
        return resolved


class _Kept:
    """The cubes of one source, the one used last at the end."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.cubes: OrderedDict[date, Cube] = OrderedDict()


_OPENING: Final = Lock()


def _sums(held: Counts, grouping: Grouping) -> Tally:
    return Tally(
        numerator=grouping.sum(held.numerator),
        denominator=grouping.sum(held.denominator),
        n_missing=grouping.sum(held.n_missing),
        immature=grouping.sum(held.immature),
    )


def _counts(frame: pl.DataFrame) -> Counts:
    columns = ("numerator", "denominator", "is_missing", "is_immature")
    return Counts(*(frame[name].cast(pl.Int64).to_numpy() for name in columns))
