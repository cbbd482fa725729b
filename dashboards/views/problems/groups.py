"""Groups by what they have closed of the problems whose time is up, and how much of it in time."""

from typing import Any

import polars as pl

from dashboards.charts import Row, RowChart, share_axis
from dashboards.formats import count, day, percent
from dashboards.markup import Cell, grid
from dashboards.standing import proven_on, said_below, standing
from dashboards.store import one


class RectifiedGroups(RowChart):
    """Struck off, by group: a point with its intervals; the hollow point is what was struck off by its due day."""

    view = "rectified"
    indicator = "rectification_rate"
    height = 330

    def answer(self) -> dict[str, Any]:
        """One row per group with problems due: share, intervals, flag, and the share in time; the row for all."""
        in_time = self.store.ask("rectification_on_time", "group").select(
            "group_id", in_time="value", met_in_time="numerator"
        )
        frame = standing(self.store.answers, self.indicator).join(
            in_time, on="group_id", how="left", maintain_order="left"
        )
        return {
            "groups": frame,
            "all": one(self.store.ask(self.indicator)),
            "in_time": one(self.store.ask("rectification_on_time")),
        }

    def patch(self, answer: dict[str, Any]) -> dict[str, Any]:
        """Groups from best to worst."""
        title = self.say("rectified.title")
        frame: pl.DataFrame = answer["groups"]
        if frame.is_empty():
            return self.nothing(title, self.say("mended.due.none"))
        lowest = min(*frame["low_998"].to_list(), *frame["in_time"].drop_nulls().to_list())
        rows = [self._row(row) for row in frame.iter_rows(named=True)]
        html = self.head(
            title, self._finding(answer), self.say("rectified.legend", share=percent(answer["all"]["value"]))
        )
        return {"html": html, "figure": self.figure(rows, share_axis(lowest, 1.0), [answer["all"]["value"]])}

    def _finding(self, answer: dict[str, Any]) -> str:
        frame: pl.DataFrame = answer["groups"]
        whole, in_time = answer["all"], answer["in_time"]
        said = [
            self.say(
                "rectified.say",
                n=whole["denominator"],
                due=count(whole["denominator"]),
                closed=count(whole["numerator"]),
                in_time=count(in_time["numerator"]),
            )
        ]
        until = day(proven_on(self.store.answers), self.look.language, year=False)
        found = said_below(frame)
        told = [self.of_groups(f"rectified.{key}", rows["group_id"], day=until) for key, rows in found.items()]
        if frame.height == 1:
            said.append(self.say("headline.few"))
        elif frame["flag"].null_count() == frame.height:
            said.append(self.say("rectified.few"))
        elif not any(told):
            said.append(self.say("rectified.together"))
        said += told
        return self.sentences(*said)

    def _row(self, row: dict[str, Any]) -> Row:
        part = self.say("of", part=count(row["numerator"]), whole=count(row["denominator"]))
        interval = f"95 %: {percent(row['low_95'], 0)} – {percent(row['high_95'], 0)}"
        in_time = self.say("rectified.in_time", share=percent(row["in_time"], 0))
        return Row(
            name=row["group_id"],
            label=f"{row['group_id']}  n {count(row['denominator'])}",
            words=" · ".join(
                [f"{row['group_id']}: {percent(row['value'])}", part, interval, in_time, self.say(row["maturity"])]
            ),
            value=row["value"],
            other=row["in_time"],
            right=percent(row["value"], 0) + self.mark(row),
            wide=(row["low_998"], row["high_998"]),
            narrow=(row["low_95"], row["high_95"]),
            tone="bad" if row["proven"] else "ink",
        )

    def twin(self, answer: dict[str, Any]) -> str:
        """One row per group."""
        heads = [self.say(f"twin.{head}") for head in ("group", "rate", "met", "n", "low95", "high95")]
        heads += [self.say("rectified.head.in_time"), self.say("twin.flag"), self.say("twin.maturity")]
        lines: list[list[Cell]] = [
            [
                self.group_name(row["group_id"]),
                (percent(row["value"]), row["value"]),
                *((count(row[name]), row[name]) for name in ("numerator", "denominator")),
                *((percent(row[name]), row[name]) for name in ("low_95", "high_95", "in_time")),
                self.mark(row).strip(),
                self.say(row["maturity"]),
            ]
            for row in answer["groups"].iter_rows(named=True)
        ]
        return grid(heads, lines)
