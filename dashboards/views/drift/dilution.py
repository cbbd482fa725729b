"""Targets as restated beside targets as decided, by kind of element: what was asked for in the end."""

from typing import Any

import polars as pl

from dashboards.charts import Axis, Row, RowChart
from dashboards.formats import count, percent
from dashboards.markup import Cell, grid
from dashboards.text import known
from queries.departures import departures


class Dilution(RowChart):
    """A row per kind of element: the mean of restated to decided, and the range from the lowest to the highest."""

    view = "dilution"
    indicator = "drift"
    height = 260
    usual_rows = 5

    def answer(self) -> list[dict[str, Any]]:
        """One row per kind with elements that have both values, the one asked for least first."""
        both = self.store.answers.listing(departures).filter(pl.col("ratio").is_not_null())
        by_kind = both.group_by("category").agg(
            n=pl.len(),
            weaker=pl.col("is_weaker").sum(),
            mean=pl.col("ratio").mean(),
            low=pl.col("ratio").min(),
            high=pl.col("ratio").max(),
        )
        return by_kind.sort((pl.col("mean") - 1).abs(), "category", descending=[True, False]).to_dicts()

    def patch(self, answer: list[dict[str, Any]]) -> dict[str, Any]:
        """The kind that moved furthest first; 100 % is the decision."""
        title = self.say("dilution.title")
        if not answer:
            return self.nothing(title, self.say("dilution.none"))
        total = sum(row["n"] for row in answer)
        head = self.head(title, self._finding(answer), self.say("dilution.legend", n=count(total)))
        highest = max(1.0, *(row["high"] for row in answer))
        axis = _axis(min(0.0, *(row["low"] for row in answer)), highest)
        return {"html": head, "figure": self.figure([self._row(row) for row in answer], axis, references=[1.0])}

    def _finding(self, answer: list[dict[str, Any]]) -> str:
        weaker, total = sum(row["weaker"] for row in answer), sum(row["n"] for row in answer)
        if not weaker:
            return self.say("dilution.whole", n=total)
        first = answer[0]
        said = self.say("dilution.say", n=weaker, all=count(total))
        furthest = self.say("dilution.furthest", kind=self._kind(first), share=percent(first["mean"], 0))
        return self.sentences(said, furthest)

    def _kind(self, row: dict[str, Any]) -> str:
        return known(self.look.language, f"category.{row['category']}") or str(row["category"])

    def _row(self, row: dict[str, Any]) -> Row:
        values = {"mean": percent(row["mean"]), "low": percent(row["low"]), "high": percent(row["high"])}
        words = self.say("dilution.words", kind=self._kind(row), weaker=count(row["weaker"]), n=row["n"], **values)
        right = f"{percent(row['mean'], 0)}  n {count(row['n'])}"
        tone = "late" if row["weaker"] else "accent"
        return Row(
            row["category"], self._kind(row), words, row["mean"], right, narrow=(row["low"], row["high"]), tone=tone
        )

    def picked(self, name: str) -> None:
        """A kind of element is no group: nothing is selected."""

    def twin(self, answer: list[dict[str, Any]]) -> str:
        """One row per kind."""
        heads = [self.say(f"dilution.head.{head}") for head in ("kind", "mean", "low", "high", "weaker", "n")]
        lines: list[list[Cell]] = [
            [
                self._kind(row),
                *((percent(row[name]), row[name]) for name in ("mean", "low", "high")),
                *((count(row[name]), row[name]) for name in ("weaker", "n")),
            ]
            for row in answer
        ]
        return grid(heads, lines)


def _axis(lowest: float, highest: float) -> Axis:
    """From zero, or below where something was turned round, to a round number above the highest."""
    step = next((step for step in (0.25, 0.5, 1.0, 2.5, 5.0) if (highest - lowest) / step <= 8), (highest - lowest) / 6)
    first, last = int(lowest // step), int(-(-highest // step))
    ticks = tuple(round(step * at, 4) for at in range(first, last + 1))
    pad = (ticks[-1] - ticks[0]) * 0.02
    return Axis(
        ticks[0] - pad,
        ticks[-1] + pad,
        ticks,
        tuple(percent(tick, 0) if tick >= 0 else f"{tick:.0%}" for tick in ticks),
    )
