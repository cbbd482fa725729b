"""The original day and the day in force: on time by either, and whose deadlines were moved."""

from typing import Any

import polars as pl

from dashboards.charts import Row, RowChart, share_axis
from dashboards.formats import count, esc, names, percent
from dashboards.markup import Cell, grid
from dashboards.store import one
from queries.statistics import wilson


class MovedDates(RowChart):
    """On-time rate by the day in force, full, and by the original day, hollow, one row per group."""

    view = "moved"
    indicator = "on_time_rate_original"

    def answer(self) -> dict[str, Any]:
        """One row per group with both rates and the deadlines moved; how many were moved in all."""
        both = ["value", "numerator", "denominator"]
        original = self.store.ask(self.indicator, "group").select(
            "group_id", *(pl.col(name).alias(f"first_{name}") for name in both)
        )
        counted = pl.col("denominator") > 0
        now = wilson(self.store.ask("on_time_rate", "group").filter(counted))
        shifted = pl.col("due_on") != pl.col("due_on_original")
        moved = self.store.answers.rows(self.indicator).filter(shifted)
        by_group = moved.group_by("group_id").len("moved")
        frame = now.join(original, on="group_id", how="left").join(by_group, on="group_id", how="left")
        return {
            "groups": frame.with_columns(moved=pl.col("moved").fill_null(0)).sort(
                "moved", "value", descending=[True, False], maintain_order=True
            ),
            "moved": moved,
            "all": one(self.store.ask("on_time_rate")),
            "first": one(self.store.ask(self.indicator)),
        }

    def patch(self, answer: dict[str, Any]) -> dict[str, Any]:
        """Groups with the most deadlines moved first."""
        frame: pl.DataFrame = answer["groups"]
        title = self.say("moved.title")
        if frame.is_empty():
            return self.nothing(title)
        lowest = [
            value for name in ("low", "value", "first_value") for value in frame[name].to_list() if value is not None
        ]
        rows = [self._row(row) for row in frame.iter_rows(named=True)]
        html = self.head(title, self._finding(answer), self.say("moved.legend"))
        return {"html": html, "figure": self.figure(rows, share_axis(min(lowest), 1.0), [answer["all"]["value"]])}

    def _finding(self, answer: dict[str, Any]) -> str:
        moved: pl.DataFrame = answer["moved"]
        if moved.is_empty():
            return self.say("moved.none")
        movers = sorted({group for group in moved["group_id"].to_list() if group})
        return self.say(
            "moved.say",
            n=moved.height,
            groups=names(map(esc, movers), self.look.language),
            now=percent(answer["all"]["value"]),
            first=percent(answer["first"]["value"]),
        )

    def _row(self, row: dict[str, Any]) -> Row:
        moved = f" · {self.say('moved.n', n=row['moved'])}" if row["moved"] else ""
        return Row(
            name=row["group_id"],
            label=f"{row['group_id']}  n {count(row['denominator'])}",
            words=self.say(
                "moved.words",
                group=row["group_id"],
                now=percent(row["value"]),
                first=percent(row["first_value"]),
                low=percent(row["low"]),
                high=percent(row["high"]),
            )
            + moved,
            value=row["value"],
            other=row["first_value"],
            narrow=(row["low"], row["high"]),
            right=percent(row["value"]) + moved,
            tone="late" if row["moved"] else "ink",
        )

    def twin(self, answer: dict[str, Any]) -> str:
        """One row per group."""
        heads = ("twin.group", "moved.now", "moved.first", "twin.n", "twin.low95", "twin.high95", "moved.moved")
        lines: list[list[Cell]] = [
            [
                self.group_name(row["group_id"]),
                *((percent(row[name]), row[name]) for name in ("value", "first_value")),
                (count(row["denominator"]), row["denominator"]),
                *((percent(row[name]), row[name]) for name in ("low", "high")),
                (count(row["moved"]), row["moved"]),
            ]
            for row in answer["groups"].iter_rows(named=True)
        ]
        return grid([self.say(head) for head in heads], lines)
