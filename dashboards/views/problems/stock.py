"""The stock of problems: found and verified closed, added up over the weeks."""

from datetime import timedelta
from typing import Any

import polars as pl

from dashboards.charts import Axis, Line, PlaneChart, Point, days_axis, week_ticks
from dashboards.formats import count
from dashboards.markup import Cell, grid
from queries import problems


class ProblemStock(PlaneChart):
    """Problems found so far and those of them closed by then; what lies between is open."""

    view = "stock"
    indicator = "claimed_unverified_share"
    height = 320

    def answer(self) -> pl.DataFrame:
        """One row per week up to the last day looked at: found so far, closed so far, open."""
        found = self.store.answers.listing(problems)
        launched, until = self.store.source.launched_on, self.store.events_until
        first, last = self.store.weeks
        final = self.store.source.extent.week_of(until)
        rows = []
        for week in range(first, max(last, final) + 1):
            sunday = min(launched + timedelta(days=week * 7 - 1), until)
            so_far = found.filter(pl.col("found_on") <= sunday)
            closed = so_far.filter(pl.col("closed_on") <= sunday).height
            rows.append({"week": week, "found": so_far.height, "closed": closed, "open": so_far.height - closed})
        return pl.DataFrame(rows)

    def patch(self, answer: pl.DataFrame) -> dict[str, Any]:
        """Two lines and the gap between them."""
        title = self.say("stock.title")
        if not answer["found"].max():
            return self.nothing(title, self.say("mended.none"))
        most = answer.sort("open", "week", descending=[True, False]).row(0, named=True)
        last = answer.row(-1, named=True)
        finding = self.say(
            "stock.say", n=last["open"], open=count(last["open"]), most=count(most["open"]), week=most["week"]
        )
        html = self.head(title, finding, self.say("stock.legend", n=count(last["found"])))
        return {"html": html, "figure": self._figure(answer)}

    def _figure(self, weeks: pl.DataFrame) -> dict[str, Any]:
        accent, good = self.look.colours["accent"], self.look.colours["good"]
        idle = self.look.colours["idle"]
        x, last = weeks["week"].to_list(), weeks.row(-1, named=True)
        labels = {
            "found": self.say("stock.found", n=count(last["found"])),
            "closed": self.say("stock.closed", n=count(last["closed"])),
        }
        if last["open"] < last["found"] * 0.06:
            labels = {"found": f"{labels['found']} · {labels['closed']}", "closed": ""}
        points = [
            Point(row["week"], row[name], self._words(row), tone, name=str(row["week"]))
            for row in weeks.iter_rows(named=True)
            for name, tone in (("found", accent), ("closed", good))
        ]
        gaps = [
            ((row["week"] - 0.5, float(row["closed"]), row["week"] + 0.5, float(row["found"])), idle, self._words(row))
            for row in weeks.iter_rows(named=True)
        ]
        ticks = week_ticks(x[0], x[-1], 6)
        reach = max(x[-1] - x[0], 1)
        return self.figure(
            Axis(
                x[0] - 0.7,
                x[-1] + reach * 0.24 + 0.6,
                tuple(map(float, ticks)),
                tuple(self.say("week", week=week) for week in ticks),
            ),
            days_axis(last["found"]),
            lines=[
                Line(x, weeks["found"].to_list(), accent, label=labels["found"]),
                Line(x, weeks["closed"].to_list(), good, label=labels["closed"]),
            ],
            points=points,
            bands=gaps,
        )

    def _words(self, row: dict[str, Any]) -> str:
        counts = {name: count(row[name]) for name in ("found", "closed", "open")}
        return f"{self.say('week.long', week=row['week'])}: {self.say('stock.words', **counts)}"

    def twin(self, answer: pl.DataFrame) -> str:
        """One row per week."""
        heads = [self.say("twin.week"), *(self.say(f"stock.head.{name}") for name in ("found", "closed", "open"))]
        lines: list[list[Cell]] = [
            [(count(row[name]), row[name]) for name in ("week", "found", "closed", "open")]
            for row in answer.iter_rows(named=True)
        ]
        return grid(heads, lines)

    def picked(self, name: str) -> None:
        """A week's point selects the week, and picked once more all again."""
        self.store.hear({"week": int(name)})
