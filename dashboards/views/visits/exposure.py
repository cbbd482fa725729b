"""Visits beside the load they are made with: a group with many units makes many visits and may still come seldom."""

from typing import Any

import polars as pl

from dashboards.charts import Row, RowChart, days_axis
from dashboards.formats import NONE, count, esc, measure
from dashboards.markup import Cell, grid
from dashboards.store import one
from queries.statistics import rate_interval


class Exposure(RowChart):
    """Visits per unit by group with exact intervals; beside it all visits, units, and visits per member."""

    view = "exposure"
    indicator = "visits_per_unit"

    def answer(self) -> dict[str, Any]:
        """One row per group with interval bounds, below (99.8 %) and proven, visits per member; the row for all."""
        frame = self.store.ask(self.indicator, "group").filter(pl.col("denominator") > 0)
        for level, suffix in ((0.95, "95"), (0.998, "998")):
            frame = rate_interval(frame, level=level).rename({"low": f"low_{suffix}", "high": f"high_{suffix}"})
        members = self.store.ask("visits_per_member", "group")
        total = one(self.store.ask(self.indicator))
        below = pl.col("high_998") < (total.get("value") or 0)
        frame = frame.join(
            members.select("group_id", per_member="value", members="denominator"), on="group_id", how="left"
        ).with_columns(below=below, proven=below & pl.col("group_id").is_in(self._seldom()))
        return {"groups": frame.sort("value", "denominator", descending=True, maintain_order=True), "all": total}

    def _seldom(self) -> list[str]:
        """The groups below the limits by what had happened when the reports of all were in."""
        settled = self.store.answers.settled
        if settled is None:
            return []
        frame = settled.ask(self.indicator, "group").filter(pl.col("denominator") > 0)
        limited = rate_interval(frame, level=0.998)
        pooled = one(settled.ask(self.indicator)).get("value") or 0
        return limited.filter(pl.col("high") < pooled)["group_id"].to_list()

    def patch(self, answer: dict[str, Any]) -> dict[str, Any]:
        """Groups from the most visits per unit to the fewest."""
        frame: pl.DataFrame = answer["groups"]
        title = self.say("exposure.title")
        if frame.is_empty():
            return self.nothing(title)
        rows = [self._row(row) for row in frame.iter_rows(named=True)]
        html = self.head(title, self._finding(frame), self.say("exposure.legend"))
        axis = days_axis(max(frame["high_998"].to_list()))
        return {"html": html, "figure": self.figure(rows, axis, [answer["all"]["value"]])}

    def _finding(self, frame: pl.DataFrame) -> str:
        if frame.height == 1:
            return self.say("headline.few")
        most = frame.sort("numerator", descending=True, maintain_order=True).row(0, named=True)
        place = frame["group_id"].to_list().index(most["group_id"]) + 1
        said = [
            self.say(
                "exposure.say",
                group=esc(most["group_id"]),
                visits=count(most["numerator"]),
                units=measure(most["denominator"], "units"),
                place=place,
                of=frame.height,
            )
        ]
        return self.sentences(*said, self.of_groups("exposure.below", frame.filter("proven")["group_id"].to_list()))

    def _row(self, row: dict[str, Any]) -> Row:
        member = NONE if row["per_member"] is None else f"{row['per_member']:.1f}"
        units = self.say("exposure.units", n=row["denominator"], of=measure(row["denominator"], "units"))
        return Row(
            name=row["group_id"],
            label=f"{row['group_id']}  {count(row['numerator'])} / {measure(row['denominator'], 'units')}",
            words=self.say(
                "exposure.words",
                group=row["group_id"],
                rate=measure(row["value"], "visits"),
                low=measure(row["low_95"], "visits"),
                high=measure(row["high_95"], "visits"),
                visits=count(row["numerator"]),
                units=units,
                member=member,
                members=count(row["members"]),
            ),
            value=row["value"],
            right=f"{measure(row['value'], 'visits')} · {member}{self.mark(row)}",
            wide=(row["low_998"], row["high_998"]),
            narrow=(row["low_95"], row["high_95"]),
            tone="bad" if row["proven"] else "ink",
        )

    def twin(self, answer: dict[str, Any]) -> str:
        """One row per group."""
        heads = ["twin.group", "exposure.rate", "twin.low95", "twin.high95", "depth.visits", "twin.units"]
        heads += ["exposure.members", "exposure.member", "twin.maturity"]
        lines: list[list[Cell]] = [
            [
                self.group_name(row["group_id"]),
                *((measure(row[name], "visits"), row[name]) for name in ("value", "low_95", "high_95")),
                (count(row["numerator"]), row["numerator"]),
                (measure(row["denominator"], "units"), row["denominator"]),
                (count(row["members"]), row["members"]),
                (measure(row["per_member"], "visits"), row["per_member"]),
                self.say(row["maturity"]),
            ]
            for row in answer["groups"].iter_rows(named=True)
        ]
        return grid([self.say(head) for head in heads], lines)
