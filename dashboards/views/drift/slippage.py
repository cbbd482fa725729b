"""Where the days were lost: beyond what was allowed at each level, and by extending the deadline."""

from typing import Any

import polars as pl

from dashboards.charts import Piece, StackChart, days_axis
from dashboards.dossier import level_name
from dashboards.formats import count, percent
from dashboards.markup import Cell, grid
from queries.dossier import register

EXTENDED = "extended"


class Slippage(StackChart):
    """A bar per level in days beyond those allowed, and one for the days that extensions added."""

    view = "slippage"
    shape = "card wide"
    indicator = "stall_days"
    height = 280
    usual_rows = 5

    def answer(self) -> list[dict[str, Any]]:
        """One row per level where a matter lay, then the extensions: days, of how many, and per one of them."""
        hops = self.store.answers.rows("stall_days").filter(pl.col("level").is_not_null())
        levels = hops.group_by(name=pl.col("level").cast(pl.String)).agg(
            days=pl.col("numerator").sum(), n=pl.len(), matters=pl.col("matter_id").n_unique()
        )
        found = levels.sort("name").to_dicts()
        matters = self.store.answers.of_day(register).filter(pl.col("cancelled_on").is_null())
        week = (pl.col("registered_on") - self.store.source.launched_on).dt.total_days() // 7 + 1
        matters = matters.filter(week.clip(lower_bound=1).is_between(*self.store.weeks))
        moved = (pl.col("due_on") - pl.col("due_on_original")).dt.total_days()
        longer = matters.filter(moved > 0).select(days=moved)
        if found or matters.height:
            added = {"name": EXTENDED, "days": int(longer["days"].sum()), "n": longer.height, "matters": matters.height}
            found.append(added)
        return found

    def patch(self, answer: list[dict[str, Any]]) -> dict[str, Any]:
        """From the city downwards, the extensions last."""
        title = self.say("slippage.title")
        if not answer:
            return self.nothing(title, self.say("slippage.nothing"))
        colours = self.look.colours
        tones = {EXTENDED: (colours["late"], colours["card"])}
        pieces = [
            Piece(
                row["name"],
                float(row["days"]),
                count(row["days"]),
                self._words(row),
                *tones.get(row["name"], (self.look.sequence[2], colours["ink"])),
            )
            for row in answer
        ]
        rows = [(row["name"], self._name(row)) for row in answer]
        head = self.head(title, self._finding(answer), self.say("slippage.legend"))
        axis = days_axis(max(row["days"] for row in answer))
        right = [self._each(row) for row in answer]
        return {"html": head, "figure": self.figure(pieces, rows, axis, right)}

    def _name(self, row: dict[str, Any]) -> str:
        return self.say("slippage.extended") if row["name"] == EXTENDED else level_name(self.store, int(row["name"]))

    def _each(self, row: dict[str, Any]) -> str:
        each = row["days"] / row["n"] if row["n"] else 0
        return self.say("slippage.each", n=count(row["n"]), days=f"{each:.1f}")

    def _words(self, row: dict[str, Any]) -> str:
        values = {"days": count(row["days"]), "n": row["n"], "matters": count(row["matters"])}
        kind = "extension" if row["name"] == EXTENDED else "level"
        return f"{self._name(row)}: {self.say(f'slippage.words.{kind}', **values)}"

    def _finding(self, answer: list[dict[str, Any]]) -> str:
        levels = [row for row in answer if row["name"] != EXTENDED]
        total = sum(row["days"] for row in levels)
        said = []
        if total:
            worst = max(levels, key=lambda row: row["days"])
            share = percent(worst["days"] / total, 0)
            said.append(self.say("slippage.say", days=count(total), level=self._name(worst), share=share))
        else:
            said.append(self.say("slippage.none"))
        added = answer[-1]
        if added["name"] == EXTENDED:
            key = "slippage.added" if added["n"] else "slippage.never"
            said.append(self.say(key, n=added["n"], days=count(added["days"])))
        return self.sentences(*said)

    def picked(self, name: str) -> None:
        """A level is no group: nothing is selected."""

    def twin(self, answer: list[dict[str, Any]]) -> str:
        """One row per level, then the extensions."""
        heads = [self.say(f"slippage.head.{head}") for head in ("where", "days", "n", "matters")]
        lines: list[list[Cell]] = [
            [self._name(row), *((count(row[name]), row[name]) for name in ("days", "n", "matters"))] for row in answer
        ]
        return grid(heads, lines)
