"""How long news takes to reach the office, by unit type and by group: late is not idle."""

from typing import Any, ClassVar

import polars as pl

from dashboards.charts import Piece, StackChart, share_axis
from dashboards.formats import count, measure, percent
from dashboards.markup import Cell, grid, key
from dashboards.store import one
from dashboards.text import known


class ReportingLag(StackChart):
    """Days from event to report in four bins, as shares, one bar per unit type."""

    view = "lag"
    indicator = "event_to_report_latency"
    height = 260
    usual_rows = 4
    by: ClassVar[str] = "unit_type"
    column: ClassVar[str] = "unit_type"
    head_key: ClassVar[str] = "type"
    between: ClassVar[str] = "\n"

    def answer(self) -> dict[str, Any]:
        """One row per unit type and bin with its share; the row for all."""
        bins = self.store.answers.cube.latency_bins(self.store.selection, by=self.by)
        return {"bins": bins.drop_nulls("share"), "all": one(self.store.ask(self.indicator))}

    def patch(self, answer: dict[str, Any]) -> dict[str, Any]:
        """Bars, the key to their colours, one sentence."""
        bins: pl.DataFrame = answer["bins"]
        if bins.is_empty() or not answer["all"].get("denominator"):
            return self.nothing(self.say(f"{self.view}.title"), self.say("lag.none"))
        totals = bins.group_by("bin_no").agg(pl.col("facts").sum())
        late = totals.filter(pl.col("bin_no") == 3)["facts"].sum() / totals["facts"].sum()
        median = answer["all"]["value"]
        said = "lag.say" if late else "lag.all"
        finding = self.say(said, n=median, days=measure(median, "days"), share=percent(late))
        legend = key(
            [(tone, self.say(f"lag.bin.{at}")) for at, (tone, _) in enumerate(self._tones())], self.say("lag.legend")
        )
        return {"html": self.head(self.say(f"{self.view}.title"), finding, legend), "figure": self._figure(bins)}

    def _tones(self) -> list[tuple[str, str]]:
        """The colour of each bin and that of the text on it."""
        steps, colours = self.look.sequence, self.look.colours
        light, dark = colours["on-accent"], colours["ink"]
        return [(steps[5], light), (steps[3], light), (steps[1], dark), (colours["late"], light)]

    def _figure(self, bins: pl.DataFrame) -> dict[str, Any]:
        kinds = bins[self.column].unique(maintain_order=True).to_list()
        totals = dict(bins.group_by(self.column).agg(pl.col("facts").sum()).iter_rows())
        tones = self._tones()
        pieces = [
            Piece(
                row=row[self.column],
                size=row["share"],
                text=percent(row["share"], 0),
                words=f"{self._kind(row[self.column])} · {self.say('lag.bin.' + str(row['bin_no']))}: "
                f"{percent(row['share'])} ({count(row['facts'])})",
                tone=tones[row["bin_no"]][0],
                ink=tones[row["bin_no"]][1],
            )
            for row in bins.iter_rows(named=True)
        ]
        rows = [(kind, f"{self._kind(kind)}{self.between}n {count(totals[kind])}") for kind in kinds]
        return self.figure(pieces, rows, share_axis(0, 1))

    def twin(self, answer: dict[str, Any]) -> str:
        """One row per unit type and bin."""
        heads = [self.say(f"twin.{head}") for head in (self.head_key, "days", "facts", "rate")]
        return grid(
            heads,
            [
                [
                    self._name(row[self.column]),
                    self.say(f"lag.bin.{row['bin_no']}"),
                    (count(row["facts"]), row["facts"]),
                    (percent(row["share"]), row["share"]),
                ]
                for row in answer["bins"].iter_rows(named=True)
            ],
        )

    def _kind(self, code: str) -> str:
        return known(self.look.language, f"type.{code}") or code

    def _name(self, code: str) -> Cell:
        return self._kind(code)

    def picked(self, name: str) -> None:
        """A bar is a unit type: it is selected, and picked once more all are again."""
        self.store.hear({"unit_type": name})


class GroupLag(ReportingLag):
    """The same bins, one bar per group."""

    view = "group_lag"
    height = 330
    usual_rows = 10
    by = "group"
    column = "group_id"
    head_key = "group"
    between = "  "

    def _kind(self, code: str) -> str:
        return code

    def _name(self, code: str) -> Cell:
        return self.group_name(code)

    def picked(self, name: str) -> None:
        """A bar is a group: it is selected, and picked once more all are again."""
        self.store.hear({"group": name})
