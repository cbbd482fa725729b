"""Figures laid out for drawing: which kind of chart, in which order, with which labels and intervals.

The HoloViews element and the static picture are both made of this, so that they cannot differ.
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final, Literal

import polars as pl

from dashboards.bench.scale import Scale
from dashboards.bench.words import member_names, number, title
from dashboards.formats import measure
from dashboards.text import say
from dashboards.theme import Language
from queries import Indicator, Source
from queries.run import DIMENSIONS
from queries.statistics import wilson

Kind = Literal["rows", "weeks", "grid"]

IN_ORDER: Final = ("stage", "level", "week")
"""Columns whose members have an order of their own; all others are sorted by the value, the best first."""

BELOW: Final = {"up": True, "down": False, "none": True}
"""Whether the highest value stands first, by the indicator's direction."""


@dataclass(frozen=True)
class Marks:
    """`frame` is the figures' own with further columns, one row per mark, in the order of drawing.

    Added are `label` (what is counted, with its n), `place` (from 0), `words` (all of it in one line) and, for a share
    of things counted, `low` and `high` (Wilson, 95 %). A grid has `across` and `down` in the place of `place`.
    """

    kind: Kind
    frame: pl.DataFrame
    title: str
    unit: str
    language: Language
    across: tuple[str, ...] = ()
    down: tuple[str, ...] = ()

    @classmethod
    def of(
        cls, frame: pl.DataFrame, defined: Indicator, by: tuple[str, ...], source: Source, language: Language
    ) -> "Marks":
        """Lay out an answer by some dimensions: rows for one, a line for the week, a grid for two and more."""
        columns = [DIMENSIONS[each] for each in by]
        if judged(defined):
            frame = wilson(frame)
        names = member_names(columns, frame, source, language)
        words = [
            f"{name}: {measure(row['value'], defined.unit)} ({number(row['numerator'])} / {number(row['denominator'])})"
            + ("" if row["maturity"] != "immature" else f", {say(language, 'immature')}")
            for name, row in zip(names, frame.iter_rows(named=True), strict=True)
        ]
        frame = frame.with_columns(words=pl.Series(words, dtype=pl.String))
        said = (title(defined, language), defined.unit, language)
        if columns == ["week"] and not frame["week"].null_count():
            return cls("weeks", frame.with_columns(place=pl.col("week"), label=pl.Series(names)), *said)
        if len(columns) < 2:
            return cls("rows", _sorted(_labelled(frame, names), columns, defined), *said)
        return _grid(frame, columns, source, *said)

    @property
    def has_interval(self) -> bool:
        """Whether the figures are shares of things counted."""
        return "low" in self.frame.columns

    @property
    def scale(self) -> Scale:
        """The scale of the values, zero on it."""
        ends = ("value", "low", "high") if self.has_interval else ("value",)
        return Scale.over((value for name in ends for value in self.frame[name].to_list()), self.unit)

    def shown(self, value: float | None) -> str:
        """A value in the indicator's unit."""
        return measure(value, self.unit)

    def head(self, rows: int) -> "Marks":
        """The same with the first so many rows of the drawing."""
        if self.kind == "weeks":
            return self
        place = "down" if self.kind == "grid" else "place"
        return Marks(
            self.kind, self.frame.filter(pl.col(place) < rows), self.title, self.unit, self.language, self.across,
            self.down[:rows],
        )  # fmt: skip

    @property
    def joined(self) -> list[tuple[dict[str, Any], dict[str, Any]]]:
        """Of a line over weeks, the pairs of rows next to one another that have a value; over a gap there is none."""
        return [
            (former, latter)
            for former, latter in pairwise(self.frame.iter_rows(named=True))
            if former["value"] is not None and latter["value"] is not None and latter["week"] == former["week"] + 1
        ]

    @property
    def legend(self) -> tuple[str, ...]:
        """The keys of what has to be said beside the drawing."""
        told = {
            "bench.interval": self.has_interval and self.kind != "grid",
            "bench.n": self.kind == "rows",
            "bench.hollow": "immature" in self.frame["maturity"],
        }
        return tuple(key for key, is_told in told.items() if is_told)

    @property
    def height(self) -> int:
        """How many rows the drawing has."""
        return len(self.down) if self.kind == "grid" else self.frame.height


def judged(defined: Indicator) -> bool:
    """Whether an interval says something: only of a share of things counted."""
    return defined.unit == "share" and defined.numbers == "whole" and defined.name != "drift"


def _labelled(frame: pl.DataFrame, names: list[str]) -> pl.DataFrame:
    labels = [f"{name} · n={number(n)}" for name, n in zip(names, frame["denominator"].to_list(), strict=True)]
    return frame.with_columns(label=pl.Series(labels, dtype=pl.String))


def _sorted(frame: pl.DataFrame, columns: list[str], defined: Indicator) -> pl.DataFrame:
    if columns and columns[0] not in IN_ORDER:
        frame = frame.sort("value", descending=BELOW[defined.direction], nulls_last=True, maintain_order=True)
    return frame.with_columns(place=pl.int_range(pl.len()))


def _grid(frame: pl.DataFrame, columns: list[str], source: Source, said: str, unit: str, language: Language) -> Marks:
    """The last dimension (the week, if it is one of them) across, the others down."""
    across = "week" if "week" in columns else columns[-1]
    down = [name for name in columns if name != across]
    found = {}
    for place, names in (("across", [across]), ("down", down)):
        members = frame.select(names).unique(maintain_order=True)
        members = members.sort(names, nulls_last=True) if place == "across" else members
        labels = member_names(names, members, source, language)
        found[place] = tuple(labels)
        frame = frame.join(members.with_row_index(place), on=names, nulls_equal=True, maintain_order="left")
    frame = frame.with_columns(pl.col("across", "down").cast(pl.Int64))
    return Marks("grid", frame, said, unit, language, found["across"], found["down"])
