"""How much of the decisions is still as decided at each level."""

from typing import Any

import polars as pl

from dashboards.charts import Row, RowChart, share_axis
from dashboards.dossier import figures, level_name
from dashboards.formats import count, percent
from dashboards.markup import Cell, grid
from queries.statistics import wilson


class Retention(RowChart):
    """A row per level below the decision: the share kept with its interval, and how much more was lost there."""

    view = "retention"
    indicator = "retention_rate"
    height = 240
    usual_rows = 4

    def answer(self) -> list[dict[str, Any]]:
        """One row per level that restated anything, with its interval and its drift."""
        lost = dict(figures(self.store, "drift", "level").select("level", "value").iter_rows())
        told = figures(self.store, "retention_rate", "level").filter(pl.col("level") > 0, pl.col("denominator") > 0)
        silent = pl.col("n_missing") / (pl.col("n_missing") + pl.col("denominator"))
        found = wilson(told.with_columns(not_restated=silent)).sort("level").to_dicts()
        return [row | {"drift": lost.get(row["level"])} for row in found]

    def patch(self, answer: list[dict[str, Any]]) -> dict[str, Any]:
        """From the decision downwards."""
        title = self.say("retention.title")
        if not answer:
            return self.nothing(title, self.say("drift.none"))
        total = sum(row["denominator"] for row in answer)
        head = self.head(title, self._finding(answer), self.say("retention.legend", n=count(total)))
        axis = share_axis(0, 1)
        return {"html": head, "figure": self.figure([self._row(row) for row in answer], axis, references=[1.0])}

    def _finding(self, answer: list[dict[str, Any]]) -> str:
        lost = [row for row in answer if row["drift"] is not None and row["drift"] > 0]
        if not lost:
            return self.say("retention.none")
        worst = max(lost, key=lambda row: row["drift"])
        points = f"{worst['drift'] * 100:.1f} {self.say('points')}"
        return self.say("retention.say", level=level_name(self.store, worst["level"]), points=points)

    def _row(self, row: dict[str, Any]) -> Row:
        level = level_name(self.store, row["level"])
        part = self.say("of", part=count(row["numerator"]), whole=count(row["denominator"]))
        lost = "" if row["drift"] is None else f" · {self.say('retention.lost', share=percent(row['drift']))}"
        if row["drift"] is not None and row["drift"] < 0:
            lost = f" · {self.say('retention.regained', share=percent(-row['drift']))}"
        interval = self.say("drift.interval", low=percent(row["low"]), high=percent(row["high"]))
        return Row(
            name=str(row["level"]),
            label=level,
            words=f"{level}: {percent(row['value'])} · {part} · {interval}{lost}",
            value=row["value"],
            right=f"{percent(row['value'], 0)}  n {count(row['denominator'])}",
            narrow=(row["low"], row["high"]),
            tone="accent",
        )

    def picked(self, name: str) -> None:
        """A level is no group: nothing is selected."""

    def twin(self, answer: list[dict[str, Any]]) -> str:
        """One row per level."""
        heads = [self.say(f"retention.head.{head}") for head in ("level", "kept", "n", "share")]
        heads += [self.say("twin.low95"), self.say("twin.high95")]
        heads += [self.say(f"retention.head.{head}") for head in ("drift", "silent")]
        lines: list[list[Cell]] = [
            [
                level_name(self.store, row["level"]),
                (count(row["numerator"]), row["numerator"]),
                (count(row["denominator"]), row["denominator"]),
                *((_signed(row[name]), row[name]) for name in ("value", "low", "high", "drift", "not_restated")),
            ]
            for row in answer
        ]
        return grid(heads, lines)


def _signed(share: float | None) -> str:
    """A share, with a minus where more was regained than lost."""
    return f"\u2212{percent(-share)}" if share is not None and share < 0 else percent(share)
