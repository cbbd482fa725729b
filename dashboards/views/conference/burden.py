"""What is asked of the units that are called on most: calls in a month, by who calls."""

from typing import Any

import polars as pl

from dashboards.charts import Axis, Piece, StackChart, days_axis
from dashboards.formats import count, esc, measure, percent
from dashboards.markup import Cell, grid, key
from queries.inspections import ASKERS, calls

SHOWN = 12
LONGEST = 26
"""A unit's name is cut to so many letters beside its bar."""
OWN = ("campaign", "visit", "report", "matter")


class BurdenUnits(StackChart):
    """One bar per unit, the most burdened first; the median unit stands above them."""

    view = "burden"
    indicator = "inspection_burden"
    height = 420
    usual_rows = SHOWN + 1

    def answer(self) -> dict[str, Any]:
        """One row per unit of the full weeks: its months, its calls by who calls, all of them and days, in a month."""
        of_units = self.store.ask(self.indicator, "unit").filter(pl.col("denominator") > 0)
        months = of_units.select("unit_id", months="denominator", days="value")
        found = self.store.answers.listing(calls)
        counted = found.group_by("unit_id").agg(
            *((pl.col("asker") == asker).sum().cast(pl.Int64).alias(asker) for asker in ASKERS)
        )
        units = self.store.every_unit().select("unit_id", "name_zh", "name_en", "group_id")
        frame = (
            months.join(units, on="unit_id", how="left")
            .join(counted, on="unit_id", how="left")
            .with_columns(pl.col(ASKERS).fill_null(0))
            .with_columns(calls=pl.sum_horizontal(ASKERS))
            .with_columns(rate=pl.col("calls") / pl.col("months"))
        )
        return {"units": frame.sort("rate", "unit_id", descending=[True, False]), "n": frame["calls"].sum()}

    def patch(self, answer: dict[str, Any]) -> dict[str, Any]:
        """Bars from zero: calls in a month of four weeks."""
        title, frame = self.say("burden.title"), answer["units"]
        if frame.is_empty():
            first, last = self.store.weeks
            return self.nothing(title, self.say("burden.week") if first == last else "")
        if not answer["n"]:
            return self.nothing(title, self.say("burden.none"))
        tones = dict(zip(ASKERS, self.look.series, strict=True))
        present = [asker for asker in ASKERS if frame[asker].sum()]
        legend = self.say(
            "burden.legend",
            units=count(frame.height),
            calls=count(answer["n"]),
            shown=count(min(SHOWN, frame.height)),
        )
        legend = f"{key([(tones[asker], self.say(f'burden.{asker}')) for asker in present])}<br>{legend}"
        if "report" not in present:
            legend += f" · {self.say('burden.reports')}"
        html = self.head(title, self._finding(frame, answer["n"]), legend)
        return {"html": html, "figure": self._figure(frame, tones)}

    def _finding(self, frame: pl.DataFrame, n: int) -> str:
        own = percent(sum(frame[asker].sum() for asker in OWN) / n, 0)
        most = frame.row(0, named=True)
        values = {"unit": esc(self._named(most)), "most": measure(most["rate"], "ratio"), "own": own}
        if frame.height == 1:
            return self.say("burden.alone", **values)
        return self.say("burden.say", median=measure(frame["rate"].median(), "ratio"), **values)

    def _named(self, row: dict[str, Any]) -> str:
        return str(row[f"name_{self.look.language}"] or row["unit_id"])

    def _figure(self, frame: pl.DataFrame, tones: dict[str, str]) -> dict[str, Any]:
        colours = self.look.colours
        shown = frame.head(SHOWN).to_dicts()
        rows = [(row["unit_id"], _cut(self._named(row))) for row in shown]
        pieces = [self._piece(row, asker, tones[asker]) for row in shown for asker in ASKERS]
        right = [measure(row["rate"], "ratio") for row in shown]
        if frame.height > 1:
            median = float(frame["rate"].median() or 0)
            told = f"{self.say('burden.median')}: {measure(median, 'ratio')}"
            rows.insert(0, ("", self.say("burden.median")))
            pieces.insert(0, Piece("", median, "", told, colours["band"], colours["ink"]))
            right.insert(0, measure(median, "ratio"))
        axis = days_axis(shown[0]["rate"])
        return self.figure(pieces, rows, Axis(axis.start, axis.end, axis.ticks, axis.labels), right)

    def _piece(self, row: dict[str, Any], asker: str, tone: str) -> Piece:
        rate = row[asker] / row["months"]
        words = self.say(
            "burden.words", what=self.say(f"burden.{asker}"), rate=measure(rate, "ratio"), n=count(row[asker])
        )
        text = f"{rate:.1f}"
        return Piece(
            row["unit_id"], rate, text, f"{esc(self._named(row))} · {words}", tone, self.look.colours["on-accent"]
        )

    def picked(self, name: str) -> None:
        """A bar is a unit, which has its own page: nothing is selected."""

    def twin(self, answer: dict[str, Any]) -> str:
        """One row per unit, all of them."""
        heads = [self.say(f"inspected.head.{name}") for name in ("unit", "group")]
        heads += [self.say("burden.head.all"), *(self.say(f"burden.{asker}") for asker in ASKERS)]
        heads += [self.say("burden.head.days")]
        lines: list[list[Cell]] = [
            [
                self.unit_name(row),
                self.group_name(row["group_id"]),
                (measure(row["rate"], "ratio"), row["rate"]),
                *((count(row[asker]), row[asker]) for asker in ASKERS),
                (measure(row["days"], "ratio"), row["days"]),
            ]
            for row in answer["units"].iter_rows(named=True)
        ]
        return grid(heads, lines)


def _cut(name: str) -> str:
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"
