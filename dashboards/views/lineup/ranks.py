"""The places each group may truly hold: ranks as intervals, ties as brackets."""

from typing import Any

import polars as pl

from dashboards.charts import Axis, Row, RowChart
from dashboards.formats import count, percent
from dashboards.markup import Cell, grid
from dashboards.standing import compared, places

LAST = 3
FEWEST = 6
"""With fewer groups than this, to be among the last three says nothing."""

SURE = 0.95


class GroupRanks(RowChart):
    """One row per group: its middle place, the interval that holds it with 90 %, brackets around what ties."""

    view = "ranks"
    indicator = "on_time_rate"

    def answer(self) -> dict[str, Any]:
        """One row per group in the order of the raw shares."""
        share = compared(self.store).name
        return {"share": share, "groups": places(self.store.answers, share)}

    def patch(self, answer: dict[str, Any]) -> dict[str, Any]:
        """Intervals of places, the first at the left."""
        frame, share = answer["groups"], answer["share"]
        title = self.say("ranks.title", share=self.say(f"share.{share}"))
        if frame.height < 2:
            return self.nothing(title, self.say("headline.few") if frame.height else "")
        axis = _places(frame.height)
        brackets = [(axis.start + 0.25, first, last) for first, last in _brackets(frame) if last > first]
        figure = self.figure([self._row(row) for row in frame.iter_rows(named=True)], axis, (), brackets)
        html = self.head(title, self._finding(frame), self.say("ranks.legend"), why=share)
        return {"html": html, "figure": figure}

    def _finding(self, frame: pl.DataFrame) -> str:
        said = []
        groups = frame["group_id"].to_list()
        tied = max(((last - first + 1, first, last) for first, last in _brackets(frame)), default=(1, 0, 0))
        if tied[0] == frame.height:
            said.append(self.say("ranks.alike", n=frame.height))
        elif tied[0] > 1:
            said.append(self.of_groups("ranks.tied", groups[tied[1] : tied[2] + 1]))
        sure = frame.filter(pl.col("p_bottom_three") >= SURE)
        if frame.height >= FEWEST and not sure.is_empty():
            key = "ranks.last.early" if (sure["maturity"] == "immature").any() else "ranks.last"
            said.append(self.of_groups(key, sure["group_id"].to_list()))
        return self.sentences(*said) or self.say("ranks.apart")

    def _row(self, row: dict[str, Any]) -> Row:
        interval = self._interval(row)
        last = percent(row["p_bottom_three"], 0)
        return Row(
            name=row["group_id"],
            label=f"{row['group_id']}  n {count(row['denominator'])}",
            words=f"{row['group_id']}: "
            + self.say("ranks.words", middle=row["rank_median"], interval=interval, raw=row["rank_raw"], last=last),
            value=float(row["rank_median"]),
            right=interval,
            wide=(float(row["rank_low"]), float(row["rank_high"])),
        )

    def _interval(self, row: dict[str, Any]) -> str:
        low, high = row["rank_low"], row["rank_high"]
        return count(low) if low == high else f"{count(low)} – {count(high)}"

    def twin(self, answer: dict[str, Any]) -> str:
        """One row per group, with its chance to be truly among the last three."""
        frame: pl.DataFrame = answer["groups"]
        heads = ["group", "rate", "n", "rank", "middle", "rank_low", "rank_high", "tie", "first", "last"]
        meaning = frame.height >= FEWEST
        lines: list[list[Cell]] = [
            [
                self.group_name(row["group_id"]),
                (percent(row["value"]), row["value"]),
                (count(row["denominator"]), row["denominator"]),
                *((count(row[name]), row[name]) for name in ("rank_raw", "rank_median", "rank_low", "rank_high")),
                (count(row["tie_bracket"]), row["tie_bracket"]),
                *((percent(row[name], 0), row[name]) for name in ("p_best_three", "p_bottom_three") if meaning),
            ]
            for row in frame.iter_rows(named=True)
        ]
        return grid([self.say(f"twin.{head}") for head in (heads if meaning else heads[:-2])], lines)


def _places(n: int) -> Axis:
    step = max(1, round(n / 10))
    ticks = tuple(float(place) for place in range(1, n + 1, step))
    return Axis(0.0, n + 0.5, ticks, tuple(count(tick) for tick in ticks))


def _brackets(frame: pl.DataFrame) -> list[tuple[int, int]]:
    """The first and last row of each bracket, in the order of the rows."""
    rows = (
        frame.with_row_index("at")
        .group_by("tie_bracket", maintain_order=True)
        .agg(first=pl.col("at").min(), last=pl.col("at").max())
    )
    return [(int(first), int(last)) for first, last in rows.select("first", "last").iter_rows()]
