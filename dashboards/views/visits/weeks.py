"""Who was visited when: units visited per group and week, with the weeks of silence drawn."""

from typing import Any

import polars as pl

from dashboards.charts import HeatCell, HeatChart, week_ticks
from dashboards.formats import count, esc, names, percent
from dashboards.markup import Cell, grid


class VisitMap(HeatChart):
    """Week × group heat map of the units visited at least once."""

    view = "visits"
    indicator = "weekly_coverage"

    def answer(self) -> pl.DataFrame:
        """One row per group and full week: units visited, units."""
        return self.store.ask(self.indicator, "group", "week").filter(pl.col("denominator") > 0)

    def patch(self, answer: pl.DataFrame) -> dict[str, Any]:
        """Groups as rows in their usual order, weeks as columns."""
        if answer.is_empty():
            return self.nothing(self.say("visits.title"))
        silent = _silent(answer, "mature")["group_id"].unique(maintain_order=True).to_list()
        finding = self.say("visits.every" if _silent(answer, "immature").is_empty() else "visits.open")
        if silent:
            finding = self.say("visits.none", groups=names(map(esc, silent), self.look.language))
        groups = answer["group_id"].unique(maintain_order=True).to_list()
        sizes = dict(answer.group_by("group_id").agg(pl.col("denominator").max()).iter_rows())
        first, last = answer["week"].min(), answer["week"].max()
        weeks = range(first, last + 1)
        figure = self.figure(
            [self._cell(row, len(weeks)) for row in answer.iter_rows(named=True)],
            [(group, f"{group}  /{count(sizes[group])}") for group in groups],
            [(str(week), self.say("week", week=week)) for week in weeks],
            [str(week) for week in week_ticks(first, last)],
        )
        html = self.head(self.say("visits.title"), finding, self.say("visits.legend"))
        return {"html": html, "figure": figure}

    def _cell(self, row: dict[str, Any], weeks: int) -> HeatCell:
        mature = row["maturity"] == "mature"
        part = self.say("of", part=count(row["numerator"]), whole=count(row["denominator"]))
        zero = (self.say("visits.zero") if weeks <= 8 else "0") if mature else "?"
        week = self.say("week.long", week=row["week"])
        return HeatCell(
            row=row["group_id"],
            column=str(row["week"]),
            text=count(row["numerator"]) if row["numerator"] else zero,
            words=f"{row['group_id']} · {week} · {part} · {self.say(row['maturity'])}",
            share=row["value"],
            outlined="" if row["numerator"] else "silent" if mature else "open",
        )

    def twin(self, answer: pl.DataFrame) -> str:
        """One row per group and week."""
        heads = [self.say(f"twin.{head}") for head in ("group", "week", "visited", "units", "rate", "maturity")]
        lines: list[list[Cell]] = [
            [
                self.group_name(row["group_id"]),
                (count(row["week"]), row["week"]),
                (count(row["numerator"]), row["numerator"]),
                (count(row["denominator"]), row["denominator"]),
                (percent(row["value"]), row["value"]),
                self.say(row["maturity"]),
            ]
            for row in answer.iter_rows(named=True)
        ]
        return grid(heads, lines)

    def picked(self, row: str, column: str) -> None:
        """A cell selects its group and its week, and picked once more all again."""
        self.store.hear({"group": row, "week": int(column)})


def _silent(frame: pl.DataFrame, maturity: str) -> pl.DataFrame:
    """The weeks without a visit: proven silence where reports are in, an open question where they are not."""
    return frame.filter((pl.col("numerator") == 0) & (pl.col("maturity") == maturity))
