"""What is asked of a unit month by month."""

from typing import Any

import polars as pl

from dashboards.charts import Piece, StackChart, days_axis
from dashboards.formats import count, measure, month
from dashboards.markup import Cell, grid, key
from queries.inspections import ASKERS, calls


class BurdenMonths(StackChart):
    """One bar per month: calls per unit-month by who calls; inspection days stand at the end."""

    view = "burdened"
    indicator = "inspection_burden"
    height = 330
    usual_rows = 7

    def answer(self) -> pl.DataFrame:
        """One row per month: unit-months of its full weeks, calls by who calls, inspection days."""
        of_weeks = self.store.answers.rows(self.indicator)
        if of_weeks.is_empty():
            return pl.DataFrame()
        begins = of_weeks.select("week", "week_from").unique("week")
        begun_in = pl.col("week_from").dt.truncate("1mo")
        months = of_weeks.group_by(month=begun_in).agg(
            months=pl.col("denominator").cast(pl.Float64).sum(), days=pl.col("inspection_days").sum()
        )
        counted = (
            self.store.answers.listing(calls)
            .join(begins, on="week")
            .group_by(month=begun_in)
            .agg((pl.col("asker") == asker).sum().cast(pl.Int64).alias(asker) for asker in ASKERS)
        )
        return (
            months.join(counted, on="month", how="left")
            .with_columns(pl.col(ASKERS).fill_null(0))
            .with_columns(calls=pl.sum_horizontal(ASKERS))
            .sort("month")
        )

    def patch(self, answer: pl.DataFrame) -> dict[str, Any]:
        """Bars from zero, the months one below the other."""
        title = self.say("burdened.title")
        if answer.is_empty():
            first, last = self.store.weeks
            return self.nothing(title, self.say("burden.week") if first == last else "")
        if not answer["calls"].sum():
            return self.nothing(title, self.say("burden.none"))
        rows = answer.to_dicts()
        most = max(rows, key=lambda row: row["calls"] / row["months"])
        finding = self.say(
            "burdened.say",
            month=self._named(most),
            most=measure(most["calls"] / most["months"], "ratio"),
            days=measure(most["days"] / most["months"], "ratio"),
        )
        tones = dict(zip(ASKERS, self.look.series, strict=True))
        present = [asker for asker in ASKERS if answer[asker].sum()]
        n = measure(answer["months"].sum(), "days")
        legend = key([(tones[asker], self.say(f"burden.{asker}")) for asker in present])
        legend += f"<br>{self.say('burdened.legend', n=n)}"
        pieces = [self._piece(row, asker, tones[asker]) for row in rows for asker in ASKERS]
        named = [(row["month"].isoformat(), self._named(row)) for row in rows]
        right = [self.say("burdened.right", days=measure(row["days"] / row["months"], "ratio")) for row in rows]
        axis = days_axis(most["calls"] / most["months"])
        return {"html": self.head(title, finding, legend), "figure": self.figure(pieces, named, axis, right)}

    def _named(self, row: dict[str, Any]) -> str:
        return month(row["month"], self.look.language)

    def _piece(self, row: dict[str, Any], asker: str, tone: str) -> Piece:
        rate = row[asker] / row["months"]
        what = self.say(f"burden.{asker}")
        words = self.say("burden.words", what=what, rate=measure(rate, "ratio"), n=count(row[asker]))
        name = row["month"].isoformat()
        return Piece(name, rate, f"{rate:.1f}", f"{self._named(row)} · {words}", tone, self.look.colours["on-accent"])

    def picked(self, name: str) -> None:
        """A month is no part of the selection, which goes by weeks."""

    def twin(self, answer: pl.DataFrame) -> str:
        """One row per month."""
        heads = [self.say("burdened.head.month"), self.say("burdened.head.units"), self.say("burden.head.all")]
        heads += [*(self.say(f"burden.{asker}") for asker in ASKERS), self.say("burden.head.days")]
        lines: list[list[Cell]] = [
            [
                self._named(row),
                (measure(row["months"], "days"), row["months"]),
                (measure(row["calls"] / row["months"], "ratio"), row["calls"] / row["months"]),
                *((count(row[asker]), row[asker]) for asker in ASKERS),
                (measure(row["days"] / row["months"], "ratio"), row["days"] / row["months"]),
            ]
            for row in answer.iter_rows(named=True)
        ]
        return grid(heads, lines)
