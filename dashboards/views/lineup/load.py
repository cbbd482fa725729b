"""Load beside effort: what each group has to cover, and how often it goes there."""

from typing import Any

import polars as pl

from dashboards.charts import Axis, Row, RowChart
from dashboards.formats import count, esc, percent
from dashboards.markup import Cell, grid
from dashboards.standing import compared
from queries.statistics import exposure_rate


class GroupLoad(RowChart):
    """Visits per unit and week by group, so that nobody is called idle for having few units."""

    view = "load"
    indicator = "visits_per_unit"

    def answer(self) -> dict[str, Any]:
        """One row per group with units: visits, units, unit-weeks, their rate with its interval, the share compared."""
        share = compared(self.store).name
        first, last = self.store.weeks
        shown = self.store.ask(share, "group").select("group_id", share="value", n="denominator")
        frame = self.store.ask("visits_per_unit", "group").filter(pl.col("denominator") > 0)
        frame = frame.with_columns(unit_weeks=pl.col("denominator") * (last - first + 1))
        frame = exposure_rate(frame, "numerator", "unit_weeks").join(
            shown, on="group_id", how="left", maintain_order="left"
        )
        frame = frame.sort("rate", "unit_weeks", descending=True, maintain_order=True)
        return {"share": share, "groups": frame}

    def patch(self, answer: dict[str, Any]) -> dict[str, Any]:
        """The busiest per unit and week first, whatever its size."""
        frame, share = answer["groups"], self.say(f"share.{answer['share']}")
        if frame.is_empty():
            return self.nothing(self.say("load.title"))
        pooled = frame["numerator"].sum() / frame["unit_weeks"].sum()
        rows = [self._row(row, share) for row in frame.iter_rows(named=True)]
        figure = self.figure(rows, _rates(max(frame["high"].max(), 0.1)), [pooled])
        legend = self.say("load.legend", pooled=f"{pooled:.2f}", share=share)
        if (frame["maturity"] == "immature").any():
            legend += " · " + self.say("load.early")
        return {"html": self.head(self.say("load.title"), self._finding(frame), legend), "figure": figure}

    def _finding(self, frame: pl.DataFrame) -> str:
        if frame.height == 1:
            row = frame.row(0, named=True)
            return self.say(
                "load.alone",
                group=esc(row["group_id"]),
                n=row["numerator"],
                units=_units(row),
                rate=f"{row['rate']:.2f}",
            )
        most, fewest = (_end(frame, "numerator", first) for first in (True, False))
        top, last = (_end(frame, "rate", first) for first in (True, False))
        if (most["group_id"], fewest["group_id"]) == (top["group_id"], last["group_id"]):
            key = "load.same"
        else:
            key = "load.say"
        return self.say(
            key,
            most=esc(most["group_id"]),
            visits=count(most["numerator"]),
            units=_units(most),
            fewest=esc(fewest["group_id"]),
            few=count(fewest["numerator"]),
            few_units=_units(fewest),
            top=esc(top["group_id"]),
            rate=f"{top['rate']:.2f}",
            last=esc(last["group_id"]),
            low=f"{last['rate']:.2f}",
        )

    def _row(self, row: dict[str, Any], share: str) -> Row:
        words = self.say(
            "load.words",
            visits=count(row["numerator"]),
            weeks=f"{row['unit_weeks']:g}",
            rate=f"{row['rate']:.2f}",
            interval=f"{row['low']:.2f} – {row['high']:.2f}",
        )
        return Row(
            name=row["group_id"],
            label=f"{row['group_id']}  {self.say('load.units', units=_units(row))}",
            words=f"{row['group_id']}: {words} · {share} {percent(row['share'])}",
            value=row["rate"],
            right=f"{row['rate']:.2f} | {percent(row['share'])}",
            narrow=(row["low"], row["high"]),
        )

    def twin(self, answer: dict[str, Any]) -> str:
        """One row per group."""
        heads = ("group", "units", "unit_weeks", "visits", "per_week", "low95", "high95", "rate", "n", "maturity")
        lines: list[list[Cell]] = [
            [
                self.group_name(row["group_id"]),
                (_units(row), row["denominator"]),
                (f"{row['unit_weeks']:g}", row["unit_weeks"]),
                (count(row["numerator"]), row["numerator"]),
                *((f"{row[name]:.2f}", row[name]) for name in ("rate", "low", "high")),
                (percent(row["share"]), row["share"]),
                (count(row["n"]), row["n"]),
                self.say(row["maturity"]),
            ]
            for row in answer["groups"].iter_rows(named=True)
        ]
        return grid([self.say(f"twin.{head}") for head in heads], lines)


def _end(frame: pl.DataFrame, column: str, first: bool) -> dict[str, Any]:
    """The row with the most or the least; the one shown first where several have it."""
    return frame.sort(column, descending=first, maintain_order=True).row(0, named=True)


def _units(row: dict[str, Any]) -> str:
    """Units on average over the weeks: a whole number where no assignment changed."""
    return f"{row['denominator']:.1f}".removesuffix(".0")


def _rates(highest: float) -> Axis:
    step = next((step for step in (0.1, 0.2, 0.25, 0.5) if highest / step <= 6), 1.0)
    last = int(-(-highest // step))
    ticks = tuple(round(step * at, 2) for at in range(last + 1))
    return Axis(-0.02 * ticks[-1], ticks[-1] * 1.02, ticks, tuple(f"{tick:g}" for tick in ticks))
