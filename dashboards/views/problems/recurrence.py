"""Stayed mended: of the closings watched long enough, how many did not hold, by category."""

from typing import Any

import polars as pl

from dashboards.charts import Row, RowChart, share_axis
from dashboards.formats import count, esc, percent
from dashboards.markup import Cell, grid
from dashboards.store import one
from dashboards.text import known
from queries.statistics import clopper_pearson


class Recurrence(RowChart):
    """Recurrence within 90 days of the closing: a point, its exact 95 % interval, n."""

    view = "recurrence"
    indicator = "recurrence_rate"
    height = 330
    usual_rows = 7

    def answer(self) -> dict[str, Any]:
        """One row per category with a judged closing; the row for all."""
        answers = self.store.answers
        counted = answers.rows(self.indicator).group_by("category").agg(pl.col("numerator", "denominator").sum())
        frame = clopper_pearson(counted.with_columns(value=pl.col("numerator") / pl.col("denominator")))
        kept = frame.filter(pl.col("denominator") > 0).sort("value", "denominator", "category", descending=True)
        return {"rows": kept, "all": one(clopper_pearson(self.store.ask(self.indicator)))}

    def patch(self, answer: dict[str, Any]) -> dict[str, Any]:
        """Categories from most to least; a tap narrows the list below."""
        title, whole = self.say("recurrence.title"), answer["all"]
        frame: pl.DataFrame = answer["rows"]
        if frame.is_empty():
            n = whole["n_missing"]
            said = self.say("recurrence.none", n=n, watched=count(n)) if n else self.say("recurrence.never")
            return self.nothing(title, said)
        rows = [self._row(row) for row in frame.iter_rows(named=True)]
        figure = self.figure(rows, share_axis(0, frame["high"].max()), [whole["value"]])
        html = self.head(title, self._finding(whole), self.say("recurrence.legend", share=percent(whole["value"])))
        return {"html": html, "figure": figure}

    def _finding(self, whole: dict[str, Any]) -> str:
        judged, failed = whole["denominator"], whole["numerator"]
        if failed:
            said = self.say("recurrence.say", failed=count(failed), judged=count(judged), share=percent(whole["value"]))
        else:
            said = self.say("recurrence.zero", n=judged, judged=count(judged), high=percent(min(3 / judged, 1.0), 0))
        if not whole["n_missing"]:
            return said
        watched = self.say("recurrence.watched", n=whole["n_missing"], watched=count(whole["n_missing"]))
        return self.sentences(said, watched)

    def _row(self, row: dict[str, Any]) -> Row:
        name = known(self.look.language, f"category.{row['category']}") or row["category"]
        part = self.say("of", part=count(row["numerator"]), whole=count(row["denominator"]))
        most = self.say("mended.at_most", high=percent(min(3 / row["denominator"], 1.0), 0))
        interval = f"95 %: {percent(row['low'], 0)} – {percent(row['high'], 0)}" if row["numerator"] else most
        return Row(
            name=row["category"],
            label=f"{name}  n {count(row['denominator'])}",
            words=f"{esc(name)}: {percent(row['value'])} · {part} · {interval}",
            value=row["value"],
            right=percent(row["value"], 0),
            narrow=(row["low"], row["high"]),
        )

    def twin(self, answer: dict[str, Any]) -> str:
        """One row per category."""
        heads = [
            self.say("categories.head"),
            *(self.say(f"twin.{head}") for head in ("rate", "met", "n", "low95", "high95")),
        ]
        lines: list[list[Cell]] = [
            [
                known(self.look.language, f"category.{row['category']}") or row["category"],
                (percent(row["value"]), row["value"]),
                *((count(row[name]), row[name]) for name in ("numerator", "denominator")),
                *((percent(row[name]), row[name]) for name in ("low", "high")),
            ]
            for row in answer["rows"].iter_rows(named=True)
        ]
        return grid(heads, lines)

    def picked(self, name: str) -> None:
        """A row is a category: the list below shows its problems."""
        self.store.hear({"pick": {"category": name}})
