"""A group's own marks and the office's spot checks of the same actions: is it the same ruler?"""

from typing import Any, Final

import polars as pl

from dashboards.charts import Row, RowChart, days_axis
from dashboards.formats import NONE, count, esc, names
from dashboards.markup import Cell, grid
from queries.statistics import mean_interval

WIDE_GAP: Final = 10
FEWEST_PAIRS: Final = 5


class OwnMarks(RowChart):
    """Mean mark of the group, full, and of the spot check, hollow, over the actions both have marked."""

    view = "marks"
    indicator = "quality_score_gap"

    def answer(self) -> pl.DataFrame:
        """One row per group with a pair: n, both mean marks, mean gap with its 95 % interval, wide, mature."""
        pairs = self.store.answers.rows(self.indicator).filter(pl.col("denominator") > 0)
        means = pairs.group_by("group_id").agg(
            own=pl.col("own_score").mean(),
            checked=pl.col("spot_check_score").mean(),
            is_immature=pl.col("is_immature").any(),
        )
        wide = (pl.col("mean") > WIDE_GAP) & (pl.col("n") >= FEWEST_PAIRS)
        return (
            mean_interval(pairs, "group_id", "numerator")
            .join(means, on="group_id")
            .with_columns(wide=wide)
            .sort("mean", "group_id", descending=[True, False])
        )

    def patch(self, answer: pl.DataFrame) -> dict[str, Any]:
        """Groups from the most generous to the strictest with themselves."""
        title = self.say("marks.title")
        if answer.is_empty():
            return self.nothing(title, self.say("marks.none"))
        rows = [self._row(row) for row in answer.iter_rows(named=True)]
        ends = [*answer["own"].to_list(), *answer["checked"].to_list()]
        axis = days_axis(max(ends), lowest=min(ends))
        html = self.head(title, self._finding(answer), self.say("marks.legend", n=answer["n"].sum()))
        return {"html": html, "figure": self.figure(rows, axis)}

    def _finding(self, answer: pl.DataFrame) -> str:
        found = answer.filter("wide")
        if found.is_empty():
            return self.say("marks.fine", points=WIDE_GAP)
        first = found.row(0, named=True)
        named = names([esc(group) for group in found["group_id"].to_list()], self.look.language)
        return self.say(
            "marks.say",
            groups=named,
            n=found.height,
            own=_points(first["own"]),
            checked=_points(first["checked"]),
            pairs=first["n"],
            first=esc(first["group_id"]),
        )

    def _row(self, row: dict[str, Any]) -> Row:
        few = row["n"] < FEWEST_PAIRS
        gap = _signed(row["mean"])
        reach = (
            "" if row["low"] is None else self.say("marks.interval", low=_signed(row["low"]), high=_signed(row["high"]))
        )
        mark = f" \u25b2 {self.say('marks.wide')}" if row["wide"] else f" · {self.say('marks.few')}" if few else ""
        early = f" · {self.say('early')}" if row["is_immature"] else ""
        return Row(
            name=row["group_id"],
            label=f"{row['group_id']}  n {count(row['n'])}",
            words=self.say(
                "marks.words", group=row["group_id"], own=_points(row["own"]), checked=_points(row["checked"]), gap=gap
            )
            + reach
            + early,
            value=row["own"],
            other=row["checked"],
            right=gap + mark,
            tone="late" if row["wide"] else "ink",
        )

    def twin(self, answer: pl.DataFrame) -> str:
        """One row per group."""
        heads = (
            "twin.group",
            "marks.own",
            "marks.checked",
            "marks.gap",
            "twin.low95",
            "twin.high95",
            "marks.pairs",
            "twin.maturity",
        )
        lines: list[list[Cell]] = [
            [
                self.group_name(row["group_id"]),
                (_points(row["own"]), row["own"]),
                (_points(row["checked"]), row["checked"]),
                *((_signed(row[name]), row[name]) for name in ("mean", "low", "high")),
                (count(row["n"]), row["n"]),
                self.say("immature" if row["is_immature"] else "mature"),
            ]
            for row in answer.iter_rows(named=True)
        ]
        return grid([self.say(head) for head in heads], lines)


def _points(value: float) -> str:
    return f"{value:.1f}"


def _signed(value: float | None) -> str:
    """A number of points with its sign; a dash for none."""
    if value is None:
        return NONE
    sign = "+" if value >= 0.05 else "\u2212" if value <= -0.05 else "\u00b1"
    return f"{sign}{abs(value):.1f}"
