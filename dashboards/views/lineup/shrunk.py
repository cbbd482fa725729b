"""The raw share beside the one drawn towards the common share, the more so the less a group rests on."""

from typing import Any

import polars as pl

from dashboards.charts import Row, RowChart, share_axis
from dashboards.formats import count, esc, percent
from dashboards.markup import Cell, grid
from dashboards.standing import compared, places


class ShrunkRates(RowChart):
    """One row per group: raw hollow, shrunk full. Neither is ever shown without the other."""

    view = "shrunk"
    indicator = "on_time_rate"

    def answer(self) -> dict[str, Any]:
        """One row per group, the highest raw share first."""
        share = compared(self.store).name
        return {"share": share, "groups": places(self.store.answers, share)}

    def patch(self, answer: dict[str, Any]) -> dict[str, Any]:
        """Both shares joined, the common one as a line."""
        frame, share = answer["groups"], answer["share"]
        title = self.say("shrunk.title", share=self.say(f"share.{share}"))
        if frame.height < 2:
            return self.nothing(title, self.say("shrunk.few") if frame.height else "")
        values = [*frame["raw"].to_list(), *frame["shrunk"].to_list()]
        rows = [self._row(row) for row in frame.iter_rows(named=True)]
        figure = self.figure(rows, share_axis(min(values), max(values)), [frame["prior_mean"][0]])
        html = self.head(title, self._finding(frame), self.say("shrunk.legend"), why=share)
        return {"html": html, "figure": figure}

    def _finding(self, frame: pl.DataFrame) -> str:
        if frame["spread"][0] == "not_beyond_chance":
            return self.say("shrunk.together", pooled=percent(frame["prior_mean"][0]))
        moved = frame.with_columns(moved=(pl.col("shrunk") - pl.col("raw")).abs()).sort(
            "moved", descending=True, maintain_order=True
        )
        row = moved.row(0, named=True)
        return self.say(
            "shrunk.say",
            group=esc(row["group_id"]),
            n=count(row["denominator"]),
            raw=percent(row["raw"]),
            shrunk=percent(row["shrunk"]),
        )

    def _row(self, row: dict[str, Any]) -> Row:
        said = self.say(
            "shrunk.words",
            raw=percent(row["raw"]),
            shrunk=percent(row["shrunk"]),
            n=count(row["denominator"]),
            own=percent(row["weight_of_own"], 0),
        )
        return Row(
            name=row["group_id"],
            label=f"{row['group_id']}  n {count(row['denominator'])}",
            words=f"{row['group_id']}: {said}",
            value=row["shrunk"],
            other=row["raw"],
            right=f"{percent(row['raw'])} → {percent(row['shrunk'])}",
            tone="accent",
        )

    def twin(self, answer: dict[str, Any]) -> str:
        """One row per group."""
        heads = ("group", "met", "n", "raw", "shrunk", "own")
        lines: list[list[Cell]] = [
            [
                self.group_name(row["group_id"]),
                (count(row["numerator"]), row["numerator"]),
                (count(row["denominator"]), row["denominator"]),
                *((percent(row[name]), row[name]) for name in ("raw", "shrunk")),
                (percent(row["weight_of_own"], 0), row["weight_of_own"]),
            ]
            for row in answer["groups"].iter_rows(named=True)
        ]
        return grid([self.say(f"twin.{head}") for head in heads], lines)
