"""The items of each group's plan by aspect: how many there are, and how many are done."""

from typing import Any

import polars as pl

from dashboards.charts import Piece, StackChart, days_axis
from dashboards.formats import count, esc, percent
from dashboards.markup import Cell, grid, key
from dashboards.text import known
from dashboards.theme import tinted
from queries.plans import plans

ASPECTS = ("content", "timetable", "discipline", "other")
LEGIBLE = 0.12
"""A piece shorter than this part of the axis is too narrow for two numbers."""


class PlanAspects(StackChart):
    """One bar per group, as long as its plan has items; in each aspect what is done stands strong, the rest pale."""

    view = "aspects"
    indicator = "plan_progress"
    height = 330

    def answer(self) -> dict[str, Any]:
        """One row per group; one per group and aspect."""
        items = self.store.answers.rows("plan_progress")
        every = self.store.answers.listing(plans).select(pl.col("group_id").unique(maintain_order=True))
        groups = every.join(_summed(items, "group_id"), on="group_id", how="left", maintain_order="left")
        aspects = every.join(_summed(items, "group_id", "aspect"), on="group_id", maintain_order="left")
        return {"groups": groups.with_columns(pl.col("numerator", "denominator").fill_null(0)), "aspects": aspects}

    def patch(self, answer: dict[str, Any]) -> dict[str, Any]:
        """Groups with the largest part done first, those without a plan last."""
        groups: pl.DataFrame = answer["groups"]
        title = self.say("aspects.title")
        if self.store.selection.unit_types:
            return self.nothing(title, self.say("plan.of_group"))
        if not groups["denominator"].sum():
            return self.nothing(title, self.say("plan.none"))
        groups = groups.sort("value", descending=True, nulls_last=True, maintain_order=True)
        present = [name for name in ASPECTS if name in answer["aspects"]["aspect"].to_list()]
        tones = [(self._tone(name), self._aspect(name)) for name in present]
        legend = key(tones) + self.say("aspects.legend")
        html = self.head(title, self._finding(groups), legend)
        return {"html": html, "figure": self._figure(groups, answer["aspects"], present)}

    def _finding(self, groups: pl.DataFrame) -> str:
        planned = groups.drop_nulls("value")
        most = planned.sort("denominator", descending=True, maintain_order=True).row(0, named=True)
        facts = {
            "group": esc(most["group_id"]),
            "n": most["denominator"],
            "done": count(most["numerator"]),
            "rate": percent(most["value"]),
        }
        if planned.height == 1:
            return self.say("aspects.one", **facts)
        best = planned.row(0, named=True)
        return self.say("aspects.say", **facts, best=esc(best["group_id"]), best_rate=percent(best["value"]))

    def _figure(self, groups: pl.DataFrame, aspects: pl.DataFrame, present: list[str]) -> dict[str, Any]:
        counted = {(row["group_id"], row["aspect"]): row for row in aspects.iter_rows(named=True)}
        axis = days_axis(groups["denominator"].max())
        pieces = []
        for group in groups["group_id"].to_list():
            for name in present:
                if row := counted.get((group, name)):
                    pieces += self._pieces(row, axis.end)
        labels = [(group, group) for group in groups["group_id"].to_list()]
        ends = [self._end(row) for row in groups.iter_rows(named=True)]
        return self.figure(pieces, labels, axis, ends)

    def _pieces(self, row: dict[str, Any], reach: float) -> list[Piece]:
        done, whole = row["numerator"], row["denominator"]
        part = self.say("of", part=count(done), whole=count(whole))
        words = f"{row['group_id']} · {self._aspect(row['aspect'])}: {part} · {percent(row['value'])}"
        tone, ink = self._tone(row["aspect"]), self.look.colours
        within = f"{done}/{whole}"
        on_done = done >= whole - done
        made = []
        for size, colour, text_ink, numbered in (
            (done, tone, ink["on-accent"], on_done),
            (whole - done, tinted(tone, self.look), ink["ink"], not on_done),
        ):
            text = within if numbered and size >= LEGIBLE * reach else ""
            made.append(Piece(row["group_id"], size, text, words, colour, text_ink))
        return made

    def _end(self, row: dict[str, Any]) -> str:
        if not row["denominator"]:
            return self.say("plan.no_plan")
        part = self.say("of", part=count(row["numerator"]), whole=count(row["denominator"]))
        return f"{part} · {percent(row['value'])}"

    def _tone(self, aspect: str) -> str:
        return self.look.series[ASPECTS.index(aspect)]

    def _aspect(self, aspect: str) -> str:
        return known(self.look.language, f"aspect.{aspect}") or aspect

    def twin(self, answer: dict[str, Any]) -> str:
        """One row per group and aspect, and one per group without a plan."""
        lines: list[list[Cell]] = [
            [
                self.group_name(row["group_id"]),
                self._aspect(row["aspect"]),
                (count(row["numerator"]), row["numerator"]),
                (count(row["denominator"]), row["denominator"]),
                (percent(row["value"]), row["value"]),
                (count(row["is_missing"]), row["is_missing"]),
            ]
            for row in answer["aspects"].iter_rows(named=True)
        ]
        without = answer["groups"].filter(pl.col("denominator") == 0)
        for group in without["group_id"].to_list():
            lines.append([self.group_name(group), self.say("plan.no_plan"), *([("–", None)] * 4)])
        heads = ("group", "aspect", "items_done", "items", "rate", "unheard")
        return grid([self.say(f"twin.{head}") for head in heads], lines)


def _summed(items: pl.DataFrame, *by: str) -> pl.DataFrame:
    """Items done, all items and those unheard of, with the share done, in the order of the aspects."""
    order = pl.col("aspect").replace_strict({name: at for at, name in enumerate(ASPECTS)}, default=len(ASPECTS))
    summed = items.sort(order, maintain_order=True).group_by(by, maintain_order=True)
    return summed.agg(pl.col("numerator", "denominator", "is_missing").sum()).with_columns(
        value=pl.col("numerator") / pl.col("denominator")
    )
