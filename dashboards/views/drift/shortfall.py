"""By how much verified results fall short of what was decided, by kind of element."""

from typing import Any

import polars as pl

from dashboards.charts import Row, RowChart, share_axis
from dashboards.dossier import figures
from dashboards.formats import count, percent
from dashboards.markup import Cell, grid
from dashboards.text import known


class Shortfall(RowChart):
    """A row per kind of element: the mean shortfall, and the range from the least to the most."""

    view = "shortfall"
    indicator = "result_shortfall"
    height = 260
    usual_rows = 5

    def answer(self) -> list[dict[str, Any]]:
        """One row per kind of element of matters due, the greatest shortfall first, unproven ones last."""
        asked = figures(self.store, "result_shortfall", "category")
        told = self.store.answers.rows("result_shortfall").filter(pl.col("shortfall").is_not_null())
        spread = told.group_by("category").agg(
            low=pl.col("shortfall").cast(pl.Float64).min(), high=pl.col("shortfall").cast(pl.Float64).max()
        )
        found = asked.join(spread, on="category", how="left").filter(pl.col("category").is_not_null())
        return found.sort("value", "category", descending=[True, False], nulls_last=True).to_dicts()

    def patch(self, answer: list[dict[str, Any]]) -> dict[str, Any]:
        """From the greatest shortfall to the least."""
        title = self.say("shortfall.title")
        known_ones = [row for row in answer if row["denominator"]]
        if not known_ones:
            return self.nothing(title, self.say("shortfall.unproven" if answer else "shortfall.none"))
        total, missing = (sum(row[name] for row in answer) for name in ("denominator", "n_missing"))
        legend = self.say("shortfall.legend", n=count(total), missing=count(missing))
        head = self.head(title, self._finding(known_ones), legend)
        return {"html": head, "figure": self.figure([self._row(row) for row in known_ones], share_axis(0, 1))}

    def _finding(self, answer: list[dict[str, Any]]) -> str:
        worst = answer[0]
        if not worst["value"]:
            return self.say("shortfall.whole")
        return self.say(
            "shortfall.say", kind=self._kind(worst), share=percent(worst["value"], 0), n=int(worst["denominator"])
        )

    def _kind(self, row: dict[str, Any]) -> str:
        return known(self.look.language, f"category.{row['category']}") or str(row["category"])

    def _row(self, row: dict[str, Any]) -> Row:
        values = {name: percent(row[name]) for name in ("value", "low", "high")}
        words = self.say(
            "shortfall.words", kind=self._kind(row), n=int(row["denominator"]), missing=row["n_missing"], **values
        )
        return Row(
            name=row["category"],
            label=self._kind(row),
            words=words,
            value=row["value"],
            right=f"{percent(row['value'], 0)}  n {count(row['denominator'])}",
            narrow=(row["low"], row["high"]),
            tone="accent",
        )

    def picked(self, name: str) -> None:
        """A kind of element is no group: nothing is selected."""

    def twin(self, answer: list[dict[str, Any]]) -> str:
        """One row per kind, those without a verified result too."""
        heads = [self.say(f"shortfall.head.{head}") for head in ("kind", "mean", "low", "high", "n", "missing")]
        lines: list[list[Cell]] = [
            [
                self._kind(row),
                *((percent(row[name]), row[name]) for name in ("value", "low", "high")),
                *((count(row[name]), row[name]) for name in ("denominator", "n_missing")),
            ]
            for row in answer
        ]
        return grid(heads, lines)
