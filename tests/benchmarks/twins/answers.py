"""What a twin's page shows for a selection: the same numbers as the Overview's, by plain SQL or from the cube."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import polars as pl

from dashboards.formats import measure
from queries import Cube, Selection, Source, dimension, indicator, rows, run
from queries.reshape import lag_bins
from queries.statistics import wilson

KPIS: Final = ("completion_rate", "on_time_rate", "visits_per_unit", "weekly_coverage", "report_timeliness")
UNIT_COLUMNS: Final = {
    "completion": "completion_rate",
    "on_time": "on_time_rate",
    "coverage": "weekly_coverage",
}
MOST_LABELLED: Final = 16

Ask = Callable[..., pl.DataFrame]
Bins = Callable[[Selection], pl.DataFrame]


@dataclass(frozen=True)
class Answers:
    """All a page shows: texts of the figures, and one frame a chart or table."""

    kpis: dict[str, str]
    groups: pl.DataFrame
    cells: pl.DataFrame
    weeks: pl.DataFrame
    bins: pl.DataFrame
    units: pl.DataFrame


class Asker:
    """One source asked by plain SQL for every answer, or (`cube`) from counts held in memory. Nothing is cached."""

    def __init__(self, source: Source, *, cube: bool = False) -> None:
        self.source = source
        self.last_week = source.extent.week_of(source.known_on)
        self._units = dimension("units", source)
        self._ask: Ask = Cube.of(source).answer if cube else self._sql
        self._bins: Bins = Cube.of(source).latency_bins if cube else self._sql_bins

    def answers(self, groups: Sequence[str], unit_types: Sequence[str], weeks: Sequence[int]) -> Answers:
        """Everything for the selection; no group or type means all."""
        selection = Selection(groups=tuple(groups), unit_types=tuple(unit_types), period=(int(weeks[0]), int(weeks[1])))

        def ask(name: str, *by: str) -> pl.DataFrame:
            return self._ask(name, selection, by)

        return Answers(
            kpis={name: measure(ask(name)["value"][0], indicator(name).unit) for name in KPIS},
            groups=wilson(ask("on_time_rate", "group"))
            .filter(pl.col("denominator") > 0)
            .sort("value", "denominator", descending=[True, True]),
            cells=_labelled(ask("weekly_coverage", "group", "week").filter(pl.col("denominator") > 0)),
            weeks=ask("weekly_coverage", "week").filter(pl.col("denominator") > 0),
            bins=self._bins(selection).drop_nulls("share"),
            units=self._table(ask, selection),
        )

    def _sql(self, name: str, selection: Selection, by: Sequence[str]) -> pl.DataFrame:
        return run(name, self.source, selection, by)

    def _sql_bins(self, selection: Selection) -> pl.DataFrame:
        return lag_bins(rows("event_to_report_latency", self.source, selection))

    def _table(self, ask: Ask, selection: Selection) -> pl.DataFrame:
        """One row per unit of the selection, the lowest completion first."""
        frame = self._units
        if selection.groups:
            frame = frame.filter(pl.col("group_id").is_in(selection.groups))
        if selection.unit_types:
            frame = frame.filter(pl.col("unit_type").is_in(selection.unit_types))
        for column, name in UNIT_COLUMNS.items():
            answer = ask(name, "unit").select("unit_id", pl.col("value").alias(column))
            frame = frame.join(answer, on="unit_id", how="left", maintain_order="left")
        visits = ask("visits_per_unit", "unit").select("unit_id", visits="numerator")
        return (
            frame.join(visits, on="unit_id", how="inner")
            .sort("completion", "on_time", "unit_id", nulls_last=True)
            .select("name_en", "group_id", "unit_type", "completion", "on_time", "visits", "coverage")
        )


def _labelled(cells: pl.DataFrame) -> pl.DataFrame:
    """Every cell with its number; of many weeks only the cells without a visit, as on the Overview."""
    every = cells["week"].n_unique() <= MOST_LABELLED
    number = pl.col("numerator")
    return cells.with_columns(
        label=pl.when((number == 0) | pl.lit(every)).then(number.cast(pl.String)).otherwise(pl.lit(""))
    )


def arguments(program: str, argv: Sequence[str] | None = None) -> Namespace:
    """What every twin is started with."""
    parser = ArgumentParser(program)
    parser.add_argument("--data", type=Path, required=True, help="folder of the snapshots")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--cube", action="store_true", help="answer from our cube instead of the plain SQL")
    return parser.parse_args(argv)
