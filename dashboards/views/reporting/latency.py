"""How long news takes from each group: the usual, and the slow tenth."""

from typing import Any

import polars as pl

from dashboards.charts import Row, RowChart, days_axis
from dashboards.formats import count, esc, measure, names
from dashboards.markup import Cell, grid
from dashboards.store import one

SLOW = 7
"""Days: half of a group's news taking longer is more than a week's report late."""


class GroupLatency(RowChart):
    """Days from event to report by group: the median, and the day by which nine tenths are in."""

    view = "latency"
    indicator = "event_to_report_latency"
    height = 320

    def answer(self) -> dict[str, Any]:
        """One row per group with facts, the quickest first; the row for all."""
        frame = self.store.ask(self.indicator, "group").filter(pl.col("denominator") > 0)
        return {"groups": frame.sort("value", "p90", maintain_order=True), "all": one(self.store.ask(self.indicator))}

    def patch(self, answer: dict[str, Any]) -> dict[str, Any]:
        """A full point for the median, a hollow one for the 90th percentile."""
        frame: pl.DataFrame = answer["groups"]
        title = self.say("latency.title")
        if frame.is_empty():
            return self.nothing(title, self.say("lag.none"))
        rows = [self._row(row) for row in frame.iter_rows(named=True)]
        html = self.head(
            title, self._finding(answer), self.say("latency.legend", n=count(answer["all"]["denominator"]))
        )
        return {"html": html, "figure": self.figure(rows, days_axis(frame["p90"].max()), [answer["all"]["value"]])}

    def _finding(self, answer: dict[str, Any]) -> str:
        frame: pl.DataFrame = answer["groups"]
        median = answer["all"]["value"]
        said = self.say(
            "latency.say", n=median, days=measure(median, "days"), p90=measure(answer["all"]["p90"], "days")
        )
        slow = frame.filter(pl.col("value") > SLOW).sort("value", descending=True)
        if slow.is_empty() or frame.height == 1:
            return said
        listed = names(
            (f"{esc(row['group_id'])} ({measure(row['value'], 'days')})" for row in slow.iter_rows(named=True)),
            self.look.language,
        )
        return self.sentences(said, self.say("latency.slow", groups=listed, n=slow.height, days=count(SLOW)))

    def _row(self, row: dict[str, Any]) -> Row:
        median, slow = measure(row["value"], "days"), measure(row["p90"], "days")
        return Row(
            name=row["group_id"],
            label=f"{row['group_id']}  n {count(row['denominator'])}",
            words=f"{row['group_id']} · "
            + self.say("latency.words", median=median, p90=slow, longest=measure(row["longest"], "days"))
            + f" · n {count(row['denominator'])} · {self.say(row['maturity'])}",
            value=row["value"],
            other=row["p90"],
            right=self.say("latency.right", median=median, p90=slow),
            tone="late" if row["value"] > SLOW else "ink",
        )

    def twin(self, answer: dict[str, Any]) -> str:
        """One row per group."""
        heads = [self.say("twin.group"), *(self.say(f"latency.{head}") for head in ("median", "p90", "longest"))]
        lines: list[list[Cell]] = [
            [
                self.group_name(row["group_id"]),
                *((measure(row[name], "days"), row[name]) for name in ("value", "p90", "longest")),
                (count(row["denominator"]), row["denominator"]),
                self.say(row["maturity"]),
            ]
            for row in answer["groups"].iter_rows(named=True)
        ]
        return grid([*heads, self.say("twin.facts"), self.say("twin.maturity")], lines)
