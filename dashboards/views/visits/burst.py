"""Burst or persistence: how many weeks a group's units are visited, and how much of it falls in the last two weeks."""

from dataclasses import replace
from typing import Any

import polars as pl

from dashboards.charts import Line, PlaneChart, Point, share_axis
from dashboards.formats import count, percent
from dashboards.markup import Cell, grid
from queries.selection import Window
from queries.statistics import clopper_pearson

NEAR = (0.06, 0.05)
"""Points nearer to one another than this, as a part of each axis, share one label."""


class Burst(PlaneChart):
    """Groups by weekly coverage (across) and the share of their visits in the last two weeks (up)."""

    view = "burst"
    indicator = "closing_visit_share"
    height = 380

    def answer(self) -> dict[str, Any]:
        """One row per group with both shares and the interval of the second; what even visiting would give."""
        window = Window.of(self.store.selection.resolve(self.store.source), self.store.source.extent)
        counted = self.store.answers.rows(self.indicator)
        sums = counted.group_by("group_id", maintain_order=True).agg(pl.col("numerator", "denominator").sum())
        known = self.store.ask("visits_per_unit", "group").select("group_id", "maturity")
        closing = known.join(sums, on="group_id", maintain_order="left").with_columns(
            value=pl.col("numerator") / pl.col("denominator")
        )
        even = 14 / ((window.to_on - window.from_on).days + 1)
        coverage = self.store.ask("weekly_coverage", "group").filter(pl.col("denominator") > 0)
        judged = clopper_pearson(closing, level=0.998).with_columns(
            burst=pl.col("low") > even,
            faded=(pl.col("high") < even),
            mature=pl.col("maturity") == "mature",
        )
        kept = coverage.select("group_id", "denominator", covered="value", unit_weeks="numerator")
        return {"groups": judged.join(kept.drop("denominator"), on="group_id"), "even": even}

    def patch(self, answer: dict[str, Any]) -> dict[str, Any]:
        """Points with names, the line of even visiting, the finding in words."""
        title, frame = self.say("burst.title"), answer["groups"]
        if frame.is_empty():
            first, last = self.store.weeks
            return self.nothing(title, self.say("burst.short" if last - first < 3 else "depth.none"))
        html = self.head(title, self._finding(frame), self.say("burst.legend", even=percent(answer["even"])))
        return {"html": html, "figure": self._figure(frame, answer["even"])}

    def _finding(self, frame: pl.DataFrame) -> str:
        kinds = {
            "burst.burst": pl.col("burst"),
            "burst.faded": pl.col("faded") & pl.col("mature"),
            "burst.early": pl.col("faded") & ~pl.col("mature"),
        }
        said = [self.of_groups(key, frame.filter(kind)["group_id"].to_list()) for key, kind in kinds.items()]
        return self.sentences(*said) or self.say("burst.even")

    def _figure(self, frame: pl.DataFrame, even: float) -> dict[str, Any]:
        colours = self.look.colours
        rows = frame.to_dicts()
        across = replace(share_axis(0, 1), end=1.2)
        up = share_axis(0, 1.2 * max(*frame["value"].to_list(), even))
        labels = _labels(rows, (across.end - across.start, up.end - up.start))
        points = [
            Point(
                x=row["covered"],
                y=row["value"],
                words=self.say(
                    "burst.words",
                    group=row["group_id"],
                    covered=percent(row["covered"]),
                    closing=percent(row["value"]),
                    part=count(row["numerator"]),
                    n=row["denominator"],
                )
                + ("" if row["mature"] else f" · {self.say('early')}"),
                tone=colours["late" if row["burst"] or (row["faded"] and row["mature"]) else "accent"],
                label=labels[row["group_id"]],
                hollow=not row["mature"],
                name=row["group_id"],
            )
            for row in rows
        ]
        line = Line([0, 1], [even, even], colours["whisker"], dash="dashed", width=1)
        return self.figure(across, up, lines=[line], points=points)

    def twin(self, answer: dict[str, Any]) -> str:
        """One row per group."""
        heads = (
            "twin.group",
            "burst.covered",
            "burst.closing",
            "burst.part",
            "burst.visits",
            "twin.low998",
            "twin.high998",
            "twin.maturity",
        )
        lines: list[list[Cell]] = [
            [
                self.group_name(row["group_id"]),
                *((percent(row[name]), row[name]) for name in ("covered", "value")),
                *((count(row[name]), row[name]) for name in ("numerator", "denominator")),
                *((percent(row[name]), row[name]) for name in ("low", "high")),
                self.say(row["maturity"]),
            ]
            for row in answer["groups"].iter_rows(named=True)
        ]
        return grid([self.say(head) for head in heads], lines)


def _labels(rows: list[dict[str, Any]], reach: tuple[float, float]) -> dict[str, str]:
    """By group the label at its point; of points that lie close together the first names them all."""
    labels: dict[str, str] = {}
    anchors: list[dict[str, Any]] = []
    for row in rows:
        near = next(
            (
                other
                for other in anchors
                if abs(other["covered"] - row["covered"]) < NEAR[0] * reach[0]
                and abs(other["value"] - row["value"]) < NEAR[1] * reach[1]
            ),
            None,
        )
        labels[row["group_id"]] = "" if near else row["group_id"]
        if near:
            labels[near["group_id"]] += f" {row['group_id']}"
        else:
            anchors.append(row)
    return labels
