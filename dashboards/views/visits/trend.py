"""Coverage over the weeks; what is not all reported yet is hatched, so that no chart ends in a false fall."""

from typing import Any

import polars as pl

from dashboards.charts import Axis, Line, PlaneChart, Point, share_axis, week_ticks
from dashboards.formats import count, percent
from dashboards.markup import grid
from dashboards.store import one


class Trend(PlaneChart):
    """Share of units visited by week, immature weeks hatched."""

    view = "trend"
    indicator = "weekly_coverage"
    height = 260

    def answer(self) -> dict[str, Any]:
        """One row per full week with its maturity; the number of units."""
        weeks = self.store.ask(self.indicator, "week").filter(pl.col("denominator") > 0)
        return {"weeks": weeks, "units": one(self.store.ask("visits_per_unit")).get("denominator")}

    def patch(self, answer: dict[str, Any]) -> dict[str, Any]:
        """The line, its finding in words, the hatched weeks."""
        weeks: pl.DataFrame = answer["weeks"]
        if weeks.is_empty():
            return self.nothing(self.say("trend.title"), self.say("trend.none"))
        mature = weeks.filter(pl.col("maturity") == "mature")
        finding = self.say("trend.none")
        if not mature.is_empty():
            last, best = mature.row(-1, named=True), mature.sort("value", descending=True).row(0, named=True)
            finding = self.say(
                "trend.say",
                value=percent(last["value"]),
                week=last["week"],
                best=percent(best["value"]),
                best_week=best["week"],
            )
        legend = self.say("trend.legend", n=count(answer["units"]))
        html = self.head(self.say("trend.title"), finding, legend)
        return {"html": html, "figure": self._figure(weeks)}

    def _figure(self, weeks: pl.DataFrame) -> dict[str, Any]:
        first, last = weeks["week"].min(), weeks["week"].max()
        ticks = week_ticks(first, last)
        labels = tuple(self.say("week", week=week) for week in ticks)
        accent = self.look.colours["accent"]
        points = [
            Point(
                x=row["week"],
                y=row["value"],
                words=f"{self.say('week.long', week=row['week'])}: {percent(row['value'])} · "
                + self.say("of", part=count(row["numerator"]), whole=count(row["denominator"]))
                + f" · {self.say(row['maturity'])}",
                tone=accent,
                hollow=row["maturity"] == "immature",
                name=str(row["week"]),
            )
            for row in weeks.iter_rows(named=True)
        ]
        return self.figure(
            Axis(first - 0.5, last + 0.5, tuple(map(float, ticks)), labels),
            share_axis(0, 1),
            lines=[Line(weeks["week"].to_list(), weeks["value"].to_list(), accent)],
            points=points,
            hatched=[
                (week - 0.5, week + 0.5) for week in weeks.filter(pl.col("maturity") == "immature")["week"].to_list()
            ],
        )

    def twin(self, answer: dict[str, Any]) -> str:
        """One row per week."""
        heads = [self.say(f"twin.{head}") for head in ("week", "rate", "visited", "units", "maturity")]
        return grid(
            heads,
            [
                [
                    (count(row["week"]), row["week"]),
                    (percent(row["value"]), row["value"]),
                    (count(row["numerator"]), row["numerator"]),
                    (count(row["denominator"]), row["denominator"]),
                    self.say(row["maturity"]),
                ]
                for row in answer["weeks"].iter_rows(named=True)
            ],
        )

    def picked(self, name: str) -> None:
        """A week's point selects the week, and picked once more all again."""
        self.store.hear({"week": int(name)})
