"""Who planned when: the groups' work plans in the order they were adopted."""

from typing import Any

import polars as pl

from dashboards.formats import count, day, percent
from dashboards.markup import Cell, grid
from dashboards.view import View
from queries.plans import plans


class PlansAdopted(View):
    """One row per plan, the first adopted on top; a group without one is listed as such, never as zero."""

    view = "adopted"
    indicator = "plan_progress"
    tools = ("csv", "png")

    def answer(self) -> pl.DataFrame:
        """One row per plan and per group without one, with how many of its items are done."""
        done = (
            self.store.answers.rows("plan_progress").group_by("group_id", "plan_no").agg(done=pl.col("numerator").sum())
        )
        return self.store.answers.listing(plans).join(
            done, on=["group_id", "plan_no"], how="left", maintain_order="left"
        )

    def patch(self, answer: pl.DataFrame) -> dict[str, Any]:
        """The table and who asked the units first."""
        frame = answer.sort("adopted_on", nulls_last=True, maintain_order=True)
        title = self.say("adopted.title")
        if self.store.selection.unit_types:
            return self.nothing(title, self.say("plan.of_group"))
        made = frame.drop_nulls("plan_no")
        if made.is_empty():
            return self.nothing(title, self.say("plan.none"))
        asked = made.filter("contacted_units_first")["group_id"].n_unique()
        finding = self.say("adopted.say", n=made["group_id"].n_unique(), asked=count(asked))
        heads = ("place", "group", "adopted", "asked", "aspects", "items", "items_done", "rate")
        placed = frame.with_columns(place=pl.col("adopted_on").rank("min"))
        lines = [self._line(row) for row in placed.iter_rows(named=True)]
        return {"html": self.head(title, finding) + grid([self.say(f"twin.{head}") for head in heads], lines)}

    def _line(self, row: dict[str, Any]) -> list[Cell]:
        none: Cell = ("–", None)
        if row["plan_no"] is None:
            return [none, self.group_name(row["group_id"]), self.say("plan.no_plan"), "–", *([none] * 4)]
        rate = row["done"] / row["count_items"] if row["count_items"] else None
        return [
            (count(row["place"]), row["place"]),
            self.group_name(row["group_id"]),
            (day(row["adopted_on"], self.look.language, year=False), row["adopted_on"].isoformat()),
            self.say("yes" if row["contacted_units_first"] else "no"),
            (count(row["count_aspects"]), row["count_aspects"]),
            (count(row["count_items"]), row["count_items"]),
            (count(row["done"]), row["done"]),
            (percent(rate), rate),
        ]
