"""The days around Qingming: which groups' units used them for the traditions of the revolution."""

from datetime import date, timedelta
from typing import Any

import polars as pl

from dashboards.charts import HeatCell, HeatChart
from dashboards.formats import count, day, esc
from dashboards.markup import Cell, grid

ACTION = "B01"
FIRST, DAYS = (4, 1), 7
"""From 1 to 7 April, the holiday and the days before it."""


class Qingming(HeatChart):
    """Group × day: units that did the optional action of Qingming. A blank is no fault."""

    view = "qingming"
    indicator = "optional_actions"

    def answer(self) -> dict[str, Any]:
        """One row per group and day with units; the groups that have units, with how many."""
        first = date(self.store.source.launched_on.year, *FIRST)
        last = first + timedelta(days=DAYS - 1)
        done = self.store.answers.rows("optional_actions").filter(
            pl.col("action_code") == ACTION, pl.col("done_on").is_between(first, last)
        )
        units = self.store.ask("optional_actions", "group").filter(pl.col("denominator") > 0)
        name = f"action_name_{self.look.language}"
        return {
            "first": first,
            "name": done[name][0] if done.height else "",
            "units": done["unit_id"].n_unique(),
            "cells": done.group_by("group_id", "done_on")
            .agg(units=pl.col("unit_id").n_unique())
            .sort("done_on", "group_id"),
            "groups": units.select("group_id", "denominator").rows(),
        }

    def patch(self, answer: dict[str, Any]) -> dict[str, Any]:
        """Days as columns, groups as rows in their usual order."""
        cells: pl.DataFrame = answer["cells"]
        title = self.say("qingming.title")
        if cells.is_empty():
            return self.nothing(title, self.say("qingming.none"))
        order = {group: place for place, (group, _) in enumerate(answer["groups"])}
        groups = cells["group_id"].unique().to_list()
        finding = self.say(
            "qingming.say",
            n=answer["units"],
            groups=count(len(groups)),
            whole=count(len(order)),
            name=esc(answer["name"]),
        )
        days = [answer["first"] + timedelta(days=at) for at in range(DAYS)]
        most = cells["units"].max()
        figure = self.figure(
            [self._cell(row, most) for row in cells.iter_rows(named=True)],
            [(group, f"{group}  /{count(units)}") for group, units in answer["groups"]],
            [(one.isoformat(), self._day(one)) for one in days],
        )
        return {"html": self.head(title, finding, self.say("qingming.legend")), "figure": figure}

    def _day(self, one: date) -> str:
        return day(one, self.look.language, year=False)

    def _cell(self, row: dict[str, Any], most: int) -> HeatCell:
        units = self.say("qingming.units", n=row["units"])
        return HeatCell(
            row=row["group_id"],
            column=row["done_on"].isoformat(),
            text=count(row["units"]),
            words=f"{row['group_id']} · {self._day(row['done_on'])} · {units}",
            share=row["units"] / most if most > 1 else 0.5,
        )

    def twin(self, answer: dict[str, Any]) -> str:
        """One row per group and day on which a unit did it."""
        lines: list[list[Cell]] = [
            [
                self.group_name(row["group_id"]),
                (self._day(row["done_on"]), row["done_on"].isoformat()),
                (count(row["units"]), row["units"]),
            ]
            for row in answer["cells"].iter_rows(named=True)
        ]
        return grid([self.say(f"twin.{head}") for head in ("group", "day", "units")], lines)

    def picked(self, row: str, column: str) -> None:
        """A cell selects its group, and picked once more all again."""
        self.store.hear({"group": row})
