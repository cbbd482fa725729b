"""Cube: the counts of one source and one events-until date, held in memory and added up on request."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from threading import Lock
from typing import Final
from weakref import WeakKeyDictionary

import numpy as np
import polars as pl

from queries import catalog
from queries.cells import Cells, Grouping, Ints, members_of
from queries.exceptions import SelectionError
from queries.extent import Extent
from queries.reshape import EDGES, bin_labels
from queries.run import DIMENSIONS, dimensions, run
from queries.selection import Selection
from queries.source import Source
from queries.statistics.quantiles import Ordered

KEPT_PER_SOURCE: Final = 16
GROUPINGS: Final = 64
THREADS: Final = 2
MEDIANS: Final = ("report_lag", "event_to_report_latency")
REPORTS: Final = ("report_timeliness", "report_lag")


@dataclass(frozen=True)
class Counts:
    """What one additive indicator counts, one entry per cell of the grid."""

    numerator: Ints
    denominator: Ints
    n_missing: Ints
    is_immature: Ints


class Cube:
    """The indicators of a source at the finest grain (group, unit type, unit, week), for one events-until date.

    Its answers are those of `run`, to the last bit. It never changes, so any number of threads may ask it.
    """

    def __init__(self, source: Source, events_until: date) -> None:
        """Ask the source once; most callers want `Cube.of`, which remembers."""
        finest = Selection(events_until=events_until).resolve(source)
        self.extent: Final[Extent] = source.extent
        self.events_until: Final = events_until
        additive = [name for name in catalog.indicators() if name not in REPORTS]
        with ThreadPoolExecutor(THREADS) as pool:
            frames = list(pool.map(lambda name: run(name, source, finest, DIMENSIONS), additive))
        self._counts: Final = {name: _counts(frame) for name, frame in zip(additive, frames, strict=True)}
        members = members_of(self.extent, frames[0]["unit_id"].unique().sort())
        grid = Cells.of(frames[0], members)
        self._group: Final = lru_cache(GROUPINGS)(grid.group)
        facts = source.table("unit_facts").filter(pl.col("occurred_on") <= events_until).sort("latency_days")
        self._facts: Final = Cells.of(facts, members)
        self._latency: Final[Ints] = facts["latency_days"].to_numpy()
        reports = source.query(catalog.text("cube", "report_cells"), {"events_until": events_until})
        self._reports: Final = Cells.of(reports, members)
        self._report_no: Final[Ints] = reports["report_due_id"].rank("dense").cast(pl.Int64).to_numpy()
        self._report_columns: Final[dict[str, Ints]] = {
            name: reports[name].cast(pl.Int64).to_numpy()
            for name in ("is_on_time", "is_missing", "is_immature", "lag_days")
        }

    @classmethod
    def of(cls, source: Source, events_until: date | None = None) -> Cube:
        """Give the cube of a source and date, made on first use; the sixteen used last are kept for each source."""
        until = events_until or source.known_on
        with _OPENING:
            kept = _KEPT.setdefault(source, _Kept())
        with kept.lock:
            cube = kept.cubes.pop(until, None) or cls(source, until)
            kept.cubes[until] = cube
            if len(kept.cubes) > KEPT_PER_SOURCE:
                kept.cubes.popitem(last=False)
        return cube

    def answer(self, name: str, selection: Selection, by: Iterable[str] = ()) -> pl.DataFrame:
        """Give exactly what `run(name, source, selection, by)` gives; the selection's events-until is the cube's."""
        indicator = catalog.indicator(name)
        resolved = self._resolve(selection)
        grouping = self._group(resolved, dimensions(by))
        if name in REPORTS:
            return self._of_reports(name, resolved, grouping)
        counts = self._counts[name]
        numerator, denominator = grouping.sum(counts.numerator), grouping.sum(counts.denominator)
        missing, immature = grouping.sum(counts.n_missing), grouping.sum(counts.is_immature)
        if name in MEDIANS:
            chosen, rows = grouping.rows_of(self._facts, resolved)
            return grouping.frame(
                numerator, denominator, missing, immature, Ordered.of(rows, self._latency[chosen], grouping.size)
            )
        if indicator.unit == "visits" and "week" not in grouping.by and resolved.period is not None:
            weeks = resolved.period[1] - resolved.period[0] + 1
            return grouping.frame(numerator, denominator / weeks, missing, immature)
        if indicator.unit == "visits":
            return grouping.frame(numerator, denominator.astype(np.float64), missing, immature)
        return grouping.frame(numerator, denominator, missing, immature)

    def latency_bins(self, selection: Selection, by: str = "unit_type", edges: tuple[int, ...] = EDGES) -> pl.DataFrame:
        """Give the facts per latency bin: one row per member of `by` and bin, empty bins included.

        Columns: the dimension, bin_no, bin ("0-2"), facts, share (of the member's facts; null without any).
        """
        resolved = self._resolve(selection)
        grouping = self._group(resolved, dimensions(by))
        chosen, rows = grouping.rows_of(self._facts, resolved)
        labels = bin_labels(edges)
        bins = np.searchsorted(np.asarray(edges), self._latency[chosen], side="left")
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

    def _of_reports(self, name: str, resolved: Selection, grouping: Grouping) -> pl.DataFrame:
        """A report counts once in a row, however many of the row's units it covers."""
        chosen, rows = grouping.rows_of(self._reports, resolved)
        pairs = rows * (len(self._report_no) + 1) + self._report_no[chosen]
        _, first = np.unique(pairs, return_index=True)
        rows, chosen = rows[first], chosen[first]
        column = {key: values[chosen] for key, values in self._report_columns.items()}

        def total(values: Ints) -> Ints:
            return np.bincount(rows, weights=values, minlength=grouping.size).astype(np.int64)

        denominator = np.bincount(rows, minlength=grouping.size)
        missing, immature = total(column["is_missing"]), total(column["is_immature"])
        if name == "report_timeliness":
            return grouping.frame(total(column["is_on_time"]), denominator, missing, immature)
        order = np.argsort(column["lag_days"], kind="stable")
        ordered = Ordered.of(rows[order], column["lag_days"][order], grouping.size)
        return grouping.frame(total(column["lag_days"]), denominator, missing, immature, ordered)

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


_KEPT: Final[WeakKeyDictionary[Source, _Kept]] = WeakKeyDictionary()
_OPENING: Final = Lock()


def _counts(frame: pl.DataFrame) -> Counts:
    return Counts(
        numerator=frame["numerator"].to_numpy(),
        denominator=frame["denominator"].cast(pl.Int64).to_numpy(),
        n_missing=frame["n_missing"].to_numpy(),
        is_immature=(frame["maturity"] == "immature").cast(pl.Int64).to_numpy(),
    )
