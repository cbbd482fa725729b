"""Who did more than was prescribed: units with an optional action, by group. To have done none is no fault."""

from typing import Any

import polars as pl

from dashboards.charts import Row, RowChart, share_axis
from dashboards.formats import count, measure, percent
from dashboards.markup import Cell, grid
from dashboards.store import one
from queries.statistics import wilson


class OptionalActions(RowChart):
    """One row per group in its usual order: the share of its units with an optional action, and how many per unit."""

    view = "optional"
    indicator = "units_with_optional_share"

    def answer(self) -> dict[str, Any]:
        """One row per group with units: the share with its interval, the actions per unit; the row for all."""
        actions = self.store.ask("optional_actions", "group").select("group_id", actions="numerator", per_unit="value")
        counted = pl.col("numerator", "denominator").sum()
        units = self.store.answers.rows("units_with_optional_share").drop_nulls("group_id")
        frame = wilson(units.group_by("group_id").agg(counted)).with_columns(
            value=pl.col("numerator") / pl.col("denominator")
        )
        return {
            "groups": actions.join(frame, on="group_id", maintain_order="left"),
            "all": one(units.select(counted)),
            "actions": one(self.store.ask("optional_actions")),
        }

    def patch(self, answer: dict[str, Any]) -> dict[str, Any]:
        """No order of merit, no red: what is optional is never asked for."""
        frame: pl.DataFrame = answer["groups"]
        title = self.say("optional.title")
        if frame.is_empty():
            return self.nothing(title)
        whole, actions = answer["all"], answer["actions"]
        rate = whole["numerator"] / whole["denominator"]
        finding = self.say(
            "optional.say",
            n=actions["numerator"],
            part=count(whole["numerator"]),
            units=count(whole["denominator"]),
            rate=percent(rate),
        )
        rows = [self._row(row) for row in frame.iter_rows(named=True)]
        figure = self.figure(rows, share_axis(0, 1), [rate])
        return {"html": self.head(title, finding, self.say("optional.legend")), "figure": figure}

    def _row(self, row: dict[str, Any]) -> Row:
        part = self.say("of", part=count(row["numerator"]), whole=count(row["denominator"]))
        each = self.say("optional.each", rate=measure(row["per_unit"], "ratio"))
        interval = f"{percent(row['low'])} – {percent(row['high'])}"
        return Row(
            name=row["group_id"],
            label=f"{row['group_id']}  /{count(row['denominator'])}",
            words=f"{row['group_id']}: {percent(row['value'])} · {part} · 95 %: {interval} · {each}",
            value=row["value"],
            right=f"{part} · {each}",
            narrow=(row["low"], row["high"]),
            tone="accent",
        )

    def twin(self, answer: dict[str, Any]) -> str:
        """One row per group."""
        heads = ("group", "with_optional", "units", "rate", "low95", "high95", "actions", "each")
        lines: list[list[Cell]] = [
            [
                self.group_name(row["group_id"]),
                (count(row["numerator"]), row["numerator"]),
                (count(row["denominator"]), row["denominator"]),
                *((percent(row[name]), row[name]) for name in ("value", "low", "high")),
                (count(row["actions"]), row["actions"]),
                (measure(row["per_unit"], "ratio"), row["per_unit"]),
            ]
            for row in answer["groups"].iter_rows(named=True)
        ]
        return grid([self.say(f"twin.{head}") for head in heads], lines)
