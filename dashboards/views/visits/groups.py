"""All groups and all figures of their visits in one table."""

from typing import Any, Final

import polars as pl

from dashboards.formats import count, measure
from dashboards.markup import Cell, grid
from dashboards.view import View
from queries import indicator

FIGURES: Final = (
    *("visits_per_unit", "visits_per_member", "weekly_coverage", "visit_persistence", "closing_visit_share"),
    *("longest_gap", "visit_depth", "deep_visit_share", "targeted_visit_share"),
)


class VisitGroups(View):
    """One row per group: units, visits, and the nine figures I07 to I10."""

    view = "visit-groups"
    shape = "card wide"
    tools = ("csv", "png")

    def answer(self) -> pl.DataFrame:
        """One row per group with a column per figure."""
        whole = self.store.ask("visits_per_unit", "group")
        frame = whole.filter(pl.col("denominator") > 0).select(
            "group_id", "maturity", visits="numerator", units="denominator"
        )
        for name in FIGURES:
            found = self._shaped(name) if indicator(name).period == "shapes" else self.store.ask(name, "group")
            found = found.select("group_id", pl.col("value").alias(name))
            frame = frame.join(found, on="group_id", how="left", maintain_order="left")
        return frame

    def _shaped(self, name: str) -> pl.DataFrame:
        """What the period shapes, from its rows: the median, or the sums divided."""
        counted = self.store.answers.rows(name)
        ratio = pl.col("numerator").sum() / pl.col("denominator").sum()
        median = indicator(name).aggregation == "median"
        known = pl.when(pl.col("denominator").sum() > 0)
        value = known.then(pl.col("numerator").median() if median else ratio)
        return counted.group_by("group_id").agg(value=value)

    def patch(self, answer: pl.DataFrame) -> dict[str, Any]:
        """The table; every column sorts."""
        title = self.say("visitgroups.title")
        if answer.is_empty():
            return self.nothing(title, self.say("empty"))
        heads = [self.say("twin.group"), self.say("twin.units"), self.say("depth.visits")]
        heads += [self.say(f"visitgroups.{name}") for name in FIGURES]
        lines: list[list[Cell]] = [
            [
                self.group_name(row["group_id"]),
                (measure(row["units"], "units"), row["units"]),
                (count(row["visits"]), row["visits"]),
                *((measure(row[name], indicator(name).unit), row[name]) for name in FIGURES),
                self.say(row["maturity"]),
            ]
            for row in answer.iter_rows(named=True)
        ]
        finding = self.say("visitgroups.say", n=answer.height)
        return {"html": self.head(title, finding) + grid([*heads, self.say("twin.maturity")], lines)}
