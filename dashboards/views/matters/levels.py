"""At which level the matters lie: days held, and of these the days beyond what was allowed."""

from typing import Any

import polars as pl

from dashboards.charts import Axis, Piece, StackChart, days_axis
from dashboards.formats import count, esc, percent
from dashboards.markup import Cell, click, grid, key
from dashboards.text import known
from queries.matters import FEWEST_MATTERS, bottleneck

PARTS = ("stall", "rest")


class StallLevels(StackChart):
    """One bar per level, from the city down: stall first, then the rest of the days held."""

    view = "stall_levels"
    indicator = "stall_days"
    height = 240
    usual_rows = 4

    def answer(self) -> pl.DataFrame:
        """One row per level: the columns of `bottleneck`, and how many hops were returns."""
        levels = self.store.answers.listing(bottleneck)
        returns = (pl.col("arrived_by") == "returned").sum().cast(pl.Int64)
        returned = self.store.answers.rows("stall_days").group_by("level").agg(returns=returns)
        levels = levels.join(returned, on="level", how="left", nulls_equal=True, maintain_order="left")
        return levels.with_columns(pl.col("returns").fill_null(0), rest=pl.col("held_days") - pl.col("stall_days"))

    def patch(self, answer: pl.DataFrame) -> dict[str, Any]:
        """Bars from zero; a level's bar or button picks the matters that stalled there."""
        title = self.say("stall.title")
        if answer.is_empty():
            return self.nothing(title, self.say("stall.nothing"))
        tones = self._tones()
        legend = f"{key([(tones[part][0], self.say(f'stall.part.{part}')) for part in PARTS])}<br>"
        legend += self.say("stall.legend", n=count(answer["hops"].sum()), fewest=FEWEST_MATTERS)
        pieces = [self._piece(row, part, tones[part]) for row in answer.to_dicts() for part in PARTS]
        rows = [(str(row["level"]), self._label(row)) for row in answer.to_dicts()]
        right = [self._right(row) for row in answer.to_dicts()]
        axis = days_axis(max(answer["held_days"].to_list()))
        sparse = Axis(axis.start, axis.end, axis.ticks[::2], axis.labels[::2])
        html = self.head(title, self._finding(answer), legend) + self._buttons(answer)
        return {"html": html, "figure": self.figure(pieces, rows, sparse, right)}

    def _finding(self, levels: pl.DataFrame) -> str:
        most = levels.sort("stall_days", descending=True, maintain_order=True).row(0, named=True)
        if not most["stall_days"]:
            return self.say("stall.none")
        if not most["is_bottleneck"]:
            return self.say("stall.few", fewest=FEWEST_MATTERS)
        counts = {name: count(most[name]) for name in ("matters", "stall_days", "hops")}
        return self.say("stall.say", level=self._level(most), share=percent(most["share"], 0), **counts)

    def _level(self, row: dict[str, Any]) -> str:
        return known(self.look.language, f"level.{row['level']}") or self.say("level.none")

    def _label(self, row: dict[str, Any]) -> str:
        return f"{self._level(row)}  n {count(row['matters'])}"

    def _right(self, row: dict[str, Any]) -> str:
        return percent(row["share"], 0) + (f" \u25bc {self.say('stall.here')}" if row["is_bottleneck"] else "")

    def _tones(self) -> dict[str, tuple[str, str]]:
        colours = self.look.colours
        return {"stall": (colours["late"], colours["on-accent"]), "rest": (colours["idle"], colours["ink"])}

    def _piece(self, row: dict[str, Any], part: str, tones: tuple[str, str]) -> Piece:
        days = row["stall_days"] if part == "stall" else row["rest"]
        said = self.say(
            "stall.words",
            **{name: count(row[name]) for name in ("stall_days", "held_days", "matters", "hops", "returns")},
        )
        return Piece(str(row["level"]), days, count(days), f"{esc(self._level(row))} · {said}", *tones)

    def _buttons(self, levels: pl.DataFrame) -> str:
        picked = self.store.picks.get("level", "")
        buttons = "".join(
            f'<button class="chip" aria-pressed="{str(str(row["level"]) == picked).lower()}" '
            f"{click({'pick': {'level': str(row['level'])}})}>{esc(self._level(row))}</button>"
            for row in levels.filter(pl.col("level").is_not_null(), pl.col("stall_days") > 0).to_dicts()
        )
        return f'<div class="chips" role="group" aria-label="{self.say("register.group")}">{buttons}</div>'

    def twin(self, answer: pl.DataFrame) -> str:
        """One row per level."""
        names = ("matters", "hops", "returns", "held_days", "stall_days")
        heads = [self.say(f"stall.head.{head}") for head in ("level", *names, "share")]
        lines: list[list[Cell]] = [
            [
                self._level(row),
                *((count(row[name]), row[name]) for name in names),
                (percent(row["share"]), row["share"]),
            ]
            for row in answer.to_dicts()
        ]
        return grid(heads, lines)

    def picked(self, name: str) -> None:
        """A bar is a level: the register shows the matters that stalled there."""
        self.store.hear({"pick": {"level": name}})
